"""Pictures and sound as RTMP carries them, in both directions."""

from __future__ import annotations

import struct

from livestream.media.bad_input import BadInput
from livestream.media.boxes import SOUND_SCALE, VIDEO_SCALE, Sample
from livestream.media.fragments import Head
from livestream.media.rtmp.amf import Value
from livestream.media.rtmp.chunks import Kind as Channel
from livestream.media.rtmp.chunks import Message
from livestream.media.sps import picture_size
from livestream.media.wire import Config, Kind, Record, SoundConfig, VideoConfig, check_sound, check_video

_AVC, _AAC = 7, 10
_KEY_PICTURE, _OTHER_PICTURE = 1, 2
_HEAD, _BODY = 0, 1
_AAC_TAG = 0xAF  # AAC, and for the rest what the standard says to write with AAC
_RATES = (
    96_000,
    88_200,
    64_000,
    48_000,
    44_100,
    32_000,
    24_000,
    22_050,
    16_000,
    12_000,
    11_025,
    8_000,
    7_350,
)


def description(head: Head) -> dict[str, Value]:
    return {
        "width": head.width,
        "height": head.height,
        "videocodecid": _AVC,
        "audiocodecid": _AAC,
        "audiosamplerate": SOUND_SCALE,
        "audiochannels": 1,
        "stereo": False,
        "encoder": "Pasar Malam",
    }


def picture_head(head: Head) -> bytes:
    return bytes([_KEY_PICTURE << 4 | _AVC, _HEAD, 0, 0, 0]) + head.avcc


def sound_head(head: Head) -> bytes:
    return bytes([_AAC_TAG, _HEAD]) + head.sound_config


def picture(sample: Sample) -> bytes:
    kind = _KEY_PICTURE if sample.is_key else _OTHER_PICTURE
    offset_ms = sample.offset * 1000 // VIDEO_SCALE
    return bytes([kind << 4 | _AVC, _BODY]) + struct.pack(">i", offset_ms)[1:] + sample.payload


def sound(sample: Sample) -> bytes:
    return bytes([_AAC_TAG, _BODY]) + sample.payload


class TagReader:
    """Turns what an engine plays to us into the words of a publisher.

    Records are held until it is known how the sound is coded, or that there is none.
    """

    def __init__(self) -> None:
        self._video: VideoConfig | None = None
        self._sound: SoundConfig | None = None
        self._told: Config | None = None

    def read(self, message: Message) -> list[Config | Record]:
        """Nothing for descriptions and for what comes before its head; BadInput for other codecs."""
        if len(message.payload) < 2 or message.kind not in (Channel.VIDEO, Channel.SOUND):
            return []
        is_video = message.kind == Channel.VIDEO
        record = self._picture(message) if is_video else self._block(message)
        if record is None or self._video is None:
            return []
        return [*self._news(), record]

    def _news(self) -> list[Config | Record]:
        config = Config(self._video, self._sound) if self._video else None
        if config is None or config == self._told:
            return []
        self._told = config
        return [config]

    def _picture(self, message: Message) -> Record | None:
        first, step = message.payload[:2]
        if first & 0x80 or first & 0x0F != _AVC:
            raise BadInput("the pictures are not H.264")
        if step == _HEAD:
            avcc = message.payload[5:]
            self._video = check_video(VideoConfig(*picture_size(avcc), avcc))
            return None
        if step != _BODY:
            return None
        (offset_ms,) = struct.unpack(">i", message.payload[2:5] + b"\0")
        return Record(
            Kind.VIDEO,
            first >> 4 == _KEY_PICTURE,
            message.time_ms * 1000,
            0,
            message.payload[5:],
            (offset_ms >> 8) * 1000,
        )

    def _block(self, message: Message) -> Record | None:
        first, step = message.payload[:2]
        if first >> 4 != _AAC:
            raise BadInput("the sound is not AAC")
        if step == _HEAD:
            self._sound = _sound_config(message.payload[2:])
            return None
        return (
            Record(Kind.SOUND, True, message.time_ms * 1000, 0, message.payload[2:]) if self._sound else None
        )


def _sound_config(description: bytes) -> SoundConfig:
    if len(description) < 2:
        raise BadInput("an unreadable sound description")
    rate = (description[0] & 7) << 1 | description[1] >> 7
    channels = description[1] >> 3 & 0xF
    if rate >= len(_RATES):
        raise BadInput("a sound format out of range")
    return check_sound(SoundConfig("mp4a.40.2", _RATES[rate], channels, description))
