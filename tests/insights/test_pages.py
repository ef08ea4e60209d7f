"""The report's pages: what is said, to whom, and in which form."""

from __future__ import annotations

import csv
import io
import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertNumQueries

from insights.caching import shared
from livestream import queries as live
from livestream.models import LiveSession, Permission
from tests.factories import make_session, make_user, make_variant
from tests.insights.shows import a_show, end, pin, sell, tap

pytestmark = pytest.mark.django_db
MINUTE = 60_000
MONEY = re.compile(r"\bRp\d|Omzet|omzet")


@pytest.fixture
def variant():
    return make_variant(price=25_000, stock=50)


@pytest.fixture
def session(variant) -> LiveSession:
    return a_show(variant)


@pytest.fixture
def host(session) -> Client:
    return logged_in(session.host)


@pytest.fixture
def helper(session, monkeypatch) -> Client:
    """Somebody who may see the board and is not the host."""
    person = make_user()
    by_host = live.sessions_run_by

    def sessions_run_by(user, permission):
        if user == person and permission == Permission.BOARD:
            return LiveSession.objects.filter(pk=session.pk)
        return by_host(user, permission)

    monkeypatch.setattr(live, "sessions_run_by", sessions_run_by)
    return logged_in(person)


def logged_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def page(client: Client, name: str, *args) -> str:
    answer = client.get(reverse(f"insights:{name}", args=args))
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_report_names_products_moments_and_money(session, variant, host):
    pin(session, variant, 2 * MINUTE, 10 * MINUTE)
    tap(session, variant, 1, ms=3 * MINUTE)
    sell(session, variant, ms=3 * MINUTE, quantity=2)
    end(session)

    told = page(host, "report", session.code)

    assert told.count(variant.product.name) >= 3  # on its band, in its row, in its stretch
    assert "Rp50.000" in told
    assert f"/live/{session.code}/?t=120" in told
    assert 'class="show-plot__bar"' in told


def test_while_it_runs_the_report_renews_itself(session, host):
    assert 'hx-trigger="every 10s"' in page(host, "report", session.code)

    end(session)

    assert 'hx-trigger="every' not in page(host, "report", session.code)


def test_a_show_without_anybody_says_what_to_do(session, host):
    told = page(host, "report", session.code)

    for sentence in ("Belum ada yang terjadi", "Belum ada penonton", "Belum ada pesanan selagi live"):
        assert sentence in told


def test_helpers_see_the_numbers_but_no_money(session, variant, helper):
    pin(session, variant, 0, 10 * MINUTE)
    sell(session, variant, ms=MINUTE, quantity=2)
    sell(session, variant, "pending", ms=MINUTE)

    pages = [page(helper, name, session.code) for name in ("board", "report")]
    pages += [page(helper, "sheet", session.code, sheet) for sheet in ("waktu", "produk", "sematan")]

    assert [MONEY.findall(told) for told in pages] == [[], [], [], [], []]
    assert variant.product.name in pages[1]


def test_a_helper_who_asks_after_the_host_still_sees_no_money(session, variant, host, helper):
    """What is worked out once is shared; what is shown is not."""
    sell(session, variant, ms=MINUTE)

    assert MONEY.search(page(host, "board", session.code))
    assert not MONEY.search(page(helper, "board", session.code))


@pytest.mark.parametrize("name", ["report", "board"])
def test_another_shop_finds_nothing(session, name):
    rival = make_session().host

    assert logged_in(rival).get(reverse(f"insights:{name}", args=[session.code])).status_code == 404


def test_what_was_never_on_air_has_no_report(variant):
    planned = make_session(shop=variant.shop)
    host = logged_in(planned.host)

    assert host.get(reverse("insights:report", args=[planned.code])).status_code == 404
    assert host.get(reverse("insights:sheet", args=[planned.code, "waktu"])).status_code == 404


def test_a_sheet_that_there_is_not_is_not_found(session, host):
    assert host.get(reverse("insights:sheet", args=[session.code, "rahasia"])).status_code == 404


def test_sheets_are_tables_whose_sums_are_the_reports(session, variant, host):
    pin(session, variant, 0, 10 * MINUTE)
    sell(session, variant, ms=MINUTE, quantity=2)
    sell(session, variant, ms=50 * MINUTE)
    sell(session, variant, "cancelled", ms=MINUTE)

    sheets = [rows(page(host, "sheet", session.code, name)) for name in ("waktu", "produk", "sematan")]

    assert [sum(int(row["Omzet (Rp)"]) for row in sheet) for sheet in sheets] == [75_000] * 3
    assert [sum(int(row["Pesanan"]) for row in sheet) for sheet in sheets] == [3] * 3


def test_a_product_cannot_run_as_a_formula(variant, session, host):
    variant.product.name = '=HYPERLINK("http://lain.example")'
    variant.product.save()
    pin(session, variant, 0, MINUTE)

    (row,) = rows(page(host, "sheet", session.code, "produk"))

    assert row["Produk"] == '\'=HYPERLINK("http://lain.example")'


def test_the_page_costs_what_the_report_costs_however_much_there_is(session, variant, host):
    page(host, "report", session.code)

    # who asks, the show they may see, whether with its money; and, as on each page, the basket and the shop
    with assertNumQueries(5):
        page(host, "report", session.code)


def test_of_many_who_ask_at_once_one_works(settings):
    asked = []

    def work_out() -> int:
        asked.append(timezone.now())
        return len(asked)

    answers = [shared("a-test", seconds=60, work_out=work_out) for _ in range(3)]

    assert answers == [1, 1, 1]


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
