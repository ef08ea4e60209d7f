"""Why a commission is what it is: the sum, the rule that decided, and the dates."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet, Sum
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from affiliates.arithmetic import remaining_base, returned_base
from affiliates.attribution import Reason
from affiliates.models import Commission
from affiliates.queries.desk import Standing, commission_rows
from affiliates.wording import REASONS, SOURCES
from kit.money import grouped
from orders.models import OrderLine

if TYPE_CHECKING:
    from affiliates.queries.desk import CommissionRow


@dataclass(frozen=True)
class Arithmetic:
    """Every number between the price and the commission."""

    returned_units: int
    returned: int  # rupiah taken off for them
    refunded: int
    remaining: int
    exact: str  # the product before the fraction of a rupiah is dropped
    is_void: bool


@dataclass(frozen=True)
class TraceEntry:
    """Someone who came into question for the sale, as the reader may see them."""

    is_own: bool
    is_winner: bool
    source: str | Promise
    at: datetime
    until: datetime | None
    reason: str | Promise


@dataclass(frozen=True)
class Step:
    """As `ui/timeline.html` draws it."""

    title: str
    state: str
    at: datetime | None = None


@dataclass(frozen=True)
class PostingStep:
    posted_at: datetime
    batch_id: int
    change: int
    total: int


@dataclass(frozen=True)
class Explanation:
    arithmetic: Arithmetic
    trace: list[TraceEntry]
    steps: list[Step]
    postings: list[PostingStep]


def traced() -> QuerySet[CommissionRow]:
    return commission_rows().select_related("line__order__shop", "affiliate", "shop")


def explain(commission: CommissionRow) -> Explanation:
    return Explanation(
        arithmetic=_arithmetic(commission),
        trace=trace_of(commission.line, commission.affiliate_id),
        steps=list(_steps(commission)),
        postings=_postings(commission),
    )


def trace_of(line: OrderLine, affiliate_id: int) -> list[TraceEntry]:
    """Everyone who came into question, best first; others stay nameless."""
    entries: list[dict[str, Any]] = (line.attribution or {}).get("trace", [])
    return [
        TraceEntry(
            is_own=entry["affiliate"] == affiliate_id,
            is_winner=entry["reason"] == Reason.WON,
            source=SOURCES[entry["source"]],
            at=datetime.fromisoformat(entry["at"]),
            until=datetime.fromisoformat(entry["until"]) if entry["until"] else None,
            reason=REASONS[entry["reason"]],
        )
        for entry in entries
    ]


def _arithmetic(commission: Commission) -> Arithmetic:
    lowered = commission.adjustments.aggregate(
        units=Sum("units", default=0), refunded=Sum("base_refunded", default=0)
    )
    units = min(lowered["units"], commission.quantity)
    remaining = remaining_base(commission.base, commission.quantity, units, lowered["refunded"])
    return Arithmetic(
        returned_units=units,
        returned=returned_base(commission.base, commission.quantity, units),
        refunded=lowered["refunded"],
        remaining=remaining,
        exact=_exact(remaining * commission.rate_bp),
        is_void=commission.adjustments.filter(kind="void").exists(),
    )


def _exact(ten_thousandths: int) -> str:
    """`Rp3.701,6298`: with the fraction that is dropped."""
    whole, rest = divmod(ten_thousandths, 10_000)
    fraction = f"{rest:04d}".rstrip("0")
    return f"Rp{grouped(whole, separator='.')}" + (f",{fraction}" if fraction else "")


def _steps(commission: CommissionRow) -> Iterator[Step]:
    order = commission.line.order
    yield Step(_("Dipesan"), "done", order.placed_at)
    yield Step(_("Dibayar, komisi disisihkan"), "done", commission.reserved_at)
    if commission.standing == Standing.REVERSED:
        last = commission.adjustments.order_by("-made_at", "-pk").first()
        yield Step(_("Dibatalkan atau dikembalikan"), "failed", last.made_at if last else None)
        return
    yield Step(_("Dikirim"), _state(order.shipped_at, after=True), order.shipped_at)
    yield Step(_("Diterima pembeli"), _state(order.received_at, after=order.shipped_at), order.received_at)
    ended = commission.matures_at if commission.posted is not None else None
    yield Step(
        _("Masa pengembalian selesai"), _state(ended, after=commission.matures_at), commission.matures_at
    )
    settled = commission.posted_at
    title = _("Masuk saldo") if settled else _("Masuk saldo, paling lambat")
    yield Step(title, _state(settled, after=None), settled or commission.latest)


def _state(reached: datetime | None, *, after: object) -> str:
    """Done, being waited for once the step before is done, or still far."""
    return "done" if reached else "now" if after else "next"


def _postings(commission: Commission) -> list[PostingStep]:
    steps, before = [], 0
    for posting in commission.postings.select_related("batch").order_by("seq"):
        change = posting.cumulative - before
        steps.append(PostingStep(posting.batch.posted_at, posting.batch_id, change, posting.cumulative))
        before = posting.cumulative
    return steps
