"""Who logs out also leaves the rooms that are open in that browser; a new password closes them all."""

from __future__ import annotations

from typing import Any

from allauth.account.signals import password_changed, password_reset, password_set
from django.contrib.auth.signals import user_logged_out
from django.dispatch import receiver
from django.http import HttpRequest

from accounts.models import User
from livestream import broadcasts


@receiver(user_logged_out)
def leave_rooms(request: HttpRequest | None = None, **_: Any) -> None:
    if request is not None:
        broadcasts.person_signed_out(request.session)


@receiver([password_changed, password_reset, password_set])
def leave_rooms_everywhere(user: User, **_: Any) -> None:
    """Whoever knew the old password may have a socket open with a log-in that no longer holds."""
    broadcasts.person_signed_out_everywhere(user)
