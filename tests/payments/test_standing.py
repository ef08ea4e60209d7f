"""What speaks against one more order …"""

from __future__ import annotations

import pytest
from django.utils import timezone
from pytest_django.fixtures import Settings

from payments import operations
from payments.models import ShopTill
from payments.queries import offers_for, standing
from tests.factories import make_shop, make_user, make_variant
from tests.orders.helpers import order_in, place

pytestmark = pytest.mark.django_db


def is_offered(method: str, shop) -> bool:
    """Both ways of asking say the same."""
    buyer = make_user()
    shown = method in {offer.method for offer in offers_for(shop, buyer.pk)}
    allowed = standing(method=method, shop_id=shop.pk, buyer_id=buyer.pk).is_offered
    assert shown == allowed or method == "cod"
    return shown


@pytest.mark.parametrize("method", ["qris", "gopay", "shopeepay", "card", "va_permata", "cod"])
def test_offers_what_the_market_is_set_up_for(method: str, settings: Settings):
    shop = make_shop()
    assert is_offered(method, shop)

    settings.PAYMENT_METHODS = ["va_bca"]

    assert not is_offered(method, shop)


def test_offers_a_shops_own_till_only_when_it_is_set_up():
    shop = make_shop()
    assert not is_offered("shop_qris", shop)
    assert not is_offered("transfer", shop)

    till = ShopTill.objects.create(shop=shop, qris_payload="00…", qris_nmid="ID1000000000001")
    assert not is_offered("shop_qris", shop)  # read, but nobody has looked at the name yet
    till.qris_confirmed_at, till.bank = timezone.now(), "BCA"
    till.account_number, till.account_name = "1234567890", "Sari"
    till.save()

    assert is_offered("shop_qris", shop)
    assert is_offered("transfer", shop)


def test_offers_not_what_the_shop_refuses():
    shop = make_shop()

    operations.choose_methods(shop, refused=["gopay", "va_bca"], accepts_cod=False)

    shop.refresh_from_db()
    assert not is_offered("gopay", shop)
    assert not is_offered("cod", shop)
    assert is_offered("qris", shop)


def test_offers_nowhere_what_is_paused():
    shop = make_shop()
    operations.pause_method("qris", by=make_user(is_staff=True), reason="Gerbang sedang gangguan")
    assert not is_offered("qris", shop)

    operations.resume_method("qris")

    assert is_offered("qris", shop)


def test_counts_what_the_buyer_owes(settings: Settings):
    settings.MOST_UNPAID_ORDERS, settings.MOST_PARCELS_UNPAID = 3, 1
    buyer, variant = make_user(), make_variant(stock=9)
    for _ in range(2):
        place(variant, buyer=buyer)
    order_in("expired", variant, buyer=buyer)
    place()  # somebody else's

    before = standing(method="qris", shop_id=variant.shop_id, buyer_id=buyer.pk)
    place(variant, buyer=buyer)
    after = standing(method="qris", shop_id=variant.shop_id, buyer_id=buyer.pk)

    assert (before.unpaid, before.owes_too_much) == (2, False)
    assert (after.unpaid, after.owes_too_much) == (3, True)
