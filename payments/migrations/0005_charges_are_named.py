"""Every charge has its reference, and its orders by its parts alone."""

import django.db.models.deletion
from django.db import migrations, models

import payments.models.charges


class Migration(migrations.Migration):

    dependencies = [('payments', '0004_name_charges_and_their_parts')]

    operations = [
        migrations.AlterField(
            model_name='charge',
            name='reference',
            field=models.CharField(default=payments.models.charges.new_reference, max_length=40, unique=True),
        ),
        # Empty on the way back, until the step before has filled it.
        migrations.AlterField(
            model_name='charge',
            name='order',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='charge', to='orders.order'),
        ),
        migrations.RemoveField(
            model_name='charge',
            name='order',
        ),
        migrations.RemoveField(
            model_name='charge',
            name='refund_wanted_at',
        ),
    ]
