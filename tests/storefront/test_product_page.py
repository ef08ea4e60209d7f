"""The page of one product."""

from __future__ import annotations

import json
import re

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from catalog.models import Product
from catalog.operations import edit_variant
from tests.catalog.costs import queries_of
from tests.deals.helpers import age_price, let_time_pass, make_flash_deal
from tests.factories import make_photo, make_product, make_session_on_air, make_shop, make_variant

pytestmark = pytest.mark.django_db


def path_of(product: Product) -> str:
    return reverse("catalog:product", args=[product.slug, product.pk])


def test_another_slug_leads_to_the_right_one(client):
    product = make_variant().product

    answer = client.get(reverse("catalog:product", args=["nama-lama", product.pk]))

    assert (answer.status_code, answer["Location"]) == (301, path_of(product))


def test_what_is_not_sold_is_not_there(client):
    withdrawn = make_variant(product=make_product(withdrawn_at=timezone.now())).product
    suspended = make_variant(shop=make_shop(suspended_at=timezone.now())).product
    without_variant = make_product()

    for product in (withdrawn, suspended, without_variant):
        assert client.get(path_of(product)).status_code == 404


@pytest.mark.parametrize(
    ("stock", "words"), [(0, "Stoknya sedang kosong"), (3, "Sisa 3"), (5, "Sisa 5"), (6, "Stok 6")]
)
def test_the_stock_is_told(client, stock, words):
    page = client.get(path_of(make_variant(stock=stock).product)).content.decode()

    assert words in page


def test_the_buy_button_is_for_the_chosen_variant(client):
    first = make_variant()
    second = make_variant(product=first.product, name="Pedas")

    page = client.get(path_of(first.product), {"variant": second.pk}).content.decode()

    assert f'href="{reverse("checkout:buy", args=[second.pk])}"' in page
    assert f'href="{reverse("checkout:buy", args=[first.pk])}"' not in page


def test_what_can_be_bought_is_chosen_first(client):
    first = make_variant(stock=0)
    second = make_variant(product=first.product, stock=1)

    page = client.get(path_of(first.product)).content.decode()

    assert reverse("checkout:buy", args=[second.pk]) in page


@pytest.mark.parametrize("variant", ["", "x", "0", "99999999999999999999", "' OR 1=1"])
def test_an_unknown_variant_is_the_first(client, variant):
    first = make_variant()

    page = client.get(path_of(first.product), {"variant": variant})

    assert reverse("checkout:buy", args=[first.pk]) in page.content.decode()


def test_sold_out_has_no_buy_button(client):
    variant = make_variant(stock=0)

    page = client.get(path_of(variant.product)).content.decode()

    assert reverse("checkout:buy", args=[variant.pk]) not in page


def test_choosing_a_variant_fetches_only_the_offer(client):
    first = make_variant()

    answer = client.get(
        path_of(first.product), headers={"HX-Request": "true", "HX-Target": "offer"}
    ).content.decode()

    assert answer.lstrip().startswith('<div class="offer stack" id="offer">')


def test_a_broadcast_that_shows_the_product_is_told(client):
    variant = make_variant()
    session = make_session_on_air(shop=variant.shop, products=[variant.product])
    other = make_variant(shop=variant.shop)

    room = reverse("livestream:room", args=[session.code])
    assert room in client.get(path_of(variant.product)).content.decode()
    assert room not in client.get(path_of(other.product)).content.decode()


def test_search_engines_read_price_and_stock(client):
    variant = make_variant(
        product=make_product(name="Keripik </script><b>"), price=18_500, stock=0, sku="KRP"
    )

    page = client.get(path_of(variant.product)).content.decode()

    (listing,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.S)
    fields = json.loads(listing)
    assert fields["name"] == "Keripik </script><b>"
    offer = fields["offers"][0]
    assert (offer["price"], offer["priceCurrency"], offer["sku"]) == (18_500, "IDR", "KRP")
    assert offer["availability"] == "https://schema.org/OutOfStock"


def test_a_page_has_one_address_and_a_picture_for_messengers(client, settings):
    product = make_variant().product
    photo = make_photo(product)

    page = client.get(path_of(product), {"variant": "1"}).content.decode()

    assert f'<link rel="canonical" href="{settings.SITE_URL}{path_of(product)}">' in page
    assert f'<meta property="og:image" content="{settings.SITE_URL}{photo.picture.url(960)}">' in page


def test_it_asks_the_database_eight_times_for_one_variant_and_for_three(client):
    variant = make_variant()
    make_photo(variant.product)
    make_photo(make_variant(shop=variant.shop).product)
    one = queries_of(client, path_of(variant.product))
    warm = queries_of(client, path_of(variant.product))
    cache.clear()
    for _ in range(2):
        make_variant(product=variant.product)
        make_photo(variant.product)
        make_photo(make_variant(shop=variant.shop).product)

    assert queries_of(client, path_of(variant.product)) == one == 8
    assert warm == 4


# ---- deals and prices of the past ---------------------------------------------------------------------


def test_shows_a_flash_deal_while_it_runs(client: Client):
    deal = make_flash_deal(struck_price=25_000)
    address = reverse("catalog:product", args=[deal.variant.product.slug, deal.variant.product_id])

    running = client.get(address).content.decode()
    let_time_pass(deal.session, 300_001)
    over = client.get(address).content.decode()

    assert f'<show-timer data-ends="{deal.ends_ms}"' in running
    assert "Rp20.000" in running
    assert '<s class="price__was">' in running
    assert "Rp20.000" not in over
    assert "show-timer" not in over


def test_tells_what_a_variant_cost_in_thirty_days(client: Client):
    variant = make_variant(price=20_000)
    age_price(variant, days=10)
    edit_variant(variant, name="", sku=variant.sku, live_code=variant.live_code, price=30_000)

    page = client.get(
        reverse("catalog:price_history", args=[variant.product.slug, variant.product_id])
    ).content.decode()

    assert "Termurah 30 hari terakhir: Rp20.000." in page
    assert page.count("<tr>") >= 11
    assert "Rp30.000" not in page  # today it was sold for less, too
