"""An order names how it is sent, and orders of one show to one door travel together for one fee."""

from importlib import import_module

import django.db.models.deletion
from django.db import migrations, models

BEFORE = import_module("orders.migrations.0008_place_fast").PLACE

SHIPPING = r"""
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
"""

CHANGES = [
    ("CREATE OR REPLACE FUNCTION orders_place(", "CREATE FUNCTION orders_place("),
    (
        "p_session bigint, p_session_ms bigint, p_attribution jsonb\n)",
        "p_session bigint, p_session_ms bigint, p_attribution jsonb, p_quote uuid DEFAULT NULL\n)",
    ),
    ("    terms record;\n", "    terms record;\n    way record;\n"),
    (
        "FROM orders_terms(p_buyer, p_shop, p_variants, p_quantities, p_at);\n",
        "FROM orders_terms(p_buyer, p_shop, p_variants, p_quantities, p_at);\n"
        "    SELECT * INTO way FROM orders_shipping(p_buyer, p_shop, p_session, p_address, p_variants, p_quantities,\n"
        "        p_quote, p_at, terms.shipping_fee, terms.subtotal);\n"
        "    terms.total := terms.total - terms.shipping_fee + way.fee;\n"
        "    terms.shipping_fee := way.fee;\n",
    ),
    (
        "        WHEN p_total < terms.total THEN 'P0S06'\n",
        "        WHEN way.is_gone THEN 'P0S08'\n        WHEN p_total < terms.total THEN 'P0S06'\n",
    ),
    ("cancel_reason, placed_at, pay_by, paid_at)", "cancel_reason, placed_at, pay_by, paid_at, quote_id, rides_on_id)"),
    (
        "CASE WHEN terms.total = 0 THEN p_at END)\n    ON CONFLICT",
        "CASE WHEN terms.total = 0 THEN p_at END, CASE WHEN way.rides_on IS NULL THEN p_quote END,\n"
        "        way.rides_on)\n    ON CONFLICT",
    ),
]
PLACE = BEFORE
for old, new in CHANGES:
    assert PLACE.count(old) == 1, old
    PLACE = PLACE.replace(old, new)


class Migration(migrations.Migration):

    dependencies = [
        ('catalog', '0007_shops_offer_ways'),
        ('deals', '0006_rights_lapse'),
        ('livestream', '0014_claims'),
        ('orders', '0008_place_fast'),
        ('shipping', '0001_quotes_and_parcels'),
    ]

    operations = [
        migrations.AddField(
            model_name='order',
            name='parcel',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='orders', to='shipping.parcel'),
        ),
        migrations.AddField(
            model_name='order',
            name='quote',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='orders', to='shipping.quote'),
        ),
        migrations.AddField(
            model_name='order',
            name='rides_on',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='riders', to='orders.order'),
        ),
        migrations.AddIndex(
            model_name='order',
            index=models.Index(condition=models.Q(('quote__isnull', False)), fields=['quote'], name='orders_by_quote'),
        ),
        migrations.AddIndex(
            model_name='order',
            index=models.Index(condition=models.Q(('parcel__isnull', False)), fields=['parcel'], name='orders_in_parcel'),
        ),
        migrations.AddIndex(
            model_name='order',
            index=models.Index(condition=models.Q(('rides_on__isnull', False)), fields=['rides_on'], name='orders_riding'),
        ),
        migrations.RunSQL(SHIPPING, "DROP FUNCTION orders_shipping"),
        migrations.RunSQL("DROP FUNCTION orders_place", BEFORE),
        migrations.RunSQL(PLACE, "DROP FUNCTION orders_place"),
    ]
