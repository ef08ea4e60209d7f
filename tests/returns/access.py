"""Who may call the addresses of returns. The dispute desk asks for a permission besides
(tests/returns/test_desk.py), so that to staff without it the desk is not there."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from orders.models import Order
from returns.models import Dispute, Return
from tests.access.rules import BUYER, MEMBERS, ORDERS, SHOP, Access

BOTH = frozenset({"GET", "POST"})
POST = frozenset({"POST"})
NOBODY: frozenset[str] = frozenset()


def _number(world: Any) -> dict[str, Any]:
    """The order has arrived, and was bought in the room."""
    Order.objects.filter(pk=world.order.pk).update(
        state="received", received_at=timezone.now(), session=world.session, session_ms=20_000
    )
    return {"number": world.order.number}


def _return(world: Any, state: str = "asked") -> Return:
    _number(world)
    found, _ = Return.objects.get_or_create(
        order=world.order, defaults={"reason": "damaged", "text": "Pecah", "due_at": timezone.now()}
    )
    Return.objects.filter(pk=found.pk).update(state=state, waybill="JNE777")
    found.lines.get_or_create(line=world.order.lines.get(), defaults={"units": 1})
    return found


def _in(state: str) -> Any:
    return lambda world: {"code": _return(world, state).code}


def _dispute(world: Any) -> dict[str, Any]:
    found = _return(world, "disputed")
    dispute, _ = Dispute.objects.get_or_create(
        request=found, order=world.order, number=1, defaults={"opened_by": "buyer", "text": "Lihat"}
    )
    return {"pk": dispute.pk}


def _photo(world: Any) -> dict[str, Any]:
    return {"code": _return(world).code, "pk": 1}


def _said(_world: Any) -> dict[str, Any]:
    return {"text": "Begini ceritanya"}


ACCESS = {
    "returns:ask": Access(frozenset({BUYER}), BOTH, kwargs=_number),
    "returns:moment": Access(ORDERS | {BUYER}, kwargs=_number),
    # Of this show nothing was recorded.
    "returns:moment_clip": Access(NOBODY, kwargs=_number),
    "returns:return": Access(SHOP | {BUYER}, kwargs=_in("asked")),
    "returns:photo": Access(NOBODY, kwargs=_photo),  # tests/returns/test_pages.py
    "returns:withdraw": Access(frozenset({BUYER}), POST, kwargs=_in("asked")),
    "returns:approve": Access(SHOP, POST, kwargs=_in("asked")),
    "returns:refuse": Access(SHOP, POST, kwargs=_in("asked"), fields=_said),
    "returns:send": Access(
        frozenset({BUYER}),
        POST,
        kwargs=_in("send_back"),
        fields=lambda world: {"courier": "JNE", "waybill": "JNE777"},
    ),
    "returns:confirm": Access(SHOP, POST, kwargs=_in("sent_back")),
    "returns:object": Access(SHOP, POST, kwargs=_in("sent_back"), fields=_said),
    "returns:dispute": Access(frozenset({BUYER}), POST, kwargs=_in("refused"), fields=_said),
    "returns:evidence": Access(SHOP | {BUYER}, POST, kwargs=_in("asked"), fields=_said),
    "returns:seller_list": Access(MEMBERS),
    "returns:desk": Access(NOBODY),
    "returns:desk_dispute": Access(NOBODY, BOTH, kwargs=_dispute),
}
