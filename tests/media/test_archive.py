from dataclasses import replace

import pytest

from livestream.media.archive import Segment, next_take, read_segments, write_segment, write_whole

ONE = Segment(0, 0, 0, 0, 1000, False, 1_800_000_000_000, 3)


def test_segments_of_all_takes_are_read_in_order(tmp_path):
    second = replace(ONE, number=1, take=2, start_ms=1000, is_break=True)
    third = replace(ONE, number=2, take=10, start_ms=2000)
    for segment in (third, ONE, second):
        write_segment(tmp_path, segment, b"abc")

    assert read_segments(tmp_path) == [ONE, second, third]
    assert next_take(tmp_path) == 11


def test_a_line_cut_off_by_a_crash_is_left_out(tmp_path):
    write_segment(tmp_path, ONE, b"abc")
    with (tmp_path / "0" / "index.jsonl").open("ab") as index:
        index.write(b'{"number":1,"take":0,')

    assert read_segments(tmp_path) == [ONE]


def test_a_show_without_a_folder_has_no_segments(tmp_path):
    assert read_segments(tmp_path / "none") == []
    assert next_take(tmp_path / "none") == 0


def test_a_file_that_cannot_be_written_is_not_there(tmp_path):
    (tmp_path / "0").write_text("a file where a folder must be")

    with pytest.raises(OSError, match=r"exists|directory"):
        write_whole(tmp_path / "0" / "s1.m4s", b"abc")


def test_a_line_that_a_full_disk_cut_in_two_spoils_no_other(tmp_path):
    write_segment(tmp_path, ONE, b"0")
    index = tmp_path / "0" / "index.jsonl"
    index.write_bytes(index.read_bytes() + b'{"number":1,"ta')
    write_segment(tmp_path, replace(ONE, number=2), b"2")
    write_segment(tmp_path, replace(ONE, number=3), b"3")

    assert [row.number for row in read_segments(tmp_path)] == [0, 3]
