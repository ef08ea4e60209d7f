"""The operators' desk …"""

from __future__ import annotations

from datetime import date

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from accounts.models import User
from checkout.operations import cancel
from ledger.models import AccountKind
from ledger.queries import balance, reconciliation
from orders.models import Order
from payments import operations
from payments.gateway import ReportLine
from payments.midtrans import read_report
from payments.models import Charge, GatewayNotice, MethodPause, Refund, Ticket
from tests.factories import make_user, make_variant
from tests.orders.helpers import let_time_run_out, order_in, place
from tests.payments.conftest import Gateway
from tests.payments.test_methods import hear

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def operator(client: Client) -> User:
    user = make_user(is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="change_ticket"))
    client.force_login(user)
    return user


@pytest.mark.parametrize("page", ["tickets", "notices"])
def test_a_search_for_what_no_database_holds_finds_nothing(client: Client, operator: User, page: str):
    assert client.get(reverse(f"payments:{page}"), {"q": "PM\0"}).status_code == 200


def paid(gateway: Gateway, method: str = "qris") -> Order:
    order = place(method=method)
    operations.open_charge(order)
    gateway.pay(order)
    assert hear(gateway, order.number) == "applied"
    return order


def act(client: Client, ticket: Ticket, action: str, note: str = "Sudah dicek"):
    return client.post(f"/ops/pembayaran/tiket/{ticket.pk}/tindakan/", {action: "1", "note": note})


@pytest.mark.parametrize("page", ["", "notifikasi/", "laporan/"])
def test_is_there_only_for_staff_with_the_permission(client: Client, operator: User, page: str):
    url = f"/ops/pembayaran/{page}"
    assert client.get(url).status_code == 200

    for other in (make_user(is_staff=True), make_user()):
        client.force_login(other)
        assert client.get(url).status_code == 404
    client.logout()
    assert client.get(url).status_code == 302


def test_does_nothing_for_others(client: Client):
    ticket = operations.open_ticket(Ticket.Kind.UNKNOWN_ORDER, "x", reference="PMX")
    client.force_login(make_user(is_staff=True))

    assert act(client, ticket, "close").status_code == 404
    assert client.post("/ops/pembayaran/jeda/", {"method": "qris", "note": "iseng"}).status_code == 404

    ticket.refresh_from_db()
    assert ticket.closed_at is None
    assert not MethodPause.objects.exists()


# ---- each happening has its line ---------------------------------------------------------------------


def _late(gateway: Gateway) -> str:
    variant = make_variant(stock=1)
    order = place(variant)
    operations.open_charge(order)
    let_time_run_out(order)
    from orders.operations import expire_unpaid

    expire_unpaid(10)
    order_in("confirmed", variant)
    gateway.pay(order)
    assert hear(gateway, order.number) == "late"
    return order.number


def _wrong_amount(gateway: Gateway) -> str:
    order = place()
    operations.open_charge(order)
    gateway.pay(order)
    Charge.objects.update(amount=order.total - 1)
    assert hear(gateway, order.number) == "wrong_amount"
    return order.number


def _unknown(gateway: Gateway) -> str:
    gateway.api.charge(
        {"payment_type": "qris", "transaction_details": {"order_id": "PMNOSUCH", "gross_amount": 5_000}}
    )
    gateway.api.pay("PMNOSUCH")
    assert hear(gateway, "PMNOSUCH") == "unknown_order"
    return "PMNOSUCH"


def _not_confirmed(gateway: Gateway) -> str:
    order = place()
    operations.open_charge(order)
    notice = operations.record_notice(gateway.notice(order, "settlement"))
    operations.apply_notice(notice.pk)
    return order.number


def _unasked(gateway: Gateway) -> str:
    order = paid(gateway)
    gateway.api.refund(order.number, {"refund_key": "dashboard", "amount": 1_000})
    assert hear(gateway, order.number) == "applied"
    assert hear(gateway, order.number) == "applied"  # the same message, long done with
    return order.number


def _chargeback(gateway: Gateway) -> str:
    order = paid(gateway, "card")
    gateway.api.charge_back(order.number)
    assert hear(gateway, order.number) == "applied"
    return order.number


def _by_hand(gateway: Gateway) -> str:
    order = paid(gateway, "va_bni")
    cancel(order, reason="Stok rusak")
    return order.number


