"""A recording…"""

from __future__ import annotations

import io
import os
import time
from datetime import timedelta

import av
import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from livestream import queries
from livestream.media.market import _may_replay
from livestream.models import LiveSession
from livestream.operations import air, replay
from returns.tasks import sweep_recordings
from tests.factories import make_replay, make_session_on_air, make_shop, make_variant
from tests.media.material import config, records
from tests.media.recordings import record_show

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop():
    return make_shop()


@pytest.fixture
def goods(shop):
    return make_variant(shop=shop).product


@pytest.fixture
def session(client, shop, goods):
    client.force_login(shop.owner)
    return make_replay(shop=shop, products=[goods])


def address(session, name, *args):
    return reverse(f"livestream:{name}", args=[session.code, *args])


def folder_of(settings, session):
    folder = settings.LIVE_ROOT / session.code
    (folder / "0").mkdir(parents=True)
    (folder / "0" / "s0.m4s").write_bytes(b"x")
    (folder / "poster.jpg").write_bytes(b"x")
    return folder


def is_offered(client, session) -> bool:
    listed = session in queries.sessions_to_replay()
    playable = "replay.m3u8" in client.get(address(session, "room")).text
    assert listed == playable == _may_replay(session.code)
    return listed


# --- hidden and shown


def test_is_hidden_and_shown_again_by_its_host(client, session):
    assert is_offered(client, session)

    client.post(address(session, "replay_hide"))
    assert not is_offered(client, session)
    assert "Tampilkan lagi" in client.get(address(session, "result")).text

    client.post(address(session, "replay_show"))
    assert is_offered(client, session)
    session.refresh_from_db()
    assert (session.recorded_ms, session.hidden_ms) == (60_000, 0)


def test_is_hidden_twice_without_harm(session):
    for _ in range(2):
        replay.hide_replay(session)

    session.refresh_from_db()
    assert (session.recorded_ms, session.hidden_ms) == (0, 60_000)


def test_that_is_not_there_cannot_be_hidden_or_shown(client, session):
    LiveSession.objects.update(recorded_ms=0)

    answer = client.post(address(session, "replay_hide"), follow=True)

    assert "belum siap" in answer.text
    with pytest.raises(replay.NoReplay):
        replay.show_replay(session)


def test_stays_hidden_when_its_length_is_told_once_more(session):
    replay.hide_replay(session)

    air.on_recorded(session.code, recorded_ms=60_000)

    session.refresh_from_db()
    assert (session.recorded_ms, session.hidden_ms) == (0, 60_000)


@pytest.mark.parametrize("name", ["replay_hide", "replay_show", "replay_delete"])
def test_is_nothing_for_a_rival(client, session, name):
    client.force_login(make_shop().owner)

    assert client.post(address(session, name)).status_code == 404
    session.refresh_from_db()
    assert session.recorded_ms == 60_000


# --- deleted


def test_is_deleted_after_a_question(client, session, settings):
    folder = folder_of(settings, session)
    assert "selamanya" in client.get(address(session, "replay_delete")).text
    assert is_offered(client, session)

    client.post(address(session, "replay_delete"))
    assert not is_offered(client, session)
    assert folder.exists()  # the sweep takes it

    sweep_recordings()
    assert not folder.exists()
    assert "sudah dihapus" in client.get(address(session, "result")).text
    session.refresh_from_db()
    assert session.poster_at is None


def test_that_is_deleted_does_not_come_back(session):
    replay.delete_replay(session)

    air.on_recorded(session.code, recorded_ms=60_000)

    session.refresh_from_db()
    assert session.recorded_ms == 0
    with pytest.raises(replay.NoReplay):
        replay.show_replay(session)


def test_of_a_running_show_is_not_deleted():
    session = make_session_on_air()

    with pytest.raises(replay.NoReplay):
        replay.delete_replay(session)


def test_is_shown_or_hidden_never_both(session):
    with pytest.raises(IntegrityError, match="shown_or_hidden"), transaction.atomic():
        LiveSession.objects.update(hidden_ms=5)
    with pytest.raises(IntegrityError, match="deleted_replay_is_gone"), transaction.atomic():
        LiveSession.objects.update(replay_deleted_at=timezone.now())


# --- swept


def test_is_given_up_when_it_is_too_old(session, settings, shop):
    settings.LIVE_REPLAY_DAYS = 30
    old = timezone.now() - timedelta(days=31)
    stale = make_replay(shop=shop, went_live_at=old - timedelta(hours=1), ended_at=old)
    hidden = make_replay(shop=shop, went_live_at=old - timedelta(hours=1), ended_at=old, recorded_ms=0)
    LiveSession.objects.filter(pk=hidden.pk).update(hidden_ms=60_000)
    folders = [folder_of(settings, each) for each in (session, stale, hidden)]

    for _ in range(2):
        sweep_recordings()

    assert [folder.exists() for folder in folders] == [True, False, False]
    assert list(queries.sessions_to_replay()) == [session]


