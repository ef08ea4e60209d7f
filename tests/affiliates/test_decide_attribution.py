"""Attribution at an order ..."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import User
from affiliates.models import Affiliate, Commission, CommissionRate, MissedSale, Touch
from affiliates.operations import decide_attribution, reserve_commission
from catalog.models import Shop, Variant
from livestream.models import CrewMember, LiveSession, Role, ShowcaseItem
from orders.models import OrderLine
from tests.affiliates.market import make_affiliate, make_link, make_order, make_rate, make_touch
from tests.factories import (
    make_address,
    make_crew_member,
    make_product,
    make_session,
    make_session_on_air,
    make_shop,
    make_user,
    make_variant,
)

pytestmark = pytest.mark.django_db
VISITOR = uuid.uuid4()
NOW = timezone.now()
HOUR = timedelta(hours=1)
HALF_AN_HOUR = HOUR / 2


@pytest.fixture
def variant() -> Variant:
    return make_variant(product=make_product())


@pytest.fixture
def shop(variant: Variant) -> Shop:
    return variant.shop


@pytest.fixture
def rate(shop: Shop) -> CommissionRate:
    return make_rate(shop, 1_000)


@pytest.fixture
def creator() -> Affiliate:
    return make_affiliate()


@pytest.fixture
def buyer() -> User:
    return make_user(phone="+62811111111")


def decide(
    variant: Variant,
    buyer: User,
    *,
    visitor: uuid.UUID | None = VISITOR,
    session: Any = None,
    at: datetime = NOW,
) -> Any:
    return decide_attribution(
        visitor=visitor,
        buyer=buyer,
        shop_id=variant.shop_id,
        variant_ids=[variant.pk],
        session_id=session.pk if session else None,
        at=at,
    )


def outcome(decision: Any) -> list[tuple[str, str]]:
    (only,) = decision.values()
    return [(entry["source"], entry["reason"]) for entry in only["trace"]]


def test_names_the_affiliate_the_rate_and_the_rule(
    variant: Variant, shop: Shop, rate: CommissionRate, creator: Affiliate, buyer: User
) -> None:
    link = make_link(creator, shop, product=variant.product)
    touch = make_touch(link, visitor=VISITOR, at=NOW - HOUR)

    decision = decide(variant, buyer)[variant.pk]

    assert decision["affiliate"] == creator.pk
    assert (decision["rate_id"], decision["rate_bp"]) == (rate.pk, 1_000)
    assert decision["rule"] == "product"
    assert decision["trace"] == [
        {
            "source": "product",
            "id": touch.pk,
            "affiliate": creator.pk,
            "handle": creator.handle,
            "at": (NOW - HOUR).isoformat(),
            "until": (NOW - HOUR + timedelta(days=14)).isoformat(),
            "reason": "won",
        }
    ]


def test_says_nothing_when_nobody_came_into_question(
    variant: Variant, rate: CommissionRate, buyer: User, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(1):
        assert decide(variant, buyer) == {}


def test_reads_three_times_at_most(
    variant: Variant, shop: Shop, rate: CommissionRate, buyer: User, django_assert_num_queries: Any
) -> None:
    session = make_session_on_air(
        shop=shop, went_live_at=NOW - HALF_AN_HOUR, host=make_affiliate().user, products=[variant.product]
    )
    for _ in range(3):
        make_touch(make_link(make_affiliate(), shop), visitor=uuid.uuid4(), at=NOW - HOUR, user=buyer)

    with django_assert_num_queries(3):
        decide(variant, buyer, session=session)


@pytest.mark.parametrize(
    ("ago", "reason"), [(timedelta(days=14), "expired"), (timedelta(days=14) - HOUR, "won")]
)
def test_looks_back_as_far_as_the_market_says(
    variant: Variant,
    shop: Shop,
    rate: CommissionRate,
    creator: Affiliate,
    buyer: User,
    ago: timedelta,
    reason: str,
) -> None:
    make_touch(make_link(creator, shop), visitor=VISITOR, at=NOW - ago)

    assert outcome(decide(variant, buyer)) == [("shop", reason)]


def test_prefers_the_products_own_rate(
    variant: Variant, shop: Shop, rate: CommissionRate, creator: Affiliate, buyer: User
) -> None:
    own = make_rate(shop, 2_500, product=variant.product)
    make_touch(make_link(creator, shop), visitor=VISITOR, at=NOW - HOUR)

    assert decide(variant, buyer)[variant.pk]["rate_id"] == own.pk


def test_takes_the_rate_of_the_moment(variant: Variant, shop: Shop, creator: Affiliate, buyer: User) -> None:
    make_rate(shop, 1_000, valid_to=NOW)
    new = make_rate(shop, 500, valid_from=NOW)
    make_touch(make_link(creator, shop), visitor=VISITOR, at=NOW - HOUR)

    assert decide(variant, buyer)[variant.pk]["rate_id"] == new.pk
    assert decide(variant, buyer, at=NOW - timedelta(microseconds=1))[variant.pk]["rate_bp"] == 1_000


def test_gives_nothing_when_the_plan_ended_between_click_and_order(
    variant: Variant, shop: Shop, creator: Affiliate, buyer: User
) -> None:
    make_rate(shop, 1_000, valid_to=NOW - timedelta(seconds=1))
    make_touch(make_link(creator, shop), visitor=VISITOR, at=NOW - HOUR)

    decision = decide(variant, buyer)

    assert outcome(decision) == [("shop", "no_rate")]
    assert decision[variant.pk]["affiliate"] is None
    assert decision[variant.pk]["rate_id"] is None


@pytest.mark.parametrize("own", ["user", "phone", "owner"])
def test_pays_nobody_for_their_own_purchase(
    variant: Variant, shop: Shop, rate: CommissionRate, buyer: User, own: str
) -> None:
    person = {
        "user": buyer,
        "phone": make_user(phone=buyer.phone),
        "owner": shop.owner,
    }[own]
    make_touch(make_link(make_affiliate(person), shop), visitor=VISITOR, at=NOW - HOUR)

    assert outcome(decide(variant, buyer)) == [("shop", "self")]


DOOR = {"phone": "+62822222222", "street": "Jl. Mawar No. 2, RT 01", "postal_code": "55181"}


def decide_delivery(variant: Variant, buyer: User, delivery: dict[str, str]) -> Any:
    return decide_attribution(
        visitor=VISITOR,
        buyer=buyer,
        shop_id=variant.shop_id,
        variant_ids=[variant.pk],
        session_id=None,
        at=NOW,
        delivery=delivery,
    )


@pytest.mark.parametrize(
    ("kept", "reason"),
    [
        ({"phone": DOOR["phone"]}, "self"),
        ({"street": "jalan  MAWAR 2 rt01"}, "self"),
        ({"street": "Jl. Mawar No. 2, RT 01", "postal_code": "60111"}, "won"),
        ({"street": "Jl. Mawar No. 3, RT 01"}, "won"),
    ],
)
def test_pays_nobody_for_what_comes_to_their_own_door(
    variant: Variant,
    shop: Shop,
    rate: CommissionRate,
    creator: Affiliate,
    buyer: User,
    kept: dict[str, str],
    reason: str,
) -> None:
    make_touch(make_link(creator, shop), visitor=VISITOR, at=NOW - HOUR)
    make_address(creator.user, **{"phone": "+62899999999", **kept})

    assert outcome(decide_delivery(variant, buyer, DOOR)) == [("shop", reason)]


def test_pays_nobody_whose_phone_the_courier_calls(
    variant: Variant, shop: Shop, rate: CommissionRate, buyer: User
) -> None:
    creator = make_affiliate(make_user(phone=DOOR["phone"]))
    make_touch(make_link(creator, shop), visitor=VISITOR, at=NOW - HOUR)

    assert outcome(decide_delivery(variant, buyer, DOOR)) == [("shop", "self")]


def test_never_leaves_the_shop_of_the_link(
    variant: Variant, rate: CommissionRate, creator: Affiliate, buyer: User
) -> None:
    other = make_shop()
    make_rate(other)
    make_touch(make_link(creator, other), visitor=VISITOR, at=NOW - HOUR)

    assert decide(variant, buyer) == {}


def test_remembers_a_person_on_another_device(
    variant: Variant, shop: Shop, rate: CommissionRate, creator: Affiliate, buyer: User
) -> None:
    make_touch(make_link(creator, shop), visitor=uuid.uuid4(), at=NOW - HOUR, user=buyer)

    assert outcome(decide(variant, buyer, visitor=None)) == [("shop", "won")]


def test_joins_a_visitors_touches_to_the_person_once(
    variant: Variant, shop: Shop, rate: CommissionRate, creator: Affiliate, buyer: User
) -> None:
    make_touch(make_link(creator, shop), visitor=VISITOR, at=NOW - HOUR)
    decide(variant, buyer)

    assert Touch.objects.get().user == buyer
    assert decide(variant, make_user()) == {}
    assert outcome(decide(variant, buyer, visitor=None)) == [("shop", "won")]


def test_keeps_the_later_moment_when_two_touches_become_one(
    variant: Variant, shop: Shop, rate: CommissionRate, creator: Affiliate, buyer: User
) -> None:
    link = make_link(creator, shop)
    make_touch(link, visitor=VISITOR, at=NOW - 5 * HOUR, user=buyer)
    make_touch(link, visitor=VISITOR, at=NOW - HOUR)

    decide(variant, buyer)

    assert Touch.objects.get().clicked_at == NOW - HOUR


# ---- live ----------------------------------------------------------------------------------------------


def test_credits_a_guest_host_before_any_link(
    variant: Variant, shop: Shop, rate: CommissionRate, creator: Affiliate, buyer: User
) -> None:
    host = make_affiliate()
    session = make_session_on_air(
        shop=shop, went_live_at=NOW - HALF_AN_HOUR, host=host.user, products=[variant.product]
    )
    make_touch(make_link(creator, shop, product=variant.product), visitor=VISITOR, at=NOW - HOUR)

    decision = decide(variant, buyer, session=session)

    assert outcome(decision) == [("host", "won"), ("product", "outranked")]
    assert decision[variant.pk]["affiliate"] == host.pk


def test_lets_the_owners_own_session_erase_nobody(
    variant: Variant, shop: Shop, rate: CommissionRate, creator: Affiliate, buyer: User
) -> None:
    make_affiliate(shop.owner)
    session = make_session_on_air(shop=shop, went_live_at=NOW - HALF_AN_HOUR, products=[variant.product])
    make_touch(make_link(creator, shop, session=session), visitor=VISITOR, at=NOW - HOUR)

    assert outcome(decide(variant, buyer, session=session)) == [("session", "won")]


@pytest.mark.parametrize(("ago", "reason"), [(24 * HOUR, "expired"), (23 * HOUR, "won")])
def test_credits_the_host_for_a_day_of_replay(
    variant: Variant, shop: Shop, rate: CommissionRate, buyer: User, ago: timedelta, reason: str
) -> None:
    session = make_session(
        shop=shop,
        host=make_affiliate().user,
        products=[variant.product],
        went_live_at=NOW - 30 * HOUR,
        ended_at=NOW - ago,
    )

    assert outcome(decide(variant, buyer, session=session)) == [("host", reason)]


def test_credits_no_host_before_the_session_begins(
    variant: Variant, shop: Shop, rate: CommissionRate, buyer: User
) -> None:
    session = make_session(shop=shop, host=make_affiliate().user, products=[variant.product])

    assert decide(variant, buyer, session=session) == {}


def test_credits_no_host_for_what_the_session_does_not_show(
    variant: Variant, shop: Shop, rate: CommissionRate, buyer: User
) -> None:
    session = make_session_on_air(
        shop=shop,
        went_live_at=NOW - HALF_AN_HOUR,
        host=make_affiliate().user,
        products=[make_product(shop=shop)],
    )

    assert outcome(decide(variant, buyer, session=session)) == [("host", "not_shown")]
    ShowcaseItem.objects.create(session=session, product=variant.product)
    assert outcome(decide(variant, buyer, session=session)) == [("host", "won")]


# ---- guests of a live ------------------------------------------------------------------------------------


@pytest.fixture
def show(shop: Shop, variant: Variant) -> LiveSession:
    """The owner's own, so that nobody earns on it as its host."""
    return make_session_on_air(shop=shop, went_live_at=NOW - HALF_AN_HOUR, products=[variant.product])


