"""Sound on the show's clock: whatever the publisher codes becomes one unbroken mono AAC track.

Browsers code Opus, iPhones play AAC only. A hole in the sound would stop every player, so holes
are filled with silence and overlaps are cut.
"""

import struct
from fractions import Fraction

import av
import numpy as np
from av.audio.codeccontext import AudioCodecContext
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler
from numpy.typing import NDArray

from livestream.media.bad_input import BadInput
from livestream.media.boxes import SOUND_SCALE, Sample
from livestream.media.wire import SOUND_CODECS, SoundConfig

MIME_CODEC = "mp4a.40.2"
_BLOCK = 1024
_RUN_OUT = 4 * _BLOCK  # pushes the last real sound out of the encoder
_BIT_RATE = 64_000
_SLACK = SOUND_SCALE * 60 // 1000  # clocks may differ this much before we cut or fill
_MAX_BROKEN = 50

Signal = NDArray[np.float32]


class SoundDecoder:
    """Turns the publisher's packets into mono samples at our rate."""

    def __init__(self, config: SoundConfig) -> None:
        context = av.CodecContext.create(SOUND_CODECS[config.codec], "r")
        assert isinstance(context, AudioCodecContext)
        context.extradata = config.description or _opus_head(config)
        context.sample_rate = config.rate
        self._context = context
        self._resampler = AudioResampler(format="flt", layout="mono", rate=SOUND_SCALE)
        self._broken = 0

    def decode(self, payload: bytes) -> Signal:
        """The samples of one packet; a broken packet is none, too many are BadInput."""
        try:
            frames = self._context.decode(av.Packet(payload))
            self._broken = 0
        except av.error.FFmpegError as error:
            self._broken += 1
            if self._broken > _MAX_BROKEN:
                raise BadInput("sound that cannot be decoded") from error
            return np.zeros(0, np.float32)
        return self._as_mono(frames)

    def _as_mono(self, frames: list[AudioFrame]) -> Signal:
        parts = [
            resampled.to_ndarray().reshape(-1).astype(np.float32, copy=False)
            for frame in frames
            for resampled in self._resampler.resample(_without_clock(frame))
        ]
        return np.concatenate(parts) if parts else np.zeros(0, np.float32)


class SoundTrack:
    """An AAC track that starts at a given moment and never has a hole."""

    def __init__(self, *, start_us: int) -> None:
        self._start = start_us * SOUND_SCALE // 1_000_000
        self._written = self._start  # the moment up to which there are samples
        self._coded = self._start  # the moment up to which samples went into the encoder
        self._pending: list[Signal] = []
        self._encoder = _aac_encoder()

    @property
    def end_us(self) -> int:
        return self._written * 1_000_000 // SOUND_SCALE

    def write(self, signal: Signal, *, time_us: int) -> list[Sample]:
        """Place the samples at their moment; returns the blocks this completed."""
        late = self._written - time_us * SOUND_SCALE // 1_000_000
        if late > _SLACK:
            signal = signal[late:]
        elif late < -_SLACK:
            self._append(np.zeros(-late, np.float32))
        self._append(signal)
        return self._code_whole_blocks()

    def fill_up_to(self, time_us: int) -> list[Sample]:
        """Silence where nothing came in time."""
        missing = time_us * SOUND_SCALE // 1_000_000 - self._written
        if missing > 0:
            self._append(np.zeros(missing, np.float32))
        return self._code_whole_blocks()

    def finish(self, time_us: int) -> list[Sample]:
        """The last blocks, so that the sound reaches the moment; nothing may be written afterwards."""
        end = max(self._written, time_us * SOUND_SCALE // 1_000_000)
        blocks = self.fill_up_to((end + _RUN_OUT) * 1_000_000 // SOUND_SCALE)
        wanted = [block for block in blocks if block.time < end]
        self._written = wanted[-1].time + _BLOCK if wanted else end
        return wanted

    def description(self) -> bytes:
        return bytes(self._encoder.extradata or b"")

    def _append(self, signal: Signal) -> None:
        self._written += len(signal)
        self._pending.append(signal)

    def _code_whole_blocks(self) -> list[Sample]:
        whole = (self._written - self._coded) // _BLOCK * _BLOCK
        if not whole:
            return []
        signal = np.concatenate(self._pending)
        self._pending = [signal[whole:]]
        return [
            sample
            for first in range(0, whole, _BLOCK)
            for sample in self._code(signal[first : first + _BLOCK])
        ]

    def _code(self, block: Signal) -> list[Sample]:
        frame = AudioFrame.from_ndarray(block.reshape(1, -1), format="fltp", layout="mono")
        frame.sample_rate = SOUND_SCALE
        frame.pts = self._coded
        frame.time_base = Fraction(1, SOUND_SCALE)
        self._coded += _BLOCK
        return [
            Sample(packet.pts, _BLOCK, bytes(packet), True)
            for packet in self._encoder.encode(frame)
            if packet.pts is not None and packet.pts >= self._start  # the encoder's run-in
        ]


def _aac_encoder() -> AudioCodecContext:
    encoder = av.CodecContext.create("aac", "w")
    assert isinstance(encoder, AudioCodecContext)
    encoder.sample_rate = SOUND_SCALE
    encoder.layout = "mono"
    encoder.format = "fltp"
    encoder.bit_rate = _BIT_RATE
    encoder.time_base = Fraction(1, SOUND_SCALE)
    encoder.open()
    return encoder


def _opus_head(config: SoundConfig) -> bytes | None:
    if config.codec != "opus":
        return None
    return b"OpusHead" + struct.pack("<BBHIhB", 1, config.channels, 0, config.rate, 0, 0)


def _without_clock(frame: AudioFrame) -> AudioFrame:
    """The resampler must not move samples: their place is ours to decide."""
    frame.pts = None
    return frame
