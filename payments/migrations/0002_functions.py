"""What speaks against one more order, asked together with everything else that a purchase needs."""

from pathlib import Path

from django.db import migrations

TEXT = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
FORGET = """
DROP FUNCTION payments_standing;
"""


class Migration(migrations.Migration):
    replaces = [
        ("payments", "0007_tickets_about_the_books"),
    ]
    dependencies = [
        ("payments", "0001_tables"),
        ("orders", "0001_tables"),
    ]

    operations = [migrations.RunSQL(TEXT, FORGET)]
