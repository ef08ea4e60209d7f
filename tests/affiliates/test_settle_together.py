"""Settlement among others who write, and when it is killed ..."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from datetime import timedelta
from functools import partial

import pytest
from django.db import connection, transaction
from django.utils import timezone

from affiliates.models import CommissionPosting, CommissionWake, SettlementBatch
from affiliates.operations import reverse_commission, settle, settle_all
from affiliates.queries import amount_due
from tests.affiliates.market import assert_books_are_clean, earned, make_affiliate, make_commission, ripen
from tests.concurrency import run_at_once
from tests.factories import make_shop

pytestmark = pytest.mark.django_db(transaction=True)


def test_pays_once_when_two_run_at_the_same_moment() -> None:
    affiliate, shop = make_affiliate(), make_shop()
    ripen(*(make_commission(affiliate=affiliate, shop=shop) for _ in range(20)))

    outcomes = run_at_once(*[partial(settle, timezone.now())] * 4)

    assert sum(batch.count for batch in outcomes if batch) == 20
    assert SettlementBatch.objects.count() == 1
    assert earned(affiliate) == 20 * 2_500
    assert_books_are_clean()


def test_steps_aside_while_another_run_is_under_way() -> None:
    ripen(make_commission())
    outcome: list[object] = []

    def other() -> None:
        outcome.append(settle(timezone.now()))
        connection.close()

    with transaction.atomic():
        assert settle(timezone.now()) is not None
        thread = threading.Thread(target=other)
        thread.start()
        thread.join(timeout=5)

    assert outcome == [None]
    assert CommissionPosting.objects.count() == 1


def settle_once() -> None:
    settle(timezone.now())
    connection.close()


def test_never_loses_a_refund_that_is_in_flight_behind_another() -> None:
    """Refund 1 is told and settled while refund 2 waits for its commit: both must be taken back."""
    commission = make_commission(price=10_000, quantity=4, rate_bp=1_650)
    ripen(commission)
    settle(timezone.now())
    reverse_commission(commission.line, units=1, source="return:1")
    written, go_on = threading.Event(), threading.Event()

    def second_refund() -> None:
        with transaction.atomic():
            reverse_commission(commission.line, units=2, source="return:2")
            written.set()
            go_on.wait(timeout=10)
        connection.close()

    thread = threading.Thread(target=second_refund)
    thread.start()
    assert written.wait(timeout=10)
    # The settlement's books wait for nobody but the ledger's lock, which the refund holds.
    settler = threading.Thread(target=settle_once)
    settler.start()
    time.sleep(0.3)
    go_on.set()
    thread.join()
    settler.join()
    settle_all(timezone.now())

    assert amount_due(commission) == 1_650
    assert earned(commission.affiliate) == 1_650
    assert not CommissionWake.objects.exists()
    assert_books_are_clean()


def test_sees_a_refund_that_commits_between_its_two_looks() -> None:
    """A refund of what was never settled, committed while the first settlement is being computed."""
    commission = make_commission(quantity=4)
    ripen(commission)
    written, go_on = threading.Event(), threading.Event()

    def refund() -> None:
        with transaction.atomic():
            reverse_commission(commission.line, units=1, source="return:1")
            written.set()
            go_on.wait(timeout=10)
        connection.close()

    thread = threading.Thread(target=refund)
    thread.start()
    assert written.wait(timeout=10)
    settler = threading.Thread(target=settle_once)
    settler.start()
    time.sleep(0.3)
    go_on.set()
    thread.join()
    settler.join()
    settle_all(timezone.now())

    assert earned(commission.affiliate) == 7_500
    assert_books_are_clean()


def test_counts_two_refunds_of_one_commission_one_after_the_other() -> None:
    commission = make_commission(quantity=4)
    ripen(commission)
    settle(timezone.now())

    refunds = [partial(reverse_commission, commission.line, units=1, source=f"return:{n}") for n in range(4)]
    assert run_at_once(*refunds) == [None] * 4
    settle_all(timezone.now())

    assert earned(commission.affiliate) == 0
    assert_books_are_clean()


def test_pays_once_while_sales_refunds_and_settlements_go_on() -> None:
    affiliate, shop = make_affiliate(), make_shop()
    commissions = [make_commission(affiliate=affiliate, shop=shop, quantity=2) for _ in range(24)]
    ripen(*commissions)

    def refund(part: int) -> None:
        for commission in commissions[part::3]:
            reverse_commission(commission.line, units=1, source=f"return:{commission.pk}")

    def keep_settling() -> None:
        until = time.monotonic() + 1.5
        while time.monotonic() < until:
            settle(timezone.now(), at_most=3)

    outcomes = run_at_once(*[keep_settling] * 2, *[partial(refund, part) for part in (0, 1)])
    settle_all(timezone.now())

    assert outcomes == [None] * 4
    assert earned(affiliate) == 8 * 5_000 + 16 * 2_500
    assert_books_are_clean()


SETTLER = """
import django, sys, time
from datetime import datetime, UTC
django.setup()
from affiliates.operations import settle
print("ready", flush=True)
while True:
    settle(datetime.now(UTC), at_most=2)
"""


def test_loses_and_doubles_nothing_when_a_process_is_killed() -> None:
    affiliate, shop = make_affiliate(), make_shop()
    commissions = [make_commission(affiliate=affiliate, shop=shop, quantity=2) for _ in range(40)]
    ripen(*commissions)

    for round_ in range(4):
        with _settler() as process:
            for commission in commissions[round_::4]:
                reverse_commission(commission.line, units=1, source=f"return:{commission.pk}")
            time.sleep(0.03 * round_)
            os.kill(process.pid, signal.SIGKILL)
    settle_all(timezone.now())

    assert earned(affiliate) == 40 * 2_500
    assert CommissionPosting.objects.values("commission_id").distinct().count() == 40
    assert_books_are_clean()


def _settler() -> subprocess.Popen[str]:
    """A process of its own that settles two at a time, without pause, in the tests' database."""
    database = connection.settings_dict
    url = f"postgres://{database['USER']}@/{database['NAME']}?host={database['HOST']}"
    process = subprocess.Popen(
        [sys.executable, "-c", SETTLER],
        env={**os.environ, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "umkm_market.settings"},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def test_takes_no_longer_than_a_moment_behind_an_open_sale() -> None:
    """An open sale of an hour ago still falls into the range that the next run looks at."""
    commission, later = make_commission(), make_commission()
    ripen(later, ago=timedelta(0))
    settle(timezone.now())

    ripen(commission, ago=timedelta(minutes=59))
    settle(timezone.now())

    assert earned(commission.affiliate) == 2_500
