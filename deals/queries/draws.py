"""Reads of giveaways and fair drops."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q, QuerySet

from accounts.models import User
from deals.marks import mark_of, ticket_of
from deals.models import Award, Draw, DrawEntry
from livestream.models import LiveSession

SOURCES = {Draw.Kind.GIVEAWAY: Award.Source.GIVEAWAY, Draw.Kind.DROP: Award.Source.DRAW}
SHOWN_FOR_MS = 120_000  # a result stays in the room for so long


def draws() -> QuerySet[Draw]:
    return Draw.objects.select_related("session__shop", "variant__product")


def draws_in(session: LiveSession) -> dict[str, Draw]:
    """The draw of each kind which the room shows: one that is open, or a result that is still news."""
    since = session.clock_ms() - SHOWN_FOR_MS
    is_news = Q(ends_ms__gt=since, entrants__gt=0) if not session.ended_at else Q(pk__in=[])
    shown = draws().filter(Q(closed_at__isnull=True) | is_news, session=session)
    newest_last = shown.order_by(F("closed_at").asc(nulls_last=True), "pk")
    return {draw.kind: draw for draw in newest_last}


def awards_of(draw: Draw) -> QuerySet[Award]:
    """In the order in which they were given."""
    awards = Award.objects.filter(source_kind=SOURCES[Draw.Kind(draw.kind)], source_id=draw.pk)
    return awards.select_related("buyer").order_by("pk")


def winners_of(draw: Draw) -> list[Award]:
    """Those whose right still stands, or was used."""
    return [award for award in awards_of(draw) if award.is_alive]


def marks_of(awards: list[Award]) -> list[str]:
    return [mark_of(award.session_id, award.buyer_id) for award in awards]


def entry_of(draw: Draw, user: User) -> DrawEntry | None:
    return DrawEntry.objects.filter(draw=draw, user=user).first()


@dataclass(frozen=True)
class OwnNumber:
    """What a person needs to find themselves in the list, and to check that they stand there rightly."""

    ticket: str
    entrant: str
    place: int | None


def own_number(draw: Draw, user: User) -> OwnNumber | None:
    entry = entry_of(draw, user)
    return OwnNumber(ticket_of(user.pk), entry.entrant, entry.place) if entry else None


def published(draw: Draw) -> dict[str, Any]:
    """All that anybody needs to repeat the draw. Before it is held there is neither list nor seed."""
    facts: dict[str, Any] = {
        "code": draw.code,
        "algorithm": "HMAC-SHA-256(seed, entrant), ascending",
        "commitment": draw.commitment,
        "salt": draw.salt,
        "units": draw.units,
    }
    if not draw.closed_at:
        return facts
    entries = draw.entries.order_by("place", "pk").values_list("entrant", flat=True)
    return {**facts, "seed": draw.shown_seed, "closed_at": draw.closed_at, "entrants": list(entries)}


def first_drawn(draw: Draw, most: int) -> list[tuple[int | None, str]]:
    """Place and number of so many, the first drawn first; nobody before the draw is held."""
    drawn = draw.entries.filter(place__isnull=False).order_by("place")
    return list(drawn.values_list("place", "entrant")[:most])
