import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.utils.timezone
import kit.migrations
import livestream.models.sessions
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [
        ('livestream', '0001_initial'),
        ('livestream', '0002_commerce_clock'),
        ('livestream', '0003_audience_samples'),
        ('livestream', '0004_visits_and_taps'),
        ('livestream', '0005_moderated_chat'),
        ('livestream', '0006_first_edition_of_blocked_words'),
        ('livestream', '0007_outside_streams'),
        ('livestream', '0008_reminders'),
        ('livestream', '0009_recording_life'),
        ('livestream', '0010_crew'),
        ('livestream', '0011_cues'),
        ('livestream', '0012_showcase_during_the_show'),
        ('livestream', '0013_rehearsals'),
        ('livestream', '0014_claims'),
        ('livestream', '0015_reminders_without_a_language'),
        ('livestream', '0016_followers'),
        ('livestream', '0017_emergency_door'),
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
                    name='LiveSession',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.SlugField(default=livestream.models.sessions.new_code, unique=True)),
                        ('title', models.CharField(max_length=90)),
                        ('planned_at', models.DateTimeField()),
                        ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('went_live_at', models.DateTimeField(blank=True, null=True)),
                        ('interrupted_at', models.DateTimeField(blank=True, null=True)),
                        ('ended_at', models.DateTimeField(blank=True, null=True)),
                        ('connection_id', models.UUIDField(blank=True, null=True)),
                        ('media_ms', models.PositiveBigIntegerField(default=0)),
                        ('poster_at', models.DateTimeField(blank=True, null=True)),
                        ('recorded_ms', models.PositiveBigIntegerField(default=0)),
                        ('likes', models.PositiveBigIntegerField(default=0)),
                        ('peak_viewers', models.PositiveIntegerField(default=0)),
                        ('host', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='hosted_sessions', to=settings.AUTH_USER_MODEL)),
                        ('shop', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='live_sessions', to='catalog.shop')),
                        ('interrupted_ms', models.PositiveBigIntegerField(default=0)),
                        ('hidden_ms', models.PositiveBigIntegerField(default=0)),
                        ('replay_deleted_at', models.DateTimeField(blank=True, null=True)),
                        ('publisher', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('is_rehearsal', models.BooleanField(db_default=False, default=False, editable=False)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True), ('went_live_at__isnull', False)), fields=('shop',), name='livestream_one_session_on_air_per_shop'), models.CheckConstraint(condition=models.Q(('ended_at__isnull', True), ('went_live_at__isnull', True), ('ended_at__gte', models.F('went_live_at')), _connector='OR'), name='livestream_session_ends_after_it_starts'), models.CheckConstraint(condition=models.Q(('recorded_ms', 0), ('hidden_ms', 0), _connector='OR'), name='livestream_a_replay_is_shown_or_hidden'), models.CheckConstraint(condition=models.Q(('replay_deleted_at__isnull', True), models.Q(('hidden_ms', 0), ('recorded_ms', 0)), _connector='OR'), name='livestream_a_deleted_replay_is_gone')],
                    },
                ),
                migrations.CreateModel(
                    name='RoomCounter',
                    fields=[
                        ('session', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='counter', serialize=False, to='livestream.livesession')),
                        ('head', models.PositiveBigIntegerField(default=0)),
                        ('rules_version', models.PositiveIntegerField(db_default=0)),
                    ],
                ),
                migrations.CreateModel(
                    name='Mute',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('until', models.DateTimeField(blank=True, null=True)),
                        ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('session', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='mutes', to='livestream.livesession')),
                        ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('created_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('name', models.CharField(blank=True, max_length=60)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('session', 'user'), name='livestream_a_person_is_muted_once')],
                    },
                ),
                migrations.CreateModel(
                    name='PinInterval',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('from_ms', models.PositiveBigIntegerField()),
                        ('to_ms', models.PositiveBigIntegerField(blank=True, null=True)),
                        ('pinned_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('product', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalog.product')),
                        ('session', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pins', to='livestream.livesession')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(condition=models.Q(('to_ms__isnull', True)), fields=('session',), name='livestream_one_pin_at_a_time')],
                    },
                ),
                migrations.CreateModel(
                    name='RoomEvent',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('seq', models.PositiveBigIntegerField()),
                        ('kind', models.CharField(choices=[('chat', 'Chat'), ('removed', 'Removed'), ('pinned', 'Pinned'), ('unpinned', 'Unpinned'), ('sold', 'Sold'), ('state', 'State'), ('muted', 'Muted'), ('deal', 'Deal'), ('hushed', 'Hushed'), ('rules', 'Rules'), ('answer', 'Answer'), ('comment', 'Comment'), ('showcase', 'Showcase'), ('claim', 'Claim')], max_length=10)),
                        ('sender_name', models.CharField(blank=True, max_length=60)),
                        ('client_id', models.UUIDField(blank=True, null=True)),
                        ('text', models.CharField(blank=True, max_length=300)),
                        ('payload', models.JSONField(blank=True, default=dict)),
                        ('media_ms', models.PositiveBigIntegerField(default=0)),
                        ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('removed_at', models.DateTimeField(blank=True, null=True)),
                        ('sender', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('session', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='events', to='livestream.livesession')),
                        ('asks', models.BooleanField(db_default=False, default=False)),
                        ('device', models.CharField(blank=True, db_default='', default='', max_length=32)),
                        ('original', models.CharField(blank=True, db_default='', default='', max_length=300)),
                        ('removed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'indexes': [models.Index(condition=models.Q(('asks', True)), fields=['session', 'seq'], name='livestream_room_questions')],
                        'constraints': [models.UniqueConstraint(fields=('session', 'seq'), name='livestream_a_number_is_given_once'), models.UniqueConstraint(condition=models.Q(('client_id__isnull', False)), fields=('session', 'sender', 'client_id'), name='livestream_a_message_is_said_once')],
                    },
                ),
                migrations.CreateModel(
                    name='ShowcaseItem',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('position', models.PositiveSmallIntegerField(default=0)),
                        ('product', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalog.product')),
                        ('session', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='showcase', to='livestream.livesession')),
                        ('is_hidden', models.BooleanField(db_default=False, default=False)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('session', 'product'), name='livestream_a_product_is_shown_once')],
                    },
                ),
                migrations.CreateModel(
                    name='AudienceSample',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('at', models.DateTimeField()),
                        ('at_ms', models.PositiveBigIntegerField(default=0)),
                        ('viewers', models.PositiveIntegerField(default=0)),
                        ('entered', models.PositiveIntegerField(default=0)),
                        ('stayed', models.PositiveIntegerField(default=0)),
                        ('gone', models.PositiveIntegerField(default=0)),
                        ('likes', models.PositiveIntegerField(default=0)),
                        ('session', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='audience', to='livestream.livesession')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('session', 'at'), name='livestream_one_audience_sample_at_a_time')],
                    },
                ),
                migrations.CreateModel(
                    name='ProductTap',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('seat', models.BigIntegerField()),
                        ('at_ms', models.PositiveBigIntegerField()),
                        ('tapped_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('product', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='catalog.product')),
                        ('session', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='taps', to='livestream.livesession')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('session', 'product', 'seat'), name='livestream_a_seat_taps_a_product_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Visit',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('seat', models.BigIntegerField()),
                        ('source', models.CharField(choices=[('direct', 'Langsung'), ('front', 'Beranda'), ('lobby', 'Daftar live'), ('shop', 'Halaman lapak'), ('product', 'Halaman produk'), ('market', 'Halaman lain di pasar'), ('reminder', 'Pengingat'), ('affiliate', 'Tautan afiliasi'), ('whatsapp', 'WhatsApp'), ('telegram', 'Telegram'), ('link', 'Tautan yang disalin'), ('qr', 'Kode QR'), ('elsewhere', 'Situs lain')], default='direct', max_length=9)),
                        ('entered_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('session', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='visits', to='livestream.livesession')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('session', 'seat'), name='livestream_a_seat_enters_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Answer',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('question', models.CharField(max_length=300)),
                        ('key', models.CharField(max_length=300)),
                        ('text', models.CharField(max_length=300)),
                        ('media_ms', models.PositiveBigIntegerField(default=0)),
                        ('is_saved', models.BooleanField(default=False)),
                        ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('created_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('product', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='answers', to='catalog.product')),
                        ('session', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='answers', to='livestream.livesession')),
                        ('shop', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='answers', to='catalog.shop')),
                    ],
                    options={
                        'indexes': [django.contrib.postgres.indexes.GinIndex(fields=['key'], name='livestream_answer_key_trigrams', opclasses=['gin_trgm_ops'])],
                    },
                ),
                migrations.CreateModel(
                    name='AnsweredQuestion',
                    fields=[
                        ('message', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='dealt_with', serialize=False, to='livestream.roomevent')),
                        ('answered_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('answer', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='questions', to='livestream.answer')),
                        ('answered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                ),
                migrations.CreateModel(
                    name='Ban',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('name', models.CharField(max_length=60)),
                        ('said', models.CharField(blank=True, max_length=300)),
                        ('phone', models.CharField(blank=True, max_length=16)),
                        ('device', models.CharField(blank=True, max_length=32)),
                        ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('lifted_at', models.DateTimeField(blank=True, null=True)),
                        ('created_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('lifted_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('shop', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='bans', to='catalog.shop')),
                        ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(condition=models.Q(('lifted_at__isnull', True)), fields=('shop', 'user'), name='livestream_a_shop_bans_a_person_once')],
                    },
                ),
                migrations.CreateModel(
                    name='BlockedWord',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('written', models.CharField(max_length=60)),
                        ('key', models.CharField(max_length=240)),
                        ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('shop', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='blocked_words', to='catalog.shop')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('shop', 'key'), name='livestream_a_shop_blocks_a_word_once'), models.UniqueConstraint(condition=models.Q(('shop__isnull', True)), fields=('key',), name='livestream_the_market_blocks_a_word_once')],
                    },
                ),
                migrations.CreateModel(
                    name='HeldMessage',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('sender_name', models.CharField(max_length=60)),
                        ('client_id', models.UUIDField()),
                        ('device', models.CharField(blank=True, max_length=32)),
                        ('text', models.CharField(max_length=300)),
                        ('original', models.CharField(blank=True, max_length=300)),
                        ('reason', models.CharField(choices=[('first', 'Pesan pertama'), ('phrase', 'Ajakan ke luar pasar')], max_length=6)),
                        ('decision', models.CharField(choices=[('waiting', 'Waiting'), ('published', 'Published'), ('rejected', 'Rejected')], default='waiting', max_length=9)),
                        ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('decided_at', models.DateTimeField(blank=True, null=True)),
                        ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('sender', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('session', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='held_messages', to='livestream.livesession')),
                    ],
                    options={
                        'indexes': [models.Index(condition=models.Q(('decision', 'waiting')), fields=['session', 'id'], name='livestream_held_waiting')],
                        'constraints': [models.UniqueConstraint(fields=('session', 'sender', 'client_id'), name='livestream_a_message_is_held_once')],
                    },
                ),
                migrations.CreateModel(
                    name='PinnedComment',
                    fields=[
                        ('session', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='pinned_comment', serialize=False, to='livestream.livesession')),
                        ('message', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='livestream.roomevent')),
                    ],
                ),
                migrations.CreateModel(
                    name='SessionRules',
                    fields=[
                        ('session', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='chat_rules', serialize=False, to='livestream.livesession')),
                        ('slow_s', models.PositiveSmallIntegerField(choices=[(0, 'Mati'), (3, '3 detik'), (5, '5 detik'), (10, '10 detik'), (30, '30 detik')], default=0)),
                        ('holds_first', models.BooleanField(default=False)),
                        ('refuses_links', models.BooleanField(default=False)),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('slow_s__in', [0, 3, 5, 10, 30])), name='livestream_slow_mode_is_one_of_five')],
                    },
                ),
                migrations.CreateModel(
                    name='EngineRecording',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('path', models.CharField(max_length=400)),
                        ('told_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('session', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='engine_recordings', to='livestream.livesession')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('session', 'path'), name='livestream_a_recording_is_told_once')],
                    },
                ),
                migrations.CreateModel(
                    name='EngineStream',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('stream_id', models.CharField(max_length=100)),
                        ('began_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('ended_at', models.DateTimeField(blank=True, null=True)),
                        ('trouble', models.CharField(blank=True, max_length=100)),
                        ('session', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='engine_streams', to='livestream.livesession')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('session', 'stream_id'), name='livestream_a_stream_begins_once'), models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('session',), name='livestream_one_stream_at_a_time')],
                    },
                ),
                migrations.CreateModel(
                    name='SessionOutlet',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('place', models.PositiveSmallIntegerField()),
                        ('url', models.CharField(max_length=300)),
                        ('sealed_key', models.TextField()),
                        ('standing', models.CharField(choices=[('waiting', 'Waiting'), ('connecting', 'Connecting'), ('connected', 'Connected'), ('lost', 'Lost')], default='waiting', max_length=10)),
                        ('trouble', models.CharField(blank=True, max_length=20)),
                        ('stood_since', models.DateTimeField(default=django.utils.timezone.now)),
                        ('session', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='outlets', to='livestream.livesession')),
                        ('died_at', models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('session', 'place'), name='livestream_one_outlet_for_each_place'), models.CheckConstraint(condition=models.Q(('place__gte', 1), ('place__lte', 3)), name='livestream_few_outlets')],
                    },
                ),
                migrations.CreateModel(
                    name='StreamKey',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('digest', models.CharField(max_length=64, unique=True)),
                        ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('revoked_at', models.DateTimeField(blank=True, null=True)),
                        ('session', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='stream_keys', to='livestream.livesession')),
                        ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(condition=models.Q(('revoked_at__isnull', True)), fields=('session', 'user'), name='livestream_one_stream_key_at_a_time')],
                    },
                ),
                migrations.CreateModel(
                    name='Reminder',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('planned_at', models.DateTimeField()),
                        ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('session', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reminders', to='livestream.livesession')),
                        ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reminders', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('session', 'user'), name='livestream_one_reminder_each')],
                    },
                ),
                migrations.CreateModel(
                    name='Notice',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.CharField(choices=[('soon', 'Soon'), ('begun', 'Begun'), ('moved', 'Moved')], max_length=5)),
                        ('planned_at', models.DateTimeField()),
                        ('sent_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('reminder', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notices', to='livestream.reminder')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('reminder', 'kind', 'planned_at'), name='livestream_a_notice_is_sent_once')],
                    },
                ),
                migrations.CreateModel(
                    name='CrewMember',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('role', models.CharField(choices=[('co_host', 'Co-host'), ('moderator', 'Moderator'), ('mentor', 'Mentor'), ('guest', 'Tamu')], max_length=10)),
                        ('permissions', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('host', 'Membuka, menutup, dan melihat omzet'), ('chat', 'Menjaga obrolan'), ('products', 'Menyematkan dan mengatur produk'), ('deals', 'Menjalankan promo'), ('board', 'Melihat papan angka, tanpa omzet'), ('publish', 'Boleh siaran, setelah host membuka live'), ('whisper', 'Membisiki host')], max_length=10), default=list, size=None)),
                        ('label', models.CharField(blank=True, max_length=60)),
                        ('invitation_hash', models.CharField(max_length=64, unique=True)),
                        ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('expires_at', models.DateTimeField()),
                        ('accepted_at', models.DateTimeField(blank=True, null=True)),
                        ('revoked_at', models.DateTimeField(blank=True, null=True)),
                        ('session', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='crew', to='livestream.livesession')),
                        ('shop', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='crew', to='catalog.shop')),
                        ('user', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='crew_roles', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('accepted_at__isnull', True), ('user__isnull', True)), models.Q(('accepted_at__isnull', False), ('user__isnull', False)), _connector='OR'), name='livestream_a_crew_member_is_somebody_who_accepted'), models.CheckConstraint(condition=models.Q(('expires_at__gt', models.F('created_at'))), name='livestream_an_invitation_expires_after_it_is_made'), models.UniqueConstraint(condition=models.Q(('revoked_at__isnull', True), ('session__isnull', False), ('user__isnull', False)), fields=('session', 'user'), name='livestream_one_part_for_a_person_in_a_session'), models.UniqueConstraint(condition=models.Q(('revoked_at__isnull', True), ('session__isnull', True), ('user__isnull', False)), fields=('shop', 'user'), name='livestream_one_part_for_a_person_in_a_shop'), models.CheckConstraint(condition=models.Q(models.Q(('permissions__contained_by', ['chat', 'products', 'deals', 'board', 'publish']), ('role', 'co_host')), models.Q(('permissions__contained_by', ['chat', 'products', 'deals', 'board']), ('role', 'moderator')), models.Q(('permissions__contained_by', ['board', 'whisper']), ('role', 'mentor')), models.Q(('permissions__contained_by', ['publish']), ('role', 'guest')), _connector='OR'), name='livestream_a_role_may_only_what_suits_it')],
                    },
                ),
                migrations.CreateModel(
                    name='Cue',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('mentor_name', models.CharField(max_length=60)),
                        ('text', models.CharField(max_length=120)),
                        ('media_ms', models.PositiveBigIntegerField()),
                        ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('mentor', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('session', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='cues', to='livestream.livesession')),
                    ],
                    options={
                        'indexes': [models.Index(fields=['session', '-id'], name='livestream_cues_of_a_session')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='livestream_a_cue_says_something')],
                    },
                ),
                migrations.CreateModel(
                    name='Claim',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('text', models.CharField(max_length=80)),
                        ('media_ms', models.PositiveBigIntegerField()),
                        ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                        ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('pin', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='livestream.pininterval')),
                        ('product', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalog.product')),
                        ('session', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='claims', to='livestream.livesession')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(condition=models.Q(('withdrawn_at__isnull', True)), fields=('session', 'product', 'text'), name='livestream_a_promise_is_made_once'), models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='livestream_a_promise_says_something')],
                    },
                ),
                migrations.CreateModel(
                    name='Follow',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('told_session_id', models.BigIntegerField(blank=True, null=True)),
                        ('shop', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='follows', to='catalog.shop')),
                        ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='follows', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('shop', 'user'), name='livestream_a_shop_is_followed_once')],
                    },
                ),
                migrations.CreateModel(
                    name='EmergencyDoor',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('is_wanted', models.BooleanField(default=False)),
                        ('opened_at', models.DateTimeField(blank=True, null=True)),
                        ('told_up_to', models.BigIntegerField(default=0)),
                        ('told', models.PositiveIntegerField(default=0)),
                        ('finished_at', models.DateTimeField(blank=True, null=True)),
                        ('session', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='emergency_door', to='livestream.livesession')),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('finished_at__isnull', True), ('opened_at__isnull', False), _connector='OR'), name='livestream_a_door_opens_before_all_are_told')],
                    },
                ),
                migrations.CreateModel(
                    name='Unfollow',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('left_at', models.DateTimeField()),
                        ('shop', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='catalog.shop')),
                        ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('shop', 'user'), name='livestream_one_last_unfollow')],
                    },
                ),
            ],
        ),
    ]
