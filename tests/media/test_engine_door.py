"""What engines ask and tell, in the very shapes in which they send it."""

from __future__ import annotations

import base64
import json
from urllib.parse import urlencode

import pytest

from livestream.media import engine_door
from livestream.media.engine_door import EngineDoor
from livestream.media.engines import Place, dialect_of

SECRET = "rahasia-antara-mesin"
OBS = Place("obs", "abc123")

# As MediaMTX's authentication manager writes them.
ASKED = {
    "ip": "203.0.113.7",
    "user": "",
    "password": "",
    "token": "",
    "action": "publish",
    "path": "obs/abc123",
    "protocol": "rtmp",
    "id": "8c9e3f3e-0d6e-4b2f-9f9e-6a6f5a3d1c11",
    "query": "token=kunci",
    "userAgent": "",
}
# As nginx-rtmp's notify module writes them.
PUBLISHED = {
    "app": "obs",
    "flashver": "FMLE/3.0 (compatible; FMSc/1.0)",
    "swfurl": "rtmp://127.0.0.1/obs",
    "tcurl": "rtmp://127.0.0.1/obs",
    "pageurl": "",
    "addr": "203.0.113.7",
    "clientid": "17",
    "call": "publish",
    "name": "abc123",
    "type": "live",
    "token": "kunci",
}


class Book:
    """Knows one key for OBS and one for our own media process."""

    def __init__(self) -> None:
        self.told: list[tuple[str, ...]] = []

    async def may_publish(self, place, token):
        return token == ("kunci" if place.application == "obs" else "kunci-kita")

    async def may_read(self, place, token):
        return token == "kunci-kita"

    async def begin(self, code, stream_id):
        self.told.append(("begin", code, stream_id))
        return code != "selesai"

    async def end(self, code, stream_id):
        self.told.append(("end", code, stream_id))

    async def note_recording(self, code, path):
        self.told.append(("recording", code, path))


@pytest.fixture
def book():
    return Book()


async def call(door: EngineDoor, path: str, body: bytes, *, method: str = "POST", header: str = "") -> int:
    parts = [{"type": "http.request", "body": body[:10], "more_body": True}]
    parts += [{"type": "http.request", "body": body[10:], "more_body": False}]

    async def receive():
        return parts.pop(0)

    scope = {
        "type": "http",
        "method": method,
        "path": path,
        "client": ("10.0.0.9", 40000),
        "headers": [(b"authorization", header.encode())] if header else [],
    }
    return await door.answer(scope, receive)


@pytest.fixture
def mediamtx(book):
    door = EngineDoor(engine="mediamtx", secret=SECRET, book=book)

    async def ask(event: str = "auth", *, secret: str = SECRET, **changes) -> int:
        body = json.dumps({**ASKED, **changes}) if event == "auth" else urlencode(changes)
        return await call(door, f"/engine-hook/mediamtx/{event}/{secret}", body.encode())

    return ask


@pytest.fixture
def nginx(book):
    door = EngineDoor(engine="nginx-rtmp", secret=SECRET, book=book)

    async def ask(*, secret: str = SECRET, **changes) -> int:
        body = urlencode({**PUBLISHED, **changes}).encode()
        return await call(door, f"/engine-hook/nginx-rtmp/{secret}", body)

    return ask


# --- MediaMTX


@pytest.mark.parametrize(
    "where",
    [
        {"query": "token=kunci"},
        {"query": "user=x&token=kunci&more=1"},
        {"query": "", "token": "kunci"},  # WHIP, in a Bearer header
        {"query": "", "user": "siaran", "password": "kunci"},  # a Bearer value with one colon, taken apart
        {"query": "token=kunci", "id": None},
        {"query": "token=kunci", "userAgent": None, "protocol": "webrtc"},
    ],
)
async def test_a_key_is_found_wherever_it_stands(mediamtx, where):
    assert await mediamtx(**where) == 200


async def test_the_first_question_comes_without_credentials_and_is_no_failure(mediamtx):
    for _ in range(30):
        assert await mediamtx(query="") == 401

    assert await mediamtx() == 200


async def test_may_be_asked_twice(mediamtx, book):
    assert [await mediamtx(), await mediamtx()] == [200, 200]
    assert book.told == []


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"query": "token=salah"}, 401),
        ({"path": "live/abc123"}, 401),  # OBS may not stand where our media process pushes
        ({"path": "live/abc123", "query": "token=kunci-kita"}, 200),
        ({"path": "somewhere/else"}, 400),
        ({"path": "obs/../../etc"}, 400),
        ({"action": "read", "protocol": "hls", "path": "live/abc123", "query": ""}, 200),
        ({"action": "read", "protocol": "hls", "path": "obs/abc123", "query": ""}, 401),
        ({"action": "read", "protocol": "rtmp", "path": "live/abc123", "query": ""}, 401),
        ({"action": "read", "protocol": "rtmp", "query": "token=kunci-kita"}, 200),
        ({"action": "read", "protocol": "rtmp", "query": "token=kunci"}, 401),
        ({"action": "api", "path": "", "query": "", "password": SECRET}, 200),
        ({"action": "api", "path": "", "query": "", "password": "kunci"}, 401),
        ({"action": "metrics", "path": "", "query": ""}, 401),
        ({"action": "dance"}, 400),
    ],
)
async def test_only_what_each_may_do(mediamtx, change, status):
    assert await mediamtx(**change) == status


