"""The buy sheet over the live, the same as a page, and the two steps a buyer takes later."""

from __future__ import annotations

from typing import cast
from uuid import uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import operations as accounts
from accounts.forms import AddressForm
from accounts.models import Address, User
from accounts.operations import TooManyAddresses
from affiliates.visitors import visitor_of
from catalog.models import Variant
from checkout import operations, queries
from checkout.forms import NEW_ADDRESS, BuyForm
from kit.htmx import is_htmx, redirect_browser, render_page
from orders.models import Order
from orders.operations import (
    Busy,
    CodNotAccepted,
    KeyReused,
    NoLongerSold,
    NotPossible,
    OutOfStock,
    OwnGoods,
    PriceChanged,
)

SHEET = "checkout/buy.html"
REASONS: dict[type[Exception], str | Promise] = {
    NoLongerSold: _("Produk ini baru saja ditarik penjualnya."),
    OwnGoods: _("Ini barang lapakmu sendiri."),
    KeyReused: _("Pesanan ini sudah dibuat dengan isi lain. Buka lagi lembar belinya."),
    PriceChanged: _("Harganya baru berubah. Periksa lagi totalnya, lalu pesan."),
    CodNotAccepted: _("Lapak ini tidak menerima bayar di tempat. Pilih cara bayar lain."),
    TooManyAddresses: _("Alamatmu sudah banyak sekali. Pilih salah satu, atau hapus yang lama dulu."),
}


@require_http_methods(["GET", "HEAD", "POST"])
def buy(request: HttpRequest, variant_id: int) -> HttpResponse:
    variants = _variants_or_404(variant_id)
    if not request.user.is_authenticated:
        return _ask_to_log_in(request, variants)
    if request.method != "POST":
        return _show(request, _fresh_form(request, variants, variant_id), AddressForm())
    return _place(request, variants)


def _place(request: HttpRequest, variants: list[Variant]) -> HttpResponse:
    form, address_form = _form(request, variants, request.POST), AddressForm()
    if form.wants_new_address:
        address_form = AddressForm(request.POST)
    if not form.is_valid() or (form.wants_new_address and not address_form.is_valid()):
        return _show(request, form, address_form, status=422)
    try:
        order = operations.buy(cast(User, request.user), wish=_wish(request, form, address_form))
    except OutOfStock as refusal:
        return _refuse(request, form, address_form, sold_out=refusal)
    except tuple(REASONS) as refusal:
        return _refuse(request, form, address_form, text=REASONS[type(refusal)])
    except Busy:
        return _refuse(
            request, form, address_form, status=503, text=_("Sedang ramai sekali. Coba lagi sebentar ya.")
        )
    return _answer_placed(request, order)


def _wish(request: HttpRequest, form: BuyForm, address_form: AddressForm) -> operations.Wish:
    chosen = form.cleaned_data
    variant = next(variant for variant in form.variants if variant.pk == chosen["variant"])
    return operations.Wish(
        variant=variant,
        quantity=chosen["quantity"],
        address=_address(form, address_form),
        method=chosen["method"],
        key=chosen["key"],
        shown_total=form.shown_total(),
        session=queries.session_showing(chosen["session"], variant.product_id),
        visitor=visitor_of(request),
    )


def _address(form: BuyForm, address_form: AddressForm) -> Address:
    wanted = form.cleaned_data["address"]
    if wanted == NEW_ADDRESS:
        return accounts.save_address(form.buyer, fields=address_form.cleaned_data)
    return next(address for address in form.addresses if str(address.pk) == wanted)


def _answer_placed(request: HttpRequest, order: Order) -> HttpResponse:
    if is_htmx(request):
        return render(request, f"{SHEET}#placed", {"order": order})
    return redirect("orders:order" if order.is_cod else "payments:pay", order.number)


@require_safe
def total(request: HttpRequest, variant_id: int) -> HttpResponse:
    """What the choice on the sheet costs; asked again at each change."""
    variants = _variants_or_404(variant_id)
    chosen = request.GET.get("variant", "")
    variant = next((each for each in variants if str(each.pk) == chosen), variants[0])
    text = request.GET.get("quantity", "1")
    quantity = min(max(int(text), 1), 99) if text.isdecimal() and len(text) < 4 else 1
    return render(
        request,
        f"{SHEET}#total",
        {"quote": queries.quote(variant, quantity), "chosen": variant, "quantity": quantity},
    )


