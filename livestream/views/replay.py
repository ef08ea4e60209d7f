"""What a host does with the recording of a session: hide, show, delete it, and take pieces home."""

from __future__ import annotations

import secrets
from pathlib import Path

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import MemberRequest
from livestream.models import LiveSession, Permission
from livestream.operations import replay
from livestream.views.access import session_run_by

LONGEST_CLIP_MS = 30 * 60 * 1000


@login_required
@require_POST
def replay_hide(request: MemberRequest, code: str) -> HttpResponse:
    session = _ended(request, code)
    try:
        replay.hide_replay(session)
    except replay.NoReplay:
        return _refuse(request, session)
    messages.success(request, _("Tayang ulang disembunyikan. Hanya kamu yang tahu ada rekamannya."))
    return redirect("livestream:result", session.code)


@login_required
@require_POST
def replay_show(request: MemberRequest, code: str) -> HttpResponse:
    session = _ended(request, code)
    try:
        replay.show_replay(session)
    except replay.NoReplay:
        return _refuse(request, session)
    messages.success(request, _("Tayang ulang bisa ditonton lagi."))
    return redirect("livestream:result", session.code)


@login_required
@require_http_methods(["GET", "POST"])
def replay_delete(request: MemberRequest, code: str) -> HttpResponse:
    """Ask once, then give it up for good."""
    session = _ended(request, code)
    if request.method == "GET":
        return render(request, "livestream/replay_delete.html", {"session": session})
    replay.delete_replay(session)
    messages.success(request, _("Rekaman dihapus."))
    return redirect("livestream:result", session.code)


@login_required
@require_safe
def clip(request: MemberRequest, code: str, pin_id: int) -> HttpResponseBase:
    """One chapter of the recording as a file; at most half an hour of it."""
    from livestream.media import clips  # loads the video libraries, for this one page

    session = _ended(request, code)
    chapter = get_object_or_404(session.pins.select_related("product"), pk=pin_id)
    path = settings.LIVE_ROOT / replay.CLIPS / f"{secrets.token_hex(16)}.mp4"
    end_ms = chapter.to_ms or session.recorded_ms or session.hidden_ms
    to_ms = min(end_ms, chapter.from_ms + LONGEST_CLIP_MS)
    try:
        clips.cut(settings.LIVE_ROOT / session.code, from_ms=chapter.from_ms, to_ms=to_ms, target=path)
    except clips.NothingRecorded as refusal:
        raise Http404 from refusal
    return _file(path, f"{slugify(chapter.product.name) or 'bab'}-{session.code}.mp4")


def _ended(request: MemberRequest, code: str) -> LiveSession:
    session = session_run_by(request, code, Permission.HOST)
    if not session.ended_at or session.replay_deleted_at:
        raise Http404
    return session


def _refuse(request: MemberRequest, session: LiveSession) -> HttpResponse:
    messages.error(request, _("Rekamannya belum siap, atau sudah tidak ada."))
    return redirect("livestream:result", session.code)


def _file(path: Path, name: str) -> HttpResponseBase:
    """The edge sends it, if there is one: a slow download would hold one of few threads."""
    if settings.EDGE_SENDS_FILES:
        answer = HttpResponse(content_type="video/mp4")
        answer.headers["X-Accel-Redirect"] = f"/{path.name}"
        answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
        return answer
    opened = path.open("rb")
    path.unlink()  # it is gone when it has been sent
    return FileResponse(opened, as_attachment=True, filename=name, content_type="video/mp4")
