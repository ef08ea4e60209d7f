"""The simulator as a program: `granian --interface wsgi payments.simulator.wsgi:application`.

REDIS_URL            where its payments are kept
MIDTRANS_SERVER_KEY  the key that the market signs in with, and notices are signed with
SIMULATOR_NOTIFY_URL where notices go, instead of where the charge says
"""

from __future__ import annotations

import base64
import hmac
import json
import os
import sys
import threading
from collections.abc import Callable, Iterable
from functools import partial
from urllib.parse import parse_qs

import redis

from kit.answers import Environ, StartResponse, is_from_elsewhere, respond, see_other, sent, sent_json
from payments.simulator import bank, ledger
from payments.simulator.api import Answer, Api
from payments.simulator.ledger import Book
from payments.simulator.notices import Post, keep_delivering

POLICY = (
    "default-src 'none'; style-src 'self'; img-src data:; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
NO_KEY: Answer = (
    401,
    {
        "status_code": "401",
        "status_message": "Transaction cannot be authorized with the current client/server key.",
    },
)


class Simulator:
    """A WSGI application: the gateway's API under /v2/, the bank app under /simulator/."""

    def __init__(self, api: Api) -> None:
        self.api = api

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "/")
        if path.startswith("/v2/"):
            return _json(start_response, self._gateway(environ, path.removeprefix("/v2/")))
        if path == "/snap/v1/transactions":
            return _json(start_response, self._page(environ))
        if path == "/reports/transactions.csv":
            return self._report(environ, start_response)
        if path.startswith("/simulator"):
            return self._bank(environ, path.removeprefix("/simulator").strip("/"), start_response)
        return _page(start_response, 404, bank.missing_page())

    # ---- the gateway -----------------------------------------------------------------------------

    def _page(self, environ: Environ) -> Answer:
        if not _has_key(environ, self.api.server_key):
            return NO_KEY
        if environ["REQUEST_METHOD"] != "POST":
            return 405, {"error_messages": ["POST only"]}
        return self.api.open_page(
            sent_json(environ),
            key=environ.get("HTTP_IDEMPOTENCY_KEY", ""),
            notice_url=environ.get("HTTP_X_OVERRIDE_NOTIFICATION", ""),
        )

    def _report(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        if not _has_key(environ, self.api.server_key):
            return _json(start_response, NO_KEY)
        day = parse_qs(environ.get("QUERY_STRING", "")).get("day", [""])[0]
        return _respond(start_response, 200, self.api.report(day).encode(), "text/csv; charset=utf-8")

    def _gateway(self, environ: Environ, path: str) -> Answer:
        if not _has_key(environ, self.api.server_key):
            return NO_KEY
        method = environ["REQUEST_METHOD"]
        if (method, path) == ("POST", "charge"):
            return self.api.charge(
                sent_json(environ),
                key=environ.get("HTTP_IDEMPOTENCY_KEY", ""),
                notice_url=environ.get("HTTP_X_OVERRIDE_NOTIFICATION", ""),
            )
        order_id, _, action = path.partition("/")
        if (method, action) == ("GET", "status"):
            return self.api.status(order_id)
        if (method, action) == ("POST", "refund"):
            return self.api.refund(order_id, sent_json(environ))
        steps = {"cancel": self.api.cancel, "expire": self.api.expire}
        if method == "POST" and action in steps:
            return steps[action](order_id)
        return 404, {"status_code": "404", "status_message": "The requested resource is not found"}

    # ---- the bank app ----------------------------------------------------------------------------

    def _bank(self, environ: Environ, order_id: str, start_response: StartResponse) -> Iterable[bytes]:
        if order_id == "bank.css":
            return _respond(start_response, 200, bank.style(), "text/css; charset=utf-8")
        if not order_id:
            return _page(start_response, 200, bank.list_page(self.api.book.recent(30)))
        if environ["REQUEST_METHOD"] == "POST":
            return self._press(environ, order_id, start_response)
        self.api.expire_overdue()
        try:
            payment = self.api.book.get(order_id)
        except ledger.Unknown:
            return _page(start_response, 404, bank.missing_page())
        return _page(start_response, 200, bank.payment_page(payment))

    def _press(self, environ: Environ, order_id: str, start_response: StartResponse) -> Iterable[bytes]:
        if is_from_elsewhere(environ):
            return _page(start_response, 403, bank.missing_page())
        presses: dict[str, Callable[[str], Answer]] = {
            "pay": self.api.pay,
            "pay-bca": partial(self.api.pay, issuer="bca"),
            "deny": self.api.deny,
            "refund": lambda order_id: self.api.refund(order_id, {"reason": "dashboard"}),
            "chargeback": self.api.charge_back,
        }
        action = parse_qs(sent(environ).decode("ascii", "ignore")).get("action", [""])[0]
        if action in presses:
            presses[action](order_id)
        return see_other(start_response, f"/simulator/{order_id}")


def _has_key(environ: Environ, server_key: str) -> bool:
    expected = "Basic " + base64.b64encode(f"{server_key}:".encode()).decode()
    return hmac.compare_digest(expected.encode(), environ.get("HTTP_AUTHORIZATION", "").encode())


def _json(start_response: StartResponse, answer: Answer) -> Iterable[bytes]:
    status, body = answer
    return _respond(start_response, status, json.dumps(body).encode(), "application/json")


def _page(start_response: StartResponse, status: int, text: str) -> Iterable[bytes]:
    return _respond(start_response, status, text.encode(), "text/html; charset=utf-8")


def _respond(start_response: StartResponse, status: int, body: bytes, kind: str) -> Iterable[bytes]:
    return respond(start_response, status, body, kind, policy=POLICY)


def make_application() -> Simulator:
    """One with its post on the way in the background; never in production, where it would pay for all."""
    if os.environ.get("MARKET_ENV") == "production":
        sys.exit("The payment simulator does not run in production.")
    store = redis.Redis.from_url(os.environ["REDIS_URL"], decode_responses=True)
    post = Post(store)
    api = Api(
        Book(store),
        post,
        server_key=os.environ.get("MIDTRANS_SERVER_KEY", "SIM-Mid-server-local"),
        notice_url=os.environ.get("SIMULATOR_NOTIFY_URL", ""),
    )
    keep_delivering([api.expire_overdue, post.deliver_due], threading.Event())
    return Simulator(api)


def __getattr__(name: str) -> Simulator:
    """Made when a server asks for it, so that a mere import starts nothing."""
    if name == "application":
        return make_application()
    raise AttributeError(name)
