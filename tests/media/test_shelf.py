import asyncio
from concurrent.futures import ThreadPoolExecutor

import av
import pytest

from livestream.media import shelf as shelf_module
from livestream.media.archive import read_segments
from livestream.media.packager import Init, Packager
from livestream.media.shelf import Shelf
from tests.media.material import packaged, records


@pytest.fixture
def writer():
    with ThreadPoolExecutor(1) as pool:
        yield pool


@pytest.fixture(autouse=True)
def any_disk_is_large_enough(monkeypatch):
    monkeypatch.setattr(shelf_module, "MIN_FREE_BYTES", 0)


def fill(shelf, outcomes):
    for outcome in outcomes:
        if isinstance(outcome, Init):
            shelf.begin(outcome)
        else:
            shelf.add(outcome)
    shelf.close_segment()


async def written(writer):
    await asyncio.get_running_loop().run_in_executor(writer, lambda: None)
    await asyncio.sleep(0)


async def test_keeps_segments_of_a_second_that_play_as_a_file(tmp_path, writer):
    shelf = Shelf(tmp_path, writer)

    fill(shelf, packaged(Packager(start_us=0), records(3)))
    await written(writer)

    assert [segment.duration_ms // 100 for segment in read_segments(tmp_path)] == [10, 10, 10]
    whole = b"".join(
        (tmp_path / name).read_bytes() for name in ["0/init0.mp4", "0/s0.m4s", "0/s1.m4s", "0/s2.m4s"]
    )
    (tmp_path / "whole.mp4").write_bytes(whole)
    with av.open(str(tmp_path / "whole.mp4")) as container:
        assert sum(1 for _ in container.decode(video=0)) == 75


async def test_goes_on_after_a_restart_with_a_break(tmp_path, writer):
    first = Shelf(tmp_path, writer)
    fill(first, packaged(Packager(start_us=0), records(2)))
    await written(writer)

    second = Shelf(tmp_path, writer)
    fill(second, packaged(Packager(start_us=second.end_us), records(2, later_us=90_000_000)))
    await written(writer)

    kept = read_segments(tmp_path)
    assert [(segment.number, segment.take, segment.is_break) for segment in kept] == [
        (0, 0, False),
        (1, 0, False),
        (2, 1, True),
        (3, 1, False),
    ]
    assert kept[2].start_ms == pytest.approx(kept[1].end_ms, abs=1)


async def test_a_disk_that_refuses_stops_the_recording_but_not_the_show(tmp_path, writer):
    (tmp_path / "0").write_text("in the way of the take's folder")
    told = []
    shelf = Shelf(tmp_path / "0", writer)
    shelf.on_recording_stopped = lambda: told.append("stopped")

    fill(shelf, packaged(Packager(start_us=0), records(3)))
    await written(writer)

    assert told == ["stopped"]
    assert not shelf.is_recording
    assert len(shelf.segments) == 3
    assert shelf.find("0/s2.m4s")


async def test_a_nearly_full_disk_is_left_alone(tmp_path, writer, monkeypatch):
    monkeypatch.setattr(shelf_module, "MIN_FREE_BYTES", 2**60)
    shelf = Shelf(tmp_path, writer)

    fill(shelf, packaged(Packager(start_us=0), records(2)))
    await written(writer)

    assert not shelf.is_recording
    assert list(tmp_path.rglob("*.m4s")) == []
    assert shelf.find("0/init0.mp4")
