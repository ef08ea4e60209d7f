"""When units are somebody's: when they are asked for, or when they are paid."""

from __future__ import annotations

from accounts.models import User
from catalog.models import Shop
from livestream.models import LiveSession
from orders.models import FirstPaidBuyer, FirstPaidSession


def hold_on_claim(session: LiveSession) -> None:
    """From now on units wait for the money of whoever asked first. Orders that stand keep their rule."""
    FirstPaidSession.objects.filter(session=session).delete()


def serve_first_paid(session: LiveSession) -> None:
    FirstPaidSession.objects.get_or_create(session=session)


def hold_for(buyer: User, *, shop: Shop) -> None:
    FirstPaidBuyer.objects.filter(shop=shop, buyer=buyer).delete()


def let_pay_first(buyer: User, *, shop: Shop) -> None:
    """Nothing of this shop waits for the money of somebody who orders much and pays little."""
    FirstPaidBuyer.objects.get_or_create(shop=shop, buyer=buyer)
