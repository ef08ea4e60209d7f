"""Giveaways and fair drops: who may enter, who wins, and what becomes of the units."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from catalog.operations import NotEnoughLeft
from deals import fairness
from deals.forms.games import GiveawayForm
from deals.models import Award, Draw, DrawEntry, WatchTime
from deals.operations.draws import (
    CLAIM_WITHIN,
    DROP_LEAD_MS,
    GRACE_MS,
    PAY_WITHIN,
    TaskNotDone,
    call_off_draw,
    do_task_and_enter,
    enter_draw,
    hold_draw,
    settle_draw,
    start_drop,
    start_giveaway,
)
from deals.operations.due import run_due
from deals.operations.refusals import (
    AlreadyOne,
    CannotBeStopped,
    NotOnAir,
    NotShown,
    NotWatchedEnough,
    OfTheHouse,
    TooEarly,
    TooLate,
)
from deals.operations.telling import tell_winners
from inbox.operations import deliver_due
from livestream.models import LiveSession, RoomEvent
from livestream.operations import air
from livestream.operations.chat import say
from livestream.queries.follows import is_following
from tests.concurrency import run_at_once
from tests.deals.makers import counters, make_stage, pass_time, run_out, units_accounted_for
from tests.factories import make_user, make_variant

SECOND = 1_000


def make_giveaway(stock: int = 10, winners: int = 1, **fields):
    session, variant = make_stage(stock=stock)
    draw = start_giveaway(session, variant_id=variant.pk, winners=winners, duration_ms=60 * SECOND, **fields)
    return session, variant, draw


def make_drop(stock: int = 10, units: int = 3):
    session, variant = make_stage(stock=stock)
    draw = start_drop(session, variant_id=variant.pk, units=units, price=40_000, window_ms=10 * SECOND)
    return session, variant, draw


def let_enter(draw: Draw, count: int):
    people = [make_user() for _ in range(count)]
    for person in people:
        enter_draw(draw.pk, user=person)
    return people


def held(draw: Draw) -> Draw:
    """The draw once its time is up."""
    pass_time(draw.session, 10 * 60 * SECOND)
    hold_draw(draw.pk)
    draw.refresh_from_db()
    return draw


def winners_of(draw: Draw) -> list[int]:
    return list(Award.objects.filter(source_id=draw.pk).order_by("pk").values_list("buyer_id", flat=True))


def by_place(draw: Draw) -> list[int]:
    return list(draw.entries.order_by("place").values_list("user_id", flat=True))


pytestmark = pytest.mark.django_db


# ---- beginning -------------------------------------------------------------------------------------


def test_sets_its_units_aside_and_shows_only_the_seal():
    _, variant, draw = make_giveaway(stock=10, winners=3)

    assert counters(variant) == (7, 3)
    assert draw.commitment == fairness.commitment_to(draw.seed)
    assert draw.shown_seed == ""
    told = RoomEvent.objects.get(session=draw.session, kind=RoomEvent.Kind.DEAL)
    assert draw.seed not in str(told.payload)
    assert draw.seed not in repr(draw) + str(draw)


@pytest.mark.parametrize("units", [11, 60])
def test_cannot_promise_what_is_not_there(units):
    session, variant = make_stage(stock=10)

    with pytest.raises(NotEnoughLeft):
        start_giveaway(session, variant_id=variant.pk, winners=units, duration_ms=60 * SECOND)

    assert counters(variant) == (10, 0)
    assert not Draw.objects.exists()


def test_one_of_a_kind_at_a_time():
    session, variant, _ = make_giveaway(stock=10, winners=1)

    with pytest.raises(AlreadyOne):
        start_giveaway(session, variant_id=variant.pk, winners=1, duration_ms=60 * SECOND)
    start_drop(session, variant_id=variant.pk, units=2, price=40_000, window_ms=10 * SECOND)

    assert counters(variant) == (7, 3)


def test_only_what_is_shown_can_be_promised():
    session, _ = make_stage()

    with pytest.raises(NotShown):
        start_giveaway(session, variant_id=make_variant().pk, winners=1, duration_ms=60 * SECOND)


@pytest.mark.parametrize("state", [{"went_live_at": None}, {"interrupted_at": timezone.now()}])
def test_begins_only_while_the_clock_ticks(state):
    session, variant = make_stage(**state)

    with pytest.raises(NotOnAir):
        start_giveaway(session, variant_id=variant.pk, winners=1, duration_ms=60 * SECOND)

    assert counters(variant) == (10, 0)


@pytest.mark.parametrize("change", [{"seed": "0" * 64}, {"salt": "x"}, {"commitment": "y"}])
def test_nobody_can_change_the_seal(change):
    _, _, draw = make_giveaway()

    with pytest.raises(IntegrityError), transaction.atomic():
        Draw.objects.filter(pk=draw.pk).update(**change)


def test_a_seed_that_is_not_the_sealed_one_cannot_be_stored():
    session, variant = make_stage()
    draw = Draw.sealed(session=session, variant=variant, kind="giveaway", units=1, starts_ms=0, ends_ms=1)
    draw.seed = fairness.new_seed()

    with pytest.raises(IntegrityError), transaction.atomic():
        draw.save()


# ---- entering --------------------------------------------------------------------------------------


def test_a_person_stands_once_in_the_list():
    _, _, draw = make_giveaway()
    person = make_user()

    first, second = enter_draw(draw.pk, user=person), enter_draw(draw.pk, user=person)

    assert first == second
    assert draw.entries.count() == 1


def test_whoever_runs_the_show_cannot_enter():
    session, _, draw = make_giveaway()

    with pytest.raises(OfTheHouse):
        enter_draw(draw.pk, user=session.host)

    assert not draw.entries.exists()


def test_a_drop_waits_for_its_moment():
    session, _, draw = make_drop()

    with pytest.raises(TooEarly):
        enter_draw(draw.pk, user=make_user())

    pass_time(session, DROP_LEAD_MS + 10)
    enter_draw(draw.pk, user=make_user())


def test_a_tap_from_a_slow_network_still_counts_and_a_late_one_does_not():
    session, _, draw = make_drop()
    pass_time(session, DROP_LEAD_MS + 10 * SECOND + GRACE_MS // 2)
    enter_draw(draw.pk, user=make_user())

    pass_time(session, GRACE_MS)
    with pytest.raises(TooLate):
        enter_draw(draw.pk, user=make_user())

    assert draw.entries.count() == 1


def test_nobody_enters_once_it_is_drawn():
    _, _, draw = make_giveaway()
    let_enter(draw, 2)
    held(draw)

    with pytest.raises(TooLate):
        enter_draw(draw.pk, user=make_user())


def test_the_word_must_have_been_said_since_it_began():
    session, variant = make_stage()
    person = make_user()
    say(session, sender=person, text="mantap", client_id=uuid4())
    draw = start_giveaway(session, variant_id=variant.pk, winners=1, duration_ms=60 * SECOND, word="MANTAP")

    with pytest.raises(TaskNotDone):
        enter_draw(draw.pk, user=person)

    say(session, sender=person, text="wah mantap banget", client_id=uuid4())
    enter_draw(draw.pk, user=person)


def test_who_has_not_watched_long_enough_waits():
    session, _, draw = make_giveaway(watch_minutes=2)
    person = make_user()
    WatchTime.objects.create(session=session, user=person, watched_ms=90 * SECOND, seen_ms=0)

    with pytest.raises(NotWatchedEnough) as refusal:
        enter_draw(draw.pk, user=person)
    WatchTime.objects.update(watched_ms=120 * SECOND)
    enter_draw(draw.pk, user=person)

    assert refusal.value.left_ms == 30 * SECOND


def test_one_tap_says_the_word_once_and_enters():
    session, _, draw = make_giveaway(word="MANTAP")
    person = make_user()

    do_task_and_enter(draw, user=person)
    do_task_and_enter(draw, user=person)

    assert RoomEvent.objects.filter(session=session, sender=person).count() == 1
    assert draw.entries.get().user == person


# ---- drawing ---------------------------------------------------------------------------------------


def test_draws_in_the_order_that_seed_and_numbers_give():
    _, _, draw = make_giveaway(winners=2)
    let_enter(draw, 12)

    held(draw)

    numbers = list(draw.entries.order_by("place").values_list("entrant", flat=True))
    assert numbers == fairness.in_drawn_order(numbers, seed=draw.seed)
    assert [entry.place for entry in draw.entries.order_by("place")] == list(range(1, 13))
    assert winners_of(draw) == by_place(draw)[:2]
    assert draw.entrants == 12
    assert draw.shown_seed == draw.seed


def test_does_not_draw_before_its_time():
    session, _, draw = make_giveaway()
    let_enter(draw, 1)

    pass_time(session, 59 * SECOND)
    hold_draw(draw.pk)

    assert Draw.objects.get().closed_at is None


def test_draws_once_however_often_it_is_called():
    _, variant, draw = make_giveaway(winners=2)
    let_enter(draw, 5)
    held(draw)
    places = by_place(draw)

    for _ in range(3):
        hold_draw(draw.pk)
        settle_draw(draw.pk)
        run_due()

    assert by_place(draw) == places
    assert winners_of(draw) == places[:2]
    assert counters(variant) == (8, 2)


def test_a_drawn_place_is_never_changed():
    _, _, draw = make_giveaway()
    let_enter(draw, 2)
    held(draw)

    with pytest.raises(IntegrityError), transaction.atomic():
        DrawEntry.objects.filter(draw=draw, place=1).update(place=9)


def test_prize_is_free_for_two_days_and_a_drop_costs_its_price_for_five_minutes():
    _, _, gift = make_giveaway()
    let_enter(gift, 1)
    session, _, drop = make_drop()
    pass_time(session, DROP_LEAD_MS + SECOND)
    let_enter(drop, 1)

    held(gift), held(drop)

    won, right = Award.objects.get(source_kind="giveaway"), Award.objects.get(source_kind="draw")
    assert (won.price, right.price) == (0, 40_000)
    assert won.expires_at - gift.closed_at == CLAIM_WITHIN
    assert right.expires_at - drop.closed_at == PAY_WITHIN


def test_what_nobody_won_goes_back_on_the_stall():
    _, variant, draw = make_giveaway(stock=10, winners=3)
    let_enter(draw, 2)

    held(draw)

    assert counters(variant) == (8, 2)
    assert units_accounted_for(variant)


def test_without_entrants_everything_goes_back():
    _, variant, draw = make_giveaway(stock=10, winners=3)

    held(draw)

    assert counters(variant) == (10, 0)
    assert draw.look_at is None


def test_a_show_that_ends_early_draws_among_those_who_are_there():
    session, _, draw = make_giveaway()
    (person,) = let_enter(draw, 1)

    air.end_session(session.code)
    run_due()

    assert winners_of(draw) == [person.pk]


def test_time_stands_still_while_the_host_is_away():
    session, _, draw = make_giveaway()
    let_enter(draw, 1)
    pass_time(session, 23 * SECOND)
    now = timezone.now()
    LiveSession.objects.filter(pk=session.pk).update(interrupted_at=now)
    session = LiveSession.objects.get(pk=session.pk)
    left = draw.ends_ms - session.clock_ms(now)

    run_due()

    assert 36 * SECOND < left <= 37 * SECOND
    assert draw.ends_ms - session.clock_ms(now + timedelta(minutes=5)) == left
    assert Draw.objects.get().closed_at is None


# ---- afterwards ------------------------------------------------------------------------------------


def test_who_does_not_come_in_time_makes_place_for_the_next():
    _, variant, draw = make_drop(stock=10, units=2)
    pass_time(draw.session, DROP_LEAD_MS + SECOND)
    let_enter(draw, 5)
    held(draw)
    order = by_place(draw)

    run_out(Award.objects.get(buyer_id=order[0]))
    run_due()

    assert winners_of(draw) == order[:3]
    assert counters(variant) == (8, 2)
    assert units_accounted_for(variant)


def test_calls_until_the_list_or_the_units_are_through():
    _, variant, draw = make_drop(stock=10, units=2)
    pass_time(draw.session, DROP_LEAD_MS + SECOND)
    let_enter(draw, 3)
    held(draw)

    for _ in range(3):
        run_out(*Award.objects.filter(source_id=draw.pk))
        run_due()

    draw.refresh_from_db()
    assert sorted(winners_of(draw)) == sorted(by_place(draw))
    assert counters(variant) == (10, 0)
    assert draw.look_at is None


def test_nobody_is_called_long_after_the_show():
    session, variant, draw = make_drop(stock=10, units=1)
    pass_time(session, DROP_LEAD_MS + SECOND)
    let_enter(draw, 3)
    held(draw)
    pass_time(session, 3 * 3_600 * SECOND)
    LiveSession.objects.filter(pk=session.pk).update(ended_at=timezone.now() - timedelta(hours=1))

    run_out(*Award.objects.all())
    run_due()

    assert len(winners_of(draw)) == 1
    assert counters(variant) == (10, 0)


def test_is_called_off_only_as_long_as_nobody_relies_on_it():
    _, variant, draw = make_giveaway(stock=10, winners=3)
    _, other, relied_on = make_giveaway(stock=10, winners=3)
    let_enter(relied_on, 1)

    call_off_draw(draw.pk)
    with pytest.raises(CannotBeStopped):
        call_off_draw(relied_on.pk)

    assert counters(variant) == (10, 0)
    assert counters(other) == (7, 3)
    with pytest.raises(TooLate):
        enter_draw(draw.pk, user=make_user())


# ---- at once ---------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_forty_double_taps_while_it_is_drawn_again_and_again():
    session, variant, draw = make_drop(stock=5, units=3)
    pass_time(session, DROP_LEAD_MS + 10 * SECOND + GRACE_MS - 150)
    people = [make_user() for _ in range(20)]
    taps = [partial(enter_draw, draw.pk, user=person) for person in people for _ in range(2)]

    outcomes = run_at_once(*taps, *[partial(held_soon, draw) for _ in range(4)])

    entered = {outcome.user_id for outcome in outcomes if isinstance(outcome, DrawEntry)}
    refused = [outcome for outcome in outcomes if isinstance(outcome, TooLate)]
    unexpected = [each for each in outcomes if not isinstance(each, DrawEntry | TooLate | type(None))]
    assert not unexpected
    assert set(by_place(draw)) == entered  # whoever was told that they are in has a place
    assert len(refused) + 2 * len(entered) >= 40
    assert not draw.entries.filter(place__isnull=True).exists()
    assert winners_of(draw) == by_place(draw)[:3]
    assert counters(variant) == (2 + 3 - min(3, len(entered)), min(3, len(entered)))


def held_soon(draw: Draw) -> None:
    """Hold it as soon as the clock allows."""
    for _ in range(2_000):
        hold_draw(draw.pk)
        if Draw.objects.get(pk=draw.pk).closed_at:
            return


# ---- letters ---------------------------------------------------------------------------------------


def test_each_winner_gets_one_letter(mailoutbox):
    _, _, draw = make_giveaway(winners=2)
    let_enter(draw, 4)
    held(draw)

    assert tell_winners() == 2
    assert tell_winners() == 0
    assert deliver_due() >= 2

    winners = Award.objects.filter(source_id=draw.pk).values_list("buyer__email", flat=True)
    assert sorted(mail.to[0] for mail in mailoutbox) == sorted(winners)
    assert "ongkir ditanggung lapak" in mailoutbox[0].body
    assert reverse("livestream:room", args=[draw.session.code]) in mailoutbox[0].body


def test_who_lost_the_right_meanwhile_is_not_written_to(mailoutbox):
    _, _, draw = make_giveaway()
    let_enter(draw, 1)
    held(draw)
    run_out(*Award.objects.all())

    tell_winners()
    deliver_due()

    assert not mailoutbox


def test_one_tap_follows_the_shop_and_enters():
    session, _, draw = make_giveaway(must_follow=True)
    person = make_user()
    with pytest.raises(TaskNotDone):
        enter_draw(draw.pk, user=person)

    do_task_and_enter(draw, user=person)

    assert is_following(session.shop, person)
    assert draw.entries.count() == 1


def test_a_giveaway_asks_for_one_task():
    fields = {"variant": "1", "winners": 1, "minutes": 2, "word": "mantap", "must_follow": "on"}

    assert "word" in GiveawayForm(fields, variants=[]).errors
    assert "word" not in GiveawayForm({**fields, "word": ""}, variants=[]).errors
