"""What the crew does with single messages and the people behind them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import MemberRequest
from kit.htmx import is_htmx, render_page
from livestream import queries
from livestream.models import HeldMessage, LiveSession, Mute, Permission, RoomEvent
from livestream.operations import moderation as operations
from livestream.views.access import number_or_404, session_run_by

OF_THE_CREW = _("Orang ini ikut mengurus live, jadi tidak bisa dibisukan atau diblokir.")
DECIDED = _("Pesan ini sudah diputuskan orang lain.")


@login_required
@require_POST
def remove(request: MemberRequest, code: str) -> HttpResponse:
    session = session_run_by(request, code, Permission.CHAT)
    return _act(request, session, lambda seq: operations.remove_message(session, seq=seq, by=request.user))


@login_required
@require_POST
def mute(request: MemberRequest, code: str) -> HttpResponse:
    """Mute whoever said the message with this number, for so many minutes or the whole session."""
    session = session_run_by(request, code, Permission.CHAT)
    minutes = _minutes(request)

    def act(seq: int) -> None:
        operations.mute_person(session, seq=seq, by=request.user, minutes=minutes)

    return _act(request, session, act)


@login_required
@require_POST
def unmute(request: MemberRequest, code: str, mute_id: int) -> HttpResponse:
    session = session_run_by(request, code, Permission.CHAT)
    muted = get_object_or_404(Mute, session=session, pk=mute_id)
    operations.unmute_person(session, user_id=muted.user_id)
    return _muted(request, session)


@login_required
@require_POST
def ban(request: MemberRequest, code: str) -> HttpResponse:
    session = session_run_by(request, code, Permission.CHAT)
    return _act(request, session, lambda seq: operations.ban_person(session, seq=seq, by=request.user))


@login_required
@require_POST
def pin_comment(request: MemberRequest, code: str) -> HttpResponse:
    session = session_run_by(request, code, Permission.CHAT)
    return _act(request, session, lambda seq: operations.pin_comment(session, seq=seq))


@login_required
@require_POST
def unpin_comment(request: MemberRequest, code: str) -> HttpResponse:
    session = session_run_by(request, code, Permission.CHAT)
    operations.unpin_comment(session)
    return _done(request, session)


@login_required
@require_safe
@never_cache
def original(request: MemberRequest, code: str, seq: int) -> JsonResponse:
    """What was said before something in it was masked."""
    session = session_run_by(request, code, Permission.CHAT)
    message = get_object_or_404(RoomEvent, session=session, seq=seq, kind=RoomEvent.Kind.CHAT)
    return JsonResponse({"text": message.original or message.text})


@login_required
@require_safe
@never_cache
def held(request: MemberRequest, code: str) -> HttpResponse:
    """The messages that wait for somebody to look at them."""
    return _held(request, session_run_by(request, code, Permission.CHAT))


@login_required
@require_POST
def publish_held(request: MemberRequest, code: str, held_id: int) -> HttpResponse:
    return _decide(request, code, held_id, operations.publish_held)


@login_required
@require_POST
def reject_held(request: MemberRequest, code: str, held_id: int) -> HttpResponse:
    return _decide(request, code, held_id, operations.reject_held)


def _decide(request: MemberRequest, code: str, held_id: int, decide: Callable[..., Any]) -> HttpResponse:
    session = session_run_by(request, code, Permission.CHAT)
    try:
        decide(session, held_id=held_id, by=request.user)
    except HeldMessage.DoesNotExist:
        raise Http404 from None
    except operations.AlreadyDecided:
        return _held(request, session, refusal=str(DECIDED))
    return _held(request, session)


def _held(request: MemberRequest, session: LiveSession, *, refusal: str = "") -> HttpResponse:
    context = {"session": session, "held": queries.held_messages(session), "refusal": refusal}
    if is_htmx(request) or request.method == "GET":
        return render_page(request, "livestream/held.html", "held", context, status=409 if refusal else 200)
    if refusal:
        messages.error(request, refusal)
    return redirect("livestream:held", session.code)


def _muted(request: MemberRequest, session: LiveSession) -> HttpResponse:
    if is_htmx(request):
        context = {"session": session, "muted": queries.muted_in(session)}
        return render(request, "livestream/chat_rules.html#muted", context)
    return redirect("livestream:chat_rules", session.code)


def _act(request: MemberRequest, session: LiveSession, act: Callable[[int], object]) -> HttpResponse:
    """Do something with the message of this number; what follows comes back from the room."""
    try:
        act(number_or_404(request.POST.get("seq", "")))
    except RoomEvent.DoesNotExist:
        raise Http404 from None
    except operations.OfTheCrew:
        return _refused(request, session, str(OF_THE_CREW))
    return _done(request, session)


def _done(request: HttpRequest, session: LiveSession) -> HttpResponse:
    """The room hears of it by its socket; a page without script is loaded again."""
    if is_htmx(request) or not request.accepts("text/html"):
        return HttpResponse(status=204)
    return redirect("livestream:studio", session.code)


def _refused(request: HttpRequest, session: LiveSession, words: str) -> HttpResponse:
    if is_htmx(request) or not request.accepts("text/html"):
        return JsonResponse({"text": words}, status=409)
    messages.error(request, words)
    return redirect("livestream:studio", session.code)


def _minutes(request: HttpRequest) -> int | None:
    """One of the offered lengths, or nothing for the whole session."""
    minutes = request.POST.get("minutes", "")
    if not minutes:
        return None
    if minutes not in {str(offered) for offered in operations.MUTE_MINUTES}:
        raise Http404
    return int(minutes)
