"""A host outside the market…"""

from __future__ import annotations

import io
import re

import pytest
import zxingcpp
from django.db import IntegrityError, transaction
from django.urls import reverse
from PIL import Image

from kit.sealed import Unreadable, seal, unseal
from livestream.engine import RtmpEngine
from livestream.media.market import _note_outlet, _outlets
from livestream.media.outlets import Standing, Trouble
from livestream.media.roads import is_public, may_be_public
from livestream.models import Role, SessionOutlet, StreamKey
from livestream.operations import air, outlets, streams
from livestream.outside import OutsideEngine
from tests.factories import make_crew_member, make_session, make_session_on_air, make_shop

pytestmark = pytest.mark.django_db

GOOD = {"url": "rtmps://live.contoh.test/app", "key": "kunci-rahasia"}


@pytest.fixture
def session(client):
    session = make_session()
    client.force_login(session.host)
    return session


@pytest.fixture
def with_engine(monkeypatch):
    outside = OutsideEngine("nginx-rtmp", "rtmp://engine", "rtmp://siaran.contoh.test", "", "", "rahasia")
    monkeypatch.setattr("livestream.views.outside.engine", RtmpEngine(outside))


def address(session, name, *args):
    return reverse(f"livestream:{name}", args=[session.code, *args])


# --- what is drawn into the picture


def test_draws_a_label_that_leads_to_the_room(client, session, settings):
    answer = client.get(address(session, "picture_label"))

    label = Image.open(io.BytesIO(answer.content))
    room = settings.SITE_URL + reverse("livestream:room", args=[session.code])
    assert zxingcpp.read_barcode(label).text == room + "?dari=qr"
    assert 70 <= label.width <= 110
    assert "private" in answer["Cache-Control"]


def test_draws_it_for_a_guest_who_sends_the_picture_and_not_for_a_moderator(client, session):
    guest = make_crew_member(session, role=Role.GUEST)
    moderator = make_crew_member(session, role=Role.MODERATOR)

    client.force_login(guest)
    assert client.get(address(session, "picture_label")).status_code == 200
    client.force_login(moderator)
    assert client.get(address(session, "picture_label")).status_code == 404


# --- other platforms


def test_adds_a_place_whose_key_is_never_seen_again(client, session):
    answer = client.post(address(session, "outlet_add"), GOOD, follow=True)

    assert "live.contoh.test" in answer.text
    assert "kunci-rahasia" not in answer.text
    [row] = SessionOutlet.objects.filter(session=session).values()
    assert "kunci-rahasia" not in str(row)
    [outlet] = _outlets(session.code)
    assert (outlet.url, outlet.key()) == (GOOD["url"], "kunci-rahasia")
    assert not outlet.may_be_private
    assert "rahasia" not in repr(outlet)


@pytest.mark.parametrize(
    "url",
    [
        "https://live.contoh.test/app",
        "rtmp://live.contoh.test",
        "rtmp://orang:sandi@live.contoh.test/app",
        "rtmp://live.contoh.test:99999/app",
        "rtmp:///app",
        "rtmp://localhost/app",
        "rtmp://valkey/app",
        "rtmp://mesin.internal/app",
        "rtmp://127.0.0.1/app",
        "rtmp://10.1.2.3/app",
        "rtmp://169.254.169.254/app",
        "rtmp://[::1]/app",
        "rtmp://[::ffff:127.0.0.1]/app",
        "rtmp://[64:ff9b::7f00:1]/app",
        "rtmp://0x7f.1/app",
        "rtmp://2130706433/app",
        "file:///etc/passwd",
    ],
)
def test_refuses_addresses_that_lead_inside_or_nowhere(client, session, url):
    answer = client.post(address(session, "outlet_add"), {**GOOD, "url": url})

    assert answer.status_code == 422
    assert not SessionOutlet.objects.exists()


@pytest.mark.parametrize("key", ["", "dua kata", "kunci\x00", "kunçi", "x" * 301])
def test_refuses_keys_that_cannot_be_keys(client, session, key):
    assert client.post(address(session, "outlet_add"), {**GOOD, "key": key}).status_code == 422


def test_a_refused_form_does_not_repeat_the_key(client, session):
    answer = client.post(address(session, "outlet_add"), {"url": "salah", "key": "kunci-rahasia"})

    assert "kunci-rahasia" not in answer.text


def test_has_three_places_and_no_fourth(client, session):
    for _ in range(3):
        client.post(address(session, "outlet_add"), GOOD)

    answer = client.post(address(session, "outlet_add"), GOOD)

    assert answer.status_code == 409
    assert "Paling banyak 3" in answer.text
    assert [row.place for row in SessionOutlet.objects.order_by("place")] == [1, 2, 3]


def test_says_that_a_show_is_over_which_ends_under_its_form(client, session, monkeypatch):
    def too_late(*args, **fields):
        raise outlets.AlreadyEnded

    monkeypatch.setattr(outlets, "add_outlet", too_late)

    answer = client.post(address(session, "outlet_add"), GOOD)

    assert answer.status_code == 409
    assert "sudah selesai" in answer.text
    assert "Paling banyak" not in answer.text


def test_the_database_knows_no_fourth_place(session):
    with pytest.raises(IntegrityError, match="livestream_few_outlets"), transaction.atomic():
        SessionOutlet.objects.create(session=session, place=4, url="x", sealed_key="x")


