"""The studio's panel for all that a room offers for a while."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from accounts.requests import MemberRequest
from deals.queries.flash import deals_at_desk, past_deals
from deals.queries.vouchers import vouchers_with_results
from kit.htmx import render_page
from livestream import queries as live
from livestream.models import LiveSession, Permission
from livestream.views.access import session_run_by


@login_required
@require_safe
def console(request: MemberRequest, code: str) -> HttpResponse:
    return show(request, session_run_by(request, code, Permission.DEALS))


def show(request: MemberRequest, session: LiveSession) -> HttpResponse:
    """The whole panel as it is now."""
    return render_page(
        request,
        "deals/console.html",
        "console",
        {
            "session": session,
            "flash": deals_at_desk(session),
            "past_flash": past_deals(session)[:5],
            "vouchers": vouchers_with_results(session)[:6],
            "showcase": live.showcase_of(session),
        },
    )
