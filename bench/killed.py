"""Purchases while pages and worker are killed with `kill -9`, and what is left of them afterwards.

Real processes: the pages' server, a worker with its clock, and the payment simulator, which alone lives on,
as a gateway does. Shoppers press again with the same key until they are answered, open the payment page, and
most of them pay. Nothing may be lost: who paid has an order, and every hold is used or released.
"""

from __future__ import annotations

import http.client
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlencode
from urllib.request import urlopen
from uuid import uuid4

from django.conf import settings
from django.db import connections
from django.db.models import Q
from django.utils import timezone

from bench.checkout import NO_END, make_hot_variant, scratch_database
from bench.pages_server import database_url
from bench.report import Figures, figure
from bench.shoppers import CSRF, Shopper, invite
from bench.waiting import until_it_answers
from catalog.models import Stock, Variant
from orders import proofs
from orders.models import Order
from payments.models import Charge
from umkm_market.engines import free_port

CHECKOUTS, QUICK_CHECKOUTS, AT_ONCE, SHOPPERS = 1_000, 60, 12, 100
KILLS = (0.25, 0.5, 0.75)  # when so much of the checkouts is done
NEVER_PAID = 5  # every so many'th buyer walks away
PATIENCE, SETTLING = 90.0, 600.0  # the gateway tries its notices again after minutes, too
TWO_WORKERS = ("--workers", "2", "--blocking-threads", "4")
ONE_WORKER = ("--workers", "1", "--blocking-threads", "8")
CELERY = ("-m", "celery", "-A", "umkm_market", "worker", "--beat", "--concurrency", "2", "--without-mingle")
NUMBER = re.compile(r"/bayar/(PM[0-9A-Z]{10})/")


