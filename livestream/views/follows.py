"""Following a shop."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from accounts.requests import MemberRequest
from catalog import queries as catalog
from kit.htmx import is_htmx, trigger
from livestream import queries
from livestream.operations import follows


@login_required
@require_POST
def follow(request: MemberRequest, slug: str) -> HttpResponse:
    return _answer(request, slug, is_followed=True)


@login_required
@require_POST
def unfollow(request: MemberRequest, slug: str) -> HttpResponse:
    return _answer(request, slug, is_followed=False)


@login_required
@require_POST
def follow_in_room(request: MemberRequest, code: str) -> HttpResponse:
    """From where one writes: the room stays open, and its chat opens."""
    session = get_object_or_404(queries.sessions_open_to(request.user), code=code)
    follows.follow(session.shop, user=request.user)
    if not is_htmx(request):
        return redirect(reverse("livestream:room", args=[code]) + "#chat")
    return trigger(HttpResponse(status=204), "room:following", {"on": True})


def _answer(request: MemberRequest, slug: str, *, is_followed: bool) -> HttpResponse:
    shop = get_object_or_404(catalog.shops_open(), slug=slug)
    (follows.follow if is_followed else follows.unfollow)(shop, user=request.user)
    if not is_htmx(request):
        return redirect("catalog:shop", slug)
    return render(request, "livestream/_follow.html", {"shop": shop, "is_followed": is_followed})
