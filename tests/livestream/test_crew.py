"""Somebody who helps in a session…"""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from livestream.media.tokens import publish_token
from livestream.models import CrewMember, Permission, Role
from livestream.operations import air, crew
from livestream.queries import crew as crew_queries
from livestream.queries import sessions_run_by
from tests.concurrency import run_at_once
from tests.factories import make_crew_member, make_session, make_session_on_air, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def session():
    return make_session_on_air()


def runs(user, permission):
    return {session.pk for session in sessions_run_by(user, permission)}


def admitted(session, user):
    token = publish_token(code=session.code, user_id=user.pk)
    return air.authorise(code=session.code, token=token)


def test_may_nothing_before_accepting(session):
    invitation = crew.invite(session, role=Role.MODERATOR)
    user = make_user()

    assert runs(user, Permission.CHAT) == set()
    crew.accept(invitation.member, user=user)
    assert runs(user, Permission.CHAT) == {session.pk}


def test_may_only_what_was_given(session):
    user = make_crew_member(session, role=Role.MODERATOR, permissions=[Permission.CHAT])

    assert runs(user, Permission.CHAT) == {session.pk}
    for permission in set(Permission) - {Permission.CHAT}:
        assert runs(user, permission) == set()


def test_may_nothing_in_another_session_of_the_shop(session):
    other = make_session(shop=session.shop)
    user = make_crew_member(session)

    assert other.pk not in runs(user, Permission.CHAT)


def test_helps_in_every_session_of_a_shop_when_asked_to(session):
    other = make_session(shop=session.shop)
    stranger = make_session_on_air()
    user = make_user()
    crew.accept(crew.invite_to_shop(session.shop, role=Role.MODERATOR).member, user=user)

    assert runs(user, Permission.CHAT) == {session.pk, other.pk}
    assert stranger.pk not in runs(user, Permission.CHAT)


def test_has_in_a_session_the_part_that_was_given_there(session):
    other = make_session(shop=session.shop)
    user = make_user()
    crew.accept(crew.invite_to_shop(session.shop, role=Role.MODERATOR).member, user=user)
    crew.accept(crew.invite(session, role=Role.MENTOR).member, user=user)

    assert crew_queries.part_in(session, user).role == Role.MENTOR
    assert runs(user, Permission.CHAT) == {other.pk}


def test_loses_everything_at_once(session):
    user = make_crew_member(session)

    crew.revoke(CrewMember.objects.get(user=user))

    assert runs(user, Permission.CHAT) == set()
    assert crew_queries.part_in(session, user) == crew_queries.NO_PART


def test_loses_one_thing_at_once(session):
    user = make_crew_member(session, permissions=[Permission.CHAT, Permission.PRODUCTS])

    crew.change_permissions(CrewMember.objects.get(user=user), permissions=[Permission.PRODUCTS])

    assert runs(user, Permission.CHAT) == set()
    assert runs(user, Permission.PRODUCTS) == {session.pk}


def test_finds_nothing_in_a_suspended_shop(session):
    user = make_crew_member(session)
    session.shop.suspended_at = timezone.now()
    session.shop.save()

    assert runs(user, Permission.CHAT) == set()


@pytest.mark.parametrize("role", Role)
def test_is_never_given_the_hosts_part(session, role):
    member = crew.invite(session, role=role).member

    with pytest.raises(crew.NotForThisRole):
        crew.change_permissions(member, permissions=[Permission.HOST])
    with pytest.raises(IntegrityError), transaction.atomic():
        CrewMember.objects.filter(pk=member.pk).update(permissions=["host"])


def test_does_not_become_a_host_by_being_made_a_moderator_of_deals(session):
    user = make_crew_member(session, permissions=[Permission.DEALS])

    assert not crew_queries.part_in(session, user).may["host"]


# ---- the link --------------------------------------------------------------------------------------


def test_comes_by_a_link_that_is_kept_nowhere(session):
    invitation = crew.invite(session, role=Role.MODERATOR, label="Rina")

    assert crew.find_invitation(invitation.token) == invitation.member
    assert crew.find_invitation(invitation.token + "x") is None
    assert invitation.token not in str(CrewMember.objects.values().get())


def test_comes_too_late_after_two_days(session):
    invitation = crew.invite(session, role=Role.MODERATOR)
    CrewMember.objects.update(
        created_at=timezone.now() - timedelta(hours=49), expires_at=timezone.now() - timedelta(hours=1)
    )

    with pytest.raises(crew.NoLongerOpen):
        crew.accept(invitation.member, user=make_user())
    assert CrewMember.objects.get().user is None