@dataclass
class Market:
    """The processes that die, and how each is started again."""

    commands: Mapping[str, list[str]]
    environment: Mapping[str, str]
    port: int
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def start(self, name: str) -> None:
        self.running[name] = subprocess.Popen(
            self.commands[name],
            cwd=settings.BASE_DIR,
            env=dict(self.environment),
            start_new_session=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def kill(self, name: str) -> None:
        """With all its children, in the middle of whatever they do."""
        process = self.running[name]
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def kill_and_start_again(self) -> None:
        for name in ("pages", "worker"):
            self.kill(name)
            self.start(name)


def run(options: Mapping[str, Any]) -> Figures:
    wanted = QUICK_CHECKOUTS if options.get("quick") else CHECKOUTS
    with scratch_database() as name:
        shoppers, variant = invite(SHOPPERS), make_hot_variant(wanted)
        with _market(name) as market:
            begun = time.monotonic()
            numbers = _buy_amid_kills(market, shoppers, variant, wanted)
            paid = _pay(market.environment["MIDTRANS_BASE_URL"], numbers)
            market.kill_and_start_again()  # while notices are on their way, stored or half handled
            _let_the_others_lapse(paid)
            killed = time.monotonic()
            _wait_until(lambda: not _unsettled(paid).exists())
            settled = time.monotonic()
        return {
            **_figures(wanted, numbers, paid, variant),
            "settled_after": figure(settled - killed, "s"),
            "seconds": figure(settled - begun, "s"),
        }


def _figures(wanted: int, numbers: list[str], paid: set[str], variant: Variant) -> Figures:
    stock = Stock.objects.get(variant=variant)
    confirmed = Order.objects.filter(state=Order.State.CONFIRMED)
    lost = paid - set(confirmed.values_list("number", flat=True))
    findings = proofs.look_through()
    return {
        "checkouts": figure(len(set(numbers)), "orders", wanted),
        "kills": figure((len(KILLS) + 1) * 2, "processes"),
        "paid": figure(len(paid), "orders"),
        "paid_without_order": figure(len(lost), "orders"),
        "orders_too_many": figure(Order.objects.count() - len(set(numbers)), "orders"),
        "holds_left": figure(stock.reserved, "units"),
        "sold_unlike_paid": figure(abs(stock.sold - len(paid)), "units"),
        "proofs_broken": figure(len(findings.miscounted) + len(findings.strayed), "findings"),
    }


@contextmanager
def _market(database: str) -> Iterator[Market]:
    pages, simulator = free_port(), free_port()
    granian = str(Path(sys.executable).parent / "granian")
    served = [granian, "--interface", "wsgi", "--host", "127.0.0.1", "--log-level", "error", "--port"]
    with TemporaryDirectory() as folder:
        commands = {
            "pages": [*served, str(pages), *TWO_WORKERS, "umkm_market.wsgi:application"],
            "simulator": [*served, str(simulator), *ONE_WORKER, "payments.simulator.wsgi:application"],
            "worker": [sys.executable, *CELERY, "-s", f"{folder}/beat"],
        }
        market = Market(commands, _environment(database, pages, simulator), pages)
        try:
            for name in commands:
                market.start(name)
            until_it_answers(f"http://127.0.0.1:{pages}/livez", PATIENCE)
            until_it_answers(f"http://127.0.0.1:{simulator}/simulator/", PATIENCE)
            yield market
        finally:
            for name in market.running:
                market.kill(name)


def _environment(database: str, pages: int, simulator: int) -> dict[str, str]:
    """A Valkey database of its own, so that no other worker takes these tasks."""
    return {
        **os.environ,
        "DATABASE_URL": database_url(database),
        "REDIS_URL": re.sub(r"(/\d+)?$", "/9", settings.REDIS_URL, count=1),
        "SITE_URL": f"http://127.0.0.1:{pages}",
        "MIDTRANS_BASE_URL": f"http://127.0.0.1:{simulator}",
        "SIMULATOR_URL": f"http://127.0.0.1:{simulator}/simulator",
        "SIMULATOR_NOTIFY_URL": f"http://127.0.0.1:{pages}/hooks/midtrans/",
        "MOST_UNPAID_ORDERS": NO_END,
        "LOG_LEVEL": "ERROR",
    }


def _buy_amid_kills(market: Market, shoppers: list[Shopper], variant: Variant, wanted: int) -> list[str]:
    with ThreadPoolExecutor(AT_ONCE) as people:
        buying = [
            people.submit(_buy, market.port, shoppers[turn % len(shoppers)], variant.pk)
            for turn in range(wanted)
        ]
        for share in KILLS:
            _wait_until(lambda share=share: sum(each.done() for each in buying) >= wanted * share)  # type: ignore[misc]
            market.kill_and_start_again()
        return [each.result() for each in buying]


def _buy(port: int, shopper: Shopper, variant_id: int) -> str:
    """Press until answered, always with the same key; the payment page then makes the charge."""
    form = {
        "csrfmiddlewaretoken": CSRF,
        "buyer": shopper.user_id,
        "variant": variant_id,
        "quantity": 1,
        "address": shopper.address_id,
        "method": "qris",
        "key": str(uuid4()),
    }
    page = _asked_until_answered(port, shopper, "POST", f"/beli/{variant_id}/", urlencode(form))
    found = NUMBER.search(page)
    if found is None:
        raise RuntimeError(f"No order was placed: {page[:300]}")
    _asked_until_answered(port, shopper, "GET", f"/bayar/{found[1]}/", "")
    return found[1]


def _asked_until_answered(port: int, shopper: Shopper, method: str, path: str, body: str) -> str:
    headers = {
        "Host": f"127.0.0.1:{port}",
        "Cookie": f"sessionid={shopper.session}; csrftoken={CSRF}",
        "HX-Request": "true",
        "Content-Type": "application/x-www-form-urlencoded",
    }
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        with suppress(OSError, http.client.HTTPException):
            wire = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
            wire.request(method, path, body, headers)
            answer = wire.getresponse()
            text = answer.read().decode()
            wire.close()
            if answer.status == 200:
                return text
        time.sleep(0.1)
    raise TimeoutError(path)


def _pay(simulator: str, numbers: list[str]) -> set[str]:
    """In the bank's app; its notices go to pages that have just come up again."""
    payers = {number for place, number in enumerate(numbers) if place % NEVER_PAID}
    charges = Charge.objects.filter(parts__order__number__in=payers).exclude(transaction_id="")
    paid = set()
    for reference, number in charges.values_list("reference", "parts__order__number"):
        with urlopen(f"{simulator}/simulator/{reference}", b"action=pay", timeout=10):  # noqa: S310
            paid.add(number)
    return paid


def _let_the_others_lapse(paid: set[str]) -> None:
    waiting = Order.objects.filter(state=Order.State.PENDING).exclude(number__in=paid)
    waiting.update(pay_by=timezone.now() - timedelta(seconds=1))


def _unsettled(paid: set[str]) -> Any:
    return Order.objects.filter(
        Q(state=Order.State.PENDING) | Q(number__in=paid) & ~Q(state=Order.State.CONFIRMED)
    )


def _wait_until(is_so: Callable[[], bool]) -> None:
    end = time.monotonic() + SETTLING
    while time.monotonic() < end and not is_so():
        time.sleep(0.1)
    connections.close_all()
