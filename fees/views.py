"""What the market takes, for everybody to read and to check."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe

from fees import queries
from fees.arithmetic import breakdown
from fees.forms import SampleForm
from fees.models import FeeSchedule
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
