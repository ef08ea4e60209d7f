"""The one function that places an order: nothing else may take units for sale. And sums that always hold."""

from pathlib import Path

from django.db import migrations

TEXT = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
FORGET = """
DROP TRIGGER orders_an_order_still_adds_up ON orders_order;
DROP TRIGGER orders_lines_still_add_up ON orders_orderline;
DROP TRIGGER orders_new_lines_add_up ON orders_orderline;
DROP FUNCTION orders_check_order;
DROP FUNCTION orders_check_lines;
DROP FUNCTION orders_check_new_lines;
DROP FUNCTION orders_refuse_wrong_sums;
DROP FUNCTION orders_place;
DROP FUNCTION orders_shipping;
DROP FUNCTION orders_parts_of;
DROP FUNCTION orders_terms;
DROP FUNCTION orders_placed_before;
"""


class Migration(migrations.Migration):
    replaces = [
        ("orders", "0012_first_paid_first_served"),
    ]
    dependencies = [
        ("orders", "0001_tables"),
        ("catalog", "0003_functions"),
        ("deals", "0002_functions"),
        ("livestream", "0001_tables"),
        ("shipping", "0001_tables"),
    ]

    operations = [migrations.RunSQL(TEXT, FORGET)]
