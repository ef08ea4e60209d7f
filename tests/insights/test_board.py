"""The running board."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertNumQueries

from insights.queries.board import board_of
from livestream.models import LiveSession
from livestream.operations.chat import say
from livestream.room import taps
from tests.factories import make_user, make_variant
from tests.insights.shows import a_show, pin, sell, tap

pytestmark = pytest.mark.django_db


@pytest.fixture
def variant():
    return make_variant(price=25_000, stock=50)


@pytest.fixture
def session(variant) -> LiveSession:
    return a_show(variant)


@pytest.fixture
def host(session) -> Client:
    client = Client()
    client.force_login(session.host)
    return client


def board_page(client: Client, session: LiveSession, *, is_fragment: bool = True):
    headers = {"HX-Request": "true"} if is_fragment else {}
    return client.get(reverse("insights:board", args=[session.code]), headers=headers)


def test_counts_what_is_still_wanted(session, variant):
    for state in ("confirmed", "shipped", "pending", "expired", "cancelled", "refund_due", "refunded"):
        sell(session, variant, state, ms=60_000, quantity=2)

    board = board_of(session)

    assert (board.orders, board.waiting) == (3, 1)
    assert board.goods == 2 * 2 * 25_000
    assert sorted(order.is_kept for order in board.newest) == [False, True, True]


def test_knows_the_pinned_product_and_how_many_looked(session, variant):
    pin(session, variant, 0, None)
    for person in (1, 2, 3):
        tap(session, variant, person, ms=1_000)
    sell(session, variant, ms=2_000, quantity=4)

    board = board_of(session)

    assert (board.pinned.name, board.pinned.left, board.pinned.taps) == (variant.product.name, 46, 3)
    assert board.taps == 3


def test_chat_is_that_of_the_last_minute(session):
    old = say(session, sender=make_user(), text="Halo", client_id=uuid.uuid4())
    old.created_at = timezone.now() - timedelta(seconds=61)
    old.save()
    say(session, sender=make_user(), text="Sisa berapa?", client_id=uuid.uuid4())

    assert board_of(session).chat_a_minute == 1


def test_a_sheet_that_was_just_opened_is_on_the_board(session, variant, host):
    taps.take()
    taps.gather(session.code, product_id=variant.product_id, seat="u1")

    answer = board_page(host, session)

    assert "Lihat beli</dt><dd>1</dd>" in answer.content.decode()


def test_ten_devices_cost_the_database_one_board(session, variant, host):
    board_page(host, session)

    with assertNumQueries(3):  # who asks, the show they may see, whether with its money
        board_page(host, session)


def test_the_cost_does_not_grow_with_the_orders(session, variant):
    sell(session, variant, ms=1_000)
    pin(session, variant, 0, None)
    with assertNumQueries(11) as before:
        board_of(session)
    for number in range(8):
        sell(session, variant, ms=number)

    with assertNumQueries(len(before)):
        board_of(session)


def test_is_a_part_of_the_studio_and_a_page_of_its_own(session, variant, host):
    sell(session, variant, ms=1_000)

    part, page = board_page(host, session), board_page(host, session, is_fragment=False)

    assert 'data-orders-counted="1"' in part.content.decode()
    assert "Rp25.000" in part.content.decode()
    assert "<html" not in part.content.decode()
    assert "<html" in page.content.decode()


def test_before_the_first_order_it_says_what_helps(session, host):
    assert "Belum ada pesanan" in board_page(host, session).content.decode()
