"""The crew of a show, on its pages…"""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from affiliates.models import CommissionRate, ReferralLink
from affiliates.operations import join
from livestream.models import MOST, CrewMember, Permission, PinInterval, Role
from livestream.operations import crew
from tests.factories import make_crew_member, make_session_on_air, make_shop, make_user, make_variant

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def goods():
    return make_variant(stock=7).product


@pytest.fixture
def session(goods):
    return make_session_on_air(shop=goods.shop, products=[goods])


def client_of(user):
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def host(session):
    return client_of(session.host)


def address(session, name, *args):
    return reverse(f"livestream:{name}", args=[session.code, *args])


def studio(session, user):
    return client_of(user).get(address(session, "studio"))


def test_is_invited_by_a_link_that_is_shown_once(host, session):
    answer = host.post(address(session, "crew"), {"role": "moderator", "label": "Rina"}, headers=HTMX)

    link = re.search(r"/kru/undangan/[\w-]+/", answer.content.decode())
    assert link
    assert crew.find_invitation(link[0].split("/")[3]) == CrewMember.objects.get()
    assert link[0] not in host.get(address(session, "crew")).content.decode()


def test_is_invited_without_a_script_too(host, session):
    answer = host.post(address(session, "crew"), {"role": "mentor", "is_for_all": "on"})

    assert "<html" in answer.content.decode()
    assert CrewMember.objects.get().session is None


def test_is_not_invited_to_a_role_that_does_not_exist(host, session):
    answer = host.post(address(session, "crew"), {"role": "owner"}, headers=HTMX)

    assert answer.status_code == 422
    assert not CrewMember.objects.exists()


def test_hears_when_the_crew_is_full(host, session, monkeypatch):
    monkeypatch.setattr(crew, "MOST_MEMBERS", 1)
    crew.invite(session, role=Role.GUEST)

    assert host.post(address(session, "crew"), {"role": "guest"}, headers=HTMX).status_code == 409
    assert CrewMember.objects.count() == 1


def test_accepts_with_a_press_and_comes_into_the_studio(session):
    link = reverse("livestream:invitation", args=[crew.invite(session, role=Role.MODERATOR).token])
    helper = client_of(make_user())

    assert "Menjaga obrolan" in helper.get(link).content.decode()
    assert not CrewMember.objects.standing().exists()
    assert helper.post(link).url == address(session, "studio")
    assert helper.get(link).url == address(session, "studio")


def test_finds_a_used_link_closed(session):
    invitation = crew.invite(session, role=Role.MODERATOR)
    crew.accept(invitation.member, user=make_user())
    link = reverse("livestream:invitation", args=[invitation.token])
    late = client_of(make_user())

    assert late.get(link).status_code == 410
    assert late.post(link).status_code == 410
    assert CrewMember.objects.standing().count() == 1


def test_is_not_the_host_by_the_hosts_own_link(host, session):
    link = reverse("livestream:invitation", args=[crew.invite(session, role=Role.MODERATOR).token])

    assert host.post(link).status_code == 409
    assert not CrewMember.objects.standing().exists()


def test_is_changed_and_sent_away_by_the_host(host, session):
    user = make_crew_member(session)
    member = CrewMember.objects.get(user=user)

    host.post(address(session, "crew_change", member.pk), {"may": ["products", "host"]}, headers=HTMX)
    member.refresh_from_db()
    assert member.permissions == ["products"]

    host.post(address(session, "crew_revoke", member.pk), headers=HTMX)
    assert studio(session, user).status_code == 404


def test_is_out_of_reach_of_another_shops_owner(session):
    user = make_crew_member(session)
    member = CrewMember.objects.get(user=user)
    other = make_session_on_air(shop=make_shop())
    rival = client_of(other.host)

    for name in ("crew_change", "crew_revoke"):
        assert rival.post(address(session, name, member.pk)).status_code == 404
        assert rival.post(address(other, name, member.pk)).status_code == 404
    assert CrewMember.objects.standing().filter(user=user).exists()


def test_leaves_by_itself(session):
    user = make_crew_member(session)
    member = CrewMember.objects.get(user=user)

    assert client_of(make_user()).post(reverse("livestream:crew_leave", args=[member.pk])).status_code == 404
    client_of(user).post(reverse("livestream:crew_leave", args=[member.pk]))

    assert not CrewMember.objects.standing().exists()


def test_finds_its_shows_on_one_page(session):
    user = make_crew_member(session)

    page = client_of(user).get(reverse("livestream:helping")).content.decode()

    assert address(session, "studio") in page
    assert session.title in page


