"""A stall of its own for the sale behind a bad network, and people with money; printed as one JSON line."""

from __future__ import annotations

import json
import os
import sys

import django


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "umkm_market.settings")
    django.setup()
    print(json.dumps(plant(people=int(sys.argv[1]))))


def plant(*, people: int) -> dict[str, object]:
    from bench.shoppers import invite
    from catalog.models import Category
    from tests.factories import make_product, make_session, make_shop, make_variant
    from tests.journeys.seed import _person

    host = _person("storm")
    shop = make_shop(owner=host, name="Lapak Angin", slug="lapak-angin")
    product = make_product(
        shop=shop, category=Category.objects.get(slug="camilan"), name="Wedang Jahe", slug="wedang-jahe"
    )
    variant = make_variant(product=product, name="1 botol", live_code="J1", price=15_000, stock=100)
    session = make_session(shop=shop, products=[product], title="Jualan di tengah badai")
    shoppers = invite(people)
    return {
        "session": session.code,
        "variant": variant.pk,
        "people": [[shopper.user_id, shopper.address_id, shopper.session] for shopper in shoppers],
    }


if __name__ == "__main__":
    main()
