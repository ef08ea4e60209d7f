"""A seller's pages, as a browser sends their forms."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from catalog.models import Category, Product, Shop, Stock
from tests.catalog.costs import queries_of
from tests.catalog.test_photos import photo_file
from tests.factories import make_photo, make_product, make_shop, make_user, make_variant

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop():
    return make_shop()


@pytest.fixture
def seller(client, shop):
    client.force_login(shop.owner)
    return client


def product_form(**changes):
    fields = {
        "name": "Keripik Tempe",
        "category": Category.objects.get(slug="camilan").pk,
        "weight": 250,
        "price": "18.500",
        "available": 12,
    }
    return fields | changes


SHOP = {
    "name": "Keripik Bu Sri",
    "slug": "keripik-bu-sri",
    "regency": "Kabupaten Bantul",
    "awning": 2,
    "shipping_fee": "12.000",
}


def test_a_person_opens_a_shop(client):
    client.force_login(owner := make_user())

    answer = client.post(reverse("catalog:shop_open"), SHOP)

    assert answer["Location"] == reverse("catalog:product_new")
    shop = Shop.objects.get(owner=owner)
    assert (shop.slug, shop.regency_id, shop.shipping_fee, shop.accepts_cod) == (
        "keripik-bu-sri",
        "34.02",
        12_000,
        False,
    )


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", "ab"),
        ("slug", "Ada Spasi"),
        ("regency", "Atlantis"),
        ("regency", "Malang"),
        ("nib", "123"),
        ("awning", "9"),
        ("shipping_fee", "-1"),
        ("shipping_fee", "dua"),
    ],
)
def test_a_bad_shop_form_comes_back(client, field, value):
    client.force_login(make_user())

    answer = client.post(reverse("catalog:shop_open"), SHOP | {field: value})

    assert answer.status_code == 422
    assert "data-error-summary" in answer.content.decode()
    assert not Shop.objects.exists()


def test_who_leaves_the_address_empty_gets_one_from_the_name(client):
    make_shop(slug="keripik-bu-sri")
    client.force_login(owner := make_user())

    client.post(reverse("catalog:shop_open"), SHOP | {"slug": ""})

    assert Shop.objects.get(owner=owner).slug == "keripik-bu-sri-2"


def test_a_taken_address_comes_back(client):
    make_shop(slug="keripik-bu-sri")
    client.force_login(make_user())

    answer = client.post(reverse("catalog:shop_open"), SHOP)

    assert answer.status_code == 422
    assert "sudah dipakai lapak lain" in answer.content.decode()


def test_the_address_is_suggested_by_the_name(client):
    client.force_login(make_user())

    answer = client.get(reverse("catalog:slug_check"), {"name": "Kopi Pagi"}, headers={"HX-Request": "true"})

    assert 'value="kopi-pagi"' in answer.content.decode()
    assert "<html" not in answer.content.decode()


def test_a_product_is_laid_out_with_its_photos(seller, shop):
    answer = seller.post(
        reverse("catalog:product_new"), product_form(photos=[photo_file("teal"), photo_file()])
    )

    product = Product.objects.get(shop=shop)
    assert answer["Location"] == reverse("catalog:product_edit", args=[product.pk])
    assert product.photos.count() == 2
    assert product.variants.get().price == 18_500


def test_a_script_is_sent_to_the_new_product(seller, shop):
    answer = seller.post(reverse("catalog:product_new"), product_form(), headers={"HX-Request": "true"})

    assert answer["HX-Redirect"] == reverse("catalog:product_edit", args=[Product.objects.get().pk])


@pytest.mark.parametrize(
    "upload",
    [
        SimpleUploadedFile("foto.jpg", b"bukan foto " * 50, "image/jpeg"),
        SimpleUploadedFile("foto.jpg", b"\xff\xd8\xff" + b"0" * 11_000_000, "image/jpeg"),
    ],
    ids=["text", "too large"],
)
def test_a_bad_photo_means_no_product(seller, settings, upload):
    upload.seek(0)

    answer = seller.post(reverse("catalog:product_new"), product_form(photos=[photo_file(), upload]))

    assert answer.status_code == 422
    assert 'id="id_photos"' in answer.content.decode()
    assert not Product.objects.exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [("name", ""), ("price", "0"), ("price", "lima"), ("weight", "0"), ("category", "99999")],
)
def test_a_bad_product_form_comes_back(seller, field, value):
    answer = seller.post(reverse("catalog:product_new"), product_form(**{field: value}))

    assert answer.status_code == 422
    assert not Product.objects.exists()


def test_saving_the_words_leaves_the_stock(seller, shop):
    variant = make_variant(shop=shop, stock=8)
    Stock.objects.filter(variant=variant).update(available=3, sold=5)

    seller.post(reverse("catalog:product_edit", args=[variant.product_id]), product_form(name="Nama Lain"))

    stock = Stock.objects.get(variant=variant)
    assert (stock.initial, stock.available, stock.sold) == (8, 3, 5)


def test_stock_that_moved_is_not_overwritten(seller, shop):
    variant = make_variant(shop=shop, stock=8)

    answer = seller.post(reverse("catalog:stock", args=[variant.pk]), {"available": 20, "seen": 9})

    assert answer.status_code == 409
    assert "stok sekarang 8" in answer.content.decode()
    assert Stock.objects.get(variant=variant).available == 8


def test_stock_that_stood_still_is_counted_anew(seller, shop):
    variant = make_variant(shop=shop, stock=8)

    seller.post(reverse("catalog:stock", args=[variant.pk]), {"available": 20, "seen": 8})

    assert Stock.objects.get(variant=variant).available == 20


@pytest.mark.parametrize("units", ["0", "-4", "banyak", ""])
def test_restocking_by_nonsense_changes_nothing(seller, shop, units):
    variant = make_variant(shop=shop, stock=8)

    answer = seller.post(reverse("catalog:restock", args=[variant.pk]), {"units": units})

    assert answer.status_code == 422
    assert Stock.objects.get(variant=variant).available == 8


def test_a_taken_live_code_comes_back(seller, shop):
    variant = make_variant(shop=shop, live_code="A1")

    answer = seller.post(
        reverse("catalog:variant_new", args=[variant.product_id]),
        {"name": "Pedas", "price": "9.000", "live_code": "a1", "sku": "LAIN", "available": 1},
    )

    assert answer.status_code == 422
    assert "Kode live itu sudah dipakai" in answer.content.decode()
    assert variant.product.variants.count() == 1


def test_a_photo_is_moved_in_a_fragment(seller, shop):
    product = make_product(shop=shop)
    make_photo(product)
    second = make_photo(product)

    answer = seller.post(
        reverse("catalog:photo_move", args=[second.pk]), {"place": 0}, headers={"HX-Request": "true"}
    )

    assert answer.content.decode().lstrip().startswith('<div class="stack" id="photos">')
    assert product.photos.get(position=0) == second


def test_no_photo_at_all_comes_back(seller, shop):
    product = make_product(shop=shop)

    answer = seller.post(reverse("catalog:photo_add", args=[product.pk]))

    assert answer.status_code == 422
    assert "Pilih dulu fotonya." in answer.content.decode()


@pytest.mark.parametrize("name", ["catalog:product_list", "catalog:seller_home"])
def test_lists_cost_the_same_for_one_row_and_for_three(name, seller, shop):
    make_photo(make_variant(shop=shop, stock=2).product)
    seller.get(reverse(name))
    one = queries_of(seller, reverse(name))
    for _ in range(2):
        make_photo(make_variant(shop=shop, stock=2).product)

    assert queries_of(seller, reverse(name)) == one