async def test_mediamtx_tells_of_beginning_end_and_recording(mediamtx, book):
    stream = {"path": "obs/abc123", "type": "rtmpConn", "id": "8c9e"}

    assert await mediamtx("ready", **stream) == 200
    assert await mediamtx("not-ready", **stream) == 200
    assert await mediamtx("recorded", path="live/abc123", file="/recordings/live/abc123/1.mp4") == 200
    assert await mediamtx("ready", path="live/abc123", type="rtmpConn", id="77") == 200  # our own push

    assert book.told == [
        ("begin", "abc123", "rtmpConn:8c9e"),
        ("end", "abc123", "rtmpConn:8c9e"),
        ("recording", "abc123", "/recordings/live/abc123/1.mp4"),
    ]


def test_mediamtx_is_told_whom_to_send_away():
    method, path = dialect_of("mediamtx").kick_path(OBS, "webRTCSession:8c9e/../x")

    assert (method, path) == ("POST", "v3/webrtcsessions/kick/8c9e%2F..%2Fx")


# --- nginx-rtmp


async def test_a_good_key_begins_a_stream(nginx, book):
    assert await nginx() == 200
    assert book.told == [("begin", "abc123", "203.0.113.7:17")]


async def test_a_bad_key_begins_nothing(nginx, book):
    assert await nginx(token="salah") == 401
    assert book.told == []


async def test_a_session_that_is_over_is_refused_with_a_good_key(nginx):
    assert await nginx(name="selesai") == 401


async def test_our_own_push_is_no_stream_of_a_seller(nginx, book):
    assert await nginx(app="live", token="kunci-kita") == 200
    assert book.told == []


async def test_nginx_tells_of_end_and_recording(nginx, book):
    assert await nginx(call="publish_done") == 200
    assert await nginx(call="record_done", app="live", path="/recordings/abc123-1.flv", recorder="") == 200

    assert book.told == [
        ("end", "abc123", "203.0.113.7:17"),
        ("recording", "abc123", "/recordings/abc123-1.flv"),
    ]


async def test_only_our_media_process_fetches(nginx):
    assert await nginx(call="play", token="kunci") == 401
    assert await nginx(call="play", token="kunci-kita") == 200


async def test_words_that_ask_nothing_are_let_pass(nginx):
    assert await nginx(call="connect") == 200


# --- the door itself


async def test_nobody_enters_without_the_secret(mediamtx, nginx, book):
    assert await mediamtx(secret="salah-sama-sekali") == 403
    assert await nginx(secret="salah-sama-sekali") == 403
    assert book.told == []


async def test_the_secret_may_stand_in_a_header(book):
    door = EngineDoor(engine="mediamtx", secret=SECRET, book=book)
    body = json.dumps(ASKED).encode()

    def header(secret):
        return "Basic " + base64.b64encode(f"engine:{secret}".encode()).decode()

    assert await call(door, "/engine-hook/mediamtx/auth", body, header=header(SECRET)) == 200
    assert await call(door, "/engine-hook/mediamtx/auth", body, header=header("salah")) == 403
    assert await call(door, "/engine-hook/mediamtx/auth", body, header="Basic !!!") == 403


async def test_whoever_guesses_is_soon_not_listened_to(mediamtx, monkeypatch):
    for _ in range(engine_door._FAILURES):
        assert await mediamtx(query="token=salah") == 401

    assert await mediamtx() == 429  # even with the right key
    assert await mediamtx(ip="203.0.113.8") == 200
    monkeypatch.setattr(engine_door, "_WITHIN_S", 0)
    assert await mediamtx() == 200


async def test_guessing_the_secret_is_slowed_down_too(nginx):
    for _ in range(engine_door._FAILURES):
        assert await nginx(secret="salah-sama-sekali") == 403

    assert await nginx() == 429


@pytest.mark.parametrize("body", [b"", b"{}", b"[]", b"not json", b'{"action": 5}', b"\xff" * 50])
async def test_rubbish_is_refused_politely(book, body):
    door = EngineDoor(engine="mediamtx", secret=SECRET, book=book)

    assert await call(door, f"/engine-hook/mediamtx/auth/{SECRET}", body) == 400


async def test_long_stories_are_not_heard_out(book):
    door = EngineDoor(engine="nginx-rtmp", secret=SECRET, book=book)

    assert await call(door, f"/engine-hook/nginx-rtmp/{SECRET}", b"a=" + b"x" * 20_000) == 413


async def test_another_engine_does_not_belong_here(book):
    door = EngineDoor(engine="nginx-rtmp", secret=SECRET, book=book)

    assert await call(door, f"/engine-hook/mediamtx/auth/{SECRET}", b"{}") == 404
    assert await call(door, f"/engine-hook/nginx-rtmp/{SECRET}", b"", method="GET") == 404


async def test_neither_keys_nor_the_secret_are_logged(mediamtx, nginx, capsys, caplog):
    await mediamtx(query="token=kunci-yang-bocor")
    await nginx(token="kunci-yang-bocor")
    await nginx(secret="rahasia-yang-bocor")

    assert "bocor" not in capsys.readouterr().out + caplog.text
