"""An order to be paid at the door waits until its buyer stands by it, like any other for its money."""

from importlib import import_module

from django.db import migrations, models

BEFORE = import_module("orders.migrations.0009_ways_of_sending").PLACE.replace(
    "CREATE FUNCTION orders_place(", "CREATE OR REPLACE FUNCTION orders_place("
)
SETTLED = "is_settled := is_cod OR terms.total = 0;"
assert BEFORE.count(SETTLED) == 1
PLACE = BEFORE.replace(SETTLED, "is_settled := terms.total = 0;")


class Migration(migrations.Migration):

    dependencies = [('orders', '0009_ways_of_sending')]

    operations = [
        migrations.AlterField(
            model_name='order',
            name='method',
            field=models.CharField(choices=[('qris', 'QRIS'), ('va_bca', 'Virtual account BCA'), ('va_bni', 'Virtual account BNI'), ('va_bri', 'Virtual account BRI'), ('va_permata', 'Virtual account Permata'), ('gopay', 'GoPay'), ('shopeepay', 'ShopeePay'), ('card', 'Kartu kredit atau debit'), ('shop_qris', 'QRIS milik lapak'), ('transfer', 'Transfer ke rekening lapak'), ('cod', 'Bayar di tempat (COD)')], max_length=12),
        ),
        migrations.AddField(
            model_name='order',
            name='paid_ahead',
            field=models.PositiveBigIntegerField(db_default=0, default=0),
        ),
        migrations.RunSQL(PLACE, BEFORE),
    ]
