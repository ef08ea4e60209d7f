CREATE FUNCTION orders_placed_before(p_key uuid, p_hash text) RETURNS orders_order
LANGUAGE plpgsql STABLE AS $$
DECLARE
    placed orders_order;
BEGIN
    SELECT * INTO placed FROM orders_order WHERE idempotency_key = p_key;
    IF placed.id IS NOT NULL AND placed.request_hash <> p_hash THEN
        RAISE EXCEPTION 'this key belongs to another request' USING ERRCODE = 'P0S03';
    END IF;
    RETURN placed;
END $$;

-- What this basket would cost this buyer now, and all that speaks against it, in one read.
-- The arrays stand in the order of the variants' ids: stock is taken in this order.
CREATE FUNCTION orders_terms(
    p_buyer bigint, p_shop bigint, p_variants bigint[], p_quantities int[], p_at timestamptz
) RETURNS TABLE (
    found bigint, is_suspended boolean, is_own boolean, takes_cod boolean, short text, variants bigint[],
    quantities int[], list_prices bigint[], prices bigint[], rules text[], deals bigint[],
    shipping_fee bigint, subtotal bigint, claim_id bigint, discount bigint, total bigint
) LANGUAGE sql STABLE AS $$
    SELECT goods.*, voucher.claim_id, coalesce(voucher.discount, 0),
        goods.subtotal - coalesce(voucher.discount, 0) + goods.shipping_fee
    FROM (
        SELECT count(*), bool_or(shop.suspended_at IS NOT NULL), bool_or(shop.owner_id = p_buyer),
            bool_and(shop.accepts_cod),
            min(variant.id || ':' || stock.available) FILTER (WHERE priced.quantity >
                CASE priced.rule WHEN 'award' THEN stock.set_aside ELSE stock.available END),
            array_agg(priced.variant_id ORDER BY priced.variant_id),
            array_agg(priced.quantity ORDER BY priced.variant_id),
            array_agg(priced.list_price ORDER BY priced.variant_id),
            array_agg(priced.price ORDER BY priced.variant_id),
            array_agg(priced.rule ORDER BY priced.variant_id),
            array_agg(priced.deal_id ORDER BY priced.variant_id),
            -- The shop sends its gifts at its own cost.
            (max(shop.shipping_fee) * bool_or(priced.price > 0)::int)::bigint AS shipping_fee,
            sum(priced.price * priced.quantity)::bigint AS subtotal
        FROM deals_prices(p_buyer, p_variants, p_quantities, p_at) AS priced
        JOIN catalog_variant variant ON variant.id = priced.variant_id
            AND variant.shop_id = p_shop AND variant.withdrawn_at IS NULL
        JOIN catalog_product product ON product.id = variant.product_id AND product.withdrawn_at IS NULL
        JOIN catalog_shop shop ON shop.id = variant.shop_id
        JOIN catalog_stock stock ON stock.variant_id = variant.id
    ) goods
    LEFT JOIN LATERAL deals_best_voucher(p_buyer, p_shop, goods.subtotal, p_at) AS voucher ON true
$$;

-- Each line's part of a discount is what the sum grows by, so that the parts add up to the rupiah.
CREATE FUNCTION orders_parts_of(p_discount bigint, p_subtotal bigint, p_prices bigint[], p_quantities int[])
RETURNS bigint[] LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
    RETURN ARRAY(
        SELECT p_discount * upto / p_subtotal - p_discount * (upto - amount) / p_subtotal
        FROM (
            SELECT place, price * quantity AS amount,
                (sum(price * quantity) OVER (ORDER BY place))::bigint AS upto
            FROM unnest(p_prices, p_quantities) WITH ORDINALITY AS goods(price, quantity, place)
        ) sums ORDER BY place
    );
END $$;

