"""More kinds: tills of shops, deposits, refunds by line, and what the gateway takes back unasked."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('ledger', '0005_settlements_and_payouts'),
    ]

    operations = [
        migrations.AlterField(
            model_name='account',
            name='kind',
            field=models.PositiveSmallIntegerField(choices=[(1, 'money the payment gateway owes us'), (2, "buyers' money held for orders"), (3, "commission reserved out of a shop's orders"), (4, 'what the market owes a shop'), (5, 'what the market owes an affiliate'), (6, 'payout under way'), (7, 'money at the bank'), (8, "the market's own income"), (9, 'passes through a settlement batch, zero after it'), (10, 'to be offset against later commission'), (11, 'given up'), (12, 'order money that buyers paid a shop directly, at its own QRIS or bank'), (13, "order money that couriers of a shop's parcels took at the door"), (14, 'left the gateway without our asking, until a person says why'), (15, 'settled early, kept until the return window is over'), (16, "what orders pay for the gateway's work"), (17, 'tax kept for the state'), (18, 'payout to a shop under way')]),
        ),
        migrations.AlterField(
            model_name='transaction',
            name='kind',
            field=models.PositiveSmallIntegerField(choices=[(1, 'Order Paid'), (2, 'Commission Reserved'), (3, 'Commission Released'), (4, 'Commission Settled'), (5, 'Order Refunded'), (6, 'Seller Settled'), (7, 'Deposit Paid'), (8, 'Refund Sent'), (9, 'Deposit Kept'), (10, 'Gateway Took Back'), (11, 'Unexplained Settled'), (12, 'Payout Sent'), (13, 'Payout Paid'), (14, 'Payout Failed'), (15, 'Payout Returned')]),
        ),
    ]
