"""The tax that is kept off a shop's sales (PPh 22, PMK 37/2025), document by document.

What is settled under a version of fees with a tax in it has a document, also where nothing is withheld
because of a declaration. A later step that changes the tax is a correction, which names the first document.
While no version has a tax, there are none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone

from catalog.models import Shop
from fees.models import FeeRule, Kind
from orders.models import Order, OrderLine
from payments.models import RefundLine
from payouts.models import SettlementPosting


@dataclass(frozen=True)
class Slip:
    """One document: of a sale, or of what was corrected afterwards."""

    number: str
    corrects: str  # the number of the first document; empty for the first
    at: datetime
    order: Order
    lines: Sequence[OrderLine]
    goods: int  # rupiah: what the goods stood at
    discount: int
    returned: int  # of it, to the buyer, by then
    tax: int  # withheld by this document; below nothing where it is given back
    is_exempt: bool

    @property
    def base(self) -> int:
        return max(0, self.goods - self.discount - self.returned)


@dataclass(frozen=True)
class TaxMonth:
    first_day: date
    slips: Sequence[Slip]

    @property
    def base(self) -> int:
        """Of the sales; corrections are of the same ones."""
        return sum(slip.base for slip in self.slips if not slip.corrects)

    @property
    def tax(self) -> int:
        return sum(slip.tax for slip in self.slips)


def tax_month(shop: Shop, first_day: date) -> TaxMonth:
    return TaxMonth(first_day, list(_slips(_steps(first_day).filter(shop=shop))))


def tax_of_shops(first_day: date) -> dict[Shop, TaxMonth]:
    """Of every shop with a document in that month, for the market's own return."""
    months: dict[Shop, list[Slip]] = {}
    for slip in _slips(_steps(first_day)):
        months.setdefault(slip.order.shop, []).append(slip)
    return {shop: TaxMonth(first_day, slips) for shop, slips in months.items()}


def next_month(first_day: date) -> date:
    return date(first_day.year + first_day.month // 12, first_day.month % 12 + 1, 1)


def _steps(first_day: date) -> QuerySet[SettlementPosting]:
    start, end = (
        timezone.make_aware(datetime.combine(day, time.min)) for day in (first_day, next_month(first_day))
    )
    taxed = FeeRule.objects.filter(kind=Kind.TAX).values("schedule")
    earlier = SettlementPosting.objects.filter(settlement=OuterRef("settlement"), seq=OuterRef("seq") - 1)
    returned = RefundLine.objects.filter(
        line__order=OuterRef("settlement__order"), refund__wanted_at__lte=OuterRef("posted_at")
    )
    summed = returned.order_by().values("line__order").annotate(sum=Sum("amount")).values("sum")
    steps = SettlementPosting.objects.filter(posted_at__gte=start, posted_at__lt=end)
    return (
        steps.filter(settlement__schedule__in=taxed)
        .annotate(before=Coalesce(Subquery(earlier.values("tax")[:1]), 0), back=Coalesce(Subquery(summed), 0))
        .select_related("settlement__order__shop__owner")
        .prefetch_related("settlement__order__lines")
        .order_by("posted_at", "pk")
    )


def _slips(steps: QuerySet[SettlementPosting]) -> Iterator[Slip]:
    for step in steps:
        if step.seq == 1 or step.tax != step.before:  # type: ignore[attr-defined]  # annotated
            yield _slip(step)


def _slip(step: SettlementPosting) -> Slip:
    order = step.settlement.order
    lines = sorted(order.lines.all(), key=lambda line: line.pk)
    is_first = step.seq == 1
    return Slip(
        number=order.number if is_first else f"{order.number}-K{step.seq - 1}",
        corrects="" if is_first else order.number,
        at=step.posted_at,
        order=order,
        lines=lines,
        goods=sum(line.amount for line in lines),
        discount=sum(line.discount for line in lines),
        returned=step.back,  # type: ignore[attr-defined]
        tax=step.tax - step.before,  # type: ignore[attr-defined]
        is_exempt=step.settlement.is_exempt,
    )
