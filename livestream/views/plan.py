"""Planning sessions: what a seller announces, and which products it will show."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import MemberRequest
from catalog.models import Duty, Shop
from kit.numbers import whole_number
from livestream import queries
from livestream.forms import NewSessionForm, SessionForm, StartedSessionForm
from livestream.models import LiveSession
from livestream.operations import showcase
from livestream.queries import ShownProduct

MOST_IN_LIST = 50


@login_required
@require_safe
def plan(request: MemberRequest) -> HttpResponse:
    """A seller's sessions: on air, to come, and done."""
    sessions = _sessions_of(request)
    context = {
        "shop": _shops_of(request).first(),
        "on_air": sessions.on_air(),
        "upcoming": sessions.upcoming().order_by("planned_at", "pk"),
        "ended": sessions.ended().order_by("-ended_at", "-pk")[:MOST_IN_LIST],
    }
    return render(request, "livestream/plan.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def plan_new(request: MemberRequest) -> HttpResponse:
    shop = get_object_or_404(_shops_of(request))
    choices = queries.products_to_show(shop)
    form = NewSessionForm(request.POST or None, shop=shop, choices=choices, initial=_suggestion(shop))
    if not form.is_valid():
        return _plan_form(request, form, shop=shop, choices=choices)
    written = _written(form)
    if written.pop("is_rehearsal"):
        session = showcase.plan_rehearsal(shop=shop, **written)
        messages.success(request, _("Latihan disiapkan. Undang kru atau mentormu dari studio."))
    else:
        session = showcase.plan_session(shop=shop, **written)
        messages.success(request, _("Live direncanakan. Bagikan tautannya ke pelangganmu."))
    return redirect("livestream:preflight", session.code)


@login_required
@require_http_methods(["GET", "POST"])
def plan_edit(request: MemberRequest, code: str) -> HttpResponse:
    session = get_object_or_404(_sessions_of(request).filter(ended_at__isnull=True), code=code)
    choices = queries.products_to_show(session.shop)
    form = _edit_form(session)(
        request.POST or None, shop=session.shop, choices=choices, initial=_as_written(session)
    )
    if not form.is_valid():
        return _plan_form(request, form, shop=session.shop, choices=choices, session=session)
    try:
        showcase.edit_session(session, **{"planned_at": session.planned_at, **_written(form)})
    except showcase.AlreadyEnded:
        form.add_error(None, _("Live ini sudah selesai, jadi tidak bisa diubah lagi."))
        return _plan_form(request, form, shop=session.shop, choices=choices, session=session)
    messages.success(request, _("Rencana live tersimpan."))
    return redirect("livestream:studio" if session.is_on_air else "livestream:preflight", session.code)


@login_required
@require_http_methods(["GET", "POST"])
def plan_delete(request: MemberRequest, code: str) -> HttpResponse:
    session = get_object_or_404(_sessions_of(request).upcoming(), code=code)
    if request.method == "GET":
        return render(request, "livestream/plan_delete.html", {"session": session})
    try:
        showcase.delete_session(session)
    except (showcase.AlreadyStarted, showcase.StillNeeded) as refusal:
        context = {"session": session, "has_started": isinstance(refusal, showcase.AlreadyStarted)}
        return render(request, "livestream/plan_delete.html", {**context, "is_refused": True}, status=409)
    messages.success(request, _("Rencana live dihapus."))
    return redirect("livestream:plan")


def _shops_of(request: MemberRequest) -> QuerySet[Shop]:
    return (
        Shop.objects.at_desk(request.user, Duty.LIVE)
        .filter(suspended_at__isnull=True)
        .select_related("regency")
    )


def _sessions_of(request: MemberRequest) -> Any:
    return queries.sessions_of_host(request.user)


def _plan_form(
    request: MemberRequest,
    form: SessionForm,
    *,
    shop: Shop,
    choices: list[ShownProduct],
    session: LiveSession | None = None,
) -> HttpResponse:
    picked = {str(value): place for place, value in enumerate(form["products"].value() or [])}
    context = {
        "form": form,
        "shop": shop,
        "session": session,
        "choices": sorted(choices, key=lambda shown: picked.get(str(shown.product.pk), len(picked))),
        "picked": {whole_number(value) for value in picked} - {None},
    }
    return render(request, "livestream/plan_form.html", context, status=422 if form.is_bound else 200)


def _edit_form(session: LiveSession) -> type[SessionForm]:
    return StartedSessionForm if session.went_live_at else SessionForm


def _suggestion(shop: Shop) -> dict[str, Any]:
    """Seven in the evening by the shop's clock is when people watch; later than that, tomorrow."""
    now = timezone.localtime(timezone=ZoneInfo(shop.regency.time_zone))
    evening = now.replace(hour=19, minute=0, second=0, microsecond=0)
    return {"planned_at": evening if now < evening else evening + timedelta(days=1)}


def _as_written(session: LiveSession) -> dict[str, Any]:
    shown = session.showcase.order_by("position", "pk").values_list("product_id", flat=True)
    return {"title": session.title, "planned_at": session.planned_at, "products": list(shown)}


def _written(form: SessionForm) -> dict[str, Any]:
    """The form's answers under the names that operations use."""
    written = dict(form.cleaned_data)
    product_ids = written.pop("products")
    return {**written, "product_ids": product_ids}
