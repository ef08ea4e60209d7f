"""A shop's statement over a period: what came, what was taken, what was paid out, and what is left."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from itertools import accumulate

from django.db import connection
from django.db.models import Q, QuerySet, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from catalog.models import Shop
from ledger.models import TransactionKind
from payouts.models import Payee, Payout, SettlementPosting
from payouts.queries.books import posted_of

State = Payout.State
BACK = (State.FAILED, State.RETURNED)
KEPT = """
    SELECT posted.posted_at, placed.number, part.amount FROM ledger_transaction AS posted
    JOIN payments_chargepart AS part ON part.id = posted.source_id
    JOIN orders_order AS placed ON placed.id = part.order_id
    WHERE posted.kind = %s AND placed.shop_id = %s ORDER BY posted.id
"""


@dataclass(frozen=True)
class Row:
    """One change of the balance. `bought` less all that follows is the change."""

    at: datetime
    what: str
    number: str  # of the order; empty for payouts
    bought: int  # what the buyer paid
    returned: int  # to the buyer, and commission for creators
    platform: int
    payment: int
    tax: int
    held_back: int
    in_hand: int  # the shop had taken it itself
    change: int
    balance: int = 0

    @property
    def fees(self) -> int:
        return self.platform + self.payment + self.tax


@dataclass(frozen=True)
class Statement:
    since: date
    until: date  # the last day of it
    opening: int
    rows: Sequence[Row]

    @property
    def closing(self) -> int:
        return self.rows[-1].balance if self.rows else self.opening

    @property
    def totals(self) -> dict[str, int]:
        names = ("bought", "returned", "platform", "payment", "tax", "held_back", "change")
        return {name: sum(getattr(row, name) for row in self.rows) for name in names}


def statement_of(shop: Shop, since: date, until: date) -> Statement:
    start, end = _midnight(since), _midnight(until + timedelta(days=1))
    found = [*_settled(shop, start, end), *_deposits(shop, start, end), *_paid_out(shop, start, end)]
    rows = sorted(found, key=lambda row: row.at)
    opening = _balance_before(shop, start)
    sums = list(accumulate((row.change for row in rows), initial=opening))[1:]
    return Statement(
        since, until, opening, [_with_balance(row, sum_) for row, sum_ in zip(rows, sums, strict=True)]
    )


def _settled(shop: Shop, start: datetime, end: datetime) -> Iterator[Row]:
    steps = SettlementPosting.objects.filter(shop=shop, posted_at__gte=start, posted_at__lt=end)
    loaded = steps.select_related("settlement__order").prefetch_related("settlement__postings")
    for step in loaded.order_by("posted_at", "pk"):
        yield _row_of(step)


def _row_of(step: SettlementPosting) -> Row:
    """What this step changed, against the step before it."""
    before = next((one for one in step.settlement.postings.all() if one.seq == step.seq - 1), None)
    now, then = posted_of(step), posted_of(before)
    order = step.settlement.order
    platform = now.platform + now.processing - then.platform - then.processing
    payment, tax = now.payment - then.payment, now.tax - then.tax
    held_back, in_hand = now.held_back - then.held_back, now.collected - then.collected
    bought = order.total if before is None else 0
    return Row(
        at=step.posted_at,
        what=_title(step, held_back),
        number=order.number,
        bought=bought,
        returned=bought - platform - payment - tax - held_back - in_hand - step.change,
        platform=platform,
        payment=payment,
        tax=tax,
        held_back=held_back,
        in_hand=in_hand,
        change=step.change,
    )


def _title(step: SettlementPosting, held_back: int) -> str:
    if step.seq == 1:
        return _("Pesanan cair")
    return _("Sisa yang ditahan cair") if held_back < 0 and step.change > 0 else _("Hitung ulang")


def _deposits(shop: Shop, start: datetime, end: datetime) -> Iterator[Row]:
    """What buyers had paid ahead for parcels that they refused at the door."""
    for at, number, amount in _kept(shop):
        if start <= at < end:
            yield Row(at, _("Uang muka, paket ditolak"), number, amount, 0, 0, 0, 0, 0, 0, amount)


def _kept(shop: Shop) -> list[tuple[datetime, str, int]]:
    with connection.cursor() as cursor:
        cursor.execute(KEPT, [TransactionKind.DEPOSIT_KEPT, shop.pk])
        return [(at, str(number), int(amount)) for at, number, amount in cursor.fetchall()]


def _paid_out(shop: Shop, start: datetime, end: datetime) -> Iterator[Row]:
    touched = Q(made_at__gte=start, made_at__lt=end) | Q(ended_at__gte=start) | Q(returned_at__gte=start)
    for payout in _payouts(shop).filter(touched).select_related("account"):
        for at, what, change in _moves(payout):
            if start <= at < end:
                yield Row(at, f"{what} {payout.account}", "", 0, 0, 0, 0, 0, 0, 0, change)


def _moves(payout: Payout) -> Iterator[tuple[datetime, str, int]]:
    yield payout.made_at, _("Pencairan ke"), -payout.amount
    back_at = payout.ended_at if payout.state == State.FAILED else payout.returned_at
    if payout.state in BACK and back_at:
        yield back_at, _("Kembali dari"), payout.amount


def _balance_before(shop: Shop, moment: datetime) -> int:
    steps = SettlementPosting.objects.filter(shop=shop, posted_at__lt=moment)
    came = steps.aggregate(sum=Sum("change", default=0))["sum"]
    payouts = _payouts(shop).filter(made_at__lt=moment)
    went = payouts.aggregate(
        out=Sum("amount", default=0),
        back=Sum(
            "amount",
            filter=Q(state=State.FAILED, ended_at__lt=moment)
            | Q(state=State.RETURNED, returned_at__lt=moment),
            default=0,
        ),
    )
    kept = sum(amount for at, _number, amount in _kept(shop) if at < moment)
    return int(came + kept - went["out"] + went["back"])


def _payouts(shop: Shop) -> QuerySet[Payout]:
    return Payout.objects.filter(payee=Payee.SHOP, owner_id=shop.pk)


def _with_balance(row: Row, balance: int) -> Row:
    return replace(row, balance=balance)


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
