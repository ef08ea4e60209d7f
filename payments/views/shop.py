"""A shop's own till: how it is paid, what buyers say they have paid, and what it owes back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import MemberRequest
from catalog.models import Shop
from kit.hygiene import clean_text
from kit.pictures import PictureRefused
from kit.sealed import unseal
from payments import operations, queries
from payments.access import proof_of_shop, shop_of, shop_to_judge, shop_to_read
from payments.forms import MethodsForm, NoteForm, ShopAccountForm, StickerForm
from payments.methods import configured
from payments.models import BankRefund, Charge, Proof, Refund
from payments.sticker import StickerRefused

PAGE = "payments/till.html"
NOT_A_STICKER: dict[str, str | Promise] = {
    "no_code": gettext_lazy("Kode QR-nya tidak terbaca. Foto lebih dekat, lurus, dan terang."),
    "no_qris": gettext_lazy("Kode ini bukan QRIS. Pakai foto stiker QRIS lapakmu."),
    "several": gettext_lazy("Ada beberapa QRIS di foto ini. Foto satu stiker saja."),
    "damaged": gettext_lazy("Kode QRIS-nya rusak. Foto stiker aslinya, jangan salinan yang buram."),
    "invalid": gettext_lazy("Isi QRIS ini tidak lengkap. Coba stiker lain, atau hubungi penerbitnya."),
    "dynamic": gettext_lazy("Ini QRIS sekali pakai. Pakai stiker yang tetap, yang tertempel di lapak."),
    "no_nmid": gettext_lazy("QRIS ini tidak punya NMID, jadi tidak bisa dipakai."),
    "has_tip": gettext_lazy("QRIS ini menambahkan biaya atau tip sendiri. Minta stiker tanpa biaya."),
}


@login_required
@require_safe
def till(request: MemberRequest) -> HttpResponse:
    return _show(request, shop_of(request.user))


@login_required
@require_POST
def choose_methods(request: MemberRequest) -> HttpResponse:
    shop, form = shop_of(request.user), MethodsForm(request.POST)
    if not form.is_valid():
        return _show(request, shop, status=422, methods_form=form)
    refused = form.refused()
    operations.choose_methods(
        shop, refused=[name for name in refused if name != "cod"], accepts_cod="cod" not in refused
    )
    messages.success(request, _("Cara bayar tersimpan."))
    return redirect("payments:till")


@login_required
@require_POST
def read_sticker(request: MemberRequest) -> HttpResponse:
    """Read the photo and ask whether the name on it is the shop's; nothing is offered before."""
    shop, form = shop_of(request.user), StickerForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            operations.read_sticker(shop, upload=form.cleaned_data["photo"])
        except StickerRefused as refusal:
            form.add_error("photo", str(NOT_A_STICKER[refusal.code]))
        except PictureRefused as refusal:
            form.add_error("photo", str(refusal))
        else:
            return redirect("payments:till")
    return _show(request, shop, status=422, sticker_form=form)


@login_required
@require_POST
def confirm_sticker(request: MemberRequest) -> HttpResponse:
    try:
        operations.confirm_sticker(shop_of(request.user), nmid=clean_text(request.POST.get("nmid", "")))
    except operations.NothingToConfirm:
        messages.error(request, _("Stikernya baru berubah. Periksa sekali lagi."))
    else:
        messages.success(request, _("QRIS lapakmu siap dipakai pembeli."))
    return redirect("payments:till")


@login_required
@require_POST
def forget_sticker(request: MemberRequest) -> HttpResponse:
    operations.forget_sticker(shop_of(request.user))
    messages.success(request, _("QRIS lapakmu tidak ditawarkan lagi."))
    return redirect("payments:till")


@login_required
@require_POST
def keep_account(request: MemberRequest) -> HttpResponse:
    shop, form = shop_of(request.user), ShopAccountForm(request.POST)
    if "forget" in request.POST:
        operations.keep_account(shop, bank="", account_number="", account_name="", uses_unique_code=True)
    elif not form.is_valid():
        return _show(request, shop, status=422, account_form=form)
    else:
        operations.keep_account(shop, **form.cleaned_data)
    messages.success(request, _("Rekening tersimpan."))
    return redirect("payments:till")


# ---- what buyers say they have paid, and what goes back to them --------------------------------------


