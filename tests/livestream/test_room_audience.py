"""Who came, who stayed and who left is written down in steps of five seconds."""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime

import pytest
from django.db.models import Max, Sum

from livestream import queries
from livestream.models import AudienceSample, LiveSession
from livestream.operations.audience import Counted, add_samples
from livestream.room.audience import BACK_WITHIN, STAYED_AFTER, Audience
from tests.factories import make_session, make_session_on_air, make_user
from tests.sockets import aside, room_process, viewer_of

STEP_AT = datetime(2026, 11, 24, 12, 0, 5, tzinfo=UTC)


def counted(session: LiveSession, **fields) -> Counted:
    numbers = {"viewers": 0, "entered": 0, "stayed": 0, "gone": 0, "likes": 0, **fields}
    return Counted(session_id=session.pk, at=STEP_AT, **numbers)


@pytest.mark.django_db
def test_several_processes_add_to_one_row():
    session = make_session_on_air(went_live_at=datetime(2026, 11, 24, 12, 0, tzinfo=UTC))

    add_samples([counted(session, viewers=7, entered=3, likes=5)])
    add_samples([counted(session, viewers=6, entered=2, stayed=1, gone=4, likes=1)])

    (sample,) = queries.audience_samples(session)
    assert (sample.at, sample.at_ms, sample.viewers) == (STEP_AT, 5_000, 7)
    assert (sample.entered, sample.stayed, sample.gone, sample.likes) == (5, 1, 4, 6)


@pytest.mark.django_db
def test_a_session_that_was_deleted_meanwhile_harms_no_other():
    session, other = make_session_on_air(), make_session_on_air()
    samples = [counted(session, viewers=1), counted(other, viewers=2)]
    session.delete()

    add_samples(samples)

    assert AudienceSample.objects.get().session_id == other.pk


def test_who_comes_back_soon_never_left():
    audience = Audience(1, is_on_air=True)
    audience.came("u1")
    audience.recognise(audience.newcomers(), [])
    audience.left("u1")

    audience.came("u1")

    assert audience.newcomers() == []
    assert audience.missed(time.time() + BACK_WITHIN + 1) == []
    audience.seats["u1"].signed_at += STAYED_AFTER
    assert audience.stayers() == ["u1"]


def test_who_left_is_gone_since_then_unless_seen_elsewhere():
    audience = Audience(1, is_on_air=True)
    for name in ("u1", "u2"):
        audience.came(name)
    audience.recognise(audience.newcomers(), [])
    for name in ("u1", "u2"):
        audience.left(name)
    later = time.time() + BACK_WITHIN + 1

    audience.forget({name: name == "u2" for name in audience.missed(later)})

    (sample,) = audience.take_samples()
    assert sample.gone == 1
    assert time.time() - sample.at.timestamp() < 10
    assert audience.is_idle


def test_before_and_after_the_show_nobody_is_sampled():
    audience = Audience(1)
    audience.came("u1")

    audience.counted(time.time(), likes=3, entered=1, stayed=0)

    assert audience.newcomers() == audience.stayers() == []
    assert audience.take_samples() == []


def test_what_could_not_be_written_is_counted_again():
    audience = Audience(1, is_on_air=True, viewers=4)
    audience.counted(1_000_000.0, likes=2, entered=1, stayed=0)
    audience.put_back(audience.take_samples())
    audience.counted(1_000_001.0, likes=1, entered=0, stayed=1)

    (sample,) = audience.take_samples()
    assert (sample.viewers, sample.likes, sample.entered, sample.stayed) == (4, 3, 1, 1)


@pytest.mark.django_db(transaction=True)
def test_a_person_who_changes_the_process_entered_once(room_port):
    session, siti = make_session_on_air(), make_user()

    async def story(other_port):
        async with viewer_of(session.code, port=room_port) as stays:
            async with viewer_of(session.code, port=room_port, user=siti):
                while await stays.hear_now("viewers") < 2:
                    pass
                await asyncio.sleep(1.2)
            async with viewer_of(session.code, port=other_port, user=siti) as back:
                await back.send(type="like", n=3)
                await stays.hear_now("likes")
                await aside(_wait_for, session, entered=2, likes=3)

    with room_process() as (_, other_port):
        asyncio.run(story(other_port))

    totals = queries.audience_samples(session).aggregate(Max("viewers"), Sum("gone"), Sum("entered"))
    assert totals == {"viewers__max": 2, "gone__sum": 0, "entered__sum": 2}


@pytest.mark.django_db(transaction=True)
def test_a_session_that_is_not_on_air_has_no_samples(room_port):
    session, on_air = make_session(), make_session_on_air()

    async def story():
        async with (
            viewer_of(session.code, port=room_port) as early,
            viewer_of(on_air.code, port=room_port) as beside,
        ):
            await early.hear_now("viewers")
            await beside.hear_now("viewers")
            await aside(_wait_for, on_air, entered=1)  # the same round writes all rooms

    asyncio.run(story())

    assert not AudienceSample.objects.filter(session=session).exists()


def _wait_for(session: LiveSession, **wanted: int) -> None:
    until = time.monotonic() + 12
    while time.monotonic() < until:
        told = queries.audience_samples(session).aggregate(**{name: Sum(name) for name in wanted})
        if told == wanted:
            return
        time.sleep(0.2)
    raise AssertionError(f"written down: {told}")
