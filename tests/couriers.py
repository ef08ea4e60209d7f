"""A courier aggregator that really answers over HTTP, for every test that asks for one."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

import redis
from django.conf import settings as market

from shipping.simulator.api import Api
from shipping.simulator.wsgi import Simulator

KEY, SECRET = "biteship_test.key", "hook-secret"


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        pass


@dataclass
class Desk:
    """The simulator as a test holds it."""

    api: Api
    calls: list[tuple[str, str]]
    broken: bool = False

    def move(self, aggregator_id: str, word: str) -> dict[str, Any]:
        message = self.api.move(aggregator_id, word)
        assert message
        return message


@contextmanager
def answering(settings: Any) -> Iterator[Desk]:
    store = redis.Redis.from_url(market.REDIS_URL, decode_responses=True)
    desk = Desk(Api(store, key=KEY, prefix=f"couriers-{uuid.uuid4().hex}"), [])
    simulator = Simulator(desk.api)

    def application(environ: dict[str, Any], start_response: Any) -> Any:
        desk.calls.append((environ["REQUEST_METHOD"], environ["PATH_INFO"]))
        if desk.broken:
            start_response("503 Service Unavailable", [("Content-Length", "2")])
            return [b"{}"]
        return simulator(environ, start_response)

    server = _Server(("127.0.0.1", 0), _Quiet)
    server.set_app(application)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    settings.BITESHIP_BASE_URL = f"http://127.0.0.1:{server.server_port}"
    settings.BITESHIP_API_KEY, settings.BITESHIP_HOOK_SECRET = KEY, SECRET
    try:
        yield desk
    finally:
        server.shutdown()
        server.server_close()
