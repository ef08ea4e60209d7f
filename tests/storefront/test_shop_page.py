"""The public page of a shop."""

from __future__ import annotations

import json
import re

import pytest
import zxingcpp
from django.urls import reverse
from django.utils import timezone

from tests.catalog.costs import queries_of
from tests.factories import make_photo, make_session, make_shop, make_variant

pytestmark = pytest.mark.django_db


def test_a_shop_shows_its_goods_and_its_broadcasts(client):
    shop = make_shop(name="Dapur Ona", story="Sejak 1998.")
    variant, foreign = make_variant(shop=shop), make_variant()
    session = make_session(shop=shop)

    page = client.get(reverse("catalog:shop", args=[shop.slug])).content.decode()

    assert "Sejak 1998." in page
    assert variant.product.name in page
    assert f">{foreign.product.name}<" not in page
    assert reverse("livestream:room", args=[session.code]) in page


def test_a_suspended_shop_is_not_there(client):
    shop = make_shop(suspended_at=timezone.now())

    assert client.get(reverse("catalog:shop", args=[shop.slug])).status_code == 404


def test_search_engines_read_where_it_is(client):
    shop = make_shop()

    page = client.get(reverse("catalog:shop", args=[shop.slug])).content.decode()

    (listing,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.S)
    assert json.loads(listing)["address"]["addressLocality"] == "Kabupaten Bantul"


def test_it_can_be_shared_on_whatsapp(client):
    shop = make_shop()

    page = client.get(reverse("catalog:shop", args=[shop.slug])).content.decode()

    assert "https://wa.me/?text=" in page
    assert reverse("catalog:shop_qr", args=[shop.slug]) in page


def test_the_code_to_print_leads_to_the_shop(client, settings):
    shop = make_shop()

    answer = client.get(reverse("catalog:shop_qr", args=[shop.slug]))

    assert answer["Content-Type"] == "image/svg+xml"
    assert zxingcpp.read_barcode(drawn(answer.content)).text == settings.SITE_URL + reverse(
        "catalog:shop", args=[shop.slug]
    )


def drawn(svg: bytes):
    """The drawing as pixels: segno's path is rows of `M x y h width` under one scale."""
    from PIL import Image, ImageDraw

    side = int(re.search(rb'width="(\d+)"', svg)[1])
    scale = int(float(re.search(rb"scale\((\d+)", svg)[1]))
    image = Image.new("L", (side, side), 255)
    pen = ImageDraw.Draw(image)
    x = y = 0.0
    stroked = svg[svg.rindex(b"<path") :]
    for kind, first, second in re.findall(rb"([Mmh])(-?[\d.]+)(?: (-?[\d.]+))?", stroked):
        if kind == b"M":
            x, y = float(first), float(second)
        elif kind == b"m":
            x, y = x + float(first), y + float(second)
        else:
            top = int(y - 0.5) * scale
            pen.rectangle([x * scale, top, (x + float(first)) * scale - 1, top + scale - 1], fill=0)
            x += float(first)
    return image


def test_it_costs_the_same_for_one_product_and_for_three(client):
    shop = make_shop()
    make_photo(make_variant(shop=shop).product)
    path = reverse("catalog:shop", args=[shop.slug])
    client.get(path)  # its rating is kept for a while
    one = queries_of(client, path)
    for _ in range(2):
        make_photo(make_variant(shop=shop).product)

    assert queries_of(client, path) == one
