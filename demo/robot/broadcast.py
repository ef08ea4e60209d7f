"""Encodes the robot stall and publishes it through the entry that a browser's camera uses."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from fractions import Fraction

import av
import numpy as np
from av.audio.codeccontext import AudioCodecContext
from av.codec.context import Flags
from av.video.codeccontext import VideoCodecContext
from django.utils import timezone

from demo.robot.scene import HEIGHT, WIDTH, Scene
from demo.robot.voice import RATE, Voice
from livestream.media.client import Publisher, describe_sound, describe_video

FPS = 15
BLOCK = 960  # samples in one Opus packet: 20 ms
SHOW_SECONDS = 2 * 60 * 60


async def broadcast(url: str, token: Callable[[], Awaitable[str]], scene: Scene) -> None:
    """Go on air until the show's length is over; then end it on purpose.

    Raises `livestream.media.client.Refused` when nobody wants this publisher any more.
    """
    pictures, sound = _picture_encoder(), _sound_encoder()
    voice = Voice()
    async with Publisher(
        url, token, video=describe_video(pictures), sound=describe_sound(sound)
    ) as publisher:
        began = time.monotonic()
        number = 0
        while (second := number / FPS) < SHOW_SECONDS:
            await asyncio.sleep(max(0.0, began + second - time.monotonic()))
            await _send_sound(publisher, sound, voice, until=second)
            await _send_picture(publisher, pictures, scene, voice, number)
            # A machine that fell behind skips pictures, not time.
            number = max(number + 1, int((time.monotonic() - began) * FPS))
        await publisher.bye()


async def _send_picture(
    publisher: Publisher, encoder: VideoCodecContext, scene: Scene, voice: Voice, number: int
) -> None:
    second = number / FPS
    pixels = scene.frame(second, loudness=voice.loudness(second), clock=timezone.localtime())
    frame = av.VideoFrame.from_ndarray(pixels, format="rgb24").reformat(format="yuv420p")
    frame.pts, frame.time_base = number, Fraction(1, FPS)
    for packet in encoder.encode(frame):
        await publisher.send_video(packet)


async def _send_sound(
    publisher: Publisher, encoder: AudioCodecContext, voice: Voice, *, until: float
) -> None:
    while voice.seconds <= until:
        at = round(voice.seconds * RATE)
        samples = np.ascontiguousarray(voice.next(BLOCK).reshape(1, -1))
        frame = av.AudioFrame.from_ndarray(samples, format="flt", layout="mono")
        frame.sample_rate, frame.pts, frame.time_base = RATE, at, Fraction(1, RATE)
        for packet in encoder.encode(frame):
            await publisher.send_sound(packet)


def _picture_encoder() -> VideoCodecContext:
    encoder = av.CodecContext.create("libx264", "w")
    assert isinstance(encoder, VideoCodecContext)
    encoder.width, encoder.height, encoder.pix_fmt = WIDTH, HEIGHT, "yuv420p"
    encoder.framerate, encoder.time_base = Fraction(FPS), Fraction(1, FPS)
    encoder.bit_rate, encoder.gop_size, encoder.max_b_frames = 500_000, FPS, 0
    encoder.options = {"preset": "veryfast", "tune": "zerolatency", "profile": "baseline"}
    encoder.flags |= Flags.global_header
    encoder.thread_count = 1
    encoder.open()
    return encoder


def _sound_encoder() -> AudioCodecContext:
    encoder = av.CodecContext.create("libopus", "w")
    assert isinstance(encoder, AudioCodecContext)
    encoder.sample_rate, encoder.layout, encoder.format = RATE, "mono", "flt"
    encoder.bit_rate, encoder.time_base = 48_000, Fraction(1, RATE)
    encoder.open()
    return encoder
