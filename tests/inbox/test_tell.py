"""One thing is told once, by the ways its reader wants, and a shop does not shout."""

from __future__ import annotations

from functools import partial

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils.translation import gettext as _

from inbox.models import Channel, Delivery, Kind, Notice
from inbox.operations import Message, deliver_due, hear_again, set_choices, switch_off, tell
from inbox.queries import unread_count
from inbox.tokens import off_token, read_off_token
from tests.concurrency import run_at_once
from tests.factories import make_user

pytestmark = pytest.mark.django_db


def say(user, *, kind=Kind.ORDER, key="a", shop_id=None, path="/pesanan/"):
    return tell(
        user, kind=kind, key=key, shop_id=shop_id, compose=lambda: Message(_("Pesanan"), "Isi kabar", path)
    )


def test_is_in_the_inbox_and_leaves_by_mail_and_push():
    siti = make_user()

    notice = say(siti)

    assert list(Notice.objects.of(siti).unread()) == [notice]
    assert set(notice.deliveries.values_list("channel", flat=True)) == {"mail", "push"}


def test_the_same_thing_is_told_once():
    siti = make_user()
    say(siti)

    assert say(siti) is None
    assert (Notice.objects.count(), Delivery.objects.count()) == (1, 2)


def test_is_undone_with_the_transaction_that_told_it():
    siti = make_user()
    with transaction.atomic():
        say(siti)
        transaction.set_rollback(True)

    assert not Notice.objects.exists()


def test_is_composed_in_the_readers_language():
    reader = make_user(language="en")

    notice = say(reader, path=reverse("orders:list"))

    assert (notice.title, notice.language) == ("Orders", "en")


def test_orders_stay_in_the_inbox_whatever_is_chosen():
    siti = make_user()
    set_choices(siti, switched_on=[])

    notice = say(siti)

    assert notice.is_listed
    assert not notice.deliveries.exists()


def test_what_nobody_wants_is_not_even_written():
    siti = make_user()
    set_choices(siti, switched_on=[])

    assert say(siti, kind=Kind.NEWS) is None
    assert not Notice.objects.exists()


def test_by_mail_alone_it_is_not_listed():
    siti = make_user()
    set_choices(siti, switched_on=[(Kind.REVIEW, Channel.MAIL)])

    notice = say(siti, kind=Kind.REVIEW)

    assert unread_count(siti.pk) == 0
    assert list(notice.deliveries.values_list("channel", flat=True)) == ["mail"]


def test_a_shop_speaks_three_times_a_day_and_orders_do_not_count():
    siti = make_user()
    for number in range(5):
        say(siti, kind=Kind.ORDER, key=f"order{number}", shop_id=7)
        say(siti, kind=Kind.NEWS, key=f"news{number}", shop_id=7)
    say(siti, kind=Kind.NEWS, key="other", shop_id=8)

    told = Notice.objects.filter(kind=Kind.NEWS)
    assert (told.filter(shop_id=7).count(), told.filter(shop_id=8).count()) == (3, 1)
    assert Notice.objects.filter(kind=Kind.ORDER).count() == 5


@pytest.mark.django_db(transaction=True)
def test_a_shop_that_shouts_from_four_sides_is_heard_three_times():
    siti = make_user()

    run_at_once(*[partial(say, siti, kind=Kind.NEWS, key=str(side), shop_id=7) for side in range(4)])

    assert Notice.objects.count() == 3


def test_one_press_silences_a_shop_and_no_other():
    siti = make_user()
    token = off_token(say(siti, kind=Kind.NEWS, key="a", shop_id=7))

    assert Client(enforce_csrf_checks=True).post(reverse("inbox:off", args=[token])).status_code == 200

    assert say(siti, kind=Kind.NEWS, key="b", shop_id=7) is None
    assert say(siti, kind=Kind.NEWS, key="c", shop_id=8)
    hear_again(siti, kind=Kind.NEWS, shop_id=7)
    assert say(siti, kind=Kind.NEWS, key="d", shop_id=7)


def test_one_press_in_a_letter_about_orders_ends_letters_but_not_the_inbox():
    siti = make_user()
    off = read_off_token(off_token(say(siti)))
    assert off
    switch_off(off)

    notice = say(siti, key="b")

    assert notice.is_listed
    assert not notice.deliveries.exists()


def test_opening_the_link_alone_changes_nothing():
    siti = make_user()
    token = off_token(say(siti))

    assert Client().get(reverse("inbox:off", args=[token])).status_code == 200

    assert say(siti, key="b").deliveries.count() == 2


def test_a_link_that_was_changed_leads_nowhere():
    token = off_token(say(make_user()))

    for broken in (token[:-1], "x" + token, token.replace(":", "", 1), "abc"):
        assert Client().post(reverse("inbox:off", args=[broken])).status_code == 404


@pytest.mark.parametrize("path", ["https://jahat.test/", "//jahat.test/", "pesanan/"])
def test_leads_nowhere_but_into_the_market(path):
    with pytest.raises(IntegrityError):
        say(make_user(), path=path)


def test_who_is_banned_is_not_told():
    assert say(make_user(is_active=False)) is None


def test_a_letter_says_how_to_stop_and_is_one_letter_when_it_comes_twice():
    siti = make_user(name="Siti")
    notice = say(siti)
    deliver_due()
    Delivery.objects.update(state="waiting", due_at="2026-01-01T00:00Z")  # as if nobody had noted it

    deliver_due()

    first, again = mail.outbox
    assert first.extra_headers["Message-ID"] == again.extra_headers["Message-ID"]
    assert reverse("inbox:off", args=[off_token(notice)]).rpartition(":")[0] in first.body
    assert first.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert "Halo Siti" in first.body
