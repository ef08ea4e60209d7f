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
    dependencies = [("accounts", "0001_initial")]
    operations = [migrations.RunPython(load, unload)]
