"""Who may have the units: sellers choose it for a session, and for single buyers."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.requests import MemberRequest
from livestream.models import Permission
from livestream.views.access import session_run_by
from orders import operations, queries
from orders.models import Order

FIRST_PAID = "first_paid"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def session_rule(request: MemberRequest, code: str) -> HttpResponse:
    session = session_run_by(request, code, Permission.DEALS)
    if request.method == "POST":
        is_wanted = request.POST.get("rule") == FIRST_PAID
        choose = operations.serve_first_paid if is_wanted else operations.hold_on_claim
        choose(session)
    is_first_paid = queries.is_first_paid(None, shop_id=session.shop_id, session_id=session.pk)
    return render(request, "orders/_session_rule.html", {"session": session, "is_first_paid": is_first_paid})


@login_required
@require_POST
def buyer_rule(request: MemberRequest, number: str) -> HttpResponse:
    """For whoever bought this: from now on with every order of theirs in this shop."""
    order = get_object_or_404(
        Order.objects.of_seller(request.user).select_related("shop", "buyer"), number=number
    )
    if request.POST.get("rule") == FIRST_PAID:
        operations.let_pay_first(order.buyer, shop=order.shop)
        messages.success(request, _("Mulai sekarang barang untuk pembeli ini tidak ditahan sebelum dibayar."))
    else:
        operations.hold_for(order.buyer, shop=order.shop)
        messages.success(request, _("Barang untuk pembeli ini ditahan lagi sampai batas bayarnya."))
    return redirect("orders:desk_order", number)
