"""A room process that the tests of this folder share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.sockets import room_process


@pytest.fixture(scope="session")
def room_port(django_db_setup: None) -> Iterator[int]:
    """The port of a real Daphne on the test database."""
    with room_process("daphne") as (_, port):
        yield port
