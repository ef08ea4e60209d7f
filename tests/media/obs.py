"""OBS as far as an engine can tell: libav codes and sends over RTMP, in a process of its own.

    python -m tests.media.obs rtmp://host/app/key 5 [baseline|main|high10]

libav holds the interpreter while it connects, so this cannot run beside the media process of a test.
"""

from __future__ import annotations

import subprocess
import sys
import time
from fractions import Fraction

import av
import numpy as np

FPS = 25
SIZES = {"main": (720, 1280), "baseline": (360, 640), "huge": (3840, 2160)}
PROFILES = {
    "baseline": {"tune": "zerolatency", "preset": "ultrafast"},
    "main": {"preset": "veryfast", "bf": "2", "profile": "main", "b-adapt": "0"},  # pictures out of order
    "huge": {"tune": "zerolatency", "preset": "ultrafast"},
}


def start(url: str, seconds: float, kind: str = "baseline") -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.media.obs", url, str(seconds), kind], stdout=subprocess.PIPE, text=True
    )


def main() -> None:
    url, seconds, kind = sys.argv[1], float(sys.argv[2]), sys.argv[3]
    try:
        _send(url, seconds, kind)
    except (OSError, av.error.FFmpegError) as error:
        print("refused", type(error).__name__, flush=True)


def _send(url: str, seconds: float, kind: str) -> None:
    with av.open(url, "w", format="flv") as out:
        pictures = out.add_stream("libx264", rate=FPS)
        pictures.width, pictures.height = SIZES[kind]
        pictures.pix_fmt, pictures.gop_size, pictures.bit_rate = "yuv420p", FPS, 800_000
        pictures.options = PROFILES[kind]
        sound = out.add_stream("aac", rate=44_100)
        sound.layout = "stereo"
        began = time.monotonic()
        for number in range(int(seconds * FPS)):
            out.mux(pictures.encode(_frame(number, pictures.width, pictures.height)))
            for block in _blocks(number):
                out.mux(sound.encode(block))
            if number == FPS:
                print("sending", flush=True)
            time.sleep(max(0.0, began + number / FPS - time.monotonic()))


def _frame(number: int, width: int, height: int) -> av.VideoFrame:
    picture = np.full((height, width, 3), number % 200, np.uint8)
    frame = av.VideoFrame.from_ndarray(picture, format="rgb24")
    frame.pts, frame.time_base = number, Fraction(1, FPS)
    return frame


def _blocks(number: int) -> list[av.AudioFrame]:
    first, end = number * 44_100 // FPS // 1024, (number + 1) * 44_100 // FPS // 1024
    blocks = []
    for block in range(first, end):
        frame = av.AudioFrame.from_ndarray(np.zeros((2, 1024), np.float32), format="fltp", layout="stereo")
        frame.sample_rate, frame.pts, frame.time_base = 44_100, block * 1024, Fraction(1, 44_100)
        blocks.append(frame)
    return blocks


if __name__ == "__main__":
    main()
