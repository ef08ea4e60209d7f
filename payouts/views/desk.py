"""The operator's desk: batches for the bank, and how they ended. For staff who may run payouts."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Count, Q, Sum
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import MemberRequest
from kit.sealed import unseal
from payouts import letters, operations
from payouts.forms import EndForm, ResultsForm
from payouts.models import Finding, Payout, PayoutBatch
from payouts.queries.payees import owed_now

ON_A_PAGE = 20
ROWS_ON_A_PAGE = 50
State = Payout.State
View = Callable[..., HttpResponse]


def for_payers(view: View) -> View:
    """Nobody else learns that the desk exists."""

    @wraps(view)
    @login_required
    def guarded(request: MemberRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not (request.user.is_staff and request.user.has_perm("payouts.run_payouts")):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


@for_payers
@require_safe
def desk(request: MemberRequest) -> HttpResponse:
    """Who is owed what, and the batches so far."""
    owed = owed_now(timezone.now())
    payable = [one for one in owed if one.is_payable]
    under_way = Count("payouts", filter=Q(payouts__state=State.SENT))
    batches = PayoutBatch.objects.select_related("made_by").annotate(
        rows=Count("payouts"), sum=Sum("payouts__amount"), under_way=under_way
    )
    context = {
        "payable": payable,
        "payable_sum": sum(one.amount for one in payable),
        "waiting": [one for one in owed if not one.is_payable],
        "minimum": settings.PAYOUT_MINIMUM,
        "page": Paginator(batches.order_by("-pk"), ON_A_PAGE).get_page(request.GET.get("page")),
        "findings": Finding.objects.filter(gone_at__isnull=True).order_by("-found_at", "-pk")[:ON_A_PAGE],
    }
    return render(request, "payouts/desk.html", context)


@for_payers
@require_POST
def make(request: MemberRequest) -> HttpResponse:
    """For those that are ticked."""
    try:
        made = operations.make_batch(by=request.user, only=frozenset(request.POST.getlist("payee")))
    except operations.NothingToPay:
        messages.error(request, _("Tidak ada yang bisa dicairkan sekarang."))
        return redirect("payouts:desk")
    return redirect("payouts:batch", made.pk)


@for_payers
@require_safe
def batch(request: MemberRequest, pk: int) -> HttpResponse:
    return _show(request, _batch(pk), ResultsForm())


@for_payers
@require_safe
def batch_file(request: MemberRequest, pk: int) -> HttpResponse:
    """The one file of this batch, the same bytes whenever it is asked for."""
    found = _batch(pk)
    response = HttpResponse(unseal(found.file), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="pencairan-{found.pk}.csv"'
    return response


@for_payers
@require_POST
def results(request: MemberRequest, pk: int) -> HttpResponse:
    """Take in what the bank answered, row by row."""
    found, form = _batch(pk), ResultsForm(request.POST, request.FILES)
    if not form.is_valid():
        return _show(request, found, form, status=422)
    before = dict(found.payouts.values_list("pk", "state"))
    try:
        taken = operations.take_in_results(found, form.cleaned_data["results"].read(), by=request.user)
    except operations.ResultProblem:
        form.add_error("results", _("Bukan tabel CSV dengan kolom reference dan status."))
        return _show(request, found, form, status=422)
    for payout in found.payouts.select_related("user", "account"):
        if payout.state != before.get(payout.pk):
            letters.tell_payout_ended(payout)
    return _show(request, found, ResultsForm(), taken=taken)


@for_payers
@require_POST
def end(request: MemberRequest, pk: int, payout_id: int) -> HttpResponse:
    """One row, by hand."""
    found = get_object_or_404(_batch(pk).payouts.select_related("user", "account"), pk=payout_id)
    form = EndForm(request.POST)
    if not form.is_valid():
        return _show(request, found.batch, ResultsForm(), status=422)
    try:
        _end(found, form, request)
    except operations.NotUnderWay:
        messages.error(request, _("Baris ini sudah berakhir. Lihat keadaannya yang terbaru."))
        return _show(request, found.batch, ResultsForm(), status=409)
    found.refresh_from_db()
    letters.tell_payout_ended(found)
    return redirect("payouts:batch", pk)


def _end(payout: Payout, form: EndForm, request: MemberRequest) -> None:
    words, by = form.cleaned_data["words"], request.user
    if form.cleaned_data["outcome"] == State.PAID:
        operations.pay_payout(payout, by=by, reference=words)
    elif form.cleaned_data["outcome"] == State.FAILED:
        operations.fail_payout(payout, by=by, reason=words)
    else:
        operations.return_payout(payout, by=by, reason=words)


def _batch(pk: int) -> PayoutBatch:
    return get_object_or_404(PayoutBatch.objects.select_related("made_by"), pk=pk)


def _show(
    request: MemberRequest, found: PayoutBatch, form: ResultsForm, *, status: int = 200, taken: Any = None
) -> HttpResponse:
    payouts = found.payouts.select_related("user", "account").order_by("pk")
    total = found.payouts.aggregate(sum=Sum("amount"))["sum"] or 0
    context = {
        "batch": found,
        "page": Paginator(payouts, ROWS_ON_A_PAGE).get_page(request.GET.get("page")),
        "sum": total,
        "form": form,
        "taken": taken,
    }
    return render(request, "payouts/batch.html", context, status=status)
