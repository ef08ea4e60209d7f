"""The media process needs few apps: it starts in a third of the time, and waits in a third of the memory."""

from umkm_market.settings import *  # noqa: F403

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.postgres",
    "kit",
    "accounts",
    "catalog",
    "livestream",
]
MIDDLEWARE = []
