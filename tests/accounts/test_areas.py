"""Districts and villages: loading the table, and finding a place in it."""

from __future__ import annotations

import itertools

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from accounts import regions
from accounts.forms import AddressForm
from accounts.models import Address, Area
from accounts.operations import save_address
from accounts.queries import areas_matching
from tests.accounts.test_addresses import FIELDS
from tests.factories import make_address, make_user

pytestmark = pytest.mark.django_db

BANTUL = "34.02"
KASIHAN, TAMANTIRTO = "34.02.16", "34.02.16.2003"


@pytest.fixture
def bantul():
    """The districts and villages of one regency, as the file has them."""
    regions.load(row for row in regions.rows() if row[0].startswith(BANTUL))


def found(typed: str) -> list[str]:
    return [area.code for area in areas_matching(typed, most=5)]


def test_the_file_holds_the_whole_country():
    levels = {length: len(list(rows)) for length, rows in itertools.groupby(sorted(lengths()))}

    assert levels == {8: 7_285, 13: 83_762}


def lengths() -> list[int]:
    return [len(code) for code, _ in regions.rows()]


def test_loading_again_changes_nothing(bantul):
    count = Area.objects.count()

    assert regions.load(row for row in regions.rows() if row[0].startswith(BANTUL)) == 0
    assert Area.objects.count() == count == 92


def test_loading_renames_and_forgets(bantul):
    changed = regions.load([(KASIHAN, "Kasihan Baru"), (TAMANTIRTO, "Tamantirto")])

    assert changed == 2 + 90
    assert [str(area) for area in Area.objects.order_by("code")] == [
        "Kasihan Baru, Kabupaten Bantul",
        "Tamantirto, Kasihan Baru, Kabupaten Bantul",
    ]


def test_a_table_with_rows_is_left_alone_when_asked_so(bantul):
    Area.objects.filter(code=TAMANTIRTO).delete()

    call_command("load_regions", if_empty=True)

    assert not Area.objects.filter(code=TAMANTIRTO).exists()


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("tamantirto", TAMANTIRTO),
        ("TAMANTIRTO, Kec. Kasihan", TAMANTIRTO),
        ("kasihan tamant", TAMANTIRTO),
        ("kasihan", KASIHAN),  # the district before its villages
        ("Kel. Tamantirto, Kab. Bantul", TAMANTIRTO),
        ("tamantirto yogyakarta", TAMANTIRTO),  # the province helps nobody here
    ],
)
def test_a_place_is_found_by_the_beginnings_of_its_names(bantul, typed, code):
    assert found(typed)[0] == code


@pytest.mark.parametrize("typed", ["", "ka", "55183", "antirto", "kasihan medan", "kab. kota", "%", "' --"])
def test_what_names_no_place_finds_none(bantul, typed):
    assert found(typed) == []


def test_the_search_reads_the_indexes(bantul):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")

    within = Area.objects.filter(words__contains=" tamant").filter(words__contains=" kas").explain()
    first = Area.objects.filter(words__startswith=" tamant").explain()

    assert "accounts_area_words" in within
    assert "accounts_area_first_words" in first or "accounts_area_words" in first


def test_suggestions_say_where_a_place_lies(bantul, client):
    page = client.get(reverse("accounts:areas"), {"area": "tamantirto"}).content.decode()

    assert 'data-village="Tamantirto" data-district="Kasihan"' in page
    assert 'data-regency="Kabupaten Bantul, Daerah Istimewa Yogyakarta"' in page
    assert page.count('role="option"') == 1


def test_suggestions_say_when_there_are_none(bantul, client):
    page = client.get(reverse("accounts:areas"), {"area": "atlantis"}).content.decode()

    assert "Tidak ketemu" in page


@pytest.mark.parametrize(
    ("village", "district", "code"),
    [
        ("Tamantirto", "Kasihan", TAMANTIRTO),
        ("tamantirto", "kasihan", TAMANTIRTO),
        ("Dusun Kami", "Kasihan", KASIHAN),
        ("", "Kasihan", KASIHAN),
        ("Tamantirto", "Kecamatan Baru", ""),
    ],
)
def test_an_address_knows_the_code_of_its_place_where_there_is_one(bantul, village, district, code):
    form = AddressForm(FIELDS | {"village": village, "district": district})
    assert form.is_valid()

    address = save_address(make_user(), fields=form.cleaned_data)

    address.refresh_from_db()
    assert address.area_code == code
    assert address.as_snapshot()["area"] == (code or BANTUL)


def test_an_address_from_before_the_table_stays_as_it_is(bantul, client):
    address = make_address(user := make_user())
    client.force_login(user)

    page = client.get(reverse("accounts:address_edit", args=[address.pk])).content.decode()

    assert (address.area_code, address.as_snapshot()["area"]) == ("", BANTUL)
    assert 'value="Kasihan, Kabupaten Bantul, Daerah Istimewa Yogyakarta"' in page


def test_the_code_of_another_regency_is_refused_by_the_database():
    address = make_address(make_user())

    with pytest.raises(IntegrityError, match="accounts_an_area_lies_in_its_regency"), transaction.atomic():
        Address.objects.filter(pk=address.pk).update(area_code="31.71.01")
