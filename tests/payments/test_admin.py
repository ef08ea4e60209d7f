"""Staff …"""

from __future__ import annotations

import pytest
from django.test import Client

from tests.factories import make_user
from tests.orders.helpers import order_in
from tests.payments.conftest import charged

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "page",
    [
        "orders/order",
        "orders/outboxentry",
        "payments/charge",
        "payments/gatewaynotice",
        "payments/refund",
        "payments/bankrefund",
        "payments/proof",
        "payments/shoptill",
    ],
)
def test_sees_every_list(client: Client, page: str):
    client.force_login(make_user(is_staff=True, is_superuser=True))
    charged(order_in("refund_due"))

    assert client.get(f"/ops/admin/{page}/").status_code == 200
