"""Vouchers: made in the studio, claimed in the room."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.requests import MemberRequest
from catalog.margins import Loss, worst_loss
from deals.forms.vouchers import VoucherForm
from deals.models import Voucher
from deals.operations import refusals
from deals.operations import vouchers as operations
from deals.queries.goods import variants_shown
from deals.queries.lowest import after_vouchers, flash_prices
from deals.views.console import show
from deals.views.doors import TOO_FAST, members_only
from kit.htmx import is_htmx, render_page
from kit.pace import is_too_fast
from livestream.models import LiveSession, Permission
from livestream.views.access import session_run_by

MOST_TRIES = 10  # in ten seconds
REFUSALS: dict[type[refusals.DealRefused], Promise] = {
    refusals.NotOnAir: _("Voucher ini hanya bisa diambil selama live."),
    refusals.TooLate: _("Vouchernya sudah habis."),
    refusals.NotANewFollower: _(
        "Voucher ini untuk pengikut baru. Kamu baru berhenti mengikuti lapak ini kurang dari 30 hari lalu."
    ),
    refusals.OfTheHouse: _("Voucher ini untuk pembeli lapakmu."),
    refusals.TooManyAtOnce: _("Sudah ada tiga voucher. Tutup salah satunya dulu."),
}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def make(request: MemberRequest, code: str) -> HttpResponse:
    session = session_run_by(request, code, Permission.DEALS)
    form = VoucherForm(request.POST or None)
    if request.method != "POST":
        return _ask(request, session, form)
    if not form.is_valid():
        return _ask(request, session, form, status=422)
    loss = _loss(session, form)
    if loss and not loss.is_confirmed(request.POST):
        return _ask(request, session, form, status=409, loss=loss)
    try:
        operations.make_voucher(session, made_by=request.user, terms=form.cleaned_data)
    except refusals.DealRefused as refusal:
        return _ask(request, session, form, status=409, refusal=REFUSALS[type(refusal)])
    return _done(request, session)


def _loss(session: LiveSession, form: VoucherForm) -> Loss | None:
    """Of a piece at its price of now, bought with this voucher."""
    asked, flash = form.cleaned_data, flash_prices(session)
    names = ("kind", "percent", "most_discount", "min_purchase")
    voucher = Voucher(**{name: asked[name] for name in names})
    shown = variants_shown(session).filter(cost__isnull=False).select_related("product__shop")
    return worst_loss(shown, price_of=lambda one: after_vouchers(flash.get(one.pk, one.price), [voucher]))


@login_required
@require_POST
def close(request: MemberRequest, code: str, voucher_id: int) -> HttpResponse:
    session = session_run_by(request, code, Permission.DEALS)
    operations.close_voucher(session, voucher_id=voucher_id)
    return _done(request, session)


@members_only
@require_POST
def claim(request: MemberRequest, voucher_id: int) -> HttpResponse:
    vouchers = Voucher.objects.filter(session__shop__suspended_at__isnull=True)
    voucher = get_object_or_404(vouchers.select_related("session__shop"), pk=voucher_id)
    if is_too_fast(f"claim:{request.user.pk}", most=MOST_TRIES, within=10):
        return _card(request, voucher, status=429, refusal=TOO_FAST)
    try:
        operations.claim_voucher(voucher, buyer=request.user)
    except refusals.NotWatchedEnough as refusal:
        return _card(request, voucher, status=409, refusal=_still_to_watch(refusal.left_ms))
    except refusals.DealRefused as refusal:
        return _card(request, voucher, status=409, refusal=REFUSALS[type(refusal)])
    voucher.refresh_from_db()
    return _card(request, voucher, is_held=True)


def _still_to_watch(left_ms: int) -> str:
    minutes, seconds = divmod(-(-left_ms // 1000), 60)
    if minutes:
        return gettext("Nonton %(minutes)s menit %(seconds)s detik lagi, ya.") % {
            "minutes": minutes,
            "seconds": seconds,
        }
    return gettext("Nonton %s detik lagi, ya.") % seconds


def _card(
    request: MemberRequest,
    voucher: Voucher,
    *,
    status: int = 200,
    is_held: bool = False,
    refusal: str | Promise = "",
) -> HttpResponse:
    """The card again; a page without script goes back to the room when all went well."""
    if not is_htmx(request) and status == 200:
        return redirect("livestream:room", voucher.session.code)
    context = {"voucher": voucher, "is_held": is_held, "refusal": refusal, "session": voucher.session}
    template = "deals/_voucher.html" if is_htmx(request) else "deals/voucher.html"
    return render(request, template, context, status=status)


def _ask(
    request: MemberRequest,
    session: LiveSession,
    form: VoucherForm,
    *,
    status: int = 200,
    refusal: str | Promise = "",
    loss: Loss | None = None,
) -> HttpResponse:
    context = {"session": session, "form": form, "refusal": refusal, "loss": loss}
    return render_page(request, "deals/voucher_form.html", "form", context, status=status)


def _done(request: MemberRequest, session: LiveSession) -> HttpResponse:
    return show(request, session) if is_htmx(request) else redirect("deals:console", session.code)
