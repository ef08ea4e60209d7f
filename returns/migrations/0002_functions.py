"""Steps of returns are only ever added."""

from pathlib import Path

from django.db import migrations

TEXT = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
FORGET = """
DROP TRIGGER returns_decision_is_final ON returns_dispute;
DROP TRIGGER returns_step_is_final ON returns_step;
DROP FUNCTION returns_refuse_change();
"""


class Migration(migrations.Migration):
    replaces = [
        ("returns", "0002_keep_the_trail"),
    ]
    dependencies = [
        ("returns", "0001_tables"),
    ]

    operations = [migrations.RunSQL(TEXT, FORGET)]
