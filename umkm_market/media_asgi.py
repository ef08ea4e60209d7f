"""The media process's entry: live sockets, HLS and posters. Exactly one process of it runs."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "umkm_market.settings")
django.setup()

from django.conf import settings  # noqa: E402

from livestream.media.app import MediaApp  # noqa: E402
from livestream.media.market import MarketHooks  # noqa: E402
from livestream.media.station import Station  # noqa: E402

application = MediaApp(
    Station(
        root=settings.LIVE_ROOT,
        hooks=MarketHooks(),
        grace_s=settings.LIVE_GRACE_SECONDS,
        max_shows=settings.LIVE_MAX_SHOWS,
    ),
    trusted_origins=frozenset(settings.CSRF_TRUSTED_ORIGINS),
)
