"""Writing the log."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from accounts.models import User
from audit.acting import actor
from audit.models import Act, Entry

KEPT = timedelta(days=3653)  # what concerns money is kept for ten years


def record(
    act: Act,
    *,
    about: str,
    shop_id: int | None = None,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
    by: User | None = None,
) -> None:
    """Belongs into the transaction of what was done. What the market does by itself is nobody's act."""
    person = by or actor()
    if person is None:
        return
    Entry.objects.create(
        actor=person,
        is_by_staff=person.is_staff,
        act=act,
        shop_id=shop_id,
        about=about[:120],
        before=before or {},
        after=after or {},
    )


def forget_old() -> int:
    """What is older than the law wants; the database refuses anything younger."""
    count, _ = Entry.objects.filter(at__lt=timezone.now() - KEPT).delete()
    return count
