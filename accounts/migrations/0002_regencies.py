import csv
from pathlib import Path

from django.db import migrations

SOURCE = Path(__file__).resolve().parent.parent / "data" / "regencies.csv"


def load(apps, schema_editor):
    Regency = apps.get_model("accounts", "Regency")
    with SOURCE.open(newline="", encoding="utf-8") as rows:
        Regency.objects.bulk_create(Regency(**row) for row in csv.DictReader(rows))


def unload(apps, schema_editor):
    apps.get_model("accounts", "Regency").objects.all().delete()


class Migration(migrations.Migration):
    replaces = [
        ("accounts", "0004_language_of_a_person"),
    ]
    dependencies = [("accounts", "0001_tables")]

    operations = [migrations.RunPython(load, unload)]