def test_whose_sweep_was_killed_half_way_goes_with_the_next(session, settings, monkeypatch):
    folder = folder_of(settings, session)
    replay.delete_replay(session)

    with monkeypatch.context() as fault:
        fault.setattr("shutil.rmtree", lambda *_, **__: (_ for _ in ()).throw(SystemExit))
        with pytest.raises(SystemExit):
            sweep_recordings()
    assert not folder.exists()
    assert list(settings.LIVE_ROOT.iterdir())  # what is left of it, out of sight

    sweep_recordings()
    assert not list(settings.LIVE_ROOT.iterdir())


def test_without_a_session_goes_after_an_hour(settings):
    orphan = settings.LIVE_ROOT / "tidak-ada"
    orphan.mkdir(parents=True)

    sweep_recordings()
    assert orphan.exists()

    os.utime(orphan, (time.time() - 4000, time.time() - 4000))
    sweep_recordings()
    assert not orphan.exists()


def test_of_a_show_on_air_is_never_swept(settings):
    session = make_session_on_air()
    folder = folder_of(settings, session)
    os.utime(folder, (0, 0))

    sweep_recordings()

    assert folder.exists()


def test_that_has_just_ended_is_given_a_moment(session, settings):
    folder = folder_of(settings, session)
    LiveSession.objects.update(ended_at=timezone.now())
    replay.delete_replay(session)

    sweep_recordings()

    assert folder.exists()


def test_leaves_no_old_clips(settings):
    clips = settings.LIVE_ROOT / replay.CLIPS
    clips.mkdir(parents=True)
    for name, age_s in (("old", 4000), ("new", 10)):
        (clips / f"{name}.mp4").write_bytes(b"x")
        os.utime(clips / f"{name}.mp4", (time.time() - age_s, time.time() - age_s))

    sweep_recordings()

    assert [path.name for path in clips.iterdir()] == ["new.mp4"]


# --- clips


@pytest.fixture
def chapter(session, settings, goods):
    record_show(settings.LIVE_ROOT / session.code, (config(), records(6)))
    return session.pins.create(product=goods, from_ms=1_200, to_ms=3_900)


def test_gives_its_host_each_chapter_as_a_file(client, session, chapter):
    page = client.get(address(session, "result")).text
    assert address(session, "clip", chapter.pk) in page
    assert f"/media-live/still/{session.code}/1200.jpg" in page

    answer = client.get(address(session, "clip", chapter.pk))

    assert answer["Content-Type"] == "video/mp4"
    assert session.code in answer["Content-Disposition"]
    with av.open(io.BytesIO(b"".join(answer.streaming_content))) as shown:
        assert sum(1 for _ in shown.decode(video=0)) == 75


def test_leaves_no_file_behind_after_a_download(client, session, chapter, settings):
    answer = client.get(address(session, "clip", chapter.pk))
    b"".join(answer.streaming_content)

    assert not list((settings.LIVE_ROOT / replay.CLIPS).iterdir())


def test_is_sent_by_the_edge_where_there_is_one(client, session, chapter, settings):
    settings.EDGE_SENDS_FILES = True

    answer = client.get(address(session, "clip", chapter.pk))

    name = answer["X-Accel-Redirect"].lstrip("/")
    assert (settings.LIVE_ROOT / replay.CLIPS / name).stat().st_size > 1000


def test_gives_nobody_else_a_clip(client, session, chapter):
    client.force_login(make_shop().owner)
    assert client.get(address(session, "clip", chapter.pk)).status_code == 404
    client.logout()
    assert client.get(address(session, "clip", chapter.pk)).status_code == 302


def test_of_another_session_gives_no_chapter_of_this_one(client, session, chapter, shop):
    other = make_replay(shop=shop)

    assert client.get(address(other, "clip", chapter.pk)).status_code == 404


def test_whose_files_are_gone_has_no_clips(client, session, goods):
    pin = session.pins.create(product=goods, from_ms=0, to_ms=900)

    assert client.get(address(session, "clip", pin.pk)).status_code == 404


def test_that_is_hidden_still_gives_its_host_clips_and_a_deleted_one_none(client, session, chapter):
    replay.hide_replay(session)
    assert client.get(address(session, "clip", chapter.pk)).status_code == 200

    replay.delete_replay(session)
    assert client.get(address(session, "clip", chapter.pk)).status_code == 404
