"""Timers of the room freeze with the stream and go on from the same second."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone
from time_machine import travel

from livestream.models import LiveSession, RoomEvent
from livestream.operations import air
from livestream.room import wire
from tests.factories import make_session

pytestmark = pytest.mark.django_db
START = timezone.now().replace(microsecond=0)


def after(seconds: float) -> travel:
    return travel(START + timedelta(seconds=seconds), tick=False)


def fresh(session: LiveSession) -> LiveSession:
    return LiveSession.objects.get(pk=session.pk)


@pytest.fixture
def session() -> LiveSession:
    return make_session()


def clock_at(session: LiveSession, seconds: float) -> int:
    with after(seconds):
        return fresh(session).clock_ms()


def test_a_deadline_that_was_37_seconds_away_is_37_seconds_away_after_an_interruption(
    session: LiveSession,
) -> None:
    first, second = uuid4(), uuid4()
    with after(0):
        air.on_publish(session.code, connection_id=first)
    ends_ms = 97_000
    with after(60):
        air.on_unpublish(session.code, connection_id=first)
    assert ends_ms - clock_at(session, 60) == 37_000
    assert ends_ms - clock_at(session, 130) == 37_000
    with after(160):
        air.on_publish(session.code, connection_id=second)

    assert ends_ms - clock_at(session, 160) == 37_000
    assert ends_ms - clock_at(session, 170) == 27_000


def test_it_is_nought_before_and_stands_still_afterwards(session: LiveSession) -> None:
    connection = uuid4()
    assert session.clock_ms() == 0
    with after(0):
        air.on_publish(session.code, connection_id=connection)
    with after(30):
        air.on_unpublish(session.code, connection_id=connection)
    with after(90):
        air.end_session(session.code)

    assert clock_at(session, 500) == 30_000
    assert not fresh(session).clock_runs


def test_taking_over_from_a_lost_connection_costs_no_second(session: LiveSession) -> None:
    with after(0):
        air.on_publish(session.code, connection_id=uuid4())
    with after(20):
        air.on_publish(session.code, connection_id=uuid4())

    assert clock_at(session, 25) == 25_000


def test_every_state_says_where_the_clock_stands(session: LiveSession) -> None:
    connection = uuid4()
    with after(0):
        air.on_publish(session.code, connection_id=connection)
    with after(12):
        air.on_unpublish(session.code, connection_id=connection)

    told = [
        event.payload for event in RoomEvent.objects.filter(session=session, kind="state").order_by("seq")
    ]

    zero = int(START.timestamp() * 1000)
    assert told == [
        {"state": "live", "clock": {"zero": zero}},
        {"state": "paused", "clock": {"ms": 12_000}},
    ]
    assert wire.clock_of(fresh(session)) == {"ms": 12_000}
