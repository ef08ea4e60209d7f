"""Proofs of having paid a shop directly …"""

from __future__ import annotations

import io
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from PIL import Image
from pytest_django.fixtures import Settings

from inbox.models import Notice
from ledger.models import AccountKind
from ledger.queries import balance
from orders import operations as orders
from orders.models import Order
from payments import operations, telling
from payments.models import Charge, Proof, Refund, ShopTill, Ticket
from tests.factories import make_shop, make_user, make_variant
from tests.orders.helpers import counters, let_time_run_out, order_in, place

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _private_folder(settings: Settings, tmp_path: Path) -> None:
    settings.PRIVATE_ROOT = tmp_path


def picture() -> SimpleUploadedFile:
    file = io.BytesIO()
    Image.new("RGB", (400, 700), (240, 240, 255)).save(file, "JPEG")
    return SimpleUploadedFile("bukti.jpg", file.getvalue(), content_type="image/jpeg")


def transfer(stock: int = 3) -> Order:
    shop = make_shop()
    ShopTill.objects.create(shop=shop, bank="BCA", account_number="1234567890", account_name="Sri")
    order = place(make_variant(shop=shop, stock=stock), method="transfer")
    operations.open_charge(order)
    return order


def send(client: Client, order: Order, **fields: object):
    client.force_login(order.buyer)
    return client.post(f"/bayar/{order.number}/bukti/", {"photo": picture(), "note": "dari BRI", **fields})


def judge(client: Client, order: Order, **fields: str):
    client.force_login(order.shop.owner)
    return client.post(f"/toko/pembayaran/bukti/{Proof.objects.latest('pk').pk}/", fields)


def state_of(order: Order) -> str:
    return Order.objects.get(pk=order.pk).state


def test_hold_the_goods_and_change_nothing_else(client: Client):
    order = transfer()

    answer = send(client, order)

    held = Order.objects.get()
    assert (answer.status_code, held.state) == (302, "pending")
    assert held.pay_by > timezone.now() + timedelta(hours=23)
    assert balance(AccountKind.ESCROW) == 0
    assert "Lapak sedang mengecek" in client.get(f"/bayar/{order.number}/").content.decode()


def test_hold_the_goods_no_longer_by_further_pictures(client: Client):
    order = transfer()
    send(client, order)
    earlier = timezone.now() - timedelta(hours=20)
    Proof.objects.update(sent_at=earlier)
    Order.objects.update(pay_by=earlier + timedelta(hours=24))

    send(client, order)

    assert Proof.objects.count() == 2
    assert Order.objects.get().pay_by == earlier + timedelta(hours=24)


def test_count_when_the_shop_sees_the_money(client: Client):
    order = transfer()
    send(client, order)

    judge(client, order, accept="1")
    judge(client, order, accept="1")

    proof = Proof.objects.get()
    assert (state_of(order), proof.verdict, proof.judged_by) == ("confirmed", "accepted", order.shop.owner)
    assert balance(AccountKind.ESCROW) == order.total
    assert balance(AccountKind.SHOP_COLLECTED, order.shop_id) == -order.total
    assert balance(AccountKind.GATEWAY_CLEARING) == 0


def test_can_be_sent_again_when_the_shop_sees_nothing(client: Client):
    order = transfer()
    send(client, order)

    judge(client, order, reject="1")
    assert Proof.objects.get().verdict == "waiting"  # a reason is wanted
    judge(client, order, reject="1", reason="Belum ada di mutasi")
    client.force_login(order.buyer)

    assert "Belum ada di mutasi" in Notice.objects.get(user=order.buyer).text
    assert "Belum ada di mutasi" in client.get(f"/bayar/{order.number}/").content.decode()
    assert state_of(order) == "pending"
    send(client, order)
    assert Proof.objects.count() == 2


