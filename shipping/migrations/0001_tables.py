import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
import kit.migrations
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [
        ('shipping', '0001_quotes_and_parcels'),
        ('shipping', '0002_quotes_of_buyers'),
    ]

    initial = True

    dependencies = [
        ('accounts', '0001_tables'),
        ('catalog', '0001_tables'),
    ]

    operations = [
        kit.migrations.CreateTables(
            tables=[
                migrations.CreateModel(
                    name='CourierNotice',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('dedupe', models.CharField(max_length=64, unique=True)),
                        ('event', models.CharField(max_length=40)),
                        ('aggregator_id', models.CharField(max_length=64)),
                        ('raw', models.JSONField()),
                        ('received_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('handled_at', models.DateTimeField(blank=True, null=True)),
                        ('verdict', models.CharField(choices=[('waiting', 'Waiting'), ('applied', 'Applied'), ('stale', 'Stale'), ('unknown_parcel', 'Unknown Parcel'), ('unknown_state', 'Unknown State')], default='waiting', max_length=16)),
                    ],
                    options={
                        'indexes': [models.Index(condition=models.Q(('handled_at__isnull', True)), fields=['id'], name='shipping_notices_waiting')],
                    },
                ),
                migrations.CreateModel(
                    name='Parcel',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('way', models.CharField(choices=[('seller', 'Diantar penjual'), ('pickup', 'Ambil di tempat'), ('courier', 'Kurir')], default='courier', max_length=8)),
                        ('courier', models.CharField(blank=True, max_length=40)),
                        ('service', models.CharField(blank=True, max_length=30)),
                        ('address', models.JSONField()),
                        ('waybill', models.CharField(blank=True, max_length=40)),
                        ('aggregator_id', models.CharField(blank=True, max_length=64)),
                        ('state', models.CharField(choices=[('waiting', 'Menunggu kurir'), ('on_the_way', 'Dalam perjalanan'), ('on_hold', 'Tertahan di kurir'), ('delivered', 'Sampai di tujuan'), ('returning', 'Kembali ke penjual'), ('returned', 'Sudah kembali ke penjual'), ('lost', 'Hilang atau rusak'), ('failed', 'Penjemputan gagal')], default='waiting', max_length=10)),
                        ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('wanted_at', models.DateTimeField(blank=True, null=True)),
                        ('problem', models.CharField(blank=True, max_length=200)),
                        ('told_at', models.DateTimeField(blank=True, null=True)),
                        ('asked_at', models.DateTimeField(blank=True, null=True)),
                        ('delivered_at', models.DateTimeField(blank=True, null=True)),
                        ('buyer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('shop', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='parcels', to='catalog.shop')),
                    ],
                    options={
                        'indexes': [models.Index(condition=models.Q(models.Q(('aggregator_id', ''), _negated=True), models.Q(('state__in', ['delivered', 'lost', 'returned']), _negated=True)), fields=['asked_at'], name='shipping_parcels_to_ask_about')],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('aggregator_id', ''), _negated=True), fields=('aggregator_id',), name='shipping_an_aggregator_id_names_one_parcel'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'delivered'), _negated=True), ('delivered_at__isnull', False), _connector='OR'), name='shipping_delivered_has_a_moment')],
                    },
                ),
                migrations.CreateModel(
                    name='Quote',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                        ('variants', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), size=None)),
                        ('quantities', django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField(), size=None)),
                        ('area', models.CharField(max_length=13)),
                        ('postal_code', models.CharField(blank=True, max_length=5)),
                        ('grams', models.PositiveIntegerField()),
                        ('way', models.CharField(choices=[('seller', 'Diantar penjual'), ('pickup', 'Ambil di tempat'), ('courier', 'Kurir')], max_length=8)),
                        ('courier', models.CharField(blank=True, max_length=20)),
                        ('service', models.CharField(blank=True, max_length=30)),
                        ('label', models.CharField(max_length=60)),
                        ('duration', models.CharField(blank=True, max_length=40)),
                        ('fee', models.PositiveIntegerField()),
                        ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('valid_until', models.DateTimeField()),
                        ('buyer', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('shop', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='catalog.shop')),
                    ],
                    options={
                        'indexes': [models.Index(fields=['valid_until'], name='shipping_quotes_by_age'), models.Index(fields=['buyer', 'shop'], name='shipping_quotes_of_buyer')],
                    },
                ),
                migrations.CreateModel(
                    name='Setup',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('couriers', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), blank=True, default=list, size=None)),
                        ('contact', models.CharField(blank=True, max_length=80)),
                        ('phone', models.CharField(blank=True, max_length=16)),
                        ('street', models.CharField(blank=True, max_length=200)),
                        ('postal_code', models.CharField(blank=True, max_length=5)),
                        ('offers_pickup', models.BooleanField(default=False)),
                        ('free_from', models.PositiveIntegerField(blank=True, null=True)),
                        ('shop', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='shipping_setup', to='catalog.shop')),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('couriers', []), models.Q(models.Q(('postal_code', ''), _negated=True), models.Q(('street', ''), _negated=True), models.Q(('phone', ''), _negated=True)), _connector='OR'), name='shipping_couriers_know_where_to_come'), models.CheckConstraint(condition=models.Q(('offers_pickup', False), models.Q(('street', ''), _negated=True), _connector='OR'), name='shipping_a_pickup_has_a_place')],
                    },
                ),
                migrations.CreateModel(
                    name='Tariff',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('area', models.CharField(blank=True, max_length=8)),
                        ('place', models.CharField(blank=True, max_length=130)),
                        ('fee', models.PositiveIntegerField()),
                        ('is_per_kilogram', models.BooleanField(default=False)),
                        ('shop', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tariffs', to='catalog.shop')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('shop', 'area'), name='shipping_one_tariff_per_area'), models.CheckConstraint(condition=models.Q(('area', ''), ('area__regex', '^\\d\\d(\\.\\d\\d(\\.\\d\\d)?)?$'), _connector='OR'), name='shipping_a_tariff_names_an_area')],
                    },
                ),
                migrations.CreateModel(
                    name='TrackingEvent',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('word', models.CharField(max_length=40)),
                        ('state', models.CharField(blank=True, choices=[('waiting', 'Menunggu kurir'), ('on_the_way', 'Dalam perjalanan'), ('on_hold', 'Tertahan di kurir'), ('delivered', 'Sampai di tujuan'), ('returning', 'Kembali ke penjual'), ('returned', 'Sudah kembali ke penjual'), ('lost', 'Hilang atau rusak'), ('failed', 'Penjemputan gagal')], max_length=10)),
                        ('note', models.CharField(blank=True, max_length=200)),
                        ('at', models.DateTimeField()),
                        ('received_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('parcel', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='events', to='shipping.parcel')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('parcel', 'word', 'at'), name='shipping_an_event_is_kept_once')],
                    },
                ),
            ],
        ),
    ]
