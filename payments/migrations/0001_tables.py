import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
import kit.migrations
import payments.models.charges
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [
        ('payments', '0001_initial'),
        ('payments', '0002_when_the_gateway_was_asked'),
        ('payments', '0003_tills_refunds_and_tickets'),
        ('payments', '0004_name_charges_and_their_parts'),
        ('payments', '0005_charges_are_named'),
        ('payments', '0006_standing_in_one_question'),
    ]

    initial = True

    dependencies = [
        ('accounts', '0001_tables'),
        ('catalog', '0001_tables'),
        ('orders', '0001_tables'),
    ]

    operations = [
        kit.migrations.CreateTables(
            tables=[
                migrations.CreateModel(
                    name='Charge',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('method', models.CharField(choices=[('qris', 'QRIS'), ('va_bca', 'Virtual account BCA'), ('va_bni', 'Virtual account BNI'), ('va_bri', 'Virtual account BRI'), ('va_permata', 'Virtual account Permata'), ('gopay', 'GoPay'), ('shopeepay', 'ShopeePay'), ('card', 'Kartu kredit atau debit'), ('shop_qris', 'QRIS milik lapak'), ('transfer', 'Transfer ke rekening lapak'), ('cod', 'Bayar di tempat (COD)')], max_length=12)),
                        ('amount', models.PositiveBigIntegerField()),
                        ('state', models.CharField(choices=[('wanted', 'Wanted'), ('pending', 'Pending'), ('paid', 'Paid'), ('failed', 'Failed'), ('expired', 'Expired'), ('refunded', 'Refunded')], default='wanted', max_length=8)),
                        ('rank', models.PositiveSmallIntegerField(default=0)),
                        ('transaction_id', models.CharField(blank=True, max_length=64)),
                        ('qr_string', models.TextField(blank=True)),
                        ('va_number', models.CharField(blank=True, max_length=40)),
                        ('expires_at', models.DateTimeField(blank=True, null=True)),
                        ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('paid_at', models.DateTimeField(blank=True, null=True)),
                        ('failure', models.CharField(blank=True, max_length=200)),
                        ('asked_at', models.DateTimeField(blank=True, null=True)),
                        ('pay_url', models.CharField(blank=True, max_length=500)),
                        ('reference', models.CharField(default=payments.models.charges.new_reference, max_length=40, unique=True)),
                        ('reminded_at', models.DateTimeField(blank=True, null=True)),
                        ('unique_code', models.PositiveSmallIntegerField(default=0)),
                    ],
                    options={
                        'indexes': [models.Index(condition=models.Q(('state__in', ['wanted', 'pending'])), fields=['created_at'], name='payments_open_charges')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='payments_a_charge_is_of_something'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'paid'), _negated=True), ('paid_at__isnull', False), _connector='OR'), name='payments_a_paid_charge_knows_when'), models.CheckConstraint(condition=models.Q(('unique_code__lt', 1000)), name='payments_a_unique_code_has_three_digits')],
                    },
                ),
                migrations.CreateModel(
                    name='GatewayNotice',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('dedupe', models.CharField(max_length=200, unique=True)),
                        ('order_number', models.CharField(max_length=64)),
                        ('status', models.CharField(max_length=30)),
                        ('raw', models.JSONField()),
                        ('received_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('handled_at', models.DateTimeField(blank=True, null=True)),
                        ('verdict', models.CharField(choices=[('waiting', 'Menunggu diproses'), ('applied', 'Diterapkan'), ('stale', 'Sudah diketahui'), ('late', 'Uang datang terlambat'), ('unknown_order', 'Tagihan tidak dikenal'), ('wrong_amount', 'Jumlah berbeda'), ('not_confirmed', 'Tidak dibenarkan gerbang'), ('forged', 'Tanda tangan salah')], default='waiting', max_length=16)),
                        ('body', models.TextField(blank=True)),
                        ('times_heard', models.PositiveIntegerField(default=1)),
                    ],
                    options={
                        'indexes': [models.Index(condition=models.Q(('handled_at__isnull', True)), fields=['id'], name='payments_notices_waiting'), models.Index(condition=models.Q(('verdict', 'forged')), fields=['received_at'], name='payments_notices_forged')],
                    },
                ),
                migrations.CreateModel(
                    name='ChargePart',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('purpose', models.CharField(choices=[('price', 'Price'), ('deposit', 'Deposit'), ('door', 'Door')], default='price', max_length=7)),
                        ('amount', models.PositiveBigIntegerField()),
                        ('returned', models.PositiveBigIntegerField(default=0)),
                        ('charge', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='parts', to='payments.charge')),
                        ('order', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='charge_parts', to='orders.order')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('order', 'purpose'), name='payments_an_order_is_charged_once_for_a_purpose'), models.CheckConstraint(condition=models.Q(('returned__lte', models.F('amount'))), name='payments_no_more_goes_back_than_came'), models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='payments_a_part_is_of_something')],
                    },
                ),
                migrations.CreateModel(
                    name='DoorStory',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('was_accepted', models.BooleanField()),
                        ('told_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('buyer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('order', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='door_story', to='orders.order')),
                    ],
                    options={
                        'indexes': [models.Index(fields=['buyer', 'told_at'], name='payments_doors_of_buyer')],
                    },
                ),
                migrations.CreateModel(
                    name='MethodPause',
                    fields=[
                        ('method', models.CharField(choices=[('qris', 'QRIS'), ('va_bca', 'Virtual account BCA'), ('va_bni', 'Virtual account BNI'), ('va_bri', 'Virtual account BRI'), ('va_permata', 'Virtual account Permata'), ('gopay', 'GoPay'), ('shopeepay', 'ShopeePay'), ('card', 'Kartu kredit atau debit'), ('shop_qris', 'QRIS milik lapak'), ('transfer', 'Transfer ke rekening lapak'), ('cod', 'Bayar di tempat (COD)')], max_length=12, primary_key=True, serialize=False)),
                        ('reason', models.CharField(max_length=200)),
                        ('paused_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('paused_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                ),
                migrations.CreateModel(
                    name='Proof',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('key', models.CharField(max_length=32)),
                        ('width', models.PositiveIntegerField()),
                        ('height', models.PositiveIntegerField()),
                        ('widths', django.contrib.postgres.fields.ArrayField(base_field=models.PositiveIntegerField(), size=None)),
                        ('note', models.CharField(blank=True, max_length=200)),
                        ('sent_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('verdict', models.CharField(choices=[('waiting', 'Menunggu dicek lapak'), ('accepted', 'Uang sudah masuk'), ('rejected', 'Uang belum terlihat')], default='waiting', max_length=8)),
                        ('reason', models.CharField(blank=True, max_length=200)),
                        ('judged_at', models.DateTimeField(blank=True, null=True)),
                        ('charge', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='proofs', to='payments.charge')),
                        ('judged_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'indexes': [models.Index(condition=models.Q(('verdict', 'waiting')), fields=['sent_at'], name='payments_proofs_waiting')],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('verdict', 'waiting')), fields=('charge',), name='payments_one_proof_of_a_charge_waits'), models.CheckConstraint(condition=models.Q(models.Q(('judged_at__isnull', True), ('verdict', 'waiting')), models.Q(models.Q(('verdict', 'waiting'), _negated=True), ('judged_at__isnull', False)), _connector='OR'), name='payments_a_judged_proof_has_a_judge')],
                    },
                ),
                migrations.CreateModel(
                    name='Refund',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('key', models.CharField(max_length=60, unique=True)),
                        ('reason', models.CharField(max_length=200)),
                        ('amount', models.PositiveBigIntegerField()),
                        ('shipping_amount', models.PositiveBigIntegerField(default=0)),
                        ('state', models.CharField(choices=[('wanted', 'Menunggu dikembalikan'), ('needs_account', 'Menunggu nomor rekening'), ('bank', 'Ditransfer ke rekening'), ('sent', 'Sudah dikembalikan')], default='wanted', max_length=14)),
                        ('wanted_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('asked_at', models.DateTimeField(blank=True, null=True)),
                        ('sent_at', models.DateTimeField(blank=True, null=True)),
                        ('refusal', models.CharField(blank=True, max_length=200)),
                        ('order', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='refunds', to='orders.order')),
                        ('part', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='refunds', to='payments.chargepart')),
                    ],
                    options={
                        'indexes': [models.Index(condition=models.Q(('state', 'wanted')), fields=['wanted_at'], name='payments_refunds_to_send')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='payments_a_refund_is_of_something'), models.CheckConstraint(condition=models.Q(('shipping_amount__lte', models.F('amount'))), name='payments_shipping_is_part_of_its_refund'), models.CheckConstraint(condition=models.Q(models.Q(('sent_at__isnull', False), ('state', 'sent')), models.Q(models.Q(('state', 'sent'), _negated=True), ('sent_at__isnull', True)), _connector='OR'), name='payments_a_sent_refund_knows_when')],
                    },
                ),
                migrations.CreateModel(
                    name='BankRefund',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('payer', models.CharField(choices=[('market', 'Pasar Malam'), ('shop', 'Lapak')], max_length=6)),
                        ('bank', models.CharField(blank=True, max_length=40)),
                        ('account_number', models.CharField(blank=True, max_length=400)),
                        ('account_name', models.CharField(blank=True, max_length=80)),
                        ('given_at', models.DateTimeField(blank=True, null=True)),
                        ('transfer_note', models.CharField(blank=True, max_length=100)),
                        ('paid_at', models.DateTimeField(blank=True, null=True)),
                        ('paid_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('refund', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='bank', to='payments.refund')),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('paid_at__isnull', True), ('given_at__isnull', False), _connector='OR'), name='payments_a_paid_bank_refund_had_an_account')],
                    },
                ),
                migrations.CreateModel(
                    name='RefundLine',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('units', models.PositiveIntegerField()),
                        ('amount', models.PositiveBigIntegerField()),
                        ('line', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='refund_lines', to='orders.orderline')),
                        ('refund', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='payments.refund')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('refund', 'line'), name='payments_a_line_is_once_in_a_refund'), models.CheckConstraint(condition=models.Q(('units__gt', 0)), name='payments_a_refunded_line_has_units')],
                    },
                ),
                migrations.CreateModel(
                    name='ShopTill',
                    fields=[
                        ('shop', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='till', serialize=False, to='catalog.shop')),
                        ('refused_methods', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=12), blank=True, default=list, size=None)),
                        ('qris_payload', models.CharField(blank=True, max_length=512)),
                        ('qris_name', models.CharField(blank=True, max_length=25)),
                        ('qris_city', models.CharField(blank=True, max_length=15)),
                        ('qris_nmid', models.CharField(blank=True, max_length=15)),
                        ('qris_confirmed_at', models.DateTimeField(blank=True, null=True)),
                        ('bank', models.CharField(blank=True, max_length=40)),
                        ('account_number', models.CharField(blank=True, max_length=20)),
                        ('account_name', models.CharField(blank=True, max_length=80)),
                        ('uses_unique_code', models.BooleanField(default=True)),
                        ('changed_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('qris_confirmed_at__isnull', True), models.Q(models.Q(('qris_payload', ''), _negated=True), models.Q(('qris_nmid', ''), _negated=True)), _connector='OR'), name='payments_a_confirmed_sticker_can_be_paid'), models.CheckConstraint(condition=models.Q(models.Q(('account_name', ''), ('account_number', ''), ('bank', '')), models.Q(models.Q(('bank', ''), _negated=True), models.Q(('account_name', ''), _negated=True), ('account_number__regex', '^\\d{5,20}$')), _connector='OR'), name='payments_a_bank_account_is_whole')],
                    },
                ),
                migrations.CreateModel(
                    name='Ticket',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.CharField(choices=[('late_money', 'Uang datang setelah barang habis'), ('wrong_amount', 'Jumlah dari gerbang berbeda'), ('unknown_order', 'Uang untuk tagihan yang tidak dikenal'), ('not_confirmed', 'Notifikasi yang tidak dibenarkan gerbang'), ('forged', 'Notifikasi dengan tanda tangan salah'), ('unasked_refund', 'Pengembalian yang tidak kita minta'), ('chargeback', 'Tagihan balik dari bank'), ('refund_by_hand', 'Pengembalian lewat transfer bank'), ('silent_shop', 'Lapak tidak mengecek bukti bayar'), ('difference', 'Beda dengan laporan gerbang'), ('books', 'Buku tidak cocok')], max_length=14)),
                        ('key', models.CharField(max_length=120, unique=True)),
                        ('reference', models.CharField(blank=True, max_length=64)),
                        ('amount', models.BigIntegerField(default=0)),
                        ('facts', models.JSONField(blank=True, default=dict)),
                        ('opened_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('closed_at', models.DateTimeField(blank=True, null=True)),
                        ('charge', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='tickets', to='payments.charge')),
                        ('closed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('notice', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='tickets', to='payments.gatewaynotice')),
                        ('order', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='tickets', to='orders.order')),
                        ('refund', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='tickets', to='payments.refund')),
                    ],
                    options={
                        'indexes': [models.Index(condition=models.Q(('closed_at__isnull', True)), fields=['opened_at'], name='payments_tickets_open')],
                    },
                ),
                migrations.CreateModel(
                    name='TicketNote',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('text', models.CharField(max_length=500)),
                        ('written_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('author', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('ticket', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notes', to='payments.ticket')),
                    ],
                ),
            ],
        ),
    ]
