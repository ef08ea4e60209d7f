"""Whoever opens a room…"""

from __future__ import annotations

import re
import uuid
from datetime import UTC, datetime

import pytest
import zxingcpp
from django.urls import reverse
from django.utils import timezone, translation
from PIL import Image, ImageDraw

from accounts.models import Regency
from catalog.models import Stock
from livestream.models import LiveSession, PinInterval
from livestream.operations import chat as talk
from livestream.operations import moderation
from livestream.operations.showcase import pin_product
from tests.factories import make_session, make_session_on_air, make_shop, make_user, make_variant

pytestmark = pytest.mark.django_db


def address(session, name="room", *args):
    return reverse(f"livestream:{name}", args=[session.code, *args])


def page_of(client, session, name="room", *args):
    return client.get(address(session, name, *args)).content.decode()


def stall_on_air(*variants, **fields):
    products = list(dict.fromkeys(variant.product for variant in variants))
    return make_session_on_air(shop=products[0].shop, products=products, **fields)


def say(session, text, **fields):
    return talk.say(session, sender=make_user(**fields), text=text, client_id=uuid.uuid4())


def make_replay(*variants, **fields):
    over = {"ended_at": timezone.now(), "recorded_ms": 90_000}
    session = stall_on_air(*variants, **{**over, **fields})
    for place, variant in enumerate(variants):
        PinInterval.objects.create(
            session=session, product=variant.product, from_ms=place * 30_000, to_ms=place * 30_000 + 20_000
        )
    return session


@pytest.mark.parametrize(
    ("fields", "state"),
    [
        ({"went_live_at": None}, "upcoming"),
        ({}, "connecting"),
        ({"interrupted_at": timezone.now()}, "paused"),
        ({"ended_at": timezone.now()}, "ended"),
        ({"ended_at": timezone.now(), "recorded_ms": 1_000}, "replay"),
    ],
)
def test_is_told_how_the_live_stands(client, fields, state):
    session = make_session_on_air(**fields)

    assert f'class="room" data-state="{state}"' in page_of(client, session)


def test_does_not_find_the_room_of_a_suspended_stall(client):
    session = make_session_on_air(shop=make_shop(suspended_at=timezone.now()))

    assert client.get(address(session)).status_code == 404


def test_reads_the_hour_on_both_clocks(client):
    shop = make_shop(regency=Regency.objects.get(code="53.11"))
    session = make_session(shop=shop, planned_at=datetime(2026, 11, 24, 12, 0, tzinfo=UTC))

    assert "19.00 WIB (20.00 WITA)" in page_of(client, session)


def test_reads_what_was_said_last_without_a_script(client):
    session = make_session_on_air()
    for number in range(55):
        say(session, f"pesan nomor {number:02d}")

    page = page_of(client, session)

    assert "pesan nomor 04" not in page
    assert page.index("pesan nomor 05") < page.index("pesan nomor 54")


def test_does_not_read_what_the_host_took_back(client):
    session = make_session_on_air()
    said = say(session, "kasar sekali")
    moderation.remove_message(session, seq=said.seq, by=session.host)

    assert "kasar sekali" not in page_of(client, session)


def test_cannot_be_tricked_by_what_others_write(client):
    session = make_session_on_air(title="<script>alert(1)</script>")
    say(session, "<img src=x onerror=alert(1)>", name="<b>Budi</b>")

    page = page_of(client, session)

    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "<b>Budi" not in page


def test_is_sent_back_here_after_logging_in(client):
    session = make_session_on_air()

    page = page_of(client, session)

    assert f"{reverse('account_login')}?next={address(session)}" in page


def test_can_write_when_logged_in(client):
    session = make_session_on_air()
    client.force_login(make_user())

    assert f'action="{address(session, "say")}"' in page_of(client, session)


def test_sees_the_pinned_product_with_its_stock_and_a_way_to_buy(client):
    variant = make_variant(stock=4, price=18_500)
    session = stall_on_air(variant)
    pin_product(session, product_id=variant.product_id)

    card = page_of(client, session, "pinned")

    assert "Rp18.500" in card
    assert 'data-stock="4"' in card
    assert f"{reverse('checkout:buy', args=[variant.pk])}?session={session.code}" in card
    assert card in page_of(client, session)


def test_sees_no_card_while_nothing_is_pinned(client):
    session = stall_on_air(make_variant())

    assert page_of(client, session, "pinned") == ""


def test_sees_the_whole_showcase_in_the_hosts_order(client):
    shop = make_shop()
    first, second = make_variant(shop=shop), make_variant(shop=shop)
    session = stall_on_air(second, first)

    page = page_of(client, session, "showcase")

    assert page.index(second.product.name) < page.index(first.product.name)


def test_sees_what_is_sold_out_and_where_to_wait_for_it(client):
    variant = make_variant(stock=0)
    session = stall_on_air(variant)

    page = page_of(client, session, "showcase")

    assert "Habis" in page
    assert "Antre" in page


