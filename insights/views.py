"""The numbers of a show, for the people who run it; money only for its host."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from accounts.requests import MemberRequest
from insights import plot, sheets
from insights.caching import shared
from insights.queries.board import Board, board_of
from insights.queries.past import PastShow, shows_before
from insights.queries.report import Report, report_of
from insights.wording import funnel_steps
from kit.htmx import render_page
from livestream import queries as live
from livestream.models import LiveSession, Permission
from livestream.operations.taps import write_down_taps
from livestream.views.access import session_run_by

BOARD_SECONDS, REPORT_SECONDS = 2, 4


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


@login_required
@require_safe
def report(request: MemberRequest, code: str) -> HttpResponse:
    """What a show achieved, in drawings and tables; while it runs, so far."""
    session = _shown_session(request, code)
    context = _report_context(session, sees_money=_sees_money(request, session))
    return render_page(request, "insights/report.html", "report", context)


@login_required
@require_safe
def sheet(request: MemberRequest, code: str, name: str) -> HttpResponse:
    """The same numbers for a spreadsheet."""
    if name not in sheets.SHEETS:
        raise Http404
    session = _shown_session(request, code)
    text = sheets.SHEETS[name](_report(session), with_money=_sees_money(request, session))
    response = HttpResponse(text, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="live-{session.code}-{name}.csv"'
    return response


def _shown_session(request: MemberRequest, code: str) -> LiveSession:
    """What was never on air has nothing to tell."""
    session = session_run_by(request, code, Permission.BOARD)
    if session.went_live_at is None:
        raise Http404
    return session


def _report_context(session: LiveSession, *, sees_money: bool) -> dict[str, Any]:
    told = _report(session)
    before = shared(
        f"insights:before:{session.pk}", seconds=REPORT_SECONDS, work_out=lambda: shows_before(session)
    )
    return {
        "session": session,
        "shop": session.shop,
        "report": told,
        "sees_money": sees_money,
        "funnel": funnel_steps(told.people.funnel),
        "plot": plot.draw(told.timeline, told.pins, with_money=sees_money),
        "colors": plot.colors_of(told.pins),
        "before": before,
        # What is half over would look poor beside whole shows.
        "usual": {} if session.is_on_air else _usual(before),
    }


def _report(session: LiveSession) -> Report:
    def work_out() -> Report:
        write_down_taps()
        return report_of(session)

    return shared(f"insights:report:{session.pk}", seconds=REPORT_SECONDS, work_out=work_out)


def _usual(before: list[PastShow]) -> dict[str, int]:
    """The averages of the shop's shows before; nothing for its first."""
    names = ("entered", "peak_viewers", "orders", "goods") if before else ()
    return {name: round(sum(getattr(show, name) for show in before) / len(before)) for name in names}


def _running_board(session: LiveSession) -> Board:
    def work_out() -> Board:
        write_down_taps()
        return board_of(session)

    return shared(f"insights:board:{session.pk}", seconds=BOARD_SECONDS, work_out=work_out)


def _sees_money(request: MemberRequest, session: LiveSession) -> bool:
    return live.sessions_run_by(request.user, Permission.HOST).filter(pk=session.pk).exists()
