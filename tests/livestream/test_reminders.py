"""Whoever asks is reminded: soon, at the beginning, of a new time; once each, and not too often."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
import time_machine
from django.conf import settings
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.operations import remember_language
from inbox.models import Kind
from inbox.models import Notice as Told
from inbox.operations import deliver_due, switch_off
from inbox.tokens import Off
from livestream.models import LiveSession, Notice, Reminder
from livestream.operations import reminders, showcase
from tests.concurrency import run_at_once
from tests.factories import (
    make_product,
    make_session,
    make_session_on_air,
    make_shop,
    make_user,
    make_variant,
)

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 24, 11, 50, tzinfo=UTC)  # 18.50 WIB


@pytest.fixture
def shop():
    return make_shop(name="Keripik Bu Sri")


@pytest.fixture
def session(shop) -> LiveSession:
    return make_session(shop=shop, title="Panen malam", planned_at=NOW + timedelta(minutes=10))


@pytest.fixture
def siti():
    return make_user(name="Siti Aminah")


def ask(session, user) -> Reminder:
    return reminders.remind(session, user=user)


def send_notices(now: datetime) -> int:
    """Tell what is due, at that moment by every clock, and send the letters."""
    with time_machine.travel(now, tick=False):
        told = reminders.send_notices(now)
        deliver_due()
    return told


def test_a_quarter_of_an_hour_before_one_letter_goes_out(session, siti):
    ask(session, siti)

    assert [send_notices(NOW) for _ in range(3)] == [1, 0, 0]

    (letter,) = mail.outbox
    assert letter.to == [siti.email]
    assert letter.subject == "Pasar Malam · Keripik Bu Sri live 15 menit lagi"
    assert "Selasa, 24 Nov 2026, 19.00 WIB" in letter.body
    assert f"/live/{session.code}/?dari=reminder" in letter.body


def test_earlier_nobody_is_told(session, siti):
    ask(session, siti)

    assert send_notices(NOW - timedelta(minutes=6)) == 0


def test_the_letter_is_in_the_readers_language_and_the_makers_time_too(shop, siti):
    shop.regency_id = "81.71"  # Ambon, by WIT
    shop.save()
    session = make_session(shop=shop, planned_at=NOW + timedelta(minutes=10))
    remember_language(siti, "en")
    ask(session, siti)

    send_notices(NOW)

    assert "Tuesday, 24 Nov 2026, 19:00 WIB (21:00 WIT)" in mail.outbox[0].body


def test_at_the_beginning_those_who_wait_are_told_once(session, siti):
    ask(session, siti)
    session.went_live_at = NOW
    session.save()

    assert [send_notices(NOW + timedelta(minutes=1)) for _ in range(2)] == [1, 0]
    assert "sudah live sekarang" in mail.outbox[0].subject


def test_long_after_the_beginning_it_is_too_late(session, siti):
    ask(session, siti)
    session.went_live_at = NOW - timedelta(minutes=21)
    session.save()

    assert send_notices(NOW) == 0


def test_a_new_time_is_told_and_reminded_of(session, siti):
    ask(session, siti)
    send_notices(NOW)
    showcase.edit_session(session, title=session.title, planned_at=NOW + timedelta(hours=2), product_ids=[])

    assert [send_notices(NOW) for _ in range(2)] == [1, 0]
    assert "Jam baru: Selasa, 24 Nov 2026, 20.50 WIB" in mail.outbox[1].body
    assert send_notices(NOW + timedelta(minutes=106)) == 1


def test_nobody_hears_more_than_three_times_a_day_from_one_shop(session, siti):
    ask(session, siti)
    for hours in range(1, 6):
        later = NOW + timedelta(hours=hours)
        showcase.edit_session(session, title=session.title, planned_at=later, product_ids=[])
        send_notices(NOW)
    other = make_session(planned_at=NOW + timedelta(minutes=10))
    ask(other, siti)

    send_notices(NOW)

    assert Told.objects.filter(user=siti, shop_id=session.shop_id).count() == 3
    assert Told.objects.filter(user=siti, shop_id=other.shop_id).count() == 1


def test_asking_twice_is_asking_once(session, siti):
    assert ask(session, siti) == ask(session, siti)


def test_there_is_nothing_to_wait_for_once_it_began(siti):
    with pytest.raises(reminders.NotUpcoming):
        ask(make_session_on_air(), siti)


def test_a_suspended_shop_and_a_banned_person_are_not_written_to(session, siti):
    ask(session, siti)
    banned = make_user(is_active=False)
    ask(session, banned)
    session.shop.suspended_at = NOW
    session.shop.save()

    assert send_notices(NOW) == 0


@pytest.mark.django_db(transaction=True)
def test_two_workers_send_one_letter():
    session = make_session(planned_at=timezone.now() + timedelta(minutes=10))
    for _ in range(5):
        ask(session, make_user())

    run_at_once(*[partial(reminders.send_notices, timezone.now()) for _ in range(4)])
    run_at_once(*[deliver_due for _ in range(4)])

    assert Notice.objects.count() == len({letter.to[0] for letter in mail.outbox}) == len(mail.outbox) == 5


# ---- pages -----------------------------------------------------------------------------------------


@pytest.fixture
def ahead(shop) -> LiveSession:
    product = make_variant(product=make_product(shop=shop)).product
    return make_session(shop=shop, planned_at=timezone.now() + timedelta(days=1), products=[product])


def press(client: Client, name: str, session: LiveSession, **headers: str):
    return client.post(reverse(f"livestream:{name}", args=[session.code]), headers=headers)


def test_one_press_asks_and_another_takes_it_back(ahead, siti):
    client = Client()
    client.force_login(siti)

    asked = press(client, "remind", ahead, **{"HX-Request": "true"}).content.decode()
    kept = Reminder.objects.get()
    page = client.get(reverse("livestream:room", args=[ahead.code])).content.decode()
    press(client, "forget", ahead)

    assert "Kamu akan diingatkan" in asked
    assert "Kamu akan diingatkan" in page
    assert (kept.user, kept.session) == (siti, ahead)
    assert not Reminder.objects.exists()


def test_a_stranger_gets_the_calendar_and_a_way_to_log_in(ahead):
    page = Client().get(reverse("livestream:room", args=[ahead.code])).content.decode()

    assert f"/live/{ahead.code}/kalender.ics" in page
    assert f"?next=/live/{ahead.code}/" in page


def test_too_late_is_said(siti):
    client = Client()
    client.force_login(siti)

    answer = press(client, "remind", make_session_on_air(), **{"HX-Request": "true"})

    assert answer.status_code == 409
    assert "sudah mulai" in answer.content.decode()


def test_the_seller_sees_how_many_wait(ahead, siti):
    for person in (siti, make_user()):
        ask(ahead, person)
    client = Client()
    client.force_login(ahead.host)

    page = client.get(reverse("livestream:plan")).content.decode()

    assert re.search(r"1 produk\s*·\s*2 orang minta diingatkan", page)


def test_the_letters_link_ends_the_shops_reminders_with_one_press(session, siti):
    ask(session, siti)
    send_notices(NOW)
    address = mail.outbox[0].extra_headers["List-Unsubscribe"].strip("<>").removeprefix(settings.SITE_URL)
    machine = Client(enforce_csrf_checks=True)
    session.went_live_at = NOW + timedelta(minutes=1)
    session.save()

    assert machine.get(address).status_code == 200
    assert machine.post(address, {"List-Unsubscribe": "One-Click"}).status_code == 200

    send_notices(NOW + timedelta(minutes=2))
    assert len(mail.outbox) == 1


def test_who_asks_again_hears_again(session, siti):
    switch_off(Off(siti.pk, Kind.LIVE, session.shop_id))
    ask(session, siti)

    send_notices(NOW)

    assert len(mail.outbox) == 1
