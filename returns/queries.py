"""Reads of returns and disputes, and of what can prove something."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from catalog.models import Duty, Shop
from livestream.models import LiveSession, RoomEvent
from orders.models import Order
from payments.models import Ticket
from returns import clocks
from returns.models import MOST_DISPUTES, Dispute, Evidence, Party, Return, ReturnLine, Step
from returns.operations.asking import units_left
from returns.transitions import Event, State, may

AROUND_MS = 15_000  # before and after the moment of buying
MOST_SAID = 60
# While an order stands so, something may still be asked of it.
UNDER_WAY = (
    Order.State.PENDING,
    Order.State.CONFIRMED,
    Order.State.PACKED,
    Order.State.SHIPPED,
)


def returns_of_party(user: User) -> QuerySet[Return]:
    return _whole(Return.objects.of_party(user))


def returns_of_seller(user: User) -> QuerySet[Return]:
    """The ones that wait first, and of those the most urgent."""
    asked = _with_goods(Return.objects.filter(order__shop__in=Shop.objects.at_desk(user, Duty.SHOP)))
    return asked.order_by("closed_at", "due_at", "-pk")


def returns_of_order(order: Order) -> QuerySet[Return]:
    return Return.objects.filter(order=order).order_by("-pk")


def all_returns() -> QuerySet[Return]:
    return _whole(Return.objects.all())


def disputes_to_decide() -> QuerySet[Dispute]:
    """The oldest first."""
    return _of_desk().filter(decided_at__isnull=True).order_by("opened_at", "pk")


def disputes_decided() -> QuerySet[Dispute]:
    return _of_desk().filter(decided_at__isnull=False).order_by("-decided_at", "-pk")


def is_judge(user: User) -> bool:
    """Staff who may decide disputes, and look at what proves something."""
    return user.is_staff and user.has_perm("returns.change_dispute")


def disputes_open_to(judge: User) -> QuerySet[Dispute]:
    """Nobody judges in their own case."""
    return _of_desk().exclude(Q(order__buyer=judge) | Q(order__shop__in=Shop.objects.run_by(judge)))


def photos_seen_by(user: User) -> QuerySet[Evidence]:
    """Those of one's own returns; a judge's too where there is a dispute."""
    own = Q(request__order__buyer=user) | Q(request__order__shop__in=Shop.objects.run_by(user, Duty.SHOP))
    if is_judge(user):
        own |= Q(request__in=Dispute.objects.values("request"))
    return Evidence.objects.filter(own)


def _of_desk() -> QuerySet[Dispute]:
    return Dispute.objects.select_related("request", "order__shop", "order__buyer")


def _with_goods(requests: QuerySet[Return]) -> QuerySet[Return]:
    lines = ReturnLine.objects.select_related("line").order_by("pk")
    return requests.select_related("order__shop__owner", "order__buyer").prefetch_related(
        Prefetch("lines", lines)
    )


def _whole(requests: QuerySet[Return]) -> QuerySet[Return]:
    """With all that its page shows."""
    return _with_goods(requests).prefetch_related(
        Prefetch("evidence", Evidence.objects.order_by("pk")),
        Prefetch("steps", Step.objects.select_related("actor").order_by("pk")),
        Prefetch("disputes", Dispute.objects.order_by("pk")),
    )


# ---- what the buyer may ask ------------------------------------------------------------------------


@dataclass(frozen=True)
class Offer:
    """Whether something of an order can be given back, until when, and how many of each line."""

    until: datetime | None
    units: dict[int, int]
    is_judged_out: bool = False  # disputes were decided so often that the last word is said

    @property
    def is_open(self) -> bool:
        is_in_time = self.until is not None and timezone.now() <= self.until
        return is_in_time and not self.is_judged_out and any(self.units.values())


def offer(order: Order) -> Offer:
    until = clocks.asking_ends_at(order) if order.state == Order.State.RECEIVED else None
    disputes = Dispute.objects.filter(order=order).count() if until else 0
    return Offer(until, units_left(order) if until else {}, disputes >= MOST_DISPUTES)


# ---- the page --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class TrailItem:
    """A step as the timeline shows it."""

    title: str
    state: str
    at: datetime | None = None
    text: str = ""


def party_of(request: Return, user: User) -> Party:
    """As what this person looks at it. Nobody buys from their own shop."""
    if request.order.buyer_id == user.pk:
        return Party.BUYER
    return Party.SHOP if _is_of_shop(request.order.shop_id, user) else Party.MARKET


def _is_of_shop(shop_id: int, user: User) -> bool:
    return Shop.objects.run_by(user, Duty.SHOP).filter(pk=shop_id).exists()


def is_stuck(request: Return) -> bool:
    """Whether its money could not go back by itself, and somebody at the desk looks after it."""
    tickets = Ticket.objects.filter(kind=Ticket.Kind.RETURN_STUCK, reference=request.code)
    return request.state == State.REFUNDING and tickets.exists()


def steps_open_to(request: Return, party: Party) -> frozenset[str]:
    """What this side may do now."""
    return frozenset(event.value for event in Event if may(party, event, request.state))


def trail(request: Return) -> list[TrailItem]:
    """All that has happened, and what is awaited now."""
    done = [TrailItem(_title(step), _tone(step), step.at, _said(step)) for step in request.steps.all()]
    if request.due_at:
        return [
            *done,
            TrailItem(str(request.get_state_display()), "now", request.due_at, _("Paling lambat.")),
        ]
    if request.is_open:
        return [*done, TrailItem(str(request.get_state_display()), "now")]
    return done


def _title(step: Step) -> str:
    titles = {
        "ask": _("Retur diminta"),
        "show": _("Bukti ditambahkan"),
        Event.APPROVE: _("Disetujui penjual"),
        Event.REFUSE: _("Ditolak penjual"),
        Event.WITHDRAW: _("Dibatalkan pembeli"),
        Event.SEND: _("Dikirim balik"),
        Event.CONFIRM: _("Diterima penjual"),
        Event.OBJECT: _("Penjual keberatan"),
        Event.DISPUTE: _("Sengketa diajukan pembeli"),
        Event.DECIDE: _("Diputuskan Pasar Malam"),
        Event.LAPSE: _("Waktunya habis"),
        Event.REFUND: _("Uang dikembalikan"),
    }
    title = titles[step.event]
    return f"{title}: {State(step.after).label}" if step.event in (Event.LAPSE, Event.DECIDE) else title


def _tone(step: Step) -> str:
    return "failed" if step.event in (Event.REFUSE, Event.OBJECT) or step.after == State.REJECTED else "done"


def _said(step: Step) -> str:
    """Who, and in their own words."""
    waybill = f"{step.facts['courier']} {step.facts['waybill']}" if "waybill" in step.facts else ""
    return " · ".join(part for part in (str(step.get_party_display()), waybill, step.note) if part)


# ---- what can prove something ----------------------------------------------------------------------


@dataclass(frozen=True)
class Moment:
    """The half minute of the show around a purchase, in milliseconds of its media clock."""

    order: Order
    session: LiveSession
    from_ms: int
    to_ms: int
    at_ms: int


def moment_of(order: Order) -> Moment | None:
    """Nothing for what was not bought in a room."""
    if order.session is None or order.session_ms is None:
        return None
    at = order.session_ms
    return Moment(order, order.session, max(0, at - AROUND_MS), at + AROUND_MS, at)


def moments_seen_by(user: User) -> QuerySet[Order]:
    """Orders whose moment this person may look at: buyer and shop; a judge where there is a dispute."""
    own = Q(buyer=user) | Q(shop__in=Shop.objects.run_by(user, Duty.SHOP, Duty.ORDERS))
    if is_judge(user):
        own |= Q(pk__in=Dispute.objects.values("order"))
    return Order.objects.filter(own, session__isnull=False).select_related("session")


def said_by_buyer(order: Order) -> QuerySet[RoomEvent]:
    """What the buyer wrote in the room they bought in."""
    said = RoomEvent.objects.filter(
        session=order.session_id, sender=order.buyer_id, kind=RoomEvent.Kind.CHAT, removed_at__isnull=True
    )
    return said.order_by("seq")[:MOST_SAID]


def sessions_with_evidence() -> set[str]:
    """Shows whose recording may still prove something: orders from them are under way, or can come back."""
    since = timezone.now() - timedelta(seconds=settings.RETURN_WINDOW_SECONDS)
    open_returns = Return.objects.open().filter(order=OuterRef("pk"))
    needed = Order.objects.filter(
        Q(state__in=UNDER_WAY) | Q(state=Order.State.RECEIVED, received_at__gt=since) | Exists(open_returns),
        session__isnull=False,
    )
    return set(needed.values_list("session__code", flat=True).distinct())