-- What sending costs, beside what it may share. The quote must be of this very basket, to this very place.
-- `p_address` is null while nobody knows where it goes: then it is the shop's flat fee.
CREATE FUNCTION orders_shipping(
    p_buyer bigint, p_shop bigint, p_session bigint, p_address jsonb, p_variants bigint[], p_quantities int[],
    p_quote uuid, p_at timestamptz, p_flat bigint, p_subtotal bigint, OUT fee bigint, OUT rides_on bigint,
    OUT is_gone boolean
) LANGUAGE plpgsql STABLE AS $$
BEGIN
    fee := p_flat;
    is_gone := false;
    IF p_address IS NULL OR coalesce(p_subtotal, 0) = 0 THEN  -- the shop sends its gifts at its own cost
        RETURN;
    END IF;
    IF p_session IS NOT NULL THEN
        SELECT id INTO rides_on FROM orders_order
        WHERE buyer_id = p_buyer AND shop_id = p_shop AND session_id = p_session AND rides_on_id IS NULL
            AND subtotal > 0 AND (state = 'confirmed' OR (state = 'pending' AND pay_by > p_at))
            AND address = p_address
        ORDER BY id LIMIT 1;
        IF FOUND THEN
            fee := 0;
            RETURN;
        END IF;
    END IF;
    IF p_quote IS NOT NULL THEN
        SELECT quote.fee INTO fee FROM shipping_quote quote
        WHERE quote.id = p_quote AND quote.buyer_id = p_buyer AND quote.shop_id = p_shop
            AND quote.variants = p_variants AND quote.quantities = p_quantities
            AND quote.area = p_address ->> 'area' AND quote.postal_code = p_address ->> 'postal_code'
            AND quote.valid_until > p_at;
        is_gone := NOT FOUND;
    END IF;
END $$;

-- Takes the units and records the order, or changes nothing at all. Prices, names and pictures come from
-- the catalogue and the price rule, never from the request; `p_total` is the most that the buyer agreed to
-- pay. What is one buyer's own is written first, deals before stock, each in the order of their ids: the
-- rows that everybody wants are locked for the shortest time, and two baskets never wait for each other.
-- Generic plans: with the values at hand the planner would think anew each time, longer than the work takes.
CREATE FUNCTION orders_place(
    p_key uuid, p_hash text, p_number text, p_buyer bigint, p_shop bigint, p_method text, p_address jsonb,
    p_variants bigint[], p_quantities int[], p_total bigint, p_at timestamptz, p_pay_by timestamptz,
    p_session bigint, p_session_ms bigint, p_attribution jsonb, p_quote uuid DEFAULT NULL
) RETURNS SETOF orders_order
LANGUAGE plpgsql SET lock_timeout = '1s' SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    placed orders_order;
    terms record;
    way record;
    refusal text;
    line record;
    is_cod boolean := p_method = 'cod';
    is_settled boolean;
    holds boolean;
