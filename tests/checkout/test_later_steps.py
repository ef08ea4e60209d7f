"""What buyer and shop may still do to an order, and what they may not."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.orders.helpers import order_in

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("state", ["pending", "confirmed"])
def test_the_buyer_changes_their_mind_before_it_is_packed(client: Client, state: str) -> None:
    order = order_in(state)
    client.force_login(order.buyer)

    client.post(f"/pesanan/{order.number}/batal/")

    order.refresh_from_db()
    assert order.state in {"cancelled", "refund_due"}


def test_a_packed_parcel_is_not_taken_back_by_its_buyer(client: Client) -> None:
    """It may be with the courier already: they would have both the goods and the money."""
    order = order_in("packed")
    client.force_login(order.buyer)

    client.post(f"/pesanan/{order.number}/batal/", {"reason": "Tidak jadi"})

    order.refresh_from_db()
    assert order.state == "packed"


def test_the_shop_still_stops_a_packed_parcel(client: Client) -> None:
    order = order_in("packed")
    client.force_login(order.shop.owner)

    client.post(f"/pesanan/{order.number}/batal/", {"reason": "Barangnya rusak"})

    order.refresh_from_db()
    assert (order.state, order.cancel_reason) == ("refund_due", "Barangnya rusak")


def test_a_reason_is_kept_as_others_may_read_it(client: Client) -> None:
    order = order_in("pending")
    client.force_login(order.buyer)

    client.post(f"/pesanan/{order.number}/batal/", {"reason": "Salah\x00 \u202epesan"})

    order.refresh_from_db()
    assert order.cancel_reason == "Salah pesan"