@login_required
@require_POST
def receive(request: HttpRequest, number: str) -> HttpResponse:
    order = get_object_or_404(Order.objects.of_buyer(cast(User, request.user)), number=number)
    try:
        operations.receive(order)
    except NotPossible:
        messages.error(request, gettext("Pesanan ini belum bisa diterima."))
    else:
        messages.success(request, gettext("Terima kasih! Semoga cocok barangnya."))
    return redirect("orders:order", number)


@login_required
@require_POST
def cancel(request: HttpRequest, number: str) -> HttpResponse:
    """The buyer, or the shop with a reason, calls it off before it is shipped."""
    user = cast(User, request.user)
    order = get_object_or_404(Order.objects.of_buyer(user) | Order.objects.of_seller(user), number=number)
    is_buyer = order.buyer_id == user.pk
    reason = request.POST.get("reason", "").strip()[:200]
    if not is_buyer and not reason:
        messages.error(request, gettext("Tulis alasannya, supaya pembeli mengerti."))
        return redirect("orders:desk")
    try:
        operations.cancel(order, reason=reason or gettext("Dibatalkan pembeli"))
    except NotPossible:
        messages.error(request, gettext("Pesanan ini sudah tidak bisa dibatalkan."))
    else:
        messages.success(request, gettext("Pesanan dibatalkan."))
    return redirect("orders:order", number) if is_buyer else redirect("orders:desk")


# ---- parts of the sheet ----------------------------------------------------------------------------


def _variants_or_404(variant_id: int) -> list[Variant]:
    variants = queries.variants_beside(variant_id)
    if not variants:
        raise Http404
    return variants


def _fresh_form(request: HttpRequest, variants: list[Variant], variant_id: int) -> BuyForm:
    wanted = next((each for each in variants if each.pk == variant_id), variants[0])
    in_stock = [each for each in variants if each.stock.available]
    if not wanted.stock.available and in_stock:
        wanted = in_stock[0]
    form = _form(request, variants)
    form.initial = {
        "variant": wanted.pk,
        "quantity": 1,
        "address": str(form.addresses[0].pk) if form.addresses else NEW_ADDRESS,
        "method": queries.last_method(form.buyer),
        "key": uuid4(),
        "session": request.GET.get("session", ""),
    }
    return form


def _form(request: HttpRequest, variants: list[Variant], data: object = None) -> BuyForm:
    buyer = cast(User, request.user)
    return BuyForm(
        data,
        buyer=buyer,
        variants=variants,
        addresses=queries.addresses_of(buyer),
        accepts_cod=variants[0].shop.accepts_cod,
    )


def _show(
    request: HttpRequest,
    form: BuyForm,
    address_form: AddressForm,
    *,
    status: int = 200,
    **context: object,
) -> HttpResponse:
    chosen = next((each for each in form.variants if str(each.pk) == str(form["variant"].value())), None)
    chosen = chosen or form.variants[0]
    quantity = form["quantity"].value()
    quantity = int(quantity) if str(quantity).isdecimal() and 0 < int(quantity) < 100 else 1
    return render_page(
        request,
        SHEET,
        "sheet",
        {
            "form": form,
            "address_form": address_form,
            "product": chosen.product,
            "shop": chosen.shop,
            "photo": chosen.product.photos.order_by("position", "pk").first(),
            "chosen": chosen,
            "quantity": quantity,
            "quote": queries.quote(chosen, quantity),
            "is_sold_out": not any(each.stock.available for each in form.variants),
            **context,
        },
        status=status,
    )


def _refuse(
    request: HttpRequest, form: BuyForm, address_form: AddressForm, *, status: int = 409, **context: object
) -> HttpResponse:
    """Show the sheet again with the reason; what was chosen stays chosen, under the same key."""
    form.variants = queries.variants_beside(form.variants[0].pk) or form.variants
    return _show(request, form, address_form, status=status, **context)


def _ask_to_log_in(request: HttpRequest, variants: list[Variant]) -> HttpResponse:
    """A guest sees what it is and where to log in; a guest's order goes to the log-in page."""
    variant = variants[0]
    session = request.GET.get("session") or request.POST.get("session") or ""
    back = reverse("catalog:product", args=[variant.product.slug, variant.product.pk])
    if queries.session_showing(session, variant.product_id):
        back = reverse("livestream:room", args=[session])
    if request.method == "POST" or not is_htmx(request):
        login = redirect_to_login(back).url
        return redirect_browser(login) if is_htmx(request) else redirect(login)
    return render(request, f"{SHEET}#guest", {"product": variant.product, "back": back, "chosen": variant})
