"""A process that dies between two statements, as the database sees it.

Within a test's transaction an `atomic` block is a savepoint: whoever is thrown out of it in the middle leaves
behind what was committed before, and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any

from django.db import connection


class Died(BaseException):
    """No `except Exception` of the code that is tested hears of it, as nobody hears of `kill -9`."""


class _Death:
    def __init__(self, at: int) -> None:
        self.left = at

    def __call__(self, execute: Any, *asked: Any) -> Any:
        self.left -= 1
        if self.left == -1:  # once: what is rolled back afterwards may speak
            raise Died
        return execute(*asked)


def die_at(statement: int, call: Callable[[], object]) -> bool:
    """Whether it came to that statement, counted from nought; else it is done."""
    with suppress(Died), connection.execute_wrapper(_Death(statement)):
        call()
        return False
    return True
