"""The line for goods that are sold out: one's place in it, and one's turn."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import MemberRequest
from catalog.models import Variant
from deals.forms.lines import LineForm
from deals.operations import turns as operations
from deals.operations.refusals import DealRefused, OfTheHouse
from deals.queries import turns as queries
from deals.views.doors import TOO_FAST, members_only
from kit.htmx import is_htmx, render_page
from kit.pace import is_too_fast
from livestream import queries as live
from livestream.models import LiveSession

MOST_JOINS = 20  # in ten seconds
REFUSALS: dict[type[DealRefused], Promise] = {
    operations.NotSoldOut: _("Barangnya sudah ada lagi, tidak perlu antre."),
    operations.TooManyLines: _("Antreanmu sudah banyak sekali. Keluar dulu dari salah satunya."),
    OfTheHouse: _("Ini barang lapakmu sendiri."),
}


@members_only
@require_safe
def lines(request: MemberRequest) -> HttpResponse:
    """All that this person waits for."""
    return render(request, "deals/lines.html", {"lines": queries.lines_joined(request.user)})


@members_only
@require_http_methods(["GET", "HEAD", "POST"])
def line(request: MemberRequest, variant_id: int) -> HttpResponse:
    variant = get_object_or_404(queries.variants_to_wait_for(), pk=variant_id)
    if request.method != "POST":
        return _show(request, variant, code=request.GET.get("session", ""))
    form = LineForm(request.POST)
    if is_too_fast(f"line:{request.user.pk}", most=MOST_JOINS, within=10):
        return _show(request, variant, status=429, refusal=TOO_FAST)
    if not form.is_valid():
        return _show(request, variant, status=422, refusal=_("Tulis jumlah dari 1 sampai 99."))
    code = form.cleaned_data["session"]
    try:
        operations.join_line(
            variant,
            user=request.user,
            quantity=form.cleaned_data["quantity"],
            session=_session(code, variant),
        )
    except DealRefused as refusal:
        return _show(request, variant, code=code, status=409, refusal=REFUSALS[type(refusal)])
    return _done(request, variant, code)


@members_only
@require_POST
def leave(request: MemberRequest, variant_id: int) -> HttpResponse:
    turn = get_object_or_404(queries.turns_of(request.user), variant=variant_id)
    operations.leave_line(turn)
    return _done(request, turn.variant, request.POST.get("session", ""))


def _session(code: str, variant: Variant) -> LiveSession | None:
    return live.sessions_open_to_all().filter(code=code, showcase__product=variant.product_id).first()


def _done(request: MemberRequest, variant: Variant, code: str) -> HttpResponse:
    return _show(request, variant, code=code) if is_htmx(request) else redirect("deals:line", variant.pk)


def _show(
    request: MemberRequest,
    variant: Variant,
    *,
    code: str = "",
    status: int = 200,
    refusal: str | Promise = "",
) -> HttpResponse:
    session = _session(code, variant) if code.isascii() and len(code) <= 50 else None
    context = {
        "line": queries.line_of(variant, request.user),
        "code": session.code if session else "",
        "refusal": refusal,
    }
    return render_page(request, "deals/line.html", "line", context, status=status)
