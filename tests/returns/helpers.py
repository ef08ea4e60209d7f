"""Orders that arrived, and returns that have come so far."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib.auth.models import Permission as Right
from django.utils import timezone

from accounts.models import User
from orders.models import Order
from returns import operations
from returns.models import Dispute, Return
from returns.operations import Decision, Wanted
from tests.factories import make_user, make_variant
from tests.orders.helpers import order_in


def arrived(quantity: int = 3, **fields: Any) -> Order:
    """An order of three pieces that its buyer has received just now."""
    variant = fields.pop("variant", None) or make_variant(stock=10, price=25_000)
    return order_in("received", variant, quantity=quantity, **fields)


def asked(order: Order | None = None, units: int | dict[int, int] = 2, **wanted: Any) -> Return:
    order = order or arrived()
    of_lines = units if isinstance(units, dict) else {order.lines.get().pk: units}
    wanted = {"units": of_lines, "reason": "damaged", "text": "Pecah semua", **wanted}
    return operations.ask(order, by=order.buyer, wanted=Wanted(**wanted))


def in_state(state: str) -> Return:
    """A return that has come to `state` by the real steps."""
    request = asked()
    for step in PATHS[state]:
        step(request)
        request.refresh_from_db()
    assert request.state == state
    return request


def let_lapse(request: Return) -> None:
    Return.objects.filter(pk=request.pk).update(due_at=timezone.now() - timedelta(seconds=1))
    operations.lapse_due()


def make_judge() -> User:
    judge = make_user(is_staff=True)
    judge.user_permissions.add(Right.objects.get(codename="change_dispute"))
    return User.objects.get(pk=judge.pk)


def decide(request: Return, outcome: str = "refund", units: int = 1, **said: Any) -> Return:
    found = Dispute.objects.get(request=request, decided_at__isnull=True)
    granted = {request.lines.get().line_id: units} if outcome == "refund" else {}
    said = {"ground": "not_as_promised", "note": "Sesuai rekaman live.", "granted": granted, **said}
    return operations.decide(found, by=make_judge(), decision=Decision(outcome=outcome, **said))


def _approve(request: Return) -> None:
    operations.approve(request, by=request.order.shop.owner)


def _refuse(request: Return) -> None:
    operations.refuse(request, by=request.order.shop.owner, note="Dikirim utuh")


def _send(request: Return) -> None:
    operations.send_back(request, by=request.order.buyer, courier="JNE", waybill="JNE777")


def _confirm(request: Return) -> None:
    operations.confirm(request, by=request.order.shop.owner, sellable={})


def _dispute(request: Return) -> None:
    operations.dispute(request, by=request.order.buyer, text="Lihat fotonya")


def _withdraw(request: Return) -> None:
    operations.withdraw(request, by=request.order.buyer)


PATHS: dict[str, list[Any]] = {
    "asked": [],
    "send_back": [_approve],
    "sent_back": [_approve, _send],
    "refunding": [_approve, _send, _confirm],
    "refused": [_refuse],
    "disputed": [_refuse, _dispute],
    "rejected": [_refuse, let_lapse],
    "withdrawn": [_withdraw],
    "lapsed": [_approve, let_lapse],
}
