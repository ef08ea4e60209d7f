"""Let orders and their lines say what was taken off, and by which rule."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, Q

# Everything sold so far was sold at the price of the list.
LIST_PRICES = "UPDATE orders_orderline SET list_price = price"


class Migration(migrations.Migration):

    dependencies = [
        ("deals", "0004_price_rule"),
        ("orders", "0003_room_on_stock_pages"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="order", name="orders_total_is_goods_and_shipping"),
        migrations.AddField("order", "discount", models.PositiveBigIntegerField(default=0)),
        migrations.AddField(
            "order",
            "voucher_claim",
            models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="deals.voucherclaim",
            ),
        ),
        migrations.AddField("orderline", "deal_id", models.BigIntegerField(blank=True, null=True)),
        migrations.AddField("orderline", "discount", models.PositiveBigIntegerField(default=0)),
        migrations.AddField(
            "orderline", "list_price", models.PositiveBigIntegerField(default=0), preserve_default=False
        ),
        migrations.AddField(
            "orderline",
            "rule",
            models.CharField(
                choices=[("list", "Harga biasa"), ("flash", "Promo kilat"), ("award", "Harga pemenang")],
                default="list",
                max_length=5,
            ),
        ),
        migrations.RunSQL(LIST_PRICES, migrations.RunSQL.noop),
        migrations.AddConstraint(
            "order",
            models.CheckConstraint(
                condition=Q(total=F("subtotal") - F("discount") + F("shipping_fee")),
                name="orders_total_is_goods_less_discount_and_shipping",
            ),
        ),
        migrations.AddConstraint(
            "order",
            models.CheckConstraint(
                condition=Q(discount=0, voucher_claim__isnull=True)
                | Q(discount__gt=0, discount__lte=F("subtotal"), voucher_claim__isnull=False),
                name="orders_a_voucher_gives_the_discount",
            ),
        ),
        migrations.AddConstraint(
            "orderline",
            models.CheckConstraint(
                condition=Q(deal_id__isnull=True, price=F("list_price"), rule="list")
                | (~Q(rule="list") & Q(deal_id__isnull=False)),
                name="orders_a_line_knows_its_deal",
            ),
        ),
        migrations.AddConstraint(
            "orderline",
            models.CheckConstraint(
                condition=Q(discount__lte=F("price") * F("quantity")),
                name="orders_a_discount_takes_no_more_than_the_goods",
            ),
        ),
    ]
