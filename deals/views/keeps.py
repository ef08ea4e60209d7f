"""The card that answers a wish in the chat."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST

from accounts.requests import MemberRequest
from deals.operations import keeps as operations
from deals.operations.keeps import Answer
from deals.queries import keeps as queries
from kit.pace import is_too_fast
from livestream import queries as live

MOST_KEEPS = 20  # in ten seconds: as often as one may speak


@login_required
@require_POST
def keep(request: MemberRequest, code: str) -> HttpResponse:
    """For the page of whoever said it, when it looks like a wish; the text is read from the chat."""
    session = get_object_or_404(live.sessions_open_to_all(), code=code)
    message_id = _message_id(request)
    if is_too_fast(f"keep:{request.user.pk}", most=MOST_KEEPS, within=10):
        return HttpResponse(status=429)
    answer = (
        operations.keep_message(session, user=request.user, message_id=message_id) if message_id else None
    )
    if answer is None:
        return HttpResponse(status=204)
    return render(request, "deals/_keep.html", {**_shown(answer), "code": code})


def _message_id(request: MemberRequest) -> UUID | None:
    try:
        return UUID(request.POST.get("id", ""))
    except ValueError:
        return None


def _shown(answer: Answer) -> dict[str, object]:
    """The options with what they cost and whether there is enough; what cannot be had is left out."""
    variants = queries.names_of([option.choice.variant_id for option in answer.options])
    rows = [(variants[option.choice.variant_id], option.quantity) for option in answer.options]
    possible = [(variant, quantity) for variant, quantity in rows if variant.stock.available >= quantity]
    return {"answer": answer, "rows": possible[:6], "is_short": bool(rows and not possible)}
