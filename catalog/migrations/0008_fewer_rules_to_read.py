"""One rule says of several numbers that they are not below zero."""

import django.db.models.functions.comparison
import django.db.models.lookups
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("catalog", "0007_shops_offer_ways"),
    ]

    operations = [
        migrations.AlterField(
            model_name="stock",
            name="available",
            field=models.IntegerField(default=0),
        ),
        migrations.AlterField(
            model_name="stock",
            name="initial",
            field=models.IntegerField(default=0),
        ),
        migrations.AlterField(
            model_name="stock",
            name="reserved",
            field=models.IntegerField(default=0),
        ),
        migrations.AlterField(
            model_name="stock",
            name="set_aside",
            field=models.IntegerField(default=0),
        ),
        migrations.AlterField(
            model_name="stock",
            name="sold",
            field=models.IntegerField(default=0),
        ),
        migrations.AddConstraint(
            model_name="stock",
            constraint=models.CheckConstraint(
                condition=django.db.models.lookups.GreaterThanOrEqual(
                    django.db.models.functions.comparison.Least("available", "set_aside", "reserved", "sold"),
                    0,
                ),
                name="catalog_no_count_below_zero",
            ),
        ),
    ]
