"""What a page says when it must not go on without Valkey."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from redis.exceptions import RedisError

TRY_AGAIN_AFTER = 10  # seconds

logger = logging.getLogger(__name__)


class PauseWithoutValkey:
    """Middleware: whoever met a limit that nobody can count is asked to come back, and has done nothing."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self._get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, RedisError):
            return None
        logger.error("Without Valkey: %s", request.path, exc_info=exception)
        response = render(request, "503.html", status=503)
        response.headers["Retry-After"] = str(TRY_AGAIN_AFTER)
        return response
