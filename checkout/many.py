"""Many orders of a shop are called off at once."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from accounts.requests import MemberRequest
from checkout import operations
from checkout.forms import ReasonForm
from orders.many import MOST_AT_ONCE, chosen_orders
from orders.models import Order
from orders.transitions import State

CAN_BE_CANCELLED = (State.CONFIRMED, State.PACKED)


@login_required
@require_POST
def cancel_many(request: MemberRequest) -> HttpResponse:
    """Shows which ones first; with a reason, and for exactly these, it is done."""
    chosen = chosen_orders(request, states=CAN_BE_CANCELLED)
    if not chosen:
        messages.error(request, _("Pilih dulu pesanan yang belum dikirim."))
        return redirect("orders:desk")
    is_confirmed = "confirmed" in request.POST
    form = ReasonForm(request.POST if is_confirmed else None)
    if not form.is_valid():
        return _ask(request, chosen, form, status=422 if is_confirmed else 200)
    _tell(request, *operations.cancel_many(chosen, reason=form.cleaned_data["reason"]))
    return redirect("orders:desk")


def _ask(request: MemberRequest, chosen: list[Order], form: ReasonForm, *, status: int) -> HttpResponse:
    paid = [order for order in chosen if not order.is_cod and not order.is_free]
    context = {
        "orders": chosen,
        "form": form,
        "paid_sum": sum(order.total for order in paid),
        "is_most": len(chosen) == MOST_AT_ONCE,
    }
    return render(request, "checkout/cancel_many.html", context, status=status)


def _tell(request: MemberRequest, done: list[Order], left: list[Order]) -> None:
    if done:
        text = ngettext("%(count)d pesanan dibatalkan.", "%(count)d pesanan dibatalkan.", len(done))
        messages.success(request, text % {"count": len(done)})
    if left:
        numbers = ", ".join(order.number for order in left)
        text = _("Tidak dibatalkan, karena sudah berubah atau kurirnya sudah dipanggil: %(numbers)s")
        messages.error(request, text % {"numbers": numbers})
