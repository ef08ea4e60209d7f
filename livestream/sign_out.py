"""Who logs out also leaves the rooms that are open in that browser."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.signals import user_logged_out
from django.dispatch import receiver
from django.http import HttpRequest

from livestream import broadcasts


@receiver(user_logged_out)
def leave_rooms(request: HttpRequest | None = None, **_: Any) -> None:
    if request is not None:
        broadcasts.person_signed_out(request.session)
