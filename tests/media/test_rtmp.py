"""RTMP: commands, chunks, and the client against a peer that speaks it too."""

from __future__ import annotations

import asyncio
import contextlib
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from livestream.media.bad_input import BadInput
from livestream.media.boxes import Sample
from livestream.media.fragments import read_fragments, read_init
from livestream.media.packager import Packager
from livestream.media.roads import connect
from livestream.media.rtmp import flv
from livestream.media.rtmp.amf import Malformed, decode, encode, encode_map
from livestream.media.rtmp.chunks import ChunkReader, Kind, Message, pack
from livestream.media.rtmp.client import Path, RtmpClient, Unwelcome
from livestream.media.wire import Config, Record
from livestream.media.wire import Kind as What
from tests.media.material import config, packaged, pictures, records
from tests.media.rtmp_peer import rtmp_peer

VALUES = st.recursive(
    st.none() | st.booleans() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: (
        st.dictionaries(st.text(min_size=1, max_size=8), inner, max_size=4) | st.lists(inner, max_size=4)
    ),
    max_leaves=8,
)


@given(st.lists(VALUES, max_size=5))
def test_commands_come_back_as_they_were(values):
    assert decode(encode(*values)) == values


@given(st.binary(max_size=80))
def test_rubbish_is_malformed_and_nothing_worse(payload):
    with contextlib.suppress(Malformed):
        decode(payload)


def test_a_map_reads_like_an_object():
    assert decode(encode_map({"width": 360.0})) == [{"width": 360.0}]


def reader_of(payload: bytes) -> ChunkReader:
    wire = asyncio.StreamReader()
    wire.feed_data(payload)
    wire.feed_eof()
    return ChunkReader(wire)


@pytest.mark.parametrize("time_ms", [0, 40, 0xFFFFFE, 0xFFFFFF, 0x1000000])
@pytest.mark.parametrize("length", [0, 1, 128, 129, 5000])
async def test_messages_survive_their_chunks(time_ms, length):
    message = Message(Kind.VIDEO, time_ms, 1, bytes(number % 251 for number in range(length)))

    assert await reader_of(pack(message, lane=6, chunk_bytes=128)).next_message() == message


async def test_heads_may_lean_on_the_one_before():
    first = pack(Message(Kind.SOUND, 1000, 1, b"abc"), lane=4, chunk_bytes=128)
    second = bytes([1 << 6 | 4]) + (20).to_bytes(3, "big") + (2).to_bytes(3, "big") + bytes([8]) + b"de"
    third = bytes([2 << 6 | 4]) + (30).to_bytes(3, "big") + b"fg"
    fourth = bytes([3 << 6 | 4]) + b"hi"
    reader = reader_of(first + second + third + fourth)

    seen = [await reader.next_message() for _ in range(4)]

    assert [(message.time_ms, message.payload) for message in seen] == [
        (1000, b"abc"),
        (1020, b"de"),
        (1050, b"fg"),
        (1080, b"hi"),
    ]


async def test_a_message_without_end_is_malformed():
    head = bytes([4]) + bytes(3) + b"\xff\xff\xff" + bytes([9]) + bytes(4)

    with pytest.raises(Malformed):
        await reader_of(head).next_message()


async def client_of(peer) -> RtmpClient:
    return RtmpClient(*await connect(f"rtmp://127.0.0.1:{peer.port}/live", may_be_private=True))


async def test_a_publisher_says_where_and_with_what_key():
    async with rtmp_peer() as peer:
        client = await client_of(peer)
        await client.publish(Path("live", "abc?token=xyz", "rtmp://somewhere/live"))
        client.send_picture(b"picture", time_ms=40)
        await client.drain()
        await client.close()
        await asyncio.sleep(0.05)

    connected, *_, published, gone = peer.commands
    assert connected[2].items() >= {"app": "live", "tcUrl": "rtmp://somewhere/live"}.items()
    assert published[:4] == ["publish", 5.0, None, "abc?token=xyz"]
    assert gone[0] == "deleteStream"
    assert [(message.time_ms, message.payload) for message in peer.media] == [(40, b"picture")]


