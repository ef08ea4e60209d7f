import asyncio
import errno
import os
import re
import subprocess
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import av
import pytest

from livestream.media import shelf as shelf_module
from livestream.media.archive import read_segments
from livestream.media.packager import Init, Packager
from livestream.media.playlists import live_playlist, replay_playlist
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


# --- a disk that really is full


@pytest.fixture
def small_disk(tmp_path):
    """Four megabytes, all our own."""
    folder = tmp_path / "disk"
    folder.mkdir()
    if os.geteuid() or subprocess.run(["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", folder]).returncode:
        pytest.skip("only root can mount a small disk")
    yield folder
    subprocess.run(["umount", folder], check=True)


@pytest.fixture
def impatient(monkeypatch):
    monkeypatch.setattr(shelf_module, "_FIRST_PAUSE_S", 0.0)
    monkeypatch.setattr(shelf_module, "SLACK_BYTES", 256 * 1024)


class Show:
    """A show of three seconds, again and again."""

    def __init__(self, shelf, writer):
        self.shelf, self.writer, self.end_us = shelf, writer, 0
        self.told: list[Any] = []
        shelf.on_recording_stopped = lambda: self.told.append("stopped")
        shelf.on_recording_resumed = lambda: self.told.append("resumed")

    async def go_on(self):
        outcomes = packaged(Packager(start_us=self.end_us), records(3, later_us=self.end_us))
        fill(self.shelf, outcomes if not self.end_us else outcomes[1:])
        self.end_us = outcomes[-1].end_us
        await written(self.writer)


def use_up(folder, leave):
    free = os.statvfs(folder)
    (folder / "ballast").write_bytes(bytes(free.f_bavail * free.f_frsize - leave))


async def test_a_full_disk_stops_the_recording_and_room_brings_it_back(
    small_disk, writer, monkeypatch, impatient
):
    monkeypatch.setattr(shelf_module, "MIN_FREE_BYTES", 1024 * 1024)
    show = Show(Shelf(small_disk / "show", writer), writer)
    await show.go_on()
    use_up(small_disk, leave=500_000)

    await show.go_on()
    assert show.told == ["stopped"]
    assert len(read_segments(small_disk / "show")) == 3
    assert live_playlist(show.shelf.segments, is_over=False).count("#EXTINF") == 6  # the show goes on
    assert show.shelf.find("0/s5.m4s")

    (small_disk / "ballast").unlink()
    await show.go_on()
    assert show.told == ["stopped", "resumed"]
    kept = read_segments(small_disk / "show")
    assert [segment.number for segment in kept] == [0, 1, 2, 6, 7, 8]
    assert [segment.is_break for segment in kept] == [False, False, False, True, False, False]


async def test_without_looking_at_the_disk_it_fills_up_and_nothing_is_half_there(
    small_disk, writer, impatient
):
    """The same without the reserve: the kernel refuses, and what was promised is still true."""
    show = Show(Shelf(small_disk / "show", writer), writer)
    use_up(small_disk, leave=12_288)

    for _ in range(4):
        await show.go_on()

    with pytest.raises(OSError) as refusal:
        (small_disk / "more").write_bytes(bytes(20_000))
    assert refusal.value.errno == errno.ENOSPC
    assert "stopped" in show.told
    for segment in read_segments(small_disk / "show"):
        assert (small_disk / "show" / segment.name).stat().st_size == segment.size
    assert not list(small_disk.rglob("*.part"))


async def test_what_was_not_recorded_is_a_gap_that_keeps_the_chapters_true(tmp_path, writer, impatient):
    show = Show(Shelf(tmp_path, writer), writer)
    await show.go_on()
    show.shelf._stop_recording("a test")
    show.shelf._pause_s = 60.0
    await show.go_on()
    show.shelf._pause_s = 0.0
    await show.go_on()

    playlist = replay_playlist(read_segments(tmp_path))

    lengths = [float(length) for length in re.findall(r"#EXTINF:([\d.]+)", playlist)]
    assert sum(lengths) == pytest.approx(show.end_us / 1e6, abs=0.1)
    assert playlist.count("#EXT-X-GAP") == 3
