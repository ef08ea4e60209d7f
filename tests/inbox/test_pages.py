"""The inbox, its bell, and the page of wishes."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from inbox.models import Kind, Notice, PushSubscription
from inbox.operations import Message, tell
from inbox.queries import ways
from tests.catalog.costs import queries_of
from tests.factories import make_user

pytestmark = pytest.mark.django_db
KEYS = {"p256dh": "B" * 87, "auth": "A" * 22}
ENDPOINT = "https://fcm.googleapis.com/fcm/send/abc"


@pytest.fixture
def siti():
    return make_user(name="Siti")


@pytest.fixture
def page(siti) -> Client:
    client = Client()
    client.force_login(siti)
    return client


def say(user, key="a", title="Pesananmu dikirim", **more):
    more = {"kind": Kind.ORDER, **more}
    notice = tell(user, key=key, compose=lambda: Message(title, "Lewat JNE", "/pesanan/"), **more)
    cache.clear()  # its bell is rung on commit
    return notice


def test_the_bell_counts_what_was_not_read(page, siti):
    say(siti, "a")
    say(siti, "b")

    assert "Kabar, 2 belum dibaca" in page.get("/").content.decode()


def test_a_full_bell_says_so(page, siti):
    Notice.objects.bulk_create(
        Notice(user=siti, kind=Kind.ORDER, key=str(each), language="id", title="x", text="x", path="/")
        for each in range(120)
    )

    assert "Kabar, 99+ belum dibaca" in page.get("/").content.decode()


def test_opening_one_reads_it_and_leads_there(page, siti):
    notice = say(siti)

    answer = page.post(reverse("inbox:open", args=[notice.pk]))

    notice.refresh_from_db()
    assert answer["Location"] == "/pesanan/"
    assert notice.read_at


def test_nobody_reads_the_notices_of_others(page):
    notice = say(make_user(), title="Rahasia orang")

    assert page.post(reverse("inbox:open", args=[notice.pk])).status_code == 404
    assert "Rahasia orang" not in page.get(reverse("inbox:list")).content.decode()


def test_all_that_stand_there_are_read_but_not_what_came_meanwhile(page, siti):
    first, later = say(siti, "a"), say(siti, "b")

    page.post(reverse("inbox:read_all"), {"up_to": first.pk})

    assert list(Notice.objects.of(siti).unread()) == [later]


def test_the_list_costs_as_much_for_three_as_for_one(page, siti):
    say(siti, "a", shop_id=1)
    page.get(reverse("inbox:list"))
    one = queries_of(page, reverse("inbox:list"))
    say(siti, "b")
    say(siti, "c")
    page.get(reverse("inbox:list"))

    assert queries_of(page, reverse("inbox:list")) == one


def test_what_a_shop_wrote_is_shown_as_text(page, siti):
    say(siti, title="<script>alert(1)</script>")

    assert "<script>alert" not in page.get(reverse("inbox:list")).content.decode()


def test_wishes_are_kept(page, siti):
    page.post(reverse("inbox:wishes"), {"on": ["live-push", "order-mail"], "language": "en"})

    siti.refresh_from_db()
    assert ways(siti, Kind.LIVE) == {"push"}
    assert ways(siti, Kind.ORDER) == {"inbox", "mail"}
    assert siti.language == "en"


def test_a_language_that_is_not_spoken_here_changes_nothing(page, siti):
    page.post(reverse("inbox:wishes"), {"language": "xx"})

    siti.refresh_from_db()
    assert siti.language == "id"


def test_a_browser_subscribes_and_leaves(page, siti):
    assert page.post(reverse("inbox:push_on"), {"endpoint": ENDPOINT, **KEYS}).status_code == 204
    assert PushSubscription.objects.get().user == siti

    page.post(reverse("inbox:push_off"), {"endpoint": "\0"})
    page.post(reverse("inbox:push_off"), {"endpoint": ENDPOINT})
    assert not PushSubscription.objects.exists()


def test_a_browser_that_changes_hands_tells_the_new_one_only(page, siti):
    PushSubscription.objects.create(user=make_user(), endpoint=ENDPOINT, **KEYS)

    page.post(reverse("inbox:push_on"), {"endpoint": ENDPOINT, **KEYS})

    assert PushSubscription.objects.get().user == siti


@pytest.mark.parametrize(
    "endpoint",
    [
        "http://fcm.googleapis.com/x",
        "https://127.0.0.1/x",
        "https://169.254.169.254/latest",
        "https://fcm.googleapis.com.jahat.test/x",
        "https://jahatfcm.googleapis.com:8443/x",
        "https://fcm.googleapis.com@jahat.test/x",
        "https://siapa@fcm.googleapis.com/x",
        "https://127.0.0.1:8000\\@fcm.googleapis.com/x",  # another machine to whoever calls it
        "https://fcm.googleapis.com:99999/x",
        "ftp://fcm.googleapis.com/x",
        "abc",
    ],
)
def test_no_address_but_a_push_services_is_taken(page, endpoint):
    assert page.post(reverse("inbox:push_on"), {"endpoint": endpoint, **KEYS}).status_code == 422
    assert not PushSubscription.objects.exists()


def test_without_a_key_browsers_are_not_asked(page, settings):
    settings.VAPID_PRIVATE_KEY = ""

    assert "push-switch" not in page.get(reverse("inbox:wishes")).content.decode()
    assert page.post(reverse("inbox:push_on"), {"endpoint": ENDPOINT, **KEYS}).status_code == 422
