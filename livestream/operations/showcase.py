"""Planning a session, choosing what it shows, pinning."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import ProtectedError

from catalog.models import Product, Shop
from livestream import broadcasts
from livestream.models import LiveSession, PinInterval, RoomCounter, ShowcaseItem
from livestream.operations.locking import locked
from livestream.operations.rules import inherit_rules

MOST_PRODUCTS = 100


class NotOnAir(Exception):
    """Pins belong to a session that runs."""


class NotInShowcase(Exception):
    """The product is not among those the session offers, or is no longer sold."""


class AlreadyStarted(Exception):
    """What has been on air is kept."""


class AlreadyEnded(Exception):
    """A session that is over cannot be changed."""


class StillNeeded(Exception):
    """Something names the session: an order from its page, a link to it."""


@transaction.atomic
def plan_session(*, shop: Shop, title: str, planned_at: datetime, product_ids: Sequence[int]) -> LiveSession:
    """Announce a session that shows these products in this order."""
    session = LiveSession(shop=shop, host=shop.owner, title=title, planned_at=planned_at)
    return _plan(session, product_ids)


@transaction.atomic
def plan_rehearsal(
    *, shop: Shop, title: str, planned_at: datetime, product_ids: Sequence[int]
) -> LiveSession:
    """The same for practice: nobody but the crew learns of it, and nothing is sold."""
    session = LiveSession(shop=shop, host=shop.owner, title=title, planned_at=planned_at, is_rehearsal=True)
    return _plan(session, product_ids)


def _plan(session: LiveSession, product_ids: Sequence[int]) -> LiveSession:
    session.save()
    RoomCounter.objects.create(session=session)
    inherit_rules(session)
    choose_products(session, product_ids=product_ids)
    return session


@transaction.atomic
def edit_session(
    session: LiveSession, *, title: str, planned_at: datetime, product_ids: Sequence[int]
) -> None:
    """Change the announcement; the time only as long as the session has not begun."""
    session = locked(session.code)
    if session.ended_at:
        raise AlreadyEnded
    session.title = title
    if not session.went_live_at:
        session.planned_at = planned_at
    session.save(update_fields=["title", "planned_at"])
    choose_products(session, product_ids=product_ids)
    if session.went_live_at:
        broadcasts.showcase_changed(session)


@transaction.atomic
def choose_products(session: LiveSession, *, product_ids: Sequence[int]) -> None:
    """Put exactly these products of the shop into the showcase, in this order."""
    on_sale = Product.objects.on_sale().filter(shop=session.shop_id, pk__in=product_ids)
    known = set(on_sale.values_list("pk", flat=True))
    chosen = [product_id for product_id in dict.fromkeys(product_ids) if product_id in known]
    ShowcaseItem.objects.filter(session=session).exclude(product__in=chosen).delete()
    ShowcaseItem.objects.bulk_create(
        [
            ShowcaseItem(session=session, product_id=product_id, position=position)
            for position, product_id in enumerate(chosen[:MOST_PRODUCTS])
        ],
        update_conflicts=True,
        unique_fields=["session", "product"],
        update_fields=["position"],
    )
    _let_go_of_what_left(session)


@transaction.atomic
def move_product(session: LiveSession, *, product_id: int, steps: int) -> None:
    """Show a product so many places later, or earlier when it is less than nought."""
    session = locked(session.code)
    items = list(ShowcaseItem.objects.filter(session=session).order_by("position", "pk"))
    place = next((place for place, item in enumerate(items) if item.product_id == product_id), None)
    if place is None:
        raise NotInShowcase
    items.insert(max(0, place + steps), items.pop(place))
    for position, item in enumerate(items):
        item.position = position
    ShowcaseItem.objects.bulk_update(items, ["position"])
    broadcasts.showcase_changed(session)


@transaction.atomic
def hide_product(session: LiveSession, *, product_id: int) -> None:
    """Keep a product back for later; when it is pinned it is let go."""
    _set_hidden(session, product_id, True)


@transaction.atomic
def reveal_product(session: LiveSession, *, product_id: int) -> None:
    """Offer what was kept back."""
    _set_hidden(session, product_id, False)


@transaction.atomic
def delete_session(session: LiveSession) -> None:
    """Take an announcement back, as long as nothing came of it."""
    session = locked(session.code)
    if session.went_live_at:
        raise AlreadyStarted
    try:
        session.delete()
    except ProtectedError as refusal:
        raise StillNeeded from refusal


@transaction.atomic
def pin_product(session: LiveSession, *, product_id: int) -> None:
    """Show one product to everyone in the room; the one before it lets go."""
    session = locked(session.code)
    if not session.is_on_air:
        raise NotOnAir
    product = _offered(session, product_id)
    if product is None:
        raise NotInShowcase
    pin = PinInterval.objects.filter(session=session, to_ms__isnull=True).first()
    if pin is not None:
        if pin.product_id == product_id:
            return
        _close(pin, session)
    PinInterval.objects.create(session=session, product=product, from_ms=session.media_ms)
    broadcasts.product_pinned(session, product)


@transaction.atomic
def unpin_product(session: LiveSession) -> None:
    """Show no product; nothing happens when none is pinned."""
    session = locked(session.code)
    pin = PinInterval.objects.filter(session=session, to_ms__isnull=True).first()
    if pin is not None:
        _close(pin, session)
        broadcasts.product_unpinned(session)


def _set_hidden(session: LiveSession, product_id: int, is_hidden: bool) -> None:
    session = locked(session.code)
    items = ShowcaseItem.objects.filter(session=session, product=product_id)
    if not items.exists():
        raise NotInShowcase
    if items.exclude(is_hidden=is_hidden).update(is_hidden=is_hidden):
        _let_go_of_what_left(session)
        broadcasts.showcase_changed(session)


def _offered(session: LiveSession, product_id: int) -> Product | None:
    offered = Product.objects.on_sale().filter(
        pk__in=ShowcaseItem.objects.shown().filter(session=session).values("product_id")
    )
    return offered.filter(pk=product_id).first()


def _close(pin: PinInterval, session: LiveSession) -> None:
    pin.to_ms = max(session.media_ms, pin.from_ms)
    pin.save(update_fields=["to_ms"])


def _let_go_of_what_left(session: LiveSession) -> None:
    pin = PinInterval.objects.filter(session=session, to_ms__isnull=True).first()
    if pin is not None and _offered(session, pin.product_id) is None:
        _close(pin, session)
        broadcasts.product_unpinned(session)
