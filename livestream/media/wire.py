"""What the two sockets say to each other.

Publisher to us: a text hello with the token, then a text config whenever the encoder's description
changes, then binary messages. With form `frames` a binary message is a row of records
(`kind u8, flags u8, time i64 us, duration u32 us, length u32, payload`, big-endian): the sound of
the last moments and the picture that closes them. With form `webm` or `mp4` it is the next piece
of the container. A text `bye` ends the session on purpose.

Us to the publisher: `ready`, then `ack` with the newest time received, five times a second;
`notice` when something is worth telling the seller; `refused` before a close.

Us to a viewer: text `state` and `init` (with the MIME type), then binary: one byte of kind
(0 init segment, 1 fragment, 2 fragment that starts with a key picture), for a fragment our clock's
milliseconds when it left (u32, only differences mean anything), and the MP4 bytes. A viewer's text
`ping` is answered with `pong`: where the show is and how old that is.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from typing import Any, Literal, NamedTuple, cast

import orjson

from livestream.media.bad_input import BadInput
from livestream.media.sps import picture_size

Form = Literal["frames", "webm", "mp4"]

_RECORD = struct.Struct(">BBqII")
_FRAGMENT_HEAD = struct.Struct(">BI")
_KEY = 1

MAX_MESSAGE_BYTES = 2 * 1024 * 1024
MAX_PICTURE_SIDE = 1920
SOUND_CODECS = {"opus": "opus", "mp4a.40.2": "aac"}


class Kind(IntEnum):
    """What a publisher's record holds."""

    VIDEO = 1
    SOUND = 2


class ViewerMessage(IntEnum):
    """The first byte of a binary message to a viewer."""

    INIT = 0
    FRAGMENT = 1
    KEY_FRAGMENT = 2
    STILL = 3  # a JPEG, for those who only listen


class Close(IntEnum):
    """Why we hang up. Browsers see these only after an accepted handshake."""

    DONE = 1000
    OVERLOAD = 1013
    BAD_INPUT = 4400
    TOKEN_REFUSED = 4401
    FOREIGN_ORIGIN = 4403
    UNKNOWN_SESSION = 4404
    SILENT = 4408
    TAKEN_OVER = 4409
    ENDED = 4410
    TOO_MUCH = 4429
    STUCK = 4500
    FULL = 4503


class Record(NamedTuple):
    """One coded picture or block of sound, with the sender's own clock in microseconds."""

    kind: Kind
    is_key: bool
    time_us: int
    duration_us: int
    payload: bytes
    offset_us: int = 0  # from decoding to showing; browsers code pictures in order


@dataclass(frozen=True)
class VideoConfig:
    """How the pictures are coded: H.264 with its avcC description."""

    width: int
    height: int
    avcc: bytes

    @property
    def codec(self) -> str:
        return f"avc1.{self.avcc[1:4].hex()}"


@dataclass(frozen=True)
class SoundConfig:
    """How the sound is coded; AAC carries its AudioSpecificConfig as description."""

    codec: str
    rate: int
    channels: int
    description: bytes = b""


@dataclass(frozen=True)
class Config:
    """What the records that follow hold; without sound there is silence."""

    video: VideoConfig
    sound: SoundConfig | None


@dataclass(frozen=True)
class Hello:
    """Who wants to publish and in which form."""

    token: str
    form: Form


def pack_record(record: Record) -> bytes:
    head = _RECORD.pack(
        record.kind,
        _KEY if record.is_key else 0,
        record.time_us,
        record.duration_us,
        len(record.payload),
    )
    return head + record.payload


def unpack_records(message: bytes) -> Iterator[Record]:
    position = 0
    while position < len(message):
        if position + _RECORD.size > len(message):
            raise BadInput("a record's head is cut off")
        kind, flags, time_us, duration_us, length = _RECORD.unpack_from(message, position)
        position += _RECORD.size
        if position + length > len(message):
            raise BadInput("a record's payload is cut off")
        if kind not in (Kind.VIDEO, Kind.SOUND):
            raise BadInput("a record of an unknown kind")
        payload = message[position : position + length]
        yield Record(Kind(kind), bool(flags & _KEY), time_us, duration_us, payload)
        position += length


