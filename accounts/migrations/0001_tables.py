import django.contrib.postgres.indexes
import django.contrib.postgres.operations
import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
import kit.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [
        ('accounts', '0001_initial'),
        ('accounts', '0002_load_regencies'),
        ('accounts', '0003_districts_and_villages'),
    ]

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
    ]

    operations = [
        django.contrib.postgres.operations.TrigramExtension(
        ),
        kit.migrations.CreateTables(
            tables=[
                migrations.CreateModel(
                    name='Regency',
                    fields=[
                        ('code', models.CharField(max_length=5, primary_key=True, serialize=False)),
                        ('name', models.CharField(max_length=60)),
                        ('province', models.CharField(max_length=40)),
                    ],
                    options={
                        'verbose_name_plural': 'regencies',
                    },
                ),
                migrations.CreateModel(
                    name='User',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('password', models.CharField(max_length=128, verbose_name='password')),
                        ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                        ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                        ('email', models.EmailField(max_length=254, unique=True, verbose_name='email')),
                        ('name', models.CharField(max_length=80, verbose_name='nama lengkap')),
                        ('phone', models.CharField(blank=True, max_length=16, verbose_name='nomor HP')),
                        ('is_staff', models.BooleanField(default=False)),
                        ('is_active', models.BooleanField(default=True)),
                        ('joined_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                        ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
                        ('language', models.CharField(choices=[('id', 'Bahasa Indonesia'), ('en', 'English')], db_default='id', default='id', max_length=5)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(django.db.models.functions.text.Lower('email'), name='accounts_email_once_whatever_its_case')],
                    },
                ),
                migrations.CreateModel(
                    name='Address',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('recipient', models.CharField(max_length=80)),
                        ('phone', models.CharField(max_length=16)),
                        ('street', models.CharField(max_length=200)),
                        ('village', models.CharField(blank=True, max_length=60)),
                        ('district', models.CharField(max_length=60)),
                        ('postal_code', models.CharField(max_length=5)),
                        ('landmark', models.CharField(blank=True, max_length=120)),
                        ('used_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='addresses', to=settings.AUTH_USER_MODEL)),
                        ('regency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='accounts.regency')),
                        ('area_code', models.CharField(blank=True, max_length=13)),
                    ],
                    options={
                        'verbose_name_plural': 'addresses',
                        'constraints': [models.CheckConstraint(condition=models.Q(('area_code', ''), models.Q(('area_code__regex', '^\\d\\d\\.\\d\\d\\.\\d\\d(\\.\\d{4})?$'), ('area_code__startswith', models.F('regency'))), _connector='OR'), name='accounts_an_area_lies_in_its_regency')],
                    },
                ),
                migrations.CreateModel(
                    name='Area',
                    fields=[
                        ('code', models.CharField(max_length=13, primary_key=True, serialize=False)),
                        ('district', models.CharField(max_length=60)),
                        ('village', models.CharField(blank=True, max_length=60)),
                        ('words', models.CharField(max_length=200)),
                        ('regency', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='areas', to='accounts.regency')),
                    ],
                    options={
                        'indexes': [django.contrib.postgres.indexes.GinIndex(fields=['words'], name='accounts_area_words', opclasses=['gin_trgm_ops']), models.Index(fields=['words'], name='accounts_area_first_words', opclasses=['varchar_pattern_ops'])],
                    },
                ),
            ],
        ),
    ]
