"""One payment for several orders …"""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from ledger.models import AccountKind
from ledger.queries import balance, reconciliation
from orders import operations as orders
from orders.models import Order
from payments import operations
from payments.gateway import GatewayAnswer
from payments.models import Charge, Refund, Ticket
from payments.shares import told_apart
from tests.concurrency import run_at_once
from tests.factories import make_user, make_variant
from tests.orders.helpers import assert_stock_adds_up, counters, let_time_run_out, place

pytestmark = pytest.mark.django_db


@pytest.fixture
def joined() -> tuple[Charge, list[Order]]:
    """Orders of 35.000, 45.000 and 55.000 rupiah, of three shops."""
    buyer = make_user()
    made = [place(make_variant(price=price, stock=1), buyer=buyer) for price in (25_000, 35_000, 45_000)]
    charge = operations.join_charge(made)
    Charge.objects.filter(pk=charge.pk).update(state=Charge.State.PENDING, rank=10)
    return charge, made


def tell(charge: Charge, status: str, **fields: Any) -> str:
    fields = {"amount": charge.amount, "currency": "IDR", "is_accepted": True, **fields}
    word = GatewayAnswer(reference=charge.reference, status=status, transaction_id="T", **fields)
    return str(operations.apply_answer(word))


def states(made: list[Order]) -> list[str]:
    return list(
        Order.objects.filter(pk__in=[order.pk for order in made])
        .order_by("pk")
        .values_list("state", flat=True)
    )


def test_pays_each_order_once_however_often_it_is_told(joined):
    charge, made = joined

    verdicts = [tell(charge, status) for status in ("settlement", "settlement", "capture", "pending")]

    assert verdicts == ["applied", "stale", "stale", "stale"]
    assert states(made) == ["confirmed"] * 3
    assert balance(AccountKind.GATEWAY_CLEARING) == -balance(AccountKind.ESCROW) != 0
    assert_stock_adds_up()


def test_believes_no_other_amount(joined):
    charge, made = joined

    assert tell(charge, "settlement", amount=made[0].total) == "wrong_amount"
    assert states(made) == ["pending"] * 3


def test_waits_as_long_as_the_first_of_them(joined):
    _charge, made = joined

    assert Order.objects.values("pay_by").distinct().count() == 1
    assert Order.objects.get(pk=made[2].pk).pay_by == min(order.pay_by for order in made)


def test_gives_all_units_back_when_nobody_paid(joined):
    charge, made = joined
    let_time_run_out(*made)

    assert orders.expire_unpaid(2) == 3
    assert states(made) == ["expired"] * 3
    assert tell(charge, "expire") == "applied"
    assert_stock_adds_up()


def test_late_money_buys_what_is_there_and_sends_the_rest_back(joined):
    charge, made = joined
    let_time_run_out(*made)
    orders.expire_unpaid(10)
    taken = made[1].lines.get().variant
    orders.mark_paid(place(taken).pk)

    assert tell(charge, "settlement") == "late"

    refund, ticket = Refund.objects.get(), Ticket.objects.get()
    assert states(made) == ["confirmed", "refund_due", "confirmed"]
    assert (refund.order, refund.amount) == (made[1], made[1].total)
    assert (ticket.kind, ticket.order) == ("late_money", made[1])
    assert counters(taken) == {"available": 0, "reserved": 0, "sold": 1}
    assert_stock_adds_up()


def test_sends_back_a_line_of_one_order_alone(joined):
    charge, made = joined
    tell(charge, "settlement")
    line = made[1].lines.get()

    [refund] = operations.refund_lines(made[1], {line.pk: 1}, reason="Rusak", key="retur-1")

    assert refund.amount == 35_000
    assert {part.order_id: part.returned for part in charge.parts.all()} == {
        made[0].pk: 0,
        made[1].pk: 35_000,
        made[2].pk: 0,
    }


