"""Whoever closes their account …"""

from __future__ import annotations

import json
from functools import partial
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Address, User
from affiliates.models import Touch
from inbox.models import Kind, Notice, PushSubscription
from inbox.operations import Message, tell
from ledger.models import Transfer
from livestream.models import Follow, RoomEvent
from orders.models import Order
from payouts.models import BankAccount
from privacy import operations
from privacy.models import Closing
from privacy.queries import reasons_to_stay
from shipping.models import Parcel
from tests.concurrency import run_at_once
from tests.factories import make_address, make_session_on_air, make_shop, make_user, make_variant
from tests.orders.helpers import order_in, place
from tests.payouts.orders import make_affiliate, paid_order, receive, settled_order
from tests.payouts.test_payouts import give_account
from tests.returns.helpers import asked

pytestmark = pytest.mark.django_db
PASSWORD = "rahasia-sekali"  # of every user of the factories


@pytest.fixture(autouse=True)
def _rested() -> None:
    cache.clear()


def leave(client: Client, user: User, password: str = PASSWORD, **fields: str) -> Any:
    client.force_login(user)
    return client.post(reverse("privacy:close"), {"password": password, "is_sure": "on", **fields})


def with_a_life() -> User:
    """Who bought, was sent to, followed, spoke, came through a link and is told things."""
    user = make_user(name="Sari Wulandari", phone="+628123456789", email="sari@contoh.test")
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    address = make_address(user, village="Tamantirto", landmark="pagar hijau")
    order = order_in("received", buyer=user, address={**address.as_snapshot(), "area": "34.02.16.2003"})
    session = make_session_on_air(shop=order.shop)
    Follow.objects.create(user=user, shop=order.shop)
    fields = {"sender": user, "sender_name": user.chat_name, "text": "mau a1", "device": "d"}
    RoomEvent.objects.create(session=session, seq=1, kind="chat", **fields)
    PushSubscription.objects.create(user=user, endpoint="https://a.test/1", p256dh="p", auth="a")
    tell(user, kind=Kind.ORDER, key="k", compose=lambda: Message("Judul", "Teks", "/"))
    return user


def test_is_gone_by_name_and_the_books_stay(client: Client) -> None:
    user, transfers = with_a_life(), Transfer.objects.count()

    answer = leave(client, user)

    order, parcel = Order.objects.get(), Parcel.objects.get()
    user.refresh_from_db()
    assert (answer.status_code, Transfer.objects.count()) == (302, transfers)
    assert (user.name, user.phone, user.is_active) == ("Anonim", "", False)
    assert user.email == f"akun-{user.pk}@ditutup.invalid"
    for rows in (Address, EmailAddress, Follow, Notice, PushSubscription):
        assert not rows._default_manager.filter(user=user).exists()  # type: ignore[misc]
    for address in (order.address, parcel.address):
        assert (address["recipient"], address["phone"], address["street"]) == ("Anonim", "", "")
        assert (address["village"], address["landmark"], address["area"]) == ("", "", "34.02.16")
        assert (address["district"], address["postal_code"]) == ("Kasihan", "55181")
    assert (order.buyer, order.state) == (user, "received")
    assert RoomEvent.objects.values_list("sender_name", "text", "device").get() == ("Anonim", "mau a1", "")


def test_leaves_no_trace_of_a_name_in_any_table(client: Client) -> None:
    """What a later table forgets to forget is found here."""
    from django.apps import apps
    from django.db import connection

    leave(client, with_a_life())

    found = []
    for model in apps.get_models(include_auto_created=True):
        table = model._meta.db_table
        with connection.cursor() as cursor:
            like = f'SELECT count(*) FROM "{table}" AS held WHERE held::text ILIKE ANY (%s)'  # noqa: S608
            cursor.execute(like, [["%sari wulandari%", "%sari@contoh%", "%628123456789%", "%pagar hijau%"]])
            if cursor.fetchone()[0]:
                found.append(table)
    assert not found


def test_is_logged_out_everywhere_and_cannot_come_back(client: Client) -> None:
    user, elsewhere = make_user(), Client()
    elsewhere.force_login(user)

    leave(client, user)

    for browser in (client, elsewhere):
        assert browser.get(reverse("accounts:home")).status_code == 302
    page = client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    assert page.status_code == 200
    assert "_auth_user_id" not in client.session


def test_may_sign_up_with_the_same_address_again(client: Client) -> None:
    user = make_user(email="lagi@contoh.test")

    leave(client, user)

    assert make_user(email="lagi@contoh.test").pk != user.pk


@pytest.mark.parametrize(("password", "fields"), [("salah", {}), (PASSWORD, {"is_sure": ""})])
def test_says_so_with_password_and_tick(client: Client, password: str, fields: dict[str, str]) -> None:
    user = make_user()

    answer = leave(client, user, password, **fields)

    user.refresh_from_db()
    assert (answer.status_code, user.is_active) == (422, True)
    assert not Closing.objects.exists()


def test_is_stopped_from_guessing_passwords(client: Client) -> None:
    user = make_user()

    codes = [leave(client, user, "salah").status_code for _ in range(6)]

    assert codes == [422] * 5 + [429]
    assert leave(client, user).status_code == 429


