"""Puts the people and the goods of the journeys into a running market; prints them as one JSON line."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

import django

if TYPE_CHECKING:
    from accounts.models import User


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "umkm_market.settings")
    django.setup()
    print(json.dumps(plant()))


def plant() -> dict[str, object]:
    from affiliates.models import CommissionRate
    from catalog.models import Category
    from tests.factories import make_address, make_product, make_session, make_shop, make_variant
    from tests.journeys.seed_pair import plant_pair
    from tests.journeys.seed_past import plant_past

    people = {
        role: _person(role) for role in ("seller", "hawker", "islander", "buyer", "affiliate", "stranger")
    }
    make_address(people["buyer"])
    make_address(people["stranger"], phone="+628999888777", street="Jl. Lain 9")
    shop = make_shop(owner=people["seller"], name="Keripik Bu Contoh", slug="keripik-bu-contoh")
    category = Category.objects.get(slug="camilan")
    product = make_product(shop=shop, category=category, name="Keripik Pisang", slug="keripik-pisang")
    other = make_product(shop=shop, category=category, name="Sambal Teri", slug="sambal-teri")
    variants = [
        make_variant(product=product, name="250 g", live_code="A1", price=18_500, stock=40),
        make_variant(product=product, name="500 g", live_code="A2", price=34_000, stock=3),
        make_variant(product=other, name="Botol", live_code="B1", price=25_000, stock=10),
    ]
    CommissionRate.objects.create(shop=shop, rate_bp=1000)
    session = make_session(shop=shop, products=[product, other], title="Keripik hangat malam ini")
    stand = make_shop(owner=people["hawker"], name="Lapak Pak Contoh", slug="lapak-pak-contoh")
    crackers = make_product(shop=stand, category=category, name="Opak Singkong", slug="opak-singkong")
    make_variant(product=crackers, name="1 bungkus", live_code="A1", price=12_000, stock=10)
    plain = make_session(shop=stand, products=[crackers], title="Malam tanpa skrip")
    isle = make_shop(owner=people["islander"], name="Lapak Pulau", slug="lapak-pulau")
    abon = make_product(shop=isle, category=category, name="Abon Tuna", slug="abon-tuna")
    make_variant(product=abon, name="1 botol", live_code="A1", price=30_000, stock=10)
    island = make_session(shop=isle, products=[abon], title="Abon dari pulau")
    return {
        "session": session.code,
        "island_session": island.code,
        "plain_session": plain.code,
        "pair_session": plant_pair(_person("pair")),
        **plant_past(_person("veteran"), guests=[_person(f"guest{number}") for number in range(3)]),
        "product": [product.slug, product.pk],
        "other": [other.slug, other.pk],
        "variants": [variant.pk for variant in variants],
        "shop": shop.slug,
    }


def _person(role: str) -> User:
    from allauth.account.models import EmailAddress

    from tests.factories import make_user

    user = make_user(email=f"{role}@contoh.test", name=f"{role.title()} Contoh")
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


if __name__ == "__main__":
    main()
