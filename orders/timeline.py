"""An order's way from the basket to the door, as people see it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from orders.models import Order
from orders.transitions import State
from shipping.states import State as Station

DONE, NOW, LATER, FAILED = "done", "now", "later", "failed"


@dataclass(frozen=True)
class Step:
    title: str
    state: str
    at: datetime | None = None
    text: str = ""


def steps(order: Order) -> list[Step]:
    """What has happened, what happens now, and what is still to come."""
    way = _way(order)
    if ending := _ending(order):
        return [step for step in way if step.state == DONE] + [ending]
    waiting = next((position for position, step in enumerate(way) if step.at is None), None)
    if waiting is None:
        return way
    current = way[waiting]
    way[waiting] = Step(current.title, NOW, None, current.text or _whose_turn(order))
    return way


def _way(order: Order) -> list[Step]:
    courier = f"{order.courier} · {order.waybill}" if order.waybill else ""
    paid = [] if order.is_cod else [_step(_("Dibayar"), order.paid_at)]
    received = _("Diterima dan dibayar") if order.is_cod else _("Diterima")
    return [
        _step(_("Pesanan dibuat"), order.placed_at),
        *paid,
        _step(_("Dikemas"), order.packed_at),
        _step(_("Dikirim"), order.shipped_at, courier),
        *_stations(order),
        _step(received, order.received_at),
    ]


def _stations(order: Order) -> list[Step]:
    """Where the courier says it was. A word that we do not know is shown as it came."""
    if order.parcel is None or order.shipped_at is None:
        return []
    told = order.parcel.events.exclude(state=Station.WAITING).order_by("at", "pk")
    return [Step(event.get_state_display() or event.word, DONE, event.at, event.note) for event in told]


def _step(title: str, at: datetime | None, text: str = "") -> Step:
    return Step(title, DONE if at else LATER, at, text)


def _whose_turn(order: Order) -> str:
    return {
        State.PENDING: _("Menunggu kamu pastikan") if order.is_cod else _("Menunggu pembayaran"),
        State.CONFIRMED: _("Penjual sedang menyiapkannya."),
        State.PACKED: _("Menunggu kurir."),
        State.SHIPPED: _("Dalam perjalanan."),
    }.get(State(order.state), "")


def _ending(order: Order) -> Step | None:
    """Where the way broke off, if it did."""
    titles = {
        State.CANCELLED: _("Dibatalkan"),
        State.EXPIRED: _("Kedaluwarsa"),
        State.REFUND_DUE: _("Dana akan dikembalikan"),
        State.REFUNDED: _("Dana dikembalikan"),
    }
    state = State(order.state)
    if state not in titles:
        return None
    late = _("Pembayaran masuk setelah barangnya habis.")
    unpaid = _("Tidak dibayar sampai batas waktunya.")
    expired = _("Tidak dipastikan sampai batas waktunya.") if order.is_cod else unpaid
    fallback = {State.REFUND_DUE: late, State.REFUNDED: late, State.EXPIRED: expired}.get(state, "")
    return Step(titles[state], FAILED, order.closed_at, order.cancel_reason or fallback)