@pytest.mark.parametrize("state", ["pending", "confirmed", "packed", "shipped", "refund_due"])
def test_waits_for_what_was_bought_and_for_what_was_sold(client: Client, state: str) -> None:
    order = order_in(state)

    for person in (order.buyer, order.shop.owner):
        answer = leave(client, person)
        assert answer.status_code == 409
        assert "belum selesai" in answer.content.decode()
    assert not Closing.objects.exists()


def test_waits_for_a_return_on_either_side() -> None:
    request = asked()

    for person in (request.order.buyer, request.order.shop.owner):
        with pytest.raises(operations.NotYet):
            operations.close_account(person)


def test_waits_for_money_that_is_on_its_way(settings: object) -> None:
    settled = settled_order(credited_to=make_affiliate())
    arrived = paid_order(make_variant(price=90_000))
    receive(arrived)

    told = [
        [reason.text for reason in reasons_to_stay(user)] for user in (settled.shop.owner, arrived.shop.owner)
    ]
    creator = reasons_to_stay(User.objects.get(affiliate__handle="ayo"))

    assert told == [["Saldomu masih ada. Cairkan dulu."], ["Uang pesananmu belum cair semua."]]
    assert [reason.text for reason in creator] == ["Masih ada komisi yang belum cair."]


def test_waits_while_the_shop_is_live_and_while_they_serve_the_market() -> None:
    shop = make_session_on_air().shop

    for person in (shop.owner, make_user(is_staff=True)):
        with pytest.raises(operations.NotYet):
            operations.close_account(person)


def test_closes_the_shop_and_what_was_bought_there_keeps_its_name(client: Client) -> None:
    shop = make_shop(name="Keripik Bu Tejo", story="Sejak 1998")
    variant = make_variant(shop=shop)
    buyer = order_in("cancelled", variant).buyer
    never_used = give_account(shop.owner)

    leave(client, shop.owner)

    shop.refresh_from_db()
    variant.product.refresh_from_db()
    assert (shop.story, shop.suspended_at is None, variant.product.withdrawn_at is None) == ("", False, False)
    assert not BankAccount.objects.filter(pk=never_used.pk).exists()
    client.force_login(buyer)
    assert "Keripik Bu Tejo" in client.get(reverse("orders:list")).content.decode()


def test_no_longer_earns_by_their_links(client: Client) -> None:
    creator = make_affiliate("sari")
    leave(client, creator.user)

    creator.refresh_from_db()
    assert (creator.handle, creator.suspended_at is None) == (f"ditutup-{creator.pk}", False)
    assert not Touch.objects.filter(user=creator.user).exists()


def test_is_forgotten_once_also_when_it_is_tried_twice() -> None:
    closing = operations.close_account(make_user())

    assert operations.close_account(closing.user) == closing
    assert [operations.finish_closing(closing.pk) for _ in range(2)] == [True, False]
    assert operations.finish_closings() == 0


def test_is_forgotten_by_the_sweep_after_an_order_that_slipped_in() -> None:
    user = make_user()
    operations.close_account(user)
    order = place(buyer=user)

    assert operations.finish_closings() == 0
    Order.objects.filter(pk=order.pk).update(state="expired", closed_at=timezone.now())
    assert operations.finish_closings() == 1

    order.refresh_from_db()
    assert order.address["recipient"] == "Anonim"


@pytest.mark.django_db(transaction=True)
def test_is_closed_once_by_two_at_once() -> None:
    user = make_user()

    outcomes = run_at_once(*[partial(operations.close_account, user)] * 3)

    assert {type(outcome) for outcome in outcomes} == {Closing}
    assert Closing.objects.count() == 1


def test_takes_a_copy_of_all_of_it_along(client: Client) -> None:
    user = with_a_life()
    client.force_login(user)

    answer = client.get(reverse("privacy:copy"))

    told = json.loads(answer.content)
    assert "attachment" in answer.headers["Content-Disposition"]
    assert told["person"]["email"] == "sari@contoh.test"
    assert told["addresses"][0]["landmark"] == "pagar hijau"
    assert [order["number"] for order in told["orders"]] == [Order.objects.get().number]
    assert told["orders"][0]["lines"][0]["quantity"] == 1
    assert [one["text"] for one in told["chat"]] == ["mau a1"]
    assert "password" not in answer.content.decode()


def test_gets_no_other_persons_data(client: Client) -> None:
    with_a_life()
    client.force_login(make_user())

    told = json.loads(client.get(reverse("privacy:copy")).content)

    assert (told["orders"], told["chat"], told["addresses"]) == ([], [], [])


def test_finds_the_page_on_which_each_of_it_ends(client: Client) -> None:
    shop = make_session_on_air().shop
    order_in("confirmed", make_variant(shop=shop))
    client.force_login(shop.owner)

    page = client.get(reverse("privacy:close")).content.decode()

    assert all(reverse(name) in page for name in ("livestream:plan", "orders:desk"))
    assert 'type="password"' not in page
