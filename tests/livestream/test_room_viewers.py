"""The number of viewers is honest: people who are there, and nobody else."""

from __future__ import annotations

import asyncio
import time

import pytest
import time_machine

from livestream.room import presence
from livestream.room.audience import ALIVE_FOR, HEARTS_PER_SECOND, MOST_HEARTS, Audience
from livestream.room.presence import Counters
from livestream.room.robots import is_robot
from tests.factories import make_session_on_air, make_user
from tests.sockets import PHONE, aside, viewer_of

HEADLESS = PHONE.replace("Chrome/", "HeadlessChrome/")
IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Version/17.5 Mobile/15E148"
)


@pytest.mark.parametrize(
    "user_agent",
    [
        *("", HEADLESS, "PasarMalamRobot/1", "python-requests/2.32", "Python/3.11 websockets/17.4"),
        "Mozilla/5.0 (compatible; bingbot/2.0; +http://bing.test)",
    ],
)
def test_what_says_that_it_is_a_machine_is_one(user_agent):
    assert is_robot(user_agent)


@pytest.mark.parametrize(
    "user_agent", [PHONE, IPHONE, PHONE.replace("K)", "CUBOT X19)"), PHONE.replace("K)", "Nokia 3.4)")]
)
def test_a_phone_is_no_machine(user_agent):
    assert not is_robot(user_agent)


@pytest.mark.django_db(transaction=True)
def test_robots_and_the_crew_watch_uncounted(room_port):
    session, siti = make_session_on_air(), make_user()
    code, owner = session.code, session.shop.owner

    async def story():
        async with (
            viewer_of(code, port=room_port, user=owner) as host,
            viewer_of(code, port=room_port, user_agent=HEADLESS, page="robot0001") as robot,
            viewer_of(code, port=room_port, user=siti),
            viewer_of(code, port=room_port, page="halaman01"),
        ):
            while await host.hear_now("viewers") < 2:
                pass
            await robot.say("aku juga dengar")
            await robot.hear("refused")
            await asyncio.sleep(1.5)
            told = [frame["now"]["viewers"] for frame in robot.frames if "viewers" in frame.get("now", {})]
            return told[-1], await aside(presence.count_viewers, [session.pk])

    assert asyncio.run(story()) == (2, {session.pk: 2})


async def test_a_page_that_gives_no_sign_of_life_is_not_counted():
    audience, counters = Audience(int(time.time() * 1000)), Counters()
    for name in ("awake", "asleep"):
        audience.came(name)
    await counters.exchange([audience])
    counts = [audience.viewers]
    with time_machine.travel(time.time() + ALIVE_FOR + 1):
        audience.sign("awake")
        await counters.exchange([audience])
        counts.append(audience.viewers)
    with time_machine.travel(time.time() + 2 * ALIVE_FOR):
        audience.sign("awake")
        audience.sign("asleep")
        await counters.exchange([audience])
        counts.append(audience.viewers)
    await counters.close()

    assert counts == [2, 1, 2]


@pytest.mark.django_db(transaction=True)
def test_here_is_a_sign_of_life_and_nothing_else(room_port):
    session = make_session_on_air()

    async def story():
        async with viewer_of(session.code, port=room_port) as viewer:
            await viewer.send(type="here")
            return await viewer.hear("beat")

    assert asyncio.run(story())["head"] == 0


def test_who_joins_the_crew_is_no_longer_counted():
    audience = Audience(1, is_on_air=True)
    for name in ("u1", "u2"):
        audience.came(name)

    audience.leave_out(lambda name: name == "u2")

    assert audience.newcomers() == ["u1"]
    assert list(audience.signs(time.time())) == ["u1"]
    assert audience.farewells() == ["u2"]


def test_a_person_has_so_many_hearts_however_many_sockets():
    audience = Audience(1)
    audience.came("u1")
    audience.came("u1")

    for _ in range(5):
        audience.like("u1", 60)
    burst = audience.new_likes
    audience.seats["u1"].hearts_at -= 1
    audience.like("u1", 60)

    assert burst == MOST_HEARTS
    assert audience.new_likes - burst == pytest.approx(HEARTS_PER_SECOND, abs=1)


@pytest.mark.django_db(transaction=True)
def test_hearts_over_the_limit_are_not_counted(room_port):
    session = make_session_on_air()

    async def story():
        async with viewer_of(session.code, port=room_port) as viewer:
            for _ in range(10):
                await viewer.send(type="like", n=60)
            await asyncio.sleep(1.5)
            return await viewer.hear_now("likes")

    assert 60 <= asyncio.run(story()) <= 120