def test_sees_in_the_studio_what_it_may_do(session, goods):
    moderator = make_crew_member(session, permissions=[Permission.CHAT])

    page = studio(session, moderator).content.decode()

    assert address(session, "remove") in page
    assert address(session, "pin", goods.pk) not in page
    for name in ("end", "crew", "publish_token", "plan_edit"):
        assert address(session, name) not in page
    assert "live-publisher" not in page


@pytest.mark.parametrize("role", Role)
def test_is_offered_nothing_that_would_be_refused(session, role):
    """Whatever the studio loads by itself or links to is open to who sees it."""
    helper = client_of(make_crew_member(session, role=role))
    page = helper.get(address(session, "studio")).content.decode()

    for path in sorted(set(re.findall(r'(?:hx-get|data-token-url)="(/[^"]+)"', page))):
        assert helper.get(path, headers=HTMX).status_code == 200, path


def test_pins_when_it_may(session, goods):
    user = make_crew_member(session, permissions=[Permission.PRODUCTS])

    assert client_of(user).post(address(session, "pin", goods.pk), headers=HTMX).status_code == 200
    assert PinInterval.objects.get().product == goods


def test_does_not_pin_when_it_may_not(session, goods):
    user = make_crew_member(session, permissions=[Permission.CHAT])

    assert client_of(user).post(address(session, "pin", goods.pk)).status_code == 404
    assert not PinInterval.objects.exists()


@pytest.mark.parametrize(
    ("role", "permissions", "status"),
    [
        (Role.CO_HOST, [Permission.PUBLISH], 200),
        (Role.CO_HOST, [Permission.CHAT], 404),
        (Role.GUEST, [Permission.PUBLISH], 200),
        (Role.MODERATOR, [Permission.CHAT], 404),
        (Role.MENTOR, [Permission.BOARD], 404),
    ],
)
def test_gets_a_publish_token_only_to_publish(session, role, permissions, status):
    user = make_crew_member(session, role=role, permissions=permissions)

    assert client_of(user).get(address(session, "publish_token")).status_code == status


@pytest.mark.parametrize("role", Role)
def test_never_sees_the_result_or_ends_the_show(session, role):
    helper = client_of(make_crew_member(session, role=role))

    assert helper.post(address(session, "end")).status_code == 404
    assert helper.get(address(session, "result")).status_code == 404
    assert helper.get(address(session, "crew")).status_code == 404
    session.refresh_from_db()
    assert not session.ended_at


def test_finds_its_own_page_after_the_show(session):
    user = make_crew_member(session)
    session.ended_at = session.planned_at
    session.save()

    assert studio(session, user).url == reverse("livestream:helping")


@pytest.mark.parametrize("count", [1, 3])
def test_asks_the_database_as_often_for_three_members_as_for_one(
    host, session, count, django_assert_num_queries
):
    for _ in range(count):
        make_crew_member(session)

    with django_assert_num_queries(3):
        host.get(address(session, "crew"), headers=HTMX)


@pytest.mark.parametrize("role", [Role.GUEST, Role.CO_HOST])
def test_before_the_camera_makes_a_link_of_their_own_without_leaving(session, role):
    CommissionRate.objects.create(shop=session.shop, rate_bp=1000)
    helper = make_crew_member(session, role=role, permissions=MOST[role])
    assert reverse("affiliates:join") in studio(session, helper).text
    join(helper, handle="tamu-malam")
    assert "Buat link-ku" in studio(session, helper).text

    made = client_of(helper).post(reverse("affiliates:session_link", args=[session.code]), headers=HTMX)

    link = ReferralLink.objects.get(affiliate__user=helper, session=session)
    address = f"/g/{link.code}"
    assert "Salin link-ku" in made.text
    assert address in made.text
    assert address in studio(session, helper).text


def test_earns_nothing_where_the_shop_pays_nothing(session):
    helper = make_crew_member(session, role=Role.GUEST, permissions=MOST[Role.GUEST])
    join(helper, handle="tamu-malam")

    refused = client_of(helper).post(reverse("affiliates:session_link", args=[session.code]), headers=HTMX)

    assert (refused.status_code, ReferralLink.objects.exists()) == (409, False)
    assert "own-link" not in studio(session, helper).text


def test_finds_the_shows_of_others_from_their_own_account(session):
    helper, nobody = make_crew_member(session), make_user()
    account, link = reverse("accounts:home"), reverse("livestream:helping")

    assert link in client_of(helper).get(account).text
    assert link not in client_of(nobody).get(account).text
    crew.revoke(CrewMember.objects.get(user=helper))
    assert link not in client_of(helper).get(account).text
