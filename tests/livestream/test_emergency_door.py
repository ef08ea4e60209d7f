"""When a place outside dies while the show is on air, followers get the link of the room: once."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from inbox.models import Kind, Notice
from inbox.operations import Message, switch_off, tell
from inbox.tokens import Off
from livestream.media.market import _note_outlet
from livestream.media.outlets import Standing, Trouble
from livestream.models import EmergencyDoor
from livestream.operations import air, emergency_door, outlets
from livestream.operations.emergency_door import forgo_door, open_doors, want_door
from livestream.operations.follows import follow
from tests.concurrency import run_at_once
from tests.factories import make_session_on_air, make_shop, make_user

pytestmark = pytest.mark.django_db
PLACE = {"url": "rtmps://live.contoh.test/app", "key": "kunci"}
LATER = timedelta(seconds=25)


@pytest.fixture
def show():
    session = make_session_on_air()
    want_door(session)
    return session


@pytest.fixture
def siti(show):
    person = make_user()
    follow(show.shop, user=person)
    return person


@pytest.fixture
def place(show):
    outlet = outlets.add_outlet(show, **PLACE)
    stand(outlet, Standing.CONNECTED)
    return outlet


def stand(outlet, standing):
    trouble = Trouble.UNREACHABLE if standing == Standing.LOST else Trouble.NONE
    _note_outlet(outlet.session.code, str(outlet.pk), standing, trouble)


def sweep(after=LATER):
    open_doors(timezone.now() + after)


def told():
    return list(Notice.objects.order_by("user").values_list("user", flat=True))


def test_every_follower_gets_the_link_once_and_nobody_else(show, siti, place):
    others = make_user()
    follow(make_shop(), user=others)
    budi = make_user()
    follow(show.shop, user=budi)

    stand(place, Standing.LOST)
    sweep()
    sweep()

    assert told() == [siti.pk, budi.pk]
    assert Notice.objects.first().path.startswith(reverse("livestream:room", args=[show.code]))


def test_a_second_death_in_the_same_show_tells_nobody_again(show, siti, place):
    for _ in range(2):
        stand(place, Standing.LOST)
        sweep()
        stand(place, Standing.CONNECTED)

    assert told() == [siti.pk]


def test_is_told_within_a_minute(show, siti, place):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        stand(place, Standing.LOST)
        clock.shift(timedelta(seconds=19))
        open_doors()
        assert not told()

        clock.shift(timedelta(seconds=1))
        open_doors()

    assert told() == [siti.pk]


def test_a_place_that_is_soon_back_is_no_news(show, siti, place):
    stand(place, Standing.LOST)
    stand(place, Standing.CONNECTED)
    sweep()

    assert not told()


def test_being_let_in_and_thrown_out_again_is_dead(show, siti, place):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        for _ in range(5):
            stand(place, Standing.LOST)
            clock.shift(timedelta(seconds=5))
            stand(place, Standing.CONNECTED)
            clock.shift(timedelta(seconds=1))
        stand(place, Standing.LOST)
        open_doors()

    assert told() == [siti.pk]


def test_a_place_that_was_well_again_has_its_time_anew(show, siti, place):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        stand(place, Standing.LOST)
        stand(place, Standing.CONNECTED)
        clock.shift(timedelta(minutes=1))
        stand(place, Standing.LOST)
        open_doors()

    assert not told()


def test_a_place_that_never_carried_the_show_has_not_died(show, siti):
    outlet = outlets.add_outlet(show, **PLACE)
    stand(outlet, Standing.CONNECTING)
    stand(outlet, Standing.LOST)
    sweep()

    assert not told()


def test_a_host_whose_own_network_is_gone_has_other_worries(show, siti, place):
    show.interrupted_at = timezone.now()
    show.save()
    stand(place, Standing.LOST)
    sweep(timedelta(minutes=5))
    show.interrupted_at = None
    show.save()
    sweep(timedelta(minutes=5, seconds=5))
    assert not told()

    sweep(timedelta(minutes=5, seconds=30))
    assert told() == [siti.pk]


def test_nothing_is_said_unless_the_host_wants_it(show, siti, place):
    forgo_door(show)
    stand(place, Standing.LOST)
    sweep()
    assert not told()

    want_door(show)
    sweep()
    assert told() == [siti.pk]


def test_nothing_is_said_of_shows_that_are_over_and_places_that_were_removed(show, siti, place):
    stand(place, Standing.LOST)
    outlets.remove_outlet(show, place=place.place)
    sweep()
    assert not told()

    again = outlets.add_outlet(show, **PLACE)
    stand(again, Standing.CONNECTED)
    stand(again, Standing.LOST)
    air.end_session(show.code)
    sweep()
    assert not told()


def test_who_silenced_the_shop_or_heard_enough_of_it_today_is_left_alone(show, siti, place):
    switch_off(Off(siti.pk, Kind.NEWS, show.shop_id))
    budi = make_user()
    follow(show.shop, user=budi)
    message = Message("Kabar", "Kabar", "/")
    for number in range(3):
        tell(budi, kind=Kind.NEWS, key=f"k{number}", compose=lambda: message, shop_id=show.shop_id)

    stand(place, Standing.LOST)
    sweep()

    assert not Notice.objects.filter(key__startswith="door:").exists()
    door = EmergencyDoor.objects.get()
    assert (door.told, bool(door.finished_at)) == (0, True)


@pytest.mark.django_db(transaction=True)
def test_two_workers_tell_each_once(show, place, monkeypatch):
    monkeypatch.setattr(emergency_door, "AT_ONCE", 2)
    people = [make_user() for _ in range(5)]
    for person in people:
        follow(show.shop, user=person)
    stand(place, Standing.LOST)

    run_at_once(*[partial(sweep) for _ in range(3)])

    assert told() == [person.pk for person in people]
    assert EmergencyDoor.objects.get().told == 5


def test_the_database_knows_that_a_door_opens_first(show):
    with pytest.raises(IntegrityError, match="a_door_opens_before"), transaction.atomic():
        EmergencyDoor.objects.update(finished_at=timezone.now())


def test_the_host_switches_it_on_and_sees_what_came_of_it(client, show, siti, place):
    forgo_door(show)
    client.force_login(show.host)
    outside, door, standing = (
        reverse(f"livestream:{name}", args=[show.code])
        for name in ("outside", "emergency_door", "outside_standing")
    )
    assert "checked" not in client.get(outside).text

    assert "checked" in client.post(door, {"is_wanted": "on"}, follow=True).text
    stand(place, Standing.LOST)
    assert "dikirimi" not in client.get(standing).text
    sweep()

    assert "Pengikut yang dikirimi" in client.get(standing).text
    assert "Pengikut yang dikirimi" in client.get(outside).text
    assert "checked" not in client.post(door, {}, follow=True).text


def test_a_rival_switches_nothing(client, show):
    client.force_login(make_shop().owner)

    assert client.post(reverse("livestream:emergency_door", args=[show.code]), {}).status_code == 404
    assert EmergencyDoor.objects.get().is_wanted
