"""Saying something without a socket, and catching up."""

from __future__ import annotations

from math import ceil
from uuid import UUID, uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import MemberRequest
from kit.pace import is_too_fast
from livestream import queries
from livestream.models import HeldMessage, LiveSession
from livestream.moderation.refusals import NotSaid, TooSoon
from livestream.operations import chat as operations
from livestream.room import devices, reads, wire
from livestream.views.access import number_or_404

MOST_MESSAGES = 20
WINDOW = 10  # seconds

# What a message that was not said means to whoever wrote it, and with which status the form answers.
REFUSALS: dict[str, tuple[int, Promise]] = {
    "empty": (422, gettext_lazy("Tulis dulu pesannya, baru kirim.")),
    "long": (422, gettext_lazy("Pesannya kepanjangan. Paling banyak 300 huruf.")),
    "word": (422, gettext_lazy("Ada kata yang tidak boleh dipakai di sini. Coba tulis dengan kata lain.")),
    "link": (422, gettext_lazy("Tautan tidak bisa dikirim di live ini.")),
    "muted": (409, gettext_lazy("Penjual sedang membatasi pesanmu di live ini.")),
    "banned": (409, gettext_lazy("Kamu tidak bisa ngobrol di lapak ini.")),
    "waiting": (409, gettext_lazy("Pesanmu yang tadi masih dicek. Tunggu sebentar, ya.")),
    "rejected": (409, gettext_lazy("Pesanmu tidak diterbitkan oleh penjual.")),
    "closed": (409, gettext_lazy("Live sudah selesai, obrolannya ditutup.")),
    "followers": (
        409,
        gettext_lazy("Hanya pengikut lapak yang bisa ngobrol di live ini. Ikuti dulu, lalu kirim lagi."),
    ),
    "login": (409, gettext_lazy("Masuk dulu untuk ikut ngobrol.")),
    "slow": (429, gettext_lazy("Obrolan lagi mode pelan. Tunggu beberapa detik lalu kirim lagi.")),
    "fast": (429, gettext_lazy("Pelan-pelan, ya. Tunggu beberapa detik lalu kirim lagi.")),
}


class TooFast(NotSaid):
    """More messages than anybody types."""

    reason = "fast"


@login_required
@require_POST
def say(request: MemberRequest, code: str) -> HttpResponse:
    """The same message as over the socket, from a plain form or from a page whose line is down."""
    session = get_object_or_404(queries.sessions_open_to(request.user), code=code)
    text, client_id = request.POST.get("text", ""), _client_id(request)
    try:
        if is_too_fast(f"room-form:{request.user.pk}", most=MOST_MESSAGES, within=WINDOW):
            raise TooFast
        said = operations.say(
            session, sender=request.user, text=text, client_id=client_id, device=devices.device_of(request)
        )
    except NotSaid as refusal:
        return _not_said(request, session, text, refusal)
    if isinstance(said, HeldMessage):
        return _held(request, session)
    if request.accepts("text/html"):
        return redirect(reverse("livestream:room", args=[code]) + "#chat")
    return JsonResponse({"seq": said.seq}, status=201)


@require_safe
@never_cache
def events(request: HttpRequest, code: str) -> HttpResponse:
    """The numbered events after `last`, as a batch of the socket's protocol."""
    last = number_or_404(request.GET.get("last", "0"))
    log = reads.log_facts(code)
    if log is None or (
        log.is_rehearsal and request.user.pk not in reads.crews([log.session_id])[log.session_id]
    ):
        raise Http404
    items = reads.items_after(code, log.session_id, last=last, until=log.head, limit=wire.MOST_ITEMS)
    batch = wire.page(items, last=last + len(items), head=log.head)
    return HttpResponse(batch, content_type="application/json")


def _client_id(request: HttpRequest) -> UUID:
    """The form's own number, so that a double tap says one thing."""
    try:
        return UUID(request.POST.get("id", ""))
    except ValueError:
        return uuid4()


def _held(request: MemberRequest, session: LiveSession) -> HttpResponse:
    if not request.accepts("text/html"):
        return JsonResponse({"held": True}, status=202)
    messages.info(request, _("Pesanmu menunggu dicek penjual."))
    return redirect(reverse("livestream:room", args=[session.code]) + "#chat")


def _not_said(request: MemberRequest, session: LiveSession, text: str, refusal: NotSaid) -> HttpResponse:
    status, words = REFUSALS[refusal.reason]
    if request.accepts("text/html"):
        context = {
            "session": session,
            "text": text[: wire.MOST_CHARACTERS],
            "refusal": words,
            "id": uuid4(),
            "may_follow": refusal.reason == "followers",
        }
        response = render(request, "livestream/not_said.html", context, status=status)
    else:
        response = JsonResponse({"reason": refusal.reason, **refusal.facts}, status=status)
    if status == 429:
        wait = refusal.wait_ms / 1000 if isinstance(refusal, TooSoon) else WINDOW
        response.headers["Retry-After"] = str(ceil(wait))
    return response
