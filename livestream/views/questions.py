"""The question queue of the console."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import MemberRequest
from kit.htmx import is_htmx, render_page
from livestream import queries
from livestream.models import LiveSession, Permission, RoomEvent
from livestream.moderation.refusals import NotSaid
from livestream.operations import questions as operations
from livestream.views.access import number_or_404, session_run_by
from livestream.views.chat import REFUSALS

MOST_TOGETHER = 200
GONE = _("Pertanyaan itu sudah tidak ada.")


@login_required
@require_safe
@never_cache
def questions(request: MemberRequest, code: str) -> HttpResponse:
    return _queue(request, session_run_by(request, code, Permission.CHAT))


@login_required
@require_POST
def answer(request: MemberRequest, code: str) -> HttpResponse:
    """Answer one question, and all that ask the same, in writing."""
    session = session_run_by(request, code, Permission.CHAT)
    try:
        operations.answer_question(
            session,
            seqs=_seqs(request),
            text=request.POST.get("text", ""),
            by=request.user,
            product_id=_product(request, session),
            saves="save" in request.POST,
        )
    except RoomEvent.DoesNotExist:
        return _queue(request, session, status=409, refusal=str(GONE))
    except NotSaid as refusal:
        status, words = REFUSALS[refusal.reason]
        return _queue(request, session, status=status, refusal=str(words))
    return _queue(request, session)


@login_required
@require_POST
def answered(request: MemberRequest, code: str) -> HttpResponse:
    session = session_run_by(request, code, Permission.CHAT)
    try:
        operations.mark_answered(session, seqs=_seqs(request), by=request.user)
    except RoomEvent.DoesNotExist:
        return _queue(request, session, status=409, refusal=str(GONE))
    return _queue(request, session)


def _queue(
    request: MemberRequest, session: LiveSession, *, status: int = 200, refusal: str = ""
) -> HttpResponse:
    if not is_htmx(request) and not request.accepts("text/html"):
        return JsonResponse({"text": refusal}, status=status) if refusal else HttpResponse(status=204)
    if not is_htmx(request) and request.method == "POST":
        if refusal:
            messages.error(request, refusal)
        return redirect("livestream:questions", session.code)
    context = {
        "session": session,
        "queue": queries.question_queue(session),
        "showcase": queries.showcase_of(session),
        "refusal": refusal,
    }
    return render_page(request, "livestream/questions.html", "questions", context, status=status)


def _seqs(request: MemberRequest) -> list[int]:
    return [number_or_404(number) for number in request.POST.get("seqs", "").split(",")[:MOST_TOGETHER]]


def _product(request: MemberRequest, session: LiveSession) -> int | None:
    """A product that the session shows, or nothing for the one that was pinned."""
    wanted = request.POST.get("product", "")
    if not wanted:
        return None
    product_id = number_or_404(wanted)
    if not queries.was_shown(session, product_id):
        raise Http404
    return product_id