def join_show(
    show: LiveSession, *, role: Role = Role.GUEST, ago: timedelta = HOUR, **fields: Any
) -> Affiliate:
    user = make_crew_member(show, role=role)
    CrewMember.objects.filter(user=user).update(accepted_at=NOW - ago, **fields)
    return make_affiliate(user)


@pytest.mark.parametrize("role", [Role.GUEST, Role.CO_HOST])
def test_credits_who_was_invited_into_the_live_before_any_link(
    variant: Variant,
    shop: Shop,
    rate: CommissionRate,
    creator: Affiliate,
    buyer: User,
    show: LiveSession,
    role: Role,
    django_assert_num_queries: Any,
) -> None:
    guest = join_show(show, role=role)
    make_touch(make_link(creator, shop, product=variant.product), visitor=VISITOR, at=NOW - HOUR, user=buyer)

    with django_assert_num_queries(4):
        decision = decide(variant, buyer, session=show)

    assert outcome(decision) == [("guest", "won"), ("product", "outranked")]
    assert decision[variant.pk]["affiliate"] == guest.pk
    assert decision[variant.pk]["rule"] == "guest"
    assert decision[variant.pk]["trace"][0]["at"] == (NOW - HALF_AN_HOUR).isoformat()  # the show's beginning


@pytest.mark.parametrize("role", [Role.MODERATOR, Role.MENTOR])
def test_credits_nobody_who_only_helps(
    variant: Variant, rate: CommissionRate, buyer: User, show: LiveSession, role: Role
) -> None:
    join_show(show, role=role)

    assert decide(variant, buyer, session=show) == {}


