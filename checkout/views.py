"""The buy sheet over the live, the same as a page, and the two steps a buyer takes later."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import operations as accounts
from accounts.models import Address, User
from accounts.operations import TooManyAddresses
from accounts.requests import MemberRequest
from affiliates.visitors import visitor_of
from catalog.models import Variant
from checkout import counter, gone, keeping, operations, queries
from checkout import sheet as sheets
from checkout.sheet import Sheet
from checkout.ways import destination_of, ways_to
from deals.queries import price_for
from kit.htmx import is_htmx, redirect_browser, render_page
from kit.hygiene import clean_text
from kit.numbers import uuid_in
from kit.pace import is_too_fast
from livestream import queries as live
from livestream.room import seats, taps
from orders.models import Order
from orders.operations import (
    AlreadyWithCourier,
    Busy,
    CarriesOthers,
    CodNotAccepted,
    KeyReused,
    NoLongerSold,
    NotPossible,
    OutOfStock,
    OwnGoods,
    PriceChanged,
    QuoteGone,
)
from shipping.operations.parcels import CourierSaysNo, NotBookable, OutcomeUnknown

COURIER_SILENT = (CourierSaysNo, NotBookable, OutcomeUnknown)  # what is booked there is not known
SHEET = "checkout/buy.html"
MOST_REASON = 200
MOST_KEEPS = 20  # in ten seconds: as often as one may speak
BUSY = _("Sedang ramai sekali. Coba lagi sebentar ya.")
REASONS: dict[type[Exception], str | Promise] = {
    operations.OnlyPractice: _("Ini latihan, jadi tidak ada pesanan yang dibuat."),
    NoLongerSold: _("Produk ini baru saja ditarik penjualnya."),
    OwnGoods: _("Ini barang lapakmu sendiri."),
    KeyReused: _("Pesanan ini sudah dibuat dengan isi lain. Buka lagi lembar belinya."),
    operations.WayMissing: _("Pilih dulu cara kirimnya."),
    QuoteGone: _("Ongkirnya baru berubah. Periksa lagi totalnya, lalu pesan."),
    PriceChanged: _("Harganya baru berubah. Periksa lagi totalnya, lalu pesan."),
    operations.MethodNotOffered: _("Cara bayar ini sedang tidak tersedia. Pilih cara lain, ya."),
    operations.TooManyUnpaid: _("Masih ada pesanan yang belum kamu bayar. Bayar atau batalkan dulu, ya."),
    CodNotAccepted: _("Lapak ini tidak menerima bayar di tempat. Pilih cara bayar lain."),
}
TOO_MANY = _("Alamatmu sudah banyak sekali. Pilih salah satu, atau hapus yang lama dulu.")


@require_http_methods(["GET", "HEAD", "POST"])
def buy(request: HttpRequest, variant_id: int) -> HttpResponse:
    if request.method == "POST":
        if is_htmx(request) and gone.is_gone(request.POST):
            return _gone(request, variant_id)
        if plain := counter.wish_of(request, variant_id):
            return _order(request, variant_id, *plain)
    if not request.user.is_authenticated:
        variants = _variants_or_404(variant_id)
        _count_tap(request, variants)
        return _ask_to_log_in(request, variants)
    if request.method == "POST":
        return _place(request, variant_id)
    session = request.GET.get("session", "")
    variants = _variants_or_404(variant_id)
    _count_tap(request, variants)
    quantity = sheets.quantity_of(request.GET.get("quantity", ""))
    sheet = sheets.fresh(
        _person(request), variants, variant_id=variant_id, session=session, quantity=quantity
    )
    return _show(request, sheet)


def _place(request: HttpRequest, variant_id: int) -> HttpResponse:
    sheet = sheets.posted(_person(request), request.POST, variant_id=variant_id)
    if not sheet.is_valid():
        return _show_again(request, variant_id, status=422)
    try:
        wish = _wish(request, sheet)
    except TooManyAddresses:
        return _show_again(request, variant_id, status=409, text=TOO_MANY)
    return _order(request, variant_id, _person(request), wish)


def _order(request: HttpRequest, variant_id: int, buyer: User, wish: operations.Wish) -> HttpResponse:
    try:
        order = operations.buy(buyer, wish=wish)
    except OutOfStock as refusal:
        return _sold_out(request, variant_id, refusal)
    except tuple(REASONS) as refusal:
        return _show_again(request, variant_id, status=409, text=REASONS[type(refusal)])
    except Busy:
        return _show_again(request, variant_id, status=503, text=BUSY)
    return _answer_placed(request, buyer, order)


def _wish(request: HttpRequest, sheet: Sheet) -> operations.Wish:
    chosen, [variant] = sheet.form.cleaned_data, sheet.form.variants
    return operations.Wish(
        variant=variant,
        quantity=chosen["quantity"],
        address=_address(sheet),
        method=chosen["method"],
        key=chosen["key"],
        shown_total=sheet.form.shown_total(),
        session=queries.session_showing(chosen["session"], variant.product_id),
        visitor=visitor_of(request),
        shipping_quote=chosen["quote"],
        is_from_sheet=True,
    )


def _address(sheet: Sheet) -> Address:
    if sheet.form.wants_new_address:
        return accounts.save_address(sheet.form.buyer, fields=sheet.address_form.cleaned_data)
    return sheet.form.addresses[0]


def _answer_placed(request: HttpRequest, buyer: User, order: Order) -> HttpResponse:
    accounts.remember_language(buyer, get_language() or "")
    if is_htmx(request):
        return _few_words("placed", {"order": order})
    return redirect("payments:pay" if order.state == Order.State.PENDING else "orders:order", order.number)


@require_safe
def total(request: HttpRequest, variant_id: int) -> HttpResponse:
    """What the choice on the sheet costs; asked again at each change."""
    variants = _variants_or_404(variant_id)
    chosen = request.GET.get("variant", "")
    variant = next((each for each in variants if str(each.pk) == chosen), variants[0])
    quantity = sheets.quantity_of(request.GET.get("quantity", ""))
    if not request.user.is_authenticated:
        offer = queries.offer(None, variants, chosen=variant, quantity=quantity)
        return render(request, f"{SHEET}#total", {"offer": offer, "is_news": True})
    buyer, typed = _person(request), request.GET
    known = queries.address_chosen(buyer, typed.get("address", ""))
    ways = ways_to(
        destination_of(known[0] if known else None, typed),
        buyer=buyer,
        variant=variant,
        quantity=quantity,
        wanted=typed.get("quote", ""),
    )
    session = queries.session_showing(typed.get("session", ""), variant.product_id)
    offer = queries.offer(buyer, variants, chosen=variant, quantity=quantity, session=session, ways=ways)
    context = {"offer": offer, "ways": ways, "shop": variant.shop, "is_news": True}
    return render(request, f"{SHEET}#total", context)


@login_required
@require_POST
def keep(request: MemberRequest, code: str) -> HttpResponse:
    """For the page of whoever wrote it, when it looks like a wish; the text is read from the chat."""
    session = get_object_or_404(live.sessions_open_to_all(), code=code)
    message_id = uuid_in(request.POST.get("id", ""))
    if is_too_fast(f"keep:{request.user.pk}", most=MOST_KEEPS, within=10):
        return HttpResponse(status=429)
    kept = message_id and keeping.keep(
        session, user=request.user, message_id=message_id, visitor=visitor_of(request)
    )
    if not kept:
        return HttpResponse(status=204)
    return render(
        request, "checkout/_keep.html", {**queries.options_of(kept.answer), "kept": kept, "code": code}
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
def refuse(request: HttpRequest, number: str) -> HttpResponse:
    """The shop says that a parcel came back, because nobody paid at the door."""
    order = get_object_or_404(Order.objects.of_seller(cast(User, request.user)), number=number)
    try:
        operations.refuse_at_door(order)
    except NotPossible:
        messages.error(request, gettext("Pesanan ini tidak sedang menunggu dibayar di tempat."))
    else:
        messages.success(request, gettext("Dicatat ditolak. Stoknya kembali ke lapak."))
    return redirect("orders:desk_order", number)


@login_required
@require_POST
def cancel(request: HttpRequest, number: str) -> HttpResponse:
    """The buyer, or the shop with a reason, calls it off before it is shipped."""
    user = cast(User, request.user)
    order = get_object_or_404(Order.objects.of_buyer(user) | Order.objects.of_seller(user), number=number)
    is_buyer = order.buyer_id == user.pk
    reason = clean_text(request.POST.get("reason", "")[:MOST_REASON])[:MOST_REASON]
    if not is_buyer and not reason:
        messages.error(request, gettext("Tulis alasannya, supaya pembeli mengerti."))
        return redirect("orders:desk")
    try:
        operations.cancel(order, reason=reason or gettext("Dibatalkan pembeli"), by_buyer=is_buyer)
    except AlreadyWithCourier:
        messages.error(request, gettext("Kurir sudah mengambil paketnya, jadi tidak bisa dibatalkan lagi."))
    except CarriesOthers:
        messages.error(request, gettext("Ada pesananmu yang ikut paket ini. Batalkan yang itu dulu."))
    except COURIER_SILENT:
        messages.error(
            request, gettext("Kurirnya belum menjawab, jadi belum ada yang dibatalkan. Coba lagi sebentar.")
        )
    except NotPossible:
        messages.error(request, gettext("Pesanan ini sudah tidak bisa dibatalkan."))
    else:
        messages.success(request, gettext("Pesanan dibatalkan."))
    return redirect("orders:order", number) if is_buyer else redirect("orders:desk")


def _count_tap(request: HttpRequest, variants: list[Variant]) -> None:
    """A sheet that was opened in a room is one of the room's numbers."""
    session = request.GET.get("session", "")
    if session and request.method == "GET":
        taps.gather(session, product_id=variants[0].product_id, seat=seats.of_request(request))


