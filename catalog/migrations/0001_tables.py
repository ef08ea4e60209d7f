import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
import django.utils.timezone
import kit.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [
        ('catalog', '0001_initial'),
        ('catalog', '0002_search_by_words'),
        ('catalog', '0003_load_categories'),
        ('catalog', '0004_units_set_aside'),
        ('catalog', '0005_price_spells'),
    ]

    initial = True

    dependencies = [
        ('accounts', '0001_tables'),
    ]

    operations = [
        kit.migrations.CreateTables(
            tables=[
                migrations.CreateModel(
                    name='Category',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('slug', models.SlugField(max_length=40, unique=True)),
                        ('name', models.CharField(max_length=60)),
                        ('name_en', models.CharField(max_length=60)),
                        ('position', models.PositiveSmallIntegerField(default=0)),
                    ],
                    options={
                        'verbose_name_plural': 'categories',
                    },
                ),
                migrations.CreateModel(
                    name='Shop',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('name', models.CharField(max_length=60)),
                        ('slug', models.SlugField(max_length=60, unique=True)),
                        ('story', models.TextField(blank=True, max_length=2000)),
                        ('nib', models.CharField(blank=True, max_length=13)),
                        ('awning', models.PositiveSmallIntegerField(default=0)),
                        ('shipping_fee', models.PositiveIntegerField(default=10000)),
                        ('accepts_cod', models.BooleanField(default=True)),
                        ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('suspended_at', models.DateTimeField(blank=True, null=True)),
                        ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='shops', to=settings.AUTH_USER_MODEL)),
                        ('regency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='accounts.regency')),
                        ('offers_ways', models.BooleanField(db_default=False, default=False)),
                    ],
                    options={
                        'indexes': [django.contrib.postgres.indexes.GinIndex(fields=['name'], name='catalog_shop_name_trigrams', opclasses=['gin_trgm_ops'])],
                        'constraints': [models.UniqueConstraint(fields=('owner',), name='catalog_one_shop_per_owner'), models.CheckConstraint(condition=models.Q(('nib', ''), ('nib__regex', '^\\d{13}$'), _connector='OR'), name='catalog_a_nib_has_thirteen_digits'), models.CheckConstraint(condition=models.Q(('awning__lt', 6)), name='catalog_an_awning_is_painted')],
                    },
                ),
                migrations.CreateModel(
                    name='Product',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('name', models.CharField(max_length=90)),
                        ('slug', models.SlugField(max_length=90)),
                        ('description', models.TextField(blank=True, max_length=4000)),
                        ('weight', models.PositiveIntegerField(default=250)),
                        ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                        ('category', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='products', to='catalog.category')),
                        ('shop', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='products', to='catalog.shop')),
                    ],
                    options={
                        'indexes': [django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.search.CombinedSearchVector(django.contrib.postgres.search.SearchVector('name', config='simple', weight='A'), '||', django.contrib.postgres.search.SearchVector('description', config='simple', weight='C'), django.contrib.postgres.search.SearchConfig('simple')), name='catalog_product_words'), django.contrib.postgres.indexes.GinIndex(fields=['name'], name='catalog_product_name_trigrams', opclasses=['gin_trgm_ops']), models.Index(condition=models.Q(('withdrawn_at__isnull', True)), fields=['-created_at', '-id'], name='catalog_newest_on_sale')],
                    },
                ),
                migrations.CreateModel(
                    name='Variant',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('name', models.CharField(blank=True, max_length=60)),
                        ('sku', models.CharField(max_length=40)),
                        ('live_code', models.CharField(max_length=6, validators=[django.core.validators.RegexValidator('^[A-Z]{1,2}\\d{1,3}$')], verbose_name='kode live')),
                        ('price', models.PositiveIntegerField()),
                        ('position', models.PositiveSmallIntegerField(default=0)),
                        ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                        ('product', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='variants', to='catalog.product')),
                        ('shop', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalog.shop')),
                        ('height', models.PositiveSmallIntegerField(blank=True, null=True)),
                        ('length', models.PositiveSmallIntegerField(blank=True, null=True)),
                        ('weight', models.PositiveIntegerField(blank=True, null=True)),
                        ('width', models.PositiveSmallIntegerField(blank=True, null=True)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('shop', 'sku'), name='catalog_a_sku_names_one_variant'), models.UniqueConstraint(fields=('shop', 'live_code'), name='catalog_a_live_code_names_one_variant'), models.CheckConstraint(condition=models.Q(('price__gt', 0)), name='catalog_a_price_is_positive'), models.CheckConstraint(condition=models.Q(models.Q(('height__isnull', True), ('length__isnull', True), ('width__isnull', True)), models.Q(('height__gt', 0), ('length__gt', 0), ('width__gt', 0)), _connector='OR'), name='catalog_all_sides_are_measured_or_none')],
                    },
                ),
                migrations.CreateModel(
                    name='ProductPhoto',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('position', models.PositiveSmallIntegerField(default=0)),
                        ('key', models.CharField(max_length=32)),
                        ('width', models.PositiveIntegerField()),
                        ('height', models.PositiveIntegerField()),
                        ('color', models.CharField(max_length=7)),
                        ('lqip', models.TextField()),
                        ('widths', django.contrib.postgres.fields.ArrayField(base_field=models.PositiveSmallIntegerField(), size=None)),
                        ('product', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='photos', to='catalog.product')),
                    ],
                ),
                migrations.CreateModel(
                    name='Stock',
                    fields=[
                        ('variant', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='stock', serialize=False, to='catalog.variant')),
                        ('initial', models.PositiveIntegerField(default=0)),
                        ('available', models.PositiveIntegerField(default=0)),
                        ('reserved', models.PositiveIntegerField(default=0)),
                        ('sold', models.PositiveIntegerField(default=0)),
                        ('set_aside', models.PositiveIntegerField(default=0)),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('initial', django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('available'), '+', models.F('set_aside')), '+', models.F('reserved')), '+', models.F('sold')))), name='catalog_stock_adds_up')],
                    },
                ),
                migrations.CreateModel(
                    name='PriceSpell',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('price', models.PositiveIntegerField()),
                        ('from_at', models.DateTimeField()),
                        ('until_at', models.DateTimeField(blank=True, null=True)),
                        ('last_charged_on', models.DateField(blank=True, null=True)),
                        ('variant', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='price_spells', to='catalog.variant')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(condition=models.Q(('until_at__isnull', True)), fields=('variant',), name='catalog_a_variant_has_one_price_at_a_time'), models.CheckConstraint(condition=models.Q(('until_at__isnull', True), ('until_at__gte', models.F('from_at')), _connector='OR'), name='catalog_a_price_ends_after_it_begins')],
                    },
                ),
            ],
        ),
    ]
