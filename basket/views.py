"""The basket, and the one button that buys what lies in it."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import operations as accounts
from accounts.models import Address, User
from accounts.operations import TooManyAddresses
from accounts.requests import MemberRequest
from affiliates.visitors import visitor_of
from basket import operations, queries
from basket.forms import PutForm, QuantityForm, lines_in
from basket.keepers import Keeper, keeper_of
from basket.operations import Kept, NotPlaced
from basket.pages import CheckoutPage
from catalog.models import Product, Variant
from checkout import operations as counter
from checkout.queries import session_showing
from deals.queries import price_for
from kit.htmx import is_htmx, redirect_browser, render_page, tell, trigger
from kit.numbers import uuid_in
from kit.pace import is_too_fast
from orders import operations as orders
from orders.models import Order

BASKET, CHECKOUT = "basket/basket.html", "basket/checkout.html"
REMOVED = "basket_removed"  # in the session: what can still be brought back
MOST_PUTS = 30  # in ten seconds
CHANGED = "basket:changed"
BUSY = _("Sedang ramai sekali. Coba lagi sebentar ya.")
REASONS: dict[type[Exception], str | Promise] = {
    operations.BasketMoved: _("Isi keranjangmu berubah sejak halaman ini dibuka. Periksa lagi, lalu pesan."),
    operations.CannotBeJoined: _("Cara bayar ini langsung ke tiap lapak. Bayar lapaknya satu per satu, ya."),
    operations.TooManyShops: _("Terlalu banyak lapak sekaligus. Pesan sebagian dulu, ya."),
    counter.WayMissing: _("Pilih dulu cara kirimnya."),
    counter.MethodNotOffered: _("Cara bayar ini sedang tidak tersedia. Pilih cara lain, ya."),
    counter.TooManyUnpaid: _("Masih ada pesanan yang belum kamu bayar. Bayar atau batalkan dulu, ya."),
    orders.KeyReused: _("Pesanan ini sudah dibuat dengan isi lain. Buka lagi keranjangmu."),
}
REFUSALS: dict[type[Exception], str | Promise] = {
    orders.NoLongerSold: _("Ada barang yang baru saja ditarik penjualnya."),
    orders.OutOfStock: _("Ada barang yang stoknya baru saja habis atau berkurang."),
    orders.OwnGoods: _("Ini barang lapakmu sendiri."),
    orders.PriceChanged: _("Harganya baru berubah. Periksa lagi totalnya, lalu pesan."),
    orders.QuoteGone: _("Ongkirnya baru berubah. Periksa lagi totalnya, lalu pesan."),
    orders.CodNotAccepted: _("Lapak ini tidak menerima bayar di tempat. Pilih cara bayar lain."),
}
TOO_MANY = _("Alamatmu sudah banyak sekali. Pilih salah satu, atau hapus yang lama dulu.")


# ---- what lies in it -------------------------------------------------------------------------------


@require_safe
@never_cache
def basket(request: HttpRequest) -> HttpResponse:
    return render_page(request, BASKET, "basket", _context(request, keeper_of(request)))


@require_safe
@never_cache
def count(request: HttpRequest) -> HttpResponse:
    """The badge, asked for when something was put in or taken out."""
    return render(request, "basket/_badge.html")


@require_POST
def put(request: HttpRequest) -> HttpResponse:
    form, keeper = PutForm(request.POST), keeper_of(request)
    if not form.is_valid():
        return _refuse(request, gettext("Jumlahnya 1 sampai 99."), status=422)
    if is_too_fast(f"basket:{keeper.name}", most=MOST_PUTS, within=10):
        return _refuse(request, gettext("Pelan-pelan ya. Coba lagi sebentar."), status=429)
    variants = queries.variants_asked_for(form.cleaned_data["variant"], form.cleaned_data["product"])
    if not variants:
        raise Http404
    variant = variants[0]
    if len(variants) > 1:  # which one, is said on the product's page
        return _send_to(request, variant.product)
    session = session_showing(form.cleaned_data["session"], variant.product_id)
    if session and session.is_rehearsal:
        return _refuse(request, gettext("Ini latihan, jadi tidak ada yang dijual."), status=409)
    quantity = form.cleaned_data["quantity"]
    price = price_for(keeper.buyer, variant, quantity=quantity)
    item = Kept(
        variant.pk,
        quantity,
        price.amount,
        session.pk if session else None,
        session.media_ms if session else None,
    )
    try:
        keeper.put(item)
    except operations.Full:
        return _refuse(request, gettext("Keranjangmu penuh. Pesan sebagian dulu, ya."), status=409)
    return _answer_put(request, variant, session_code=session.code if session else "")


@require_POST
def change(request: HttpRequest, variant_id: int) -> HttpResponse:
    """So many pieces, at what they cost now."""
    form, keeper = QuantityForm(request.POST), keeper_of(request)
    if not form.is_valid():
        return _show(request, keeper, status=422, text=gettext("Jumlahnya 1 sampai 99."))
    variant = Variant.objects.filter(pk=variant_id).first()
    if variant is None:
        raise Http404
    _change(keeper, variant, form.cleaned_data["quantity"])
    return _after(request, keeper)


@require_POST
def remove(request: HttpRequest, variant_id: int) -> HttpResponse:
    keeper = keeper_of(request)
    gone = keeper.remove(variant_id)
    if gone:
        request.session[REMOVED] = [
            gone.variant_id,
            gone.quantity,
            gone.price_seen,
            gone.session_id,
            gone.session_ms,
        ]
    return _after(request, keeper, was_removed=True)


@require_POST
def bring_back(request: HttpRequest) -> HttpResponse:
    """What was taken out last, as it was."""
    keeper, gone = keeper_of(request), request.session.pop(REMOVED, None)
    if gone:
        try:
            keeper.put(Kept(*gone))
        except operations.Full:
            return _show(
                request, keeper, status=409, text=gettext("Keranjangmu penuh. Pesan sebagian dulu, ya.")
            )
    return _after(request, keeper)


# ---- buying it -------------------------------------------------------------------------------------


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def check_out(request: MemberRequest) -> HttpResponse:
    if request.method == "POST":
        return _place(request)
    page = CheckoutPage(request.user, only=request.GET.get("lapak", ""))
    if not page.buying:
        return redirect("basket:basket")
    return _show_checkout(request, page)


@login_required
@require_safe
@never_cache
def sums(request: MemberRequest) -> HttpResponse:
    """What it costs as it is chosen now; asked again at each change."""
    page = CheckoutPage(request.user, only=request.GET.get("lapak", ""), typed=request.GET)
    return render(request, f"{CHECKOUT}#sums", page.context())


def _place(request: MemberRequest) -> HttpResponse:
    if fewer := lines_in(request.POST.getlist("fewer")):
        return _take_fewer(request, fewer)
    page = _page(request)
    try:
        made = _made_before(request, page)
        if not made and not page.is_valid():
            return _show_checkout(request, page, status=422)
        made = made or operations.check_out(request.user, wish=_wish(request, page))
    except NotPlaced as refusal:
        return _not_placed(request, refusal)
    except TooManyAddresses:
        return _show_checkout(request, _page(request), status=409, text=TOO_MANY)
    except tuple(REASONS) as refusal:
        return _show_checkout(request, _page(request), status=409, text=REASONS[type(refusal)])
    return _answer_placed(request, made)


def _made_before(request: MemberRequest, page: CheckoutPage) -> list[Order]:
    key = uuid_in(request.POST.get("key", ""))
    return operations.made_before(request.user, key=key, content=page.content()) if key else []


def _take_fewer(request: MemberRequest, fewer: dict[int, int]) -> HttpResponse:
    """Of what runs out, what is left; the page shows again what that costs, and nothing is ordered yet."""
    keeper = keeper_of(request)
    for variant in Variant.objects.filter(pk__in=fewer).order_by("pk"):
        _change(keeper, variant, fewer[variant.pk])
    return _show_checkout(request, _page(request))


def _page(request: MemberRequest) -> CheckoutPage:
    return CheckoutPage(request.user, only=request.POST.get("lapak", ""), typed=request.POST)


def _wish(request: MemberRequest, page: CheckoutPage) -> operations.Wish:
    portions = page.portions()
    if not portions:
        raise operations.BasketMoved
    return operations.Wish(
        portions=portions,
        address=_address(request.user, page),
        method=page.form.cleaned_data["method"],
        key=page.form.cleaned_data["key"],
        content=page.content(),
        visitor=visitor_of(request),
    )


def _address(buyer: User, page: CheckoutPage) -> Address:
    known = page.form.address_chosen
    return known or accounts.save_address(buyer, fields=page.address_form.cleaned_data)


def _not_placed(request: MemberRequest, refused: NotPlaced) -> HttpResponse:
    """Nothing was ordered. What can still be had is one tap away, under the same key."""
    if isinstance(refused.refusal, orders.Busy):
        return _show_checkout(request, _page(request), status=503, text=BUSY)
    page = _page(request)
    text = REFUSALS.get(type(refused.refusal), BUSY)
    return _show_checkout(request, page, status=409, text=text, refused=refused)


def _answer_placed(request: MemberRequest, made: list[Order]) -> HttpResponse:
    accounts.remember_language(request.user, get_language() or "")
    waiting = next((order for order in made if order.state == Order.State.PENDING), None)
    if is_htmx(request):
        answer = render(request, f"{CHECKOUT}#placed", {"made": made, "waiting": waiting})
        return trigger(answer, CHANGED)
    if waiting:
        return redirect("payments:pay", waiting.number)
    return redirect("orders:order", made[0].number) if len(made) == 1 else redirect("orders:list")


# ---- parts -----------------------------------------------------------------------------------------


def _change(keeper: Keeper, variant: Variant, quantity: int) -> None:
    price = price_for(keeper.buyer, variant, quantity=quantity)
    keeper.change(Kept(variant.pk, quantity, price.amount))


def _context(request: HttpRequest, keeper: Keeper, *, was_removed: bool = False) -> dict[str, object]:
    groups = queries.groups_of(keeper.items(), keeper.buyer)
    return {
        "groups": groups,
        "total": sum(group.amount for group in groups),
        "ready": sum(len(group.ready) for group in groups),
        "in_room": "/live/" in request.headers.get("HX-Current-URL", ""),  # there the show plays on
        "removed": _removed(request) if was_removed or "dihapus" in request.GET else None,
    }


def _removed(request: HttpRequest) -> Variant | None:
    gone = request.session.get(REMOVED)
    return Variant.objects.filter(pk=gone[0]).select_related("product").first() if gone else None


def _after(request: HttpRequest, keeper: Keeper, *, was_removed: bool = False) -> HttpResponse:
    if not is_htmx(request):
        query = "?dihapus=1" if was_removed else ""
        return redirect(reverse("basket:basket") + query)
    context = _context(request, keeper, was_removed=was_removed)
    return trigger(render(request, f"{BASKET}#basket", context), CHANGED)


def _show(request: HttpRequest, keeper: Keeper, *, status: int, text: str) -> HttpResponse:
    return render_page(request, BASKET, "basket", {**_context(request, keeper), "text": text}, status=status)


def _show_checkout(
    request: MemberRequest, page: CheckoutPage, *, status: int = 200, **context: object
) -> HttpResponse:
    if not page.buying and is_htmx(request):
        return _show(request, keeper_of(request), status=status, text=str(context.get("text", "")))
    return render_page(request, CHECKOUT, "checkout", {**page.context(), **context}, status=status)


def _answer_put(request: HttpRequest, variant: Variant, *, session_code: str) -> HttpResponse:
    text = gettext("%(name)s masuk keranjang.") % {"name": variant.product.name}
    if not is_htmx(request):
        messages.success(request, text)
        return redirect("basket:basket")
    if request.headers.get("HX-Target") == "buy-form":
        context = {"variant": variant, "session_code": session_code}
        return trigger(render(request, "basket/_put.html", context), CHANGED)
    return trigger(tell(HttpResponse(status=204), text), CHANGED)


def _send_to(request: HttpRequest, product: Product) -> HttpResponse:
    address = reverse("catalog:product", args=[product.slug, product.pk])
    return redirect_browser(address) if is_htmx(request) else redirect(address)


def _refuse(request: HttpRequest, text: str, *, status: int) -> HttpResponse:
    if not is_htmx(request):
        messages.error(request, text)
        return redirect("basket:basket")
    answer = HttpResponse(status=status, headers={"HX-Reswap": "none"})
    return tell(answer, text, level="error")
