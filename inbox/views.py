"""The inbox, and what people want to hear."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.operations import remember_language
from accounts.requests import MemberRequest
from inbox import operations, pushes, queries, tokens
from inbox.forms import SubscriptionForm
from inbox.models import Kind, Notice
from kit.hygiene import clean_text
from kit.numbers import whole_number

PER_PAGE = 20


@login_required
@require_safe
def notice_list(request: MemberRequest) -> HttpResponse:
    page = Paginator(queries.notices_of(request.user), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "inbox/list.html", {"page": page, "unread": queries.unread_count(request.user.pk)})


@login_required
@require_POST
def open_notice(request: MemberRequest, pk: int) -> HttpResponse:
    """Read it, and go where it leads."""
    notice = get_object_or_404(Notice.objects.of(request.user), pk=pk)
    operations.mark_read(notice)
    return redirect(notice.path)


@login_required
@require_POST
def read_all(request: MemberRequest) -> HttpResponse:
    up_to = whole_number(request.POST.get("up_to", "")) or 0
    operations.mark_all_read(request.user, up_to=up_to)
    return redirect("inbox:list")


@login_required
@require_http_methods(["GET", "POST"])
def wishes(request: MemberRequest) -> HttpResponse:
    if request.method == "POST":
        on = {(kind, way) for kind, _, way in (name.partition("-") for name in request.POST.getlist("on"))}
        operations.set_choices(request.user, switched_on=on)
        remember_language(request.user, request.POST.get("language", ""))
        messages.success(request, _("Pilihan kabarmu disimpan."))
        return redirect("inbox:wishes")
    context = {
        "kinds": queries.choices_of(request.user),
        "push_key": pushes.public_key(),
        "browsers": queries.subscriptions_of(request.user).count(),
    }
    return render(request, "inbox/wishes.html", context)


@login_required
@require_POST
def push_on(request: MemberRequest) -> HttpResponse:
    form = SubscriptionForm(request.POST)
    if not form.is_valid() or not pushes.are_possible():
        return HttpResponse(status=422)
    try:
        operations.subscribe(request.user, **form.cleaned_data)
    except operations.NotAPushService:
        return HttpResponse(status=422)
    except operations.TooManyBrowsers:
        return HttpResponse(status=409)
    return HttpResponse(status=204)


@login_required
@require_POST
def push_off(request: MemberRequest) -> HttpResponse:
    operations.unsubscribe(request.user, endpoint=clean_text(request.POST.get("endpoint", "")))
    return HttpResponse(status=204)


@csrf_exempt  # the post program of whoever got the letter presses this button; the token is the proof
@require_http_methods(["GET", "POST"])
def off(request: HttpRequest, token: str) -> HttpResponse:
    """One press and no more of them. Opening the page alone changes nothing: machines open links too."""
    wanted = tokens.read_off_token(token)
    if wanted is None:
        raise Http404
    if request.method == "POST":
        operations.switch_off(wanted)
    context = {
        "kind": Kind(wanted.kind).label,
        "is_of_shop": wanted.shop_id is not None,
        "is_done": request.method == "POST",
    }
    return render(request, "inbox/off.html", context)
