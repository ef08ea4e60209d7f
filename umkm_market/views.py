"""The front page, which brings the apps together, and the two health checks."""

from __future__ import annotations

from django.core.cache import cache
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from catalog import queries as catalog
from livestream import queries as livestream


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    return render(
        request,
        "home.html",
        {
            "on_air": livestream.sessions_on_air()[:10],
            "upcoming": livestream.sessions_upcoming()[:6],
            "categories": catalog.categories(),
            "products": catalog.newest_products()[:12],
        },
    )


@require_safe
def livez(request: HttpRequest) -> HttpResponse:
    """This process answers."""
    return HttpResponse("ok", content_type="text/plain")


@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """The database and the cache answer too."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    cache.set("readyz", "1", 5)
    return JsonResponse({"database": True, "cache": cache.get("readyz") == "1"})
