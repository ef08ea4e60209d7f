"""Following a link ..."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any
from unittest.mock import patch

import pytest
import time_machine
from django.db import OperationalError, connection
from django.http import Http404
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone

from affiliates.models import Click, DayKey, ReferralLink, Touch
from affiliates.networks import network_hash
from affiliates.operations import purge_clicks
from affiliates.views.follow import follow
from catalog.models import Product
from tests.affiliates.market import make_affiliate, make_link
from tests.factories import make_product, make_session_on_air, make_shop, make_user

pytestmark = pytest.mark.django_db
PHONE = (
    "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/131.0.0.0 Mobile Safari/537.36"
)
NAVIGATION = {"Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document", "User-Agent": PHONE}
ADDRESS = "203.0.113.77"


@pytest.fixture
def link() -> ReferralLink:
    product = make_product()
    return make_link(make_affiliate(), product.shop, product=product)


def visit(
    link: ReferralLink, client: Client | None = None, *, code: str = "", method: str = "get", **headers: Any
) -> Any:
    path = reverse("affiliates:follow", args=[code or link.code])
    call = getattr(client or Client(), method)
    return call(path, headers={**NAVIGATION, **headers}, REMOTE_ADDR=ADDRESS)


def test_leads_to_the_product(link: ReferralLink) -> None:
    answer = visit(link)

    assert answer.status_code == 302
    assert link.product is not None
    assert answer["Location"] == reverse("catalog:product", args=[link.product.slug, link.product.pk])
    assert answer["Cache-Control"] == "no-store"


def test_leads_to_the_shop() -> None:
    shop = make_shop()

    assert visit(make_link(make_affiliate(), shop))["Location"] == reverse("catalog:shop", args=[shop.slug])


def test_leads_to_the_room() -> None:
    session = make_session_on_air()

    answer = visit(make_link(make_affiliate(), session.shop, session=session))

    assert answer["Location"] == reverse("livestream:room", args=[session.code]) + "?dari=affiliate"


def test_leads_to_the_shop_when_the_product_is_withdrawn(link: ReferralLink) -> None:
    Product.objects.update(withdrawn_at=timezone.now())

    assert visit(link)["Location"] == reverse("catalog:shop", args=[link.shop.slug])


@pytest.mark.parametrize(
    "query", ["?next=https://jahat.test", "?url=//jahat.test/", "?to=javascript:alert(1)"]
)
def test_never_leads_outside(link: ReferralLink, query: Any) -> None:
    answer = Client().get(reverse("affiliates:follow", args=[link.code]) + query, headers=NAVIGATION)

    assert answer["Location"].startswith("/p/")


def test_reads_the_code_in_any_case(link: ReferralLink) -> None:
    link.code = link.code.lower()

    assert visit(link).status_code == 302


def test_does_not_know_a_mistyped_code(link: ReferralLink) -> None:
    last = "0" if link.code[-1] != "0" else "1"

    with pytest.raises(Http404):
        follow(RequestFactory().get("/g/"), link.code[:-1] + last)


def test_counts_a_person_and_remembers_the_visitor(link: ReferralLink) -> None:
    client = Client()

    answer = visit(link, client)

    click, touch = Click.objects.get(), Touch.objects.get()
    cookie = answer.cookies["visitor"]
    assert click.visitor == touch.visitor == uuid.UUID(cookie.value)
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")
    assert cookie["max-age"] == 180 * 24 * 3600
    assert (touch.shop, touch.user) == (link.shop, None)


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Purpose": "prefetch"},
        {"Sec-Purpose": "prefetch;prerender"},
        {"Purpose": "prefetch"},
        {"Sec-Fetch-Dest": "image", "Sec-Fetch-Mode": "no-cors"},
        {"Sec-Fetch-Dest": "iframe"},
        {"Sec-Fetch-Mode": "cors", "Sec-Fetch-Dest": "empty"},
        {"User-Agent": ""},
        {"User-Agent": "WhatsApp/2.23.20.0 A"},
        {"User-Agent": "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)"},
        {"User-Agent": "TelegramBot (like TwitterBot)"},
        {"User-Agent": "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"},
        {"User-Agent": "curl/8.5.0"},
    ],
)
def test_leads_on_but_does_not_count_what_is_no_visit(link: ReferralLink, headers: Any) -> None:
    answer = visit(link, **headers)

    assert answer.status_code == 302
    assert not answer.cookies
    assert not Click.objects.exists()
    assert not Touch.objects.exists()


def test_does_not_count_a_head_request(link: ReferralLink) -> None:
    answer = visit(link, method="head")

    assert answer.status_code == 302
    assert not answer.cookies
    assert not Click.objects.exists()


def test_refuses_a_post(link: ReferralLink) -> None:
    assert visit(link, method="post").status_code == 405


def test_counts_a_browser_that_says_nothing_about_its_fetch(link: ReferralLink) -> None:
    Client().get(reverse("affiliates:follow", args=[link.code]), headers={"User-Agent": PHONE})

    assert Click.objects.count() == 1


def test_does_not_count_ones_own_link(link: ReferralLink) -> None:
    client = Client()
    client.force_login(link.affiliate.user)

    answer = visit(link, client)

    assert "visitor" not in answer.cookies
    assert not Click.objects.exists()


@pytest.mark.parametrize("field", ["disabled_at", "affiliate__suspended_at"])
def test_leads_on_without_counting_when_the_link_is_off(link: ReferralLink, field: Any) -> None:
    if field == "disabled_at":
        ReferralLink.objects.update(disabled_at=timezone.now())
    else:
        type(link.affiliate).objects.update(suspended_at=timezone.now())

    assert visit(link).status_code == 302
    assert not Touch.objects.exists()


def test_does_not_count_a_repetition_but_renews_the_touch(link: ReferralLink) -> None:
    client = Client()
    now = timezone.now()
    with time_machine.travel(now, tick=False):
        visit(link, client)
    with time_machine.travel(now + timedelta(minutes=29), tick=False):
        visit(link, client)

    assert Click.objects.count() == 1
    assert Touch.objects.get().clicked_at == now + timedelta(minutes=29)


def test_counts_again_after_half_an_hour(link: ReferralLink) -> None:
    client = Client()
    now = timezone.now()
    for minutes in (0, 30):
        with time_machine.travel(now + timedelta(minutes=minutes), tick=False):
            visit(link, client)

    assert Click.objects.count() == 2
    assert Touch.objects.count() == 1


def test_takes_the_same_browser_without_a_cookie_for_a_repetition(link: ReferralLink) -> None:
    visit(link)
    visit(link)

    assert Click.objects.count() == 1


def test_ignores_a_visitor_cookie_that_is_none(link: ReferralLink) -> None:
    client = Client()
    client.cookies["visitor"] = "bukan-nomor"

    assert visit(link, client).cookies["visitor"].value == Touch.objects.get().visitor.hex


def test_joins_earlier_touches_to_whoever_signed_in(link: ReferralLink) -> None:
    client, user = Client(), make_user()
    visit(link, client)
    client.force_login(user)
    visit(link, client)

    assert Touch.objects.get().user == user


def test_keeps_two_people_on_one_phone_apart(link: ReferralLink) -> None:
    client, first, second = Client(), make_user(), make_user()
    for user in (first, second):
        client.force_login(user)
        visit(link, client)

    assert set(Touch.objects.values_list("user", flat=True)) == {first.pk, second.pk}


def test_leads_on_when_the_click_cannot_be_written(link: ReferralLink) -> None:
    with patch("affiliates.views.follow.operations.record_click", side_effect=OperationalError):
        answer = visit(link)

    assert answer.status_code == 302
    assert not answer.cookies


def test_asks_the_database_little(link: ReferralLink, django_assert_max_num_queries: Any) -> None:
    visit(link)

    with django_assert_max_num_queries(9):  # two of them begin and end the savepoint
        visit(link)


# ---- privacy -------------------------------------------------------------------------------------------


def test_stores_no_address_anywhere(link: ReferralLink) -> None:
    visit(link, None, **{"X-Forwarded-For": "198.51.100.9, 203.0.113.77"})

    pattern = r"203\.0\.113|198\.51\.100"
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT count(*) FROM "{table}" AS kept WHERE kept::text ~ %s', [pattern])  # noqa: S608
            assert cursor.fetchone() == (0,), table


def test_hashes_neighbours_alike_and_days_apart() -> None:
    key, other_day = b"k" * 32, b"o" * 32

    one = network_hash(key, address="203.0.113.77", browser=PHONE)

    assert len(one) == 16
    assert one == network_hash(key, address="203.0.113.200", browser=PHONE)
    assert one != network_hash(key, address="203.0.114.77", browser=PHONE)
    assert one != network_hash(other_day, address="203.0.113.77", browser=PHONE)
    assert network_hash(key, address="2001:db8:1:2::3", browser=PHONE) == network_hash(
        key, address="2001:db8:1:ffff::9", browser=PHONE
    )
    assert network_hash(key, address="::ffff:203.0.113.5", browser=PHONE) == one


def test_forgets_clicks_touches_and_keys_after_35_days(link: ReferralLink) -> None:
    now = timezone.now()
    for days in (36, 34):
        with time_machine.travel(now - timedelta(days=days), tick=False):
            visit(link)

    assert purge_clicks(now) == 1

    assert Click.objects.count() == Touch.objects.count() == DayKey.objects.count() == 1
