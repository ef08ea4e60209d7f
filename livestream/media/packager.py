"""One publisher connection's records become fragments on the show's clock.

The clock never goes back and never stands still while pictures come: each connection's first key
picture follows where the last connection ended.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from livestream.media import boxes, h264
from livestream.media.bad_input import BadInput
from livestream.media.boxes import SOUND_SCALE, VIDEO_SCALE, Sample
from livestream.media.sound import MIME_CODEC, SoundDecoder, SoundTrack
from livestream.media.wire import Config, Kind, Record

FRAGMENT_US = 75_000
_NOMINAL_US = 40_000
_LONGEST_GAP_US = 2_000_000
_SOUND_MAY_LAG_US = 350_000
_SOUND_IS_GONE_US = 1_000_000
_MAX_WAIT_FOR_KEY = 300
_LONGEST_WITHOUT_KEY_US = 12_000_000  # OBS' own default is ten seconds
_SOUND_LOST_PACKETS = 50


@dataclass(frozen=True)
class Init:
    """The head of the fragments that follow, and what a player must be told to read them."""

    payload: bytes
    mime: str
    config: Config


@dataclass(frozen=True)
class Fragment:
    """A playable piece of the show."""

    payload: bytes
    start_us: int
    end_us: int
    key_picture: bytes | None  # the coded picture when the fragment starts with a key picture

    @property
    def starts_with_key(self) -> bool:
        return self.key_picture is not None


class Packager:
    """Feeds on configs and records, gives inits and fragments."""

    def __init__(self, *, start_us: int) -> None:
        self._start_us = start_us
        self._shift_us: int | None = None  # sender's clock to show's clock
        self._config: Config | None = None
        self._sound = SoundTrack(start_us=start_us)
        self._decoder: SoundDecoder | None = None
        self._sound_heard_us = -_SOUND_IS_GONE_US
        self._sound_shift_us = 0  # where the sound's clock went its own way
        self._sound_strays = 0
        self._key_us = start_us
        self._held: Record | None = None  # its duration is known when the next one comes
        self._video: list[Sample] = []
        self._blocks: list[Sample] = []
        self._key_picture: bytes | None = None
        self._fragments = 0
        self._waited = 0

    def configure(self, config: Config) -> Iterator[Init | Fragment]:
        if config == self._config:
            return
        yield from self.flush()
        if self._config is None or config.sound != self._config.sound:
            self._decoder = SoundDecoder(config.sound) if config.sound else None
        self._config = config
        yield self._init(config)

    def feed(self, record: Record) -> Iterator[Init | Fragment]:
        if self._config is None:
            raise BadInput("records before their config")
        if record.kind is Kind.VIDEO:
            yield from self._feed_picture(record)
        else:
            self._feed_sound(record)
            yield from self._cut_sound_alone()

    def flush(self) -> Iterator[Init | Fragment]:
        """Everything still held, so that nothing is lost when the publisher goes."""
        if self._held is not None:
            end_us = self._held.time_us + min(self._held.duration_us or _NOMINAL_US, _NOMINAL_US)
            self._blocks += self._sound.finish(end_us)
            self._release_held(max(end_us, self._sound.end_us))
        yield from self._cut()

    def _init(self, config: Config) -> Init:
        payload = boxes.init_segment(
            width=config.video.width,
            height=config.video.height,
            avcc=config.video.avcc,
            sound_config=self._sound.description(),
        )
        return Init(payload, f'video/mp4; codecs="{config.video.codec},{MIME_CODEC}"', config)

    def _feed_picture(self, record: Record) -> Iterator[Init | Fragment]:
        is_key = h264.is_key_picture(record.payload)
        if self._shift_us is None:
            if not is_key:
                self._count_wait()
                return
            self._shift_us = self._start_us - record.time_us
        record = record._replace(is_key=is_key, time_us=self._place(record))
        self._expect_keys(record)
        if self._held is not None:
            self._release_held(record.time_us)
        if self._video and (is_key or self._pending_us() >= FRAGMENT_US):
            yield from self._cut()
        self._held = record
        self._blocks += self._sound.fill_up_to(record.time_us - self._sound_lag_us(record))

    def _place(self, record: Record) -> int:
        """The picture's moment on the show's clock; a jump of the sender's clock is left out."""
        assert self._shift_us is not None
        time_us = record.time_us + self._shift_us
        if self._held is None:
            return max(time_us, self._start_us)
        last_us = self._held.time_us
        if abs(time_us - last_us) > _LONGEST_GAP_US:
            wanted_us = max(last_us + _NOMINAL_US, self._sound.end_us)
            self._shift_us += wanted_us - time_us
            return wanted_us
        return max(time_us, last_us + 1000)

    def _release_held(self, next_us: int) -> None:
        assert self._held is not None
        if not self._video and self._held.is_key:
            self._key_picture = self._held.payload
        start, end = _video_time(self._held.time_us), _video_time(next_us)
        offset = _video_time(self._held.offset_us)
        self._video.append(Sample(start, end - start, self._held.payload, self._held.is_key, offset))
        self._held = None

    def _feed_sound(self, record: Record) -> None:
        if self._decoder is None or self._shift_us is None:
            return
        signal = self._decoder.decode(record.payload)
        time_us = record.time_us + self._shift_us + self._sound_shift_us
        if abs(time_us - self._sound.end_us) > _LONGEST_GAP_US:
            self._note_stray(time_us)
            return
        self._sound_strays = 0
        self._sound_heard_us = time_us
        self._blocks += self._sound.write(signal, time_us=time_us)

    def _note_stray(self, time_us: int) -> None:
        """A second of sound that belongs nowhere: its clock has jumped, and is believed from here on."""
        self._sound_strays += 1
        if self._sound_strays >= _SOUND_LOST_PACKETS:
            self._sound_shift_us += self._sound.end_us - time_us

    def _sound_lag_us(self, record: Record) -> int:
        is_gone = record.time_us - self._sound_heard_us > _SOUND_IS_GONE_US
        return 0 if is_gone else _SOUND_MAY_LAG_US

    def _pending_us(self) -> int:
        span = self._video[-1].time + self._video[-1].duration - self._video[0].time
        return span * 1_000_000 // VIDEO_SCALE

    def _cut_sound_alone(self) -> Iterator[Fragment]:
        """Keep the sound going while the camera stands still."""
        if not self._video and len(self._blocks) * 1024 >= SOUND_SCALE // 4:
            yield from self._cut()

    def _cut(self) -> Iterator[Fragment]:
        if not self._video and not self._blocks:
            return
        self._fragments += 1
        video, blocks, key_picture = self._video, self._blocks, self._key_picture
        self._video, self._blocks, self._key_picture = [], [], None
        payload = boxes.fragment(number=self._fragments, video=video, sound=blocks)
        yield Fragment(payload, *_span_us(video, blocks), key_picture)

    def _expect_keys(self, record: Record) -> None:
        """Without key pictures nobody could come in, and nothing could be cut."""
        if record.is_key:
            self._key_us = record.time_us
        elif record.time_us - self._key_us > _LONGEST_WITHOUT_KEY_US:
            raise BadInput("no key picture")

    def _count_wait(self) -> None:
        self._waited += 1
        if self._waited > _MAX_WAIT_FOR_KEY:
            raise BadInput("no key picture")


def _video_time(time_us: int) -> int:
    return time_us * VIDEO_SCALE // 1_000_000


def _span_us(video: list[Sample], blocks: list[Sample]) -> tuple[int, int]:
    scale, samples = (VIDEO_SCALE, video) if video else (SOUND_SCALE, blocks)
    last = samples[-1]
    return (
        samples[0].time * 1_000_000 // scale,
        (last.time + last.duration) * 1_000_000 // scale,
    )
