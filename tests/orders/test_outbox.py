"""The outbox …"""

from __future__ import annotations

from functools import partial

import pytest

from orders.models import OutboxEntry
from orders.outbox import Topic, drain
from tests.concurrency import run_at_once
from tests.orders.helpers import order_in, place

pytestmark = pytest.mark.django_db(transaction=True)


def test_hands_each_entry_to_its_topic_once():
    order = order_in("packed")
    heard: list[tuple[str, int]] = []

    done = drain({topic: partial(lambda topic, pk: heard.append((topic, pk)), topic) for topic in Topic})

    assert heard == [("placed", order.pk), ("confirmed", order.pk), ("packed", order.pk)]
    assert (done, drain({})) == (3, 0)


def test_keeps_an_entry_whose_handler_failed_and_goes_on():
    bad, good = place(), place()
    heard: list[int] = []

    def handle(order_id: int) -> None:
        if order_id == bad.pk:
            raise RuntimeError("not today")
        heard.append(order_id)

    done = drain({Topic.PLACED: handle})

    waiting = OutboxEntry.objects.filter(done_at__isnull=True)
    assert (done, heard, waiting.get().order_id) == (1, [good.pk], bad.pk)


def test_is_done_with_what_interests_nobody():
    place()

    assert drain({}) == 1
    assert not OutboxEntry.objects.filter(done_at__isnull=True).exists()


def test_gives_two_relays_different_entries():
    orders = [place() for _ in range(30)]
    heard: list[int] = []

    run_at_once(*[partial(drain, {Topic.PLACED: heard.append})] * 3)

    assert sorted(heard) == [order.pk for order in orders]
