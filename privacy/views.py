"""What is kept about a person, a copy of it, and leaving."""

from __future__ import annotations

import json

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import MemberRequest
from kit.pace import is_too_fast
from privacy import operations
from privacy.copies import copy_of
from privacy.forms import CloseForm
from privacy.queries import reasons_to_stay

MOST_GUESSES, GUESSES_WITHIN = 5, 15 * 60
MOST_COPIES, COPIES_WITHIN = 6, 3600


@login_required
@require_safe
def copy(request: MemberRequest) -> HttpResponse:
    """All of it as a JSON file."""
    if is_too_fast(f"copy:{request.user.pk}", most=MOST_COPIES, within=COPIES_WITHIN):
        messages.error(request, _("Salinan datamu baru saja diunduh beberapa kali. Coba lagi sejam lagi."))
        return render(request, "privacy/close.html", _page(request, CloseForm(user=request.user)), status=429)
    text = json.dumps(copy_of(request.user), cls=DjangoJSONEncoder, ensure_ascii=False, indent=1)
    response = HttpResponse(text, content_type="application/json; charset=utf-8")
    name = f"data-saya-{timezone.localdate():%Y%m%d}.json"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@sensitive_post_parameters("password")
@login_required
@require_http_methods(["GET", "POST"])
def close(request: MemberRequest) -> HttpResponse:
    """Says what goes and what stays, and asks for the password."""
    if request.method == "POST" and _guesses_too_often(request):
        messages.error(request, _("Terlalu sering salah. Tunggu beberapa menit, lalu coba lagi."))
        return render(request, "privacy/close.html", _page(request, CloseForm(user=request.user)), status=429)
    form = CloseForm(request.POST or None, user=request.user)
    if not form.is_valid():
        return render(
            request, "privacy/close.html", _page(request, form), status=422 if form.is_bound else 200
        )
    try:
        closing = operations.close_account(request.user)
    except operations.NotYet:
        return render(request, "privacy/close.html", _page(request, form), status=409)
    operations.finish_closing(closing.pk)
    logout(request)
    messages.success(request, _("Akunmu sudah ditutup. Terima kasih sudah mampir."))
    return redirect("home")


def _page(request: MemberRequest, form: CloseForm) -> dict[str, object]:
    return {"form": form, "reasons": reasons_to_stay(request.user)}


def _guesses_too_often(request: MemberRequest) -> bool:
    return is_too_fast(f"close:{request.user.pk}", most=MOST_GUESSES, within=GUESSES_WITHIN)
