"""Reads of the lines for sold-out goods."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, QuerySet, Sum

from accounts.models import User
from catalog.models import Stock, Variant
from deals.models import Turn
from deals.models.turns import TurnQuerySet
from livestream.models import LiveSession, ShowcaseItem


def turns_of(user: User) -> TurnQuerySet:
    """A person's own, those whose turn it is first."""
    own = Turn.objects.open().filter(user=user).select_related("variant__product__shop", "session")
    return own.order_by("called_at", "pk")


def turn_of(user: User, variant: Variant) -> Turn | None:
    return turns_of(user).filter(variant=variant).first()


def number_of(turn: Turn) -> int:
    """How many stand in the line up to this place."""
    return Turn.objects.waiting().filter(variant=turn.variant_id, pk__lte=turn.pk).count()


def waiting_for(variant: Variant) -> int:
    return Turn.objects.waiting().filter(variant=variant).count()


def called_in(session: LiveSession, user: User) -> list[Turn]:
    """Whose turn it is in this room, the next to lapse first."""
    return list(turns_of(user).called().filter(variant__shop=session.shop_id))


@dataclass(frozen=True)
class Line:
    """What somebody sees of the line for a variant."""

    variant: Variant
    available: int
    waiting: int
    turn: Turn | None
    number: int  # of their place; 0 without one


def line_of(variant: Variant, user: User | None) -> Line:
    turn = turn_of(user, variant) if user else None
    return Line(
        variant=variant,
        available=Stock.objects.values_list("available", flat=True).get(variant=variant),
        waiting=waiting_for(variant),
        turn=turn,
        number=number_of(turn) if turn and not turn.called_at else 0,
    )


def lines_joined(user: User) -> list[Line]:
    """All that somebody waits for."""
    return [line_of(turn.variant, user) for turn in turns_of(user)]


def variants_to_wait_for() -> QuerySet[Variant]:
    return Variant.objects.on_sale().select_related("product__shop", "shop", "stock")


def units_held(user: User, variant_ids: Iterable[int]) -> dict[int, int]:
    """How many units of these variants are held for this person's turn."""
    mine = Turn.objects.called().filter(user=user, variant__in=list(variant_ids))
    return dict(mine.values("variant").annotate(units=Sum("held")).values_list("variant", "units"))


def lines_in(session: LiveSession) -> dict[int, list[tuple[str, int]]]:
    """Of each product that the session shows: its variants somebody waits for, with how many do."""
    shown = ShowcaseItem.objects.filter(session=session).values("product")
    waiting = Turn.objects.waiting().filter(variant__product__in=shown)
    rows = waiting.values_list("variant__product", "variant__live_code").annotate(count=Count("pk"))
    found: dict[int, list[tuple[str, int]]] = {}
    for product_id, code, count in rows.order_by("variant__product", "variant__position", "variant"):
        found.setdefault(product_id, []).append((code, count))
    return found


def lines_of(variant_ids: Iterable[int]) -> dict[int, int]:
    """How many wait for each of these variants."""
    waiting = Turn.objects.waiting().filter(variant__in=list(variant_ids))
    return dict(waiting.values("variant").annotate(count=Count("pk")).values_list("variant", "count"))


def turns_over(now: datetime) -> list[int]:
    """Whose time to buy has run out. The clocks differ, so each is asked."""
    called = Turn.objects.called().select_related("session").order_by("pk")
    return [turn.pk for turn in called if turn.is_over(now)]
