"""The room over plain HTTP: saying something without a socket, catching up, and the host's moderation."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

from django.contrib.auth.decorators import login_required
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import MemberRequest
from kit.htmx import is_htmx
from livestream import queries
from livestream.models import LiveSession, RoomEvent
from livestream.operations import room as operations
from livestream.room import reads, wire

MOST_MESSAGES = 20
WINDOW = timedelta(seconds=10)

# What a message that was not said means to whoever wrote it, and with which status the form answers.
REFUSALS: dict[str, tuple[int, Promise]] = {
    "empty": (422, _("Tulis dulu pesannya, baru kirim.")),
    "long": (422, _("Pesannya kepanjangan. Paling banyak 300 huruf.")),
    "muted": (409, _("Penjual sedang membatasi pesanmu di live ini.")),
    "closed": (409, _("Live sudah selesai, obrolannya ditutup.")),
    "fast": (429, _("Pelan-pelan, ya. Tunggu beberapa detik lalu kirim lagi.")),
}


@login_required
@require_POST
def say(request: MemberRequest, code: str) -> HttpResponse:
    """The same message as over the socket, from a plain form or from a page whose line is down."""
    session = get_object_or_404(queries.sessions_open_to_all(), code=code)
    text, client_id = request.POST.get("text", ""), _client_id(request)
    if not _may_speak(request.user.pk):
        return _not_said(request, session, text, "fast")
    try:
        said = operations.say(session, sender=request.user, text=text, client_id=client_id)
    except operations.NotSaid as refusal:
        return _not_said(request, session, text, refusal.reason)
    if request.accepts("text/html"):
        return redirect(reverse("livestream:room", args=[code]) + "#chat")
    return JsonResponse({"seq": said.seq}, status=201)


@require_safe
@never_cache
def events(request: HttpRequest, code: str) -> HttpResponse:
    """The numbered events after `last`, as a batch of the socket's protocol."""
    facts = reads.room_facts(code)
    last = request.GET.get("last", "0")
    if facts is None or not last.isascii() or not last.isdigit() or len(last) > 18:
        raise Http404
    items = reads.items_after(code, facts.session_id, last=int(last), until=facts.head, limit=wire.MOST_ITEMS)
    batch = wire.page(items, last=int(last) + len(items), head=facts.head)
    return HttpResponse(batch, content_type="application/json")


@login_required
@require_POST
def remove(request: MemberRequest, code: str) -> HttpResponse:
    session = _hosted(request, code)
    try:
        operations.remove_message(session, seq=_seq(request))
    except RoomEvent.DoesNotExist:
        raise Http404 from None
    return _done(request, session)


@login_required
@require_POST
def mute(request: MemberRequest, code: str) -> HttpResponse:
    """Mute whoever said the message with this number."""
    session = _hosted(request, code)
    try:
        operations.mute_person(session, seq=_seq(request))
    except RoomEvent.DoesNotExist:
        raise Http404 from None
    return _done(request, session)


def _hosted(request: MemberRequest, code: str) -> LiveSession:
    return get_object_or_404(LiveSession.objects.of_host(request.user), code=code)


def _seq(request: HttpRequest) -> int:
    seq = request.POST.get("seq", "")
    if not seq.isascii() or not seq.isdigit() or len(seq) > 18:
        raise Http404
    return int(seq)


def _client_id(request: HttpRequest) -> UUID:
    """The form's own number, so that a double tap says one thing."""
    try:
        return UUID(request.POST.get("id", ""))
    except ValueError:
        return uuid4()


def _may_speak(user_id: int) -> bool:
    key = f"room-form:{user_id}"
    cache.add(key, 0, timeout=WINDOW.total_seconds())
    try:
        return bool(cache.incr(key) <= MOST_MESSAGES)
    except ValueError:  # ran out in between
        return True


def _not_said(request: MemberRequest, session: LiveSession, text: str, reason: str) -> HttpResponse:
    status, words = REFUSALS[reason]
    if not request.accepts("text/html"):
        return JsonResponse({"reason": reason}, status=status)
    context = {"session": session, "text": text[: wire.MOST_CHARACTERS], "refusal": words, "id": uuid4()}
    return render(request, "livestream/not_said.html", context, status=status)


def _done(request: HttpRequest, session: LiveSession) -> HttpResponse:
    """The room hears of it by its socket; a page without script is loaded again."""
    if is_htmx(request) or not request.accepts("text/html"):
        return HttpResponse(status=204)
    return redirect("livestream:studio", session.code)
