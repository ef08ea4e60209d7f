"""Postings are final, and one function settles what has matured."""

from pathlib import Path

from django.db import migrations

TEXT = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
FORGET = """
DROP FUNCTION affiliates_settle(timestamptz, integer);
DROP FUNCTION affiliates_lowered(bigint);
DROP FUNCTION affiliates_due(bigint, bigint, bigint, bigint, bigint, boolean);
DROP TRIGGER affiliates_adjustment_is_final ON affiliates_commissionadjustment;
DROP TRIGGER affiliates_posting_is_final ON affiliates_commissionposting;
DROP FUNCTION affiliates_refuse_change();
"""


class Migration(migrations.Migration):
    replaces = [
        ("affiliates", "0003_settle_function"),
    ]
    dependencies = [
        ("affiliates", "0001_tables"),
        ("ledger", "0001_tables"),
    ]

    operations = [migrations.RunSQL(TEXT, FORGET)]
