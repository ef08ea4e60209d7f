"""The local mailbox: there is none in production, where mail is really sent."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from demo import mailbox as letters


@never_cache
@require_safe
def mailbox(request: HttpRequest) -> HttpResponse:
    _refuse_in_production()
    return render(request, "demo/mailbox.html", {"mails": letters.newest_mails()})


@never_cache
@require_safe
def mail(request: HttpRequest, name: str) -> HttpResponse:
    _refuse_in_production()
    found = letters.mail_named(name)
    if found is None:
        raise Http404
    return render(request, "demo/mail.html", {"mail": found})


def _refuse_in_production() -> None:
    if settings.PRODUCTION:
        raise Http404
