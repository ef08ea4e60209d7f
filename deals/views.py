"""What a room offers for a while, as its viewers see it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from livestream import queries as live


@require_safe
def strip(request: HttpRequest, code: str) -> HttpResponse:
    """All places of the room's deals as they are now; for a page that missed too much."""
    session = get_object_or_404(live.sessions_open_to_all(), code=code)
    return render(request, "deals/_strip.html", {"session": session})
