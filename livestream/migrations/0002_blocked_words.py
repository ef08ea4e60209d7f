from django.db import migrations

from livestream.moderation.seed import blocked_words
from livestream.moderation.words import key_of

EDITION = 1


def add_words(apps, schema_editor):
    BlockedWord = apps.get_model("livestream", "BlockedWord")
    words = {key_of(written): written for written in blocked_words(EDITION)}
    BlockedWord.objects.bulk_create(
        [BlockedWord(written=written, key=key) for key, written in words.items()], ignore_conflicts=True
    )


def remove_words(apps, schema_editor):
    BlockedWord = apps.get_model("livestream", "BlockedWord")
    BlockedWord.objects.filter(shop=None, key__in=map(key_of, blocked_words(EDITION))).delete()


class Migration(migrations.Migration):
    replaces = [
        ("livestream", "0018_last_unfollows"),
    ]
    dependencies = [("livestream", "0001_tables")]

    operations = [migrations.RunPython(add_words, remove_words)]