BEGIN
    -- Unlocked: makes refusals cheap and names their reason. The UPDATEs below are what decides.
    SELECT * INTO terms FROM orders_terms(p_buyer, p_shop, p_variants, p_quantities, p_at);
    SELECT * INTO way FROM orders_shipping(p_buyer, p_shop, p_session, p_address, p_variants, p_quantities,
        p_quote, p_at, terms.shipping_fee, terms.subtotal);
    terms.total := terms.total - terms.shipping_fee + way.fee;
    terms.shipping_fee := way.fee;
    refusal := CASE
        WHEN terms.found < cardinality(p_variants) OR terms.is_suspended THEN 'P0S02'
        WHEN terms.is_own THEN 'P0S04'
        WHEN is_cod AND NOT terms.takes_cod THEN 'P0S05'
        WHEN terms.short IS NOT NULL THEN 'P0S01'
        WHEN way.is_gone THEN 'P0S08'
        WHEN p_total < terms.total THEN 'P0S06'
    END;
    IF refusal IS NOT NULL THEN
        placed := orders_placed_before(p_key, p_hash);
        IF placed.id IS NULL THEN
            RAISE EXCEPTION 'refused' USING ERRCODE = refusal,
                DETAIL = coalesce(CASE refusal WHEN 'P0S01' THEN terms.short ELSE terms.total::text END, '');
        END IF;
        RETURN NEXT placed;
        RETURN;
    END IF;

    is_settled := terms.total = 0;
    -- What a winner won is theirs by its own rule.
    holds := is_settled OR terms.rules && '{award}' OR NOT (
        EXISTS (SELECT FROM orders_firstpaidsession rule WHERE rule.session_id = p_session)
        OR EXISTS (
            SELECT FROM orders_firstpaidbuyer rule WHERE rule.shop_id = p_shop AND rule.buyer_id = p_buyer
        )
    );
    INSERT INTO orders_order (number, buyer_id, shop_id, session_id, session_ms, idempotency_key,
        request_hash, state, method, subtotal, discount, voucher_claim_id, shipping_fee, total, address,
        courier, waybill, cancel_reason, placed_at, pay_by, paid_at, quote_id, rides_on_id, holds_units)
    VALUES (p_number, p_buyer, p_shop, p_session, p_session_ms, p_key, p_hash,
        CASE WHEN is_settled THEN 'confirmed' ELSE 'pending' END, p_method, terms.subtotal,
        terms.discount, terms.claim_id, terms.shipping_fee, terms.total, p_address, '', '', '', p_at,
        CASE WHEN NOT is_settled THEN least(p_pay_by, CASE WHEN terms.rules && '{award}'
            THEN deals_pay_by(terms.rules, terms.deals, p_at) END) END,
        CASE WHEN terms.total = 0 THEN p_at END, CASE WHEN way.rides_on IS NULL THEN p_quote END,
        way.rides_on, holds)
    ON CONFLICT (idempotency_key) DO NOTHING
    RETURNING * INTO placed;
    IF placed.id IS NULL THEN  -- a double tap, or a retry whose first answer was lost
        RETURN NEXT orders_placed_before(p_key, p_hash);
        RETURN;
    END IF;

    INSERT INTO orders_orderline (order_id, variant_id, product_name, variant_name, picture_key, list_price,
        price, rule, deal_id, discount, quantity, returned_quantity, credited_to, attribution, claims)
    SELECT placed.id, basket.variant_id, product.name, variant.name,
        coalesce((
            SELECT photo.key FROM catalog_productphoto photo WHERE photo.product_id = product.id
            ORDER BY photo.position, photo.id LIMIT 1
        ), ''),
        basket.list_price, basket.price, basket.rule, basket.deal_id, coalesce(basket.discount, 0),
        basket.quantity, 0, (p_attribution -> basket.variant_id::text ->> 'affiliate')::bigint,
        p_attribution -> basket.variant_id::text,
        CASE WHEN p_session IS NULL THEN '[]' ELSE coalesce((
            SELECT jsonb_agg(
                jsonb_build_object('id', claim.id, 'text', claim.text, 'ms', claim.media_ms) ORDER BY claim.id
            )
            FROM livestream_claim claim
            WHERE claim.session_id = p_session AND claim.product_id = product.id
                AND claim.withdrawn_at IS NULL
        ), '[]') END
    FROM unnest(terms.variants, terms.quantities, terms.list_prices, terms.prices, terms.rules, terms.deals,
        CASE WHEN terms.discount > 0
            THEN orders_parts_of(terms.discount, terms.subtotal, terms.prices, terms.quantities) END
    ) AS basket(variant_id, quantity, list_price, price, rule, deal_id, discount)
    JOIN catalog_variant variant ON variant.id = basket.variant_id
    JOIN catalog_product product ON product.id = variant.product_id;

    INSERT INTO orders_outboxentry (topic, order_id, created_at) VALUES ('placed', placed.id, p_at);
    IF is_settled THEN
        INSERT INTO orders_outboxentry (topic, order_id, created_at) VALUES ('confirmed', placed.id, p_at);
    END IF;

    IF terms.claim_id IS NOT NULL OR terms.rules && '{flash,award}' THEN
        IF NOT deals_take(placed.id, p_buyer, terms.quantities, terms.rules, terms.deals, terms.claim_id,
            terms.discount)
        THEN  -- somebody was quicker since the read: asked again, the rule says what holds now
            RAISE EXCEPTION 'refused' USING ERRCODE = 'P0S07', DETAIL = (
                SELECT sum(list_price * quantity) + terms.shipping_fee
                FROM unnest(terms.list_prices, terms.quantities) AS goods(list_price, quantity)
            )::text;
        END IF;
    END IF;
    IF NOT holds THEN  -- the payment takes them, if they are still there
        RETURN NEXT placed;
        RETURN;
    END IF;
    FOR line IN
        SELECT variant_id, quantity, quantity * (rule = 'award')::int AS won,
            quantity * (rule <> 'award')::int AS bought
        FROM unnest(terms.variants, terms.quantities, terms.rules) AS basket(variant_id, quantity, rule)
    LOOP
        UPDATE catalog_stock
        SET available = available - line.bought,
            set_aside = set_aside - line.won,
            reserved = reserved + CASE WHEN is_settled THEN 0 ELSE line.quantity END,
            sold = sold + CASE WHEN is_settled THEN line.quantity ELSE 0 END
        WHERE variant_id = line.variant_id AND available >= line.bought AND set_aside >= line.won;
        IF NOT FOUND THEN
            RAISE EXCEPTION 'refused' USING ERRCODE = 'P0S01', DETAIL = line.variant_id || ':' ||
                (SELECT available FROM catalog_stock WHERE variant_id = line.variant_id);
        END IF;
    END LOOP;
    RETURN NEXT placed;
