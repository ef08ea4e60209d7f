"""Chat over the room's socket."""

from __future__ import annotations

import pytest

from tests.factories import make_session_on_air, make_user
from tests.sockets import room_process, viewer_of

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("server", ["daphne", "uvicorn"])
def test_everyone_hears_a_message_once_and_in_order(server):
    import asyncio

    session, siti, budi = make_session_on_air(), make_user(name="Siti Aminah"), make_user()

    async def story(port):
        async with (
            viewer_of(session.code, port=port, user=siti) as one,
            viewer_of(session.code, port=port, user=budi) as two,
        ):
            await one.say("Ada yang L?")
            await two.item()
            await two.say("Saya mau satu")
            for viewer in (one, two):
                while viewer.last < 2:
                    await viewer.frame()
            return one.items, two.items

    with room_process(server) as (_, port):
        mine, theirs = asyncio.run(story(port))

    assert [(item["seq"], item["name"], item["text"]) for item in mine] == [
        (1, "Siti A.", "Ada yang L?"),
        (2, budi.chat_name, "Saya mau satu"),
    ]
    assert [item["seq"] for item in theirs] == [1, 2]
