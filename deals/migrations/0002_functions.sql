-- The commerce clock, as LiveSession.clock_ms tells it.
CREATE FUNCTION livestream_clock_ms(
    p_went_live_at timestamptz, p_stood_since timestamptz, p_interrupted_ms bigint, p_at timestamptz
) RETURNS bigint LANGUAGE sql IMMUTABLE AS $$
    SELECT greatest(0, floor(
        extract(epoch FROM coalesce(p_stood_since, p_at) - p_went_live_at) * 1000
    )::bigint - p_interrupted_ms)
$$;

-- What each variant costs this buyer, bought in this number at this moment: an award before a flash deal
-- before the list. Without a buyer: what it costs somebody who has bought nothing yet.
CREATE FUNCTION deals_prices(p_buyer bigint, p_variants bigint[], p_quantities int[], p_at timestamptz)
RETURNS TABLE (
    variant_id bigint, quantity int, list_price bigint, price bigint, rule text, deal_id bigint,
    ends_ms bigint, buyer_left int
) LANGUAGE sql STABLE AS $$
    SELECT variant.id, basket.quantity, variant.price::bigint,
        coalesce(award.price, flash.price, variant.price)::bigint,
        CASE WHEN award.id IS NOT NULL THEN 'award' WHEN flash.id IS NOT NULL THEN 'flash' ELSE 'list' END,
        coalesce(award.id, flash.id), flash.ends_ms, coalesce(award.quantity, flash.buyer_left)
    FROM unnest(p_variants, p_quantities) AS basket(variant_id, quantity)
    JOIN catalog_variant variant ON variant.id = basket.variant_id
    LEFT JOIN LATERAL (
        SELECT won.id, won.price, won.quantity
        FROM deals_award won
        WHERE won.buyer_id = p_buyer AND won.variant_id = variant.id AND won.order_id IS NULL
            AND won.expires_at > p_at AND won.quantity = basket.quantity
        ORDER BY won.price, won.id LIMIT 1
    ) award ON true
    LEFT JOIN LATERAL (
        SELECT deal.id, deal.price, deal.ends_ms, deal.buyer_left
        FROM (
            SELECT open.id, open.price, open.ends_ms,
                least(open.units - open.taken, open.per_buyer - coalesce((
                    SELECT take.units FROM deals_flashtake take
                    WHERE take.deal_id = open.id AND take.buyer_id = p_buyer
                ), 0)) AS buyer_left
            FROM deals_flashdeal open
            JOIN livestream_livesession session ON session.id = open.session_id
                AND session.went_live_at IS NOT NULL AND session.ended_at IS NULL
            WHERE open.variant_id = variant.id AND open.closed_at IS NULL AND open.price < variant.price
                AND livestream_clock_ms(
                    session.went_live_at, session.interrupted_at, session.interrupted_ms, p_at
                ) BETWEEN open.starts_ms AND open.ends_ms - 1
        ) deal
        WHERE deal.buyer_left >= basket.quantity
    ) flash ON award.id IS NULL
$$;

-- The voucher of this shop that takes the most off goods for so much; nothing when none does.
-- A claim is good as long as its session runs, and half an hour longer.
CREATE FUNCTION deals_best_voucher(p_buyer bigint, p_shop bigint, p_subtotal bigint, p_at timestamptz)
RETURNS TABLE (claim_id bigint, voucher_id bigint, discount bigint) LANGUAGE sql STABLE AS $$
    SELECT held.id, held.voucher_id, held.discount
    FROM (
        SELECT claim.id, claim.voucher_id, session.ended_at,
            least(p_subtotal, voucher.most_discount, CASE voucher.kind
                WHEN 'percent' THEN p_subtotal * voucher.percent / 100 ELSE p_subtotal
            END) AS discount
        FROM deals_voucherclaim claim
        JOIN deals_voucher voucher ON voucher.id = claim.voucher_id
        JOIN livestream_livesession session ON session.id = voucher.session_id
        WHERE claim.buyer_id = p_buyer AND claim.order_id IS NULL AND session.shop_id = p_shop
            AND voucher.min_purchase <= p_subtotal
            AND (session.ended_at IS NULL OR session.ended_at > p_at - interval '30 minutes')
    ) held
    WHERE held.discount > 0
    ORDER BY held.discount DESC, held.ended_at, held.id LIMIT 1
$$;

-- Count the units of an order against its flash deals and use up its awards and its claim, or refuse.
-- What belongs to one buyer comes first, the deals that everybody wants come last, in their order.
CREATE FUNCTION deals_take(
    p_order bigint, p_buyer bigint, p_quantities int[], p_rules text[], p_deals bigint[],
    p_claim bigint, p_discount bigint
) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
    line record;
