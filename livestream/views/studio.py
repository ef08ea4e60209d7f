"""The studio: the check before going on air, the console, pins, the end and the result."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import MemberRequest
from kit.htmx import is_htmx, redirect_browser
from livestream import queries
from livestream.engine import engine
from livestream.models import LiveSession, Permission, Role, SessionState
from livestream.operations import air
from livestream.queries import crew
from livestream.queries.crew import Part
from livestream.room import presence, tickets
from livestream.views import sharing
from livestream.views.access import session_and_part, session_run_by

RECORDED_WITHIN = timedelta(minutes=10)  # after the end; later nobody waits for it any more


@login_required
@require_safe
def preflight(request: MemberRequest, code: str) -> HttpResponse:
    session = _hosted(request, code)
    if session.state != SessionState.UPCOMING:
        return redirect("livestream:result" if session.ended_at else "livestream:studio", session.code)
    if unfinished := queries.on_air_elsewhere(session):
        return _point_to(request, unfinished)
    showcase = [item.shown for item in queries.showcase_desk(session)]
    context = {
        "session": session,
        "shop": session.shop,
        "showcase": showcase,
        "sold_out": [shown.product.name for shown in showcase if not shown.available],
        "waiting": session.reminders.count(),
        **sharing.words(session),
    }
    return render(request, "livestream/preflight.html", context)


@login_required
@require_safe
def studio(request: MemberRequest, code: str) -> HttpResponse:
    """The console: for the host with everything, for a helper with what they may do."""
    session, part = session_and_part(request, code)
    if session.ended_at:
        return redirect("livestream:helping") if part.role else redirect("livestream:result", session.code)
    if not part.role and (unfinished := queries.on_air_elsewhere(session)):
        return _point_to(request, unfinished)
    publish_url = engine.publish_target(session, request.user).url
    ticket = tickets.issue(request, session.code)
    context = {
        **studio_context(session, part),
        "publish_url": publish_url,
        "ticket": ticket,
        "reads_cues": part.role in {None, Role.CO_HOST},
        "said": crew.cues_of(session, request.user) if part.role == Role.MENTOR else [],
    }
    return render(request, "livestream/studio.html", context)


@login_required
@require_safe
@never_cache
def publish_token(request: MemberRequest, code: str) -> JsonResponse:
    """What a browser proves itself with when it sends the picture to the media engine."""
    session = session_run_by(request, code, Permission.PUBLISH)
    if session.ended_at:
        raise Http404
    return JsonResponse({"token": engine.publish_target(session, request.user).token})


@login_required
@require_http_methods(["GET", "POST"])
def end(request: MemberRequest, code: str) -> HttpResponse:
    """Ask once, then end for good."""
    session = _hosted(request, code)
    if request.method == "GET":
        return render(request, "livestream/end.html", {"session": session})
    air.end_session(session.code)
    if is_htmx(request):
        return redirect_browser(reverse("livestream:result", args=[session.code]))
    return redirect("livestream:result", session.code)


@login_required
@require_safe
def result(request: MemberRequest, code: str) -> HttpResponse:
    session = _hosted(request, code)
    if not session.ended_at:
        return redirect("livestream:studio", session.code)
    context = {
        "session": session,
        "result": queries.result_of(session),
        "chapters": queries.chapters_of(session),
        "awaits_recording": session.ended_at > timezone.now() - RECORDED_WITHIN,
    }
    return render(request, "livestream/result.html", context)


def _hosted(request: MemberRequest, code: str) -> LiveSession:
    """A session of this host; anyone else's does not exist here."""
    return session_run_by(request, code, Permission.HOST)


def _point_to(request: MemberRequest, unfinished: LiveSession) -> HttpResponse:
    """A shop shows one live at a time; the host may have forgotten the other."""
    return render(request, "livestream/unfinished.html", {"session": unfinished})


def studio_context(session: LiveSession, part: Part) -> dict[str, Any]:
    return {
        "part": part,
        "may": part.may,
        "session": session,
        "shop": session.shop,
        "desk": queries.showcase_desk(session),
        "pinned_id": queries.open_pin(session),
        "messages_said": queries.latest_messages(session),
        "questions": queries.latest_questions(session),
        "viewers": presence.count_viewers([session.pk])[session.pk],
    }
