"""Somebody's bank account: typed here, confirmed by the link in a mail."""

from __future__ import annotations

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.requests import MemberRequest
from payouts import letters, operations
from payouts.forms import AccountForm
from payouts.queries.payees import account_in_use, account_to_confirm


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@reauthentication_required  # type: ignore[untyped-decorator]
def account(request: MemberRequest) -> HttpResponse:
    form = AccountForm(request.POST or None)
    if form.is_valid():
        typed = form.cleaned_data
        added = operations.add_account(
            request.user, bank=typed["bank"], number=typed["number"], holder=typed["holder"]
        )
        letters.ask_to_confirm(request.user, added)
        messages.success(request, _("Buka emailmu dan sahkan rekening ini dalam 24 jam."))
        return redirect("payouts:account")
    context = {
        "form": form,
        "account": account_in_use(request.user),
        "waiting": account_to_confirm(request.user),
    }
    return render(request, "payouts/account.html", context, status=422 if form.is_bound else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def account_confirm(request: MemberRequest, token: str) -> HttpResponse:
    """A link alone changes nothing: programs that read mail follow links."""
    try:
        if request.method != "POST":
            waiting = operations.remember_new_account(request.user, token=token)
            return render(request, "payouts/account_confirm.html", {"waiting": waiting})
        confirmed = operations.confirm_account(request.user, token=token)
    except operations.WrongLink as problem:
        raise Http404 from problem
    letters.tell_account_changed(request.user, confirmed)
    messages.success(request, _("Rekening disahkan. Pencairan ke sana mulai besok."))
    return redirect("payouts:account")
