"""Asking for goods in the chat: one card for one message, for its sender alone."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from uuid import uuid4

import pytest
from django.db import OperationalError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from checkout import keeping
from deals.models import Keep
from deals.operations.keeps import keep_message
from deals.queries import keeps as unanswered
from deals.queries.games import most_wanted
from inbox.models import Notice
from livestream.models import LiveSession
from livestream.operations.chat import say
from livestream.operations.moderation import remove_message
from orders.models import Order
from tests.concurrency import run_at_once
from tests.deals.makers import counters
from tests.factories import (
    make_address,
    make_product,
    make_session_on_air,
    make_shop,
    make_user,
    make_variant,
)
from tests.orders.test_races import the_function_without

pytestmark = pytest.mark.django_db


@pytest.fixture
def room(db):
    """A session that shows one shirt in two sizes and one cup."""
    shop = make_shop()
    shirt, cup = make_product(shop=shop), make_product(shop=shop)
    make_variant(product=shirt, live_code="A12", name="S", stock=5)
    make_variant(product=shirt, live_code="A13", name="L", stock=1)
    make_variant(product=cup, live_code="B7", stock=9)
    make_variant(shop=shop, live_code="C9")  # not shown
    return make_session_on_air(shop=shop, products=[shirt, cup])


def ask(session, text, person=None):
    """Say something and ask what it means, as the page of its sender does."""
    person, message_id = person or make_user(), uuid4()
    say(session, sender=person, text=text, client_id=message_id)
    return asked_again(session, person, message_id), person, message_id


def asked_again(session, person, message_id):
    client = Client()
    client.force_login(person)
    return client.post(reverse("checkout:keep", args=[session.code]), {"id": message_id})


def test_what_the_host_keeps_back_cannot_be_asked_for_yet(room):
    room.showcase.filter(product__variants__live_code="B7").update(is_hidden=True)

    answer, _, _ = ask(room, "keep B7")

    assert "Lanjut bayar" not in answer.content.decode()


def test_a_clear_wish_offers_exactly_that(room):
    answer, _, _ = ask(room, "keep A12 L")

    page = answer.content.decode()
    wanted = Keep.objects.get().variant
    assert wanted.live_code == "A13"
    assert "Simpan 1 × A13 L → Lanjut bayar" in page
    assert f"{reverse('checkout:buy', args=[wanted.pk])}?session={room.code}&amp;quantity=1" in page
    assert "Belum dipesan sampai kamu bayar" in page
    assert counters(wanted) == (1, 0)  # nothing is held


def test_the_sheet_opens_with_the_quantity_that_was_said(room):
    answer, person, _ = ask(room, "fixx b7 x3")
    address = answer.content.decode().split('hx-get="')[1].split('"')[0].replace("&amp;", "&")
    client = Client()
    client.force_login(person)

    sheet = client.get(address, headers={"HX-Request": "true"}).content.decode()

    field = sheet.split('name="quantity"')[1].split(">")[0]
    assert 'value="3"' in field


def test_one_message_gives_one_card_however_often_it_is_asked(room):
    answer, person, message_id = ask(room, "keep b7")

    again = asked_again(room, person, message_id)

    assert (answer.status_code, again.status_code) == (200, 204)
    assert Keep.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_one_message_asked_about_at_once_gives_one_card():
    shop = make_shop()
    variant = make_variant(shop=shop, live_code="B7")
    session = make_session_on_air(shop=shop, products=[variant.product])
    person, message_id = make_user(), uuid4()
    say(session, sender=person, text="keep b7", client_id=message_id)

    answers = run_at_once(*[partial(keep_message, session, user=person, message_id=message_id)] * 8)

    assert sum(answer is not None for answer in answers) == 1
    assert Keep.objects.count() == 1


def test_an_unclear_wish_asks_which_one_and_counts_for_nothing(room):
    answer, _, _ = ask(room, "keep a12 merah")

    page = answer.content.decode()
    assert "Yang mana?" in page
    assert page.count("hx-get=") == 1  # one button; the choice is on the sheet
    assert Keep.objects.get().variant is None
    assert not most_wanted(room)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("keep c9", "tidak ada di etalase"),
        ("keep a13 x2", "tidak cukup"),
        ("keep z99", "tidak ada di etalase"),
    ],
)
def test_what_cannot_be_had_is_said_without_a_button(room, text, words):
    answer, _, _ = ask(room, text)

    assert words in answer.content.decode()
    assert "hx-get" not in answer.content.decode()


@pytest.mark.parametrize("text", ["halo semua", "a12 bagus", "mau a12 berapa kak"])
def test_ordinary_talk_gets_no_card(room, text):
    answer, _, _ = ask(room, text)

    assert answer.status_code == 204
    assert not Keep.objects.exists()


def test_only_ones_own_message_is_understood(room):
    _, _, message_id = ask(room, "keep b7")
    Keep.objects.all().delete()

    assert asked_again(room, make_user(), message_id).status_code == 204
    assert asked_again(room, make_user(), uuid4()).status_code == 204
    assert asked_again(room, make_user(), "kosong").status_code == 204
    assert not Keep.objects.exists()


def test_a_message_that_was_taken_away_is_not_understood(room):
    person, message_id = make_user(), uuid4()
    said = say(room, sender=person, text="keep b7", client_id=message_id)
    remove_message(room, seq=said.seq, by=room.host)

    assert asked_again(room, person, message_id).status_code == 204


def test_taking_back_ends_ones_own_wish_only(room):
    _, mine, _ = ask(room, "keep b7 x2")
    ask(room, "keep b7 x3")

    answer, _, _ = ask(room, "batal b7", person=mine)

    assert "tidak dicatat lagi" in answer.content.decode()
    (row,) = most_wanted(room)
    assert (row["variant__live_code"], row["people"], row["units"]) == ("B7", 1, 3)


def test_the_host_sees_what_is_wanted_most(room):
    for text in ("keep b7", "keep b7 x2", "keep a12"):
        ask(room, text)
    client = Client()
    client.force_login(room.host)

    page = client.get(reverse("deals:games", args=[room.code])).content.decode()

    assert "Diminta lewat obrolan" in page
    assert [(row["variant__live_code"], row["units"]) for row in most_wanted(room)] == [("B7", 3), ("A12", 1)]


def test_asking_too_often_is_slowed_down(room):
    person = make_user()

    answers = [asked_again(room, person, uuid4()).status_code for _ in range(21)]

    assert answers == [204] * 20 + [429]


# --- and whoever has an address holds the goods by saying so --------------------------------------


@pytest.fixture
def regular(db):
    """A person whose address is known."""
    person = make_user()
    make_address(person)
    return person


def test_a_clear_wish_of_a_regular_holds_the_goods_until_they_are_paid(room, regular):
    answer, _, _ = ask(room, "keep A12 L", person=regular)

    order = Order.objects.get()
    assert (order.state, order.session, order.buyer) == ("pending", room, regular)
    assert (order.lines.get().variant.live_code, order.lines.get().quantity) == ("A13", 1)
    assert order.lines.get().variant.stock.available == 0
    assert reverse("payments:pay", args=[order.number]) in answer.content.decode()
    assert Notice.objects.get(user=regular).path == reverse("payments:pay", args=[order.number])


def test_one_message_holds_once_however_often_it_is_asked(room, regular):
    _, _, message_id = ask(room, "keep b7 x2", person=regular)

    asked_again(room, regular, message_id)
    keeping.keep(room, user=regular, message_id=message_id, visitor=None)
    Keep.objects.all().delete()  # even when the message is understood once more
    asked_again(room, regular, message_id)

    assert Order.objects.count() == 1


@pytest.mark.parametrize("text", ["keep a12 merah", "keep a13 x2", "keep z99", "b7 bagus", "mau b7 masih?"])
def test_nothing_is_held_for_what_is_not_clear_or_not_there(room, regular, text):
    ask(room, text, person=regular)

    assert not Order.objects.exists()


def test_the_last_piece_is_held_for_whoever_said_it_first(room, regular):
    late = make_user()
    make_address(late)
    ask(room, "fix a13", person=regular)

    answer, _, _ = ask(room, "fix a13", person=late)

    assert "tidak cukup" in answer.content.decode()
    assert Order.objects.get().buyer == regular


def test_taking_back_gives_ones_own_hold_back(room, regular):
    other = make_user()
    make_address(other)
    ask(room, "keep b7 x2", person=regular)
    ask(room, "keep b7", person=other)

    answer, _, _ = ask(room, "batal b7", person=regular)

    assert "kembali ke lapak" in answer.content.decode()
    assert [order.state for order in Order.objects.order_by("pk")] == ["cancelled", "pending"]


def test_nothing_is_held_for_the_seller(room, regular):
    make_address(room.shop.owner)

    ask(room, "keep b7", person=room.shop.owner)

    assert not Order.objects.exists()


@pytest.mark.parametrize("code", ["A12", "A13"])
def test_a_hold_ends_by_the_code_that_was_said_or_by_its_own(room, regular, code):
    ask(room, "keep A12 L", person=regular)

    ask(room, f"batal {code}", person=regular)

    assert Order.objects.get().state == "cancelled"


def test_the_code_of_another_size_ends_no_hold_of_that_size(room, regular):
    ask(room, "keep A12", person=regular)
    ask(room, "keep A13", person=regular)

    ask(room, "batal a13", person=regular)

    states = {order.lines.get().variant.live_code: order.state for order in Order.objects.all()}
    assert states == {"A12": "pending", "A13": "cancelled"}


# ---- whoever was to hold it dies ---------------------------------------------------------------------


@pytest.fixture
def minutes_ago(monkeypatch):
    """The sweep leaves young wishes alone; here they need not grow old."""
    monkeypatch.setattr(unanswered, "MOMENT", timedelta(0))


@pytest.mark.django_db(transaction=True)
def test_a_wish_is_held_once_though_its_process_died_before_it_was_placed(room, minutes_ago):
    person = make_user()
    make_address(person)
    call = "goods.available < units"
    with the_function_without(call, f"pg_terminate_backend(pg_backend_pid()) OR {call}"):
        (outcome,) = run_at_once(partial(ask, room, "keep A12", person))
    assert isinstance(outcome, OperationalError)
    assert Keep.objects.get().answered_at is None
    assert not Order.objects.exists()

    counted = [keeping.hold_what_was_left(), keeping.hold_what_was_left()]

    order = Order.objects.get()
    assert counted == [1, 0]
    assert (order.buyer, order.state) == (person, Order.State.PENDING)
    assert order.lines.get().variant.live_code == "A12"
    assert Notice.objects.filter(user=person).count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_wish_that_was_placed_and_not_noted_is_not_placed_again(room, minutes_ago):
    person = make_user()
    make_address(person)
    ask(room, "keep A12 2", person)
    Keep.objects.update(answered_at=None)

    outcomes = run_at_once(*[keeping.hold_what_was_left] * 3)

    assert set(outcomes) <= {0, 1}
    assert Order.objects.count() == Notice.objects.filter(user=person).count() == 1


@pytest.mark.parametrize("change", ["taken_back_at", "ended"])
def test_what_nobody_wants_any_more_is_not_held_later(room, minutes_ago, change):
    person = make_user()
    make_address(person)
    variant = room.showcase.first().product.variants.first()
    Keep.objects.create(session=room, user=person, message_id=uuid4(), variant=variant)
    if change == "ended":
        LiveSession.objects.filter(pk=room.pk).update(ended_at=timezone.now())
    else:
        Keep.objects.update(taken_back_at=timezone.now())

    assert keeping.hold_what_was_left() == 0
    assert not Order.objects.exists()
