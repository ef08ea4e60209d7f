"""What the robot stall sounds like: bronze bars over a low gong, in the five tones of slendro.

The tune is made once, from numbers, and goes round.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

RATE = 48_000  # samples a second
BEAT = 0.42  # seconds
# Slendro divides the octave into five nearly equal steps of about 240 cents.
TONES = [330.0 * 2 ** (step / 5) for step in range(10)]
BALUNGAN = [0, 2, 3, 2, 4, 3, 2, 0, 2, 3, 5, 3, 4, 2, 0, 2, 5, 4, 3, 4, 2, 3, 5, 7, 5, 4, 3, 2, 3, 2, 0, 0]
# A struck bar rings in partials that are not multiples of each other.
PARTIALS = ((1.0, 0.6, 1.4), (2.76, 0.22, 0.5), (5.4, 0.1, 0.22))

Samples = npt.NDArray[np.float32]


class Voice:
    """The tune as a stream: what comes next, and how loud it is at a moment."""

    def __init__(self) -> None:
        self._tune = _tune()
        self._at = 0

    @property
    def seconds(self) -> float:
        """How much of the stream was given out."""
        return self._at / RATE

    def next(self, count: int) -> Samples:
        """The next `count` samples, mono, -1..1."""
        places = np.arange(self._at, self._at + count) % len(self._tune)
        self._at += count
        return self._tune[places]

    def loudness(self, second: float) -> float:
        """0..1 around this moment, for the mouth."""
        start = int(second * RATE) % len(self._tune)
        return float(np.abs(self._tune[start : start + RATE // 25]).mean() * 4)


def _tune() -> Samples:
    length = int(len(BALUNGAN) * BEAT * RATE)
    tune = np.zeros(length + 3 * RATE, np.float32)
    for number, tone in enumerate(BALUNGAN):
        start = int(number * BEAT * RATE)
        _add(tune, start, _bar(TONES[tone], 0.5))
        _add(tune, start + int(BEAT * RATE / 2), _bar(TONES[(tone + 2) % 10] * 2, 0.16))
        if number % 8 == 7:
            _add(tune, start, _bar(TONES[0] / 4, 0.8))
    # What rings past the end belongs to the beginning, so that the loop has no seam.
    tune[: 3 * RATE] += tune[length:]
    loudest = np.float32(np.abs(tune).max())
    return np.asarray(tune[:length] / loudest * np.float32(0.5), np.float32)


def _bar(pitch: float, strength: float) -> Samples:
    time = np.arange(int(2.5 * RATE), dtype=np.float32) / RATE
    sound = np.zeros_like(time)
    for ratio, share, decay in PARTIALS:
        sound += share * np.exp(-time / decay) * np.sin(2 * np.pi * pitch * ratio * time)
    attack = np.minimum(time / 0.004, 1.0)
    return (sound * attack * strength).astype(np.float32)


def _add(tune: Samples, start: int, sound: Samples) -> None:
    end = min(start + len(sound), len(tune))
    tune[start:end] += sound[: end - start]
