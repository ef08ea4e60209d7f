"""The demo market's content is whole."""

import re
from collections import Counter

import pytest

from accounts.models import Regency
from catalog.models import Category
from demo.art import KINDS, PALETTES
from demo.art.emblems import EMBLEMS
from demo.art.packaging import FILLINGS
from demo.art.patterns import PATTERNS
from demo.content import CHAT_LINES, DEMO_NOTE, ROBOT_NAMES, SHOPS, fill_in

PRODUCTS = [(shop, product) for shop in SHOPS for product in shop.products]
LIQUIDS = {"honey", "sambal", "soy", "ginger", "turmeric", "coconut", "tamarind", "syrup", "pandan"}


def test_there_are_24_shops_and_150_products():
    assert len(SHOPS) == 24
    assert len(PRODUCTS) == 150
    assert {len(shop.products) for shop in SHOPS} <= {5, 6, 7, 8}


def test_it_reaches_from_sabang_to_merauke():
    provinces = {shop.regency.split(".")[0] for shop in SHOPS}

    assert {"11", "93"} <= provinces
    assert len(provinces) >= 16
    assert all(re.fullmatch(r"\d\d\.\d\d", shop.regency) for shop in SHOPS)
    assert len({shop.regency for shop in SHOPS}) == 24


@pytest.mark.parametrize("shop", SHOPS, ids=lambda shop: shop.slug)
def test_a_shop_is_told_and_says_it_is_a_demo(shop):
    assert "Contoh" in shop.owner
    assert shop.email.endswith("@contoh.test")
    assert shop.note == DEMO_NOTE
    assert 2 <= len(re.findall(r"[.?!](?: |$)", shop.story)) <= 4
    assert shop.awning in range(6)
    assert shop.palette in PALETTES
    assert shop.commission_rate is None or 100 <= shop.commission_rate <= 8000


def test_slugs_addresses_and_codes_are_unique():
    assert len({shop.slug for shop in SHOPS}) == 24
    assert len({shop.email for shop in SHOPS}) == 24
    assert len({product.slug for _, product in PRODUCTS}) == 150
    assert max(Counter(v.sku for _, p in PRODUCTS for v in p.variants).values()) == 1
    for shop in SHOPS:
        codes = Counter(variant.code for product in shop.products for variant in product.variants)
        assert max(codes.values()) == 1
        assert all(re.fullmatch(r"[A-H]\d\d", code) for code in codes)


@pytest.mark.parametrize(("shop", "product"), PRODUCTS, ids=lambda part: part.slug)
def test_a_product_can_be_sold(shop, product):
    assert 2 <= len(re.findall(r"[.?!](?: |$)", product.description)) <= 3
    assert 20 <= product.weight <= 5_000
    assert 1 <= len(product.variants) <= 4
    assert all(v.price % 500 == 0 and 5_000 <= v.price <= 5_000_000 for v in product.variants)
    assert all(v.stock > 0 for v in product.variants)
    assert len({v.name for v in product.variants}) == len(product.variants)
    assert product.commission_rate is None or 100 <= product.commission_rate <= 8000


@pytest.mark.parametrize(("shop", "product"), PRODUCTS, ids=lambda part: part.slug)
def test_a_product_can_be_drawn(shop, product):
    artwork = product.artwork

    assert artwork.kind in KINDS
    assert artwork.palette == shop.palette
    assert artwork.motif in {"", *EMBLEMS}
    assert artwork.filling in {"", *FILLINGS, *PATTERNS, *LIQUIDS}


@pytest.mark.django_db
def test_every_product_lies_in_a_category_of_the_market():
    known = set(Category.objects.values_list("slug", flat=True))

    assert {product.category for _, product in PRODUCTS} <= known


@pytest.mark.django_db
def test_every_stall_stands_in_a_real_regency():
    known = set(Regency.objects.values_list("code", flat=True))

    assert {shop.regency for shop in SHOPS} <= known


def test_every_chat_line_can_be_said():
    assert len(set(CHAT_LINES)) == len(CHAT_LINES) >= 60
    for line in CHAT_LINES:
        said = fill_in(line, product="Sambal Roa", code="A11", place="Kota Manado")
        assert "{" not in said
        assert 3 < len(said) < 120


def test_robots_say_they_are_robots():
    assert len(set(ROBOT_NAMES)) == len(ROBOT_NAMES) >= 20
    assert all(name.startswith("Robot ") for name in ROBOT_NAMES)
