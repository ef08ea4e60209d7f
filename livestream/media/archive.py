"""What is kept of a show: segments, their init segments, and one index line for each segment.

`<code>/<take>/init<k>.mp4`, `<code>/<take>/s<n>.m4s`, `<code>/<take>/index.jsonl`. A take is one
run of the media process with this show; `n` counts on over all takes.
"""

import os
from dataclasses import asdict, dataclass
from pathlib import Path

import orjson


@dataclass(frozen=True)
class Segment:
    """One or two seconds that start with a key picture."""

    number: int
    take: int
    init: int
    start_ms: int
    duration_ms: int
    is_break: bool  # coded differently from the segment before, or after an interruption
    wall_ms: int
    size: int

    @property
    def name(self) -> str:
        return f"{self.take}/s{self.number}.m4s"

    @property
    def init_name(self) -> str:
        return f"{self.take}/init{self.init}.mp4"

    @property
    def end_ms(self) -> int:
        return self.start_ms + self.duration_ms


def read_segments(folder: Path) -> list[Segment]:
    """Every segment of a show in order; a line cut off by a crash is left out."""
    takes = sorted(folder.glob("*/index.jsonl"), key=lambda index: int(index.parent.name))
    return [segment for index in takes for segment in _read_index(index)]


def next_take(folder: Path) -> int:
    return max((int(path.name) for path in folder.glob("[0-9]*")), default=-1) + 1


def write_whole(path: Path, payload: bytes) -> None:
    """The file appears complete or not at all; OSError when the disk does not take it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(".part")
    try:
        draft.write_bytes(payload)
        draft.replace(path)
    except OSError:
        draft.unlink(missing_ok=True)
        raise


def write_segment(folder: Path, segment: Segment, payload: bytes) -> None:
    """The segment first and its line after it, so that the index never promises too much."""
    write_whole(folder / segment.name, payload)
    path = folder / str(segment.take) / "index.jsonl"
    size = path.stat().st_size if path.exists() else 0
    try:
        with path.open("ab", buffering=0) as index:
            index.write(orjson.dumps(asdict(segment)) + b"\n")
    except OSError:
        os.truncate(path, size)  # a full disk takes half a line
        raise


def _read_index(index: Path) -> list[Segment]:
    rows = (_read_line(line) for line in index.read_bytes().splitlines(keepends=True))
    return [row for row in rows if row is not None]


def _read_line(line: bytes) -> Segment | None:
    try:
        return Segment(**orjson.loads(line)) if line.endswith(b"}\n") else None
    except (orjson.JSONDecodeError, TypeError):
        return None
