"""What anyone may see: the list of lives, a room, its parts, its calendar entry and its QR code."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

import segno
from django.conf import settings
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.models import User
from catalog import queries as catalog
from kit.htmx import render_page, wants_partial
from kit.hygiene import clean_text
from livestream import queries, sources
from livestream.models import LiveSession, SessionState, VisitSource
from livestream.queries import ShownProduct
from livestream.room import devices, presence, tickets
from livestream.views import sharing

ON_A_PAGE = 24
TABS = {
    "": queries.sessions_on_air,
    "akan-datang": queries.sessions_upcoming,
    "tayang-ulang": queries.sessions_to_replay,
}
LASTS = timedelta(hours=1)  # what a calendar is told; nobody knows better


@require_safe
def session_list(request: HttpRequest) -> HttpResponse:
    """The lobby: one of three tabs, narrowed by category and province."""
    tab = request.GET.get("tab", "")
    if tab not in TABS:
        raise Http404
    category, province = (clean_text(request.GET.get(name, "")[:60]) for name in ("kategori", "provinsi"))
    sessions = queries.narrowed(TABS[tab](), category=category, province=province)
    page = _page_of(sessions, request)
    context = {
        "tab": tab,
        "category": category,
        "province": province,
        "page": page,
        "cards": queries.with_viewers(page),
        "categories": catalog.categories(),
        "provinces": queries.provinces_with_sessions(),
        "tonight": queries.sessions_upcoming()[:4] if not tab and not page.object_list else [],
    }
    return render_page(request, "livestream/list.html", "sessions", context)


@require_safe
def room(request: HttpRequest, code: str) -> HttpResponse:
    response = render(request, "livestream/room.html", _room_context(request, _open_session(request, code)))
    devices.mark_browser(request, response)
    return response


@require_safe
def showcase(request: HttpRequest, code: str) -> HttpResponse:
    """The products of a room with their prices and stock now; the whole room without htmx."""
    session = _open_session(request, code)
    if wants_partial(request):
        context = {"session": session, "showcase": queries.showcase_of(session)}
    else:
        context = _room_context(request, session)
    return render_page(request, "livestream/room.html", "showcase", context)


@require_safe
def pinned(request: HttpRequest, code: str) -> HttpResponse:
    """The card over the video, for a room that has lost its place."""
    session = _open_session(request, code)
    return _card(request, session, queries.pinned_in(session))


@require_safe
def product(request: HttpRequest, code: str, product_id: int) -> HttpResponse:
    """The card of one product the session showed, with the price and stock now."""
    session = _open_session(request, code)
    if not queries.was_shown(session, product_id):
        raise Http404
    return _card(request, session, queries.shown_product(product_id, code=session.code))


@require_safe
def calendar(request: HttpRequest, code: str) -> HttpResponse:
    """A planned session for the phone's calendar, which then does the reminding."""
    session = _open_session(request, code)
    if session.state != SessionState.UPCOMING:
        raise Http404
    response = HttpResponse(_calendar_text(session), content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="live-{session.code}.ics"'
    return response


@require_safe
def qr(request: HttpRequest, code: str) -> HttpResponse:
    """The room's address as a QR code to print or to show."""
    session = _open_session(request, code)
    drawing = io.BytesIO()
    poster = segno.make(sources.marked(sharing.address(session), VisitSource.QR), error="m")
    poster.save(drawing, kind="svg", border=3, scale=8, light="#fff")
    return HttpResponse(drawing.getvalue(), content_type="image/svg+xml")


def _open_session(request: HttpRequest, code: str) -> LiveSession:
    return get_object_or_404(queries.sessions_open_to(request.user), code=code)


def _page_of(sessions: QuerySet[LiveSession], request: HttpRequest) -> Any:
    return Paginator(sessions, ON_A_PAGE).get_page(request.GET.get("page"))


def _card(request: HttpRequest, session: LiveSession, shown: ShownProduct | None) -> HttpResponse:
    return render(request, "livestream/_pinned.html", {"shown": shown, "code": session.code})


def _room_context(request: HttpRequest, session: LiveSession) -> dict[str, Any]:
    showcase = queries.showcase_of(session)
    pinned = queries.open_pin(session) if session.is_on_air else None
    return {
        "session": session,
        "shop": session.shop,
        "state": _first_state(session),
        "is_host": request.user == session.host,
        "ticket": tickets.issue(request, session.code),
        "source": sources.source_of(request),
        "is_reminded": _is_reminded(request, session),
        "viewers": presence.count_viewers([session.pk])[session.pk],
        "origin": settings.SITE_URL,
        "showcase": showcase,
        "shown": next((shown for shown in showcase if shown.product.pk == pinned), None),
        "chapters": queries.chapters_of(session) if session.ended_at else [],
        "messages_said": queries.latest_messages(session),
        **sharing.words(session),
    }


def _is_reminded(request: HttpRequest, session: LiveSession) -> bool:
    if session.state != SessionState.UPCOMING or not isinstance(request.user, User):
        return False
    return queries.is_reminded(session, request.user)


def _first_state(session: LiveSession) -> str:
    """What the room says before its player has spoken."""
    if session.state == SessionState.LIVE:
        return "connecting"
    if session.state == SessionState.ENDED and session.recorded_ms:
        return "replay"
    return str(session.state)


def _calendar_text(session: LiveSession) -> str:
    """One event (RFC 5545) that rings a quarter of an hour before."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Pasar Malam//Live//ID",
        "BEGIN:VEVENT",
        f"UID:{session.code}@{settings.SITE_HOST}",
        f"DTSTAMP:{_calendar_moment(timezone.now())}",
        f"DTSTART:{_calendar_moment(session.planned_at)}",
        f"DTEND:{_calendar_moment(session.planned_at + LASTS)}",
        f"SUMMARY:{_calendar_words(f'{session.title} · {session.shop.name}')}",
        f"URL:{sharing.address(session)}",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        "TRIGGER:-PT15M",
        f"DESCRIPTION:{_calendar_words(session.title)}",
        "END:VALARM",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return "\r\n".join(_folded(line) for line in lines) + "\r\n"


def _calendar_moment(moment: Any) -> str:
    return f"{moment.astimezone(timezone.get_fixed_timezone(0)):%Y%m%dT%H%M%SZ}"


def _calendar_words(text: str) -> str:
    for mark in ("\\", ";", ","):
        text = text.replace(mark, "\\" + mark)
    return text.replace("\r", " ").replace("\n", " ")


def _folded(line: str) -> str:
    """Lines of at most 75 bytes, as calendars want them; a character is never cut in two."""
    pieces, piece = [], ""
    for character in line:
        if len((piece + character).encode()) > 74:
            pieces.append(piece)
            piece = ""
        piece += character
    return "\r\n ".join([*pieces, piece])