# ---- parts of the sheet ----------------------------------------------------------------------------


def _variants_or_404(variant_id: int) -> list[Variant]:
    variants = queries.variants_beside(variant_id)
    if not variants:
        raise Http404
    return variants


def _show(request: HttpRequest, sheet: Sheet, *, status: int = 200, **context: object) -> HttpResponse:
    return render_page(request, SHEET, "sheet", {**sheet.context(), **context}, status=status)


def _show_again(request: HttpRequest, variant_id: int, *, status: int, **context: object) -> HttpResponse:
    """The sheet with the reason on it; what was chosen stays chosen, under the same key."""
    variants = _variants_or_404(variant_id)
    sheet = sheets.posted_with_choices(_person(request), request.POST, variants)
    return _show(request, sheet, status=status, **context)


def _sold_out(request: HttpRequest, variant_id: int, refusal: OutOfStock) -> HttpResponse:
    """A few words when nothing is left: of five hundred buyers most get this answer."""
    if refusal.available or not is_htmx(request):
        return _show_again(request, variant_id, status=409, sold_out=refusal)
    gone.remember(refusal.variant_id)
    return _gone(request, variant_id)


def _gone(request: HttpRequest, variant_id: int) -> HttpResponse:
    again = {"variant_id": variant_id, "session": request.POST.get("session", "")}
    return _few_words("sold_out", again, status=409)


def _few_words(part: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    """An answer that knows nothing of who asks: many are given in the same moment."""
    return HttpResponse(render_to_string(f"{SHEET}#{part}", context), status=status)


def _person(request: HttpRequest) -> User:
    return cast(User, request.user)


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
    context = {
        "product": variant.product,
        "variant": variant,
        "session": session,
        "back": back,
        "price": price_for(None, variant),
    }
    return render(request, f"{SHEET}#guest", context)
