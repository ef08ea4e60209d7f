import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('livestream', '0001_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='ShowSummary',
            fields=[
                ('session', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='summary', serialize=False, to='livestream.livesession')),
                ('entered', models.PositiveIntegerField()),
                ('tapped', models.PositiveIntegerField()),
                ('sources', models.JSONField(default=list)),
                ('thinned_at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
        ),
    ]