BEGIN
    IF p_claim IS NOT NULL THEN
        UPDATE deals_voucherclaim SET order_id = p_order, discount = p_discount
            WHERE id = p_claim AND order_id IS NULL;
        IF NOT FOUND THEN RETURN false; END IF;
    END IF;
    FOR line IN
        SELECT deal_id FROM unnest(p_rules, p_deals) AS taken(rule, deal_id) WHERE rule = 'award' ORDER BY 1
    LOOP
        UPDATE deals_award SET order_id = p_order WHERE id = line.deal_id AND order_id IS NULL;
        IF NOT FOUND THEN RETURN false; END IF;
    END LOOP;
    FOR line IN
        SELECT deal_id, quantity FROM unnest(p_rules, p_deals, p_quantities) AS taken(rule, deal_id, quantity)
        WHERE rule = 'flash' ORDER BY deal_id
    LOOP
        INSERT INTO deals_flashtake AS take (deal_id, buyer_id, units, most)
            SELECT deal.id, p_buyer, line.quantity, deal.per_buyer FROM deals_flashdeal deal
            WHERE deal.id = line.deal_id AND deal.per_buyer >= line.quantity
            ON CONFLICT (deal_id, buyer_id) DO UPDATE SET units = take.units + excluded.units
            WHERE take.units + excluded.units <= take.most;
        IF NOT FOUND THEN RETURN false; END IF;
    END LOOP;
    FOR line IN
        SELECT deal_id, quantity FROM unnest(p_rules, p_deals, p_quantities) AS taken(rule, deal_id, quantity)
        WHERE rule = 'flash' ORDER BY deal_id
    LOOP
        UPDATE deals_flashdeal SET taken = taken + line.quantity
            WHERE id = line.deal_id AND closed_at IS NULL AND taken + line.quantity <= units;
        IF NOT FOUND THEN RETURN false; END IF;
    END LOOP;
    RETURN true;
END $$;

-- Counters that everybody wants: every update finds room on its page.
ALTER TABLE deals_flashdeal SET (
    fillfactor = 10, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000
);
ALTER TABLE deals_voucher SET (
    fillfactor = 10, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000
);

-- A right that lapsed cannot be used by an order that is on its way: such an order finds nothing to
-- update, as if somebody had been quicker.
CREATE FUNCTION deals_leave_lapsed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RETURN NULL;
END $$;
CREATE TRIGGER deals_a_lapsed_right_is_gone BEFORE UPDATE OF order_id ON deals_award
    FOR EACH ROW WHEN (OLD.lapsed_at IS NOT NULL AND NEW.order_id IS NOT NULL)
    EXECUTE FUNCTION deals_leave_lapsed();

-- Until when an order that uses awards may be paid: as long as the right stands, and two minutes at least.
CREATE FUNCTION deals_pay_by(p_rules text[], p_deals bigint[], p_at timestamptz)
RETURNS timestamptz LANGUAGE sql STABLE AS $$
    SELECT greatest(min(award.expires_at), p_at + interval '2 minutes')
    FROM unnest(p_rules, p_deals) AS used(rule, deal_id)
    JOIN deals_award award ON used.rule = 'award' AND award.id = used.deal_id
    HAVING count(*) > 0
$$;

-- What a draw is bound to and what was bid is never changed, whoever tries.
CREATE FUNCTION deals_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'this row of % is never changed', TG_TABLE_NAME USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER deals_bids_are_only_added BEFORE UPDATE OR DELETE ON deals_auctionbid
    FOR EACH ROW EXECUTE FUNCTION deals_refuse_change();
CREATE TRIGGER deals_a_seal_is_never_broken BEFORE UPDATE OF seed, salt, commitment, code ON deals_draw
    FOR EACH ROW WHEN ((OLD.seed, OLD.salt, OLD.commitment, OLD.code)
        IS DISTINCT FROM (NEW.seed, NEW.salt, NEW.commitment, NEW.code))
    EXECUTE FUNCTION deals_refuse_change();
CREATE TRIGGER deals_a_drawn_place_stays BEFORE UPDATE OF place, entrant ON deals_drawentry
    FOR EACH ROW WHEN (OLD.place IS NOT NULL OR OLD.entrant <> NEW.entrant)
    EXECUTE FUNCTION deals_refuse_change();
ALTER TABLE deals_draw ADD CONSTRAINT deals_a_draw_is_bound_to_its_seed
    CHECK (commitment = encode(sha256(convert_to(seed, 'UTF8')), 'hex'));
