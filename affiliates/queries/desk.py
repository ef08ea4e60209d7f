"""What creators see of their links, clicks and commission."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, TypedDict, cast

from django.conf import settings
from django.db.models import (
    BigIntegerField,
    Case,
    CharField,
    Count,
    DateTimeField,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.expressions import CombinedExpression
from django.db.models.fields.json import KT
from django.db.models.functions import Cast, Coalesce, TruncDate
from django.utils import timezone

from affiliates.models import Affiliate, Click, Commission, MissedSale, ReferralLink
from affiliates.queries.books import commissions_with_amounts
from ledger import queries as ledger
from ledger.models import AccountKind
from orders.models import Order, OrderLine

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

LATELY = timedelta(days=30)
LATE_AFTER = timedelta(minutes=15)
CHART_DAYS = 14
SHIP_WITHIN = timedelta(days=7)
UNPAID = (Order.State.PENDING, Order.State.CONFIRMED, Order.State.PACKED, Order.State.SHIPPED)


class Standing(StrEnum):
    """How far a commission has come: read from its events, never stored."""

    PENDING = "pending"  # paid, not received yet
    WINDOW = "window"  # received, may still be returned
    PAYABLE = "payable"  # settled
    REVERSED = "reversed"


class Amounts(TypedDict):
    due: int
    posted: int | None
    posted_at: datetime | None
    amount: int
    standing: str
    latest: datetime


if TYPE_CHECKING:
    CommissionRow = WithAnnotations[Commission, Amounts]


@dataclass(frozen=True)
class Overview:
    """The desk's figures; money in rupiah."""

    clicks: int  # in the last thirty days, like the orders
    orders: int
    estimated: int  # ordered, not paid yet
    pending: int  # paid and reserved, not settled
    payable: int  # what the ledger owes


def overview(affiliate: Affiliate, now: datetime) -> Overview:
    since = now - LATELY
    waiting = commission_rows().filter(affiliate=affiliate, posted__isnull=True)
    return Overview(
        clicks=Click.objects.filter(link__affiliate=affiliate, clicked_at__gt=since).count(),
        orders=affiliate.commissions.filter(reserved_at__gt=since).aggregate(
            n=Count("line__order", distinct=True)
        )["n"],
        estimated=estimated_lines(affiliate).aggregate(sum=Sum("estimate", default=0))["sum"],
        pending=int(waiting.aggregate(sum=Sum("due", default=0))["sum"]),
        payable=ledger.balance(AccountKind.AFFILIATE_AVAILABLE, affiliate.pk),
    )


def clicks_by_day(affiliate: Affiliate, now: datetime) -> list[tuple[str, int]]:
    """The last two weeks, day by day, today last."""
    today = timezone.localdate(now)
    days = [today - timedelta(days=back) for back in reversed(range(CHART_DAYS))]
    found = Click.objects.filter(
        link__affiliate=affiliate, clicked_at__gt=now - timedelta(days=CHART_DAYS + 1)
    )
    counted = found.annotate(day=TruncDate("clicked_at")).values("day").annotate(n=Count("pk"))
    clicks = dict(counted.values_list("day", "n"))
    return [(f"{day.day}/{day.month}", clicks.get(day, 0)) for day in days]


# ---- commission --------------------------------------------------------------------------------------


def commission_rows() -> QuerySet[CommissionRow]:
    """Commissions with their amount, their standing, and the latest day on which they are settled."""
    rows = commissions_with_amounts().annotate(
        amount=Coalesce("posted", "due", output_field=BigIntegerField()),
        standing=Case(
            When(posted__gt=0, then=Value(Standing.PAYABLE)),
            When(Q(posted=0) | Q(due=0), then=Value(Standing.REVERSED)),
            When(matures_at__isnull=False, then=Value(Standing.WINDOW)),
            default=Value(Standing.PENDING),
            output_field=CharField(),
        ),
        latest=latest_settlement(),
    )
    return cast("QuerySet[CommissionRow]", rows)


def latest_settlement() -> Coalesce:
    """Received: when it matures. Before that: as if each step took as long as it may."""
    window = timedelta(seconds=settings.RETURN_WINDOW_SECONDS)
    receipt = timedelta(seconds=settings.AUTO_RECEIVE_SECONDS)
    return Coalesce(
        "matures_at",
        _later("line__order__shipped_at", receipt + window),
        _later("reserved_at", SHIP_WITHIN + receipt + window),
        output_field=DateTimeField(),
    )


def commissions_of(affiliate: Affiliate, standing: str = "") -> QuerySet[CommissionRow]:
    """Newest first; all of them, or those of one standing."""
    rows = commission_rows().filter(affiliate=affiliate)
    if standing:
        rows = rows.filter(standing=standing)
    return rows.select_related("line__order", "shop").order_by("-reserved_at", "-pk")


def estimated_lines(affiliate: Affiliate) -> QuerySet[OrderLine]:
    """Ordered through the affiliate and not paid yet, each with its `estimate` in rupiah."""
    lines = OrderLine.objects.filter(
        credited_to=affiliate.pk, commission__isnull=True, order__state__in=UNPAID
    )
    rate = Cast(KT("attribution__rate_bp"), IntegerField())
    estimate = Cast(F("price") * F("quantity"), BigIntegerField()) * Cast(rate, BigIntegerField()) / 10_000
    return (
        lines.annotate(estimate=estimate).select_related("order__shop").order_by("-order__placed_at", "-pk")
    )


def missed_sales(affiliate: Affiliate) -> QuerySet[MissedSale]:
    return affiliate.missed_sales.select_related("line__order__shop").order_by("-paid_at", "-pk")


def overdue_commissions(now: datetime) -> QuerySet[CommissionRow]:
    """Promised for a while ago and still not settled: the operator must look."""
    waiting = commission_rows().filter(posted__isnull=True, due__gt=0, latest__lt=now - LATE_AFTER)
    return waiting.order_by("latest", "pk")


# ---- links -------------------------------------------------------------------------------------------


def links_of(affiliate: Affiliate, now: datetime) -> QuerySet[ReferralLink]:
    """The most clicked first, with `clicks_lately`."""
    clicks = Click.objects.filter(link=OuterRef("pk"), clicked_at__gt=now - LATELY).order_by()
    counted = clicks.values("link").annotate(n=Count("pk")).values("n")
    links = affiliate.links.select_related("shop", "product", "session")
    return links.annotate(clicks_lately=Coalesce(Subquery(counted), 0)).order_by("-clicks_lately", "-pk")


def link_by_code(code: str | None) -> ReferralLink | None:
    if code is None:
        return None
    links = ReferralLink.objects.select_related("affiliate", "shop", "product", "session")
    return links.filter(code=code).first()


def _later(moment: str, by: timedelta) -> CombinedExpression:
    return F(moment) + by
