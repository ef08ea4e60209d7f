"""Whatever happens to orders from the basket to the bank, and wherever a process dies …

LIVES=400 runs so many lives instead of a few, and says what happened in them.
"""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test
from pytest_django.fixtures import Settings

from orders.models import Order
from tests.checkout.whole_life import WholeLife
from tests.crashing import die_at
from tests.orders.helpers import order_in
from tests.payments.conftest import no_gateway

__all__ = ["no_gateway"]  # a fixture
LIVES = int(os.environ.get("LIVES", 4))


@pytest.mark.django_db
@pytest.mark.timeout(0 if LIVES > 10 else 120)
def test_no_rupiah_appears_or_vanishes(no_gateway: None) -> None:
    WholeLife.done.clear()
    patient = settings(
        max_examples=LIVES,
        stateful_step_count=40,
        deadline=None,
        derandomize=LIVES <= 10,
        print_blob=True,
        suppress_health_check=list(HealthCheck),
    )

    run_state_machine_as_test(WholeLife, settings=patient)

    print(dict(sorted(WholeLife.done.items())))  # seen with -s


@pytest.mark.django_db
def test_a_death_in_the_middle_leaves_all_or_nothing(no_gateway: None, settings: Settings) -> None:
    """Else the story above would prove nothing: the one who dies is thrown out and nothing is half done."""
    from checkout import operations as checkout

    fates = set()
    for statement in range(60):
        order = order_in("confirmed")
        died = die_at(statement, lambda order=order: checkout.cancel(order, reason="Tidak jadi"))  # type: ignore[misc]
        order.refresh_from_db()
        stock = order.lines.get().variant.stock
        fates.add((died, order.state, stock.available))
    assert fates == {(True, "confirmed", 4), (True, "refund_due", 5), (False, "refund_due", 5)}
    assert Order.objects.count() == 60
