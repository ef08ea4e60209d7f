"""Addresses, phones and regencies."""

from __future__ import annotations

import pytest
from django.urls import reverse

from accounts.forms import AddressForm
from accounts.models import Address, User
from accounts.operations import MOST_ADDRESSES, TooManyAddresses, mark_address_used, save_address
from accounts.queries import addresses_of, regencies_matching, regency_named
from tests.catalog.costs import queries_of
from tests.factories import make_address, make_user

pytestmark = pytest.mark.django_db

FIELDS = {
    "recipient": "Sinta",
    "phone": "0812 3456 7890",
    "street": "Jl. Kaliurang 5",
    "district": "Kasihan",
    "regency": "Kabupaten Bantul, Daerah Istimewa Yogyakarta",
    "postal_code": "55181",
}


def test_an_address_is_kept_with_a_whole_phone_number(client):
    client.force_login(user := make_user())

    answer = client.post(reverse("accounts:address_new"), FIELDS)

    assert answer["Location"] == reverse("accounts:addresses")
    address = Address.objects.get(user=user)
    assert (address.phone, address.regency_id) == ("+6281234567890", "34.02")


def test_the_first_address_gives_a_person_their_phone():
    user = make_user()

    save_address(user, fields=cleaned())

    assert User.objects.get(pk=user.pk).phone == "+6281234567890"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("phone", "12345"),
        ("phone", "+1 202 555 0100"),
        ("postal_code", "5518"),
        ("postal_code", "05518"),
        ("regency", "Atlantis"),
        ("regency", "Kabupaten"),
        ("recipient", ""),
        ("street", "x" * 201),
    ],
)
def test_a_bad_address_comes_back(client, field, value):
    client.force_login(make_user())

    answer = client.post(reverse("accounts:address_new"), FIELDS | {field: value})

    assert answer.status_code == 422
    assert not Address.objects.exists()


def test_the_newest_used_address_is_offered_first():
    user = make_user()
    old = make_address(user)
    make_address(user)

    mark_address_used(old)

    assert addresses_of(user).first() == old


def test_editing_keeps_one_address(client):
    address = make_address(user := make_user())
    client.force_login(user)

    client.post(reverse("accounts:address_edit", args=[address.pk]), FIELDS | {"street": "Jl. Baru 1"})

    assert Address.objects.get(user=user).street == "Jl. Baru 1"


def test_deleting_asks_once(client):
    address = make_address(user := make_user())
    client.force_login(user)
    path = reverse("accounts:address_delete", args=[address.pk])

    assert "Hapus alamat ini?" in client.get(path).content.decode()
    assert Address.objects.exists()

    client.post(path)
    assert not Address.objects.exists()


def test_nobody_keeps_more_addresses_than_anyone_needs():
    user = make_user()
    for _ in range(MOST_ADDRESSES):
        make_address(user)

    with pytest.raises(TooManyAddresses):
        save_address(user, fields=cleaned())

    assert Address.objects.filter(user=user).count() == MOST_ADDRESSES


def test_an_address_of_someone_else_is_not_there(client):
    address = make_address(make_user())
    client.force_login(make_user())

    assert client.get(reverse("accounts:address_edit", args=[address.pk])).status_code == 404
    assert client.post(reverse("accounts:address_delete", args=[address.pk])).status_code == 404
    assert Address.objects.get() == address


def test_the_list_costs_the_same_for_one_and_for_three(client):
    client.force_login(user := make_user())
    make_address(user)
    client.get(reverse("accounts:addresses"))
    one = queries_of(client, reverse("accounts:addresses"))
    make_address(user)
    make_address(user)

    assert queries_of(client, reverse("accounts:addresses")) == one


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("bantul", "Kabupaten Bantul"),
        ("Surakarta", "Kota Surakarta"),
        ("yogya kota", "Kota Yogyakarta"),
        ("kota malang", "Kota Malang"),
    ],
)
def test_regencies_are_found_by_a_part_of_their_name(typed, first):
    assert regencies_matching(typed).first().name == first


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("Kabupaten Bantul, Daerah Istimewa Yogyakarta", "34.02"),
        ("  kabupaten   bantul ", "34.02"),
        ("bantul", "34.02"),
        ("malang", None),  # a city and a regency
        ("atlantis", None),
        ("", None),
    ],
)
def test_a_regency_is_taken_when_only_one_fits(typed, code):
    regency = regency_named(typed)

    assert (regency.code if regency else None) == code


def test_suggestions_come_as_options(client):
    page = client.get(reverse("accounts:regencies"), {"regency": "bantul"}).content.decode()

    assert page.strip() == '<option value="Kabupaten Bantul, Daerah Istimewa Yogyakarta"></option>'


def test_an_unclear_regency_names_those_that_fit():
    form = AddressForm(FIELDS | {"regency": "Malang"})

    assert not form.is_valid()
    assert "Kota Malang, Jawa Timur" in form.errors["regency"][0]


def test_a_name_is_changed(client):
    client.force_login(user := make_user())

    client.post(reverse("accounts:profile"), {"name": "Sinta Dewi", "phone": "62812-3456-7890"})

    user.refresh_from_db()
    assert (user.name, user.phone) == ("Sinta Dewi", "+6281234567890")


def cleaned() -> dict[str, object]:
    form = AddressForm(FIELDS)
    assert form.is_valid(), form.errors
    return form.cleaned_data
