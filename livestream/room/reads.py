"""What a room process asks the database; each runs in a thread."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, TypedDict

from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.models import Session
from django.db.models.functions import Coalesce
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.crypto import constant_time_compare

from accounts.models import User
from catalog.models import Variant
from kit import sprite
from livestream import queries
from livestream.models import LiveSession, RoomEvent, ShowcaseItem
from livestream.queries import crew
from livestream.room import log, wire

WITH_CARD = {RoomEvent.Kind.PINNED, RoomEvent.Kind.CLAIM}


@dataclass(frozen=True, slots=True)
class RoomFacts:
    """A room as the database knows it."""

    session_id: int
    crew: frozenset[int]
    is_rehearsal: bool
    head: int
    state: str
    pinned: int | None
    likes: int
    peak_viewers: int
    clock: dict[str, int]
    rules: dict[str, object]
    comment: dict[str, object] | None


class LogFacts(NamedTuple):
    """A room's log."""

    session_id: int
    head: int
    is_rehearsal: bool


class Goods(TypedDict):
    pk: int
    product_id: int
    price: int
    left: int


def room_facts(code: str) -> RoomFacts | None:
    """Rehearsals too: who asks must let in nobody but the crew then."""
    session = LiveSession.objects.filter(code=code, shop__suspended_at__isnull=True).first()
    if session is None:
        return None
    return RoomFacts(
        session_id=session.pk,
        crew=crews([session.pk])[session.pk],
        is_rehearsal=session.is_rehearsal,
        head=log.head_of(session.pk),
        state=str(session.state),
        pinned=queries.open_pin(session),
        likes=session.likes,
        peak_viewers=session.peak_viewers,
        clock=wire.clock_of(session),
        rules=wire.rules_of(queries.rules_of(session)),
        comment=_quoted(queries.pinned_comment(session)),
    )


def log_facts(code: str) -> LogFacts | None:
    """Only what whoever catches up over HTTP needs: they come when their sockets fail, all at once."""
    rooms = LiveSession.objects.filter(code=code, shop__suspended_at__isnull=True)
    facts = rooms.values_list("pk", Coalesce("counter__head", 0), "is_rehearsal").first()
    return LogFacts(*facts) if facts else None


def crew_in_chat(session_id: int) -> set[int]:
    session = LiveSession.objects.filter(pk=session_id).first()
    return set(queries.crew_in_chat(session)) if session else set()


def crews(session_ids: Collection[int]) -> dict[int, frozenset[int]]:
    """Who runs each of these sessions, by the numbers of the people."""
    return crew.crews(session_ids)


def heads(session_ids: Collection[int]) -> dict[int, int]:
    """The last number of each of these rooms."""
    counters = LiveSession.objects.filter(pk__in=session_ids, counter__isnull=False)
    return dict(counters.values_list("pk", "counter__head"))


def items_after(code: str, session_id: int, *, last: int, until: int, limit: int) -> list[bytes]:
    """The room's items from `last + 1` on, encoded; a pin comes with its card as it looks now."""
    events = list(log.events_after(session_id, last=last, until=until, limit=limit))
    shown = {event.payload["product"] for event in events if event.kind in WITH_CARD}
    cards = {product_id: pin_card(code, product_id) for product_id in shown}
    return [_encoded(event, cards) for event in events]


def variants_shown(session_ids: Collection[int], variant_ids: Collection[int]) -> dict[int, dict[str, Any]]:
    """For each session that shows one of these variants: `{"variants": …, "products": …}` as of now."""
    shown = ShowcaseItem.objects.filter(session__in=session_ids, product__variants__in=variant_ids)
    products_of: dict[int, set[int]] = {}
    for session_id, product_id in shown.values_list("session_id", "product_id").distinct():
        products_of.setdefault(session_id, set()).add(product_id)
    goods = _goods(set().union(*products_of.values()))
    return {session_id: _told(goods, product_ids) for session_id, product_ids in products_of.items()}


def banned_among(user_ids: Collection[int]) -> set[int]:
    banned = User.objects.filter(pk__in=user_ids, is_active=False)
    return set(banned.values_list("pk", flat=True))


def sessions_alive(session_keys: Collection[str]) -> set[str]:
    """Log-in sessions that still stand, and were made with the person's present password."""
    rows = Session.objects.filter(session_key__in=session_keys, expire_date__gt=timezone.now())
    sessions = {row.session_key: row.get_decoded() for row in rows}
    people = User.objects.in_bulk(
        {int(held[SESSION_KEY]) for held in sessions.values() if SESSION_KEY in held}
    )
    return {key for key, held in sessions.items() if _holds(held, people)}


def _holds(held: dict[str, Any], people: dict[int, User]) -> bool:
    user = people.get(int(held.get(SESSION_KEY, 0)))
    return user is not None and constant_time_compare(
        held.get(HASH_SESSION_KEY, ""), user.get_session_auth_hash()
    )


def pin_card(code: str, product_id: int) -> dict[str, str]:
    """The pinned product's card in each language; empty when the product is no longer sold."""
    shown = queries.shown_product(product_id, code=code)
    return {language: _render_card(language, shown, code) for language, _ in settings.LANGUAGES}


def _quoted(message: RoomEvent | None) -> dict[str, object] | None:
    return wire.quotation(message) if message else None


def _render_card(language: str, shown: queries.ShownProduct | None, code: str) -> str:
    with translation.override(language):
        return render_to_string("livestream/_pinned.html", {"shown": shown, "code": code}).strip()


def _encoded(event: RoomEvent, cards: dict[int, dict[str, str]]) -> bytes:
    if event.kind in WITH_CARD:
        event.payload = {**event.payload, "html": cards[event.payload["product"]]}
    elif event.kind == RoomEvent.Kind.DEAL:
        html = event.payload["html"]
        event.payload = {**event.payload, "html": {name: sprite.bound(text) for name, text in html.items()}}
    return wire.encode_item(event)


def _goods(product_ids: Collection[int]) -> list[Goods]:
    on_sale = Variant.objects.on_sale().filter(product__in=product_ids)
    rows = on_sale.values_list("pk", "product_id", "price", "stock__available")
    return [Goods(pk=pk, product_id=product, price=price, left=left) for pk, product, price, left in rows]


def _told(goods: Sequence[Goods], product_ids: Collection[int]) -> dict[str, Any]:
    variants: dict[str, Any] = {}
    products: dict[str, Any] = {str(product_id): {"left": 0} for product_id in product_ids}
    for variant in goods:
        if variant["product_id"] not in product_ids:
            continue
        variants[str(variant["pk"])] = {"left": variant["left"], "price": variant["price"]}
        product = products[str(variant["product_id"])]
        product["left"] += variant["left"]
        product["price"] = min(variant["price"], product.get("price", variant["price"]))
    return {"variants": variants, "products": products}
