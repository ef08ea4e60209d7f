import av
import numpy as np
import pytest

from livestream.media.bad_input import BadInput
from livestream.media.boxes import SOUND_SCALE, SOUND_TRACK, VIDEO_SCALE, VIDEO_TRACK
from livestream.media.packager import Init, Packager
from livestream.media.wire import Config, Kind
from tests.media.boxes import decode_times
from tests.media.material import FRAME_US, as_file, config, fragments, packaged, pictures, records

A_BLOCK_US = 22_000  # the last picture stays until the last block of sound is over


def test_makes_a_stream_in_which_every_picture_decodes():
    outcomes = packaged(Packager(start_us=0), records(2))

    with av.open(as_file(outcomes)) as container:
        times = [float(frame.pts * frame.time_base) for frame in container.decode(video=0)]
    assert times == pytest.approx([number / 25 for number in range(50)], abs=0.001)


def test_names_the_codecs_for_the_player():
    init = packaged(Packager(start_us=0), records(1))[0]

    assert isinstance(init, Init)
    profile = config().video.avcc[1:4].hex()
    assert init.mime == f'video/mp4; codecs="avc1.{profile},mp4a.40.2"'


def test_keeps_pictures_and_sound_together():
    outcomes = packaged(Packager(start_us=0), records(3))

    flashes, clicks = _moments_of_flashes(outcomes), _moments_of_clicks(outcomes)
    assert flashes[1:] == pytest.approx([1.0, 2.0], abs=0.001)
    assert clicks[-2:] == pytest.approx(flashes[1:], abs=0.03)


def test_starts_each_second_with_a_key_picture():
    keys = [
        piece.start_us
        for piece in fragments(packaged(Packager(start_us=0), records(3)))
        if piece.starts_with_key
    ]

    assert keys == [0, 1_000_000, 2_000_000]


def test_cuts_a_fragment_every_other_picture():
    pieces = fragments(packaged(Packager(start_us=0), records(2)))

    lengths = [piece.end_us - piece.start_us for piece in pieces]
    assert set(lengths[:-1]) <= {FRAME_US, 2 * FRAME_US}
    assert sum(lengths) == pytest.approx(2_000_000, abs=A_BLOCK_US)


def test_decode_times_never_go_back_over_a_reconnect():
    first = fragments(packaged(Packager(start_us=0), records(2)))
    again = fragments(packaged(Packager(start_us=first[-1].end_us), records(2, later_us=7_000_000)))

    for track, scale in ((VIDEO_TRACK, VIDEO_SCALE), (SOUND_TRACK, SOUND_SCALE)):
        spans = [
            decode_times(piece.payload)[track]
            for piece in first + again
            if track in decode_times(piece.payload)
        ]
        starts = [start for start, _ in spans]
        assert starts == sorted(starts)
        holes = [later - (start + length) for (start, length), later in zip(spans, starts[1:], strict=False)]
        assert max(holes) <= scale // 40


def test_follows_on_at_once_after_a_reconnect():
    first = fragments(packaged(Packager(start_us=0), records(1)))
    again = fragments(packaged(Packager(start_us=first[-1].end_us), records(1, later_us=60_000_000)))

    assert again[0].start_us == pytest.approx(first[-1].end_us, abs=50)


def test_leaves_out_a_long_sleep_of_the_sender():
    slept = [*records(1), *records(1, later_us=31_000_000)]

    pieces = fragments(packaged(Packager(start_us=0), slept))

    assert pieces[-1].end_us == pytest.approx(2_000_000, abs=100_000)


def test_fills_missing_sound_with_silence():
    outcomes = packaged(Packager(start_us=0), list(pictures(2)))

    with av.open(as_file(outcomes)) as container:
        blocks = [frame.to_ndarray() for frame in container.decode(audio=0)]
    assert sum(block.shape[1] for block in blocks) == pytest.approx(2 * 48_000, abs=3 * 1024)
    assert max(np.abs(block).max() for block in blocks) < 0.001


def test_waits_for_the_first_key_picture():
    late = list(pictures(2))[5:]

    pieces = fragments(packaged(Packager(start_us=0), late))

    assert pieces[0].starts_with_key
    assert pieces[-1].end_us == pytest.approx(1_000_000, abs=A_BLOCK_US)


def test_gives_a_new_init_when_the_coding_changes():
    packager = Packager(start_us=0)
    list(packager.configure(config()))

    outcomes = list(packager.configure(Config(config().video, None)))

    assert [type(outcome) for outcome in outcomes] == [Init]


@pytest.mark.parametrize(
    "payload",
    [b"", b"\0" * 500, b"<html><body>not a picture</body></html>", bytes(range(256)) * 8],
    ids=["nothing", "zeros", "a page", "noise"],
)
def test_refuses_what_is_not_h264(payload):
    packager = Packager(start_us=0)
    list(packager.configure(config()))

    with pytest.raises(BadInput):
        list(packager.feed(pictures(1)[0]._replace(payload=payload)))


def test_refuses_a_cut_off_picture():
    packager = Packager(start_us=0)
    list(packager.configure(config()))

    with pytest.raises(BadInput):
        list(packager.feed(pictures(1)[0]._replace(payload=pictures(1)[0].payload[:-3])))


def test_refuses_records_before_their_config():
    with pytest.raises(BadInput):
        list(Packager(start_us=0).feed(pictures(1)[0]))


def test_lets_single_broken_sound_packets_pass():
    broken = [
        record._replace(payload=b"\xff" * 40) if record.kind is Kind.SOUND and number % 9 == 0 else record
        for number, record in enumerate(records(1))
    ]

    pieces = fragments(packaged(Packager(start_us=0), broken))
    assert pieces[-1].end_us == pytest.approx(1_000_000, abs=A_BLOCK_US)


def _moments_of_flashes(outcomes):
    with av.open(as_file(outcomes)) as container:
        frames = [
            (float(f.pts * f.time_base), f.to_ndarray(format="gray").mean())
            for f in container.decode(video=0)
        ]
    return [time for time, brightness in frames if brightness > 128]


def _moments_of_clicks(outcomes):
    moments: list[float] = []
    with av.open(as_file(outcomes)) as container:
        for frame in container.decode(audio=0):
            signal = np.abs(frame.to_ndarray()[0])
            loud = np.flatnonzero(signal > 0.2)
            time = float(frame.pts * frame.time_base)
            if loud.size and (not moments or time - moments[-1] > 0.5):
                moments.append(time + loud[0] / 48_000)
    return moments
