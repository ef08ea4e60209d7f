import django.db.models.deletion
import django.utils.timezone
import kit.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [
        ('fees', '0001_versions_of_fees'),
    ]

    initial = True

    dependencies = [
        ('accounts', '0001_tables'),
    ]

    operations = [
        kit.migrations.CreateTables(
            tables=[
                migrations.CreateModel(
                    name='FeeSchedule',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('number', models.PositiveIntegerField(unique=True)),
                        ('in_force_from', models.DateTimeField()),
                        ('published_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('note', models.CharField(max_length=300)),
                        ('rule_count', models.PositiveSmallIntegerField()),
                        ('document', models.TextField()),
                        ('digest', models.CharField(max_length=64, unique=True)),
                        ('signature', models.CharField(max_length=128)),
                        ('public_key', models.CharField(max_length=64)),
                        ('published_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'permissions': [('publish_schedule', 'Can publish what the market takes')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('number', 1), ('in_force_from__gte', models.F('published_at')), _connector='OR'), name='fees_a_version_is_published_before_it_holds')],
                    },
                ),
                migrations.CreateModel(
                    name='FeeRule',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('position', models.PositiveSmallIntegerField()),
                        ('kind', models.CharField(choices=[('platform', 'Biaya pasar'), ('processing', 'Biaya proses pesanan'), ('payment', 'Biaya pembayaran'), ('tax', 'PPh Pasal 22')], max_length=10)),
                        ('label', models.CharField(max_length=80)),
                        ('scope', models.CharField(choices=[('market', 'Semua lapak'), ('category', 'Satu kategori'), ('shop', 'Satu lapak')], default='market', max_length=8)),
                        ('scope_id', models.BigIntegerField(blank=True, null=True)),
                        ('method', models.CharField(blank=True, max_length=12)),
                        ('business', models.CharField(blank=True, choices=[('micro', 'Usaha mikro')], max_length=5)),
                        ('above', models.PositiveBigIntegerField(default=0)),
                        ('percent_bp', models.PositiveSmallIntegerField(default=0)),
                        ('fixed', models.PositiveBigIntegerField(default=0)),
                        ('least', models.PositiveBigIntegerField(default=0)),
                        ('most', models.PositiveBigIntegerField(blank=True, null=True)),
                        ('valid_from', models.DateTimeField(blank=True, null=True)),
                        ('valid_to', models.DateTimeField(blank=True, null=True)),
                        ('schedule', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rules', to='fees.feeschedule')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('schedule', 'position'), name='fees_a_rule_has_its_place'), models.CheckConstraint(condition=models.Q(models.Q(('scope', 'market'), ('scope_id__isnull', True)), models.Q(models.Q(('scope', 'market'), _negated=True), ('scope_id__isnull', False)), _connector='OR'), name='fees_a_scope_names_whom_it_means'), models.CheckConstraint(condition=models.Q(models.Q(('scope', 'category'), _negated=True), ('kind', 'platform'), _connector='OR'), name='fees_only_the_market_fee_knows_categories'), models.CheckConstraint(condition=models.Q(('percent_bp__lte', 9000)), name='fees_a_rule_takes_no_more_than_ninety_percent'), models.CheckConstraint(condition=models.Q(('most__isnull', True), ('most__gte', models.F('least')), _connector='OR'), name='fees_the_most_is_not_below_the_least'), models.CheckConstraint(condition=models.Q(('valid_from__isnull', True), ('valid_to__isnull', True), ('valid_to__gt', models.F('valid_from')), _connector='OR'), name='fees_a_rule_ends_after_it_begins')],
                    },
                ),
                migrations.CreateModel(
                    name='Declaration',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('shop_id', models.BigIntegerField()),
                        ('kind', models.CharField(choices=[('micro', 'Usaha mikro'), ('small', 'Omzet setahun paling banyak Rp500 juta')], max_length=5)),
                        ('valid_from', models.DateTimeField(default=django.utils.timezone.now)),
                        ('valid_to', models.DateTimeField(blank=True, null=True)),
                        ('declared_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'indexes': [models.Index(fields=['shop_id', 'kind'], name='fees_declarations_of_shop')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='fees_a_declaration_ends_after_it_begins')],
                    },
                ),
            ],
        ),
    ]
