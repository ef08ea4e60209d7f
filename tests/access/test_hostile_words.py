"""Nothing that a stranger types into an address or a form breaks a page."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from affiliates.models import CommissionRate
from catalog.models import ProductPhoto
from tests.access.rules import ANONYMOUS
from tests.access.test_matrix import rules
from tests.access.world import World, make_world
from tests.factories import make_photo

pytestmark = pytest.mark.django_db
NOTHING, ENDLESS, TOO_GREAT, SQUARED = "\0", "9" * 5_000, "9" * 25, "²"
WORDS = [NOTHING, ENDLESS, TOO_GREAT, SQUARED, "-1", "//", "9"]


@pytest.fixture
def world() -> World:
    return make_world()


def client_of(world: World, name: str) -> Client:
    client = Client()
    for actor in sorted(rules()[name].allowed - {ANONYMOUS})[:1]:
        client.force_login(getattr(world, actor))
    return client


@pytest.mark.parametrize("word", WORDS, ids=lambda word: ascii(word)[:12])
@pytest.mark.parametrize(
    ("name", "field"),
    [
        ("accounts:regencies", "regency"),
        ("accounts:areas", "area"),
        ("catalog:search", "page"),
        ("catalog:search", "q"),
        ("livestream:list", "kategori"),
        ("livestream:list", "provinsi"),
        ("checkout:buy", "session"),
        ("orders:desk", "state"),
        ("orders:list", "page"),
        ("affiliates:join", "next"),
    ],
)
def test_addresses(world: World, name: str, field: str, word: str) -> None:
    path = reverse(name, kwargs=rules()[name].kwargs(world))

    for client in (client_of(world, name), Client()):
        assert client.get(path, {field: word}).status_code < 500


@pytest.mark.parametrize("word", WORDS, ids=lambda word: ascii(word)[:12])
@pytest.mark.parametrize(
    ("name", "field"),
    [
        ("affiliates:end_rate", "product"),
        ("checkout:buy", "session"),
        ("checkout:buy", "variant"),
        ("checkout:cancel", "reason"),
        ("livestream:plan_new", "products"),
        ("livestream:say", "text"),
    ],
)
def test_forms(world: World, name: str, field: str, word: str) -> None:
    rule = rules()[name]
    path = reverse(name, kwargs=rule.kwargs(world))

    answer = client_of(world, name).post(path, {**rule.fields(world), field: word})

    assert answer.status_code < 500


@pytest.mark.parametrize("word", WORDS, ids=lambda word: ascii(word)[:12])
def test_a_photo_goes_to_no_place_that_is_none(client: Client, world: World, word: str) -> None:
    first, second = make_photo(world.product), make_photo(world.product)
    client.force_login(world.seller)

    client.post(reverse("catalog:photo_move", args=[first.pk]), {"place": word})

    assert set(ProductPhoto.objects.values_list("pk", flat=True)) == {first.pk, second.pk}


def test_a_product_that_is_none_does_not_end_the_whole_shops_rate(client: Client, world: World) -> None:
    client.force_login(world.seller)

    answer = client.post(reverse("affiliates:end_rate"), {"product": "bukan-angka"})

    assert answer.status_code == 404
    assert CommissionRate.objects.filter(shop=world.shop, valid_to=None).exists()
