"""Units that only winners can buy stand in a counter of their own."""

from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    dependencies = [("catalog", "0003_load_categories")]

    operations = [
        migrations.RemoveConstraint(model_name="stock", name="catalog_stock_adds_up"),
        migrations.AddField(
            model_name="stock", name="set_aside", field=models.PositiveIntegerField(default=0)
        ),
        migrations.AddConstraint(
            model_name="stock",
            constraint=models.CheckConstraint(
                name="catalog_stock_adds_up",
                condition=Q(initial=F("available") + F("set_aside") + F("reserved") + F("sold")),
            ),
        ),
    ]
