"""The rooms' entry: sockets for chat and events; plain pages too, for servers that have nothing else."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "umkm_market.settings")
application = get_asgi_application()
