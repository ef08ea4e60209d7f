"""A room process that the tests of this folder share."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db.backends.signals import connection_created

from tests.sockets import room_process


@pytest.fixture(scope="session", autouse=True)
def patient_tests() -> Iterator[None]:
    """Emptying tables may lock itself out with a room process that writes; the process then gives way."""

    def wait_long(connection: Any, **_: object) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET deadlock_timeout = '20s'")

    connection_created.connect(wait_long)
    yield
    connection_created.disconnect(wait_long)


@pytest.fixture(scope="session")
def room_port(django_db_setup: None) -> Iterator[int]:
    """The port of a real Daphne on the test database, which soon writes down what it counted."""
    hurried = {"hub.RECORD_EVERY": 0.5, "hub.SAMPLE_EVERY": 0.5}
    with room_process("daphne", numbers=hurried) as (_, port):
        yield port