HAPPENINGS = {
    "late_money": _late,
    "wrong_amount": _wrong_amount,
    "unknown_order": _unknown,
    "not_confirmed": _not_confirmed,
    "unasked_refund": _unasked,
    "chargeback": _chargeback,
    "refund_by_hand": _by_hand,
}


@pytest.mark.parametrize("kind", HAPPENINGS)
def test_has_one_line_for_each_strange_thing(gateway: Gateway, client: Client, operator: User, kind: str):
    reference = HAPPENINGS[kind](gateway)

    ticket = Ticket.objects.get()
    page = client.get(f"/ops/pembayaran/?kind={kind}&q={reference}").content.decode()

    assert (ticket.kind, ticket.reference) == (kind, reference)
    assert f"/ops/pembayaran/tiket/{ticket.pk}/" in page
    assert client.get(f"/ops/pembayaran/tiket/{ticket.pk}/").status_code == 200
    assert reconciliation().is_clean


def test_tries_a_notice_again_when_it_is_clear_by_now(gateway: Gateway, client: Client, operator: User):
    number = _not_confirmed(gateway)
    gateway.api.pay(number)

    act(client, Ticket.objects.get(), "retry", note="")

    assert GatewayNotice.objects.get().verdict == "applied"
    assert Order.objects.get().state == "confirmed"
    assert Ticket.objects.get().notes.get().author == operator


def test_closes_a_ticket_with_a_note_and_once(client: Client, operator: User):
    ticket = operations.open_ticket(Ticket.Kind.UNKNOWN_ORDER, "x", reference="PMX")

    assert act(client, ticket, "close", note="").status_code == 422
    act(client, ticket, "close")
    act(client, ticket, "close", note="Lagi")

    ticket.refresh_from_db()
    assert ticket.closed_by == operator
    assert [note.text for note in ticket.notes.all()] == ["Sudah dicek"]


def test_says_whose_money_the_gateway_took(gateway: Gateway, client: Client, operator: User):
    number = _unasked(gateway)
    total = Order.objects.get(number=number).total
    assert balance(AccountKind.GATEWAY_UNEXPLAINED) == -1_000
    assert balance(AccountKind.GATEWAY_CLEARING) == 1_000 - total

    act(client, Ticket.objects.get(), "to_order")

    assert balance(AccountKind.GATEWAY_UNEXPLAINED) == 0
    assert balance(AccountKind.ESCROW) == total - 1_000
    with pytest.raises(operations.TooMuch):  # not twice
        operations.refund_lines(
            Order.objects.get(),
            {Order.objects.get().lines.get().pk: 1},
            reason="x",
            key="x",
            shipping=Order.objects.get().shipping_fee,
        )


def test_bears_a_chargeback(gateway: Gateway, client: Client, operator: User):
    order = Order.objects.get(number=_chargeback(gateway))

    act(client, Ticket.objects.get(), "bear")

    assert balance(AccountKind.WRITE_OFF) == -order.total
    assert balance(AccountKind.GATEWAY_UNEXPLAINED) == balance(AccountKind.GATEWAY_CLEARING) == 0


def test_pays_a_refund_out_by_hand(gateway: Gateway, client: Client, operator: User):
    order = Order.objects.get(number=_by_hand(gateway))
    refund, ticket = Refund.objects.get(), Ticket.objects.get()
    act(client, ticket, "transfer", note="TRF 1")  # nobody knows where to yet
    client.force_login(order.buyer)
    given = {"bank": "BRI", "account_number": "0012-3456-78", "account_name": "Sari Dewi"}
    assert client.post(f"/pengembalian/{refund.pk}/", {**given, "account_number": "x"}).status_code == 422
    assert client.post(f"/pengembalian/{refund.pk}/", given).status_code == 302
    client.force_login(operator)
    assert "0012345678" in client.get(f"/ops/pembayaran/tiket/{ticket.pk}/").content.decode()

    act(client, ticket, "transfer", note="TRF 1")

    order.refresh_from_db()
    ticket.refresh_from_db()
    assert (order.state, bool(ticket.closed_at)) == ("refunded", True)
    client.force_login(make_user())
    assert client.get(f"/pengembalian/{refund.pk}/").status_code == 404


