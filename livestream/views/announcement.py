"""The pictures with which a planned session is announced."""

from __future__ import annotations

from pathlib import Path

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from accounts.requests import MemberRequest
from livestream import queries, sources
from livestream.models import LiveSession, Permission, SessionState, VisitSource
from livestream.share_picture import MOST_PHOTOS, STORY, WIDE, announcement_of, picture_file
from livestream.views import sharing
from livestream.views.access import session_run_by


@require_safe
def share_picture(request: HttpRequest, code: str) -> HttpResponseBase:
    """What a link preview shows while the session is still to come."""
    session = get_object_or_404(queries.sessions_open_to_all(), code=code)
    return FileResponse(_picture(session, WIDE).open("rb"), content_type="image/jpeg")


@login_required
@require_safe
def story_picture(request: MemberRequest, code: str) -> HttpResponseBase:
    """Upright, with a code to point a phone at; for the host to post."""
    session = session_run_by(request, code, Permission.HOST)
    name = f"live-{session.code}.jpg"
    return FileResponse(
        _picture(session, STORY).open("rb"), content_type="image/jpeg", as_attachment=True, filename=name
    )


def _picture(session: LiveSession, size: tuple[int, int]) -> Path:
    if session.state != SessionState.UPCOMING:
        raise Http404
    address = sources.marked(sharing.address(session), VisitSource.QR)
    photos = queries.first_photos(session, MOST_PHOTOS)
    return picture_file(announcement_of(session, address=address, photos=photos), size)
