"""One rule says of several numbers that they are not below zero."""

import django.db.models.functions.comparison
import django.db.models.lookups
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('catalog', '0008_fewer_rules_to_read'),
        ('deals', '0007_follow_tasks'),
        ('livestream', '0019_followers_only_chat'),
        ('orders', '0013_the_plain_purchase'),
        ('shipping', '0002_quotes_of_buyers'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name='order',
            name='discount',
            field=models.BigIntegerField(default=0),
        ),
        migrations.AlterField(
            model_name='order',
            name='paid_ahead',
            field=models.BigIntegerField(db_default=0, default=0),
        ),
        migrations.AlterField(
            model_name='order',
            name='session_ms',
            field=models.BigIntegerField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name='order',
            name='shipping_fee',
            field=models.BigIntegerField(),
        ),
        migrations.AlterField(
            model_name='order',
            name='subtotal',
            field=models.BigIntegerField(),
        ),
        migrations.AlterField(
            model_name='order',
            name='total',
            field=models.BigIntegerField(),
        ),
        migrations.AlterField(
            model_name='orderline',
            name='discount',
            field=models.BigIntegerField(default=0),
        ),
        migrations.AlterField(
            model_name='orderline',
            name='list_price',
            field=models.BigIntegerField(),
        ),
        migrations.AlterField(
            model_name='orderline',
            name='price',
            field=models.BigIntegerField(),
        ),
        migrations.AlterField(
            model_name='orderline',
            name='quantity',
            field=models.IntegerField(),
        ),
        migrations.AlterField(
            model_name='orderline',
            name='returned_quantity',
            field=models.IntegerField(default=0),
        ),
        migrations.AddConstraint(
            model_name='order',
            constraint=models.CheckConstraint(condition=django.db.models.lookups.GreaterThanOrEqual(django.db.models.functions.comparison.Least('subtotal', 'shipping_fee', 'paid_ahead', 'session_ms'), 0), name='orders_no_amount_below_zero'),
        ),
        migrations.AddConstraint(
            model_name='orderline',
            constraint=models.CheckConstraint(condition=django.db.models.lookups.GreaterThanOrEqual(django.db.models.functions.comparison.Least('list_price', 'price', 'discount', 'returned_quantity'), 0), name='orders_nothing_on_a_line_below_zero'),
        ),
    ]
