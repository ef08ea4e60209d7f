"""A seller's day and goods."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import MemberRequest
from catalog import queries as catalog
from catalog.forms import NewVariantForm, RestockForm, StockForm, VariantForm
from catalog.margins import Loss, worst_loss
from catalog.models import Product, Variant
from catalog.operations import LiveCodeTaken, SkuTaken, StockMoved
from livestream.models import LiveSession
from orders import queries as orders
from orders.models import Order
from storefront import operations


@login_required
@require_safe
def seller_home(request: MemberRequest) -> HttpResponse:
    """What waits today; someone without a shop is shown how to open one."""
    work = catalog.work_of(request.user)
    shop = work.shop
    if shop is None:
        return redirect("catalog:shop_open")
    shows = LiveSession.objects.of_host(request.user).filter(shop=shop)
    counts = orders.counts_by_state(request.user)
    context = {
        "shop": shop,
        "may": work.may,
        "shops": list(catalog.shops_worked_in(request.user)),
        "parts": catalog.parts_of(request.user),
        "on_air": shows.on_air().first(),
        "next_live": shows.upcoming().order_by("planned_at").first(),
        "to_pack": counts.get(Order.State.CONFIRMED, 0),
        "to_ship": counts.get(Order.State.PACKED, 0),
        "low": catalog.variants_running_low(shop)[:10],
        "product_count": Product.objects.filter(shop=shop).count(),
    }
    return render(request, "storefront/seller_home.html", context)


@login_required
@require_POST
def product_withdraw(request: MemberRequest, pk: int) -> HttpResponse:
    operations.withdraw_product(get_object_or_404(Product.objects.of_seller(request.user), pk=pk))
    messages.success(request, _("Produk ditarik dari lapak. Pesanan yang sudah masuk tetap jalan."))
    return redirect("catalog:product_edit", pk=pk)


@login_required
@require_POST
def product_restore(request: MemberRequest, pk: int) -> HttpResponse:
    operations.restore_product(get_object_or_404(Product.objects.of_seller(request.user), pk=pk))
    messages.success(request, _("Produk dijual lagi."))
    return redirect("catalog:product_edit", pk=pk)


# ---- variants --------------------------------------------------------------------------------------


@login_required
@require_http_methods(["GET", "POST"])
def variant_new(request: MemberRequest, pk: int) -> HttpResponse:
    product = get_object_or_404(Product.objects.of_seller(request.user).select_related("shop"), pk=pk)
    suggested = {"live_code": catalog.free_live_code(product.shop), "sku": catalog.free_sku(product)}
    form = NewVariantForm(request.POST or None, initial=suggested)
    loss = _loss(form, product)
    if loss and not loss.is_confirmed(request.POST):
        return _variant_form(request, form, product=product, loss=loss)
    if form.is_valid() and _unless_taken(
        form, lambda: operations.add_variant(product, fields=form.cleaned_data)
    ):
        messages.success(request, _("Varian ditambahkan."))
        return redirect("catalog:product_edit", pk=product.pk)
    return _variant_form(request, form, product=product)


@login_required
@require_http_methods(["GET", "POST"])
def variant_edit(request: MemberRequest, pk: int) -> HttpResponse:
    variant = get_object_or_404(catalog.variants_of_seller(request.user), pk=pk)
    known = {name: getattr(variant, name) for name in VariantForm.base_fields}
    form = VariantForm(request.POST or None, initial=known)
    loss = _loss(form, variant.product)
    if loss and not loss.is_confirmed(request.POST):
        return _variant_form(request, form, product=variant.product, variant=variant, loss=loss)
    if form.is_valid() and _unless_taken(
        form, lambda: operations.edit_variant(variant, fields=form.cleaned_data)
    ):
        messages.success(request, _("Varian tersimpan."))
        return redirect("catalog:product_edit", pk=variant.product_id)
    return _variant_form(request, form, product=variant.product, variant=variant)


@login_required
@require_POST
def variant_withdraw(request: MemberRequest, pk: int) -> HttpResponse:
    variant = get_object_or_404(catalog.variants_of_seller(request.user), pk=pk)
    operations.withdraw_variant(variant)
    messages.success(request, _("Varian ditarik."))
    return redirect("catalog:product_edit", pk=variant.product_id)


@login_required
@require_POST
def variant_restore(request: MemberRequest, pk: int) -> HttpResponse:
    variant = get_object_or_404(catalog.variants_of_seller(request.user), pk=pk)
    operations.restore_variant(variant)
    messages.success(request, _("Varian dijual lagi."))
    return redirect("catalog:product_edit", pk=variant.product_id)


# ---- stock -----------------------------------------------------------------------------------------


@login_required
@require_http_methods(["GET", "POST"])
def stock(request: MemberRequest, pk: int) -> HttpResponse:
    """Correct the number on the shelf."""
    variant = get_object_or_404(catalog.variants_of_seller(request.user), pk=pk)
    if request.method != "POST":
        return _stock_page(request, variant)
    form = StockForm(request.POST)
    if not form.is_valid():
        return _stock_page(request, variant, form=form, status=422)
    try:
        operations.set_stock(variant, **form.cleaned_data)
    except StockMoved as moved:
        return _stock_page(request, variant, form=_recount(form, moved), status=409)
    messages.success(request, _("Stok tersimpan."))
    return redirect("catalog:product_edit", pk=variant.product_id)


@login_required
@require_POST
def restock(request: MemberRequest, pk: int) -> HttpResponse:
    """Add fresh goods."""
    variant = get_object_or_404(catalog.variants_of_seller(request.user), pk=pk)
    form = RestockForm(request.POST)
    if not form.is_valid():
        return _stock_page(request, variant, restock_form=form, status=422)
    operations.restock(variant, units=form.cleaned_data["units"])
    messages.success(request, _("Stok bertambah %(units)s.") % form.cleaned_data)
    return redirect("catalog:product_edit", pk=variant.product_id)


def _recount(form: StockForm, moved: StockMoved) -> StockForm:
    """The same form, which now knows what there is and says what happened."""
    fresh = StockForm({"available": form.cleaned_data["available"], "seen": moved.available})
    sentence = _("Barusan ada yang beli: stok sekarang %(count)s. Periksa lagi, lalu simpan.")
    fresh.add_error("available", sentence % {"count": moved.available})
    return fresh


def _unless_taken(form: VariantForm, write: Callable[[], object]) -> bool:
    """Do it; or say on the form which code another variant has already."""
    try:
        write()
    except SkuTaken:
        form.add_error("sku", _("SKU itu sudah dipakai varian lain."))
    except LiveCodeTaken:
        form.add_error("live_code", _("Kode live itu sudah dipakai varian lain."))
    return not form.errors


def _loss(form: VariantForm, product: Product) -> Loss | None:
    """Of a piece at the price and the cost that are typed."""
    if not form.is_valid():
        return None
    typed = Variant(product=product, name=form.cleaned_data["name"], cost=form.cleaned_data["cost"])
    return worst_loss([typed], price_of=lambda _: form.cleaned_data["price"])


def _variant_form(request: MemberRequest, form: VariantForm, **context: Any) -> HttpResponse:
    status = 409 if context.get("loss") else 422 if form.is_bound else 200
    return render(request, "storefront/variant_form.html", {"form": form, **context}, status=status)


def _stock_page(
    request: MemberRequest,
    variant: Variant,
    *,
    form: StockForm | None = None,
    restock_form: RestockForm | None = None,
    status: int = 200,
) -> HttpResponse:
    known = {"available": variant.stock.available, "seen": variant.stock.available}
    context = {
        "variant": variant,
        "form": form or StockForm(initial=known),
        "restock_form": restock_form or RestockForm(),
    }
    return render(request, "storefront/stock.html", context, status=status)
