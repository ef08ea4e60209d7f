"""The quick way to buy …"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.models import Address, User
from catalog.models import Variant
from orders.models import Order
from tests.factories import make_address, make_session_on_air, make_user, make_variant

pytestmark = pytest.mark.django_db(transaction=True)
HTMX = {"HX-Request": "true"}


@pytest.fixture
def buyer() -> User:
    return make_user()


@pytest.fixture
def shopper(client: Client, buyer: User) -> Client:
    client.force_login(buyer)
    return client


def press(client: Client, variant: Variant, address: Address, **changes: Any) -> Any:
    fields = {
        "buyer": address.user_id,
        "variant": variant.pk,
        "quantity": 1,
        "address": address.pk,
        "method": "cod",
        "key": uuid4(),
        **changes,
    }
    return client.post(f"/beli/{variant.pk}/", fields, headers=HTMX)


def test_asks_two_questions(
    shopper: Client, buyer: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    variant, address = make_variant(), make_address(buyer)
    session = make_session_on_air(shop=variant.shop, products=[variant.product])

    with django_assert_num_queries(2):
        answer = press(shopper, variant, address, session=session.code)

    order = Order.objects.get()
    assert answer.status_code == 200
    assert (order.buyer, order.session, order.address) == (buyer, session, address.as_snapshot())


def test_leads_to_the_same_order_as_the_long_way(shopper: Client, buyer: User) -> None:
    variant, address, key = make_variant(), make_address(buyer), uuid4()

    answers = [press(shopper, variant, address, key=key, buyer=hint) for hint in (buyer.pk, "")]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert Order.objects.count() == 1


def _log_out(user: User) -> None:
    Session.objects.all().delete()


def _let_the_log_in_expire(user: User) -> None:
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))


def _change_password(user: User) -> None:
    user.set_password("baru-sekali-ini")
    user.save()


def _shut_out(user: User) -> None:
    User.objects.filter(pk=user.pk).update(is_active=False)


@pytest.mark.parametrize("end", [_log_out, _let_the_log_in_expire, _change_password, _shut_out])
def test_is_closed_to_whoever_is_no_longer_logged_in(
    shopper: Client, buyer: User, end: Callable[[User], None]
) -> None:
    variant, address = make_variant(), make_address(buyer)
    end(buyer)
    cache.clear()

    answer = press(shopper, variant, address)

    assert answer.headers["HX-Redirect"].startswith("/akun/login/")
    assert not Order.objects.exists()


def test_believes_no_sheet_of_somebody_else(shopper: Client, buyer: User) -> None:
    variant, victim = make_variant(), make_user()

    answer = press(shopper, variant, make_address(victim))

    assert answer.status_code == 422
    assert not Order.objects.exists()


def test_offers_the_address_first_that_was_used_last(shopper: Client, buyer: User) -> None:
    variant, old, _ = make_variant(), make_address(buyer), make_address(buyer)

    press(shopper, variant, old)

    assert buyer.addresses.order_by("-used_at").first() == old
    old.refresh_from_db()
    used_at = old.used_at
    press(shopper, variant, old)
    old.refresh_from_db()
    assert old.used_at == used_at  # first already: nothing is written
