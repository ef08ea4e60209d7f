"""Pieces of a recording are cut without coding anything again."""

from __future__ import annotations

import io
import itertools
import time

import av
import numpy as np
import pytest
from PIL import Image

from livestream.media.clips import NothingRecorded, cut, still
from tests.media.material import config, records
from tests.media.recordings import other_coding, record_show


def frames_of(path) -> list[tuple[float, int]]:
    with av.open(str(path)) as shown:
        return [(float(frame.pts * frame.time_base), frame.width) for frame in shown.decode(video=0)]


def test_a_clip_holds_what_was_asked_for_and_at_most_a_second_more(tmp_path):
    record_show(tmp_path / "show", (config(), records(6)))

    cut(tmp_path / "show", from_ms=2_300, to_ms=4_500, target=tmp_path / "clip.mp4")

    frames = frames_of(tmp_path / "clip.mp4")
    assert len(frames) == 75  # the seconds 2, 3 and 4
    assert frames[0][0] == pytest.approx(0, abs=0.05)
    assert frames[-1][0] == pytest.approx(2.96, abs=0.06)


def test_a_clip_plays_while_it_loads(tmp_path):
    record_show(tmp_path / "show", (config(), records(3)))

    cut(tmp_path / "show", from_ms=0, to_ms=3_000, target=tmp_path / "clip.mp4")

    whole = (tmp_path / "clip.mp4").read_bytes()
    assert whole.index(b"moov") < whole.index(b"mdat")
    with av.open(str(tmp_path / "clip.mp4")) as shown:
        assert {stream.codec_context.name for stream in shown.streams} == {"h264", "aac"}


def test_a_clip_goes_on_over_a_reconnect(tmp_path):
    record_show(tmp_path / "show", (config(), records(3)), (config(), records(3, later_us=77_000_000)))

    cut(tmp_path / "show", from_ms=1_500, to_ms=4_900, target=tmp_path / "clip.mp4")

    times = [moment for moment, _ in frames_of(tmp_path / "clip.mp4")]
    assert len(times) >= 95
    assert times == sorted(set(times))
    assert max(later - earlier for earlier, later in itertools.pairwise(times)) < 0.12


def test_a_clip_goes_on_over_another_camera_and_back(tmp_path):
    record_show(tmp_path / "show", (config(), records(2)), other_coding(), (config(), records(2)))

    cut(tmp_path / "show", from_ms=0, to_ms=9_000, target=tmp_path / "clip.mp4")

    widths = [width for _, width in frames_of(tmp_path / "clip.mp4")]
    assert len(widths) == 150
    assert [widths[0], widths[75], widths[-1]] == [180, 360, 180]


def test_a_hole_in_the_recording_is_closed(tmp_path):
    record_show(tmp_path / "show", (config(), records(5)))
    index = tmp_path / "show" / "0" / "index.jsonl"
    lines = index.read_bytes().splitlines(keepends=True)
    index.write_bytes(b"".join(lines[:2] + lines[4:]))

    cut(tmp_path / "show", from_ms=0, to_ms=5_000, target=tmp_path / "clip.mp4")

    assert frames_of(tmp_path / "clip.mp4")[-1][0] == pytest.approx(2.96, abs=0.1)


def test_cutting_ten_seconds_is_quick(tmp_path):
    record_show(tmp_path / "show", (config(), records(12)))

    cut(tmp_path / "show", from_ms=0, to_ms=1_000, target=tmp_path / "warm.mp4")
    began = time.process_time()
    cut(tmp_path / "show", from_ms=1_000, to_ms=11_000, target=tmp_path / "clip.mp4")

    assert time.process_time() - began < 0.3


@pytest.mark.parametrize("kind", ["a show without a recording", "after the end", "a segment that is gone"])
def test_where_nothing_is_left_there_is_no_clip(tmp_path, kind):
    if kind != "a show without a recording":
        record_show(tmp_path / "show", (config(), records(2)))
    if kind == "a segment that is gone":
        for path in (tmp_path / "show").rglob("*.m4s"):
            path.unlink()
    moment = 60_000 if kind == "after the end" else 0

    with pytest.raises(NothingRecorded):
        cut(tmp_path / "show", from_ms=moment, to_ms=moment + 1_000, target=tmp_path / "clip.mp4")
    with pytest.raises(NothingRecorded):
        still(tmp_path / "show", at_ms=moment)
    assert not (tmp_path / "clip.mp4").exists()


def test_a_still_is_the_picture_of_its_moment(tmp_path):
    record_show(tmp_path / "show", (config(), records(3)))

    picture = Image.open(io.BytesIO(still(tmp_path / "show", at_ms=1_200)))

    assert (picture.format, picture.size) == ("JPEG", (180, 320))
    assert np.asarray(picture)[160, 90].sum() > 600  # white, as each second begins
