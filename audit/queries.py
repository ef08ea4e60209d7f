"""Reads of the log."""

from __future__ import annotations

from django.db.models import QuerySet

from accounts.models import User
from audit.models import Act, Entry


def entries(*, act: str = "", actor_id: int | None = None) -> QuerySet[Entry]:
    """The newest first; what makes no sense is no wish."""
    found = Entry.objects.select_related("actor").order_by("-pk")
    if act in Act.values:
        found = found.filter(act=act)
    return found.filter(actor=actor_id) if actor_id else found


def entries_of_shop(shop_id: int, *, act: str = "", actor_id: int | None = None) -> QuerySet[Entry]:
    return entries(act=act, actor_id=actor_id).filter(shop_id=shop_id)


def actors_in(shop_id: int) -> QuerySet[User]:
    return User.objects.filter(pk__in=Entry.objects.filter(shop_id=shop_id).values("actor")).order_by(
        "name", "pk"
    )