def test_comes_too_late_when_it_was_taken_back(session):
    invitation = crew.invite(session, role=Role.MODERATOR)
    crew.revoke(invitation.member)

    with pytest.raises(crew.NoLongerOpen):
        crew.accept(invitation.member, user=make_user())


def test_is_not_the_host(session):
    invitation = crew.invite(session, role=Role.CO_HOST)

    with pytest.raises(crew.OwnShop):
        crew.accept(invitation.member, user=session.host)


def test_does_not_come_back_by_the_link_that_was_used(session):
    invitation, user = crew.invite(session, role=Role.MODERATOR), make_user()
    crew.accept(invitation.member, user=user)
    crew.revoke(invitation.member)

    with pytest.raises(crew.NoLongerOpen):
        crew.accept(invitation.member, user=user)


@pytest.mark.django_db(transaction=True)
def test_is_one_person_however_many_open_the_link_together():
    invitation = crew.invite(make_session_on_air(), role=Role.MODERATOR)
    people = [make_user() for _ in range(4)]

    outcomes = run_at_once(*(partial(crew.accept, invitation.member, user=user) for user in people))

    assert sum(outcome is None for outcome in outcomes) == 1
    assert sum(isinstance(outcome, crew.NoLongerOpen) for outcome in outcomes) == 3


@pytest.mark.django_db(transaction=True)
def test_has_one_part_when_two_links_are_accepted_together():
    session, user = make_session_on_air(), make_user()
    links = [crew.invite(session, role=role).member for role in (Role.MODERATOR, Role.CO_HOST)]

    outcomes = run_at_once(*(partial(crew.accept, member, user=user) for member in links))

    assert outcomes == [None, None]
    assert CrewMember.objects.standing().filter(user=user).count() == 1


def test_is_one_of_twenty_at_most(session):
    for _ in range(crew.MOST_MEMBERS):
        crew.invite(session, role=Role.GUEST)

    with pytest.raises(crew.TooMany):
        crew.invite(session, role=Role.GUEST)


# ---- the picture -----------------------------------------------------------------------------------


def test_sends_the_picture_only_when_that_was_given(session):
    moderator = make_crew_member(session)
    co_host = make_crew_member(session, role=Role.CO_HOST)
    guest = make_crew_member(session, role=Role.GUEST)

    assert not admitted(session, moderator)
    assert not admitted(session, co_host)
    assert admitted(session, guest)
    assert admitted(session, session.host)


def test_does_not_begin_the_show():
    session = make_session()
    guest = make_crew_member(session, role=Role.GUEST)

    assert not admitted(session, guest)
    assert admitted(session, session.host)


def test_stops_sending_in_the_moment_the_host_says_so(session):
    guest, connection = make_crew_member(session, role=Role.GUEST), uuid4()
    assert admitted(session, guest)
    air.on_publish(session.code, connection_id=connection)

    crew.revoke(CrewMember.objects.get(user=guest))

    session.refresh_from_db()
    assert session.interrupted_at
    assert not air.on_progress(session.code, connection_id=connection, media_ms=1000)
    assert not admitted(session, guest)


def test_leaves_the_hosts_picture_alone_when_sent_away(session):
    guest, connection = make_crew_member(session, role=Role.GUEST), uuid4()
    assert admitted(session, guest)
    assert admitted(session, session.host)
    air.on_publish(session.code, connection_id=connection)

    crew.revoke(CrewMember.objects.get(user=guest))

    session.refresh_from_db()
    assert not session.interrupted_at
    assert air.on_progress(session.code, connection_id=connection, media_ms=1000)


def test_hands_the_picture_back_instead_of_ending_the_show(session):
    guest, connection = make_crew_member(session, role=Role.GUEST), uuid4()
    assert admitted(session, guest)
    air.on_publish(session.code, connection_id=connection)

    assert not air.end_carried_session(session.code, connection_id=connection)

    session.refresh_from_db()
    assert session.interrupted_at
    assert not session.ended_at


def test_stops_sending_when_banned(session):
    guest, connection = make_crew_member(session, role=Role.GUEST), uuid4()
    assert admitted(session, guest)
    air.on_publish(session.code, connection_id=connection)
    guest.is_active = False
    guest.save()

    assert not air.on_progress(session.code, connection_id=connection, media_ms=1000)