def test_pauses_a_way_to_pay_and_opens_it_again(client: Client, operator: User):
    url = "/ops/pembayaran/jeda/"
    client.post(url, {"method": "qris"})
    client.post(url, {"method": "cheque", "note": "Tidak ada"})
    assert not MethodPause.objects.exists()

    client.post(url, {"method": "qris", "note": "Gerbang gangguan"})
    assert MethodPause.objects.get().paused_by == operator

    client.post(url, {"method": "qris", "resume": "1"})
    assert not MethodPause.objects.exists()


@pytest.mark.parametrize("rows", [1, 3])
def test_reads_its_lists_with_the_same_questions(
    client: Client, operator: User, rows: int, django_assert_max_num_queries
):
    for number in range(rows):
        operations.open_ticket(Ticket.Kind.UNKNOWN_ORDER, str(number), reference=f"PM{number}", order=place())

    with django_assert_max_num_queries(14):
        client.get("/ops/pembayaran/")


# ---- the gateway's list against the books ------------------------------------------------------------


def lines_of(order: Order, **fields: int) -> ReportLine:
    return ReportLine(reference=order.number, status="settlement", amount=order.total, **fields)


def test_finds_nothing_where_both_agree(gateway: Gateway, settings: Settings):
    order = paid(gateway)
    operations.refund_lines(order, {order.lines.get().pk: 1}, reason="Pecah", key="r")
    settings.MIDTRANS_REPORT_URL = f"{gateway.url}/reports/transactions.csv?day={{day}}"
    from payments.midtrans import MidtransGateway

    report = MidtransGateway().report(_today())
    assert report is not None

    assert operations.reconcile(_today(), report).differences == 0
    assert [line.returned for line in report] == [order.lines.get().paid_amount]
    assert not Ticket.objects.exists()


def test_hears_what_it_had_missed(gateway: Gateway):
    order = place()
    operations.open_charge(order)
    gateway.pay(order)

    assert operations.reconcile(_today(), [lines_of(order)]).differences == 0

    order.refresh_from_db()
    assert order.state == "confirmed"


def test_reads_the_columns_that_the_dashboard_names(gateway: Gateway):
    whole, part = paid(gateway), paid(gateway)
    operations.refund_lines(part, {part.lines.get().pk: 1}, reason="Pecah", key="r")
    text = (
        "Order ID;Payment type;Currency;Amount;Transaction ID;Transaction status;Transaction Time\n"
        f"{whole.number};QRIS;IDR;{whole.total}.00;a1;Settlement;2026-11-24 10:00\n"
        f"{part.number};QRIS;IDR;{part.total};a2;Partial Refund;2026-11-24 10:00\n"
    )

    report = read_report(text)

    assert [(line.amount, line.returned) for line in report] == [(whole.total, 0), (part.total, None)]
    assert operations.reconcile(_today(), report).differences == 0


def test_tells_every_difference_once(gateway: Gateway):
    agreed, missing, less, cut = (paid(gateway) for _ in range(4))
    report = [
        lines_of(agreed),
        ReportLine(less.number, "settlement", less.total - 1),
        lines_of(cut, returned=500),
        ReportLine("PMALIEN", "settlement", 7_000),
        ReportLine("PMNEVER", "expire", 7_000),
    ]

    first, again = operations.reconcile(_today(), report), operations.reconcile(_today(), report)

    assert first.differences == again.differences == 4
    found = dict(Ticket.objects.values_list("reference", "facts__difference"))
    assert found == {
        missing.number: "only_ours",
        less.number: "other_amount",
        cut.number: "other_balance",
        "PMALIEN": "only_gateway",
    }


def test_takes_a_report_that_staff_brings(gateway: Gateway, client: Client, operator: User):
    order = paid(gateway)
    report = gateway.api.report(str(_today())).encode()
    sent = {"day": _today(), "report": SimpleUploadedFile("laporan.csv", report)}

    answer = client.post(reverse("payments:reconcile"), sent)
    bad = client.post(
        reverse("payments:reconcile"),
        {"day": _today(), "report": SimpleUploadedFile("laporan.csv", b"a,b\n1,2\n")},
    )

    assert (answer.status_code, bad.status_code) == (302, 422)
    assert order.number in report.decode()
    assert not Ticket.objects.exists()


def _today() -> date:
    from django.utils import timezone

    from payments.operations.reconciling import ZONE

    return timezone.now().astimezone(ZONE).date()
