"""The purchase that most people make takes a short way: one variant at its list price, and nothing else to ask."""

from django.db import migrations

PLACE = r"""
ALTER FUNCTION orders_place RENAME TO orders_place_fully;

-- The promises that were made about a product in a show until now.
CREATE FUNCTION orders_claims_of(p_session bigint, p_product bigint) RETURNS jsonb
LANGUAGE plpgsql STABLE SET plan_cache_mode = force_generic_plan AS $$
BEGIN
    RETURN coalesce((
        SELECT jsonb_agg(
            jsonb_build_object('id', claim.id, 'text', claim.text, 'ms', claim.media_ms) ORDER BY claim.id
        )
        FROM livestream_claim claim
        WHERE claim.session_id = p_session AND claim.product_id = p_product AND claim.withdrawn_at IS NULL
    ), '[]');
END $$;

-- Takes the units and records the order, or changes nothing at all. This is the short way of a purchase
-- that no deal, quote, earlier order or rule of the shop has a say in: one read tells, and whatever is not
-- that plain, or has to be refused for another reason than that it is gone, goes to `orders_place_fully`,
-- which asks the price rule. Both write the same rows in the same order, the contended one last.
CREATE FUNCTION orders_place(
    p_key uuid, p_hash text, p_number text, p_buyer bigint, p_shop bigint, p_method text, p_address jsonb,
    p_variants bigint[], p_quantities int[], p_total bigint, p_at timestamptz, p_pay_by timestamptz,
    p_session bigint, p_session_ms bigint, p_attribution jsonb, p_quote uuid DEFAULT NULL
) RETURNS SETOF orders_order
LANGUAGE plpgsql SET lock_timeout = '1s' SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    placed orders_order;
    goods record;
    wanted bigint := p_variants[1];
    units int := p_quantities[1];
BEGIN
    SELECT product.id AS product_id, product.name AS product_name, variant.name, variant.price::bigint,
        variant.price::bigint * units AS subtotal, shop.shipping_fee::bigint, stock.available,
        (
            SELECT photo.key FROM catalog_productphoto photo WHERE photo.product_id = product.id
            ORDER BY photo.position, photo.id LIMIT 1
        ) AS picture_key
    INTO goods
    FROM catalog_variant variant
    JOIN catalog_product product ON product.id = variant.product_id AND product.withdrawn_at IS NULL
    JOIN catalog_shop shop ON shop.id = variant.shop_id AND shop.suspended_at IS NULL
    JOIN catalog_stock stock ON stock.variant_id = variant.id
    WHERE variant.id = wanted AND variant.shop_id = p_shop AND variant.withdrawn_at IS NULL
        AND variant.price > 0 AND shop.owner_id <> p_buyer AND (p_method <> 'cod' OR shop.accepts_cod)
        AND (p_total IS NULL OR p_total >= variant.price::bigint * units + shop.shipping_fee)
        AND NOT EXISTS (
            SELECT FROM deals_flashdeal deal WHERE deal.variant_id = wanted AND deal.closed_at IS NULL
        )
        AND NOT EXISTS (
            SELECT FROM deals_award award WHERE award.buyer_id = p_buyer AND award.order_id IS NULL
        )
        AND NOT EXISTS (
            SELECT FROM deals_voucherclaim claim WHERE claim.buyer_id = p_buyer AND claim.order_id IS NULL
        )
        AND NOT EXISTS (
            SELECT FROM orders_firstpaidbuyer rule WHERE rule.shop_id = p_shop AND rule.buyer_id = p_buyer
        )
        -- In a show it may ride along with an earlier one, or be whose it is that pays first.
        AND (p_session IS NULL OR NOT EXISTS (
            SELECT FROM orders_firstpaidsession rule WHERE rule.session_id = p_session
        ) AND NOT EXISTS (
            SELECT FROM orders_order earlier
            WHERE earlier.buyer_id = p_buyer AND earlier.shop_id = p_shop AND earlier.session_id = p_session
        ));
    IF NOT FOUND OR cardinality(p_variants) > 1 OR p_quote IS NOT NULL THEN
        RETURN QUERY SELECT * FROM orders_place_fully(p_key, p_hash, p_number, p_buyer, p_shop, p_method,
            p_address, p_variants, p_quantities, p_total, p_at, p_pay_by, p_session, p_session_ms,
            p_attribution, p_quote);
        RETURN;
    END IF;

    IF goods.available < units THEN  -- unlocked: most of those who come too late wait for nobody
        placed := orders_placed_before(p_key, p_hash);
        IF placed.id IS NULL THEN
            RAISE EXCEPTION 'refused' USING ERRCODE = 'P0S01', DETAIL = wanted || ':' || goods.available;
        END IF;
        RETURN NEXT placed;
        RETURN;
    END IF;

    INSERT INTO orders_order (number, buyer_id, shop_id, session_id, session_ms, idempotency_key,
        request_hash, state, method, subtotal, discount, shipping_fee, total, address,
        courier, waybill, cancel_reason, placed_at, pay_by, holds_units)
    VALUES (p_number, p_buyer, p_shop, p_session, p_session_ms, p_key, p_hash, 'pending', p_method,
        goods.subtotal, 0, goods.shipping_fee, goods.subtotal + goods.shipping_fee, p_address,
        '', '', '', p_at, p_pay_by, true)
    ON CONFLICT (idempotency_key) DO NOTHING
    RETURNING * INTO placed;
    IF placed.id IS NULL THEN  -- a double tap, or a retry whose first answer was lost
        RETURN NEXT orders_placed_before(p_key, p_hash);
        RETURN;
    END IF;
    INSERT INTO orders_orderline (order_id, variant_id, product_name, variant_name, picture_key, list_price,
        price, rule, discount, quantity, returned_quantity, credited_to, attribution, claims)
    VALUES (placed.id, wanted, goods.product_name, goods.name, coalesce(goods.picture_key, ''), goods.price,
        goods.price, 'list', 0, units, 0, (p_attribution -> wanted::text ->> 'affiliate')::bigint,
        p_attribution -> wanted::text,
        CASE WHEN p_session IS NULL THEN '[]' ELSE orders_claims_of(p_session, goods.product_id) END);
    INSERT INTO orders_outboxentry (topic, order_id, created_at) VALUES ('placed', placed.id, p_at);
    UPDATE catalog_stock SET available = available - units, reserved = reserved + units
        WHERE variant_id = wanted AND available >= units;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'refused' USING ERRCODE = 'P0S01', DETAIL = wanted || ':' ||
            (SELECT available FROM catalog_stock WHERE variant_id = wanted);
    END IF;
    RETURN NEXT placed;
END $$;
"""
FORGET = """
DROP FUNCTION orders_place;
DROP FUNCTION orders_claims_of;
ALTER FUNCTION orders_place_fully RENAME TO orders_place;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("orders", "0012_first_paid_first_served"),
        ("catalog", "0007_shops_offer_ways"),
        ("deals", "0006_rights_lapse"),
        ("livestream", "0014_claims"),
    ]

    operations = [migrations.RunSQL(PLACE, FORGET)]