def test_are_seen_by_buyer_shop_and_desk_alone(client: Client):
    order = transfer()
    send(client, order)
    url = f"/bukti-bayar/{Proof.objects.get().pk}/"
    staff, operator = make_user(is_staff=True), make_user(is_staff=True, is_superuser=True)

    seen = {}
    people = {"buyer": order.buyer, "shop": order.shop.owner, "operator": operator}
    others = {"rival": make_shop().owner, "stranger": make_user(), "staff": staff}
    for name, person in {**people, **others}.items():
        client.force_login(person)
        seen[name] = client.get(url)

    assert {name for name, answer in seen.items() if answer.status_code == 200} == set(people)
    assert seen["buyer"]["Cache-Control"] == "private, no-store"
    assert seen["buyer"]["Content-Type"] == "image/webp"
    client.logout()
    assert client.get(url).status_code == 302


def test_are_judged_by_nobody_else(client: Client):
    order = transfer()
    send(client, order)
    for person in (order.buyer, make_shop().owner):
        client.force_login(person)
        assert (
            client.post(f"/toko/pembayaran/bukti/{Proof.objects.get().pk}/", {"accept": "1"}).status_code
            == 404
        )

    assert state_of(order) == "pending"


def test_lie_in_no_folder_that_is_handed_out(client: Client, settings: Settings):
    send(client, transfer())

    key = Proof.objects.get().key
    assert list(Path(settings.PRIVATE_ROOT).rglob(f"{key}-*.webp"))
    assert not list(Path(settings.MEDIA_ROOT).rglob(f"{key}*"))


@pytest.mark.parametrize("name", ["bukti.exe", "bukti.svg"])
def test_are_pictures(client: Client, name: str):
    order = transfer()

    answer = send(client, order, photo=SimpleUploadedFile(name, b"<svg onload=alert(1)>" * 9))

    assert answer.status_code == 422
    assert not Proof.objects.exists()


def test_end_after_some_tries(client: Client):
    order = transfer()
    for _ in range(5):
        send(client, order)

    assert send(client, order).status_code == 422
    assert Proof.objects.filter(verdict="waiting").count() == 1


def test_are_not_taken_where_the_gateway_looks_after_the_money(client: Client):
    order = place()
    from tests.payments.conftest import charged

    charged(order)

    send(client, order)

    assert not Proof.objects.exists()


def test_that_came_too_late_still_give_the_goods_or_a_refund(client: Client):
    order = transfer(stock=1)
    send(client, order)
    let_time_run_out(order)
    orders.expire_unpaid(10)
    order_in("confirmed", order.lines.get().variant)

    judge(client, order, accept="1")

    refund = Refund.objects.get()
    assert state_of(order) == "refund_due"
    assert operations.retry_refunds(10) == 0
    refund.refresh_from_db()
    assert (refund.state, refund.bank.payer) == ("needs_account", "shop")
    operations.give_account(refund, bank="BCA", number="1234567890", name="Sari")
    client.force_login(order.shop.owner)
    assert "1234567890" in client.get("/toko/pembayaran/bukti/").content.decode()

    client.post(f"/toko/pembayaran/kembali/{refund.bank.pk}/", {"note": "TRF 99"})

    assert state_of(order) == "refunded"
    assert balance(AccountKind.SHOP_COLLECTED, order.shop_id) == balance(AccountKind.ESCROW) == 0
    assert counters(order.lines.get().variant)["available"] == 0


def test_can_be_left_out_when_the_shop_sees_the_money_anyway(client: Client):
    order = transfer()
    client.force_login(order.shop.owner)

    client.post(f"/toko/pembayaran/masuk/{Charge.objects.get().pk}/")

    assert state_of(order) == "confirmed"


def test_are_remembered_once_and_then_staff_is_called(client: Client):
    order = transfer()
    send(client, order)
    told = Notice.objects.filter(user=order.shop.owner)
    assert [notice.path for notice in told] == ["/toko/pembayaran/bukti/"]
    Proof.objects.update(sent_at=timezone.now() - timedelta(hours=2))

    assert [telling.remind_shops(9), telling.remind_shops(9)] == [1, 0]
    assert told.all().count() == 2

    let_time_run_out(order)
    orders.expire_unpaid(10)
    assert [operations.call_for_silent_shops(), operations.call_for_silent_shops()] == [1, 0]
    judge(client, order, accept="1")
    assert Ticket.objects.get().closed_at
