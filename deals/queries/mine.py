"""What one person has won in a room, or missed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import F, Sum
from django.utils import timezone

from accounts.models import User
from deals.models import Award, DrawEntry, Turn
from deals.queries.turns import called_in
from livestream.models import LiveSession

NEWS_FOR = timedelta(minutes=5)


@dataclass(frozen=True)
class Mine:
    awards: list[Award]  # to be used
    missed: list[DrawEntry]  # drawn a moment ago, without winning so far
    turns: list[Turn]  # goods they waited for, held for them now
    entered: str  # the numbers of draws that are still open to this person's luck


def mine_in(session: LiveSession, user: User) -> Mine:
    now = timezone.now()
    won = Award.objects.filter(session=session, buyer=user)
    still = won.filter(order_id__isnull=True, expires_at__gt=now).select_related("variant__product")
    entries = DrawEntry.objects.filter(user=user, draw__session=session)
    waiting = entries.filter(draw__closed_at__isnull=True).values_list("draw_id", flat=True)
    drawn = entries.filter(draw__closed_at__gt=now - NEWS_FOR, place__gt=F("draw__units"))
    missed = list(drawn.select_related("draw__variant__product").order_by("-draw_id"))
    of_draws = won.exclude(source_kind=Award.Source.AUCTION).values_list("source_id", flat=True)
    called = set(of_draws) if missed else set()
    return Mine(
        awards=list(still.order_by("expires_at", "pk")),
        missed=[entry for entry in missed if entry.draw_id not in called],
        turns=called_in(session, user),
        entered=" ".join(map(str, waiting)),
    )


def units_won(user: User, variant_ids: Iterable[int]) -> dict[int, int]:
    """How many units of these variants are kept for this person, who alone can buy them."""
    rights = Award.objects.filter(
        buyer=user,
        variant__in=list(variant_ids),
        order_id__isnull=True,
        lapsed_at__isnull=True,
        expires_at__gt=timezone.now(),
    )
    return dict(rights.values("variant").annotate(units=Sum("quantity")).values_list("variant", "units"))
