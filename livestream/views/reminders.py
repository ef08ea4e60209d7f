"""Asking to be reminded of a session, and leaving again."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from accounts.requests import MemberRequest
from catalog.models import Shop
from kit.htmx import is_htmx
from livestream import letters, queries
from livestream.models import LiveSession
from livestream.operations import reminders


@login_required
@require_POST
def remind(request: MemberRequest, code: str) -> HttpResponse:
    session = get_object_or_404(queries.sessions_open_to_all(), code=code)
    language = translation.get_language() or "id"
    try:
        reminders.remind(session, user=request.user, language=language)
    except reminders.NotUpcoming:
        return _answer(request, session, refusal=_("Live ini sudah mulai atau sudah selesai."))
    except reminders.TooManyReminders:
        return _answer(request, session, refusal=_("Pengingatmu sudah banyak sekali. Hapus yang lain dulu."))
    return _answer(request, session)


@login_required
@require_POST
def forget(request: MemberRequest, code: str) -> HttpResponse:
    session = get_object_or_404(queries.sessions_open_to_all(), code=code)
    reminders.forget(session, user=request.user)
    return _answer(request, session)


@csrf_exempt  # the post program of whoever got the letter presses this button; the token is the proof
@require_http_methods(["GET", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """From a letter: one press and no more of them. Opening the page alone changes nothing, since
    machines open links too."""
    named = letters.read_stop_token(token)
    if named is None:
        raise Http404
    user_id, shop_id = named
    shop = get_object_or_404(Shop, pk=shop_id)
    if request.method == "POST":
        reminders.forget_shop(user_id=user_id, shop_id=shop_id)
    context = {"shop": shop, "is_done": request.method == "POST"}
    return render(request, "livestream/reminders_stop.html", context)


def _answer(request: MemberRequest, session: LiveSession, *, refusal: str = "") -> HttpResponse:
    if not is_htmx(request):
        if refusal:
            messages.error(request, refusal)
        return redirect("livestream:room", session.code)
    context = {
        "session": session,
        "is_reminded": queries.is_reminded(session, request.user),
        "refusal": refusal,
    }
    return render(request, "livestream/_reminder.html", context, status=409 if refusal else 200)
