"""Where the market looks at disputes and decides."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import MemberRequest
from returns import operations, queries
from returns.forms import DecideForm
from returns.models import Dispute
from returns.operations import Decision, Refused
from returns.views.party import REFUSALS

PER_PAGE = 20


@login_required
@require_safe
def dispute_list(request: MemberRequest) -> HttpResponse:
    _staff_only(request)
    is_past = request.GET.get("tab") == "selesai"
    disputes = queries.disputes_decided() if is_past else queries.disputes_to_decide()
    page = Paginator(disputes, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "returns/desk.html", {"page": page, "is_past": is_past})


@login_required
@require_http_methods(["GET", "POST"])
def dispute(request: MemberRequest, pk: int) -> HttpResponse:
    """Everything that both sides and the market know, and one decision."""
    _staff_only(request)
    found = get_object_or_404(queries.disputes_open_to(request.user), pk=pk)
    whole = get_object_or_404(queries.all_returns(), pk=found.request_id)
    lines = {row.line_id: row.units for row in whole.lines.all()}
    sent = request.POST if request.method == "POST" else None
    form = DecideForm(sent, lines=lines, initial={f"units_{pk}": n for pk, n in lines.items()})
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid() and _decide(request, found, form):
            return redirect("returns:desk")
        if not form.errors:
            status = 409
    fields = form.rows()
    context = {
        "dispute": found,
        "return": whole,
        "order": whole.order,
        "form": form,
        "rows": [(row, fields[row.line_id]) for row in whole.lines.all()],
        "trail": queries.trail(whole),
        "moment": queries.moment_of(whole.order),
        "said": queries.said_by_buyer(whole.order) if whole.order.session_id else [],
    }
    return render(request, "returns/desk_dispute.html", context, status=status)


def _decide(request: MemberRequest, found: Dispute, form: DecideForm) -> bool:
    said = form.cleaned_data
    decision = Decision(
        outcome=said["outcome"],
        ground=said["ground"],
        note=said["text"],
        granted=form.units,
        with_shipping=said["with_shipping"],
    )
    try:
        operations.decide(found, by=request.user, decision=decision)
    except Refused as refusal:
        messages.error(request, str(REFUSALS[type(refusal)]))
        return False
    messages.success(request, _("Keputusan dicatat, dan kedua pihak diberi tahu."))
    return True


def _staff_only(request: MemberRequest) -> None:
    """To everybody else this desk is not there."""
    if not queries.is_judge(request.user):
        raise Http404
