"""The host's desk for auctions, giveaways and fair drops."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import MemberRequest
from catalog.operations import NotEnoughLeft
from deals.forms.games import AuctionForm, DropForm, GameForm, GiveawayForm
from deals.operations import auctions, draws, refusals
from deals.queries import games as queries
from deals.views.words import Refusals, words_for
from kit.htmx import is_htmx, render_page
from livestream.models import LiveSession, Permission
from livestream.views.access import session_run_by


@dataclass(frozen=True)
class Game:
    title: str | Promise
    icon: str
    hint: str | Promise
    form: type[GameForm]
    begin: Callable[..., object]


GAMES = {
    "lelang": Game(
        _("Lelang"),
        "gavel",
        _("Diumumkan dulu, lalu kamu mulai. Setelah dimulai tidak bisa dibatalkan."),
        AuctionForm,
        auctions.announce_auction,
    ),
    "hadiah": Game(
        _("Bagi hadiah"),
        "gift",
        _("Gratis untuk pemenang, ongkirnya kamu yang tanggung. Barang, bukan uang."),
        GiveawayForm,
        draws.start_giveaway,
    ),
    "antrean": Game(
        _("Antrean adil"),
        "users",
        _("Semua yang ketuk dalam waktunya punya peluang sama, secepat apa pun internetnya."),
        DropForm,
        draws.start_drop,
    ),
}
REFUSALS: Refusals = {
    refusals.NotOnAir: _("Mulai siaran dulu."),
    refusals.NotShown: _("Barang ini tidak ada di etalase live."),
    refusals.AlreadyOne: _("Masih ada satu yang berjalan. Tunggu sampai selesai."),
    refusals.TooLate: _("Ini sudah selesai."),
    refusals.CannotBeStopped: _("Sudah ada yang ikut, jadi tidak bisa dibatalkan lagi."),
    refusals.TooFarBehind: _("Gambar sampai ke penonton terlalu lambat. Tunggu sampai sinyalmu membaik."),
}


@login_required
@require_safe
def games(request: MemberRequest, code: str) -> HttpResponse:
    return _desk(request, session_run_by(request, code, Permission.DEALS))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: MemberRequest, code: str, kind: str) -> HttpResponse:
    session = session_run_by(request, code, Permission.DEALS)
    if kind not in GAMES:
        raise Http404
    variants = list(queries.variants_to_promise(session))
    if request.method != "POST":
        return _ask(request, session, kind, GAMES[kind].form(variants=variants, initial=_sensible(variants)))
    form = GAMES[kind].form(request.POST, variants=variants)
    if not form.is_valid():
        return _ask(request, session, kind, form, status=422)
    try:
        GAMES[kind].begin(session, **form.wishes())
    except (refusals.DealRefused, NotEnoughLeft) as refusal:
        return _ask(request, session, kind, form, status=409, refusal=words_for(refusal, REFUSALS))
    return _done(request, session)


@login_required
@require_POST
def auction_start(request: MemberRequest, code: str, auction_id: int) -> HttpResponse:
    session = session_run_by(request, code, Permission.DEALS)
    auction = get_object_or_404(queries.auctions_of(session), pk=auction_id)
    return _do(request, session, auctions.start_auction, auction.pk)


@login_required
@require_POST
def auction_stop(request: MemberRequest, code: str, auction_id: int) -> HttpResponse:
    session = session_run_by(request, code, Permission.DEALS)
    auction = get_object_or_404(queries.auctions_of(session), pk=auction_id)
    return _do(request, session, auctions.call_off_auction, auction.pk)


@login_required
@require_POST
def draw_stop(request: MemberRequest, code: str, draw_id: int) -> HttpResponse:
    session = session_run_by(request, code, Permission.DEALS)
    draw = get_object_or_404(queries.draws_of(session), pk=draw_id)
    return _do(request, session, draws.call_off_draw, draw.pk)


def _do(request: MemberRequest, session: LiveSession, act: Callable[[int], None], pk: int) -> HttpResponse:
    try:
        act(pk)
    except refusals.DealRefused as refusal:
        return _desk(request, session, status=409, refusal=words_for(refusal, REFUSALS))
    return _done(request, session)


def _sensible(variants: list[Any]) -> dict[str, int]:
    """A drop at its usual price, an auction from half of it."""
    if not variants:
        return {}
    price = variants[0].price
    return {"variant": variants[0].pk, "price": price, "start_price": max(1_000, price // 2_000 * 1_000)}


def _ask(
    request: MemberRequest,
    session: LiveSession,
    kind: str,
    form: GameForm,
    *,
    status: int = 200,
    refusal: str = "",
) -> HttpResponse:
    context = {"session": session, "kind": kind, "game": GAMES[kind], "form": form, "refusal": refusal}
    return render_page(request, "deals/game_form.html", "form", context, status=status)


def _desk(
    request: MemberRequest, session: LiveSession, *, status: int = 200, refusal: str = ""
) -> HttpResponse:
    context = {**queries.desk_of(session), "games": GAMES, "refusal": refusal}
    return render_page(request, "deals/games.html", "games", context, status=status)


def _done(request: MemberRequest, session: LiveSession) -> HttpResponse:
    return _desk(request, session) if is_htmx(request) else redirect("deals:games", session.code)
