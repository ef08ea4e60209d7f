"""All places of a room's deals, for a page that missed too much."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from deals.queries.strip import strip_of
from livestream import queries as live


@require_safe
def strip(request: HttpRequest, code: str) -> HttpResponse:
    session = get_object_or_404(live.sessions_open_to_all(), code=code)
    return render(request, "deals/_strip.html", strip_of(session, request.user))