def test_credits_the_creator_who_hosts_before_their_guest(
    variant: Variant, shop: Shop, rate: CommissionRate, creator: Affiliate, buyer: User, show: LiveSession
) -> None:
    LiveSession.objects.update(host=creator.user)
    join_show(show)

    assert outcome(decide(variant, buyer, session=show)) == [("host", "won"), ("guest", "outranked")]


def test_credits_the_guest_who_came_last(
    variant: Variant, rate: CommissionRate, buyer: User, show: LiveSession
) -> None:
    join_show(show, ago=timedelta(minutes=20))
    second = join_show(show, ago=timedelta(minutes=5))
    join_show(show, ago=-timedelta(minutes=5))

    decision = decide(variant, buyer, session=show)

    assert outcome(decision) == [("guest", "won"), ("guest", "after"), ("guest", "older")]
    assert decision[variant.pk]["affiliate"] == second.pk


@pytest.mark.parametrize(
    ("ago", "reason"), [(timedelta(minutes=1), "expired"), (-timedelta(minutes=1), "won")]
)
def test_credits_a_guest_until_they_are_sent_away(
    variant: Variant,
    rate: CommissionRate,
    buyer: User,
    show: LiveSession,
    ago: timedelta,
    reason: str,
) -> None:
    join_show(show, revoked_at=NOW - ago)

    assert outcome(decide(variant, buyer, session=show)) == [("guest", reason)]