END $$;

CREATE FUNCTION orders_refuse_wrong_sums(p_order bigint) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM orders_order placed, LATERAL (
            SELECT coalesce(sum(price * quantity), 0) AS amount, coalesce(sum(discount), 0) AS discount
            FROM orders_orderline WHERE order_id = placed.id
        ) lines
        WHERE placed.id = p_order
            AND (placed.subtotal <> lines.amount OR placed.discount <> lines.discount)
    ) THEN
        RAISE EXCEPTION 'orders_lines_add_up_to_their_order: not so those of order %', p_order
            USING ERRCODE = 'check_violation', CONSTRAINT = 'orders_lines_add_up_to_their_order';
    END IF;
END $$;

-- All lines of an order come in one statement, so that they need not be read again.
CREATE FUNCTION orders_check_new_lines() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    wrong bigint;
BEGIN
    SELECT placed.id INTO wrong
    FROM (
        SELECT order_id, sum(price * quantity) AS amount, sum(discount) AS discount FROM fresh GROUP BY order_id
    ) lines
    JOIN orders_order placed ON placed.id = lines.order_id
        AND (placed.subtotal <> lines.amount OR placed.discount <> lines.discount)
    LIMIT 1;
    IF wrong IS NOT NULL THEN
        PERFORM orders_refuse_wrong_sums(wrong);
    END IF;
    RETURN NULL;
END $$;
-- By the statement, so that it is done before the stock is locked.
CREATE TRIGGER orders_new_lines_add_up AFTER INSERT ON orders_orderline
    REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION orders_check_new_lines();

CREATE FUNCTION orders_check_lines() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM orders_refuse_wrong_sums(OLD.order_id);
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER orders_lines_still_add_up
    AFTER DELETE OR UPDATE OF order_id, price, quantity, discount ON orders_orderline
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION orders_check_lines();

CREATE FUNCTION orders_check_order() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM orders_refuse_wrong_sums(OLD.id);
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER orders_an_order_still_adds_up AFTER UPDATE OF subtotal, discount ON orders_order
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION orders_check_order();

-- Keys to rows that nobody else wants are looked up at once, before the stock is locked, not at the commit:
-- while the commit looks, other buyers wait for the same row.
DO $$
DECLARE
    own record;
BEGIN
    FOR own IN
        SELECT pointing.conrelid::regclass AS name, pointing.conname
        FROM pg_constraint AS pointing
        JOIN pg_attribute AS field ON field.attrelid = pointing.conrelid AND field.attnum = pointing.conkey[1]
        WHERE pointing.contype = 'f' AND (pointing.conrelid, field.attname) IN (
            ('orders_order'::regclass, 'buyer_id'), ('orders_order'::regclass, 'voucher_claim_id'),
            ('orders_orderline'::regclass, 'order_id'), ('orders_outboxentry'::regclass, 'order_id')
        )
    LOOP
        EXECUTE format('ALTER TABLE %s ALTER CONSTRAINT %I NOT DEFERRABLE', own.name, own.conname);
    END LOOP;
END $$;

-- An index for searches that nobody makes: a number is asked for whole.
DO $$
BEGIN
    EXECUTE (
        SELECT coalesce(string_agg(format('DROP INDEX %I', indexname), ';'), 'SELECT') FROM pg_indexes
        WHERE tablename = 'orders_order' AND indexdef LIKE '%(number varchar_pattern_ops)%'
    );
END $$;
