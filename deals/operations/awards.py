"""Rights that single buyers win. Using one is a part of placing an order."""

from __future__ import annotations

from datetime import datetime

from accounts.models import User
from catalog.models import Variant
from deals.models import Award
from livestream.models import LiveSession


def grant_award(
    buyer: User,
    *,
    variant: Variant,
    session: LiveSession,
    price: int,
    quantity: int = 1,
    source_kind: Award.Source,
    source_id: int,
    expires_at: datetime,
) -> Award:
    """Give the right once: the same source asked again for the same buyer gives the same award."""
    award, _ = Award.objects.get_or_create(
        source_kind=source_kind,
        source_id=source_id,
        buyer=buyer,
        defaults={
            "variant": variant,
            "session": session,
            "quantity": quantity,
            "price": price,
            "expires_at": expires_at,
        },
    )
    return award
