"""The one statement that places an order: nothing else may take units for sale."""

from django.db import migrations

PLACE = r"""
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

-- Takes the units and records the order, or changes nothing at all. Prices, names and pictures come from
-- the catalogue, never from the request. The stock row comes last, so that it is locked for the shortest
-- time; lines go in variant order, so that two baskets never wait for each other.
CREATE FUNCTION orders_place(
    p_key uuid, p_hash text, p_number text, p_buyer bigint, p_shop bigint, p_method text, p_address jsonb,
    p_variants bigint[], p_quantities int[], p_total bigint, p_at timestamptz, p_pay_by timestamptz,
    p_session bigint, p_session_ms bigint, p_attribution jsonb
) RETURNS SETOF orders_order
LANGUAGE plpgsql SET lock_timeout = '1s' AS $$
DECLARE
    placed orders_order;
    refusal text;
    problem text;
    line record;
    is_cod boolean := p_method = 'cod';
BEGIN
    -- Unlocked: makes refusals cheap and names their reason. The UPDATE below is what decides.
    SELECT CASE
            WHEN count(variant.id) < cardinality(p_variants) OR bool_or(shop.suspended_at IS NOT NULL)
                THEN 'P0S02'
            WHEN bool_or(shop.owner_id = p_buyer) THEN 'P0S04'
            WHEN is_cod AND NOT bool_and(shop.accepts_cod) THEN 'P0S05'
            WHEN bool_or(stock.available < basket.quantity) THEN 'P0S01'
            WHEN p_total <> sum(variant.price::bigint * basket.quantity) + max(shop.shipping_fee) THEN 'P0S06'
        END,
        CASE WHEN bool_or(stock.available < basket.quantity)
            THEN min(variant.id || ':' || stock.available) FILTER (WHERE stock.available < basket.quantity)
            ELSE (sum(variant.price::bigint * basket.quantity) + max(shop.shipping_fee))::text
        END
    INTO refusal, problem
    FROM unnest(p_variants, p_quantities) AS basket(variant_id, quantity)
    JOIN catalog_variant variant ON variant.id = basket.variant_id
        AND variant.shop_id = p_shop AND variant.withdrawn_at IS NULL
    JOIN catalog_product product ON product.id = variant.product_id AND product.withdrawn_at IS NULL
    JOIN catalog_shop shop ON shop.id = variant.shop_id
    JOIN catalog_stock stock ON stock.variant_id = variant.id;
    IF refusal IS NOT NULL THEN
        placed := orders_placed_before(p_key, p_hash);
        IF placed.id IS NULL THEN
            RAISE EXCEPTION 'refused' USING ERRCODE = refusal, DETAIL = coalesce(problem, '');
        END IF;
        RETURN NEXT placed;
        RETURN;
    END IF;

    WITH basket AS (
        SELECT variant.id AS variant_id, basket.quantity, variant.price, product.name AS product_name,
            variant.name AS variant_name, shop.shipping_fee,
            coalesce((
                SELECT photo.key FROM catalog_productphoto photo WHERE photo.product_id = product.id
                ORDER BY photo.position, photo.id LIMIT 1
            ), '') AS picture_key
        FROM unnest(p_variants, p_quantities) AS basket(variant_id, quantity)
        JOIN catalog_variant variant ON variant.id = basket.variant_id
        JOIN catalog_product product ON product.id = variant.product_id
        JOIN catalog_shop shop ON shop.id = variant.shop_id
    ), recorded AS (
        INSERT INTO orders_order (number, buyer_id, shop_id, session_id, session_ms, idempotency_key,
            request_hash, state, method, subtotal, shipping_fee, total, address, courier, waybill,
            cancel_reason, placed_at, pay_by)
        SELECT p_number, p_buyer, p_shop, p_session, p_session_ms, p_key, p_hash,
            CASE WHEN is_cod THEN 'confirmed' ELSE 'pending' END, p_method,
            sum(price::bigint * quantity), max(shipping_fee),
            sum(price::bigint * quantity) + max(shipping_fee), p_address, '', '', '', p_at,
            CASE WHEN NOT is_cod THEN p_pay_by END
        FROM basket
        ON CONFLICT (idempotency_key) DO NOTHING
        RETURNING *
    ), promised AS (
        INSERT INTO orders_orderline (order_id, variant_id, product_name, variant_name, picture_key, price,
            quantity, returned_quantity, credited_to, attribution)
        SELECT recorded.id, variant_id, product_name, variant_name, picture_key, price, quantity, 0,
            (p_attribution -> variant_id::text ->> 'affiliate')::bigint, p_attribution -> variant_id::text
        FROM recorded, basket
    ), told AS (
        INSERT INTO orders_outboxentry (topic, order_id, created_at)
        SELECT topic, recorded.id, p_at
        FROM recorded, unnest(CASE WHEN is_cod THEN '{placed,confirmed}' ELSE '{placed}' END::text[]) topic
    )
    SELECT * INTO placed FROM recorded;
    IF placed.id IS NULL THEN  -- a double tap, or a retry whose first answer was lost
        RETURN NEXT orders_placed_before(p_key, p_hash);
        RETURN;
    END IF;
    IF placed.total <> p_total THEN  -- a price was changed between the two reads
        RAISE EXCEPTION 'refused' USING ERRCODE = 'P0S06', DETAIL = placed.total::text;
    END IF;

    FOR line IN
        SELECT variant_id, quantity FROM unnest(p_variants, p_quantities) AS basket(variant_id, quantity)
        ORDER BY variant_id
    LOOP
        UPDATE catalog_stock
        SET available = available - line.quantity,
            reserved = reserved + CASE WHEN is_cod THEN 0 ELSE line.quantity END,
            sold = sold + CASE WHEN is_cod THEN line.quantity ELSE 0 END
        WHERE variant_id = line.variant_id AND available >= line.quantity;
        IF NOT FOUND THEN
            RAISE EXCEPTION 'refused' USING ERRCODE = 'P0S01', DETAIL = line.variant_id || ':' ||
                (SELECT available FROM catalog_stock WHERE variant_id = line.variant_id);
        END IF;
    END LOOP;
    RETURN NEXT placed;
END $$;
"""

FORGET = """
DROP FUNCTION orders_place;
DROP FUNCTION orders_placed_before;
"""


class Migration(migrations.Migration):
    dependencies = [("orders", "0001_initial"), ("catalog", "0001_initial")]

    operations = [migrations.RunSQL(PLACE, FORGET)]
