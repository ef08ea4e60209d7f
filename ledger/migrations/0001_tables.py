import django.db.models.deletion
import kit.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [
        ('ledger', '0001_initial'),
        ('ledger', '0002_refuse_changes'),
        ('ledger', '0003_refuse_to_empty'),
        ('ledger', '0004_free_the_hot_rows'),
        ('ledger', '0005_settlements_and_payouts'),
    ]

    initial = True

    dependencies = [
    ]

    operations = [
        kit.migrations.CreateTables(
            tables=[
                migrations.CreateModel(
                    name='Account',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.PositiveSmallIntegerField(choices=[(1, 'money the payment gateway owes us'), (2, "buyers' money held for orders"), (3, "commission reserved out of a shop's orders"), (4, 'what the market owes a shop'), (5, 'what the market owes an affiliate'), (6, 'payout under way'), (7, 'money at the bank'), (8, "the market's own income"), (9, 'passes through a settlement batch, zero after it'), (10, 'to be offset against later commission'), (11, 'given up'), (12, 'order money that buyers paid a shop directly, at its own QRIS or bank'), (13, "order money that couriers of a shop's parcels took at the door"), (14, 'left the gateway without our asking, until a person says why'), (15, 'settled early, kept until the return window is over'), (16, "what orders pay for the gateway's work"), (17, 'tax kept for the state'), (18, 'payout to a shop under way')])),
                        ('owner_id', models.BigIntegerField(default=0)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('kind', 'owner_id'), name='ledger_one_account_per_kind_and_owner')],
                    },
                ),
                migrations.CreateModel(
                    name='Transaction',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.PositiveSmallIntegerField(choices=[(1, 'Order Paid'), (2, 'Commission Reserved'), (3, 'Commission Released'), (4, 'Commission Settled'), (5, 'Order Refunded'), (6, 'Seller Settled'), (7, 'Deposit Paid'), (8, 'Refund Sent'), (9, 'Deposit Kept'), (10, 'Gateway Took Back'), (11, 'Unexplained Settled'), (12, 'Payout Sent'), (13, 'Payout Paid'), (14, 'Payout Failed'), (15, 'Payout Returned')])),
                        ('source_id', models.BigIntegerField()),
                        ('posted_at', models.DateTimeField(auto_now_add=True)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('kind', 'source_id'), name='ledger_a_source_is_posted_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Transfer',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('leg', models.PositiveIntegerField()),
                        ('amount', models.BigIntegerField()),
                        ('credit', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ledger.account')),
                        ('debit', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ledger.account')),
                        ('transaction', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='transfers', to='ledger.transaction')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('transaction', 'leg'), name='ledger_a_leg_is_posted_once'), models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='ledger_a_transfer_moves_money'), models.CheckConstraint(condition=models.Q(('debit', models.F('credit')), _negated=True), name='ledger_a_transfer_has_two_sides')],
                    },
                ),
                migrations.CreateModel(
                    name='Balance',
                    fields=[
                        ('account', models.OneToOneField(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, primary_key=True, serialize=False, to='ledger.account')),
                        ('amount', models.BigIntegerField(default=0)),
                        ('entries', models.BigIntegerField(default=0)),
                    ],
                ),
            ],
        ),
    ]
