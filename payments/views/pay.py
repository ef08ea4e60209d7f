"""The payment page: what to pay, how, until when, and whether it has come."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import MemberRequest
from kit.htmx import is_htmx, render_page
from kit.pictures import PictureRefused, private
from orders.models import Order
from orders.operations import NotPossible
from payments import operations, payment_page, queries
from payments.access import order_of_buyer, proof_to_see
from payments.forms import AccountForm, ProofForm
from payments.models import Refund

PAGE = "payments/pay.html"
STOP_POLLING = 286


@login_required
@require_safe
@never_cache
def pay(request: MemberRequest, number: str) -> HttpResponse:
    """What a browser claims about a payment is never listened to: only the gateway is."""
    order = order_of_buyer(request.user, number)
    if order.is_free or (order.is_cod and order.state not in (Order.State.PENDING, Order.State.EXPIRED)):
        return redirect("orders:order", number)
    return render_page(request, PAGE, "payment", payment_page.context(order))


@login_required
@require_safe
@never_cache
def status(request: MemberRequest, number: str) -> HttpResponse:
    """The changing part alone, asked for every few seconds until there is nothing to wait for."""
    context = payment_page.context(order_of_buyer(request.user, number))
    return render(request, f"{PAGE}#status", context, status=200 if context["is_ongoing"] else STOP_POLLING)


@login_required
@require_POST
def ask(request: MemberRequest, number: str) -> HttpResponse:
    """ "I have paid": the gateway is asked, nobody is believed."""
    order = order_of_buyer(request.user, number)
    part = queries.part_of(order)
    if part and part.charge.is_open and not operations.ask_about(part.charge):
        messages.info(request, _("Belum terlihat masuk. Kami terus memeriksa; halaman ini berubah sendiri."))
    if not is_htmx(request):
        return redirect("payments:pay", number)
    return render(request, f"{PAGE}#status", payment_page.context(order_of_buyer(request.user, number)))


@login_required
@require_POST
def confirm(request: MemberRequest, number: str) -> HttpResponse:
    """The buyer stands by a parcel that is paid at the door."""
    order = order_of_buyer(request.user, number)
    try:
        operations.confirm_cod(order)
    except (operations.DepositFirst, operations.FeeFirst):
        return redirect("payments:pay", number)
    except NotPossible:
        messages.error(request, _("Waktunya sudah lewat. Pesan sekali lagi, ya."))
    else:
        messages.success(request, _("Siap! Lapak mulai mengemas pesananmu."))
    return redirect("orders:order", number)


@login_required
@require_POST
def change(request: MemberRequest, number: str) -> HttpResponse:
    """Another way to pay, because the first one failed."""
    order = order_of_buyer(request.user, number)
    try:
        operations.pay_otherwise(order, method=request.POST.get("method", ""))
    except operations.NotPayable:
        messages.error(request, _("Pembayaran ini tidak bisa diganti lagi."))
    except operations.MethodTaken:
        messages.error(request, _("Cara bayar ini sedang tidak tersedia. Pilih cara lain, ya."))
    if not is_htmx(request):
        return redirect("payments:pay", number)
    return render(request, f"{PAGE}#payment", payment_page.context(order_of_buyer(request.user, number)))


@login_required
@require_POST
def send_proof(request: MemberRequest, number: str) -> HttpResponse:
    order = order_of_buyer(request.user, number)
    part = queries.part_of(order)
    form = ProofForm(request.POST, request.FILES)
    if form.is_valid() and part:
        try:
            operations.send_proof(
                part.charge, upload=form.cleaned_data["photo"], note=form.cleaned_data["note"]
            )
        except PictureRefused as refusal:
            form.add_error("photo", str(refusal))
        except operations.TooManyProofs:
            form.add_error(None, _("Buktinya sudah cukup banyak. Hubungi lapak lewat WhatsApp, ya."))
        except operations.NotWanted:
            messages.error(request, _("Pesanan ini tidak menunggu bukti bayar."))
            return redirect("payments:pay", number)
        else:
            messages.success(request, _("Bukti terkirim. Lapak sedang mengecek rekeningnya."))
            return redirect("payments:pay", number)
    context = {**payment_page.context(order), "proof_form": form}
    return render_page(request, PAGE, "payment", context, status=422)


@login_required
@require_safe
def proof_picture(request: MemberRequest, pk: int) -> HttpResponse:
    proof = proof_to_see(request.user, pk)
    return private.response(proof.key, max(proof.widths))  # type: ignore[return-value]


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def refund_account(request: MemberRequest, pk: int) -> HttpResponse:
    """Where a refund goes that nothing but a bank transfer brings back."""
    waiting = (Refund.State.NEEDS_ACCOUNT, Refund.State.BANK)
    refunds = Refund.objects.filter(order__buyer=request.user, state__in=waiting)
    refund = get_object_or_404(refunds.select_related("order__shop", "bank"), pk=pk)
    form = AccountForm(request.POST or None)
    if form.is_valid():
        chosen = form.cleaned_data
        try:
            operations.give_account(
                refund,
                bank=chosen["bank"],
                number=chosen["account_number"],
                name=chosen["account_name"],
            )
            messages.success(request, _("Rekening tersimpan. Uangmu kami transfer secepatnya."))
        except operations.NotAskedFor:  # transferred in this moment
            messages.error(request, _("Uangnya baru saja ditransfer ke rekening yang lama."))
        return redirect("orders:order", refund.order.number)
    context = {"refund": refund, "form": form, "order": refund.order}
    return render(request, "payments/refund_account.html", context, status=422 if form.is_bound else 200)
