"""The payment page: what to pay, how, until when, and whether it has come."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.requests import MemberRequest
from kit.htmx import render_page
from orders.models import Order
from payments import operations, qr
from payments.gateway import GatewayProblem
from payments.models import Charge

PAGE = "payments/pay.html"
STOP_POLLING = 286
WAITING, ASKING, PAID, EXPIRED, FAILED = "waiting", "asking", "paid", "expired", "failed"


@login_required
@require_safe
@never_cache
def pay(request: MemberRequest, number: str) -> HttpResponse:
    """What a browser claims about a payment is never listened to: only the gateway is."""
    order = _of_buyer(request, number)
    if order.is_cod or order.is_free:
        return redirect("orders:order", number)
    return render_page(request, PAGE, "payment", _context(order))


@login_required
@require_safe
@never_cache
def status(request: MemberRequest, number: str) -> HttpResponse:
    """The changing part alone, asked for every few seconds until there is nothing to wait for."""
    context = _context(_of_buyer(request, number))
    is_over = context["state"] not in (WAITING, ASKING)
    return render(request, f"{PAGE}#status", context, status=STOP_POLLING if is_over else 200)


def _of_buyer(request: MemberRequest, number: str) -> Order:
    return get_object_or_404(Order.objects.of_buyer(request.user).select_related("shop"), number=number)


def _context(order: Order) -> dict[str, Any]:
    charge = _charge(order)
    return {
        "order": order,
        "charge": charge,
        "state": _state(order, charge),
        "code": qr.svg(charge.qr_string) if charge and charge.qr_string else "",
        "simulator_url": f"{settings.SIMULATOR_URL}/{order.number}" if settings.SIMULATOR_URL else "",
    }


def _charge(order: Order) -> Charge | None:
    """The order's charge. One that the gateway has not answered to yet is asked for again."""
    try:
        return operations.open_charge(order)
    except GatewayProblem:
        return Charge.objects.filter(order=order).first()


def _state(order: Order, charge: Charge | None) -> str:
    if order.state in (Order.State.EXPIRED, Order.State.CANCELLED):
        return EXPIRED
    if order.state != Order.State.PENDING:
        return PAID
    if charge is None or charge.state == Charge.State.WANTED:
        return ASKING
    if charge.state == Charge.State.EXPIRED:
        return EXPIRED
    return FAILED if charge.state == Charge.State.FAILED else WAITING
