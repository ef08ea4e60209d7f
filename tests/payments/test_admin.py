"""Staff …"""

from __future__ import annotations

import pytest
from django.test import Client

from orders.models import Order
from payments.models import Charge
from tests.factories import make_user
from tests.orders.helpers import order_in
from tests.payments.conftest import charge_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(client: Client) -> Client:
    client.force_login(make_user(is_staff=True, is_superuser=True))
    return client


def charged(state: str) -> Order:
    order = order_in(state)
    Charge.objects.create(order=order, method=order.method, amount=order.total, state="paid", rank=40)
    return order


def act(staff: Client, order: Order) -> None:
    fields = {"action": "record_refund", "_selected_action": [charge_of(order).pk]}
    staff.post("/ops/admin/payments/charge/", fields)


def test_records_a_refund_paid_out_by_hand(staff: Client):
    order = charged("refund_due")

    act(staff, order)

    order.refresh_from_db()
    assert (order.state, charge_of(order).state) == ("refunded", "refunded")


def test_cannot_refund_what_is_on_its_way(staff: Client):
    order = charged("shipped")

    act(staff, order)

    order.refresh_from_db()
    assert (order.state, charge_of(order).state) == ("shipped", "paid")


@pytest.mark.parametrize(
    "page", ["orders/order", "orders/outboxentry", "payments/charge", "payments/gatewaynotice"]
)
def test_sees_every_list(staff: Client, page: str):
    charged("refund_due")

    assert staff.get(f"/ops/admin/{page}/").status_code == 200
