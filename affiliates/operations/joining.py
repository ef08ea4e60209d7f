"""Becoming an affiliate."""

from __future__ import annotations

from django.db import IntegrityError, transaction

from accounts.models import User
from affiliates.models import Affiliate


class HandleTaken(Exception):
    """Somebody else has this name."""


def join(user: User, *, handle: str) -> Affiliate:
    """Make the person an affiliate; who is one already stays as they are.

    Raises HandleTaken.
    """
    known = Affiliate.objects.filter(user=user).first()
    if known:
        return known
    try:
        with transaction.atomic():
            return Affiliate.objects.create(user=user, handle=handle)
    except IntegrityError as clash:
        joined_meanwhile = Affiliate.objects.filter(user=user).first()
        if joined_meanwhile is None:
            raise HandleTaken(handle) from clash
        return joined_meanwhile
