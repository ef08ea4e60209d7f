"""The simulator as a program: `granian --interface wsgi shipping.simulator.wsgi:application`.

REDIS_URL             where its parcels are kept
BITESHIP_API_KEY      the key that the market calls with
BITESHIP_HOOK_SECRET  what its messages are signed with
COURIER_NOTIFY_URL    where messages go
"""

from __future__ import annotations

import hmac
import html
import json
import logging
import os
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterable
from typing import Any
from urllib.parse import parse_qs

import redis

from kit.answers import Environ, StartResponse, is_from_elsewhere, respond, see_other, sent, sent_json
from shipping.simulator.api import NEXT, Answer, Api

PAUSES = (0.0, 1.0, 3.0, 10.0)
POLICY = "default-src 'none'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
log = logging.getLogger(__name__)


class Simulator:
    """A WSGI application: the API under /v1/, the counter under /simulator-kurir/."""

    def __init__(self, api: Api, *, notify_url: str = "", secret: str = "") -> None:
        self.api, self.notify_url, self.secret = api, notify_url, secret

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "/")
        if path.startswith("/v1/"):
            status, body = self._aggregator(environ, path.removeprefix("/v1/"))
            return _respond(start_response, status, json.dumps(body).encode(), "application/json")
        if path.startswith("/simulator-kurir"):
            return self._counter(environ, path.removeprefix("/simulator-kurir").strip("/"), start_response)
        return _respond(start_response, 404, b"", "text/plain")

    def say(self, order_id: str, word: str) -> None:
        """A person at the counter said where the parcel is; the market hears of it."""
        message = self.api.move(order_id, word)
        if message and self.notify_url:
            threading.Thread(
                target=deliver, args=(self.notify_url, message, self.secret), daemon=True
            ).start()

    def _aggregator(self, environ: Environ, path: str) -> Answer:
        if not hmac.compare_digest(self.api.key, environ.get("HTTP_AUTHORIZATION", "")):
            return 401, {"success": False, "code": 40101001, "error": "Authorization failed"}
        call = (environ["REQUEST_METHOD"], *path.split("/"))
        if call == ("POST", "rates", "couriers"):
            return self.api.rates(sent_json(environ))
        if call == ("POST", "orders"):
            return self.api.order(sent_json(environ))
        if len(call) == 4 and (call[0], call[1], call[3]) == ("POST", "orders", "cancel"):
            return self.api.cancel(call[2], sent_json(environ))
        if len(call) == 3 and call[:2] == ("GET", "orders"):
            return self.api.find_order(call[2])
        if len(call) == 3 and call[:2] == ("GET", "trackings"):
            return self.api.find_tracking(call[2])
        return 404, {"success": False, "code": 40401001, "error": "Route not found"}

    def _counter(self, environ: Environ, order_id: str, start_response: StartResponse) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] != "POST":
            return _respond(start_response, 200, _page(self.api.recent()), "text/html; charset=utf-8")
        if is_from_elsewhere(environ):
            return _respond(start_response, 400, b"", "text/plain")
        word = parse_qs(sent(environ).decode("ascii", "ignore")).get("word", [""])[0]
        _, order = self.api.find_order(order_id)
        if word in NEXT.get(str(order.get("status")), ()):
            self.say(order_id, word)
        return see_other(start_response, "/simulator-kurir/")


def deliver(url: str, message: dict[str, Any], secret: str) -> bool:
    """Over real HTTP, tried again a few times."""
    request = urllib.request.Request(  # noqa: S310  # the address is the market's own
        url,
        data=json.dumps(message).encode(),
        headers={"Content-Type": "application/json", "X-Biteship-Signature": secret},
    )
    for pause in PAUSES:
        time.sleep(pause)
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310
                return bool(200 <= answer.status < 300)
        except (urllib.error.URLError, OSError) as problem:
            log.warning("message for %s was not taken: %s", message.get("order_id"), problem)
    return False


def _page(orders: list[dict[str, Any]]) -> bytes:
    """A counter for people: each parcel with buttons for where it may be next."""
    rows = "".join(_row(order) for order in orders) or "<p>Belum ada paket.</p>"
    page = (
        '<!doctype html><html lang="id"><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width"><title>Simulator kurir</title>'
        f"<h1>Simulator kurir</h1>{rows}</html>"
    )
    return page.encode()


def _row(order: dict[str, Any]) -> str:
    said = {name: html.escape(str(order["courier"][name])) for name in ("company", "type", "waybill_id")}
    buttons = "".join(
        f'<button name="word" value="{word}">{word}</button> ' for word in NEXT.get(order["status"], ())
    )
    return (
        f'<form method="post" action="/simulator-kurir/{html.escape(order["id"])}">'
        f"<p><b>{said['waybill_id']}</b> "
        f"{said['company']} {said['type']} · {html.escape(order['destination']['contact_name'])} · "
        f"<i>{html.escape(order['status'])}</i></p><p>{buttons}</p></form><hr>"
    )


def _respond(start_response: StartResponse, status: int, body: bytes, kind: str) -> Iterable[bytes]:
    return respond(start_response, status, body, kind, policy=POLICY)


def make_application() -> Simulator:
    """Never in production, where its parcels would be nobody's."""
    if os.environ.get("MARKET_ENV") == "production":
        sys.exit("The courier simulator does not run in production.")
    store = redis.Redis.from_url(os.environ["REDIS_URL"], decode_responses=True)
    return Simulator(
        Api(store, key=os.environ.get("BITESHIP_API_KEY", "")),
        notify_url=os.environ.get("COURIER_NOTIFY_URL", ""),
        secret=os.environ.get("BITESHIP_HOOK_SECRET", ""),
    )


def __getattr__(name: str) -> Simulator:
    """Made when a server asks for it, so that a mere import starts nothing."""
    if name == "application":
        return make_application()
    raise AttributeError(name)
