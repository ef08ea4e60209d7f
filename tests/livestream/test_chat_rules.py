"""What the rules of a chat let through, in the order in which it is said."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from livestream.models import (
    BlockedWord,
    HeldMessage,
    Mute,
    Permission,
    PinnedComment,
    RoomEvent,
    SessionRules,
)
from livestream.moderation import refusals
from livestream.operations import chat, moderation, rules
from livestream.operations.chat import Line
from livestream.operations.follows import follow, unfollow
from livestream.room import memory
from tests.factories import make_crew_member, make_session, make_session_on_air, make_user

pytestmark = pytest.mark.django_db

OPEN = {"slow_s": 0, "holds_first": False, "refuses_links": False, "followers_only": False}


@pytest.fixture
def session():
    return make_session_on_air()


@pytest.fixture
def siti():
    return make_user(name="Siti Aminah")


def _say(session, sender, text="Halo", **fields):
    return chat.say(session, sender=sender, text=text, client_id=uuid4(), **fields)


def _set(session, **wishes):
    rules.set_rules(session, **{**OPEN, **wishes})


def _grow_older(event, seconds):
    RoomEvent.objects.filter(pk=event.pk).update(created_at=timezone.now() - timedelta(seconds=seconds))


# ---- words -----------------------------------------------------------------------------------------


def test_a_word_of_the_shop_is_refused_from_the_next_message_on(session, siti):
    _say(session, siti, "toko sebelah lebih murah")
    rules.set_shop_words(session.shop, words=["Toko Sebelah", "t0k0 sebelah", ""])

    with pytest.raises(refusals.BlockedWordSaid):
        _say(session, siti, "T.O.K.O sebelah lebih murah")

    assert BlockedWord.objects.filter(shop=session.shop).count() == 1
    assert RoomEvent.objects.filter(kind="chat").count() == 1


def test_a_word_of_one_shop_is_free_in_another(session, siti):
    rules.set_shop_words(session.shop, words=["sambal"])

    assert _say(make_session_on_air(), siti, "sambal ada?").text == "sambal ada?"


def test_a_word_of_the_market_is_refused_everywhere(session, siti):
    _say(session, siti, "ngeblah")
    rules.add_market_word("ngeblah")

    for room in (session, make_session_on_air()):
        with pytest.raises(refusals.BlockedWordSaid):
            _say(room, siti, "NGEBLAHHH")


def test_a_word_that_is_taken_off_the_list_may_be_said(session, siti):
    rules.set_shop_words(session.shop, words=["sambal", "terasi"])
    rules.set_shop_words(session.shop, words=["terasi"])

    assert _say(session, siti, "sambal").text == "sambal"
    with pytest.raises(refusals.BlockedWordSaid):
        _say(session, siti, "terasi")


def test_a_word_that_leaves_the_market_list_may_be_said(session, siti):
    rules.add_market_word("ngeblah")
    rules.remove_market_words(BlockedWord.objects.filter(written="ngeblah").values_list("pk", flat=True))

    assert _say(session, siti, "ngeblah")


def test_the_host_may_say_anything(session):
    rules.set_shop_words(session.shop, words=["sambal"])
    _set(session, slow_s=30, holds_first=True, refuses_links=True)

    for text in ("sambal", "WA 081234567890", "buka tokosaya.com", "pindah wa"):
        assert _say(session, session.host, text).text == text


# ---- pace ------------------------------------------------------------------------------------------


def test_slow_mode_says_how_long_to_wait(session, siti):
    _set(session, slow_s=5)
    first = _say(session, siti)
    _grow_older(first, 2)

    with pytest.raises(refusals.TooSoon) as refusal:
        _say(session, siti, "lagi")

    assert 2_500 <= refusal.value.wait_ms <= 3_000
    _grow_older(first, 5)
    assert _say(session, siti, "lagi").text == "lagi"


def test_slow_mode_is_for_each_person_by_themselves(session, siti):
    _set(session, slow_s=30)
    _say(session, siti)

    assert _say(session, make_user())


def test_the_same_message_sent_again_is_not_too_soon(session, siti):
    _set(session, slow_s=30)
    client_id = uuid4()

    said = [chat.say(session, sender=siti, text="Halo", client_id=client_id) for _ in range(2)]

    assert said[0].seq == said[1].seq
    assert RoomEvent.objects.filter(kind="chat").count() == 1


def test_two_lines_of_one_person_in_one_batch_are_one_too_many(session, siti):
    _set(session, slow_s=3)
    lines = [Line(siti.pk, "Siti", text, uuid4()) for text in ("satu", "dua")]

    said, refused = chat.say_all(session.pk, lines=lines)

    assert said.text == "satu"
    assert isinstance(refused, refusals.TooSoon)


def test_slow_mode_ends_at_once(session, siti):
    _set(session, slow_s=30)
    _say(session, siti)
    _set(session)

    assert _say(session, siti)


def test_a_new_account_is_slow_in_every_room(session):
    newcomer = make_user(joined_at=timezone.now() - timedelta(hours=23))
    first = _say(session, newcomer)

    with pytest.raises(refusals.TooSoon):
        _say(session, newcomer)
    _grow_older(first, 10)
    assert _say(session, newcomer)


# ---- held messages -----------------------------------------------------------------------------------


def test_a_first_message_waits_and_the_next_one_after_it_was_let_through_does_not(session, siti):
    _set(session, holds_first=True)
    held = _say(session, siti, "Halo semua")
    assert isinstance(held, HeldMessage)
    assert not RoomEvent.objects.filter(kind="chat").exists()

    event = moderation.publish_held(session, held_id=held.pk, by=session.host)

    assert (event.text, event.sender, event.client_id) == ("Halo semua", siti, held.client_id)
    assert _say(session, siti, "Ada L?").kind == "chat"


def test_whoever_spoke_in_another_live_of_the_shop_is_no_newcomer(session, siti):
    _say(make_session(shop=session.shop), siti)
    _set(session, holds_first=True)

    assert isinstance(_say(session, siti), RoomEvent)


def test_a_message_that_was_removed_makes_nobody_known(session, siti):
    said = _say(session, siti)
    moderation.remove_message(session, seq=said.seq, by=session.host)
    _set(session, holds_first=True)

    assert isinstance(_say(session, siti), HeldMessage)


def test_one_person_may_have_three_messages_waiting(session, siti):
    _set(session, holds_first=True)
    for _ in range(3):
        _say(session, siti)

    with pytest.raises(refusals.TooManyHeld):
        _say(session, siti)


def test_a_held_message_sent_again_waits_once(session, siti):
    client_id = uuid4()

    for _ in range(2):
        chat.say(session, sender=siti, text="pindah wa yuk", client_id=client_id)

    assert HeldMessage.objects.get().reason == "phrase"


def test_a_rejected_message_is_refused_when_it_comes_again(session, siti):
    client_id = uuid4()
    held = chat.say(session, sender=siti, text="tf ke rek saya", client_id=client_id)
    moderation.reject_held(session, held_id=held.pk, by=session.host)

    with pytest.raises(refusals.Rejected):
        chat.say(session, sender=siti, text="tf ke rek saya", client_id=client_id)


def test_a_held_message_is_decided_once(session, siti):
    held = _say(session, siti, "pindah wa yuk")
    moderation.publish_held(session, held_id=held.pk, by=session.host)

    for decide in (moderation.publish_held, moderation.reject_held):
        with pytest.raises(moderation.AlreadyDecided):
            decide(session, held_id=held.pk, by=session.host)
    assert RoomEvent.objects.filter(kind="chat").count() == 1


def test_a_message_that_was_said_meanwhile_is_let_through_once(session, siti):
    """The rule went off while the first sending waited, and the page sent it again."""
    _set(session, holds_first=True)
    client_id = uuid4()
    held = chat.say(session, sender=siti, text="Halo", client_id=client_id)
    _set(session)
    said = chat.say(session, sender=siti, text="Halo", client_id=client_id)

    assert moderation.publish_held(session, held_id=held.pk, by=session.host) == said
    assert RoomEvent.objects.filter(kind="chat").count() == 1


# ---- links and private things --------------------------------------------------------------------------


def test_links_are_refused_where_they_are_not_wanted(session, siti):
    assert _say(session, siti, "cek tokosaya.com")
    _set(session, refuses_links=True)

    with pytest.raises(refusals.LinkSaid):
        _say(session, siti, "cek tokosaya.com")


def test_a_phone_number_is_stored_twice_and_shown_masked(session, siti):
    said = _say(session, siti, "WA aku 081234567890")

    assert (said.text, said.original) == ("WA aku •••••", "WA aku 081234567890")


# ---- rules -------------------------------------------------------------------------------------------


def test_a_new_session_goes_as_the_last_one_did(session):
    _set(session, slow_s=10, refuses_links=True, followers_only=True)
    fresh = make_session(shop=session.shop)

    rules.inherit_rules(fresh)

    inherited = SessionRules.objects.get(session=fresh)
    assert (inherited.slow_s, inherited.holds_first, inherited.refuses_links) == (10, False, True)
    assert inherited.followers_only


def test_a_change_of_the_rules_is_an_item_of_the_room(session):
    _set(session, slow_s=5)

    event = RoomEvent.objects.get(session=session)
    assert event.kind == "rules"
    assert event.payload["rules"] == {**OPEN, "slow_s": 5}


def test_a_quiet_room_asks_little_of_the_database(session, siti, django_assert_num_queries):
    rules.set_shop_words(session.shop, words=["sambal"])
    _say(session, siti)

    # Savepoint and its end, the lock, what is known, the numbers, one INSERT.
    with django_assert_num_queries(6):
        chat.say_all(session.pk, lines=[Line(siti.pk, "Siti", "Halo", uuid4()) for _ in range(50)])


# ---- followers -------------------------------------------------------------------------------------------


def test_among_followers_nobody_else_speaks(session, siti):
    _set(session, followers_only=True)

    with pytest.raises(refusals.NotFollowing):
        _say(session, siti)

    follow(session.shop, user=siti)
    assert _say(session, siti).text == "Halo"
    assert RoomEvent.objects.filter(kind="chat").count() == 1


def test_following_another_shop_does_not_open_this_chat(session, siti):
    _set(session, followers_only=True)
    follow(make_session_on_air().shop, user=siti)

    with pytest.raises(refusals.NotFollowing):
        _say(session, siti)


def test_the_crew_needs_not_follow(session):
    _set(session, followers_only=True)
    moderator = make_crew_member(session, permissions=[Permission.CHAT])

    assert _say(session, session.host).text == _say(session, moderator).text == "Halo"


def test_whoever_left_is_asked_again_within_a_minute(session, siti, monkeypatch):
    _set(session, followers_only=True)
    follow(session.shop, user=siti)
    _say(session, siti)
    unfollow(session.shop, user=siti)
    monkeypatch.setattr(memory, "FOLLOWS_FOR", 0.0)

    with pytest.raises(refusals.NotFollowing):
        _say(session, siti)


def test_a_busy_chat_of_followers_asks_no_more_than_any_other(session, siti, django_assert_num_queries):
    _set(session, followers_only=True)
    follow(session.shop, user=siti)
    _say(session, siti)

    with django_assert_num_queries(6):
        chat.say_all(session.pk, lines=[Line(siti.pk, "Siti", "Halo", uuid4()) for _ in range(50)])


# ---- people ------------------------------------------------------------------------------------------


def test_a_mute_hides_what_was_said_before(session, siti):
    mine = [_say(session, siti, text) for text in ("satu", "dua")]
    other = _say(session, make_user(), "tiga")

    moderation.mute_person(session, seq=mine[0].seq, by=session.host, minutes=5)

    hushed = RoomEvent.objects.get(kind="hushed")
    assert hushed.payload == {"of": [mine[0].seq, mine[1].seq]}
    shown = RoomEvent.objects.filter(kind="chat", removed_at__isnull=True)
    assert [event.pk for event in shown] == [other.pk]
    with pytest.raises(refusals.Muted) as refusal:
        _say(session, siti)
    assert timedelta(minutes=4) < refusal.value.until - timezone.now() <= timedelta(minutes=5)


def test_a_mute_runs_out_by_itself(session, siti):
    said = _say(session, siti)
    moderation.mute_person(session, seq=said.seq, by=session.host, minutes=1)
    Mute.objects.update(until=timezone.now() - timedelta(seconds=1))
    rules.move_rules_on([session.pk])

    assert _say(session, siti)


def test_unmuting_gives_the_word_back_and_not_the_messages(session, siti):
    said = _say(session, siti)
    mute = moderation.mute_person(session, seq=said.seq, by=session.host)

    moderation.unmute_person(session, user_id=mute.user_id)

    said.refresh_from_db()
    assert said.removed_at is not None
    assert _say(session, siti)


def test_a_mute_is_of_one_session(session, siti):
    moderation.mute_person(session, seq=_say(session, siti).seq, by=session.host)

    assert _say(make_session_on_air(), siti)


def test_what_waited_of_a_muted_person_waits_no_longer(session, siti):
    said = _say(session, siti)
    held = _say(session, siti, "pindah wa yuk")

    moderation.mute_person(session, seq=said.seq, by=session.host)

    held.refresh_from_db()
    assert held.decision == "rejected"


def test_a_ban_holds_in_every_room_of_the_shop(session, siti):
    planned, foreign = make_session(shop=session.shop), make_session_on_air()
    moderation.ban_person(session, seq=_say(session, siti).seq, by=session.host)

    for room in (session, planned, make_session(shop=session.shop)):
        with pytest.raises(refusals.Banned):
            _say(room, siti)
    assert _say(foreign, siti)


def test_a_ban_sticks_to_the_browser(session, siti):
    moderation.ban_person(session, seq=_say(session, siti, device="d1").seq, by=session.host)

    with pytest.raises(refusals.Banned):
        _say(session, make_user(), device="d1")
    assert _say(session, make_user(), device="d2")


def test_a_ban_sticks_to_the_phone(session):
    spammer, comes_back = (make_user(phone="+628111111111") for _ in range(2))
    moderation.ban_person(session, seq=_say(session, spammer).seq, by=session.host)

    with pytest.raises(refusals.Banned):
        _say(session, comes_back)
    assert _say(session, make_user(phone="+628222222222"))
    assert _say(session, make_user())


def test_a_lifted_ban_is_forgotten(session, siti):
    ban = moderation.ban_person(session, seq=_say(session, siti, device="d1").seq, by=session.host)

    for _ in range(2):
        moderation.lift_ban(session.shop, ban_id=ban.pk, by=session.host)

    assert _say(session, siti, device="d1")
    moderation.ban_person(session, seq=_say(session, siti).seq, by=session.host)
    with pytest.raises(refusals.Banned):
        _say(session, siti)


def test_banning_twice_is_one_ban(session, siti):
    said = _say(session, siti)

    bans = [moderation.ban_person(session, seq=said.seq, by=session.host) for _ in range(2)]

    assert bans[0].pk == bans[1].pk


def test_whoever_runs_the_chat_is_not_silenced(session):
    said = _say(session, session.host)

    for silence in (moderation.mute_person, moderation.ban_person):
        with pytest.raises(moderation.OfTheCrew):
            silence(session, seq=said.seq, by=session.host)


# ---- the pinned comment ----------------------------------------------------------------------------------


def test_one_comment_is_pinned_and_the_next_one_takes_its_place(session, siti):
    for text in ("satu", "dua"):
        moderation.pin_comment(session, seq=_say(session, siti, text).seq)

    pinned = [event.payload["comment"]["text"] for event in RoomEvent.objects.filter(kind="comment")]
    assert pinned == ["satu", "dua"]
    assert PinnedComment.objects.get().message.text == "dua"


@pytest.mark.parametrize("take_back", [moderation.remove_message, moderation.mute_person])
def test_a_pinned_comment_that_is_taken_back_leaves_nothing_behind(session, siti, take_back):
    said = _say(session, siti, "kata kasar")
    moderation.pin_comment(session, seq=said.seq)

    take_back(session, seq=said.seq, by=session.host)

    told = RoomEvent.objects.filter(kind="comment").order_by("seq")
    assert [event.payload for event in told] == [{"comment": None}, {"comment": None}]


def test_a_removed_message_is_not_pinned(session, siti):
    said = _say(session, siti)
    moderation.remove_message(session, seq=said.seq, by=session.host)

    with pytest.raises(RoomEvent.DoesNotExist):
        moderation.pin_comment(session, seq=said.seq)
