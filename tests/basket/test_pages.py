"""The basket and its counter, as people see them."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Address, User
from basket.models import BasketItem
from catalog.models import Product, Stock, Variant
from orders.models import Order
from payments.models import Charge
from tests.basket.helpers import fill
from tests.factories import make_address, make_session_on_air, make_shop, make_user, make_variant

pytestmark = pytest.mark.django_db(transaction=True)
HTMX = {"HX-Request": "true"}


@pytest.fixture
def buyer() -> User:
    return make_user()


@pytest.fixture
def address(buyer: User) -> Address:
    return make_address(buyer)


@pytest.fixture
def shopper(client: Client, buyer: User) -> Client:
    client.force_login(buyer)
    return client


def put(client: Client, variant: Variant, quantity: int = 1, **fields: Any) -> Any:
    return client.post(
        "/keranjang/tambah/", {"variant": variant.pk, "quantity": quantity, **fields}, headers=HTMX
    )


def choices(address: Address, *variants: Variant, **changes: Any) -> dict[str, Any]:
    """What the page of these would send."""
    fields: dict[str, Any] = {"address": address.pk, "method": "qris", "key": uuid4(), "lapak": ""}
    for variant in variants:
        goods = sum(other.price for other in variants if other.shop_id == variant.shop_id)
        fields |= {f"goods-{variant.shop_id}": goods, f"fee-{variant.shop_id}": variant.shop.shipping_fee}
    return {**fields, "line": [f"{variant.pk}:1" for variant in variants], **changes}


# ---- putting in --------------------------------------------------------------------------------------


def test_putting_in_twice_adds_up(shopper: Client) -> None:
    variant = make_variant()

    first, _second = put(shopper, variant), put(shopper, variant, 2)

    assert first.status_code == 204
    assert "basket:changed" in first.headers["HX-Trigger"]
    assert BasketItem.objects.get().quantity == 3


def test_holds_nothing(shopper: Client) -> None:
    variant = make_variant(stock=2)

    put(shopper, variant, 2)

    assert Stock.objects.get(pk=variant.pk).available == 2


@pytest.mark.parametrize("quantity", ["0", "100", "-1", "dua", ""])
def test_refuses_quantities_out_of_bounds(shopper: Client, quantity: str) -> None:
    answer = shopper.post(
        "/keranjang/tambah/", {"variant": make_variant().pk, "quantity": quantity}, headers=HTMX
    )

    assert answer.status_code == 422
    assert not BasketItem.objects.exists()


def test_withdrawn_goods_are_not_found(shopper: Client) -> None:
    assert put(shopper, make_variant(withdrawn_at=timezone.now())).status_code == 404


def test_remembers_the_show_it_is_from(shopper: Client) -> None:
    variant = make_variant()
    session = make_session_on_air(shop=variant.shop, products=[variant.product], media_ms=4_000)

    put(shopper, variant, session=session.code)

    item = BasketItem.objects.get()
    assert (item.session_id, item.session_ms) == (session.pk, 4_000)


def test_a_rehearsal_sells_nothing(shopper: Client) -> None:
    variant = make_variant()
    session = make_session_on_air(shop=variant.shop, products=[variant.product], is_rehearsal=True)

    assert put(shopper, variant, session=session.code).status_code == 409
    assert not BasketItem.objects.exists()


def test_a_basket_has_an_end(shopper: Client, buyer: User) -> None:
    product = make_variant().product
    fill(buyer, *[make_variant(product=product, name=f"No {number}") for number in range(40)])

    assert put(shopper, make_variant()).status_code == 409
    assert BasketItem.objects.count() == 40


def test_a_card_puts_in_the_only_variant_or_asks_which(shopper: Client) -> None:
    only, one_of_two = make_variant(), make_variant()
    make_variant(product=one_of_two.product)

    put_in = shopper.post("/keranjang/tambah/", {"product": only.product_id, "quantity": 1}, headers=HTMX)
    asked = shopper.post(
        "/keranjang/tambah/", {"product": one_of_two.product_id, "quantity": 1}, headers=HTMX
    )

    assert put_in.status_code == 204
    assert f"-{one_of_two.product_id}/" in asked.headers["HX-Redirect"]
    assert BasketItem.objects.get().variant == only


def test_without_javascript_it_goes_to_the_basket(shopper: Client) -> None:
    variant = make_variant()

    page = shopper.post("/keranjang/tambah/", {"variant": variant.pk, "quantity": 1}, follow=True)

    assert variant.product.name in page.content.decode()


def test_the_buy_sheet_says_that_it_is_in_there(shopper: Client) -> None:
    answer = shopper.post(
        "/keranjang/tambah/",
        {"variant": make_variant().pk, "quantity": 1},
        headers={**HTMX, "HX-Target": "buy-form"},
    )

    assert "Masuk keranjang!" in answer.content.decode()


# ---- guests --------------------------------------------------------------------------------------------


def test_a_guest_finds_it_again_after_the_log_in(client: Client, buyer: User) -> None:
    kept, more = make_variant(), make_variant()
    fill(buyer, more)
    put(client, kept, 2)
    put(client, more)

    assert kept.product.name in client.get("/keranjang/").content.decode()
    client.login(username=buyer.email, password="rahasia-sekali")

    assert dict(BasketItem.objects.values_list("variant", "quantity")) == {kept.pk: 2, more.pk: 2}


def test_a_guest_changes_removes_and_brings_back(client: Client) -> None:
    variant = make_variant(price=10_000)
    put(client, variant)

    changed = client.post(f"/keranjang/{variant.pk}/", {"quantity": 3}, headers=HTMX)
    removed = client.post(f"/keranjang/{variant.pk}/hapus/", headers=HTMX)
    back = client.post("/keranjang/urungkan/", headers=HTMX)

    assert "Rp30.000" in changed.content.decode()
    assert "Urungkan" in removed.content.decode()
    assert "Rp30.000" in back.content.decode()


def test_a_guest_is_asked_to_log_in_before_paying(client: Client) -> None:
    answer = client.get("/bayar/")

    assert answer.status_code == 302
    assert "next=/bayar/" in answer.headers["Location"]


# ---- looking at it -------------------------------------------------------------------------------------


def test_says_what_became_of_each_thing(shopper: Client, buyer: User) -> None:
    gone, sold_out, fewer, dearer = (make_variant(stock=3, price=10_000) for _ in range(4))
    fill(buyer, gone, sold_out, dearer)
    fill(buyer, fewer, quantity=3)
    Product.objects.filter(pk=gone.product_id).update(withdrawn_at=timezone.now())
    Stock.objects.filter(pk=sold_out.pk).update(available=0, sold=3)
    Stock.objects.filter(pk=fewer.pk).update(available=1, sold=2)
    Variant.objects.filter(pk=dearer.pk).update(price=12_500)

    page = shopper.get("/keranjang/").content.decode()

    for words in ("Sudah tidak dijual", "Stoknya habis", "Tinggal 1.", "Harga naik dari Rp10.000"):
        assert words in page
    assert "Pesan (1)" in page


def test_asks_as_much_for_one_thing_as_for_many(
    shopper: Client, buyer: User, django_assert_num_queries
) -> None:
    fill(buyer, make_variant())
    shopper.get("/keranjang/")
    with django_assert_num_queries(7) as few:
        shopper.get("/keranjang/")
    fill(buyer, *[make_variant() for _ in range(3)])
    with django_assert_num_queries(len(few)):
        shopper.get("/keranjang/")


def test_nobody_sees_the_basket_of_another(client: Client, buyer: User) -> None:
    variant = make_variant()
    fill(buyer, variant)
    client.force_login(make_user())

    client.post(f"/keranjang/{variant.pk}/hapus/")

    assert variant.product.name not in client.get("/keranjang/").content.decode()
    assert BasketItem.objects.count() == 1


# ---- buying it -----------------------------------------------------------------------------------------


def test_shows_each_shop_and_the_sum_of_all(shopper: Client, buyer: User, address: Address) -> None:
    one, other = make_variant(price=10_000), make_variant(price=50_000)
    fill(buyer, one, other)

    page = shopper.get("/bayar/").content.decode()

    for words in (one.shop.name, other.shop.name, "Rp20.000", "Rp60.000", "Rp80.000", "Buat 2 pesanan"):
        assert words in page
    assert 'value="qris"' in page
    assert 'value="cod"' not in page


def test_one_shop_alone_is_paid_in_all_its_ways(shopper: Client, buyer: User, address: Address) -> None:
    one, other = make_variant(), make_variant()
    fill(buyer, one, other)

    page = shopper.get(f"/bayar/?lapak={one.shop.slug}").content.decode()

    assert 'value="cod"' in page
    assert other.product.name not in page


def test_buys_all_of_it_with_one_button(shopper: Client, buyer: User, address: Address) -> None:
    one, other = make_variant(), make_variant()
    fill(buyer, one, other)

    answer = shopper.post("/bayar/", choices(address, one, other), headers=HTMX)

    assert answer.status_code == 200
    assert f"/bayar/{Order.objects.order_by('pk')[0].number}/" in answer.content.decode()
    assert Charge.objects.get().amount == sum(Order.objects.values_list("total", flat=True))


def test_a_second_tap_finds_the_same_purchase(shopper: Client, buyer: User, address: Address) -> None:
    one, other = make_variant(), make_variant()
    fill(buyer, one, other)
    fields = choices(address, one, other)

    first, second = shopper.post("/bayar/", fields), shopper.post("/bayar/", fields)

    assert first.headers["Location"] == second.headers["Location"]
    assert Order.objects.count() == 2


def test_says_what_is_gone_and_goes_on_without_it(shopper: Client, buyer: User, address: Address) -> None:
    one, gone = make_variant(), make_variant()
    fill(buyer, one, gone)
    fields = choices(address, one, gone)
    Stock.objects.filter(pk=gone.pk).update(available=0, sold=5)

    refused = shopper.post("/bayar/", fields, headers=HTMX)
    page = refused.content.decode()

    assert refused.status_code == 409
    assert not Order.objects.exists()
    for words in (
        "Belum ada yang dipesan",
        str(gone),
        "Stoknya habis",
        "Lanjut tanpa itu",
        str(fields["key"]),
    ):
        assert words in page
    assert f'value="{gone.pk}:1"' not in page

    shopper.post("/bayar/", choices(address, one, key=fields["key"]))
    assert Order.objects.get().shop_id == one.shop_id


def test_takes_what_is_left_when_asked_to(shopper: Client, buyer: User, address: Address) -> None:
    few = make_variant(stock=2, price=10_000)
    fill(buyer, few, quantity=4)

    page = shopper.post("/bayar/", {**choices(address), "fewer": f"{few.pk}:2"}, headers=HTMX)

    assert BasketItem.objects.get().quantity == 2
    assert f'value="{few.pk}:2"' in page.content.decode()
    assert not Order.objects.exists()


def test_an_address_of_somebody_else_is_refused(shopper: Client, buyer: User) -> None:
    one, strange = make_variant(), make_address(make_user())
    fill(buyer, one)

    assert shopper.post("/bayar/", choices(strange, one), headers=HTMX).status_code == 422
    assert not Order.objects.exists()


def test_a_new_address_is_taken(shopper: Client, buyer: User) -> None:
    one = make_variant()
    fill(buyer, one)
    typed = {
        "recipient": "Sari",
        "phone": "081234567890",
        "street": "Jl. Mawar 1",
        "district": "Kasihan",
        "regency": "Kabupaten Bantul",
        "postal_code": "55181",
    }

    answer = shopper.post("/bayar/", {**choices(Address(pk=0), one), "address": "new", **typed})

    assert answer.status_code == 302
    assert Order.objects.get().address["street"] == "Jl. Mawar 1"


def test_sums_follow_the_choice(shopper: Client, buyer: User, address: Address) -> None:
    one = make_variant(price=10_000, shop=make_shop(shipping_fee=7_000))
    fill(buyer, one)

    page = shopper.get("/bayar/hitung/", {"address": str(address.pk), "method": "qris"}, headers=HTMX)

    assert "Rp17.000" in page.content.decode()
    assert "<html" not in page.content.decode()