async def test_a_refused_publisher_knows_it():
    async with rtmp_peer() as peer:
        peer.refuses = True
        client = await client_of(peer)

        with pytest.raises(Unwelcome):
            await client.publish(Path("live", "abc", "rtmp://somewhere/live"))


async def test_what_comes_before_the_welcome_is_not_lost():
    async def play(wire):
        wire.send(Message(Kind.VIDEO, 0, 1, b"head"), lane=6)
        wire.send(Message(Kind.CONTROL, 0, 0, struct.pack(">HI", 6, 77)), lane=2)
        wire.send(Message(Kind.VIDEO, 40, 1, b"picture"), lane=6)
        wire.say("onStatus", 0, None, {"code": "NetStream.Play.UnpublishNotify"})

    async with rtmp_peer() as peer:
        peer.on_play = play
        client = await client_of(peer)
        await client.play(Path("obs", "abc", "rtmp://somewhere/obs"))

        assert [message.payload async for message in client.messages()] == [b"head", b"picture"]


def test_a_key_never_shows_in_a_path():
    assert "secret" not in repr(Path("live", "secret", "rtmp://host/live"))


# --- pictures and sound


def test_our_own_fragments_can_be_read_back():
    init, *pieces = packaged(Packager(start_us=0), records(2))

    head = read_init(init.payload)
    rows = [read_fragments(piece.payload) for piece in pieces]

    assert (head.width, head.height, head.avcc) == (180, 320, config().video.avcc)
    assert len(head.sound_config) >= 2
    shown = [sample.payload for pictures_of, _ in rows for sample in pictures_of]
    assert shown == [record.payload for record in pictures(2)]
    assert sum(len(sounds) for _, sounds in rows) > 80
    joined = read_fragments(b"".join(piece.payload for piece in pieces))
    assert [sample.payload for sample in joined[0]] == shown


def test_what_we_send_is_what_we_would_read():
    init, *pieces = packaged(Packager(start_us=0), records(1))
    head = read_init(init.payload)
    samples, _ = read_fragments(pieces[0].payload)
    reader = flv.TagReader()

    assert reader.read(Message(Kind.VIDEO, 0, 1, flv.picture_head(head))) == []
    assert reader.read(Message(Kind.SOUND, 0, 1, flv.sound_head(head))) == []
    told, record = reader.read(Message(Kind.VIDEO, 120, 1, flv.picture(samples[0])))

    assert isinstance(told, Config)
    assert told.video.avcc == config().video.avcc
    assert (told.sound.codec, told.sound.rate, told.sound.channels) == ("mp4a.40.2", 48_000, 1)
    assert record == Record(What.VIDEO, True, 120_000, 0, samples[0].payload, 0)


def test_pictures_coded_out_of_order_keep_their_moment():
    sample = Sample(0, 3600, b"picture", False, offset=7200)  # 80 ms
    reader = flv.TagReader()
    reader.read(Message(Kind.VIDEO, 0, 1, bytes([0x17, 0, 0, 0, 0]) + config().video.avcc))

    *_, record = reader.read(Message(Kind.VIDEO, 40, 1, flv.picture(sample)))

    assert record.offset_us == 80_000


@pytest.mark.parametrize(
    "message",
    [
        Message(Kind.VIDEO, 0, 1, b"\x90hvc1\0\0\0"),  # the newer way to say HEVC
        Message(Kind.VIDEO, 0, 1, b"\x12\0\0\0\0"),  # H.263
        Message(Kind.SOUND, 0, 1, b"\x2f\0"),  # MP3
        Message(Kind.SOUND, 0, 1, b"\xaf\0\x07\x90"),  # AAC at a rate that does not exist
        Message(Kind.VIDEO, 0, 1, bytes([0x17, 0, 0, 0, 0]) + bytes(20)),
    ],
)
def test_other_codecs_are_refused(message):
    with pytest.raises(BadInput):
        flv.TagReader().read(message)
