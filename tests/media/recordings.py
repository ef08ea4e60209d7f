"""Recordings on the disk, as the media process leaves them."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from fractions import Fraction
from unittest import mock

import av

from livestream.media import shelf as shelf_module
from livestream.media.client import describe_video
from livestream.media.h264 import with_lengths
from livestream.media.packager import Init, Packager
from livestream.media.shelf import Shelf
from livestream.media.wire import Config, Kind, Record
from tests.media.material import FRAME_US, config, sounds


def record_show(folder, *parts) -> None:
    """Each part is a config and its records, as one publisher after the other. Any disk is large enough."""

    async def write() -> None:
        with ThreadPoolExecutor(1) as writer:
            shelf, end_us = Shelf(folder, writer), 0
            for coding, fed in parts:
                packager = Packager(start_us=end_us)
                outcomes = list(packager.configure(coding))
                for record in fed:
                    outcomes += packager.feed(record)
                for outcome in [*outcomes, *packager.flush()]:
                    if isinstance(outcome, Init):
                        shelf.begin(outcome)
                    else:
                        shelf.add(outcome)
                        end_us = outcome.end_us
                shelf.close_segment()
            await asyncio.get_running_loop().run_in_executor(writer, lambda: None)

    with mock.patch.object(shelf_module, "MIN_FREE_BYTES", 0):
        asyncio.run(write())


def other_coding() -> tuple[Config, list[Record]]:
    """Two seconds from a larger camera."""
    encoder = av.CodecContext.create("libx264", "w")
    encoder.width, encoder.height, encoder.pix_fmt = 360, 640, "yuv420p"
    encoder.framerate, encoder.time_base = Fraction(25), Fraction(1, 25)
    encoder.gop_size, encoder.max_b_frames = 25, 0
    encoder.flags |= 1 << 22
    encoder.options = {"preset": "ultrafast", "tune": "zerolatency"}
    encoder.open()
    frames = []
    for number in range(50):
        frame = av.VideoFrame(360, 640, "yuv420p")
        frame.pts, frame.time_base = number, Fraction(1, 25)
        frames.append(frame)
    packets = [packet for frame in [*frames, None] for packet in encoder.encode(frame)]
    pictures = [
        Record(Kind.VIDEO, packet.is_keyframe, packet.pts * FRAME_US, FRAME_US, with_lengths(bytes(packet)))
        for packet in packets
    ]
    both = sorted([*pictures, *sounds(2)], key=lambda record: record.time_us)
    return Config(describe_video(encoder), config().sound), both
