"""A buyer's orders, and the seller's order desk."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import MemberRequest
from catalog.models import Duty, Shop
from catalog.queries import duties_in
from kit.htmx import render_page
from kit.hygiene import clean_text
from orders import operations, queries
from orders.forms import COURIERS, ShipForm
from orders.many import MOST_AT_ONCE, MOST_TYPED, wanted_orders
from orders.models import Order
from orders.queries import is_first_paid
from orders.timeline import steps
from orders.transitions import BUYER_MAY_CANCEL, Event, State, allows
from shipping.models import Way
from shipping.operations import is_awaited, is_called_off
from shipping.operations.parcels import CourierSaysNo, NotBookable, OutcomeUnknown

PER_PAGE = 10


@login_required
@require_safe
def order_list(request: MemberRequest) -> HttpResponse:
    page = _page(request, queries.orders_of_buyer(request.user))
    return render(request, "orders/list.html", {"page": page})


@login_required
@require_safe
def order(request: MemberRequest, number: str) -> HttpResponse:
    found = get_object_or_404(queries.orders_of_buyer(request.user), number=number)
    context = {
        "order": found,
        "steps": steps(found),
        "may_cancel": found.state in BUYER_MAY_CANCEL,
        "may_receive": allows(found.state, Event.RECEIVE) and not found.is_before_the_door,
        "is_before_the_door": found.state == State.SHIPPED and found.is_before_the_door,
        "patience_days": max(1, settings.AUTO_RECEIVE_SECONDS // 86_400),
    }
    return render(request, "orders/order.html", context)


# ---- the seller's desk -----------------------------------------------------------------------------


@login_required
@require_safe
def desk(request: MemberRequest) -> HttpResponse:
    """All orders of the shop, or those in one state."""
    wanted = request.GET.get("state", "")
    wanted = wanted if wanted in State.values else ""
    page = _page(request, wanted_orders(request.user, request.GET))
    context = {
        "page": page,
        "filters": _filters(request, wanted),
        "wanted": wanted,
        "q": clean_text(request.GET.get("q", "")[:MOST_TYPED]),
        "most": MOST_AT_ONCE,
        "sees_money": Shop.objects.at_desk(request.user, Duty.MONEY).exists(),
    }
    return render(request, "orders/desk.html", context)


@login_required
@require_safe
def desk_order(request: MemberRequest, number: str) -> HttpResponse:
    return _show_at_desk(request, _of_seller(request, number), ShipForm())


@login_required
@require_POST
def pack(request: MemberRequest, number: str) -> HttpResponse:
    found = _of_seller(request, number)
    try:
        operations.pack_order(found)
    except operations.NotPossible:
        return _refuse(request, number)
    return _answer(request, number, _("Sudah dikemas. Tinggal dikirim."))


@login_required
@require_POST
def call_courier(request: MemberRequest, number: str) -> HttpResponse:
    """Asks the courier that the buyer chose to fetch the parcel."""
    found = _of_seller(request, number)
    try:
        operations.call_courier(found)
    except (operations.NotPossible, NotBookable):
        return _refuse(request, number)
    except CourierSaysNo as refusal:
        messages.error(request, _("Kurirnya menolak: %(reason)s") % {"reason": refusal})
    except OutcomeUnknown:
        messages.error(
            request, _("Kurirnya belum menjawab. Coba lagi sebentar; paketnya tidak dipesan dua kali.")
        )
    else:
        messages.success(request, _("Kurir dipanggil. Tempel labelnya, lalu tunggu dijemput."))
    return redirect("orders:desk_order", number)


@login_required
@require_POST
def call_off_courier(request: MemberRequest, number: str) -> HttpResponse:
    """The courier need not come; the parcel can be sent another way."""
    found = _of_seller(request, number)
    try:
        operations.call_off_courier(found)
    except operations.AlreadyWithCourier:
        messages.error(request, _("Kurir sudah mengambil paketnya."))
    except (operations.NotPossible, NotBookable):
        return _refuse(request, number)
    except (CourierSaysNo, OutcomeUnknown):
        messages.error(request, _("Kurirnya belum menjawab. Coba lagi sebentar."))
    else:
        messages.success(request, _("Kurirnya tidak jadi datang."))
    return redirect("orders:desk_order", number)


@login_required
@require_POST
def hand_over(request: MemberRequest, number: str) -> HttpResponse:
    """The seller brings it, or the buyer fetches it: no courier and no number."""
    found = _of_seller(request, number)
    if found.parcel is None or found.parcel.way == Way.COURIER:
        return _refuse(request, number)
    try:
        operations.ship_order(found, courier=found.parcel.get_way_display(), waybill="")
    except operations.NotPossible:
        return _refuse(request, number)
    return _answer(request, number, _("Pembeli diberi tahu."))


@login_required
@require_POST
def cash(request: MemberRequest, number: str) -> HttpResponse:
    """The shop brought it, or was told by a courier that does not tell us: the cash is there."""
    found = _of_seller(request, number)
    try:
        operations.record_cash(found)
    except operations.NotPossible:
        return _refuse(request, number)
    return _answer(request, number, _("Uangnya dicatat. Pembeli tinggal memastikan barangnya."))


@login_required
@require_POST
def ship(request: MemberRequest, number: str) -> HttpResponse:
    found = _of_seller(request, number)
    form = ShipForm(request.POST)
    if not form.is_valid():
        return _show_at_desk(request, found, form, status=422)
    try:
        operations.ship_order(found, **form.cleaned_data)
    except operations.NotPossible:
        return _refuse(request, number)
    return _answer(request, number, _("Pembeli diberi tahu nomor resinya."))


# ---- parts -----------------------------------------------------------------------------------------


def _page(request: HttpRequest, orders: Any) -> Any:
    return Paginator(orders, PER_PAGE).get_page(request.GET.get("page"))


def _of_seller(request: MemberRequest, number: str) -> Order:
    return get_object_or_404(queries.orders_of_seller(request.user), number=number)


def _filters(request: MemberRequest, wanted: str) -> list[dict[str, Any]]:
    counts = queries.counts_by_state(request.user)
    every = {"state": "", "label": _("Semua"), "count": sum(counts.values()), "is_current": not wanted}
    states = [
        {"state": value, "label": label, "count": counts[value], "is_current": value == wanted}
        for value, label in State.choices
        if value in counts
    ]
    return [every, *states]


def _show_at_desk(request: MemberRequest, found: Order, form: ShipForm, *, status: int = 200) -> HttpResponse:
    context = {
        "order": found,
        "sees_money": Duty.MONEY in duties_in(found.shop, request.user),
        "steps": steps(found),
        "form": form,
        "couriers": COURIERS,
        "may_pack": allows(found.state, Event.PACK),
        "may_ship": allows(found.state, Event.SHIP),
        "is_awaited": found.parcel is not None and found.state == State.PACKED and is_awaited(found.parcel),
        "may_refuse": found.is_before_the_door and allows(found.state, Event.REFUSE),
        "cash": queries.cash_in_box(found) if found.waits_for_the_shops_word else 0,
        "may_call": _may_call(found),
        "is_own_way": found.parcel is not None and found.parcel.way != Way.COURIER,
        "pays_first": is_first_paid(found.buyer, shop_id=found.shop_id, session_id=None),
        "may_cancel": allows(found.state, Event.CANCEL) and found.state != State.PENDING,
    }
    return render_page(request, "orders/desk_order.html", "parcel", context, status=status)


def _may_call(found: Order) -> bool:
    """Whether a courier that we can ask is to come, and was not asked yet."""
    parcel = found.parcel if found.state == State.PACKED else None
    return parcel is not None and bool(parcel.service) and (not parcel.is_followed or is_called_off(parcel))


def _answer(request: MemberRequest, number: str, text: str) -> HttpResponse:
    messages.success(request, text)
    return redirect("orders:desk_order", number)


def _refuse(request: MemberRequest, number: str) -> HttpResponse:
    """Somebody was quicker: show how the order stands now."""
    messages.error(request, _("Pesanan ini sudah berubah. Lihat keadaannya yang terbaru."))
    return _show_at_desk(request, _of_seller(request, number), ShipForm(), status=409)
