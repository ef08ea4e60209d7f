"""Whoever has left is told nothing more."""

from __future__ import annotations

from django.db import transaction

from accounts.models import User
from inbox.models import Notice, Preference, PushSubscription, Silence


@transaction.atomic
def forget_person(user: User) -> None:
    for rows in (Notice, Preference, PushSubscription, Silence):
        rows.objects.filter(user=user).delete()
