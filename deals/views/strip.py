"""All places of a room's deals, for a page that missed too much."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from accounts.requests import MemberRequest
from deals.queries.mine import mine_in
from deals.queries.strip import strip_of
from deals.views.doors import members_only
from livestream import queries as live


@require_safe
def strip(request: HttpRequest, code: str) -> HttpResponse:
    session = get_object_or_404(live.sessions_open_to_all(), code=code)
    return render(request, "deals/_strip.html", strip_of(session, request.user))


@members_only
@require_safe
def mine(request: MemberRequest, code: str) -> HttpResponse:
    """What this person has won in the room, or missed."""
    session = get_object_or_404(live.sessions_open_to_all(), code=code)
    context = {"mine": mine_in(session, request.user), "code": code}
    # Nothing at all when there is nothing: an empty place takes no room.
    return HttpResponse(render_to_string("deals/_mine.html", context, request).strip())
