import deals.fairness
import django.db.models.deletion
import django.db.models.expressions
import django.utils.timezone
import kit.migrations
import livestream.models.sessions
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [
        ('deals', '0001_awards'),
        ('deals', '0002_draws_auctions_and_keeps'),
        ('deals', '0003_flash_deals_and_vouchers'),
        ('deals', '0004_price_rule'),
        ('deals', '0005_watch_times'),
        ('deals', '0006_rights_lapse'),
    ]

    initial = True

    dependencies = [
        ('accounts', '0001_tables'),
        ('catalog', '0001_tables'),
        ('livestream', '0001_tables'),
    ]

    operations = [
        kit.migrations.CreateTables(
            tables=[
                migrations.CreateModel(
                    name='Award',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('quantity', models.PositiveIntegerField(default=1)),
                        ('price', models.PositiveBigIntegerField()),
                        ('source_kind', models.CharField(choices=[('auction', 'Lelang'), ('giveaway', 'Hadiah'), ('draw', 'Undian')], max_length=8)),
                        ('source_id', models.BigIntegerField()),
                        ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('expires_at', models.DateTimeField()),
                        ('order_id', models.BigIntegerField(blank=True, null=True)),
                        ('buyer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='awards', to=settings.AUTH_USER_MODEL)),
                        ('session', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='awards', to='livestream.livesession')),
                        ('variant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalog.variant')),
                        ('lapsed_at', models.DateTimeField(blank=True, null=True)),
                        ('told_at', models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        'indexes': [models.Index(condition=models.Q(('order_id__isnull', True)), fields=['buyer', 'variant'], name='deals_awards_open'), models.Index(condition=models.Q(('told_at__isnull', True)), fields=['id'], name='deals_awards_to_tell')],
                        'constraints': [models.UniqueConstraint(fields=('source_kind', 'source_id', 'buyer'), name='deals_a_source_awards_a_buyer_once'), models.CheckConstraint(condition=models.Q(('quantity__gt', 0)), name='deals_an_award_is_for_something'), models.CheckConstraint(condition=models.Q(('lapsed_at__isnull', True), ('order_id__isnull', True), _connector='OR'), name='deals_a_lapsed_award_is_not_used')],
                    },
                ),
                migrations.CreateModel(
                    name='Auction',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('units', models.PositiveSmallIntegerField()),
                        ('released', models.PositiveSmallIntegerField(default=0)),
                        ('starts_ms', models.PositiveBigIntegerField(blank=True, null=True)),
                        ('ends_ms', models.PositiveBigIntegerField(blank=True, null=True)),
                        ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('closed_at', models.DateTimeField(blank=True, null=True)),
                        ('look_at', models.DateTimeField(blank=True, null=True)),
                        ('start_price', models.PositiveIntegerField()),
                        ('duration_ms', models.PositiveIntegerField()),
                        ('counter_ms', models.PositiveIntegerField(default=10000)),
                        ('is_sudden_death', models.BooleanField(default=False)),
                        ('price', models.PositiveIntegerField()),
                        ('maximum', models.PositiveIntegerField(default=0)),
                        ('bids_count', models.PositiveIntegerField(default=0)),
                        ('leader', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('session', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='livestream.livesession')),
                        ('variant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalog.variant')),
                    ],
                    options={
                        'abstract': False,
                        'indexes': [models.Index(condition=models.Q(('closed_at__isnull', True)), fields=['session'], name='deals_auction_open'), models.Index(condition=models.Q(('look_at__isnull', False)), fields=['look_at'], name='deals_auction_due')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('units__gt', 0)), name='deals_auction_promises_something'), models.CheckConstraint(condition=models.Q(('released__lte', models.F('units'))), name='deals_auction_releases_what_it_has'), models.CheckConstraint(condition=models.Q(models.Q(('ends_ms__isnull', True), ('starts_ms__isnull', True)), models.Q(('ends_ms__gte', models.F('starts_ms')), ('ends_ms__isnull', False), ('starts_ms__isnull', False)), _connector='OR'), name='deals_auction_ends_after_it_starts'), models.CheckConstraint(condition=models.Q(('look_at__isnull', True), ('closed_at__isnull', False), _connector='OR'), name='deals_auction_is_settled_after_it_closed'), models.UniqueConstraint(condition=models.Q(('closed_at__isnull', True)), fields=('session',), name='deals_one_auction_at_a_time'), models.CheckConstraint(condition=models.Q(models.Q(('leader__isnull', True), ('maximum', 0)), models.Q(('leader__isnull', False), ('price__lte', models.F('maximum'))), _connector='OR'), name='deals_a_leader_pays_no_more_than_they_said'), models.CheckConstraint(condition=models.Q(('maximum__lte', 100000000), ('price__gte', models.F('start_price')), ('start_price__gt', 0)), name='deals_an_auction_never_gets_cheaper'), models.CheckConstraint(condition=models.Q(('units', 1)), name='deals_an_auction_is_for_one_unit'), models.CheckConstraint(condition=models.Q(('counter_ms__range', (5000, 60000)), ('duration_ms__range', (15000, 600000))), name='deals_an_auction_lasts_a_while')],
                    },
                ),
                migrations.CreateModel(
                    name='AuctionBid',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('number', models.PositiveIntegerField()),
                        ('maximum', models.PositiveIntegerField()),
                        ('key', models.UUIDField()),
                        ('price_after', models.PositiveIntegerField()),
                        ('at_ms', models.PositiveBigIntegerField()),
                        ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('auction', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='bids', to='deals.auction')),
                        ('bidder', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('auction', 'number'), name='deals_a_bid_has_its_number'), models.UniqueConstraint(fields=('auction', 'bidder', 'key'), name='deals_a_bid_is_made_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Draw',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('units', models.PositiveSmallIntegerField()),
                        ('released', models.PositiveSmallIntegerField(default=0)),
                        ('starts_ms', models.PositiveBigIntegerField(blank=True, null=True)),
                        ('ends_ms', models.PositiveBigIntegerField(blank=True, null=True)),
                        ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('closed_at', models.DateTimeField(blank=True, null=True)),
                        ('look_at', models.DateTimeField(blank=True, null=True)),
                        ('code', models.SlugField(default=livestream.models.sessions.new_code, unique=True)),
                        ('kind', models.CharField(choices=[('giveaway', 'Hadiah'), ('drop', 'Antrean adil')], max_length=8)),
                        ('price', models.PositiveIntegerField(default=0)),
                        ('task', models.CharField(choices=[('none', 'Tanpa tugas'), ('word', 'Tulis satu kata di obrolan'), ('watch', 'Menonton beberapa menit'), ('follow', 'Mengikuti lapak')], default='none', max_length=8)),
                        ('word', models.CharField(blank=True, max_length=30)),
                        ('watch_minutes', models.PositiveSmallIntegerField(default=0)),
                        ('salt', models.CharField(default=deals.fairness.new_salt, max_length=32)),
                        ('seed', models.CharField(default=deals.fairness.new_seed, max_length=64)),
                        ('commitment', models.CharField(max_length=64)),
                        ('entrants', models.PositiveIntegerField(default=0)),
                        ('session', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='livestream.livesession')),
                        ('variant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalog.variant')),
                    ],
                    options={
                        'abstract': False,
                        'indexes': [models.Index(condition=models.Q(('closed_at__isnull', True)), fields=['session'], name='deals_draw_open'), models.Index(condition=models.Q(('look_at__isnull', False)), fields=['look_at'], name='deals_draw_due')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('units__gt', 0)), name='deals_draw_promises_something'), models.CheckConstraint(condition=models.Q(('released__lte', models.F('units'))), name='deals_draw_releases_what_it_has'), models.CheckConstraint(condition=models.Q(models.Q(('ends_ms__isnull', True), ('starts_ms__isnull', True)), models.Q(('ends_ms__gte', models.F('starts_ms')), ('ends_ms__isnull', False), ('starts_ms__isnull', False)), _connector='OR'), name='deals_draw_ends_after_it_starts'), models.CheckConstraint(condition=models.Q(('look_at__isnull', True), ('closed_at__isnull', False), _connector='OR'), name='deals_draw_is_settled_after_it_closed'), models.UniqueConstraint(condition=models.Q(('closed_at__isnull', True)), fields=('session', 'kind'), name='deals_one_open_draw_of_a_kind'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'giveaway'), ('price', 0)), models.Q(('kind', 'drop'), ('price__gt', 0)), _connector='OR'), name='deals_a_gift_costs_nothing'), models.CheckConstraint(condition=models.Q(models.Q(('task__in', ['none', 'follow']), ('watch_minutes', 0), ('word', '')), models.Q(('task', 'word'), ('watch_minutes', 0), models.Q(('word', ''), _negated=True)), models.Q(('task', 'watch'), ('watch_minutes__gt', 0), ('word', '')), _connector='OR'), name='deals_a_task_says_what_to_do')],
                    },
                ),
                migrations.CreateModel(
                    name='DrawEntry',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('entrant', models.CharField(max_length=64)),
                        ('place', models.PositiveIntegerField(blank=True, null=True)),
                        ('entered_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('draw', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='deals.draw')),
                        ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('draw', 'user'), name='deals_a_person_enters_once'), models.UniqueConstraint(fields=('draw', 'entrant'), name='deals_a_number_stands_once_in_a_list'), models.UniqueConstraint(fields=('draw', 'place'), name='deals_a_place_is_given_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Keep',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('message_id', models.UUIDField()),
                        ('quantity', models.PositiveSmallIntegerField(default=1)),
                        ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('taken_back_at', models.DateTimeField(blank=True, null=True)),
                        ('session', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='keeps', to='livestream.livesession')),
                        ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('variant', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalog.variant')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('session', 'user', 'message_id'), name='deals_a_message_is_kept_once'), models.CheckConstraint(condition=models.Q(('quantity__range', (1, 99))), name='deals_a_keep_is_for_something')],
                    },
                ),
                migrations.CreateModel(
                    name='FlashDeal',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('price', models.PositiveIntegerField()),
                        ('list_price', models.PositiveIntegerField()),
                        ('struck_price', models.PositiveIntegerField(blank=True, null=True)),
                        ('units', models.PositiveIntegerField()),
                        ('per_buyer', models.PositiveSmallIntegerField()),
                        ('taken', models.PositiveIntegerField(default=0)),
                        ('starts_ms', models.PositiveBigIntegerField()),
                        ('ends_ms', models.PositiveBigIntegerField()),
                        ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('closed_at', models.DateTimeField(blank=True, null=True)),
                        ('session', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='flash_deals', to='livestream.livesession')),
                        ('started_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('variant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='flash_deals', to='catalog.variant')),
                    ],
                    options={
                        'indexes': [models.Index(condition=models.Q(('closed_at__isnull', True)), fields=['session'], name='deals_flash_open')],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('closed_at__isnull', True)), fields=('variant',), name='deals_one_open_flash_deal_for_a_variant'), models.CheckConstraint(condition=models.Q(('taken__lte', models.F('units'))), name='deals_no_more_is_taken_than_offered'), models.CheckConstraint(condition=models.Q(('per_buyer__gt', 0), ('per_buyer__lte', models.F('units'))), name='deals_a_buyer_may_take_something'), models.CheckConstraint(condition=models.Q(('price__gt', 0), ('price__lt', models.F('list_price'))), name='deals_a_deal_is_cheaper'), models.CheckConstraint(condition=models.Q(('ends_ms__gte', django.db.models.expressions.CombinedExpression(models.F('starts_ms'), '+', models.Value(60000))), ('ends_ms__lte', django.db.models.expressions.CombinedExpression(models.F('starts_ms'), '+', models.Value(1200000)))), name='deals_a_flash_lasts_minutes')],
                    },
                ),
                migrations.CreateModel(
                    name='FlashTake',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('units', models.PositiveIntegerField()),
                        ('most', models.PositiveSmallIntegerField()),
                        ('buyer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('deal', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, related_name='takes', to='deals.flashdeal')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('deal', 'buyer'), name='deals_a_buyer_is_counted_once'), models.CheckConstraint(condition=models.Q(('units__lte', models.F('most'))), name='deals_no_buyer_takes_too_much')],
                    },
                ),
                migrations.CreateModel(
                    name='Voucher',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.CharField(choices=[('amount', 'Potongan rupiah'), ('percent', 'Potongan persen')], max_length=8)),
                        ('percent', models.PositiveSmallIntegerField(default=0)),
                        ('most_discount', models.PositiveBigIntegerField()),
                        ('min_purchase', models.PositiveIntegerField(default=0)),
                        ('budget', models.PositiveBigIntegerField()),
                        ('most_claims', models.PositiveIntegerField()),
                        ('claimed', models.PositiveIntegerField(default=0)),
                        ('task', models.CharField(choices=[('none', 'Tanpa tugas'), ('watch', 'Menonton'), ('follow', 'Mengikuti lapak')], default='none', max_length=8)),
                        ('watch_minutes', models.PositiveSmallIntegerField(default=0)),
                        ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('closed_at', models.DateTimeField(blank=True, null=True)),
                        ('created_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('session', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='vouchers', to='livestream.livesession')),
                    ],
                    options={
                        'indexes': [models.Index(condition=models.Q(('closed_at__isnull', True)), fields=['session'], name='deals_vouchers_open')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('claimed__lte', models.F('most_claims'))), name='deals_no_more_is_claimed_than_offered'), models.CheckConstraint(condition=models.Q(('budget__gte', django.db.models.expressions.CombinedExpression(models.F('claimed'), '*', models.F('most_discount')))), name='deals_claims_stay_within_the_budget'), models.CheckConstraint(condition=models.Q(('most_discount__gt', 0), models.Q(models.Q(('kind', 'amount'), ('percent', 0)), models.Q(('kind', 'percent'), ('percent__range', (1, 90))), _connector='OR')), name='deals_a_voucher_is_worth_something'), models.CheckConstraint(condition=models.Q(models.Q(('task__in', ['none', 'follow']), ('watch_minutes', 0)), models.Q(('task', 'watch'), ('watch_minutes__range', (1, 60))), _connector='OR'), name='deals_a_watch_task_has_minutes')],
                    },
                ),
                migrations.CreateModel(
                    name='VoucherClaim',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('claimed_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('order_id', models.BigIntegerField(blank=True, null=True)),
                        ('discount', models.PositiveBigIntegerField(default=0)),
                        ('buyer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='voucher_claims', to=settings.AUTH_USER_MODEL)),
                        ('voucher', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='claims', to='deals.voucher')),
                    ],
                    options={
                        'indexes': [models.Index(condition=models.Q(('order_id__isnull', True)), fields=['buyer'], name='deals_claims_unused')],
                        'constraints': [models.UniqueConstraint(fields=('voucher', 'buyer'), name='deals_a_buyer_claims_a_voucher_once'), models.CheckConstraint(condition=models.Q(models.Q(('discount', 0), ('order_id__isnull', True)), models.Q(('discount__gt', 0), ('order_id__isnull', False)), _connector='OR'), name='deals_only_an_order_uses_a_claim')],
                    },
                ),
                migrations.CreateModel(
                    name='WatchTime',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('watched_ms', models.PositiveBigIntegerField(default=0)),
                        ('seen_ms', models.PositiveBigIntegerField()),
                        ('session', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='livestream.livesession')),
                        ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('session', 'user'), name='deals_a_person_watches_a_session_once')],
                    },
                ),
            ],
        ),
    ]
