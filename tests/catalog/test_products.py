"""Products and their variants."""

from __future__ import annotations

import pytest
from django.utils import timezone

from catalog.models import Category, Product, Stock
from catalog.operations import (
    LiveCodeTaken,
    SkuTaken,
    add_variant,
    create_product,
    edit_product,
    edit_variant,
    restore_product,
    restore_variant,
    withdraw_product,
    withdraw_variant,
)
from catalog.queries import free_live_code, free_sku
from tests.factories import make_product, make_shop, make_variant

pytestmark = pytest.mark.django_db


def words(**changes):
    fields = {
        "name": "Keripik Tempe Sagu",
        "category": Category.objects.get(slug="camilan"),
        "description": "Renyah.",
        "weight": 300,
    }
    return fields | changes


def test_a_new_product_has_one_variant_with_its_price_and_stock():
    product = create_product(make_shop(), fields=words(), price=18_500, available=12)

    variant = product.variants.get()
    assert (product.slug, variant.price, variant.live_code, variant.name) == (
        "keripik-tempe-sagu",
        18_500,
        "A1",
        "",
    )
    stock = variant.stock
    assert (stock.initial, stock.available, stock.reserved, stock.sold) == (12, 12, 0, 0)


def test_editing_a_product_never_changes_its_stock():
    variant = make_variant(stock=9)
    Stock.objects.filter(variant=variant).update(available=4, reserved=2, sold=3)

    edit_product(variant.product, fields=words(name="Nama Lain", weight=900))

    stock = Stock.objects.get(variant=variant)
    assert (stock.initial, stock.available, stock.reserved, stock.sold) == (9, 4, 2, 3)
    assert Product.objects.get(pk=variant.product_id).slug == "nama-lain"


def test_editing_a_variant_never_changes_its_stock():
    variant = make_variant(stock=9)

    edit_variant(variant, name="Pedas", sku="PDS", live_code="B7", price=30_000)

    variant.refresh_from_db()
    assert (variant.name, variant.sku, variant.live_code, variant.price) == ("Pedas", "PDS", "B7", 30_000)
    assert Stock.objects.get(variant=variant).available == 9


def test_a_withdrawn_product_is_not_sold_until_it_is_put_back():
    variant = make_variant()

    withdraw_product(variant.product)
    assert not Product.objects.on_sale().exists()

    restore_product(variant.product)
    assert Product.objects.on_sale().get() == variant.product


def test_withdrawing_twice_keeps_the_first_moment():
    product = make_product(withdrawn_at=(first := timezone.now()))

    withdraw_product(product)

    product.refresh_from_db()
    assert product.withdrawn_at == first


def test_a_withdrawn_variant_can_be_put_back():
    variant = make_variant()

    withdraw_variant(variant)
    variant.refresh_from_db()
    assert variant.withdrawn_at is not None

    restore_variant(variant)
    variant.refresh_from_db()
    assert variant.withdrawn_at is None


def test_variants_of_one_product_stand_in_the_order_they_came():
    product = make_product()

    for place in range(3):
        add_variant(product, name=f"V{place}", sku=f"S{place}", live_code=f"A{place}", price=1, available=0)

    assert list(product.variants.order_by("position").values_list("name", "position")) == [
        ("V0", 0),
        ("V1", 1),
        ("V2", 2),
    ]


@pytest.mark.parametrize(
    ("sku", "live_code", "refusal"), [("SKU", "B1", SkuTaken), ("LAIN", "A1", LiveCodeTaken)]
)
def test_a_code_names_one_variant_of_a_shop(sku, live_code, refusal):
    first = make_variant(sku="SKU", live_code="A1")

    with pytest.raises(refusal):
        add_variant(first.product, name="", sku=sku, live_code=live_code, price=1, available=0)

    assert first.product.variants.count() == 1


def test_another_shop_may_use_the_same_codes():
    make_variant(sku="SKU", live_code="A1")

    variant = add_variant(make_product(), name="", sku="SKU", live_code="A1", price=1, available=0)

    assert variant.pk


def test_the_first_free_live_code_is_suggested():
    shop = make_shop()
    for code in ("A1", "A2", "A4"):
        make_variant(shop=shop, live_code=code)

    assert free_live_code(shop) == "A3"
    assert free_live_code(make_shop()) == "A1"


def test_the_first_free_sku_is_suggested():
    product = make_product()
    make_variant(product=product, sku=f"P{product.pk}-1")

    assert free_sku(product) == f"P{product.pk}-2"
