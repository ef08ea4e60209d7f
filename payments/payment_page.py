"""What the payment page says: how the payment stands, and what is needed to make it."""

from __future__ import annotations

import contextlib
from typing import Any

from django.conf import settings

from orders.models import Order
from payments import operations, qr, queries
from payments.forms import ProofForm
from payments.gateway import GatewayProblem
from payments.methods import WAYS, Taker
from payments.models import Charge, ChargePart, Proof, Refund

WAITING, ASKING, PAID, EXPIRED, FAILED, CONFIRM = "waiting", "asking", "paid", "expired", "failed", "confirm"
FEE_FIRST = "fee_first"
CHECKING, REFUNDING, REFUNDED = "checking", "refunding", "refunded"
ONGOING = (WAITING, ASKING, CHECKING, FEE_FIRST)


def context(order: Order) -> dict[str, Any]:
    part = _part(order)
    charge = part.charge if part else None
    state = _state(order, charge)
    proof = charge.proofs.order_by("-pk").first() if charge else None
    return {
        "order": order,
        "part": part,
        "charge": charge,
        "way": WAYS[charge.method if charge else order.method],
        "state": state,
        "is_ongoing": state in ONGOING,
        "is_by_shop": charge is not None and WAYS[charge.method].taker == Taker.SHOP,
        "till": queries.till_of(order.shop_id) if charge and charge.method == "transfer" else None,
        "proof": proof,
        "was_rejected": proof is not None and proof.verdict == Proof.Verdict.REJECTED,
        "proof_form": ProofForm(),
        "refunds": order.refunds.order_by("pk").select_related("bank"),
        "code": _code(charge),
        "others": _others(part),
        "simulator_url": _simulator(charge),
        "ways_left": operations.ways_left(order) if state in (FAILED, EXPIRED) else [],
    }


def _part(order: Order) -> ChargePart | None:
    """What is to be paid now. One that the gateway has not answered to yet is asked for again."""
    with contextlib.suppress(GatewayProblem):
        operations.open_charge(order)
    return queries.part_of(order)


def _state(order: Order, charge: Charge | None) -> str:
    if order.state == Order.State.REFUND_DUE or _has_open_refund(order):
        return REFUNDING
    if order.state == Order.State.REFUNDED:
        return REFUNDED
    if order.state in (Order.State.EXPIRED, Order.State.CANCELLED):
        return EXPIRED
    if order.state != Order.State.PENDING:
        return PAID
    if charge is None and order.waits_for_its_fee:
        return FEE_FIRST
    return CONFIRM if order.is_cod and charge is None else _charge_state(charge)


def _charge_state(charge: Charge | None) -> str:
    if charge is None or charge.state == Charge.State.WANTED:
        return ASKING
    if charge.proofs.filter(verdict=Proof.Verdict.WAITING).exists():
        return CHECKING
    if charge.state == Charge.State.EXPIRED:
        return EXPIRED
    return FAILED if charge.state == Charge.State.FAILED else WAITING


def _has_open_refund(order: Order) -> bool:
    return order.refunds.exclude(state=Refund.State.SENT).exists()


def _code(charge: Charge | None) -> str:
    """A wallet's link as a code, too: whoever looks at a large screen scans it with the phone."""
    if charge is None:
        return ""
    is_app = charge.method in ("gopay", "shopeepay")
    text = charge.qr_string or (charge.pay_url if is_app else "")
    return qr.svg(text) if text else ""


def _others(part: ChargePart | None) -> list[ChargePart]:
    """The other orders that the same payment is for."""
    if part is None:
        return []
    others = part.charge.parts.exclude(pk=part.pk).select_related("order__shop")
    return list(others.order_by("pk"))


def _simulator(charge: Charge | None) -> str:
    """Where play money is paid; a link to the gateway's page is one already."""
    is_needed = charge and not charge.pay_url and WAYS[charge.method].taker == Taker.GATEWAY
    return (
        f"{settings.SIMULATOR_URL}/{charge.reference}"
        if charge and is_needed and settings.SIMULATOR_URL
        else ""
    )
