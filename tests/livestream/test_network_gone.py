"""A host's network is gone for ten seconds or a minute: what viewers are told, and what keeps the show.

The same on real wires is a journey in a browser; here each thing that protects is also taken away.
"""

from __future__ import annotations

from datetime import timedelta
from typing import NamedTuple
from uuid import uuid4

import pytest
from django.utils import timezone
from time_machine import travel

from livestream.models import LiveSession
from livestream.operations import air
from livestream.room import wire
from tests.factories import make_session
from tests.journeys.test_poor_network import clock_ms, runs

pytestmark = pytest.mark.django_db

BEFORE_S = 30


class Outage(NamedTuple):
    """What a viewer finds in the room's greeting, as the journey reads it."""

    is_told: bool
    stood_still: bool
    goes_on: bool


def outage(seconds: int, *, is_noticed: bool = True) -> Outage:
    session, start = make_session(), timezone.now().replace(microsecond=0)
    first, second = uuid4(), uuid4()

    def at(moment: float) -> travel:
        return travel(start + timedelta(seconds=moment), tick=False)

    with at(0):
        air.on_publish(session.code, connection_id=first)
    with at(BEFORE_S):
        if is_noticed:
            air.on_unpublish(session.code, connection_id=first)
        cut = hello(session)
    with at(BEFORE_S + seconds):
        air.end_abandoned()
        still = hello(session)
        goes_on = air.on_publish(session.code, connection_id=second)
    return Outage(not runs(cut), clock_ms(still) == clock_ms(cut), goes_on)


def hello(session: LiveSession) -> dict[str, object]:
    fresh = LiveSession.objects.get(pk=session.pk)
    return {"clock": wire.clock_of(fresh), "at": int(timezone.now().timestamp() * 1000)}


@pytest.mark.parametrize("seconds", [10, 60])
def test_viewers_are_told_the_clock_stands_and_the_show_goes_on(seconds: int) -> None:
    assert outage(seconds) == Outage(is_told=True, stood_still=True, goes_on=True)


@pytest.mark.parametrize("seconds", [10, 60])
def test_unnoticed_the_clock_runs_away_from_the_host(seconds: int) -> None:
    assert outage(seconds, is_noticed=False) == Outage(is_told=False, stood_still=False, goes_on=True)


@pytest.mark.parametrize(("seconds", "goes_on"), [(10, True), (60, False)])
def test_without_patience_a_minute_ends_the_show(
    seconds: int, goes_on: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(air, "ABANDONED_AFTER", timedelta(seconds=30))

    assert outage(seconds).goes_on is goes_on
