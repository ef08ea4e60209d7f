import django.db.models.deletion
import django.utils.timezone
import kit.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [
        ('payouts', '0001_settlements_and_payouts'),
        ('payouts', '0002_orders_in_the_books'),
    ]

    initial = True

    dependencies = [
        ('accounts', '0001_tables'),
        ('catalog', '0001_tables'),
        ('fees', '0001_tables'),
        ('orders', '0001_tables'),
    ]

    operations = [
        kit.migrations.CreateTables(
            tables=[
                migrations.CreateModel(
                    name='BankAccount',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('bank', models.CharField(choices=[('014', 'BCA'), ('002', 'BRI'), ('009', 'BNI'), ('008', 'Mandiri'), ('451', 'BSI'), ('200', 'BTN'), ('022', 'CIMB Niaga'), ('013', 'Permata'), ('011', 'Danamon'), ('028', 'OCBC'), ('213', 'BTPN / Jenius'), ('542', 'Bank Jago'), ('535', 'SeaBank'), ('147', 'Muamalat'), ('426', 'Mega')], max_length=3)),
                        ('sealed_number', models.TextField()),
                        ('last_digits', models.CharField(max_length=4)),
                        ('holder', models.CharField(max_length=80)),
                        ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('confirmed_at', models.DateTimeField(blank=True, null=True)),
                        ('usable_from', models.DateTimeField(blank=True, null=True)),
                        ('replaced_at', models.DateTimeField(blank=True, null=True)),
                        ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='bank_accounts', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(condition=models.Q(('confirmed_at__isnull', False), ('replaced_at__isnull', True)), fields=('user',), name='payouts_one_account_in_use'), models.CheckConstraint(condition=models.Q(models.Q(('confirmed_at__isnull', True), ('usable_from__isnull', True)), models.Q(('confirmed_at__isnull', False), ('usable_from__isnull', False)), _connector='OR'), name='payouts_a_confirmed_account_knows_since_when')],
                    },
                ),
                migrations.CreateModel(
                    name='Finding',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('key', models.CharField(max_length=80)),
                        ('facts', models.JSONField(default=dict)),
                        ('found_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('gone_at', models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(condition=models.Q(('gone_at__isnull', True)), fields=('key',), name='payouts_a_difference_is_told_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Hold',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('source', models.CharField(max_length=80, unique=True)),
                        ('reason', models.CharField(max_length=120)),
                        ('opened_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('closed_at', models.DateTimeField(blank=True, null=True)),
                        ('order', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='settlement_holds', to='orders.order')),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('closed_at__isnull', True), ('closed_at__gte', models.F('opened_at')), _connector='OR'), name='payouts_a_hold_ends_after_it_begins')],
                    },
                ),
                migrations.CreateModel(
                    name='PayoutBatch',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('file', models.TextField(blank=True)),
                        ('digest', models.CharField(blank=True, max_length=64)),
                        ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'verbose_name_plural': 'payout batches',
                        'permissions': [('run_payouts', 'Can make payout batches and say how they ended')],
                    },
                ),
                migrations.CreateModel(
                    name='Payout',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('payee', models.CharField(choices=[('shop', 'Lapak'), ('affiliate', 'Afiliasi')], max_length=9)),
                        ('owner_id', models.BigIntegerField()),
                        ('amount', models.PositiveBigIntegerField()),
                        ('state', models.CharField(choices=[('sent', 'Dikirim ke bank'), ('paid', 'Sudah masuk rekening'), ('failed', 'Gagal, kembali ke saldo'), ('returned', 'Dikembalikan bank')], default='sent', max_length=8)),
                        ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('ended_at', models.DateTimeField(blank=True, null=True)),
                        ('returned_at', models.DateTimeField(blank=True, null=True)),
                        ('bank_reference', models.CharField(blank=True, max_length=60)),
                        ('reason', models.CharField(blank=True, max_length=120)),
                        ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='payouts.bankaccount')),
                        ('ended_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='payouts', to=settings.AUTH_USER_MODEL)),
                        ('batch', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='payouts', to='payouts.payoutbatch')),
                    ],
                    options={
                        'indexes': [models.Index(fields=['payee', 'owner_id', '-made_at'], name='payouts_of_payee')],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'sent')), fields=('payee', 'owner_id'), name='payouts_one_under_way_for_a_payee'), models.UniqueConstraint(fields=('batch', 'payee', 'owner_id'), name='payouts_a_payee_is_once_in_a_batch'), models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='payouts_a_payout_is_of_something'), models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', True), ('state', 'sent')), models.Q(models.Q(('state', 'sent'), _negated=True), ('ended_at__isnull', False)), _connector='OR'), name='payouts_an_ended_payout_knows_when'), models.CheckConstraint(condition=models.Q(('state__in', ['sent', 'paid']), models.Q(('reason', ''), _negated=True), _connector='OR'), name='payouts_what_went_wrong_has_a_reason')],
                    },
                ),
                migrations.CreateModel(
                    name='Settlement',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('speed', models.CharField(choices=[('standard', 'biasa'), ('express', 'cepat')], default='standard', max_length=8)),
                        ('is_micro', models.BooleanField(default=False)),
                        ('is_exempt', models.BooleanField(default=False)),
                        ('next_at', models.DateTimeField(blank=True, null=True)),
                        ('settled_at', models.DateTimeField(blank=True, null=True)),
                        ('order', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='settlement', to='orders.order')),
                        ('schedule', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='fees.feeschedule')),
                        ('shop', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalog.shop')),
                    ],
                    options={
                        'indexes': [models.Index(condition=models.Q(('next_at__isnull', False)), fields=['next_at'], name='payouts_due'), models.Index(condition=models.Q(('next_at__isnull', True), ('settled_at__isnull', True)), fields=['order'], name='payouts_under_way'), models.Index(fields=['shop', 'settled_at'], name='payouts_settled_of_shop')],
                    },
                ),
                migrations.CreateModel(
                    name='SettlementPosting',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('seq', models.PositiveIntegerField()),
                        ('posted_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('payable', models.BigIntegerField()),
                        ('held_back', models.BigIntegerField()),
                        ('platform', models.PositiveBigIntegerField()),
                        ('processing', models.PositiveBigIntegerField()),
                        ('payment', models.PositiveBigIntegerField()),
                        ('tax', models.PositiveBigIntegerField()),
                        ('collected', models.BigIntegerField(default=0)),
                        ('change', models.BigIntegerField()),
                        ('settlement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='postings', to='payouts.settlement')),
                        ('shop', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalog.shop')),
                    ],
                    options={
                        'indexes': [models.Index(fields=['shop', 'posted_at'], name='payouts_steps_of_shop')],
                        'constraints': [models.UniqueConstraint(fields=('settlement', 'seq'), name='payouts_a_step_is_posted_once'), models.CheckConstraint(condition=models.Q(('seq__gte', 1)), name='payouts_steps_are_counted_from_one')],
                    },
                ),
            ],
        ),
    ]