def test_credits_no_guest_for_what_they_buy_themselves(
    variant: Variant, rate: CommissionRate, show: LiveSession
) -> None:
    guest = join_show(show)

    decision = decide(variant, guest.user, session=show)

    assert outcome(decision) == [("guest", "self")]
    assert decision[variant.pk]["affiliate"] is None


def test_credits_neither_the_owner_nor_the_shops_own_crew_as_guests(
    variant: Variant, shop: Shop, rate: CommissionRate, buyer: User, show: LiveSession
) -> None:
    own = join_show(show, role=Role.CO_HOST)
    make_crew_member(show, role=Role.CO_HOST)
    everywhere = CrewMember.objects.latest("pk")
    CrewMember.objects.filter(pk=everywhere.pk).update(session=None, user=own.user)
    owner = make_crew_member(show, role=Role.GUEST)
    CrewMember.objects.filter(user=owner).update(user=shop.owner, accepted_at=NOW - HOUR)
    make_affiliate(shop.owner)

    reasons = outcome(decide(variant, buyer, session=show))

    assert sorted(reasons) == [("guest", "own_crew"), ("guest", "self")]


def test_credits_no_helper_of_all_sessions(
    variant: Variant, rate: CommissionRate, buyer: User, show: LiveSession
) -> None:
    join_show(show, role=Role.CO_HOST, session=None)

    assert decide(variant, buyer, session=show) == {}


def test_credits_no_guest_of_another_live(
    variant: Variant, shop: Shop, rate: CommissionRate, buyer: User, show: LiveSession
) -> None:
    other = make_session(
        shop=shop, products=[variant.product], went_live_at=NOW - 9 * HOUR, ended_at=NOW - HOUR
    )
    join_show(other)

    assert decide(variant, buyer, session=show) == {}


# ---- what an order keeps ---------------------------------------------------------------------------------


def test_becomes_commission_when_the_order_is_paid(
    variant: Variant, shop: Shop, rate: CommissionRate, creator: Affiliate, buyer: User
) -> None:
    loser = make_affiliate()
    make_touch(make_link(creator, shop, product=variant.product), visitor=VISITOR, at=NOW - 5 * HOUR)
    make_touch(make_link(loser, shop), visitor=VISITOR, at=NOW - HOUR)
    decision = decide(variant, buyer)[variant.pk]
    order = make_order(variant, buyer=buyer)
    OrderLine.objects.update(credited_to=decision["affiliate"], attribution=decision)

    reserve_commission(order)
    reserve_commission(order)

    commission = Commission.objects.get()
    assert (commission.affiliate, commission.rate, commission.gross) == (creator, rate, 2_500)
    missed = MissedSale.objects.get()
    assert (missed.affiliate, missed.reason) == (loser, "outranked")
