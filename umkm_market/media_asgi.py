"""The media process's entry: live sockets, HLS and posters. Exactly one process of it runs."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "umkm_market.settings")
django.setup()

from livestream.media.assembly import media_app  # noqa: E402

application = media_app()
