"""A shop's rates for creators, with the rupiah they cost shown before they are saved."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import MemberRequest
from affiliates import operations, queries
from affiliates.forms import RateForm
from catalog.margins import Loss, worst_loss
from catalog.models import Duty, Product, Shop
from kit.htmx import render_page
from kit.numbers import whole_number

ON_A_PAGE = 30


@login_required
@require_safe
def rates(request: MemberRequest) -> HttpResponse:
    """The shop's rate, the products' own, and what creators sold."""
    return render(request, "affiliates/rates.html", _context(request, RateForm()))


@login_required
@require_safe
def preview(request: MemberRequest) -> HttpResponse:
    """The same page with the rate filled in and what it would cost, or only that part."""
    form = RateForm(request.GET)
    return _preview(request, form, status=200 if form.is_valid() else 422)


@login_required
@require_POST
def set_rate(request: MemberRequest) -> HttpResponse:
    form = RateForm(request.POST)
    if not form.is_valid():
        return render(request, "affiliates/rates.html", _context(request, form), status=422)
    shop = _shop(request)
    product = _product(shop, form)
    goods = queries.goods_at_rate(shop, product, timezone.now())
    loss = worst_loss(goods, price_of=lambda one: one.price, rate_bp=form.rate_bp)
    if loss and not loss.is_confirmed(request.POST):
        return _preview(request, form, status=409, loss=loss)
    try:
        operations.set_rate(shop, product=product, rate_bp=form.rate_bp, at=timezone.now())
    except operations.RateChanged:
        return render(request, "affiliates/rates.html", _context(request, form), status=409)
    messages.success(request, _("Komisi berlaku mulai sekarang. Pesanan yang sudah masuk tidak berubah."))
    return redirect("affiliates:rates")


@login_required
@require_POST
def end_rate(request: MemberRequest) -> HttpResponse:
    shop = _shop(request)
    named = request.POST.get("product", "")
    product = get_object_or_404(shop.products, pk=whole_number(named)) if named else None
    operations.end_rate(shop, product=product, at=timezone.now())
    messages.success(request, _("Komisi dihentikan. Pesanan yang sudah masuk tetap dibayar."))
    return redirect("affiliates:rates")


def _preview(
    request: MemberRequest, form: RateForm, *, status: int, loss: Loss | None = None
) -> HttpResponse:
    context = {**_context(request, form), "loss": loss}
    if form.is_valid():
        product = _product(context["shop"], form)
        context["examples"] = queries.examples(
            context["shop"], product=product, rate_bp=form.rate_bp, at=timezone.now()
        )
        context |= {"chosen": product, "rate_bp": form.rate_bp}
    return render_page(request, "affiliates/rates.html", "preview", context, status=status)


def _shop(request: MemberRequest) -> Shop:
    return get_object_or_404(Shop.objects.at_desk(request.user, Duty.SHOP))


def _product(shop: Shop, form: RateForm) -> Product | None:
    product_id = form.cleaned_data["product"]
    return get_object_or_404(shop.products, pk=product_id) if product_id else None


def _context(request: MemberRequest, form: RateForm) -> dict[str, Any]:
    shop, now = _shop(request), timezone.now()
    goods = Paginator(queries.goods_of(shop, now), ON_A_PAGE).get_page(request.GET.get("page"))
    return {
        "shop": shop,
        "form": form,
        "current": queries.shop_rate(shop, now),
        "page": goods,
        "sales": queries.sales_by_creator(shop),
    }
