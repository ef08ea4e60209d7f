"""Whoever follows a shop hears that it is live: once for each show."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from inbox.models import Kind, Notice
from inbox.operations import switch_off
from inbox.tokens import Off
from livestream.models import Follow, Reminder
from livestream.operations.follows import follow, tell_followers, unfollow
from tests.concurrency import run_at_once
from tests.factories import make_session_on_air, make_shop, make_user

pytestmark = pytest.mark.django_db


def test_a_follower_hears_once_for_each_show():
    shop, siti = make_shop(), make_user()
    follow(shop, user=siti)
    show = make_session_on_air(shop=shop)

    assert [tell_followers(), tell_followers()] == [1, 0]
    assert f"/live/{show.code}/" in Notice.objects.get().path

    show.ended_at = timezone.now()
    show.save()
    make_session_on_air(shop=shop)
    assert tell_followers() == 1


def test_nobody_hears_of_rehearsals_old_shows_and_shops_they_left():
    shop, siti = make_shop(), make_user()
    follow(shop, user=siti)
    practice = make_session_on_air(shop=shop, is_rehearsal=True)
    assert tell_followers() == 0
    practice.ended_at = timezone.now()
    practice.save()
    old = make_session_on_air(shop=shop, went_live_at=timezone.now() - timedelta(hours=1))
    assert tell_followers() == 0
    old.ended_at = timezone.now()
    old.save()
    unfollow(shop, user=siti)
    make_session_on_air(shop=shop)

    assert tell_followers() == 0


def test_who_is_reminded_of_the_show_is_not_told_twice():
    shop, siti = make_shop(), make_user()
    follow(shop, user=siti)
    show = make_session_on_air(shop=shop)
    Reminder.objects.create(session=show, user=siti, planned_at=show.planned_at)

    assert tell_followers() == 0


def test_a_shop_that_was_silenced_is_heard_again_when_it_is_followed_anew():
    shop, siti = make_shop(), make_user()
    follow(shop, user=siti)
    switch_off(Off(siti.pk, Kind.NEWS, shop.pk))
    show = make_session_on_air(shop=shop)
    tell_followers()
    assert not Notice.objects.exists()
    show.ended_at = timezone.now()
    show.save()

    follow(shop, user=siti)
    make_session_on_air(shop=shop)
    tell_followers()

    assert Notice.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_workers_tell_each_once():
    shop = make_shop()
    for _ in range(5):
        follow(shop, user=make_user())
    make_session_on_air(shop=shop)

    run_at_once(*[partial(tell_followers) for _ in range(3)])

    assert Notice.objects.count() == 5


def test_one_press_follows_and_another_ends_it():
    shop, client = make_shop(), Client()
    client.force_login(make_user())
    page = reverse("catalog:shop", args=[shop.slug])

    client.post(reverse("livestream:follow", args=[shop.slug]))
    client.post(reverse("livestream:follow", args=[shop.slug]))
    assert Follow.objects.count() == 1
    assert "Diikuti" in client.get(page).content.decode()

    client.post(reverse("livestream:unfollow", args=[shop.slug]))
    assert "Ikuti lapak" in client.get(page).content.decode()
    assert not Follow.objects.exists()
