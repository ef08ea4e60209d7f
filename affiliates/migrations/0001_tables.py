import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.operations
import django.db.models.deletion
import django.db.models.functions.comparison
import django.utils.timezone
import kit.migrations
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [
        ('affiliates', '0001_initial'),
        ('affiliates', '0002_keep_touches_by_person'),
    ]

    initial = True

    dependencies = [
        ('accounts', '0001_tables'),
        ('catalog', '0001_tables'),
        ('livestream', '0001_tables'),
        ('orders', '0001_tables'),
    ]

    operations = [
        django.contrib.postgres.operations.BtreeGistExtension(
        ),
        kit.migrations.CreateTables(
            tables=[
                migrations.CreateModel(
                    name='CommissionWake',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('commission_id', models.BigIntegerField()),
                    ],
                ),
                migrations.CreateModel(
                    name='SettlementBatch',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('cut', models.DateTimeField()),
                        ('posted_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('count', models.PositiveIntegerField(default=0)),
                        ('net', models.BigIntegerField(default=0)),
                    ],
                    options={
                        'verbose_name_plural': 'settlement batches',
                    },
                ),
                migrations.CreateModel(
                    name='Affiliate',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('handle', models.SlugField(max_length=30, unique=True)),
                        ('joined_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('suspended_at', models.DateTimeField(blank=True, null=True)),
                        ('user', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='affiliate', to=settings.AUTH_USER_MODEL)),
                    ],
                ),
                migrations.CreateModel(
                    name='CommissionRate',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('rate_bp', models.PositiveSmallIntegerField()),
                        ('valid_from', models.DateTimeField(default=django.utils.timezone.now)),
                        ('valid_to', models.DateTimeField(blank=True, null=True)),
                        ('product', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='commission_rates', to='catalog.product')),
                        ('shop', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='commission_rates', to='catalog.shop')),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('rate_bp__gte', 100), ('rate_bp__lte', 8000)), name='affiliates_a_rate_is_1_to_80_percent'), django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('shop', '='), (django.db.models.functions.comparison.Coalesce('product', 0), '='), (models.Func('valid_from', 'valid_to', function='TSTZRANGE', output_field=django.contrib.postgres.fields.ranges.DateTimeRangeField()), '&&')], name='affiliates_one_rate_at_a_time')],
                    },
                ),
                migrations.CreateModel(
                    name='Commission',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('rate_bp', models.PositiveSmallIntegerField()),
                        ('base', models.PositiveBigIntegerField()),
                        ('quantity', models.PositiveIntegerField()),
                        ('gross', models.PositiveBigIntegerField()),
                        ('reserved_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('matures_at', models.DateTimeField(blank=True, null=True)),
                        ('affiliate', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='commissions', to='affiliates.affiliate')),
                        ('line', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='commission', to='orders.orderline')),
                        ('shop', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalog.shop')),
                        ('rate', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='affiliates.commissionrate')),
                    ],
                    options={
                        'indexes': [models.Index(fields=['matures_at'], name='affiliates_commissions_due')],
                    },
                ),
                migrations.CreateModel(
                    name='CommissionAdjustment',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.CharField(choices=[('return', 'Return'), ('refund', 'Refund'), ('void', 'Void')], max_length=8)),
                        ('units', models.PositiveIntegerField(default=0)),
                        ('base_refunded', models.PositiveBigIntegerField(default=0)),
                        ('source', models.CharField(max_length=80, unique=True)),
                        ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('commission', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='adjustments', to='affiliates.commission')),
                    ],
                ),
                migrations.CreateModel(
                    name='ReferralLink',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.CharField(max_length=8, unique=True)),
                        ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('disabled_at', models.DateTimeField(blank=True, null=True)),
                        ('affiliate', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='links', to='affiliates.affiliate')),
                        ('product', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalog.product')),
                        ('session', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='livestream.livesession')),
                        ('shop', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalog.shop')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('affiliate', 'shop', 'product', 'session'), name='affiliates_one_link_per_target', nulls_distinct=False), models.CheckConstraint(condition=models.Q(('product__isnull', True), ('session__isnull', True), _connector='OR'), name='affiliates_a_link_has_one_target')],
                    },
                ),
                migrations.CreateModel(
                    name='Click',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('visitor', models.UUIDField(default=uuid.uuid4)),
                        ('network_hash', models.BinaryField(max_length=16)),
                        ('clicked_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('link', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='clicks', to='affiliates.referrallink')),
                    ],
                    options={
                        'indexes': [models.Index(fields=['link', '-clicked_at'], name='affiliates_clicks_of_link')],
                    },
                ),
                migrations.CreateModel(
                    name='CommissionPosting',
                    fields=[
                        ('pk', models.CompositePrimaryKey('commission_id', 'seq', blank=True, editable=False, primary_key=True, serialize=False)),
                        ('seq', models.PositiveIntegerField()),
                        ('cumulative', models.PositiveBigIntegerField()),
                        ('commission', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='postings', to='affiliates.commission')),
                        ('batch', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='postings', to='affiliates.settlementbatch')),
                    ],
                ),
                migrations.CreateModel(
                    name='Touch',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('visitor', models.UUIDField()),
                        ('clicked_at', models.DateTimeField()),
                        ('link', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='affiliates.referrallink')),
                        ('shop', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='catalog.shop')),
                        ('user', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'verbose_name_plural': 'touches',
                        'indexes': [models.Index(fields=['visitor', 'shop'], name='affiliates_touch_of_visitor'), models.Index(condition=models.Q(('user__isnull', False)), fields=['user', 'shop'], name='affiliates_touch_of_user')],
                        'constraints': [models.UniqueConstraint(fields=('visitor', 'link', 'user'), name='affiliates_one_touch_per_visitor_link_and_person', nulls_distinct=False)],
                    },
                ),
                migrations.CreateModel(
                    name='DayKey',
                    fields=[
                        ('day', models.DateField(primary_key=True, serialize=False)),
                        ('key', models.BinaryField(max_length=32)),
                    ],
                ),
                migrations.CreateModel(
                    name='MissedSale',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('reason', models.CharField(max_length=16)),
                        ('paid_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('affiliate', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='missed_sales', to='affiliates.affiliate')),
                        ('line', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orders.orderline')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('affiliate', 'line'), name='affiliates_a_sale_is_missed_once')],
                    },
                ),
            ],
        ),
    ]
