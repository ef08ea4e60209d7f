"""The reader's own settings, which live in cookies, and the gallery of components."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from kit import gallery as samples
from kit.context import THEMES

A_YEAR = 60 * 60 * 24 * 365


@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Keep day or night; anything else goes back to what the device says."""
    chosen = request.POST.get("theme", "")
    return _remember(request, "theme", chosen if chosen in THEMES else "")


@require_POST
def data_saver(request: HttpRequest) -> HttpResponse:
    chosen = request.POST.get("data_saver", "")
    return _remember(request, "data_saver", chosen if chosen in ("on", "off") else "")


@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    if not (settings.DEBUG or settings.DEMO):
        raise Http404
    return render(request, "gallery.html", samples.context())


def _remember(request: HttpRequest, name: str, value: str) -> HttpResponse:
    response = HttpResponseRedirect(_way_back(request))
    if value:
        response.set_cookie(
            name, value, max_age=A_YEAR, samesite="Lax", secure=request.is_secure(), httponly=False
        )
    else:
        response.delete_cookie(name, samesite="Lax")
    return response


def _way_back(request: HttpRequest) -> str:
    wanted = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if is_ours else "/"
