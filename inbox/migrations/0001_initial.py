import django.db.models.deletion
import django.utils.timezone
import kit.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0001_tables'),
    ]

    operations = [
        kit.migrations.CreateTables(
            tables=[
                migrations.CreateModel(
                    name='Notice',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.CharField(choices=[('order', 'Pesanan'), ('return', 'Retur dan sengketa'), ('review', 'Ulasan'), ('live', 'Pengingat live'), ('news', 'Kabar dari lapak')], max_length=6)),
                        ('key', models.CharField(max_length=120)),
                        ('shop_id', models.BigIntegerField(blank=True, null=True)),
                        ('language', models.CharField(max_length=5)),
                        ('title', models.CharField(max_length=120)),
                        ('text', models.CharField(max_length=400)),
                        ('path', models.CharField(max_length=300)),
                        ('letter', models.TextField(blank=True)),
                        ('is_listed', models.BooleanField(default=True)),
                        ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('read_at', models.DateTimeField(blank=True, null=True)),
                        ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notices', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'indexes': [models.Index(fields=['user', '-id'], name='inbox_of_a_person'), models.Index(condition=models.Q(('is_listed', True), ('read_at__isnull', True)), fields=['user'], name='inbox_unread'), models.Index(condition=models.Q(('shop_id__isnull', False)), fields=['user', 'shop_id', 'created_at'], name='inbox_of_a_shop')],
                        'constraints': [models.UniqueConstraint(fields=('user', 'key'), name='inbox_a_thing_is_told_once'), models.CheckConstraint(condition=models.Q(('path__startswith', '/'), models.Q(('path__startswith', '//'), _negated=True)), name='inbox_a_notice_leads_into_the_market'), models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ['order', 'return']), _negated=True), ('is_listed', True), _connector='OR'), name='inbox_what_concerns_money_is_always_listed')],
                    },
                ),
                migrations.CreateModel(
                    name='Delivery',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('channel', models.CharField(choices=[('inbox', 'Di sini'), ('mail', 'Email'), ('push', 'HP')], max_length=5)),
                        ('state', models.CharField(choices=[('waiting', 'Waiting'), ('sent', 'Sent'), ('given_up', 'Given Up')], default='waiting', max_length=8)),
                        ('tries', models.PositiveSmallIntegerField(default=0)),
                        ('due_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('done_at', models.DateTimeField(blank=True, null=True)),
                        ('notice', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='deliveries', to='inbox.notice')),
                    ],
                    options={
                        'verbose_name_plural': 'deliveries',
                        'indexes': [models.Index(condition=models.Q(('state', 'waiting')), fields=['due_at'], name='inbox_deliveries_due')],
                        'constraints': [models.UniqueConstraint(fields=('notice', 'channel'), name='inbox_one_delivery_by_each_way')],
                    },
                ),
                migrations.CreateModel(
                    name='Preference',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.CharField(choices=[('order', 'Pesanan'), ('return', 'Retur dan sengketa'), ('review', 'Ulasan'), ('live', 'Pengingat live'), ('news', 'Kabar dari lapak')], max_length=6)),
                        ('channel', models.CharField(choices=[('inbox', 'Di sini'), ('mail', 'Email'), ('push', 'HP')], max_length=5)),
                        ('is_on', models.BooleanField()),
                        ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('user', 'kind', 'channel'), name='inbox_one_word_on_each_way')],
                    },
                ),
                migrations.CreateModel(
                    name='PushSubscription',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('endpoint', models.URLField(max_length=500, unique=True)),
                        ('p256dh', models.CharField(max_length=120)),
                        ('auth', models.CharField(max_length=40)),
                        ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='push_subscriptions', to=settings.AUTH_USER_MODEL)),
                    ],
                ),
                migrations.CreateModel(
                    name='Silence',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.CharField(choices=[('order', 'Pesanan'), ('return', 'Retur dan sengketa'), ('review', 'Ulasan'), ('live', 'Pengingat live'), ('news', 'Kabar dari lapak')], max_length=6)),
                        ('shop_id', models.BigIntegerField()),
                        ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('user', 'kind', 'shop_id'), name='inbox_a_shop_is_silenced_once')],
                    },
                ),
            ],
        ),
    ]
