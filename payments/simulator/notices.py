"""Signed notices over real HTTP, tried again until they are taken."""

from __future__ import annotations

import json
import logging
import threading
import time
import urllib.error
import urllib.request
from typing import Any, cast

import redis

from payments.signatures import signature

PAUSES = (0.0, 2.0, 5.0, 15.0, 60.0, 300.0, 900.0)  # seconds before each try
ANSWER_SECONDS = 10
log = logging.getLogger(__name__)


def signed(body: dict[str, Any], key: str) -> dict[str, Any]:
    order_id, code, amount = (str(body[name]) for name in ("order_id", "status_code", "gross_amount"))
    return {**body, "signature_key": signature(order_id, code, amount, key)}


class Post:
    """Notices on their way. They outlive a restart; each try is made by one process."""

    def __init__(self, store: redis.Redis, prefix: str = "simulator") -> None:
        self.store, self.queue = store, f"{prefix}:post"

    def send(self, url: str, body: dict[str, Any], *, tried: int = 0) -> None:
        letter = json.dumps({"url": url, "body": body, "tried": tried}, sort_keys=True)
        self.store.zadd(self.queue, {letter: time.time() + PAUSES[tried]})

    def deliver_due(self) -> int:
        """Try what is due; returns how many were taken."""
        due = cast("list[str]", self.store.zrangebyscore(self.queue, 0, time.time(), start=0, num=50))
        return sum(self._deliver(json.loads(letter)) for letter in due if self.store.zrem(self.queue, letter))

    def _deliver(self, letter: dict[str, Any]) -> bool:
        if _was_taken(letter["url"], letter["body"]):
            return True
        tried = letter["tried"] + 1
        if tried < len(PAUSES):
            self.send(letter["url"], letter["body"], tried=tried)
        return False


def _was_taken(url: str, body: dict[str, Any]) -> bool:
    request = urllib.request.Request(  # noqa: S310  # the address comes from the market's own charge
        url,
        data=json.dumps(body).encode(),
        headers={"Content-Type": "application/json", "User-Agent": "Midtrans-Simulator"},
    )
    try:
        with urllib.request.urlopen(request, timeout=ANSWER_SECONDS) as answer:  # noqa: S310
            return bool(200 <= answer.status < 300)
    except (urllib.error.URLError, OSError, ValueError) as problem:
        log.warning("notice for %s was not taken: %s", body.get("order_id"), problem)
        return False


def keep_delivering(work: list[Any], stop: threading.Event, pause: float = 0.2) -> threading.Thread:
    """Call each piece of work again and again in the background, until told to stop."""

    def run() -> None:
        while not stop.wait(pause):
            for piece in work:
                try:
                    piece()
                except redis.RedisError as problem:
                    log.warning("the store does not answer: %s", problem)

    thread = threading.Thread(target=run, name="simulator-post", daemon=True)
    thread.start()
    return thread
