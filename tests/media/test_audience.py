from livestream.media.audience import Audience
from livestream.media.packager import Fragment, Init
from livestream.media.wire import ViewerMessage
from tests.media.material import config

INIT = Init(b"init", "video/mp4", config())


def fragment(number, *, is_key=False):
    return Fragment(b"f%d" % number, number * 40_000, (number + 1) * 40_000, b"key" if is_key else None)


def without_time(message):
    """A fragment's message with its kind and payload only."""
    is_fragment = isinstance(message, bytes) and message[0] != ViewerMessage.INIT
    return message[:1] + message[5:] if is_fragment else message


def queued(viewer):
    messages = []
    while not viewer._queue.empty():
        messages.append(without_time(viewer._queue.get_nowait()))
    return messages


def test_a_newcomer_starts_with_everything_since_the_last_key_picture():
    audience = Audience()
    audience.begin(INIT)
    for number in range(5):
        audience.show(fragment(number, is_key=number == 2))

    _, mime, init, start = queued(audience.join("state"))

    assert '"mime":"video/mp4"' in mime
    assert init == b"\0init"
    assert start == b"\2f2f3f4"


def test_a_viewer_hears_each_fragment_once():
    audience = Audience()
    audience.begin(INIT)
    viewer = audience.join("state")

    audience.show(fragment(0, is_key=True))
    audience.show(fragment(1))

    assert queued(viewer)[-2:] == [b"\2f0", b"\1f1"]


def test_a_slow_viewer_is_taken_to_the_next_key_picture():
    audience = Audience()
    audience.begin(INIT)
    viewer, quick = audience.join("state"), audience.join("state")

    for number in range(200):
        audience.show(fragment(number, is_key=number % 25 == 0))
        last = queued(quick)[-1]

    assert last == b"\1f199"
    messages = queued(viewer)
    assert messages[:3] == ["state", messages[1], b"\0init"]
    assert messages[3][0] == 2
    assert messages[-1] == b"\1f199"
    assert len(messages) + viewer.skipped == 203


def test_a_viewer_who_left_is_forgotten():
    audience = Audience()
    audience.leave(audience.join("state"))

    assert len(audience) == 0


def test_a_fragment_says_when_it_left(monkeypatch):
    monkeypatch.setattr("livestream.media.audience.time.monotonic", lambda: 2**32 / 1000 + 1.5)
    audience = Audience()
    audience.begin(INIT)
    viewer = audience.join("state")

    audience.show(fragment(0, is_key=True))

    *_, message = [viewer._queue.get_nowait() for _ in range(viewer._queue.qsize())]
    assert message == b"\2" + (1500).to_bytes(4, "big") + b"f0"
