"""`manage.py robot`: the robot stall on air, until it is stopped."""

from __future__ import annotations

import asyncio
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from demo.robot.host import keep_on_air


class Command(BaseCommand):
    help = "Publishes a synthetic host through the entry of a browser's camera, with robot shoppers."

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.PRODUCTION:
            raise CommandError("The robot stall is a toy: not in production.")
        if not settings.MEDIA_INTERNAL_URL:
            raise CommandError("MEDIA_INTERNAL_URL is not set; `make run` starts the robot by itself.")
        asyncio.run(keep_on_air(f"ws://{urlsplit(settings.MEDIA_INTERNAL_URL).netloc}"))
