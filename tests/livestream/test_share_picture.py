"""The picture that announces a planned session."""

from __future__ import annotations

import io
from datetime import timedelta
from pathlib import Path

import pytest
import zxingcpp
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from livestream.models import LiveSession
from livestream.share_picture import _drawable
from tests.factories import (
    make_photo,
    make_product,
    make_session,
    make_session_on_air,
    make_shop,
    make_variant,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def session() -> LiveSession:
    shop = make_shop(name="Keripik Bu Sri", awning=4)
    product = make_product(shop=shop)
    make_variant(product=product)
    make_photo(product)  # whose files are gone
    return make_session(shop=shop, products=[product], title="Panen malam ini")


def wide(session: LiveSession) -> bytes:
    answer = Client().get(reverse("livestream:share_picture", args=[session.code]))
    assert answer.status_code == 200
    return answer.getvalue()


def kept() -> list[Path]:
    return sorted((Path(settings.MEDIA_ROOT) / "share").glob("*.jpg"))


def test_fits_link_previews(session):
    picture = wide(session)

    with Image.open(io.BytesIO(picture)) as drawn:
        assert (drawn.format, drawn.size) == ("JPEG", (1200, 630))
    assert len(picture) < 300_000


def test_is_drawn_once_and_again_when_something_changes(session):
    wide(session)
    (first,) = kept()
    drawn_at = first.stat().st_mtime_ns
    wide(session)
    assert kept() == [first]
    assert first.stat().st_mtime_ns == drawn_at

    session.planned_at += timedelta(hours=1)
    session.save()
    wide(session)

    (second,) = kept()
    assert second != first


def test_the_story_carries_a_code_that_leads_to_the_room(session):
    host = Client()
    host.force_login(session.host)

    answer = host.get(reverse("livestream:story_picture", args=[session.code]))

    with Image.open(io.BytesIO(answer.getvalue())) as drawn:
        (code,) = zxingcpp.read_barcodes(drawn)
        assert drawn.size == (1080, 1920)
    assert code.text == f"{settings.SITE_URL}/live/{session.code}/?dari=qr"
    assert "attachment" in answer["Content-Disposition"]


def test_the_room_names_it_for_previews_until_it_begins(session):
    page = Client().get(reverse("livestream:room", args=[session.code])).content.decode()
    running = make_session_on_air()
    later = Client().get(reverse("livestream:room", args=[running.code])).content.decode()

    assert f"/live/{session.code}/gambar.jpg" in page
    assert "gambar.jpg" not in later
    assert Client().get(reverse("livestream:share_picture", args=[running.code])).status_code == 404


@pytest.mark.parametrize(
    ("written", "drawn"),
    [
        ("Kopi Açai – Rp5·000", "Kopi Acai – Rp5·000"),
        ("🔥🔥 Diskon 🔥", "Diskon"),
        ("ꦏꦺꦴꦥꦶ", ""),
        ("a" * 3, "aaa"),
    ],
)
def test_only_letters_that_the_sign_painter_has(written, drawn):
    assert _drawable(written) == drawn


@pytest.mark.parametrize("title", ["W" * 90, "🔥" * 40, "satu dua " * 10])
def test_no_title_is_too_odd_to_draw(session, title):
    session.title = title
    session.planned_at = timezone.now() + timedelta(days=3)
    session.save()

    assert wide(session)
