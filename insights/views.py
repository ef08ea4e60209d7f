"""The numbers of a show, for the people who run it; money only for its host."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from accounts.requests import MemberRequest
from insights.caching import shared
from insights.queries.board import Board, board_of
from kit.htmx import render_page
from livestream import queries as live
from livestream.models import LiveSession, Permission
from livestream.operations.taps import write_down_taps
from livestream.views.access import session_run_by

BOARD_SECONDS = 2


@login_required
@require_safe
def board(request: MemberRequest, code: str) -> HttpResponse:
    """The running numbers: a part of the studio, and a page of its own for a second screen."""
    session = session_run_by(request, code, Permission.BOARD)
    context = {
        "session": session,
        "board": _running_board(session),
        "sees_money": _sees_money(request, session),
    }
    return render_page(request, "insights/board.html", "numbers", context)


def _running_board(session: LiveSession) -> Board:
    def work_out() -> Board:
        write_down_taps()
        return board_of(session)

    return shared(f"insights:board:{session.pk}", seconds=BOARD_SECONDS, work_out=work_out)


def _sees_money(request: MemberRequest, session: LiveSession) -> bool:
    return live.sessions_run_by(request.user, Permission.HOST).filter(pk=session.pk).exists()
