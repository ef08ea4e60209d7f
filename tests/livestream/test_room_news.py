"""What a room tells besides chat: state, pins, stock, sales, likes and viewers."""

from __future__ import annotations

import asyncio
import time
from typing import Any

import pytest
from django.utils import timezone

from catalog.models import Stock, Variant
from livestream import broadcasts
from livestream.models import LiveSession
from livestream.operations import showcase
from livestream.room import presence
from tests.factories import make_product, make_session_on_air, make_shop, make_user, make_variant
from tests.sockets import aside, room_process, viewer_of

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def variant():
    return make_variant(stock=5, price=25_000, product=make_product(name="Keripik", shop=make_shop()))


@pytest.fixture
def session(variant):
    return make_session_on_air(shop=variant.shop, products=[variant.product])


def test_a_pin_comes_with_its_card_in_both_languages(room_port, session, variant):
    async def story():
        async with viewer_of(session.code, port=room_port) as viewer:
            await viewer.hear("hello")
            await aside(showcase.pin_product, session, product_id=variant.product_id)
            pinned = await viewer.item("pinned")
            await aside(showcase.unpin_product, session)
            return pinned, await viewer.item("unpinned")

    pinned, unpinned = asyncio.run(story())

    assert (pinned["product"], unpinned["seq"]) == (variant.product_id, pinned["seq"] + 1)
    assert "Keripik" in pinned["html"]["id"]
    assert f"/beli/{variant.pk}" in pinned["html"]["id"]
    assert f"/en/beli/{variant.pk}" in pinned["html"]["en"]


def test_a_hello_knows_the_pin_and_the_state(room_port, session, variant):
    async def story():
        async with viewer_of(session.code, port=room_port) as viewer:
            await viewer.hear("hello")
            await aside(showcase.pin_product, session, product_id=variant.product_id)
            await viewer.item("pinned")
            await aside(_interrupt, session)
            state = await viewer.item("state")
        async with viewer_of(session.code, port=room_port) as latecomer:
            return state, await latecomer.hear("hello")

    state, hello = asyncio.run(story())

    assert state["state"] == "paused"
    assert (hello["state"], hello["pinned"], hello["head"]) == ("paused", variant.product_id, 2)


def test_stock_is_read_anew_however_often_it_moves(room_port, session, variant):
    async def story():
        async with viewer_of(session.code, port=room_port) as viewer:
            await viewer.hear("hello")
            await aside(_sell, variant, 2)
            while (variants := await viewer.hear_now("variants"))[str(variant.pk)]["left"] > 3:
                pass
            return variants, viewer.frames[-1]["now"]["products"]

    variants, products = asyncio.run(story())

    assert variants == {str(variant.pk): {"left": 3, "price": 25_000}}
    assert products == {str(variant.product_id): {"left": 3, "price": 25_000}}


def test_another_rooms_stock_is_not_told_here(room_port, session):
    elsewhere = make_variant()

    async def story():
        async with viewer_of(session.code, port=room_port) as viewer:
            await viewer.hear("hello")
            await aside(_sell, elsewhere, 1)
            await aside(broadcasts.sold, session.pk, "Siti A.", "Keripik")
            return await viewer.hear_now("sold"), viewer.frames

    sold, frames = asyncio.run(story())

    assert sold == [{"name": "Siti A.", "product": "Keripik"}]
    assert not any("variants" in frame.get("now", {}) for frame in frames)


def test_likes_of_all_processes_are_one_sum(room_port, session):
    async def story(other_port):
        async with (
            viewer_of(session.code, port=room_port) as here,
            viewer_of(session.code, port=other_port) as there,
        ):
            await here.send(type="like", n=3)
            await there.send(type="like", n=4)
            for viewer in (here, there):
                while await viewer.hear_now("likes") < 7:
                    pass
            return here.frames[-1]["now"]["likes"], there.frames[-1]["now"]["likes"]

    with room_process() as (_, other_port):
        assert asyncio.run(story(other_port)) == (7, 7)


def test_a_person_with_two_sockets_is_one_viewer(room_port, session):
    siti = make_user()

    async def story():
        async with (
            viewer_of(session.code, port=room_port, user=siti) as one,
            viewer_of(session.code, port=room_port, user=siti),
            viewer_of(session.code, port=room_port),
        ):
            while (viewers := await one.hear_now("viewers")) < 2:
                pass
            return viewers, presence.count_viewers([session.pk])

    assert asyncio.run(story()) == (2, {session.pk: 2})


def test_the_host_is_heard_but_not_counted(room_port, session):
    async def story():
        async with (
            viewer_of(session.code, port=room_port, user=session.shop.owner) as host,
            viewer_of(session.code, port=room_port),
        ):
            while (viewers := await host.hear_now("viewers")) < 1:
                pass
            await host.send(type="like", n=1)
            await host.hear_now("likes")
            return viewers, presence.count_viewers([session.pk])

    assert asyncio.run(story()) == (1, {session.pk: 1})


def test_who_leaves_is_no_longer_counted(room_port, session):
    async def story():
        async with viewer_of(session.code, port=room_port) as stays:
            async with viewer_of(session.code, port=room_port):
                while await stays.hear_now("viewers") < 2:
                    pass
            return await stays.hear_now("viewers")

    assert asyncio.run(story()) == 1


def test_likes_and_the_peak_are_written_back(room_port, session):
    async def story():
        async with viewer_of(session.code, port=room_port) as viewer:
            await viewer.send(type="like", n=5)
            await viewer.hear_now("likes")
            await aside(_wait_for_likes, session, 5)

    asyncio.run(story())

    session.refresh_from_db()
    assert (session.likes, session.peak_viewers) == (5, 1)


def test_a_quiet_room_beats_every_two_seconds_with_its_head(room_port, session):
    async def story():
        async with viewer_of(session.code, port=room_port) as viewer:
            await viewer.hear("beat")
            began = asyncio.get_running_loop().time()
            beat = await viewer.hear("beat")
            return beat["head"], asyncio.get_running_loop().time() - began

    head, passed = asyncio.run(story())

    assert head == 0
    assert passed < 6  # a viewer gives up after 8


def _interrupt(session: LiveSession) -> None:
    session.interrupted_at = timezone.now()
    session.save()
    broadcasts.state_changed(session)


def _sell(variant: Variant, units: int) -> None:
    for _ in range(units):
        stock = Stock.objects.get(variant=variant)
        stock.available, stock.sold = stock.available - 1, stock.sold + 1
        stock.save()
        broadcasts.stock_changed([variant.pk])


def _wait_for_likes(session: LiveSession, likes: int) -> None:
    import time

    until = time.monotonic() + 14
    while time.monotonic() < until and LiveSession.objects.get(pk=session.pk).likes < likes:
        time.sleep(0.2)


def test_what_moves_all_the_time_is_told_four_times_a_second_and_ends_with_the_newest(room_port, session):
    async def story():
        async with viewer_of(session.code, port=room_port) as viewer:
            await viewer.hear("hello")
            moving = asyncio.create_task(move())
            told: list[Any] = []
            while not told or told[-1] != {"7": {"price": 39}}:
                told.append(await viewer.hear_now("auction"))
            await moving
            return told

    async def move():
        for price in range(40):
            await aside(broadcasts.note, session.pk, "auction", "7", {"price": price})
            await asyncio.sleep(0.025)

    began = time.monotonic()
    told = asyncio.run(story())

    assert len(told) <= 4 * (time.monotonic() - began) + 2
    assert len(told) < 40
