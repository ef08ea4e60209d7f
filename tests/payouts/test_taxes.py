"""The tax that the law may want kept …"""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from fees.arithmetic import Rule
from fees.models import Declaration
from fees.operations import declare, publish_schedule
from fees.queries import last_schedule, rules_of
from ledger.models import AccountKind
from ledger.queries import balance
from orders.models import Order
from payouts import operations
from payouts.queries.taxes import TaxMonth, next_month, tax_month
from tests.factories import make_shop, make_user, make_variant
from tests.payouts.orders import give_back_units, settled_order

pytestmark = pytest.mark.django_db


@pytest.fixture
def taxed() -> None:
    """From now on half a percent is kept."""
    now = timezone.now()
    rules = [*rules_of(last_schedule()), Rule("tax", "PPh Pasal 22", percent_bp=50)]
    publish_schedule(rules, in_force_from=now, note="PMK 37/2025", now=now)


def month_of(order: Order) -> date:
    posted = order.settlement.postings.order_by("seq").first()
    assert posted
    return timezone.localdate(posted.posted_at).replace(day=1)


def told(order: Order) -> TaxMonth:
    return tax_month(order.shop, month_of(order))


def test_is_not_kept_and_has_no_documents_while_it_is_off(client: Client) -> None:
    order = settled_order()
    client.force_login(order.shop.owner)

    page = client.get(reverse("payouts:tax"), {"bulan": f"{month_of(order):%Y-%m}"}).content.decode()

    assert (told(order).slips, balance(AccountKind.TAX_WITHHELD)) == ([], 0)
    assert "tidak memungut" in page


def test_has_a_document_for_each_sale(taxed: None) -> None:
    order = settled_order(variant=make_variant(price=50_001), quantity=2)

    [slip] = told(order).slips

    assert (slip.number, slip.corrects, slip.goods, slip.base, slip.tax) == (
        order.number,
        "",
        100_002,
        100_002,
        500,
    )
    assert told(order).tax == balance(AccountKind.TAX_WITHHELD) == 500


def test_is_corrected_by_a_document_that_names_the_first(taxed: None) -> None:
    order = settled_order(variant=make_variant(price=50_000), quantity=2)
    give_back_units(order, {order.lines.get().pk: 1})
    first = order.settlement.postings.get()
    operations.settle_order(order.pk, now=first.posted_at + timedelta(minutes=1))

    sale, correction = told(order).slips

    assert (sale.number, sale.tax, correction.tax) == (order.number, 500, -250)
    assert (correction.number, correction.corrects) == (f"{order.number}-K1", order.number)
    assert told(order).tax == balance(AccountKind.TAX_WITHHELD) == 250


def test_is_documented_also_where_nothing_is_kept(taxed: None) -> None:
    shop = make_shop()
    declare(shop.pk, Declaration.Kind.SMALL_TURNOVER, by=shop.owner)

    order = settled_order(variant=make_variant(shop=shop, price=50_000))

    [slip] = told(order).slips
    assert (slip.is_exempt, slip.base, slip.tax) == (True, 50_000, 0)
    assert balance(AccountKind.TAX_WITHHELD) == 0


def test_belongs_to_the_month_in_which_it_was_kept(taxed: None) -> None:
    order = settled_order()
    month = month_of(order)

    assert tax_month(order.shop, next_month(month)).slips == []
    assert tax_month(make_shop(), month).slips == []
    assert [next_month(date(2026, 12, 1)), next_month(date(2026, 1, 1))] == [
        date(2027, 1, 1),
        date(2026, 2, 1),
    ]


def rows_of(answer: Any) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


def test_is_told_as_the_rules_want_it(taxed: None, client: Client) -> None:
    order = settled_order(variant=make_variant(price=50_000), quantity=2)
    client.force_login(order.shop.owner)
    month = {"bulan": f"{month_of(order):%Y-%m}"}

    page, [row] = (
        client.get(reverse("payouts:tax"), month),
        rows_of(client.get(reverse("payouts:tax_sheet"), month)),
    )

    assert (page.status_code, order.number in page.content.decode()) == (200, True)
    assert (row["Nomor dokumen"], row["Akun penjual"], row["Nama pembeli"]) == (
        order.number,
        order.shop.name,
        "Sari",
    )
    assert row["Alamat pembeli"] == "Jl. Contoh 1, Kasihan, Kabupaten Bantul, 55181"
    assert (row["Jumlah"], row["Harga"], row["Dasar pemungutan"], row["PPh 22"]) == (
        "2",
        "50000",
        "100000",
        "500",
    )


def test_is_summed_by_shop_for_the_market(taxed: None, client: Client) -> None:
    orders = [settled_order(variant=make_variant(price=price)) for price in (50_000, 70_000)]
    clerk = make_user(is_staff=True)
    clerk.user_permissions.add(*Permission.objects.filter(content_type__app_label="payouts"))
    client.force_login(clerk)

    answer = client.get(reverse("payouts:tax_sheet_of_market"), {"bulan": f"{month_of(orders[0]):%Y-%m}"})

    assert [(row["Dasar pemungutan"], row["PPh 22"]) for row in rows_of(answer)] == [
        ("50000", "250"),
        ("70000", "350"),
    ]


@pytest.mark.parametrize(("month", "code"), [("", 422), ("2026-13", 422), ("1999-01", 422), ("apa", 422)])
def test_is_asked_for_by_a_month_that_there_is(client: Client, month: str, code: int) -> None:
    client.force_login(make_shop().owner)

    assert client.get(reverse("payouts:tax"), {"bulan": month}).status_code == code
    assert client.get(reverse("payouts:tax_sheet"), {"bulan": month}).status_code == 404
