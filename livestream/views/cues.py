"""A mentor's words to the host: said here, read in the studio."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import MemberRequest
from kit.htmx import is_htmx
from livestream.models import LiveSession, Permission, Role
from livestream.operations import cues
from livestream.queries import crew as crew_queries
from livestream.views.access import session_and_part, session_run_by

REFUSALS: dict[type[Exception], tuple[int, Promise]] = {
    cues.NothingSaid: (422, _("Tulis dulu bisikannya.")),
    cues.TooLong: (422, _("Bisikan paling panjang 120 huruf, supaya terbaca sekilas.")),
    cues.TooMany: (429, _("Beri host waktu sebentar sebelum bisikan berikutnya.")),
    cues.ShowIsOver: (409, _("Live sudah selesai.")),
}


@login_required
@require_POST
def cue(request: MemberRequest, code: str) -> HttpResponse:
    session = session_run_by(request, code, Permission.WHISPER)
    text = request.POST.get("text", "")
    try:
        cues.give_cue(session, by=request.user, text=text)
    except tuple(REFUSALS) as problem:
        status, refusal = REFUSALS[type(problem)]
        return _desk(request, session, text=text[:120], refusal=refusal, status=status)
    return _desk(request, session)


@login_required
@require_safe
def cue_list(request: MemberRequest, code: str) -> HttpResponse:
    """The latest cues, for whoever stands before the camera and lost the line for a moment."""
    session, part = session_and_part(request, code)
    if part.role not in {None, Role.CO_HOST}:
        raise Http404
    context = {"session": session, "cues": crew_queries.latest_cues(session)}
    return render(request, "livestream/_cues.html", context)


def _desk(
    request: MemberRequest,
    session: LiveSession,
    *,
    text: str = "",
    refusal: Promise | str = "",
    status: int = 200,
) -> HttpResponse:
    if not is_htmx(request):
        if refusal:
            messages.error(request, str(refusal))
        return redirect("livestream:studio", session.code)
    context = {
        "session": session,
        "said": crew_queries.cues_of(session, request.user),
        "text": text,
        "refusal": refusal,
    }
    return render(request, "livestream/_studio_whisper.html", context, status=status)
