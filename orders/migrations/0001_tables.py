import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.expressions
import django.utils.timezone
import kit.migrations
import orders.models
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [
        ('orders', '0001_initial'),
        ('orders', '0002_place_order_function'),
        ('orders', '0003_room_on_stock_pages'),
        ('orders', '0004_discounts'),
        ('orders', '0005_place_by_the_price_rule'),
        ('orders', '0006_winners_pay_in_their_time'),
        ('orders', '0007_lines_keep_promises'),
        ('orders', '0008_place_fast'),
        ('orders', '0009_ways_of_sending'),
        ('orders', '0010_cod_is_confirmed_by_the_buyer'),
        ('orders', '0011_label_batches'),
    ]

    initial = True

    dependencies = [
        ('accounts', '0001_tables'),
        ('catalog', '0001_tables'),
        ('deals', '0001_tables'),
        ('livestream', '0001_tables'),
        ('shipping', '0001_tables'),
    ]

    operations = [
        kit.migrations.CreateTables(
            tables=[
                migrations.CreateModel(
                    name='Order',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('number', models.CharField(default=orders.models.new_number, max_length=12, unique=True)),
                        ('session_ms', models.PositiveBigIntegerField(blank=True, null=True)),
                        ('idempotency_key', models.UUIDField(unique=True)),
                        ('request_hash', models.CharField(max_length=64)),
                        ('state', models.CharField(choices=[('pending', 'Menunggu pembayaran'), ('confirmed', 'Perlu dikemas'), ('packed', 'Sudah dikemas'), ('shipped', 'Dikirim'), ('received', 'Diterima'), ('cancelled', 'Dibatalkan'), ('expired', 'Kedaluwarsa'), ('refund_due', 'Menunggu pengembalian dana'), ('refunded', 'Dana dikembalikan')], default='pending', max_length=10)),
                        ('method', models.CharField(choices=[('qris', 'QRIS'), ('va_bca', 'Virtual account BCA'), ('va_bni', 'Virtual account BNI'), ('va_bri', 'Virtual account BRI'), ('va_permata', 'Virtual account Permata'), ('gopay', 'GoPay'), ('shopeepay', 'ShopeePay'), ('card', 'Kartu kredit atau debit'), ('shop_qris', 'QRIS milik lapak'), ('transfer', 'Transfer ke rekening lapak'), ('cod', 'Bayar di tempat (COD)')], max_length=12)),
                        ('subtotal', models.PositiveBigIntegerField()),
                        ('shipping_fee', models.PositiveBigIntegerField()),
                        ('total', models.PositiveBigIntegerField()),
                        ('address', models.JSONField()),
                        ('courier', models.CharField(blank=True, max_length=40)),
                        ('waybill', models.CharField(blank=True, max_length=40)),
                        ('cancel_reason', models.CharField(blank=True, max_length=200)),
                        ('placed_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('pay_by', models.DateTimeField(blank=True, null=True)),
                        ('paid_at', models.DateTimeField(blank=True, null=True)),
                        ('packed_at', models.DateTimeField(blank=True, null=True)),
                        ('shipped_at', models.DateTimeField(blank=True, null=True)),
                        ('received_at', models.DateTimeField(blank=True, null=True)),
                        ('closed_at', models.DateTimeField(blank=True, null=True)),
                        ('buyer', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='orders', to=settings.AUTH_USER_MODEL)),
                        ('session', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='orders', to='livestream.livesession')),
                        ('shop', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='orders', to='catalog.shop')),
                        ('discount', models.PositiveBigIntegerField(default=0)),
                        ('voucher_claim', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='deals.voucherclaim')),
                        ('parcel', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='orders', to='shipping.parcel')),
                        ('quote', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='orders', to='shipping.quote')),
                        ('rides_on', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='riders', to='orders.order')),
                        ('paid_ahead', models.PositiveBigIntegerField(db_default=0, default=0)),
                        ('holds_units', models.BooleanField(db_default=True, default=True)),
                    ],
                    options={
                        'indexes': [models.Index(condition=models.Q(('state', 'pending')), fields=['pay_by'], name='orders_due'), models.Index(fields=['buyer', '-placed_at'], name='orders_of_buyer'), models.Index(fields=['shop', 'state', '-placed_at'], name='orders_of_shop'), models.Index(condition=models.Q(('session__isnull', False)), fields=['session'], name='orders_of_session'), models.Index(condition=models.Q(('quote__isnull', False)), fields=['quote'], name='orders_by_quote'), models.Index(condition=models.Q(('parcel__isnull', False)), fields=['parcel'], name='orders_in_parcel'), models.Index(condition=models.Q(('rides_on__isnull', False)), fields=['rides_on'], name='orders_riding')],
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('state', 'pending'), _negated=True), ('pay_by__isnull', False), _connector='OR'), name='orders_a_waiting_order_has_a_deadline'), models.CheckConstraint(condition=models.Q(('total', django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('subtotal'), '-', models.F('discount')), '+', models.F('shipping_fee')))), name='orders_total_is_goods_less_discount_and_shipping'), models.CheckConstraint(condition=models.Q(models.Q(('discount', 0), ('voucher_claim__isnull', True)), models.Q(('discount__gt', 0), ('discount__lte', models.F('subtotal')), ('voucher_claim__isnull', False)), _connector='OR'), name='orders_a_voucher_gives_the_discount')],
                    },
                ),
                migrations.CreateModel(
                    name='OrderLine',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('product_name', models.CharField(max_length=90)),
                        ('variant_name', models.CharField(blank=True, max_length=60)),
                        ('picture_key', models.CharField(blank=True, max_length=32)),
                        ('price', models.PositiveBigIntegerField()),
                        ('quantity', models.PositiveIntegerField()),
                        ('returned_quantity', models.PositiveIntegerField(default=0)),
                        ('credited_to', models.BigIntegerField(blank=True, null=True)),
                        ('attribution', models.JSONField(blank=True, null=True)),
                        ('order', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='orders.order')),
                        ('variant', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalog.variant')),
                        ('deal_id', models.BigIntegerField(blank=True, null=True)),
                        ('discount', models.PositiveBigIntegerField(default=0)),
                        ('list_price', models.PositiveBigIntegerField()),
                        ('rule', models.CharField(choices=[('list', 'Harga biasa'), ('flash', 'Promo kilat'), ('award', 'Harga pemenang')], default='list', max_length=5)),
                        ('claims', models.JSONField(blank=True, db_default=[], default=list)),
                    ],
                    options={
                        'indexes': [models.Index(condition=models.Q(('credited_to__isnull', False)), fields=['credited_to'], name='orders_credited')],
                        'constraints': [models.UniqueConstraint(fields=('order', 'variant'), name='orders_a_variant_has_one_line'), models.CheckConstraint(condition=models.Q(('quantity__gt', 0)), name='orders_a_line_has_a_quantity'), models.CheckConstraint(condition=models.Q(('returned_quantity__lte', models.F('quantity'))), name='orders_no_more_is_returned_than_bought'), models.CheckConstraint(condition=models.Q(models.Q(('deal_id__isnull', True), ('price', models.F('list_price')), ('rule', 'list')), models.Q(models.Q(('rule', 'list'), _negated=True), ('deal_id__isnull', False)), _connector='OR'), name='orders_a_line_knows_its_deal'), models.CheckConstraint(condition=models.Q(('discount__lte', django.db.models.expressions.CombinedExpression(models.F('price'), '*', models.F('quantity')))), name='orders_a_discount_takes_no_more_than_the_goods')],
                    },
                ),
                migrations.CreateModel(
                    name='OutboxEntry',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('topic', models.CharField(max_length=40)),
                        ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('done_at', models.DateTimeField(blank=True, null=True)),
                        ('order', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='orders.order')),
                    ],
                    options={
                        'verbose_name_plural': 'outbox entries',
                        'indexes': [models.Index(condition=models.Q(('done_at__isnull', True)), fields=['id'], name='orders_outbox_waiting')],
                        'constraints': [models.UniqueConstraint(fields=('order', 'topic'), name='orders_a_topic_is_told_once')],
                    },
                ),
                migrations.CreateModel(
                    name='LabelBatch',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                        ('order_ids', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), size=None)),
                        ('total', models.PositiveIntegerField()),
                        ('done', models.PositiveIntegerField(default=0)),
                        ('pdf', models.BinaryField(blank=True, null=True)),
                        ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('printed_at', models.DateTimeField(blank=True, null=True)),
                        ('seller', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'verbose_name_plural': 'label batches',
                    },
                ),
                migrations.CreateModel(
                    name='FirstPaidSession',
                    fields=[
                        ('session', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='+', serialize=False, to='livestream.livesession')),
                    ],
                ),
                migrations.CreateModel(
                    name='FirstPaidBuyer',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('buyer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('shop', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='catalog.shop')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('shop', 'buyer'), name='orders_a_shop_asks_a_buyer_to_pay_first_once')],
                    },
                ),
            ],
        ),
    ]
