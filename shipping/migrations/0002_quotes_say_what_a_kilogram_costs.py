from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("shipping", "0001_tables"),
    ]

    operations = [
        migrations.AddField(
            model_name="quote",
            name="per_kilogram",
            field=models.PositiveIntegerField(db_default=0, default=0),
        ),
    ]
