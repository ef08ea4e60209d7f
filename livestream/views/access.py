"""Who may run a session: what is not theirs does not exist."""

from __future__ import annotations

from django.http import Http404
from django.shortcuts import get_object_or_404

from accounts.requests import MemberRequest
from kit.numbers import whole_number
from livestream import queries
from livestream.models import LiveSession, Permission
from livestream.queries import crew
from livestream.queries.crew import Part


def number_or_404(text: str) -> int:
    """A number of the room's log, or a key, as a page sends it; Http404 for whatever else was typed."""
    number = whole_number(text)
    if number is None:
        raise Http404
    return number


def session_run_by(request: MemberRequest, code: str, permission: Permission) -> LiveSession:
    """The session of that code, in which this person may do that; Http404 otherwise."""
    return get_object_or_404(queries.sessions_run_by(request.user, permission), code=code)


def session_and_part(request: MemberRequest, code: str) -> tuple[LiveSession, Part]:
    """The session of that code and what this person may do in it; Http404 when that is nothing."""
    session = get_object_or_404(crew.sessions_with_part(request.user), code=code)
    part = crew.part_in(session, request.user)
    if not part.permissions:
        raise Http404
    return session, part
