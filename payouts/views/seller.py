"""A seller's money: what is there, what comes when, and where every rupiah of an order went."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import MemberRequest
from catalog.models import Duty, Shop
from fees import operations as fees
from fees import queries as fee_queries
from fees.models import Declaration
from kit.htmx import render_page
from payouts.bars import parts_of
from payouts.forms import NetForm, PeriodForm
from payouts.models import Payee, Payout
from payouts.queries.money import balances_of, coming, money_of_order, orders_with_money
from payouts.queries.payees import account_in_use, account_to_confirm
from payouts.queries.statements import Statement, statement_of
from payouts.sheets import statement_file
from payouts.templatetags.money_lines import net_context

PAYOUTS_ON_A_PAGE, ROWS_ON_A_PAGE = 10, 50


@login_required
@require_safe
def shop(request: MemberRequest) -> HttpResponse:
    """The balance now, what comes by date, and the last payouts."""
    own = _shop(request)
    days = coming(own)
    payouts = Payout.objects.filter(payee=Payee.SHOP, owner_id=own.pk).select_related("account")
    context = {
        "shop": own,
        "balances": balances_of(own),
        "coming": days,
        "coming_sum": sum(day.amount for day in days),
        "page": _page(request, payouts.order_by("-pk"), PAYOUTS_ON_A_PAGE),
        "account": account_in_use(own.owner),
        "waiting": account_to_confirm(own.owner),
        "declared": fee_queries.declared(own.pk, timezone.now()),
        "now": timezone.now(),
        "year": timezone.localdate().year,
    }
    return render(request, "payouts/shop.html", context)


@login_required
@require_safe
def order(request: MemberRequest, number: str) -> HttpResponse:
    """Every line of one order's money, with its date."""
    found = get_object_or_404(orders_with_money(request.user), number=number)
    statement = money_of_order(found)
    context = {"order": found, "statement": statement, "parts": parts_of(statement.money)}
    return render(request, "payouts/order.html", context)


@login_required
@require_safe
def statement(request: MemberRequest) -> HttpResponse:
    own, form = _shop(request), _period(request)
    told = _told(own, form)
    context: dict[str, Any] = {"shop": own, "form": form, "statement": told}
    if told:
        context["page"] = _page(request, told.rows, ROWS_ON_A_PAGE)
    return render(request, "payouts/statement.html", context, status=200 if told else 422)


@login_required
@require_safe
def statement_sheet(request: MemberRequest) -> HttpResponse:
    """The same rows and sums for a spreadsheet."""
    told = _told(own := _shop(request), _period(request))
    if told is None:
        raise Http404
    response = HttpResponse(statement_file(told), content_type="text/csv; charset=utf-8")
    name = f"laporan-{own.slug}-{told.since:%Y%m%d}-{told.until:%Y%m%d}.csv"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@login_required
@require_POST
def declare(request: MemberRequest, kind: str) -> HttpResponse:
    """The shop says that it is small, or takes it back; it counts for orders from now on."""
    own = _shop(request, Duty.OWNER)
    if kind not in Declaration.Kind.values:
        raise Http404
    if request.POST.get("withdraw"):
        fees.withdraw(own.pk, Declaration.Kind(kind))
        messages.success(request, _("Pernyataan dicabut. Pesanan yang sudah masuk tidak berubah."))
    else:
        fees.declare(own.pk, Declaration.Kind(kind), by=request.user)
        messages.success(request, _("Pernyataan tercatat. Berlaku untuk pesanan mulai sekarang."))
    return redirect("payouts:shop")


@login_required
@require_safe
def net(request: MemberRequest) -> HttpResponse:
    """What one piece would bring: a fragment beside a price, or a page of its own."""
    own, form = _shop(request), NetForm(request.GET or None)
    context = {"shop": own, "form": form, "net": None}
    if form.is_valid():
        asked = form.cleaned_data
        product = own.products.filter(pk=asked["product"]).first() if asked["product"] else None
        context |= net_context(
            own,
            product=product,
            **{name: asked[name] for name in ("price", "category", "usual", "cost")},
        )
    return render_page(request, "payouts/net.html", "net", context)


def _page(request: MemberRequest, rows: Any, most: int) -> Any:
    return Paginator(rows, most).get_page(request.GET.get("page"))


def _shop(request: MemberRequest, duty: Duty = Duty.MONEY) -> Shop:
    return get_object_or_404(Shop.objects.at_desk(request.user, duty).select_related("owner"))


def _period(request: MemberRequest) -> PeriodForm:
    return PeriodForm(request.GET if "dari" in request.GET else PeriodForm.this_month())


def _told(own: Shop, form: PeriodForm) -> Statement | None:
    if not form.is_valid():
        return None
    since: date = form.cleaned_data["dari"]
    return statement_of(own, since, form.cleaned_data["sampai"])
