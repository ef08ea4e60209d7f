"""What the market takes, for everybody to read and to check."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import MemberRequest
from fees import operations, queries
from fees.arithmetic import breakdown
from fees.drafts import DraftForm, RuleForms, rows_of, rules_in
from fees.forms import SampleForm
from fees.models import FeeSchedule, Kind
from kit import moments
from kit.htmx import render_page

EXAMPLE = {"price": 50_000, "shipping": 10_000, "method": "qris"}


@require_safe
def schedule(request: HttpRequest) -> HttpResponse:
    """The version that holds now, and those announced."""
    return _show(request, queries.schedule_at(timezone.now()))


@require_safe
def version(request: HttpRequest, number: int) -> HttpResponse:
    """Any version, past or coming."""
    return _show(request, get_object_or_404(FeeSchedule, number=number))


@require_safe
def document(request: HttpRequest, number: int) -> HttpResponse:
    """The very bytes that were signed."""
    found = get_object_or_404(FeeSchedule, number=number)
    response = HttpResponse(found.document, content_type="application/json; charset=utf-8")
    response.headers["Content-Disposition"] = f'inline; filename="biaya-v{number}.json"'
    return response


def _show(request: HttpRequest, shown: FeeSchedule) -> HttpResponse:
    now = timezone.now()
    rules = queries.rules_of(shown)
    form = SampleForm(request.GET if "price" in request.GET else EXAMPLE, rules=rules)
    is_valid = form.is_valid()
    context = {
        "schedule": shown,
        "current": queries.schedule_at(now),
        "coming": [_announced(each) for each in queries.coming_schedules(now)],
        "versions": FeeSchedule.objects.order_by("-number"),
        "rows": shown.rules.order_by("position"),
        "has_tax": any(rule.kind == "tax" for rule in rules),
        "is_genuine": queries.is_genuine(shown),
        "changes": _since_before(shown),
        "form": form,
        "sample": breakdown(rules, form.sale) if is_valid else None,
    }
    return render_page(request, "fees/schedule.html", "sample", context, status=200 if is_valid else 422)


def _announced(coming: FeeSchedule) -> dict[str, Any]:
    return {"schedule": coming, "changes": _since_before(coming)}


def _since_before(shown: FeeSchedule) -> list[queries.Change]:
    """Against the version before it; the first one changes nothing."""
    before = FeeSchedule.objects.filter(number=shown.number - 1).first()
    return queries.changes(queries.rules_of(before), queries.rules_of(shown)) if before else []


# ---- the desk of whoever may publish -----------------------------------------------------------------


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def draft(request: MemberRequest) -> HttpResponse:
    """Write the next version, see what it changes, and announce it."""
    if not (request.user.is_staff and request.user.has_perm("fees.publish_schedule")):
        raise Http404
    rules = queries.rules_of(queries.last_schedule())
    form = DraftForm(request.POST or None)
    rows = RuleForms(request.POST or None, initial=rows_of(rules), prefix="aturan")
    if not (form.is_bound and form.is_valid() and rows.is_valid()):
        return _show_draft(request, form, rows, status=422 if form.is_bound else 200)
    written = rules_in(rows)
    if "umumkan" not in request.POST:
        return _show_draft(request, form, rows, changes=queries.changes(rules, written), is_seen=True)
    try:
        made = operations.publish_schedule(
            written, in_force_from=form.moment, note=form.cleaned_data["note"], by=request.user
        )
    except operations.TooSoon as refusal:
        kinds = ", ".join(str(Kind(rise.kind).label) for rise in refusal.rises)
        said = {"kinds": kinds, "day": moments.long_date(refusal.earliest)}
        form.add_error("in_force_from", _("%(kinds)s naik: paling cepat berlaku %(day)s.") % said)
        return _show_draft(request, form, rows, status=409)
    except operations.OutOfOrder:
        form.add_error(
            "in_force_from", _("Tidak boleh di masa lalu atau sebelum versi yang sudah diumumkan.")
        )
        return _show_draft(request, form, rows, status=409)
    return redirect("fees:version", made.number)


def _show_draft(
    request: MemberRequest, form: DraftForm, rows: Any, *, status: int = 200, **shown: Any
) -> HttpResponse:
    return render(request, "fees/draft.html", {"form": form, "rows": rows, **shown}, status=status)
