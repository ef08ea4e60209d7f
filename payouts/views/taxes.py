"""What was kept for the state off a shop's sales: for the shop, and for the market's own return."""

from __future__ import annotations

from datetime import date

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.requests import MemberRequest
from catalog.models import Duty, Shop
from fees import queries as fees
from payouts.forms import MonthForm
from payouts.queries.taxes import tax_month, tax_of_shops
from payouts.sheets import tax_file, tax_file_of_market
from payouts.views.desk import for_payers


@login_required
@require_safe
def tax(request: MemberRequest) -> HttpResponse:
    own, form = _shop(request), _form(request)
    is_valid = form.is_valid()
    rules = fees.rules_of(fees.schedule_at(timezone.now()))
    context = {
        "shop": own,
        "form": form,
        "month": tax_month(own, form.cleaned_data["bulan"]) if is_valid else None,
        "is_on": any(rule.kind == "tax" and rule.is_valid(timezone.now()) for rule in rules),
    }
    return render(request, "payouts/tax.html", context, status=200 if is_valid else 422)


@login_required
@require_safe
def tax_sheet(request: MemberRequest) -> HttpResponse:
    own, first_day = _shop(request), _month(request)
    return _file(tax_file(own, tax_month(own, first_day)), f"pph22-{own.slug}-{first_day:%Y%m}")


@for_payers
@require_safe
def tax_sheet_of_market(request: MemberRequest) -> HttpResponse:
    """One line for each shop."""
    first_day = _month(request)
    return _file(tax_file_of_market(tax_of_shops(first_day)), f"pph22-pasar-{first_day:%Y%m}")


def _shop(request: MemberRequest) -> Shop:
    return get_object_or_404(Shop.objects.at_desk(request.user, Duty.MONEY))


def _form(request: MemberRequest) -> MonthForm:
    this_month = {"bulan": f"{timezone.localdate():%Y-%m}"}
    return MonthForm(request.GET if "bulan" in request.GET else this_month)


def _month(request: MemberRequest) -> date:
    form = _form(request)
    if not form.is_valid():
        raise Http404
    first_day: date = form.cleaned_data["bulan"]
    return first_day


def _file(text: str, name: str) -> HttpResponse:
    response = HttpResponse(text, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response
