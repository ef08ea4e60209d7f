"""A shop's team …"""

from __future__ import annotations

import re
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from catalog.models import Duty, Member, Role, Shop
from catalog.operations import team as refusals
from livestream.models import Permission
from livestream.queries import sessions_run_by
from storefront import team
from tests.concurrency import run_at_once
from tests.factories import make_member, make_session_on_air, make_shop, make_user, make_variant
from tests.orders.helpers import order_in, place

pytestmark = pytest.mark.django_db


def of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def link_in(letter: Any) -> str:
    found = re.search(r"https?://[^/]+(/\S+/undangan/\S+)", letter.body)
    assert found
    return found.group(1)


def invite(shop: Shop, email: str, role: str = "packer") -> str:
    of(shop.owner).post(reverse("catalog:team"), {"email": email, "role": role})
    return link_in(mail.outbox[-1])


@pytest.mark.django_db(transaction=True)
def test_is_joined_by_the_letter_once_and_only_by_whom_it_names():
    shop, packer, other = make_shop(), make_user(), make_user()
    link = invite(shop, packer.email.upper())

    assert of(other).post(link).status_code == 409
    assert of(packer).get(link).status_code == 200
    assert not Shop.objects.run_by(packer).exists()
    of(packer).post(link)

    assert Shop.objects.run_by(packer, Duty.ORDERS).get() == shop
    assert not Shop.objects.run_by(packer, Duty.MONEY).exists()
    assert of(other).get(link).status_code == 410


def test_an_invitation_runs_out():
    shop, packer = make_shop(), make_user()
    invitation = refusals.invite_member(shop, email=packer.email, role=Role.PACKER)
    Member.objects.update(expires_at=timezone.now() - timedelta(seconds=1))

    assert of(packer).post(reverse("catalog:team_invitation", args=[invitation.token])).status_code == 410
    assert not Member.objects.standing().exists()


@pytest.mark.django_db(transaction=True)
def test_two_taps_on_one_invitation_make_one_member():
    shop, packer = make_shop(), make_user()
    first, second = (refusals.invite_member(shop, email=packer.email, role=Role.PACKER) for _ in range(2))

    outcomes = run_at_once(*[partial(team.accept, second.member, user=packer)] * 3)

    assert {outcome.pk for outcome in outcomes} == {second.member.pk}
    assert isinstance(run_at_once(partial(team.accept, first.member, user=packer))[0], refusals.NoLongerOpen)
    assert Member.objects.standing().filter(user=packer).count() == 1


def test_a_member_who_is_removed_is_out_at_once():
    order = order_in("confirmed")
    packer = of(make_member(order.shop, Role.PACKER))
    page = reverse("orders:desk_order", args=[order.number])
    assert packer.get(page).status_code == 200

    of(order.shop.owner).post(reverse("catalog:team_remove", args=[Member.objects.get().pk]))

    assert packer.get(page).status_code == 404
    assert packer.post(reverse("orders:pack", args=[order.number])).status_code == 404


def test_whoever_packs_sees_where_it_goes_and_no_money():
    variant = make_variant(price=43_217)
    order = place(variant)

    packer = of(make_member(order.shop, Role.PACKER)).get(reverse("orders:desk_order", args=[order.number]))
    admin = of(make_member(order.shop, Role.ADMIN)).get(reverse("orders:desk_order", args=[order.number]))

    assert "Jl. Contoh 1" in packer.content.decode()
    assert "43.217" not in packer.content.decode()
    assert "43.217" in admin.content.decode()


def test_whoever_keeps_the_books_sees_money_and_runs_no_show():
    shop = make_shop()
    session = make_session_on_air(shop=shop)
    finance, host = make_member(shop, Role.FINANCE), make_member(shop, Role.HOST)

    assert of(finance).get(reverse("payouts:shop")).status_code == 200
    assert not sessions_run_by(finance, Permission.CHAT).exists()
    assert sessions_run_by(host, Permission.HOST).get() == session
    assert of(host).get(reverse("payouts:shop")).status_code == 404


def test_somebody_in_several_shops_works_at_the_one_they_chose():
    own, other = make_shop(), make_shop()
    person = own.owner
    make_member(other, Role.PACKER, person)
    theirs, mine = place(make_variant(shop=other)), place(make_variant(shop=own))
    client = of(person)

    def listed() -> set[str]:
        return {order.number for order in client.get(reverse("orders:desk")).context["page"]}

    assert listed() == {mine.number}
    client.post(reverse("catalog:choose_shop", args=[other.pk]))
    assert listed() == {theirs.number}
    assert client.get(reverse("payouts:shop")).status_code == 404  # not with this role, not here
    assert client.post(reverse("catalog:choose_shop", args=[make_shop().pk])).status_code == 404


def test_nobody_invites_into_a_shop_that_is_not_theirs():
    shop = make_shop()
    admin = make_member(shop, Role.ADMIN)

    answer = of(admin).post(reverse("catalog:team"), {"email": "teman@contoh.test", "role": "admin"})

    assert answer.status_code == 404
    assert Member.objects.count() == 1


def test_bad_roles_and_addresses_are_refused():
    shop = make_shop()
    url = reverse("catalog:team")

    assert of(shop.owner).post(url, {"email": "bukan", "role": "packer"}).status_code == 422
    assert of(shop.owner).post(url, {"email": "a@contoh.test", "role": "owner"}).status_code == 422
    assert of(shop.owner).post(url, {"email": shop.owner.email, "role": "packer"}).status_code == 409
    assert not Member.objects.exists()
