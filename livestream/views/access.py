"""Who may run a session: what is not theirs does not exist."""

from __future__ import annotations

from django.shortcuts import get_object_or_404

from accounts.requests import MemberRequest
from livestream import queries
from livestream.models import LiveSession, Permission


def session_run_by(request: MemberRequest, code: str, permission: Permission) -> LiveSession:
    """The session of that code, in which this person may do that; Http404 otherwise."""
    sessions = queries.sessions_run_by(request.user, permission)
    return get_object_or_404(sessions.select_related("shop__regency"), code=code)
