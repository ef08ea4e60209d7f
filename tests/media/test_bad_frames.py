"""Pictures and sound of every bad kind, and what becomes of each."""

from __future__ import annotations

from fractions import Fraction

import av
import numpy as np
import pytest

from livestream.media.bad_input import BadInput
from livestream.media.client import describe_video
from livestream.media.packager import Packager
from livestream.media.sps import picture_size
from livestream.media.wire import Kind, Record, config_text, read_config, read_text
from tests.media.boxes import decode_times
from tests.media.material import FRAME_US, as_file, config, fragments, packaged, pictures, records, sounds


def described(width: int, height: int, **options) -> bytes:
    encoder = av.CodecContext.create("libx264", "w")
    encoder.width, encoder.height = width, height
    encoder.pix_fmt = options.pop("pix_fmt", "yuv420p")
    encoder.time_base = Fraction(1, 25)
    encoder.flags |= 1 << 22
    encoder.options = {"preset": "ultrafast", **options}
    encoder.open()
    return describe_video(encoder).avcc


def said(width: int, height: int, avcc: bytes):
    text = config_text(config()).replace(config().video.avcc.hex(), avcc.hex())
    fields = read_text(text)
    fields["video"] |= {"width": width, "height": height}
    return read_config(fields)


@pytest.mark.parametrize(
    ("width", "height", "options"),
    [
        (360, 640, {}),
        (540, 960, {"profile": "main"}),
        (1280, 720, {"profile": "high"}),
        (1918, 1078, {}),  # cropped
        (720, 576, {"interlaced": "1", "preset": "medium"}),
    ],
)
def test_the_coded_size_is_read(width, height, options):
    assert picture_size(described(width, height, **options)) == (width, height)


def test_four_thousand_lines_are_refused_whatever_is_said_of_them():
    with pytest.raises(BadInput, match="size out of range"):
        said(360, 640, described(3840, 2160))


def test_ten_bits_are_refused():
    with pytest.raises(BadInput, match="colours"):
        said(360, 640, described(360, 640, pix_fmt="yuv420p10le"))


@pytest.mark.parametrize("kind", ["HEVC", "cut off", "noughts"])
def test_what_is_no_description_is_refused(kind):
    good = described(360, 640)
    bad = {
        "HEVC": bytes.fromhex("0101600000009000000000003cf000fcfdf8f800000f03200001001840010c01"),
        "cut off": good[:12],
        "noughts": bytes([1, 66, 192, 31, 255, 225, 0, 40]) + bytes([0x67]) + bytes(60),
    }

    with pytest.raises(BadInput):
        said(360, 640, bad[kind])


def test_a_show_without_key_pictures_ends_with_a_reason():
    first, *others = pictures(1)
    endless = [others[number % 20]._replace(time_us=(number + 1) * FRAME_US) for number in range(13 * 25)]

    with pytest.raises(BadInput, match="no key picture"):
        packaged(Packager(start_us=0), [first, *endless])


def test_a_show_that_never_begins_ends_with_a_reason():
    _, *others = pictures(1)

    with pytest.raises(BadInput, match="no key picture"):
        packaged(Packager(start_us=0), [others[number % 20] for number in range(400)])


@pytest.mark.parametrize("jump_us", [-3_600_000_000, -30_000_000, 30_000_000, 7_200_000_000])
def test_a_clock_that_jumps_is_believed_from_there_on(jump_us):
    start_us = 4_000_000_000
    fed = [*records(2, later_us=start_us), *records(2, later_us=start_us + 2_000_000 + jump_us)]

    pieces = fragments(packaged(Packager(start_us=0), fed))

    assert pieces[-1].end_us == pytest.approx(4_000_000, abs=150_000)
    spans = [decode_times(piece.payload)[1] for piece in pieces if 1 in decode_times(piece.payload)]
    starts = [start for start, _ in spans]
    assert starts == sorted(starts)
    assert max(length for _, length in spans) < 90_000


def test_pictures_that_go_back_a_little_stay_in_order():
    shaken = [
        record._replace(time_us=record.time_us - (300_000 if number % 7 == 3 else 0))
        for number, record in enumerate(pictures(2))
    ]

    pieces = fragments(packaged(Packager(start_us=0), shaken))

    starts = [decode_times(piece.payload)[1][0] for piece in pieces if 1 in decode_times(piece.payload)]
    assert starts == sorted(starts)
    assert pieces[-1].end_us == pytest.approx(2_000_000, abs=100_000)


def test_sound_whose_clock_jumps_is_heard_again():
    late = [record._replace(time_us=record.time_us + 500_000_000) for record in sounds(6)]
    stray = [record for record in late if record.time_us >= 502_000_000]
    kept = [record for record in sounds(6) if record.time_us < 2_000_000]
    fed = sorted(
        [*pictures(6), *kept, *stray],
        key=lambda record: record.time_us % 500_000_000,
    )

    outcomes = packaged(Packager(start_us=0), fed)

    with av.open(as_file(outcomes)) as shown:
        loud = [
            float(frame.pts * frame.time_base)
            for frame in shown.decode(audio=0)
            if np.abs(frame.to_ndarray()).max() > 0.2
        ]
    assert max(loud) > 3.5  # the clicks of the later seconds


def test_a_show_without_sound_is_silent_and_whole():
    outcomes = packaged(Packager(start_us=0), list(pictures(2)))

    with av.open(as_file(outcomes)) as shown:
        seconds = sum(frame.samples for frame in shown.decode(audio=0)) / 48_000
    assert seconds == pytest.approx(2, abs=0.1)


@pytest.mark.parametrize("payload", [b"", bytes(4), b"\0\0\0\1\x80", b"\0\0\xff\xff\x65", bytes(65_537)])
def test_pictures_that_are_none_are_refused(payload):
    record = Record(Kind.VIDEO, True, 0, FRAME_US, payload)

    with pytest.raises(BadInput):
        packaged(Packager(start_us=0), [record])


def test_a_picture_of_sixty_five_thousand_bytes_and_one_is_shown():
    """Large, and nothing wrong with it: filler units are part of H.264."""
    first, *others = pictures(1)
    size = 65_537 - len(first.payload) - 4
    padding = size.to_bytes(4, "big") + bytes([12]) + b"\xff" * (size - 2) + b"\x80"

    outcomes = packaged(Packager(start_us=0), [first._replace(payload=first.payload + padding), *others])

    with av.open(as_file(outcomes)) as shown:
        assert sum(1 for _ in shown.decode(video=0)) == 25
