"""The two health checks."""

from __future__ import annotations

from django.core.cache import cache
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe


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
