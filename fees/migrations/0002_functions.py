"""Versions are only ever added. The first one holds since the market opened."""

from datetime import UTC, datetime
from pathlib import Path

from django.db import migrations

from fees.arithmetic import Rule
from fees.operations import write_schedule

TEXT = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
FORGET = """
DROP TRIGGER fees_rule_is_in_time ON fees_feerule;
DROP FUNCTION fees_refuse_late_rule();
DROP TRIGGER fees_rule_is_final ON fees_feerule;
DROP TRIGGER fees_schedule_is_final ON fees_feeschedule;
DROP FUNCTION fees_refuse_change();
"""

OPENED = datetime(2025, 12, 31, 17, tzinfo=UTC)  # new year's day in Jakarta
RULES = [
    Rule("platform", "Biaya pasar", percent_bp=200),
    Rule("processing", "Biaya proses pesanan", fixed=500),
    Rule("payment", "QRIS", method="qris", percent_bp=70),
    Rule("payment", "QRIS, usaha mikro sampai Rp500.000", method="qris", business="micro"),
    Rule("payment", "QRIS, usaha mikro di atas Rp500.000", method="qris", business="micro", above=500_000, percent_bp=30),
    *(
        Rule("payment", f"Virtual account {bank}", method=f"va_{bank.lower()}", fixed=4_000)
        for bank in ("BCA", "BNI", "BRI", "Permata")
    ),
    Rule("payment", "GoPay", method="gopay", percent_bp=200),
    Rule("payment", "ShopeePay", method="shopeepay", percent_bp=200),
    Rule("payment", "Kartu", method="card", percent_bp=290, fixed=2_000),
]


def begin(apps, schema_editor):
    write_schedule(
        RULES,
        number=1,
        in_force_from=OPENED,
        published_at=OPENED,
        note="Versi pertama.",
        previous="",
        schedules=apps.get_model("fees", "FeeSchedule"),
        rule_rows=apps.get_model("fees", "FeeRule"),
    )


def end(apps, schema_editor):
    apps.get_model("fees", "FeeRule").objects.all().delete()
    apps.get_model("fees", "FeeSchedule").objects.all().delete()


class Migration(migrations.Migration):
    replaces = [("fees", "0002_refuse_changes_and_begin")]
    dependencies = [("fees", "0001_tables")]

    operations = [migrations.RunPython(begin, end), migrations.RunSQL(TEXT, FORGET)]
