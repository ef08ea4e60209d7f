"""What came of a wish in the chat is noted, so that a wish whose process died can be found."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('catalog', '0008_fewer_rules_to_read'),
        ('deals', '0008_lines_for_sold_out_goods'),
        ('livestream', '0019_followers_only_chat'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='keep',
            name='answered_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddIndex(
            model_name='keep',
            index=models.Index(condition=models.Q(('answered_at__isnull', True), ('variant__isnull', False)), fields=['created_at'], name='deals_keeps_unanswered'),
        ),
    ]