def test_a_chargeback_of_all_is_a_ticket_for_each_order(joined):
    charge, made = joined
    tell(charge, "settlement")

    verdicts = [tell(charge, "chargeback", returned=charge.amount) for _ in range(2)]

    tickets = Ticket.objects.order_by("order_id")
    assert verdicts == ["applied", "stale"]
    assert [(ticket.kind, ticket.order, ticket.amount) for ticket in tickets] == [
        ("chargeback", order, order.total) for order in made
    ]
    staff = make_user(is_staff=True)
    for ticket in tickets:
        operations.charge_to_order(ticket, by=staff, note="Bank menang")
    assert all(part.returned == part.amount for part in charge.parts.all())
    assert balance(AccountKind.GATEWAY_UNEXPLAINED) == balance(AccountKind.ESCROW) == 0
    assert balance(AccountKind.GATEWAY_CLEARING) == 0
    assert reconciliation().is_clean


def test_a_chargeback_of_just_the_second_order_is_its_own(joined):
    charge, made = joined
    tell(charge, "settlement")

    tell(charge, "partial_chargeback", returned=made[1].total)

    assert Ticket.objects.get().order == made[1]


def test_an_odd_sum_waits_for_a_person_to_say_whose_it_was(joined):
    charge, made = joined
    tell(charge, "settlement")
    tell(charge, "partial_chargeback", returned=50_000)
    ticket, staff = Ticket.objects.get(), make_user(is_staff=True)
    assert ticket.order is None

    with pytest.raises(operations.NotHere):
        operations.charge_to_order(ticket, by=staff, note="Entah", order_id=place().pk)
    operations.charge_to_order(ticket, by=staff, note="Sebagian", order_id=made[1].pk)
    rest = Ticket.objects.get(closed_at__isnull=True)
    operations.charge_to_order(rest, by=staff, note="Sisanya", order_id=made[0].pk)

    assert {part.order_id: part.returned for part in charge.parts.all()} == {
        made[0].pk: 5_000,
        made[1].pk: 45_000,
        made[2].pk: 0,
    }
    assert balance(AccountKind.GATEWAY_UNEXPLAINED) == 0
    assert tell(charge, "partial_chargeback", returned=50_000) == "stale"


def test_the_desk_asks_whose_money_it_was(joined, client: Client):
    charge, made = joined
    tell(charge, "settlement")
    tell(charge, "partial_chargeback", returned=50_000)
    staff = make_user(is_staff=True)
    staff.user_permissions.add(Permission.objects.get(codename="change_ticket"))
    client.force_login(staff)
    address = f"/ops/pembayaran/tiket/{Ticket.objects.get().pk}/"

    page = client.get(address).content.decode()
    client.post(f"{address}tindakan/", {"to_order": "1", "note": "Punya dia", "order": made[2].pk})

    assert all(order.number in page for order in made)
    assert Ticket.objects.get().order == made[2]


def test_nothing_is_sent_again_of_what_was_charged_back(joined):
    charge, made = joined
    let_time_run_out(*made)
    orders.expire_unpaid(10)
    orders.mark_paid(place(made[1].lines.get().variant).pk)
    tell(charge, "settlement")

    tell(charge, "chargeback", returned=charge.amount)

    assert Refund.objects.get().state == Refund.State.SENT
    assert {ticket.order for ticket in Ticket.objects.filter(kind="chargeback")} == {made[0], made[2]}
    assert reconciliation().is_clean


@pytest.mark.django_db(transaction=True)
def test_is_settled_while_its_orders_run_out_and_others_buy():
    buyer = make_user()
    shared = [make_variant(stock=20) for _ in range(2)]
    charges = []
    for pair in (shared, shared[::-1], shared):
        made = [place(variant, buyer=buyer) for variant in pair]
        charges.append(operations.join_charge(made))
    overdue = [place(variant) for variant in shared]
    let_time_run_out(*overdue)

    outcomes = run_at_once(
        *[partial(tell, charge, "settlement") for charge in charges for _ in range(2)],
        partial(orders.expire_unpaid, 5),
    )

    assert [outcome for outcome in outcomes if isinstance(outcome, Exception)] == []
    assert Order.objects.filter(state="confirmed").count() == 6
    assert_stock_adds_up()


@given(left=st.dictionaries(st.integers(1, 9), st.integers(0, 50), max_size=6), gone=st.integers(1, 200))
def test_tells_apart_no_more_than_there_was(left: dict[int, int], gone: int):
    shares = told_apart(left, gone)

    assert sum(shares.values()) in (0, gone)
    assert all(0 < share <= left[name] for name, share in shares.items())
    if gone == sum(left.values()):
        assert sum(shares.values()) == gone
