"""Whoever comes when it is gone …"""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from catalog.models import Stock
from checkout import gone
from orders.models import Order
from tests.checkout.test_counter import press
from tests.factories import make_address, make_user, make_variant

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def nothing_known() -> None:
    gone._known.clear()


@pytest.fixture
def buyer() -> User:
    return make_user()


@pytest.fixture
def shopper(client: Client, buyer: User) -> Client:
    client.force_login(buyer)
    return client


def test_is_told_by_one_question_once_somebody_was_refused(
    shopper: Client, buyer: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    variant, address = make_variant(stock=0), make_address(buyer)
    assert press(shopper, variant, address).status_code == 409

    with django_assert_num_queries(1):
        answer = press(shopper, variant, address)

    assert answer.status_code == 409
    assert "Stoknya baru saja habis." in answer.content.decode()


def test_gets_the_order_again_that_the_same_key_won(shopper: Client, buyer: User) -> None:
    variant, address, key = make_variant(stock=1), make_address(buyer), uuid4()
    assert press(shopper, variant, address, key=key).status_code == 200
    assert press(shopper, variant, address).status_code == 409

    again = press(shopper, variant, address, key=key)

    assert again.status_code == 200
    assert Order.objects.get().number in again.content.decode()


@pytest.mark.parametrize("where", ["available", "set_aside"])
def test_is_looked_up_again_as_soon_as_some_came_back(shopper: Client, buyer: User, where: str) -> None:
    variant, address = make_variant(stock=0), make_address(buyer)
    assert press(shopper, variant, address).status_code == 409
    Stock.objects.filter(variant=variant).update(initial=1, **{where: 1})

    answer = press(shopper, variant, address)

    assert answer.status_code == (200 if where == "available" else 409)
    assert Order.objects.count() == (1 if where == "available" else 0)
