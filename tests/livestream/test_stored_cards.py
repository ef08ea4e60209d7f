"""The card of a deal, as it is kept in a room's log…"""

from __future__ import annotations

import re

import orjson
import pytest
from django.templatetags.static import static

from deals import broadcasts
from livestream.models import RoomEvent
from livestream.room import reads
from tests.deals.helpers import make_flash_deal, session_showing
from tests.factories import make_variant

pytestmark = pytest.mark.django_db


def test_names_no_file_of_one_release_and_finds_the_icons_of_the_next(monkeypatch):
    variant = make_variant(stock=9)
    session = session_showing(variant)
    make_flash_deal(variant, session=session)
    broadcasts.flash_deals_changed(session)
    kept = RoomEvent.objects.filter(session=session, kind="deal").latest("seq")

    monkeypatch.setattr("kit.sprite.static", lambda path: f"/static/{path}?of-the-next-release")
    encoded = reads.items_after(session.code, session.pk, last=kept.seq - 1, until=kept.seq, limit=1)
    told = orjson.loads(encoded[0])

    assert static("img/icons.svg") not in kept.payload["html"]["id"]
    assert set(re.findall(r'<use href="([^"#]*)#', told["html"]["id"])) == {
        "/static/img/icons.svg?of-the-next-release"
    }
