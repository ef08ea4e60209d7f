"""Shops' own tills, refunds by line, proofs, and tickets for what needs a person."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('catalog', '0005_price_spells'),
        ('orders', '0010_cod_is_confirmed_by_the_buyer'),
        ('payments', '0002_when_the_gateway_was_asked'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
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
            ],
        ),
        migrations.CreateModel(
            name='ChargePart',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('purpose', models.CharField(choices=[('price', 'Price'), ('deposit', 'Deposit'), ('door', 'Door')], default='price', max_length=7)),
                ('amount', models.PositiveBigIntegerField()),
                ('returned', models.PositiveBigIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name='DoorStory',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('was_accepted', models.BooleanField()),
                ('told_at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
        ),
        migrations.CreateModel(
            name='MethodPause',
            fields=[
                ('method', models.CharField(choices=[('qris', 'QRIS'), ('va_bca', 'Virtual account BCA'), ('va_bni', 'Virtual account BNI'), ('va_bri', 'Virtual account BRI'), ('va_permata', 'Virtual account Permata'), ('gopay', 'GoPay'), ('shopeepay', 'ShopeePay'), ('card', 'Kartu kredit atau debit'), ('shop_qris', 'QRIS milik lapak'), ('transfer', 'Transfer ke rekening lapak'), ('cod', 'Bayar di tempat (COD)')], max_length=12, primary_key=True, serialize=False)),
                ('reason', models.CharField(max_length=200)),
                ('paused_at', models.DateTimeField(default=django.utils.timezone.now)),
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
            ],
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
            ],
        ),
        migrations.CreateModel(
            name='RefundLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('units', models.PositiveIntegerField()),
                ('amount', models.PositiveBigIntegerField()),
            ],
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
        ),
        migrations.CreateModel(
            name='Ticket',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('late_money', 'Uang datang setelah barang habis'), ('wrong_amount', 'Jumlah dari gerbang berbeda'), ('unknown_order', 'Uang untuk tagihan yang tidak dikenal'), ('not_confirmed', 'Notifikasi yang tidak dibenarkan gerbang'), ('forged', 'Notifikasi dengan tanda tangan salah'), ('unasked_refund', 'Pengembalian yang tidak kita minta'), ('chargeback', 'Tagihan balik dari bank'), ('refund_by_hand', 'Pengembalian lewat transfer bank'), ('silent_shop', 'Lapak tidak mengecek bukti bayar'), ('difference', 'Beda dengan laporan gerbang')], max_length=14)),
                ('key', models.CharField(max_length=120, unique=True)),
                ('reference', models.CharField(blank=True, max_length=64)),
                ('amount', models.BigIntegerField(default=0)),
                ('facts', models.JSONField(blank=True, default=dict)),
                ('opened_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name='TicketNote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.CharField(max_length=500)),
                ('written_at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
        ),
        migrations.AddField(
            model_name='charge',
            name='pay_url',
            field=models.CharField(blank=True, max_length=500),
        ),
        migrations.AddField(
            model_name='charge',
            name='reference',
            field=models.CharField(max_length=40, null=True),
        ),
        migrations.AddField(
            model_name='charge',
            name='reminded_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='charge',
            name='unique_code',
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='gatewaynotice',
            name='body',
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name='gatewaynotice',
            name='times_heard',
            field=models.PositiveIntegerField(default=1),
        ),
        migrations.AlterField(
            model_name='charge',
            name='method',
            field=models.CharField(choices=[('qris', 'QRIS'), ('va_bca', 'Virtual account BCA'), ('va_bni', 'Virtual account BNI'), ('va_bri', 'Virtual account BRI'), ('va_permata', 'Virtual account Permata'), ('gopay', 'GoPay'), ('shopeepay', 'ShopeePay'), ('card', 'Kartu kredit atau debit'), ('shop_qris', 'QRIS milik lapak'), ('transfer', 'Transfer ke rekening lapak'), ('cod', 'Bayar di tempat (COD)')], max_length=12),
        ),
        migrations.AlterField(
            model_name='gatewaynotice',
            name='verdict',
            field=models.CharField(choices=[('waiting', 'Menunggu diproses'), ('applied', 'Diterapkan'), ('stale', 'Sudah diketahui'), ('late', 'Uang datang terlambat'), ('unknown_order', 'Tagihan tidak dikenal'), ('wrong_amount', 'Jumlah berbeda'), ('not_confirmed', 'Tidak dibenarkan gerbang'), ('forged', 'Tanda tangan salah')], default='waiting', max_length=16),
        ),
        migrations.AddIndex(
            model_name='charge',
            index=models.Index(condition=models.Q(('state__in', ['wanted', 'pending'])), fields=['created_at'], name='payments_open_charges'),
        ),
        migrations.AddIndex(
            model_name='gatewaynotice',
            index=models.Index(condition=models.Q(('verdict', 'forged')), fields=['received_at'], name='payments_notices_forged'),
        ),
        migrations.AddConstraint(
            model_name='charge',
            constraint=models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='payments_a_charge_is_of_something'),
        ),
        migrations.AddConstraint(
            model_name='charge',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'paid'), _negated=True), ('paid_at__isnull', False), _connector='OR'), name='payments_a_paid_charge_knows_when'),
        ),
        migrations.AddConstraint(
            model_name='charge',
            constraint=models.CheckConstraint(condition=models.Q(('unique_code__lt', 1000)), name='payments_a_unique_code_has_three_digits'),
        ),
        migrations.AddField(
            model_name='bankrefund',
            name='paid_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='chargepart',
            name='charge',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='parts', to='payments.charge'),
        ),
        migrations.AddField(
            model_name='chargepart',
            name='order',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='charge_parts', to='orders.order'),
        ),
        migrations.AddField(
            model_name='doorstory',
            name='buyer',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='doorstory',
            name='order',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='door_story', to='orders.order'),
        ),
        migrations.AddField(
            model_name='methodpause',
            name='paused_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='proof',
            name='charge',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='proofs', to='payments.charge'),
        ),
        migrations.AddField(
            model_name='proof',
            name='judged_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='refund',
            name='order',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='refunds', to='orders.order'),
        ),
        migrations.AddField(
            model_name='refund',
            name='part',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='refunds', to='payments.chargepart'),
        ),
        migrations.AddField(
            model_name='bankrefund',
            name='refund',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='bank', to='payments.refund'),
        ),
        migrations.AddField(
            model_name='refundline',
            name='line',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='refund_lines', to='orders.orderline'),
        ),
        migrations.AddField(
            model_name='refundline',
            name='refund',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='payments.refund'),
        ),
        migrations.AddConstraint(
            model_name='shoptill',
            constraint=models.CheckConstraint(condition=models.Q(('qris_confirmed_at__isnull', True), models.Q(models.Q(('qris_payload', ''), _negated=True), models.Q(('qris_nmid', ''), _negated=True)), _connector='OR'), name='payments_a_confirmed_sticker_can_be_paid'),
        ),
        migrations.AddConstraint(
            model_name='shoptill',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('account_name', ''), ('account_number', ''), ('bank', '')), models.Q(models.Q(('bank', ''), _negated=True), models.Q(('account_name', ''), _negated=True), ('account_number__regex', '^\\d{5,20}$')), _connector='OR'), name='payments_a_bank_account_is_whole'),
        ),
        migrations.AddField(
            model_name='ticket',
            name='charge',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='tickets', to='payments.charge'),
        ),
        migrations.AddField(
            model_name='ticket',
            name='closed_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='ticket',
            name='notice',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='tickets', to='payments.gatewaynotice'),
        ),
        migrations.AddField(
            model_name='ticket',
            name='order',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='tickets', to='orders.order'),
        ),
        migrations.AddField(
            model_name='ticket',
            name='refund',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='tickets', to='payments.refund'),
        ),
        migrations.AddField(
            model_name='ticketnote',
            name='author',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='ticketnote',
            name='ticket',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notes', to='payments.ticket'),
        ),
        migrations.AddConstraint(
            model_name='chargepart',
            constraint=models.UniqueConstraint(fields=('order', 'purpose'), name='payments_an_order_is_charged_once_for_a_purpose'),
        ),
        migrations.AddConstraint(
            model_name='chargepart',
            constraint=models.CheckConstraint(condition=models.Q(('returned__lte', models.F('amount'))), name='payments_no_more_goes_back_than_came'),
        ),
        migrations.AddConstraint(
            model_name='chargepart',
            constraint=models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='payments_a_part_is_of_something'),
        ),
        migrations.AddIndex(
            model_name='doorstory',
            index=models.Index(fields=['buyer', 'told_at'], name='payments_doors_of_buyer'),
        ),
        migrations.AddIndex(
            model_name='proof',
            index=models.Index(condition=models.Q(('verdict', 'waiting')), fields=['sent_at'], name='payments_proofs_waiting'),
        ),
        migrations.AddConstraint(
            model_name='proof',
            constraint=models.UniqueConstraint(condition=models.Q(('verdict', 'waiting')), fields=('charge',), name='payments_one_proof_of_a_charge_waits'),
        ),
        migrations.AddConstraint(
            model_name='proof',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('judged_at__isnull', True), ('verdict', 'waiting')), models.Q(models.Q(('verdict', 'waiting'), _negated=True), ('judged_at__isnull', False)), _connector='OR'), name='payments_a_judged_proof_has_a_judge'),
        ),
        migrations.AddIndex(
            model_name='refund',
            index=models.Index(condition=models.Q(('state', 'wanted')), fields=['wanted_at'], name='payments_refunds_to_send'),
        ),
        migrations.AddConstraint(
            model_name='refund',
            constraint=models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='payments_a_refund_is_of_something'),
        ),
        migrations.AddConstraint(
            model_name='refund',
            constraint=models.CheckConstraint(condition=models.Q(('shipping_amount__lte', models.F('amount'))), name='payments_shipping_is_part_of_its_refund'),
        ),
        migrations.AddConstraint(
            model_name='refund',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('sent_at__isnull', False), ('state', 'sent')), models.Q(models.Q(('state', 'sent'), _negated=True), ('sent_at__isnull', True)), _connector='OR'), name='payments_a_sent_refund_knows_when'),
        ),
        migrations.AddConstraint(
            model_name='bankrefund',
            constraint=models.CheckConstraint(condition=models.Q(('paid_at__isnull', True), ('given_at__isnull', False), _connector='OR'), name='payments_a_paid_bank_refund_had_an_account'),
        ),
        migrations.AddConstraint(
            model_name='refundline',
            constraint=models.UniqueConstraint(fields=('refund', 'line'), name='payments_a_line_is_once_in_a_refund'),
        ),
        migrations.AddConstraint(
            model_name='refundline',
            constraint=models.CheckConstraint(condition=models.Q(('units__gt', 0)), name='payments_a_refunded_line_has_units'),
        ),
        migrations.AddIndex(
            model_name='ticket',
            index=models.Index(condition=models.Q(('closed_at__isnull', True)), fields=['opened_at'], name='payments_tickets_open'),
        ),
    ]
