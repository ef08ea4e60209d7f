"""Pages say who may keep them: of someone who is logged in, nobody."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

PERSONAL = "private, no-store"
OF_ONE_READER = "private, no-cache"  # theme, language and form token differ from reader to reader


class PrivatePages:
    """Middleware: an answer that does not say how long it may be kept is kept by no one else."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self._get_response(request)
        says_itself = response.has_header("Cache-Control") or response.has_header("Last-Modified")
        if not says_itself:
            has_session = settings.SESSION_COOKIE_NAME in request.COOKIES
            response.headers["Cache-Control"] = PERSONAL if has_session else OF_ONE_READER
        return response
