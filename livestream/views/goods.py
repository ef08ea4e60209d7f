"""The products of a show while it runs: pinned, put in order, kept back, spoken for."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import MemberRequest
from kit.htmx import is_htmx
from kit.numbers import whole_number
from livestream import queries
from livestream.models import LiveSession, Permission
from livestream.operations import showcase
from livestream.queries.crew import Part
from livestream.views.access import session_and_part

STEPS = {"naik": -1, "turun": 1, "awal": -showcase.MOST_PRODUCTS}


@login_required
@require_safe
def studio_showcase(request: MemberRequest, code: str) -> HttpResponse:
    """The products of the show with their stock now."""
    session, part = session_and_part(request, code)
    return _goods(request, session, part)


@login_required
@require_POST
def pin(request: MemberRequest, code: str, product_id: int) -> HttpResponse:
    session, part = _stocked(request, code)
    try:
        showcase.pin_product(session, product_id=product_id)
    except showcase.NotOnAir:
        return _goods(request, session, part, refusal=_("Mulai siaran dulu, baru produk bisa disematkan."))
    except showcase.NotInShowcase:
        return _goods(request, session, part, refusal=_("Produk itu tidak ada lagi di etalase."))
    return _goods(request, session, part)


@login_required
@require_POST
def unpin(request: MemberRequest, code: str) -> HttpResponse:
    session, part = _stocked(request, code)
    showcase.unpin_product(session)
    return _goods(request, session, part)


@login_required
@require_POST
def move(request: MemberRequest, code: str, product_id: int) -> HttpResponse:
    """One place up or down, to the top, or as far as it was dragged."""
    way = request.POST.get("arah", "")
    steps = STEPS.get(way) or _dragged(way)
    return _change(
        request, code, lambda session: showcase.move_product(session, product_id=product_id, steps=steps)
    )


@login_required
@require_POST
def hide(request: MemberRequest, code: str, product_id: int) -> HttpResponse:
    return _change(request, code, lambda session: showcase.hide_product(session, product_id=product_id))


@login_required
@require_POST
def reveal(request: MemberRequest, code: str, product_id: int) -> HttpResponse:
    return _change(request, code, lambda session: showcase.reveal_product(session, product_id=product_id))


def _dragged(way: str) -> int:
    """So many places later, or earlier when less than nought."""
    distance = whole_number(way.removeprefix("-"))
    if distance is None or distance > showcase.MOST_PRODUCTS:
        raise Http404
    return -distance if way.startswith("-") else distance


def _change(request: MemberRequest, code: str, act: Callable[[LiveSession], None]) -> HttpResponse:
    session, part = _stocked(request, code)
    try:
        act(session)
    except showcase.NotInShowcase:
        return _goods(request, session, part, refusal=_("Produk itu tidak ada lagi di etalase."))
    return _goods(request, session, part)


def _stocked(request: MemberRequest, code: str) -> tuple[LiveSession, Part]:
    """A session whose products this person may show."""
    session, part = session_and_part(request, code)
    if Permission.PRODUCTS not in part.permissions:
        raise Http404
    return session, part


def _goods(request: MemberRequest, session: LiveSession, part: Part, *, refusal: str = "") -> HttpResponse:
    """The products of the studio; the whole studio when a plain form was sent."""
    if not is_htmx(request):
        if refusal:
            messages.error(request, refusal)
        return redirect("livestream:studio", session.code)
    context = {
        "session": session,
        "may": part.may,
        "desk": queries.showcase_desk(session),
        "pinned_id": queries.open_pin(session),
        "refusal": refusal,
    }
    return render(request, "livestream/_studio_showcase.html", context, status=409 if refusal else 200)
