"""A session's chat as a file."""

from __future__ import annotations

from collections.abc import Iterator
from zoneinfo import ZoneInfo

from django.contrib.auth.decorators import login_required
from django.http import StreamingHttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.requests import MemberRequest
from kit.sheets import csv_lines
from livestream import queries
from livestream.models import LiveSession, Permission, RoomEvent
from livestream.views.access import session_run_by


@login_required
@require_safe
@never_cache
def chat_log(request: MemberRequest, code: str) -> StreamingHttpResponse:
    """Everything that was said. Whoever may not see the shop's money gets other names and masked numbers."""
    session = session_run_by(request, code, Permission.CHAT)
    is_host = queries.sessions_run_by(request.user, Permission.HOST).filter(pk=session.pk).exists()
    response = StreamingHttpResponse(_lines(session, is_host=is_host), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="obrolan-{session.code}.csv"'
    return response


def _lines(session: LiveSession, *, is_host: bool) -> Iterator[str]:
    return csv_lines(_heads(), _rows(session, is_host=is_host))


def _rows(session: LiveSession, *, is_host: bool) -> Iterator[list[object]]:
    names = _Names(is_host=is_host)
    zone = ZoneInfo(session.shop.regency.time_zone)
    for event in queries.spoken_in(session).iterator(chunk_size=2_000):
        yield [
            event.seq,
            f"{event.created_at.astimezone(zone):%Y-%m-%d %H:%M:%S}",
            event.media_ms // 1000,
            names.of(event),
            _role(event),
            event.original or event.text if is_host else event.text,
            _("ya") if event.removed_at else "",
        ]


def _heads() -> list[str]:
    return [_("nomor"), _("waktu"), _("detik siaran"), _("nama"), _("peran"), _("pesan"), _("dihapus")]


def _role(event: RoomEvent) -> str:
    if event.payload.get("host"):
        return _("penjual")
    return _("moderator") if event.payload.get("moderator") else _("penonton")


class _Names:
    """Real names for the host; for others, the same person is the same number within one file."""

    def __init__(self, *, is_host: bool) -> None:
        self._is_host = is_host
        self._numbers: dict[int | None, int] = {}

    def of(self, event: RoomEvent) -> str:
        if self._is_host or event.payload.get("host") or event.payload.get("moderator"):
            return event.sender_name
        number = self._numbers.setdefault(event.sender_id, len(self._numbers) + 1)
        return _("Penonton %(number)s") % {"number": number}
