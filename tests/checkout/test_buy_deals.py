"""The buy sheet while deals run."""

from __future__ import annotations

import uuid

import pytest
from django.test import Client
from django.urls import reverse

from deals.models import VoucherClaim
from orders.models import Order
from tests.deals.helpers import let_time_pass, make_flash_deal, make_voucher, session_showing
from tests.factories import make_address, make_user, make_variant

pytestmark = pytest.mark.django_db


def test_shows_and_takes_the_price_of_a_flash_deal(client: Client):
    deal, buyer = make_flash_deal(per_buyer=2), make_user()
    make_address(buyer)
    client.force_login(buyer)
    sheet = client.get(reverse("checkout:buy", args=[deal.variant_id])).content.decode()

    assert "Promo kilat" in sheet
    assert f'name="price-{deal.variant_id}" value="20000"' in sheet
    assert 'name="shown-total" value="30000"' in sheet


def test_says_how_many_have_the_better_price(client: Client):
    deal = make_flash_deal(per_buyer=2)
    client.force_login(make_user())

    total = client.get(
        reverse("checkout:total", args=[deal.variant_id]), {"variant": deal.variant_id, "quantity": 3}
    ).content.decode()

    assert "Harga Rp20.000 untuk paling banyak 2 buah." in total
    assert 'name="shown-total" value="85000"' in total


def test_shows_the_voucher_that_is_used(client: Client):
    variant, buyer = make_variant(price=25_000), make_user()
    session = session_showing(variant)
    VoucherClaim.objects.create(voucher=make_voucher(session, claimed=1), buyer=buyer)
    client.force_login(buyer)

    sheet = client.get(reverse("checkout:buy", args=[variant.pk])).content.decode()

    assert "Voucher lapak" in sheet
    assert "−Rp5.000" in sheet
    assert 'name="shown-total" value="30000"' in sheet


def test_is_refused_with_the_new_total_when_the_deal_ends_while_the_sheet_is_open(client: Client):
    deal, buyer = make_flash_deal(), make_user()
    address = make_address(buyer)
    client.force_login(buyer)
    form = {
        "variant": deal.variant_id,
        "quantity": 1,
        "address": address.pk,
        "method": "qris",
        "key": uuid.uuid4(),
        "shown-variant": deal.variant_id,
        "shown-quantity": 1,
        "shown-total": 30_000,
    }
    let_time_pass(deal.session, 300_001)

    answer = client.post(
        reverse("checkout:buy", args=[deal.variant_id]), form, headers={"HX-Request": "true"}
    )

    assert answer.status_code == 409
    assert 'name="shown-total" value="35000"' in answer.content.decode()
    assert not Order.objects.exists()
    form["shown-total"] = 35_000
    assert client.post(reverse("checkout:buy", args=[deal.variant_id]), form).status_code == 302


@pytest.mark.parametrize("shown", ["-1", "9" * 30, "²", "", "\0"])
def test_takes_no_odd_total_for_what_was_shown(client: Client, shown: str):
    variant, buyer = make_variant(price=25_000), make_user()
    address = make_address(buyer)
    client.force_login(buyer)
    form = {"variant": variant.pk, "quantity": 1, "address": address.pk, "method": "qris"}
    form |= {"key": uuid.uuid4(), "shown-variant": variant.pk, "shown-quantity": 1, "shown-total": shown}

    assert client.post(reverse("checkout:buy", args=[variant.pk]), form).status_code == 302