def test_takes_a_place_away_and_uses_it_again(client, session):
    for _ in range(2):
        client.post(address(session, "outlet_add"), GOOD)

    client.post(address(session, "outlet_remove", 1))
    client.post(address(session, "outlet_add"), GOOD)

    assert [row.place for row in SessionOutlet.objects.order_by("place")] == [1, 2]


def test_reads_how_each_place_is_doing(client, session):
    outlet = outlets.add_outlet(session, **GOOD)
    steps = [
        (Standing.CONNECTING, Trouble.NONE, "Menyambung"),
        (Standing.CONNECTED, Trouble.NONE, "Terhubung"),
        (Standing.LOST, Trouble.REFUSED, "kuncinya ditolak"),
        (Standing.LOST, Trouble.UNREACHABLE, "tidak bisa dihubungi"),
        (Standing.WAITING, Trouble.NONE, "Menunggu siaran"),
    ]

    for standing, trouble, words in steps:
        _note_outlet(session.code, str(outlet.pk), standing, trouble)

        assert words in client.get(address(session, "outside_standing")).text


def test_a_new_media_process_has_no_connections_yet(session):
    outlet = outlets.add_outlet(session, **GOOD)
    outlets.note_standing(outlet.pk, standing="connected", trouble="")

    outlets.forget_standings()

    outlet.refresh_from_db()
    assert outlet.standing == "waiting"


def test_the_studio_asks_for_the_standing_only_while_there_is_any(client, session):
    assert "every 4s" not in client.get(address(session, "outside_standing")).text

    outlets.add_outlet(session, **GOOD)

    assert "every 4s" in client.get(address(session, "outside_standing")).text


def test_finds_nothing_of_a_rival(client, session):
    outlets.add_outlet(session, **GOOD)
    client.force_login(make_shop().owner)

    assert client.get(address(session, "outside")).status_code == 404
    assert client.post(address(session, "outlet_add"), GOOD).status_code == 404
    assert client.post(address(session, "outlet_remove", 1)).status_code == 404
    assert SessionOutlet.objects.count() == 1


def test_has_nothing_to_pass_on_when_it_is_over(client, session):
    air.end_session(session.code)

    assert client.get(address(session, "outside")).status_code == 404
    with pytest.raises(outlets.AlreadyEnded):
        outlets.add_outlet(session, **GOOD)


@pytest.mark.parametrize(
    ("host", "open_to_all"),
    [("live.contoh.test", True), ("203.0.113.9", False), ("8.8.8.8", True), ("a.rtmp.youtube.com", True)],
)
def test_knows_public_hosts(host, open_to_all):
    assert may_be_public(host) is open_to_all


@pytest.mark.parametrize("inside", ["100.64.0.1", "224.0.0.1", "fe80::1", "fd00::1", "2002:7f00:1::"])
def test_knows_what_is_not_the_open_internet(inside):
    assert not is_public(inside)


def test_a_seal_opens_with_its_own_key_and_with_a_former_one(settings):
    sealed = seal("kunci")
    former = settings.SECRET_KEY

    settings.SECRET_KEY = "yang baru sekali"
    with pytest.raises(Unreadable):
        unseal(sealed)
    settings.SECRET_KEY_FALLBACKS = [former]

    assert unseal(sealed) == "kunci"


# --- OBS


def test_is_offered_obs_only_where_an_engine_takes_it(client, session):
    assert client.get(address(session, "obs")).status_code == 404
    assert "OBS" not in client.get(address(session, "outside")).text


def test_sees_a_key_once(client, session, with_engine):
    shown = client.post(address(session, "obs_key"))

    key = re.search(rf"{session.code}\?token=([\w-]+)", shown.text)[1]
    assert "rtmp://siaran.contoh.test/obs" in shown.text
    assert "no-store" in shown["Cache-Control"]
    assert streams.authorise_key(code=session.code, key=key)
    assert key not in client.get(address(session, "obs")).text


def test_takes_a_key_back(client, session, with_engine):
    client.post(address(session, "obs_key"))
    assert "Cabut kunci" in client.get(address(session, "obs")).text

    client.post(address(session, "obs_revoke"))

    assert not StreamKey.objects.filter(revoked_at__isnull=True).exists()
    assert "Cabut kunci" not in client.get(address(session, "obs")).text


def test_reads_what_is_wrong_with_the_pictures_of_obs(client, with_engine):
    session = make_session_on_air()
    client.force_login(session.host)
    streams.issue_key(session, user=session.host)
    assert "Menunggu OBS" in client.get(address(session, "obs_standing")).text

    streams.begin_stream(session.code, stream_id="a")
    assert "sedang tayang" in client.get(address(session, "obs_standing")).text

    streams.note_trouble(session.code, stream_id="a", trouble="a picture size out of range")
    assert "1080 × 1920" in client.get(address(session, "obs_standing")).text


def test_gives_no_rival_a_key(client, session, with_engine):
    client.force_login(make_shop().owner)

    assert client.post(address(session, "obs_key")).status_code == 404
    assert not StreamKey.objects.exists()


def test_sees_in_the_studio_that_obs_is_on_air(client, monkeypatch):
    outside = OutsideEngine("nginx-rtmp", "rtmp://engine", "rtmp://siaran.contoh.test", "", "", "rahasia")
    monkeypatch.setattr("livestream.templatetags.live.engine", RtmpEngine(outside))
    session = make_session_on_air()
    client.force_login(session.host)
    streams.issue_key(session, user=session.host)
    assert "Tayang lewat OBS" not in client.get(address(session, "studio")).text

    streams.begin_stream(session.code, stream_id="a")

    assert "Tayang lewat OBS" in client.get(address(session, "studio")).text
