"""Leave room on the pages of the counters, so that every update stays on its page and is soon swept."""

from django.db import migrations

SPACIOUS = """
ALTER TABLE catalog_stock SET (
    fillfactor = 10, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000
);
"""
PLAIN = """
ALTER TABLE catalog_stock RESET (
    fillfactor, autovacuum_vacuum_scale_factor, autovacuum_vacuum_threshold
);
"""


class Migration(migrations.Migration):
    dependencies = [("orders", "0002_place_order_function"), ("catalog", "0001_initial")]

    operations = [migrations.RunSQL(SPACIOUS, PLAIN)]
