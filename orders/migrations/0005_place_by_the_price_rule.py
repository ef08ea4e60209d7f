"""Place orders by the price rule: deals and vouchers are decided, counted and recorded with the stock."""

from importlib import import_module

from django.db import migrations

FIRST = import_module("orders.migrations.0002_place_order_function").PLACE
PLACE_BEFORE = FIRST[FIRST.index("-- Takes the units") :]

PLACE = r"""
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

-- Takes the units and records the order, or changes nothing at all. Prices, names and pictures come from
-- the catalogue and the price rule, never from the request; `p_total` is the most that the buyer agreed to
-- pay. What is one buyer's own is written first, deals before stock, each in the order of their ids: the
-- rows that everybody wants are locked for the shortest time, and two baskets never wait for each other.
CREATE FUNCTION orders_place(
    p_key uuid, p_hash text, p_number text, p_buyer bigint, p_shop bigint, p_method text, p_address jsonb,
    p_variants bigint[], p_quantities int[], p_total bigint, p_at timestamptz, p_pay_by timestamptz,
    p_session bigint, p_session_ms bigint, p_attribution jsonb
) RETURNS SETOF orders_order
LANGUAGE plpgsql SET lock_timeout = '1s' AS $$
DECLARE
    placed orders_order;
    terms record;
    refusal text;
    discounts bigint[];
    line record;
    is_cod boolean := p_method = 'cod';
    is_settled boolean;
BEGIN
    -- Unlocked: makes refusals cheap and names their reason. The UPDATEs below are what decides.
    SELECT * INTO terms FROM orders_terms(p_buyer, p_shop, p_variants, p_quantities, p_at);
    refusal := CASE
        WHEN terms.found < cardinality(p_variants) OR terms.is_suspended THEN 'P0S02'
        WHEN terms.is_own THEN 'P0S04'
        WHEN is_cod AND NOT terms.takes_cod THEN 'P0S05'
        WHEN terms.short IS NOT NULL THEN 'P0S01'
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

    is_settled := is_cod OR terms.total = 0;
    IF terms.discount > 0 THEN
        -- Each line's part is what the sum grows by, so that the parts add up to the rupiah.
        discounts := ARRAY(
            SELECT terms.discount * upto / terms.subtotal - terms.discount * (upto - amount) / terms.subtotal
            FROM (
                SELECT place, price * quantity AS amount,
                    (sum(price * quantity) OVER (ORDER BY place))::bigint AS upto
                FROM unnest(terms.prices, terms.quantities) WITH ORDINALITY AS goods(price, quantity, place)
            ) sums ORDER BY place
        );
    END IF;

    WITH recorded AS (
        INSERT INTO orders_order (number, buyer_id, shop_id, session_id, session_ms, idempotency_key,
            request_hash, state, method, subtotal, discount, voucher_claim_id, shipping_fee, total, address,
            courier, waybill, cancel_reason, placed_at, pay_by, paid_at)
        VALUES (p_number, p_buyer, p_shop, p_session, p_session_ms, p_key, p_hash,
            CASE WHEN is_settled THEN 'confirmed' ELSE 'pending' END, p_method, terms.subtotal,
            terms.discount, terms.claim_id, terms.shipping_fee, terms.total, p_address, '', '', '', p_at,
            CASE WHEN NOT is_settled THEN p_pay_by END, CASE WHEN terms.total = 0 THEN p_at END)
        ON CONFLICT (idempotency_key) DO NOTHING
        RETURNING *
    ), promised AS (
        INSERT INTO orders_orderline (order_id, variant_id, product_name, variant_name, picture_key,
            list_price, price, rule, deal_id, discount, quantity, returned_quantity, credited_to, attribution)
        SELECT recorded.id, basket.variant_id, product.name, variant.name,
            coalesce((
                SELECT photo.key FROM catalog_productphoto photo WHERE photo.product_id = product.id
                ORDER BY photo.position, photo.id LIMIT 1
            ), ''),
            basket.list_price, basket.price, basket.rule, basket.deal_id, coalesce(basket.discount, 0),
            basket.quantity, 0, (p_attribution -> basket.variant_id::text ->> 'affiliate')::bigint,
            p_attribution -> basket.variant_id::text
        FROM recorded, unnest(terms.variants, terms.quantities, terms.list_prices, terms.prices, terms.rules,
            terms.deals, discounts
        ) AS basket(variant_id, quantity, list_price, price, rule, deal_id, discount)
        JOIN catalog_variant variant ON variant.id = basket.variant_id
        JOIN catalog_product product ON product.id = variant.product_id
    ), told AS (
        INSERT INTO orders_outboxentry (topic, order_id, created_at)
        SELECT topic, recorded.id, p_at FROM recorded,
            unnest(CASE WHEN is_settled THEN '{placed,confirmed}' ELSE '{placed}' END::text[]) topic
    )
    SELECT * INTO placed FROM recorded;
    IF placed.id IS NULL THEN  -- a double tap, or a retry whose first answer was lost
        RETURN NEXT orders_placed_before(p_key, p_hash);
        RETURN;
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
"""

SUMS = r"""
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
"""

FORGET = """
DROP FUNCTION orders_place;
DROP FUNCTION orders_terms;
"""
FORGET_SUMS = """
DROP TRIGGER orders_an_order_still_adds_up ON orders_order;
DROP TRIGGER orders_lines_still_add_up ON orders_orderline;
DROP TRIGGER orders_new_lines_add_up ON orders_orderline;
DROP FUNCTION orders_check_order;
DROP FUNCTION orders_check_lines;
DROP FUNCTION orders_check_new_lines;
DROP FUNCTION orders_refuse_wrong_sums;
"""


class Migration(migrations.Migration):
    dependencies = [("orders", "0004_discounts"), ("deals", "0004_price_rule")]

    operations = [
        migrations.RunSQL("DROP FUNCTION orders_place", PLACE_BEFORE),
        migrations.RunSQL(PLACE, FORGET),
        migrations.RunSQL(SUMS, FORGET_SUMS),
    ]