@login_required
@require_safe
@never_cache
def proofs(request: MemberRequest) -> HttpResponse:
    shop = shop_to_read(request.user)
    mine = Proof.objects.filter(charge__parts__order__shop=shop).select_related("charge")
    found = mine.prefetch_related("charge__parts__order__buyer").distinct()
    context = {
        "shop": shop,
        "waiting": found.filter(verdict=Proof.Verdict.WAITING).order_by("sent_at", "pk"),
        "judged": found.exclude(verdict=Proof.Verdict.WAITING).order_by("-judged_at", "-pk")[:10],
        "unproven": _without_proof(shop),
        "transfers": [(bank, _account(bank)) for bank in _transfers(shop)],
    }
    return render(request, "payments/proofs.html", context)


@login_required
@require_POST
def judge(request: MemberRequest, pk: int) -> HttpResponse:
    """The shop has looked into its account: the money is there, or not."""
    proof, reason = proof_of_shop(request.user, pk), clean_text(request.POST.get("reason", ""))
    try:
        if "accept" in request.POST:
            operations.accept_proof(proof, by=request.user)
            messages.success(request, _("Tercatat lunas. Saatnya mengemas."))
        elif reason:
            operations.reject_proof(proof, by=request.user, reason=reason)
            messages.success(request, _("Pembeli diberi tahu bahwa uangnya belum masuk."))
        else:
            messages.error(request, _("Tulis dulu apa yang kurang, supaya pembeli mengerti."))
    except operations.NotWanted:
        messages.error(request, _("Bukti ini sudah diputuskan."))
    return redirect("payments:proofs")


@login_required
@require_POST
def confirm_unproven(request: MemberRequest, pk: int) -> HttpResponse:
    charge = get_object_or_404(_without_proof(shop_to_judge(request.user)), pk=pk)
    try:
        operations.confirm_without_proof(charge, by=request.user)
    except operations.NotWanted:
        messages.error(request, _("Pesanan ini sudah berubah."))
    else:
        messages.success(request, _("Tercatat lunas. Saatnya mengemas."))
    return redirect("payments:proofs")


@login_required
@require_POST
def record_transfer(request: MemberRequest, pk: int) -> HttpResponse:
    """The shop has sent back what it had taken itself."""
    bank = get_object_or_404(_transfers(shop_to_judge(request.user)), pk=pk)
    form = NoteForm(request.POST)
    try:
        if form.is_valid():
            operations.record_bank_transfer(bank.refund, by=request.user, note=form.cleaned_data["note"])
            messages.success(request, _("Pengembalian tercatat."))
        else:
            messages.error(request, _("Tulis nomor referensi transfernya."))
    except operations.NotAskedFor:
        messages.error(request, _("Pengembalian ini belum punya rekening, atau sudah dicatat."))
    return redirect("payments:proofs")


def _without_proof(shop: Shop) -> Any:
    """Payments to the shop itself that no picture has come for yet."""
    open_ = Charge.objects.filter(
        method__in=("shop_qris", "transfer"), paid_at__isnull=True, parts__order__shop=shop
    ).exclude(proofs__verdict=Proof.Verdict.WAITING)
    waiting = open_.filter(parts__order__state="pending", state=Charge.State.PENDING)
    return waiting.prefetch_related("parts__order__buyer").order_by("-created_at", "-pk")


def _transfers(shop: Shop) -> Any:
    owed = BankRefund.objects.filter(
        payer=BankRefund.Payer.SHOP, refund__order__shop=shop, paid_at__isnull=True
    )
    return owed.select_related("refund__order").order_by("pk")


def _account(bank: BankRefund) -> str:
    return unseal(bank.account_number) if bank.refund.state == Refund.State.BANK else ""


def _show(request: HttpRequest, shop: Shop, *, status: int = 200, **forms: object) -> HttpResponse:
    own = queries.till_of(shop.pk)
    wanted = [
        way.method.value
        for way in configured()
        if (shop.accepts_cod if way.method == "cod" else way.method not in own.refused_methods)
    ]
    context = {
        "shop": shop,
        "till": own,
        "ways": configured(),
        "wanted": wanted,
        "methods_form": MethodsForm(initial={"methods": wanted}),
        "sticker_form": StickerForm(),
        "account_form": ShopAccountForm(
            initial={
                "bank": own.bank,
                "account_number": own.account_number,
                "account_name": own.account_name,
                "uses_unique_code": own.uses_unique_code,
            }
        ),
        **forms,
    }
    return render(request, PAGE, context, status=status)
