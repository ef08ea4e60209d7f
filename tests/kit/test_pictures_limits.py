"""The process that decodes a photo is held in."""

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from kit.pictures import Damaged, intake

MEGABYTE = 1024 * 1024
PEAK = 600 * MEGABYTE
# Not ru_maxrss: it remembers the size of the process that started this one.
MEASURE = """
import re, sys
from kit.pictures import child
child.main()
sys.stdout.write("\\n" + re.search(r"VmHWM:\\s+(\\d+) kB", open("/proc/self/status").read())[1])
"""
OVERSTEP = """
import resource, signal, sys
from kit.pictures import child
child._accept_limits()
{}
"""


def run(script: str, photo: Path | None, workshop: Path) -> subprocess.CompletedProcess[bytes]:
    stdin = photo.open("rb") if photo else subprocess.DEVNULL
    return subprocess.run(
        [sys.executable, "-c", script],
        stdin=stdin,
        capture_output=True,
        cwd=workshop,
        env={"PYTHONPATH": str(intake.ROOT)},
        timeout=60,
    )


@pytest.mark.skipif(sys.platform == "darwin", reason="macOS does not tell the peak of a process")
@pytest.mark.parametrize(
    ("mode", "fmt"),
    [
        ("RGB", "JPEG"),
        ("CMYK", "JPEG"),
        ("RGBA", "PNG"),
        ("I;16", "PNG"),
        ("P", "PNG"),
        ("RGBA", "WEBP"),
    ],
)
def test_the_largest_photos_stay_under_600_megabytes(tmp_path, mode, fmt):
    photo, workshop = tmp_path / "photo", tmp_path / "workshop"
    workshop.mkdir()
    options = {"progressive": True} if fmt == "JPEG" else {"quality": 1} if fmt == "WEBP" else {}
    Image.new(mode, (5_000, 5_000)).save(photo, fmt, **options)

    answer, peak = run(MEASURE, photo, workshop).stdout.split(b"\n")

    assert json.loads(answer)["widths"] == [160, 320, 480, 640, 960]
    assert int(peak) * 1024 < PEAK


@pytest.mark.skipif(sys.platform == "darwin", reason="macOS holds no process to an address space")
def test_memory_ends_at_a_gigabyte(tmp_path):
    outcome = run(OVERSTEP.format("bytearray(1100 * 1024 * 1024)"), None, tmp_path)

    assert outcome.returncode == 1
    assert b"MemoryError" in outcome.stderr


def test_files_end_at_sixteen_megabytes(tmp_path):
    script = OVERSTEP.format("open('much', 'wb').write(bytes(17 * 1024 * 1024))")

    outcome = run(script, None, tmp_path)

    assert outcome.returncode != 0
    assert (tmp_path / "much").stat().st_size <= 16 * MEGABYTE


def test_time_ends_at_twenty_seconds(tmp_path):
    script = OVERSTEP.format("print(resource.getrlimit(resource.RLIMIT_CPU))")

    assert run(script, None, tmp_path).stdout == b"(20, 20)\n"


def test_the_servers_secrets_stay_with_the_server(tmp_path, monkeypatch, settings):
    settings.MEDIA_ROOT = tmp_path / "media"
    monkeypatch.setenv("SECRET_KEY", "rahasia")
    show = "import os, sys; sys.stderr.write(repr(dict(os.environ))); sys.exit(3)"
    monkeypatch.setattr(intake, "CHILD", [sys.executable, "-c", show])
    heard: list[bytes] = []
    monkeypatch.setattr(intake.log, "warning", lambda _, **facts: heard.append(facts["stderr"]))
    file = io.BytesIO()
    Image.new("RGB", (300, 300)).save(file, "PNG")

    with pytest.raises(Damaged):
        intake.accept(file)

    assert heard
    assert b"rahasia" not in heard[0]
    assert b"DATABASE_URL" not in heard[0]
