"""Finding goods by words, typing errors and all, and by filters."""

from __future__ import annotations

import pytest
from django.urls import reverse

from accounts.models import Regency
from catalog.models import Category
from storefront.forms import SearchForm
from storefront.queries import PER_PAGE, search
from tests.catalog.costs import queries_of
from tests.factories import (
    make_photo,
    make_product,
    make_session,
    make_session_on_air,
    make_shop,
    make_variant,
)

pytestmark = pytest.mark.django_db


def found(page: int = 1, **asked):
    form = SearchForm(asked)
    assert form.is_valid(), form.errors
    return search(form.cleaned_data, page=page)


def names(page: int = 1, **asked) -> list[str]:
    return [product.name for product in found(page, **asked).products]


def on_sale(name: str, *, price: int = 10_000, stock: int = 5, **fields):
    return make_variant(product=make_product(name=name, **fields), price=price, stock=stock).product


@pytest.mark.parametrize(
    "words", ["keripik pisang", "PISANG", "pisang keripik", "kerip", "lumer", "  keripik,  pisang! "]
)
def test_every_word_must_be_there_at_least_its_beginning(words):
    on_sale("Keripik Pisang", description="Cokelat lumer di mulut")
    on_sale("Batik Tulis")

    assert names(q=words) == ["Keripik Pisang"]


@pytest.mark.parametrize("words", ["kripik", "keirpik pisang", "kripik psang"])
def test_a_typing_error_still_finds_and_says_so(words):
    on_sale("Keripik Pisang")
    on_sale("Batik Tulis")

    result = found(q=words)

    assert [product.name for product in result.products] == ["Keripik Pisang"]
    assert result.is_near


def test_what_has_nothing_alike_is_not_found():
    on_sale("Keripik Pisang")

    result = found(q="motherboard")

    assert (result.products, result.is_near) == ([], False)


@pytest.mark.parametrize("words", ["'", "& | ! :*", "a & b", "<script>", "%", "\\"])
def test_signs_of_the_query_language_are_only_signs(words):
    on_sale("Keripik Pisang")

    found(q=words)


def test_a_name_weighs_more_than_a_description():
    on_sale("Kopi Ijen", description="Enak dengan pisang")
    on_sale("Pisang Sale")

    assert names(q="pisang") == ["Pisang Sale", "Kopi Ijen"]


def test_a_shop_is_found_by_its_name_with_its_goods():
    shop = make_shop(name="Dapur Mama Ona")
    on_sale("Sambal Cakalang", shop=shop)

    result = found(q="mama ona")

    assert result.shops == [shop]
    assert [product.name for product in result.products] == ["Sambal Cakalang"]


def test_filters_narrow():
    batik = Category.objects.get(slug="batik-tenun")
    malang = make_shop(regency=Regency.objects.get(code="35.07"))
    on_sale("Murah", price=5_000)
    on_sale("Mahal", price=90_000)
    on_sale("Kain", category=batik, price=50_000)
    on_sale("Malang", shop=malang, price=50_000)

    assert names(category="batik-tenun") == ["Kain"]
    assert names(regency="35.07") == ["Malang"]
    assert names(price_min="60.000") == ["Mahal"]
    assert names(price_max="5.000") == ["Murah"]
    assert names(sort="cheap")[0] == "Murah"
    assert names(sort="dear")[0] == "Mahal"


def test_a_price_range_counts_every_variant():
    product = on_sale("Dua Ukuran", price=10_000)
    make_variant(product=product, price=40_000)

    assert names(price_min="30000") == names(price_max="20000") == ["Dua Ukuran"]
    assert names(price_min="50000") == names(price_max="9000") == []


def test_only_what_is_shown_at_this_moment_is_live():
    live, planned, _ = on_sale("Live"), on_sale("Rencana"), on_sale("Biasa")
    make_session_on_air(shop=live.shop, products=[live])
    make_session(shop=planned.shop, products=[planned])

    assert names(live="on") == ["Live"]


def test_withdrawn_goods_are_not_found():
    product = on_sale("Keripik Pisang")
    product.variants.update(withdrawn_at=product.created_at)

    assert names(q="keripik") == names(q="kripik") == names() == []


def test_pages_follow_one_another():
    shop = make_shop()
    for number in range(PER_PAGE + 2):
        on_sale(f"Keripik {number}", shop=shop)

    first, second = found(q="keripik"), found(2, q="keripik")

    assert (len(first.products), first.has_more) == (PER_PAGE, True)
    assert (len(second.products), second.has_more) == (2, False)
    assert not {p.pk for p in first.products} & {p.pk for p in second.products}


def test_a_full_page_asks_the_database_three_times(client):
    client.get(reverse("catalog:search"))  # categories and regencies are kept
    shop = make_shop(name="Keripik Jaya")
    make_photo(on_sale("Keripik Pisang", shop=shop))
    one = queries_of(client, reverse("catalog:search") + "?q=keripik")
    for number in range(2):
        make_photo(on_sale(f"Keripik Lain {number}", shop=shop))

    assert queries_of(client, reverse("catalog:search") + "?q=keripik") == one == 3


def test_a_listing_without_words_asks_twice(client):
    make_photo(on_sale("Keripik"))
    client.get(reverse("catalog:search"))

    assert queries_of(client, reverse("catalog:search")) == 2


def test_a_fragment_answers_htmx_and_caches_are_told(client):
    on_sale("Keripik Pisang")

    answer = client.get(
        reverse("catalog:search"), {"q": "keripik", "sort": ""}, headers={"HX-Request": "true"}
    )

    assert answer.content.decode().lstrip().startswith('<section class="stack" id="results"')
    assert "HX-Request" in answer["Vary"]
    assert answer["HX-Replace-Url"] == "?q=keripik"


@pytest.mark.parametrize(
    "asked", [{"price_min": "lima"}, {"price_min": 9, "price_max": 3}, {"sort": "x"}, {"category": "x"}]
)
def test_nonsense_is_refused(client, asked):
    answer = client.get(reverse("catalog:search"), asked)

    assert answer.status_code == 422
    assert "Saringannya belum pas" in answer.content.decode()


def test_an_empty_result_offers_a_way_on(client):
    answer = client.get(reverse("catalog:search"), {"q": "zzzzzz"})

    assert "Lihat semua dagangan" in answer.content.decode()


def test_the_index_of_words_is_used():
    """Otherwise every search reads every product."""
    from django.db import connection

    from catalog.models import Product
    from catalog.queries import products_matching

    query = products_matching(Product.objects.all(), text="keripik")
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    assert "catalog_product_words" in query.explain()
