"""The still picture of a show, taken from its newest key picture."""

import io
from pathlib import Path

import av
from av.video.codeccontext import VideoCodecContext
from PIL import Image

from livestream.media.archive import write_whole
from livestream.media.wire import VideoConfig

NAME = "poster.jpg"
_QUALITY = 80


def save_poster(folder: Path, config: VideoConfig, key_picture: bytes) -> bool:
    """Whether there is a new poster; a picture that cannot be decoded or written changes nothing."""
    try:
        write_whole(folder / NAME, _as_jpeg(config, key_picture))
    except (av.error.FFmpegError, OSError, StopIteration):
        return False
    return True


def picture_of(avcc: bytes, key_picture: bytes) -> Image.Image:
    decoder = av.CodecContext.create("h264", "r")
    assert isinstance(decoder, VideoCodecContext)
    decoder.extradata = avcc
    decoder.thread_count = 1
    frames = [*decoder.decode(av.Packet(key_picture)), *decoder.decode(None)]
    return Image.fromarray(next(iter(frames)).to_ndarray(format="rgb24"))


def _as_jpeg(config: VideoConfig, key_picture: bytes) -> bytes:
    target = io.BytesIO()
    picture_of(config.avcc, key_picture).save(target, "JPEG", quality=_QUALITY, progressive=True)
    return target.getvalue()
