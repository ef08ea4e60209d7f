"""Draws as everybody may check them, and the way onto the list."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import MemberRequest
from deals.models import Draw
from deals.operations import draws as operations
from deals.operations.refusals import DealRefused, NotWatchedEnough, OfTheHouse, TooEarly, TooLate
from deals.queries import draws as queries
from deals.views.doors import TOO_FAST, members_only
from deals.views.words import Refusals, words_for
from kit.htmx import is_htmx, trigger
from kit.pace import is_too_fast
from livestream.moderation.refusals import NotSaid

SHOWN_ROWS = 100
MOST_TRIES = 10  # in ten seconds
CANNOT_SPEAK = _("Penjual sedang membatasi pesanmu di live ini.")
REFUSALS: Refusals = {
    TooLate: _("Waktunya sudah habis."),
    TooEarly: _("Belum dimulai. Tunggu hitungannya ya."),
    OfTheHouse: _("Kamu ikut menjalankan live ini, jadi tidak bisa ikut undiannya."),
}


@require_safe
def draw(request: HttpRequest, code: str) -> HttpResponse:
    """Everything needed to repeat the draw, and one's own number in it."""
    found = _draw(code)
    own = queries.own_number(found, request.user) if request.user.is_authenticated else None
    context = {
        "draw": found,
        "shop": found.session.shop,
        "own": own,
        "drawn": queries.first_drawn(found, SHOWN_ROWS),
        "more": max(0, found.entrants - SHOWN_ROWS),
        "awards": queries.awards_of(found) if found.closed_at else [],
    }
    return render(request, "deals/draw.html", context)


@require_safe
@never_cache
def draw_json(request: HttpRequest, code: str) -> JsonResponse:
    """The same for machines."""
    response = JsonResponse(queries.published(_draw(code)), json_dumps_params={"indent": 1})
    response.headers["Content-Disposition"] = f'attachment; filename="undian-{code}.json"'
    return response


@members_only
@require_POST
def enter(request: MemberRequest, code: str) -> HttpResponse:
    found = _draw(code)
    if is_too_fast(f"enter-draw:{request.user.pk}", most=MOST_TRIES, within=10):
        return _answer(request, found, status=429, refusal=TOO_FAST)
    try:
        entry = operations.do_task_and_enter(found, user=request.user)
    except (DealRefused, NotSaid) as refusal:
        return _answer(request, found, status=409, refusal=_words(refusal))
    return trigger(_answer(request, found, entry=entry), "deals:entered", {"id": found.pk})


def _words(refusal: Exception) -> str:
    if isinstance(refusal, NotSaid):
        return str(CANNOT_SPEAK)
    if isinstance(refusal, NotWatchedEnough):
        minutes = -(-refusal.left_ms // 60_000)
        return gettext("Nonton %s menit lagi, lalu ketuk.") % minutes
    return words_for(refusal, REFUSALS)


def _draw(code: str) -> Draw:
    return get_object_or_404(queries.draws(), code=code)


def _answer(request: MemberRequest, found: Draw, *, status: int = 200, **context: object) -> HttpResponse:
    if is_htmx(request):
        return render(request, "deals/_draw_entry.html", {"draw": found, **context}, status=status)
    if status == 200:
        return redirect("deals:draw", found.code)
    return render(request, "deals/not_entered.html", {"draw": found, **context}, status=status)
