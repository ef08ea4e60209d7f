"""An order that uses a won right waits for its money no longer than the right stands."""

from importlib import import_module

from django.db import migrations

BEFORE = import_module("orders.migrations.0005_place_by_the_price_rule").PLACE
WAITS = "CASE WHEN NOT is_settled THEN p_pay_by END"
assert BEFORE.count(WAITS) == 1
FUNCTION = BEFORE[BEFORE.index("CREATE FUNCTION orders_place(") :].replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")
AFTER = FUNCTION.replace(
    WAITS,
    "CASE WHEN NOT is_settled THEN least(p_pay_by, CASE WHEN terms.rules && '{award}' "
    "THEN deals_pay_by(terms.rules, terms.deals, p_at) END) END",
)


class Migration(migrations.Migration):
    dependencies = [("orders", "0005_place_by_the_price_rule"), ("deals", "0006_rights_lapse")]

    operations = [migrations.RunSQL(AFTER, FUNCTION)]
