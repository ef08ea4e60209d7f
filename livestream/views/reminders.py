"""Asking to be reminded of a session, and taking it back."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.operations import remember_language
from accounts.requests import MemberRequest
from kit.htmx import is_htmx
from livestream import queries
from livestream.models import LiveSession
from livestream.operations import reminders


@login_required
@require_POST
def remind(request: MemberRequest, code: str) -> HttpResponse:
    session = get_object_or_404(queries.sessions_open_to_all(), code=code)
    remember_language(request.user, get_language() or "")
    try:
        reminders.remind(session, user=request.user)
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
