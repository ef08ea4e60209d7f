"""The buy sheet, over the live and as a page."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from accounts.models import Address, User
from affiliates.models import Affiliate, CommissionRate
from catalog.models import Variant
from orders.models import Order
from tests.factories import make_address, make_session_on_air, make_user, make_variant

pytestmark = pytest.mark.django_db(transaction=True)


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


def choices(variant: Variant, address: Address, **changes: Any) -> dict[str, Any]:
    return {
        "variant": variant.pk,
        "quantity": 1,
        "address": address.pk,
        "method": "cod",
        "key": uuid4(),
        "shipping": variant.shop.shipping_fee,
        f"price-{variant.pk}": variant.price,
        **changes,
    }


def post(client: Client, variant: Variant, fields: dict[str, Any], *, htmx: bool = True) -> Any:
    headers = {"HX-Request": "true"} if htmx else {}
    return client.post(f"/beli/{variant.pk}/", fields, headers=headers)


def test_shows_what_is_chosen_and_what_it_costs(shopper: Client, address: Address) -> None:
    variant = make_variant(price=18_500)

    page = shopper.get(f"/beli/{variant.pk}/", headers={"HX-Request": "true"})

    assert page.status_code == 200
    assert "Rp28.500" in page.content.decode()
    assert "<html" not in page.content.decode()


def test_places_a_cod_order_and_takes_the_stock(shopper: Client, address: Address) -> None:
    variant = make_variant(stock=3)

    answer = post(shopper, variant, choices(variant, address, quantity=2))

    variant.stock.refresh_from_db()
    order = Order.objects.get()
    assert answer.status_code == 200
    assert (order.state, order.total) == ("pending", 2 * variant.price + variant.shop.shipping_fee)
    assert variant.stock.available == 1


def test_a_double_tap_is_one_order(shopper: Client, address: Address) -> None:
    variant = make_variant(stock=3)
    fields = choices(variant, address)

    first, second = post(shopper, variant, fields), post(shopper, variant, fields)

    assert (first.status_code, second.status_code) == (200, 200)
    assert Order.objects.count() == 1


def test_the_same_key_for_other_goods_is_refused(shopper: Client, address: Address) -> None:
    variant = make_variant(stock=3)
    fields = choices(variant, address)
    post(shopper, variant, fields)

    answer = post(shopper, variant, {**fields, "quantity": 2})

    assert answer.status_code == 409
    assert Order.objects.count() == 1


def test_says_what_is_left_when_too_much_is_wanted(shopper: Client, address: Address) -> None:
    variant = make_variant(stock=2)

    answer = post(shopper, variant, choices(variant, address, quantity=3))

    assert answer.status_code == 409
    assert "tinggal 2" in answer.content.decode()
    assert not Order.objects.exists()


def test_says_that_it_is_sold_out(shopper: Client, address: Address) -> None:
    variant = make_variant(stock=0)

    answer = post(shopper, variant, choices(variant, address))

    assert answer.status_code == 409
    assert "baru saja habis" in answer.content.decode()


def test_a_price_that_changed_meanwhile_is_shown_first(shopper: Client, address: Address) -> None:
    variant = make_variant(price=20_000)
    fields = choices(variant, address)
    Variant.objects.filter(pk=variant.pk).update(price=25_000)

    answer = post(shopper, variant, fields)

    assert answer.status_code == 409
    assert "Rp25.000" in answer.content.decode()
    assert not Order.objects.exists()


def test_the_price_is_never_read_from_the_form(shopper: Client, address: Address) -> None:
    variant = make_variant(price=20_000)

    answer = post(shopper, variant, choices(variant, address, **{f"price-{variant.pk}": 1, "shipping": 0}))

    assert answer.status_code == 409
    assert not Order.objects.exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("quantity", 0),
        ("quantity", -1),
        ("quantity", 10**20),
        ("quantity", "1.5"),
        ("variant", 999_999),
        ("method", "gratis"),
        ("key", "bukan-kunci"),
        ("address", 999_999),
    ],
)
def test_bad_input_is_answered_with_the_form(
    shopper: Client, address: Address, field: str, value: object
) -> None:
    variant = make_variant()

    answer = post(shopper, variant, {**choices(variant, address), field: value})

    assert answer.status_code == 422
    assert not Order.objects.exists()


def test_an_address_of_somebody_else_is_no_choice(shopper: Client, address: Address) -> None:
    variant, foreign = make_variant(), make_address(make_user())

    answer = post(shopper, variant, choices(variant, foreign))

    assert answer.status_code == 422


def test_a_first_purchase_brings_its_address_along(shopper: Client, buyer: User) -> None:
    variant = make_variant()
    typed = {
        "recipient": "Siti Contoh",
        "phone": "0812-3456-7890",
        "street": "Jl. Mawar 2",
        "district": "Kasihan",
        "regency": "Kabupaten Bantul",
        "postal_code": "55181",
    }

    answer = post(shopper, variant, {**choices(variant, Address(pk=0)), "address": "new", **typed})

    assert answer.status_code == 200, answer.content.decode()
    assert buyer.addresses.get().phone == "+6281234567890"
    assert Order.objects.get().address["recipient"] == "Siti Contoh"


def test_a_guest_is_shown_the_way_in_and_keeps_the_live(client: Client) -> None:
    variant = make_variant()
    session = make_session_on_air(shop=variant.shop, products=[variant.product])

    sheet = client.get(f"/beli/{variant.pk}/?session={session.code}", headers={"HX-Request": "true"})

    assert f"/live/{session.code}/" in sheet.content.decode()


def test_a_guests_order_goes_to_the_log_in_page(client: Client) -> None:
    variant = make_variant()

    answer = client.post(f"/beli/{variant.pk}/", {})

    assert answer.status_code == 302
    assert answer["Location"].startswith("/akun/login/")


def test_remembers_the_live_it_was_bought_in(shopper: Client, address: Address) -> None:
    variant = make_variant()
    session = make_session_on_air(shop=variant.shop, products=[variant.product])

    post(shopper, variant, choices(variant, address, session=session.code))

    assert Order.objects.get().session == session


def test_a_sale_is_called_out_once_however_often_the_order_is_sent(
    shopper: Client, address: Address, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[int] = []
    monkeypatch.setattr("livestream.broadcasts.sold", lambda session_id, *words: told.append(session_id))
    variant = make_variant()
    session = make_session_on_air(shop=variant.shop, products=[variant.product])
    fields = choices(variant, address, session=session.code)

    for _ in range(3):
        post(shopper, variant, fields)

    assert told == [session.pk]


def test_a_live_that_does_not_show_it_is_not_believed(shopper: Client, address: Address) -> None:
    variant, elsewhere = make_variant(), make_session_on_air()

    post(shopper, variant, choices(variant, address, session=elsewhere.code))

    assert Order.objects.get().session is None


def test_a_seller_does_not_buy_from_their_own_stall(client: Client) -> None:
    variant = make_variant()
    client.force_login(variant.shop.owner)

    answer = post(client, variant, choices(variant, make_address(variant.shop.owner)))

    assert answer.status_code == 409
    assert not Order.objects.exists()


def test_credits_the_affiliate_whose_link_led_here(shopper: Client, address: Address) -> None:
    from affiliates.operations import make_link

    variant = make_variant()
    CommissionRate.objects.create(shop=variant.shop, rate_bp=1000)
    affiliate = Affiliate.objects.create(user=make_user(), handle="ayo")
    link = make_link(affiliate, shop=variant.shop, product=variant.product)
    shopper.get(
        f"/g/{link.code}",
        headers={"Sec-Fetch-Dest": "document", "Sec-Fetch-Mode": "navigate", "User-Agent": "Mozilla/5.0"},
    )

    post(shopper, variant, choices(variant, address))

    assert Order.objects.get().lines.get().credited_to == affiliate.pk


def test_the_total_follows_the_choice(shopper: Client) -> None:
    variant = make_variant(price=18_500)

    answer = shopper.get(f"/beli/{variant.pk}/hitung/", {"variant": variant.pk, "quantity": 3})

    assert "Rp65.500" in answer.content.decode()
