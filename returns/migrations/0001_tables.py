import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
import kit.migrations
import returns.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [
        ('returns', '0001_returns_and_disputes'),
    ]

    initial = True

    dependencies = [
        ('accounts', '0001_tables'),
        ('orders', '0001_tables'),
    ]

    operations = [
        kit.migrations.CreateTables(
            tables=[
                migrations.CreateModel(
                    name='Return',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.CharField(default=returns.models.new_code, max_length=12, unique=True)),
                        ('reason', models.CharField(choices=[('damaged', 'Rusak atau pecah'), ('wrong', 'Barang, ukuran, atau warna salah'), ('unlike', 'Tidak seperti yang ditunjukkan atau dijanjikan'), ('missing', 'Isinya kurang atau kosong'), ('fake', 'Palsu'), ('changed_mind', 'Berubah pikiran')], max_length=12)),
                        ('text', models.CharField(max_length=500)),
                        ('keeps_goods', models.BooleanField(default=False)),
                        ('state', models.CharField(choices=[('asked', 'Menunggu jawaban penjual'), ('send_back', 'Menunggu dikirim balik'), ('sent_back', 'Dalam perjalanan balik'), ('refused', 'Ditolak penjual'), ('disputed', 'Sengketa diperiksa'), ('refunding', 'Uang sedang dikembalikan'), ('refunded', 'Uang dikembalikan'), ('rejected', 'Tidak diterima'), ('withdrawn', 'Dibatalkan pembeli'), ('lapsed', 'Tidak dikirim balik')], default='asked', max_length=9)),
                        ('due_at', models.DateTimeField(blank=True, null=True)),
                        ('shipping_back', models.PositiveBigIntegerField(default=0)),
                        ('courier', models.CharField(blank=True, max_length=40)),
                        ('waybill', models.CharField(blank=True, max_length=40)),
                        ('asked_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('closed_at', models.DateTimeField(blank=True, null=True)),
                        ('order', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='returns', to='orders.order')),
                    ],
                    options={
                        'indexes': [models.Index(condition=models.Q(('due_at__isnull', False)), fields=['due_at'], name='returns_due'), models.Index(condition=models.Q(('state', 'refunding')), fields=['id'], name='returns_to_refund')],
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['asked', 'send_back', 'sent_back', 'refused']), _negated=True), ('due_at__isnull', False), _connector='OR'), name='returns_an_awaited_step_has_a_deadline'), models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', False), ('state__in', ['refunded', 'rejected', 'withdrawn', 'lapsed'])), models.Q(models.Q(('state__in', ['refunded', 'rejected', 'withdrawn', 'lapsed']), _negated=True), ('closed_at__isnull', True)), _connector='OR'), name='returns_an_ended_return_is_closed'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'sent_back'), _negated=True), models.Q(('waybill', ''), _negated=True), _connector='OR'), name='returns_what_is_sent_back_has_a_waybill')],
                    },
                ),
                migrations.CreateModel(
                    name='Evidence',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('key', models.CharField(max_length=32)),
                        ('width', models.PositiveIntegerField()),
                        ('height', models.PositiveIntegerField()),
                        ('color', models.CharField(max_length=7)),
                        ('lqip', models.TextField()),
                        ('widths', django.contrib.postgres.fields.ArrayField(base_field=models.PositiveSmallIntegerField(), size=None)),
                        ('party', models.CharField(choices=[('buyer', 'Pembeli'), ('shop', 'Penjual'), ('market', 'Pasar Malam'), ('clock', 'Otomatis, waktunya habis')], max_length=6)),
                        ('added_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('request', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='evidence', to='returns.return')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='Dispute',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('number', models.PositiveSmallIntegerField()),
                        ('opened_by', models.CharField(choices=[('buyer', 'Pembeli'), ('shop', 'Penjual'), ('market', 'Pasar Malam'), ('clock', 'Otomatis, waktunya habis')], max_length=6)),
                        ('text', models.CharField(max_length=500)),
                        ('opened_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('outcome', models.CharField(blank=True, choices=[('refund', 'Uang dikembalikan'), ('send_back', 'Dikirim balik dulu, lalu uang dikembalikan'), ('reject', 'Tidak ada pengembalian')], max_length=9)),
                        ('ground', models.CharField(blank=True, choices=[('not_as_promised', 'Tidak sesuai yang dijanjikan saat live atau di halaman'), ('damaged_on_arrival', 'Rusak saat tiba'), ('not_complete', 'Tidak lengkap'), ('counterfeit', 'Palsu'), ('parcel_proven', 'Paket terbukti sampai dalam keadaan baik'), ('as_promised', 'Sesuai yang dijanjikan'), ('other_goods_back', 'Yang dikirim balik bukan barangnya'), ('no_evidence', 'Tidak ada bukti')], max_length=18)),
                        ('note', models.CharField(blank=True, max_length=500)),
                        ('decided_at', models.DateTimeField(blank=True, null=True)),
                        ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('order', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='disputes', to='orders.order')),
                        ('request', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='disputes', to='returns.return')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('order', 'number'), name='returns_a_dispute_has_its_number'), models.CheckConstraint(condition=models.Q(('number__gte', 1), ('number__lte', 2)), name='returns_an_order_has_two_disputes_at_most'), models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('decided_by__isnull', True), ('ground', ''), ('outcome', '')), models.Q(('decided_at__isnull', False), ('decided_by__isnull', False), models.Q(('outcome', ''), _negated=True), models.Q(('ground', ''), _negated=True)), _connector='OR'), name='returns_a_decision_has_a_ground_and_somebody'), models.UniqueConstraint(condition=models.Q(('decided_at__isnull', True)), fields=('request',), name='returns_one_dispute_at_a_time')],
                    },
                ),
                migrations.CreateModel(
                    name='ReturnLine',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('units', models.PositiveIntegerField()),
                        ('granted', models.PositiveIntegerField(default=0)),
                        ('sellable', models.PositiveIntegerField(default=0)),
                        ('line', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='return_lines', to='orders.orderline')),
                        ('request', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='returns.return')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('request', 'line'), name='returns_a_line_is_once_in_a_return'), models.CheckConstraint(condition=models.Q(('units__gt', 0)), name='returns_a_line_has_units'), models.CheckConstraint(condition=models.Q(('granted__lte', models.F('units'))), name='returns_no_more_is_granted_than_asked'), models.CheckConstraint(condition=models.Q(('sellable__lte', models.F('granted'))), name='returns_no_more_is_sellable_than_came_back')],
                    },
                ),
                migrations.CreateModel(
                    name='Step',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('party', models.CharField(choices=[('buyer', 'Pembeli'), ('shop', 'Penjual'), ('market', 'Pasar Malam'), ('clock', 'Otomatis, waktunya habis')], max_length=6)),
                        ('event', models.CharField(max_length=10)),
                        ('before', models.CharField(blank=True, max_length=9)),
                        ('after', models.CharField(max_length=9)),
                        ('note', models.CharField(blank=True, max_length=500)),
                        ('facts', models.JSONField(blank=True, default=dict)),
                        ('at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('actor', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('request', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='returns.return')),
                    ],
                ),
            ],
        ),
    ]
