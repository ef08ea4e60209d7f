"""An order that travels in another one's parcel pays for the kilograms that it adds."""

from django.db import migrations

# Grams as couriers charge them (`shipping.weights`): piece by piece the greater of weight and room.
WEIGHT = """
CREATE FUNCTION orders_extra_weight(p_base bigint, p_variants bigint[], p_quantities int[]) RETURNS bigint
LANGUAGE sql STABLE AS $$
    WITH charged AS NOT MATERIALIZED (
        SELECT variant.id, greatest(
            coalesce(nullif(variant.weight, 0), product.weight),
            ceil(coalesce(variant.length::bigint * variant.width * variant.height, 0) * 1000 / 6000.0)
        ) AS grams
        FROM catalog_variant variant JOIN catalog_product product ON product.id = variant.product_id
    ),
    inside AS (
        SELECT coalesce(sum(charged.grams * line.quantity), 0) AS grams
        FROM orders_order family
        JOIN orders_orderline line ON line.order_id = family.id
        JOIN charged ON charged.id = line.variant_id
        WHERE (family.id = p_base OR family.rides_on_id = p_base)
            AND family.state NOT IN ('expired', 'cancelled', 'refund_due', 'refunded')
    ),
    added AS (
        SELECT coalesce(sum(charged.grams * wish.quantity), 0) AS grams
        FROM unnest(p_variants, p_quantities) wish(variant_id, quantity)
        JOIN charged ON charged.id = wish.variant_id
    )
    SELECT coalesce((
        SELECT quote.per_kilogram * (
            greatest(ceil((inside.grams + added.grams) / 1000.0), 1) - greatest(ceil(inside.grams / 1000.0), 1)
        )
        FROM orders_order base
        JOIN shipping_quote quote ON quote.id = base.quote_id
        CROSS JOIN inside CROSS JOIN added
        WHERE base.id = p_base
    ), 0)::bigint
$$;
"""
SHIPPING = """
CREATE OR REPLACE FUNCTION orders_shipping(
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
            fee := %s;
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
"""
AFTER = SHIPPING % "orders_extra_weight(rides_on, p_variants, p_quantities)"
BEFORE = SHIPPING % "0"


class Migration(migrations.Migration):

    dependencies = [
        ("catalog", "0001_tables"),
        ("orders", "0014_fewer_rules_to_read"),
        ("shipping", "0002_quotes_say_what_a_kilogram_costs"),
    ]

    operations = [
        migrations.RunSQL(WEIGHT, "DROP FUNCTION orders_extra_weight(bigint, bigint[], int[])"),
        migrations.RunSQL(AFTER, BEFORE),
    ]
