"""Every move of an order's money in one view; what was posted or sent to the bank is final."""

from pathlib import Path

from django.db import migrations

TEXT = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
FORGET = """
DROP TRIGGER payouts_row_is_in_time ON payouts_payout;
DROP FUNCTION payouts_refuse_late_row();
DROP TRIGGER payouts_payout_is_kept ON payouts_payout;
DROP TRIGGER payouts_sum_is_final ON payouts_payout;
DROP TRIGGER payouts_batch_is_kept ON payouts_payoutbatch;
DROP TRIGGER payouts_file_is_final ON payouts_payoutbatch;
DROP TRIGGER payouts_posting_is_final ON payouts_settlementposting;
DROP FUNCTION payouts_refuse_change();
DROP VIEW payouts_order_move;
"""


class Migration(migrations.Migration):
    replaces = [
        ("payouts", "0003_deposits_and_refunds_belong_to_orders"),
    ]
    dependencies = [
        ("payouts", "0001_tables"),
        ("affiliates", "0001_tables"),
        ("ledger", "0001_tables"),
        ("orders", "0001_tables"),
        ("payments", "0001_tables"),
    ]

    operations = [migrations.RunSQL(TEXT, FORGET)]
