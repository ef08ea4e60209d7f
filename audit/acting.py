"""Whose request this thread is answering. Tasks answer nobody's."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.http import HttpRequest, HttpResponse

from accounts.models import User

_actor: ContextVar[Callable[[], object]] = ContextVar("actor", default=lambda: None)


class Acting:
    """Middleware behind that of log-ins; who it is is read only when something is recorded."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token = _actor.set(lambda: request.user)
        try:
            return self.get_response(request)
        finally:
            _actor.reset(token)


@contextmanager
def acting_as(user: User) -> Iterator[None]:
    """For commands and tests."""
    token = _actor.set(lambda: user)
    try:
        yield
    finally:
        _actor.reset(token)


def actor() -> User | None:
    found = _actor.get()()
    if isinstance(found, User):
        return found
    pk = getattr(found, "pk", None)  # a request's user is looked up lazily
    return User.objects.filter(pk=pk).first() if pk else None