def test_is_offered_the_variant_that_is_left(client):
    gone = make_variant(stock=0, price=10_000)
    left = make_variant(product=gone.product, stock=2, price=12_000, position=1)
    session = stall_on_air(gone, left)
    pin_product(session, product_id=gone.product_id)

    card = page_of(client, session, "pinned")

    assert reverse("checkout:buy", args=[left.pk]) in card
    assert 'data-stock="2"' in card
    assert "mulai" in card


def test_does_not_see_withdrawn_goods(client):
    kept, withdrawn = make_variant(shop=(shop := make_shop())), make_variant(shop=shop)
    session = stall_on_air(kept, withdrawn)
    withdrawn.product.withdrawn_at = timezone.now()
    withdrawn.product.save()

    page = page_of(client, session, "showcase")

    assert kept.product.name in page
    assert withdrawn.product.name not in page


def test_of_a_replay_finds_a_chapter_for_each_pin(client):
    shop = make_shop()
    first, second = make_variant(shop=shop), make_variant(shop=shop)
    session = make_replay(first, second)

    page = page_of(client, session)

    assert 'data-from="0" data-to="20000"' in page
    assert 'data-from="30000" data-to="50000"' in page
    assert "00.00.30" in page


def test_of_a_replay_pays_todays_price(client):
    variant = make_variant(price=10_000, stock=5)
    session = make_replay(variant)
    variant.price = 12_500
    variant.save()
    Stock.objects.filter(pk=variant.pk).update(available=1, reserved=4)

    card = page_of(client, session, "product", variant.product_id)

    assert "Rp12.500" in card
    assert 'data-stock="1"' in card


def test_of_a_replay_is_told_what_is_no_longer_sold(client):
    variant = make_variant()
    session = make_replay(variant)
    variant.product.withdrawn_at = timezone.now()
    variant.product.save()

    assert "Tidak dijual lagi" in page_of(client, session)
    assert page_of(client, session, "product", variant.product_id) == ""


def test_finds_no_card_of_goods_the_room_never_showed(client):
    session = stall_on_air(make_variant())

    assert client.get(address(session, "product", make_variant().product_id)).status_code == 404


def test_can_put_a_planned_live_into_the_calendar(client):
    session = make_session(
        title="Keripik; pedas, panas " + "sekali " * 9,
        planned_at=datetime(2026, 11, 24, 12, 0, tzinfo=UTC),
    )

    answer = client.get(address(session, "calendar"))

    lines = answer.content.decode().split("\r\n")
    unfolded = answer.content.decode().replace("\r\n ", "")
    assert answer["Content-Type"].startswith("text/calendar")
    assert "DTSTART:20261124T120000Z" in lines
    assert "SUMMARY:Keripik\\; pedas\\, panas sekali" in unfolded
    assert max(len(line.encode()) for line in lines) <= 75


def test_finds_no_calendar_entry_for_what_has_begun(client):
    assert client.get(address(make_session_on_air(), "calendar")).status_code == 404


def test_can_show_the_address_as_a_qr_code(client, settings):
    session = make_session_on_air()

    drawing = client.get(address(session, "qr"))

    assert drawing["Content-Type"] == "image/svg+xml"
    assert _read_qr(drawing.content.decode()) == settings.SITE_URL + address(session) + "?dari=qr"


def test_reads_english_under_its_own_address(client):
    session = make_session_on_air()
    with translation.override("en"):
        english = address(session)
        page = client.get(english).content.decode()

    assert english == f"/en/live/{session.code}/"
    assert '<html lang="en"' in page


def test_is_counted_only_by_the_room(client):
    session = make_session_on_air()

    client.get(address(session))

    assert LiveSession.objects.get(pk=session.pk).peak_viewers == 0


@pytest.mark.parametrize("count", [1, 3])
def test_asks_the_database_as_often_for_three_products_as_for_one(client, count, django_assert_num_queries):
    shop = make_shop()
    session = stall_on_air(*(make_variant(shop=shop) for _ in range(count)))

    with django_assert_num_queries(14):
        client.get(address(session))


def _read_qr(svg: str) -> str:
    """Draw the dark runs of the drawing's last path (`M x y`, `m dx dy`, `h length`), then read them."""
    side = int(svg.split('width="')[1].split('"')[0])
    image = Image.new("L", (side, side), 255)
    pen, (x, y) = ImageDraw.Draw(image), (0.0, 0.0)
    for step, text in re.findall(r"([Mmh])([-\d. ]+)", svg.split(' d="')[-1].split('"')[0]):
        first, *rest = (float(number) for number in text.split())
        if step == "h":
            pen.rectangle([x * 8, (y - 0.5) * 8, (x + first) * 8 - 1, (y + 0.5) * 8 - 1], fill=0)
            x += first
        else:
            x, y = (first, rest[0]) if step == "M" else (x + first, y + rest[0])
    return str(zxingcpp.read_barcode(image).text)
