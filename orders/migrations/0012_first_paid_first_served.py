"""In some sessions, and to some buyers, units are theirs when they are paid and not before."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from importlib import import_module

BEFORE = import_module("orders.migrations.0010_cod_is_confirmed_by_the_buyer").PLACE
CHANGES = [
    ("    is_settled boolean;\nBEGIN", "    is_settled boolean;\n    holds boolean;\nBEGIN"),
    (
        "    is_settled := terms.total = 0;\n",
        "    is_settled := terms.total = 0;\n"
        "    -- What a winner won is theirs by its own rule.\n"
        "    holds := is_settled OR terms.rules && '{award}' OR NOT (\n"
        "        EXISTS (SELECT FROM orders_firstpaidsession rule WHERE rule.session_id = p_session)\n"
        "        OR EXISTS (\n"
        "            SELECT FROM orders_firstpaidbuyer rule WHERE rule.shop_id = p_shop AND rule.buyer_id = p_buyer\n"
        "        )\n"
        "    );\n",
    ),
    ("quote_id, rides_on_id)", "quote_id, rides_on_id, holds_units)"),
    ("        way.rides_on)\n    ON CONFLICT", "        way.rides_on, holds)\n    ON CONFLICT"),
    (
        "    FOR line IN\n",
        "    IF NOT holds THEN  -- the payment takes them, if they are still there\n"
        "        RETURN NEXT placed;\n"
        "        RETURN;\n"
        "    END IF;\n"
        "    FOR line IN\n",
    ),
]
PLACE = BEFORE
for old, new in CHANGES:
    assert PLACE.count(old) == 1, old
    PLACE = PLACE.replace(old, new)


class Migration(migrations.Migration):
    dependencies = [
        ("orders", "0011_label_batches"),
        ("livestream", "0014_claims"),
        ("catalog", "0007_shops_offer_ways"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField("order", "holds_units", models.BooleanField(db_default=True, default=True)),
        migrations.CreateModel(
            name="FirstPaidSession",
            fields=[
                (
                    "session",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="livestream.livesession",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="FirstPaidBuyer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "buyer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "shop",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="catalog.shop",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("shop", "buyer"), name="orders_a_shop_asks_a_buyer_to_pay_first_once"
                    )
                ],
            },
        ),
        migrations.RunSQL(PLACE, BEFORE),
    ]