def viewer_fragment(payload: bytes, *, is_key: bool, now: float) -> bytes:
    """A fragment as every viewer gets it; the same bytes for all."""
    kind = ViewerMessage.KEY_FRAGMENT if is_key else ViewerMessage.FRAGMENT
    return _FRAGMENT_HEAD.pack(kind, int(now * 1000) & 0xFFFF_FFFF) + payload


def read_viewer_message(message: bytes) -> tuple[ViewerMessage, bytes]:
    """What a viewer's binary message is, and what is in it."""
    kind = ViewerMessage(message[0])
    is_timed = kind in (ViewerMessage.FRAGMENT, ViewerMessage.KEY_FRAGMENT)
    return kind, message[_FRAGMENT_HEAD.size if is_timed else 1 :]


def read_text(text: str) -> dict[str, Any]:
    """A text frame as a mapping with a `type`, or BadInput."""
    try:
        message = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise BadInput("a text frame that is not JSON") from error
    if not isinstance(message, dict) or not isinstance(message.get("type"), str):
        raise BadInput("a text frame without a type")
    return message


def read_hello(message: dict[str, Any]) -> Hello:
    token, form = message.get("token"), message.get("form", "frames")
    if message["type"] != "hello" or not isinstance(token, str):
        raise BadInput("the first frame must be a hello with a token")
    if form not in ("frames", "webm", "mp4"):
        raise BadInput("an unknown form")
    return Hello(token[:512], cast(Form, form))


def read_config(message: dict[str, Any]) -> Config:
    try:
        sound = message.get("audio")
        return Config(_read_video(message["video"]), _read_sound(sound) if sound else None)
    except (KeyError, TypeError, ValueError) as error:
        raise BadInput("an unreadable config") from error


def check_video(config: VideoConfig) -> VideoConfig:
    """The same config; BadInput when players could not follow it, whatever it says of itself."""
    avcc = config.avcc
    if not 8 <= len(avcc) <= 1024 or avcc[0] != 1 or avcc[4] & 3 != 3:
        raise BadInput("not an H.264 description with four-byte lengths")
    sides = (config.width, config.height, *picture_size(avcc))
    if not all(16 <= side <= MAX_PICTURE_SIDE for side in sides):
        raise BadInput("a picture size out of range")
    return config


def check_sound(config: SoundConfig) -> SoundConfig:
    if config.codec not in SOUND_CODECS:
        raise BadInput("an unknown sound codec")
    if not (8_000 <= config.rate <= 96_000 and 1 <= config.channels <= 2):
        raise BadInput("a sound format out of range")
    return config


def _read_video(fields: dict[str, Any]) -> VideoConfig:
    avcc = bytes.fromhex(fields["description"])
    return check_video(VideoConfig(int(fields["width"]), int(fields["height"]), avcc))


def _read_sound(fields: dict[str, Any]) -> SoundConfig:
    description = bytes.fromhex(fields.get("description", ""))[:64]
    config = SoundConfig(fields["codec"], int(fields["rate"]), int(fields["channels"]), description)
    return check_sound(config)


def config_text(config: Config) -> str:
    """The config frame as a publisher sends it."""
    video = {
        "width": config.video.width,
        "height": config.video.height,
        "description": config.video.avcc.hex(),
    }
    sound = config.sound and {
        "codec": config.sound.codec,
        "rate": config.sound.rate,
        "channels": config.sound.channels,
        "description": config.sound.description.hex(),
    }
    return text_frame("config", video=video, audio=sound)


def text_frame(kind: str, **fields: object) -> str:
    return orjson.dumps({"type": kind, **fields}).decode()
