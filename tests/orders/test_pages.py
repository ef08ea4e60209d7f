"""The order pages …"""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from orders.models import Order
from tests.factories import make_shop, make_user, make_variant
from tests.orders.helpers import order_in, place

pytestmark = pytest.mark.django_db


@pytest.fixture
def buyer(client: Client) -> User:
    user = make_user()
    client.force_login(user)
    return user


@pytest.fixture
def seller(client: Client) -> User:
    user = make_shop().owner
    client.force_login(user)
    return user


def of(seller: User, state: str = "pending", **fields: object) -> Order:
    return order_in(state, make_variant(shop=seller.shops.get()), **fields)


def text(client: Client, url: str, status: int = 200) -> str:
    answer = client.get(url)
    assert answer.status_code == status
    return answer.content.decode()


def test_list_is_friendly_when_there_is_none(client: Client, buyer: User):
    assert "Belum ada pesanan." in text(client, "/pesanan/")


def test_list_shows_only_my_orders(client: Client, buyer: User):
    mine, other = place(buyer=buyer), place()

    page = text(client, "/pesanan/")

    assert mine.number in page
    assert other.number not in page
    assert "Bayar sekarang" in page


@pytest.mark.parametrize("count", [1, 3])
def test_list_asks_as_much_for_three_as_for_one(
    client: Client, buyer: User, count: int, django_assert_num_queries: DjangoAssertNumQueries
):
    for _ in range(count):
        place(buyer=buyer)

    with django_assert_num_queries(8):
        client.get("/pesanan/")


@pytest.mark.parametrize("count", [1, 3])
def test_desk_asks_as_much_for_three_as_for_one(
    client: Client, seller: User, count: int, django_assert_num_queries: DjangoAssertNumQueries
):
    for _ in range(count):
        of(seller)

    with django_assert_num_queries(11):
        client.get("/toko/pesanan/")


def test_list_goes_on_on_a_second_page(client: Client, buyer: User):
    variant = make_variant(stock=50)
    first = place(variant, buyer=buyer)
    for _ in range(10):
        place(variant, buyer=buyer)

    assert first.number not in text(client, "/pesanan/")
    assert first.number in text(client, "/pesanan/?page=2")


@pytest.mark.parametrize(
    ("state", "offers", "not_offers"),
    [
        ("pending", ["Bayar Rp", "Batalkan pesanan"], ["Pesanan diterima"]),
        (
            "confirmed",
            ["Batalkan pesanan", "Penjual sedang menyiapkannya."],
            ["Bayar Rp", "Pesanan diterima"],
        ),
        ("packed", ["Menunggu kurir."], ["Batalkan pesanan"]),
        ("shipped", ["Pesanan diterima", "JNE0001"], ["Batalkan pesanan"]),
        ("received", [], ["Pesanan diterima", "Batalkan pesanan"]),
        ("cancelled", ["Berubah pikiran"], ["Bayar Rp"]),
        ("expired", ["Tidak dibayar sampai batas waktunya."], ["Bayar Rp"]),
        ("refund_due", ["Uangmu sedang dikembalikan"], ["Batalkan pesanan"]),
        ("refunded", ["Dana dikembalikan"], []),
    ],
)
def test_order_offers_what_is_possible(
    client: Client, buyer: User, state: str, offers: list[str], not_offers: list[str]
):
    order = order_in(state, buyer=buyer)

    page = text(client, f"/pesanan/{order.number}/")

    assert all(offer in page for offer in offers)
    assert not any(offer in page for offer in not_offers)


def test_order_of_another_is_not_found(client: Client, buyer: User):
    text(client, f"/pesanan/{place().number}/", status=404)


def test_desk_shows_only_the_shops_own_orders(client: Client, seller: User):
    mine, other = of(seller), place()

    page = text(client, "/toko/pesanan/")

    assert mine.number in page
    assert other.number not in page


def test_desk_filters_by_state(client: Client, seller: User):
    waiting, packed = of(seller), of(seller, "packed")

    page = text(client, "/toko/pesanan/?state=packed")

    assert packed.number in page
    assert waiting.number not in page


def test_desk_takes_a_strange_filter_for_none(client: Client, seller: User):
    order = of(seller)

    assert order.number in text(client, "/toko/pesanan/?state=nonsense&page=999")


def test_address_is_for_the_shop_that_sends_the_parcel(client: Client, seller: User):
    mine, other = of(seller), place()

    assert "Jl. Contoh 1" in text(client, f"/toko/pesanan/{mine.number}/")
    text(client, f"/toko/pesanan/{other.number}/", status=404)


def test_buyer_does_not_reach_the_desk_of_an_order(client: Client, buyer: User):
    text(client, f"/toko/pesanan/{place(buyer=buyer).number}/", status=404)


def test_desk_packs_and_ships(client: Client, seller: User):
    order = of(seller, "confirmed")

    client.post(f"/toko/pesanan/{order.number}/kemas/")
    client.post(f"/toko/pesanan/{order.number}/kirim/", {"courier": "JNE", "waybill": " jne 0042 "})

    order.refresh_from_db()
    assert (order.state, order.courier, order.waybill) == ("shipped", "JNE", "JNE0042")


@pytest.mark.parametrize("waybill", ["", "x", "<b>12345</b>", "é12345"])
def test_desk_refuses_a_waybill_that_is_none(client: Client, seller: User, waybill: str):
    order = of(seller, "packed")

    answer = client.post(f"/toko/pesanan/{order.number}/kirim/", {"courier": "JNE", "waybill": waybill})

    order.refresh_from_db()
    assert (answer.status_code, order.state) == (422, "packed")


@pytest.mark.parametrize(
    ("step", "fields"), [("kemas", {}), ("kirim", {"courier": "JNE", "waybill": "JNE0042"})]
)
def test_desk_says_when_somebody_was_quicker(client: Client, seller: User, step: str, fields: dict[str, str]):
    order = of(seller, "shipped")

    answer = client.post(f"/toko/pesanan/{order.number}/{step}/", fields)

    assert answer.status_code == 409
    assert "Pesanan ini sudah berubah" in answer.content.decode()


@pytest.mark.parametrize("step", ["kemas", "kirim"])
def test_rival_does_not_touch_the_order(client: Client, seller: User, step: str):
    order = order_in("confirmed")

    answer = client.post(f"/toko/pesanan/{order.number}/{step}/", {"courier": "JNE", "waybill": "JNE0042"})

    order.refresh_from_db()
    assert (answer.status_code, order.state) == (404, "confirmed")


def test_pages_speak_english_too(client: Client, buyer: User):
    order = place(buyer=buyer)

    assert order.number in text(client, "/en/pesanan/")


def test_line_keeps_its_promise_when_the_product_changes(client: Client, buyer: User):
    order = place(buyer=buyer)
    line = order.lines.get()
    line.variant.product.name = "Nama baru"
    line.variant.product.save()

    page = text(client, f"/pesanan/{order.number}/")

    assert line.product_name in page
    assert "Nama baru" not in page


def test_the_shop_can_write_to_the_buyer_with_the_waybill_already_in_the_words(client: Client) -> None:
    order = order_in("shipped")
    client.force_login(order.shop.owner)

    page = client.get(reverse("orders:desk_order", args=[order.number])).content.decode()

    assert "https://wa.me/628123456789?text=Halo%20Sari%2C%20pesananmu%20" in page
    assert "resi%20JNE0001" in page
