"""The database notes prices itself, so that nobody can forget or mend one; counters have room on their pages."""

from pathlib import Path

from django.db import migrations

TEXT = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
FORGET = """
ALTER TABLE catalog_stock RESET (fillfactor, autovacuum_vacuum_scale_factor, autovacuum_vacuum_threshold);

DROP TRIGGER catalog_new_price_is_noted ON catalog_variant;
DROP TRIGGER catalog_first_price_is_noted ON catalog_variant;
DROP FUNCTION catalog_note_price;
"""


class Migration(migrations.Migration):
    replaces = [
        ("catalog", "0007_shops_offer_ways"),
    ]
    dependencies = [
        ("catalog", "0002_categories"),
    ]

    operations = [migrations.RunSQL(TEXT, FORGET)]
