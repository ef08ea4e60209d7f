from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from accounts.models import User
from catalog.models import Shop
from livestream.engine import engine
from livestream.media.tokens import publish_token
from livestream.models import PinInterval
from livestream.operations import air
from tests.factories import make_product, make_session, make_session_on_air

pytestmark = pytest.mark.django_db

FIRST, SECOND = uuid4(), uuid4()


def test_a_session_goes_live_with_its_first_pictures():
    session = make_session()

    assert air.on_publish(session.code, connection_id=FIRST)

    session.refresh_from_db()
    assert session.went_live_at
    assert (session.connection_id, session.interrupted_at) == (FIRST, None)


def test_word_told_twice_changes_nothing():
    session = make_session()
    air.on_publish(session.code, connection_id=FIRST)
    session.refresh_from_db()
    went_live_at = session.went_live_at

    assert air.on_publish(session.code, connection_id=FIRST)

    session.refresh_from_db()
    assert session.went_live_at == went_live_at


def test_a_lost_publisher_interrupts():
    session = make_session()
    air.on_publish(session.code, connection_id=FIRST)

    air.on_unpublish(session.code, connection_id=FIRST)

    session.refresh_from_db()
    assert session.interrupted_at
    assert session.connection_id is None
    assert session.is_on_air


def test_late_word_of_an_older_connection_is_ignored():
    session = make_session()
    air.on_publish(session.code, connection_id=FIRST)
    air.on_publish(session.code, connection_id=SECOND)

    air.on_unpublish(session.code, connection_id=FIRST)
    air.end_carried_session(session.code, connection_id=FIRST)

    session.refresh_from_db()
    assert (session.connection_id, session.interrupted_at, session.ended_at) == (SECOND, None, None)
    assert not air.on_progress(session.code, connection_id=FIRST, media_ms=99)


def test_coming_back_keeps_the_session_and_its_beginning():
    session = make_session()
    air.on_publish(session.code, connection_id=FIRST)
    air.on_unpublish(session.code, connection_id=FIRST)
    session.refresh_from_db()
    went_live_at = session.went_live_at

    air.on_publish(session.code, connection_id=SECOND)

    session.refresh_from_db()
    assert (session.went_live_at, session.interrupted_at) == (went_live_at, None)


def test_nothing_is_published_after_the_end():
    session = make_session()
    air.on_publish(session.code, connection_id=FIRST)
    air.end_session(session.code)

    assert not air.on_publish(session.code, connection_id=SECOND)
    assert not air.on_progress(session.code, connection_id=FIRST, media_ms=5)


def test_the_second_session_of_a_shop_is_not_wanted():
    running = make_session_on_air()
    second = make_session(shop=running.shop)

    assert not air.on_publish(second.code, connection_id=FIRST)

    second.refresh_from_db()
    assert second.went_live_at is None


def test_the_end_closes_the_open_chapter():
    session = make_session_on_air(media_ms=9000, connection_id=FIRST)
    pin = PinInterval.objects.create(session=session, product=make_product(shop=session.shop), from_ms=4000)

    air.end_session(session.code)

    pin.refresh_from_db()
    assert pin.to_ms == 9000


def test_the_goodbye_of_the_carrying_connection_ends_the_session():
    session = make_session()
    air.on_publish(session.code, connection_id=FIRST)

    air.end_carried_session(session.code, connection_id=FIRST)

    session.refresh_from_db()
    assert session.ended_at


def test_a_start_of_the_media_process_interrupts_what_was_live():
    live = make_session_on_air(connection_id=FIRST)
    interrupted_at = timezone.now() - timedelta(minutes=10)
    waiting = make_session_on_air(interrupted_at=interrupted_at)

    air.interrupt_all()

    live.refresh_from_db()
    waiting.refresh_from_db()
    assert live.interrupted_at
    assert live.connection_id is None
    assert waiting.interrupted_at == interrupted_at


def test_only_sessions_abandoned_for_long_end_by_themselves():
    minutes_gone = {29: False, 31: True}
    sessions = {
        minutes: make_session_on_air(
            interrupted_at=timezone.now() - timedelta(minutes=minutes),
            went_live_at=timezone.now() - timedelta(hours=1),
        )
        for minutes in minutes_gone
    }

    air.end_abandoned()

    for minutes, is_over in minutes_gone.items():
        sessions[minutes].refresh_from_db()
        assert bool(sessions[minutes].ended_at) is is_over


def test_only_the_host_of_an_open_session_may_publish():
    session, other = make_session(), make_session()
    token = engine.publish_target(session, session.host).token

    assert air.authorise(code=session.code, token=token)
    assert not air.authorise(code=other.code, token=token)
    assert not air.authorise(code=session.code, token=engine.publish_target(session, other.host).token)
    air.end_session(session.code)
    assert not air.authorise(code=session.code, token=token)


@pytest.mark.parametrize("whom", ["shop", "host"])
def test_the_suspended_are_taken_off_the_air_and_not_let_in_again(whom):
    session = make_session()
    token = publish_token(code=session.code, user_id=session.host_id)
    air.on_publish(session.code, connection_id=FIRST)
    assert air.authorise(code=session.code, token=token)
    assert air.on_progress(session.code, connection_id=FIRST, media_ms=10)

    if whom == "shop":
        Shop.objects.update(suspended_at=timezone.now())
    else:
        User.objects.update(is_active=False)

    assert not air.on_progress(session.code, connection_id=FIRST, media_ms=20)
    assert not air.authorise(code=session.code, token=token)
