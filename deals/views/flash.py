"""Starting and stopping flash deals from the studio."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.requests import MemberRequest
from catalog.margins import Loss, worst_loss
from catalog.models import Variant
from catalog.operations import NotEnoughLeft
from deals import operations
from deals.forms.flash import FlashForm
from deals.operations import refusals
from deals.queries.flash import PriceLimits, price_limits
from deals.queries.goods import variants_shown
from deals.queries.lowest import with_open_vouchers
from deals.views.console import show
from deals.views.words import Refusals, words_for
from kit.htmx import is_htmx, render_page
from kit.money import rupiah
from livestream.models import LiveSession, Permission
from livestream.views.access import session_run_by

REFUSALS: Refusals = {
    refusals.NotOnAir: _("Promo kilat hanya bisa dimulai saat siaran berjalan."),
    refusals.TooFarBehind: _("Gambar sampai ke penonton terlalu lambat. Tunggu sampai sinyalmu membaik."),
    refusals.NotShown: _("Barang ini tidak ada di etalase live."),
    refusals.AlreadyOne: _("Barang ini masih punya promo yang berjalan."),
    refusals.TooManyAtOnce: _("Sudah ada tiga promo yang berjalan. Tunggu salah satunya selesai."),
}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: MemberRequest, code: str, variant_id: int) -> HttpResponse:
    session = session_run_by(request, code, Permission.DEALS)
    variant = _variant(session, variant_id)
    limits = price_limits(variant)
    if request.method != "POST":
        return _ask(request, session, variant, limits, _form(variant, limits))
    form = FlashForm(request.POST)
    if not form.is_valid():
        return _ask(request, session, variant, limits, form, status=422)
    loss = worst_loss([variant], price_of=lambda _: with_open_vouchers(session, form.cleaned_data["price"]))
    if loss and not loss.is_confirmed(request.POST):
        return _ask(request, session, variant, limits, form, status=409, loss=loss)
    try:
        operations.start_flash_deal(
            session, variant_id=variant.pk, started_by=request.user, **form.cleaned_data
        )
    except (refusals.DealRefused, NotEnoughLeft) as refusal:
        return _ask(request, session, variant, limits, form, status=409, refusal=_words(refusal))
    return _done(request, session)


@login_required
@require_POST
def stop(request: MemberRequest, code: str, deal_id: int) -> HttpResponse:
    session = session_run_by(request, code, Permission.DEALS)
    operations.stop_flash_deal(session, deal_id=deal_id)
    return _done(request, session)


def _variant(session: LiveSession, variant_id: int) -> Variant:
    return get_object_or_404(variants_shown(session).select_related("product__shop", "stock"), pk=variant_id)


def _form(variant: Variant, limits: PriceLimits) -> FlashForm:
    return FlashForm(initial=FlashForm.sensible_for(variant, variant.stock.available, limits))


def _words(refusal: Exception) -> str:
    if isinstance(refusal, refusals.NotCheapEnough):
        if refusal.most < 1:
            return gettext("Harga barang ini tidak bisa lebih rendah lagi.")
        return gettext(
            "Supaya jujur, harga promo paling tinggi %s: di bawah harga 30 hari terakhir."
        ) % rupiah(refusal.most)
    return words_for(refusal, REFUSALS)


def _ask(
    request: MemberRequest,
    session: LiveSession,
    variant: Variant,
    limits: PriceLimits,
    form: FlashForm,
    *,
    status: int = 200,
    refusal: str = "",
    loss: Loss | None = None,
) -> HttpResponse:
    context = {
        "session": session,
        "variant": variant,
        "form": form,
        "limits": limits,
        "refusal": refusal,
        "loss": loss,
    }
    return render_page(request, "deals/flash_form.html", "form", context, status=status)


def _done(request: MemberRequest, session: LiveSession) -> HttpResponse:
    return show(request, session) if is_htmx(request) else redirect("deals:console", session.code)
