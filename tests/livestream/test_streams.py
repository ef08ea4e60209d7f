"""Keys for OBS and what an engine tells of its streams."""

from __future__ import annotations

import re

import pytest
from django.db import IntegrityError
from django.utils import timezone

from livestream.models import EngineRecording, EngineStream, StreamKey
from livestream.operations import air, streams
from tests.factories import make_session, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def session():
    return make_session()


@pytest.fixture
def key(session):
    return streams.issue_key(session, user=session.host)


def test_a_key_opens_its_own_session_only(session, key):
    other = make_session()

    assert streams.authorise_key(code=session.code, key=key)
    assert not streams.authorise_key(code=other.code, key=key)
    assert not streams.authorise_key(code="tidak-ada", key=key)


def test_a_key_is_long_random_and_survives_every_address(key):
    assert re.fullmatch(r"[\w-]{22}", key, re.ASCII)


def test_only_a_digest_is_kept(session, key):
    [row] = StreamKey.objects.filter(session=session).values()

    assert key not in str(row)


@pytest.mark.parametrize("wrong", ["", "x", "A" * 22])
def test_another_key_opens_nothing(session, key, wrong):
    assert not streams.authorise_key(code=session.code, key=wrong)


def test_a_new_key_takes_the_old_one_back(session, key):
    newer = streams.issue_key(session, user=session.host)

    assert not streams.authorise_key(code=session.code, key=key)
    assert streams.authorise_key(code=session.code, key=newer)


def test_a_key_that_was_taken_back_ends_what_is_sent_with_it(session, key):
    streams.begin_stream(session.code, stream_id="a")

    streams.revoke_key(session, user=session.host)

    assert not streams.authorise_key(code=session.code, key=key)
    assert not streams.is_stream_wanted(session.code, stream_id="a")
    assert not streams.begin_stream(session.code, stream_id="b")


def test_nobody_has_two_keys_at_a_time(session, key):
    with pytest.raises(IntegrityError, match="livestream_one_stream_key_at_a_time"):
        StreamKey.objects.create(session=session, user=session.host, digest="x")


def test_a_key_of_somebody_who_may_not_host_any_more_is_worth_nothing(session):
    key = streams.issue_key(session, user=make_user())

    assert not streams.authorise_key(code=session.code, key=key)


@pytest.mark.parametrize("kind", ["the session is over", "the shop is suspended", "the host is banned"])
def test_a_key_ends_with_what_it_is_for(session, key, kind):
    if kind == "the session is over":
        air.end_session(session.code)
    elif kind == "the shop is suspended":
        session.shop.suspended_at = timezone.now()
        session.shop.save()
    else:
        session.host.is_active = False
        session.host.save()

    assert not streams.authorise_key(code=session.code, key=key)
    assert not streams.begin_stream(session.code, stream_id="a")


def test_a_stream_begins_once_and_is_found_again_after_a_restart(session, key):
    assert streams.begin_stream(session.code, stream_id="a")
    assert streams.begin_stream(session.code, stream_id="a")

    assert EngineStream.objects.count() == 1
    assert streams.open_streams() == [(session.code, "a")]


def test_word_of_an_older_stream_changes_nothing(session, key):
    streams.begin_stream(session.code, stream_id="a")
    streams.begin_stream(session.code, stream_id="b")

    streams.end_stream(session.code, stream_id="a")

    assert streams.open_streams() == [(session.code, "b")]
    assert not streams.begin_stream(session.code, stream_id="a")
    assert streams.is_stream_wanted(session.code, stream_id="b")
    assert not streams.is_stream_wanted(session.code, stream_id="a")


def test_a_recording_is_noted_once(session):
    for _ in range(2):
        streams.note_recording(session.code, path="/recordings/a.flv")
    streams.note_recording("tidak-ada", path="/recordings/b.flv")

    assert EngineRecording.objects.get().session == session
