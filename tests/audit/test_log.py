"""The log of acts …"""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Permission
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from audit.models import Act, Entry
from audit.operations import forget_old
from catalog.models import Role
from catalog.operations import restock
from tests.factories import make_member, make_user, make_variant
from tests.orders.helpers import order_in

pytestmark = pytest.mark.django_db


def of(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_says_who_restocked_what_and_shows_it_to_the_owner_alone():
    variant = make_variant(stock=1)
    admin = make_member(variant.shop, Role.ADMIN)
    of(admin).post(reverse("catalog:restock", args=[variant.pk]), {"units": 7})

    entry = Entry.objects.get()
    assert (entry.actor, entry.act, entry.shop_id) == (admin, Act.STOCK, variant.shop_id)
    assert entry.after == {"tambah": 7}
    page = of(variant.shop.owner).get(reverse("catalog:log"), {"apa": "stock", "siapa": str(admin.pk)})
    assert list(page.context["page"]) == [entry]
    assert of(admin).get(reverse("catalog:log")).status_code == 404


def test_says_who_called_an_order_off():
    order = order_in("confirmed")
    of(order.shop.owner).post(reverse("checkout:cancel", args=[order.number]), {"reason": "Rusak"})

    entry = Entry.objects.get(act=Act.CANCEL)
    assert (entry.about, entry.after["alasan"]) == (order.number, "Rusak")


def test_what_nobody_did_is_nobodys_act():
    restock(make_variant(), units=1)

    assert not Entry.objects.exists()


def test_is_open_to_staff_with_the_right():
    staff = make_user(is_staff=True)
    assert of(staff).get(reverse("catalog:log_of_market")).status_code == 404

    staff.user_permissions.add(Permission.objects.get(codename="view_entry"))
    assert of(staff).get(reverse("catalog:log_of_market")).status_code == 200


def test_the_database_lets_nobody_change_it_or_forget_it_early():
    entry = Entry.objects.create(actor=make_user(), act=Act.STOCK, about="Keripik")

    for write in (lambda: Entry.objects.update(about="Lain"), Entry.objects.all().delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            write()

    assert forget_old() == 0
    assert Entry.objects.get() == entry
