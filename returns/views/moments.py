"""The half minute of the show in which something was bought."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.requests import MemberRequest
from kit.pace import is_too_fast
from livestream.media import clips
from livestream.operations.replay import CLIPS
from returns import queries
from returns.queries import Moment

MOST_A_MINUTE = 20


@login_required
@require_safe
def page(request: MemberRequest, number: str) -> HttpResponse:
    return render(request, "returns/moment.html", {"moment": _moment(request, number)})


@login_required
@require_safe
def clip(request: MemberRequest, number: str) -> HttpResponseBase:
    """As an MP4 that can be wound. It is cut once and kept for an hour."""
    moment = _moment(request, number)
    if is_too_fast(f"moment:{request.user.pk}", most=MOST_A_MINUTE, within=60):
        return render(request, "429.html", status=429)
    path = settings.LIVE_ROOT / CLIPS / f"moment-{moment.order.number}.mp4"
    if not path.exists():
        _cut(moment, path)
    return _file(path)


def _moment(request: MemberRequest, number: str) -> Moment:
    order = get_object_or_404(queries.moments_seen_by(request.user), number=number)
    moment = queries.moment_of(order)
    if moment is None:
        raise Http404
    return moment


def _cut(moment: Moment, path: Path) -> None:
    """Beside the place first, so that nobody is sent half of it."""
    draft = path.with_suffix(".part.mp4")
    folder = settings.LIVE_ROOT / moment.session.code
    try:
        clips.cut(folder, from_ms=moment.from_ms, to_ms=moment.to_ms, target=draft)
    except clips.NothingRecorded as refusal:
        raise Http404 from refusal
    draft.replace(path)


def _file(path: Path) -> HttpResponseBase:
    """The edge sends it, if there is one: players ask for pieces."""
    if settings.EDGE_SENDS_FILES:
        answer = HttpResponse(content_type="video/mp4")
        answer.headers["X-Accel-Redirect"] = f"/{path.name}"
    else:
        answer = FileResponse(path.open("rb"), content_type="video/mp4")  # type: ignore[assignment]
    answer.headers["Cache-Control"] = "private, max-age=600"
    return answer
