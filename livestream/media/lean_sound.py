"""The show's sound once more, in few bits: speech at half the rate, half a second to a fragment."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import av
import numpy as np
from av.audio.codeccontext import AudioCodecContext
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler

from livestream.media import boxes
from livestream.media.boxes import SOUND_SCALE, Sample

MIME = 'audio/mp4; codecs="mp4a.40.2"'
_RATE = 24_000
_BIT_RATE = 28_000
_BLOCK = 1024
_SCALE = SOUND_SCALE // _RATE
_BLOCKS_PER_FRAGMENT = 12
_SLACK = SOUND_SCALE // 10  # a hole longer than this begins a new row of blocks


class LeanSound:
    """Takes the AAC blocks of the show as they come."""

    def __init__(self, sound_config: bytes) -> None:
        self._decoder = _decoder(sound_config)
        self._expected: int | None = None
        self._blocks: list[Sample] = []
        self._fragments = 0
        self._begin(0)

    @property
    def init(self) -> bytes:
        return boxes.sound_init_segment(sound_config=bytes(self._encoder.extradata or b""), rate=_RATE)

    def feed(self, samples: Sequence[Sample]) -> list[bytes]:
        """The fragments that these blocks complete."""
        for sample in samples:
            if self._expected is None or abs(sample.time - self._expected) > _SLACK:
                self._begin(sample.time)
            self._expected = sample.time + sample.duration
            self._code(sample.payload)
        return self._whole_fragments()

    def _begin(self, time: int) -> None:
        """What is left of the row before is too short to be heard."""
        self._blocks = []
        self._encoder = _encoder()
        self._resampler = AudioResampler(format="fltp", layout="mono", rate=_RATE)
        self._pending = np.zeros((1, 0), np.float32)
        self._start = self._next = time // _SCALE

    def _code(self, payload: bytes) -> None:
        frames = [
            again for frame in self._decoder.decode(av.Packet(payload)) for again in self._resampled(frame)
        ]
        self._pending = np.concatenate([self._pending, *(frame.to_ndarray() for frame in frames)], axis=1)
        while self._pending.shape[1] >= _BLOCK:
            block, self._pending = self._pending[:, :_BLOCK], self._pending[:, _BLOCK:]
            self._encode(np.ascontiguousarray(block, np.float32))

    def _resampled(self, frame: AudioFrame) -> list[AudioFrame]:
        frame.pts = None
        return self._resampler.resample(frame)

    def _encode(self, block: np.ndarray[tuple[int, int], np.dtype[np.float32]]) -> None:
        frame = AudioFrame.from_ndarray(block, format="fltp", layout="mono")
        frame.sample_rate, frame.pts, frame.time_base = _RATE, self._next, Fraction(1, _RATE)
        self._next += _BLOCK
        for packet in self._encoder.encode(frame):
            if packet.pts is not None and packet.pts >= self._start:  # not the encoder's run-in
                self._blocks.append(Sample(packet.pts * _SCALE, _BLOCK * _SCALE, bytes(packet), True))

    def _whole_fragments(self) -> list[bytes]:
        fragments = []
        while len(self._blocks) >= _BLOCKS_PER_FRAGMENT:
            row, self._blocks = self._blocks[:_BLOCKS_PER_FRAGMENT], self._blocks[_BLOCKS_PER_FRAGMENT:]
            self._fragments += 1
            fragments.append(boxes.fragment(number=self._fragments, video=[], sound=row))
        return fragments


def _decoder(sound_config: bytes) -> AudioCodecContext:
    decoder = av.CodecContext.create("aac", "r")
    assert isinstance(decoder, AudioCodecContext)
    decoder.extradata = sound_config
    return decoder


def _encoder() -> AudioCodecContext:
    encoder = av.CodecContext.create("aac", "w")
    assert isinstance(encoder, AudioCodecContext)
    encoder.sample_rate, encoder.layout, encoder.format = _RATE, "mono", "fltp"
    encoder.bit_rate, encoder.time_base = _BIT_RATE, Fraction(1, _RATE)
    encoder.open()
    return encoder
