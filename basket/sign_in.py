"""Who logs in finds in their basket what they had put into it before."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest

from accounts.models import User
from basket import guests, operations


@receiver(user_logged_in)
def take_over(user: User, request: HttpRequest | None = None, **_: Any) -> None:
    if request is not None and (kept := guests.take_out_all(request.session)):
        operations.take_over(user, kept)
