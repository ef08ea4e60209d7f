import asyncio
import io

import av
import pytest
from PIL import Image

from livestream.media.audience import Audience
from livestream.media.fragments import read_fragments, read_init
from livestream.media.lean import LeanAudience
from livestream.media.lean_sound import LeanSound
from livestream.media.packager import Fragment, Init, Packager
from livestream.media.wire import ViewerMessage, read_viewer_message
from tests.media.material import packaged, records

SECONDS = 6


@pytest.fixture(scope="module")
def show():
    """The inits and fragments of a show, as the packager makes them."""
    return packaged(Packager(start_us=0), records(SECONDS))


async def everything(listener):
    """What a listener gets until nothing more comes."""
    messages = []
    while True:
        try:
            messages.append(await asyncio.wait_for(listener.next_message(), 0.5))
        except TimeoutError:
            return messages


def perform(audience, show):
    for outcome in show:
        match outcome:
            case Init():
                audience.begin(outcome)
            case Fragment():
                audience.show(outcome)


async def heard(show):
    audience = Audience()
    lean = LeanAudience(audience)
    listener = lean.join("state")
    await asyncio.sleep(0)
    perform(audience, show)
    messages = await everything(listener)
    lean.leave(listener)
    return messages


def of_kind(messages, *kinds):
    read = [read_viewer_message(message) for message in messages if isinstance(message, bytes)]
    return [payload for kind, payload in read if kind in kinds]


async def test_a_listener_hears_the_whole_show_in_few_bits(show):
    messages = await heard(show)

    init = of_kind(messages, ViewerMessage.INIT)
    sound = of_kind(messages, ViewerMessage.KEY_FRAGMENT)
    with av.open(io.BytesIO(b"".join([*init, *sound]))) as container:
        samples = sum(frame.samples for frame in container.decode(audio=0))
    assert samples / 24_000 == pytest.approx(SECONDS, abs=1.5)
    assert sum(map(len, sound)) * 8 / SECONDS < 45_000


async def test_a_listener_sees_a_still_picture_at_once(show):
    stills = of_kind(await heard(show), ViewerMessage.STILL)

    assert len(stills) == 1  # all of it was performed within five seconds
    assert Image.open(io.BytesIO(stills[0])).size == (180, 320)


async def test_a_listener_is_told_the_state_and_its_own_type(show):
    texts = [message for message in await heard(show) if isinstance(message, str)]

    assert texts[0] == "state"
    assert "audio/mp4" in texts[1]
    assert len(texts) == 2


async def test_nothing_is_made_while_nobody_listens(show):
    audience = Audience()
    lean = LeanAudience(audience)
    listener = lean.join("state")
    await asyncio.sleep(0)

    lean.leave(listener)
    await asyncio.sleep(0)

    assert len(lean) == 0
    assert audience._everyone() == []


async def test_the_end_of_the_show_reaches_the_listener(show):
    audience = Audience()
    listener = LeanAudience(audience).join("state")
    await asyncio.sleep(0)
    perform(audience, show)

    audience.tell('{"type":"state","state":"ended"}')
    audience.dismiss()

    *_, state, goodbye = await everything(listener)
    assert "ended" in state
    assert goodbye is None


def test_a_hole_in_the_sound_begins_a_new_row(show):
    init, *_ = show
    head = read_init(init.payload)
    pieces = [piece for piece in show if isinstance(piece, Fragment)]
    blocks = [block for piece in pieces for block in read_fragments(piece.payload)[1]]
    later = [block._replace(time=block.time + 48_000 * 100) for block in blocks]
    sound = LeanSound(head.sound_config)

    fragments = [*sound.feed(blocks), *sound.feed(later)]

    times = [read_fragments(fragment)[1][0].time for fragment in fragments]
    assert times == sorted(times)
    assert times[-1] > 48_000 * 100
