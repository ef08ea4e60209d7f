"""Pages that also answer with one of their fragments."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers


def render_page(
    request: HttpRequest,
    template: str,
    partial: str,
    context: Mapping[str, Any] | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    """The whole page, or only its partial when htmx asks; caches are told that both exist."""
    name = f"{template}#{partial}" if wants_partial(request) else template
    response = render(request, name, dict(context or {}), status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response


def wants_partial(request: HttpRequest) -> bool:
    """Whether `render_page` answers with the partial alone."""
    return is_htmx(request) and request.headers.get("HX-History-Restore-Request") != "true"


def is_htmx(request: HttpRequest) -> bool:
    return request.headers.get("HX-Request") == "true"


def redirect_browser(url: str) -> HttpResponse:
    """Send the whole page elsewhere in answer to a fragment request."""
    return HttpResponse(headers={"HX-Redirect": url})


def tell(response: HttpResponse, text: str, *, level: str = "success") -> HttpResponse:
    """Show a toast when this answer arrives."""
    return trigger(response, "toast", {"text": text, "level": level})


def trigger(response: HttpResponse, event: str, detail: object = None) -> HttpResponse:
    """Add one event to those this answer sets off."""
    events = json.loads(response.headers.get("HX-Trigger", "{}"))
    events[event] = detail
    # ASCII with \\u escapes: header bytes are latin-1.
    response.headers["HX-Trigger"] = json.dumps(events)
    return response
