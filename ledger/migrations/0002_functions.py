"""Rows of the ledger are only ever added."""

from pathlib import Path

from django.db import migrations

TEXT = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
FORGET = """
DROP TRIGGER ledger_transfer_is_not_emptied ON ledger_transfer;
DROP TRIGGER ledger_transaction_is_not_emptied ON ledger_transaction;

DROP TRIGGER ledger_transfer_is_final ON ledger_transfer;
DROP TRIGGER ledger_transaction_is_final ON ledger_transaction;
DROP FUNCTION ledger_refuse_change();
"""


class Migration(migrations.Migration):
    replaces = [
        ("ledger", "0006_kinds_for_tills_and_refunds"),
    ]
    dependencies = [
        ("ledger", "0001_tables"),
    ]

    operations = [migrations.RunSQL(TEXT, FORGET)]
