"""Addresses of deals."""

from __future__ import annotations

from django.urls import URLPattern, path

from deals.views import auctions, draws, strip

app_name = "deals"
urlpatterns: list[URLPattern] = [
    path("live/<slug:code>/promo/", strip.strip, name="strip"),
    path("live/<slug:code>/promo/milikku/", strip.mine, name="mine"),
    path("lelang/<int:auction_id>/tawar/", auctions.bid, name="bid"),
    path("undian/<slug:code>/", draws.draw, name="draw"),
    path("undian/<slug:code>.json", draws.draw_json, name="draw_json"),
    path("undian/<slug:code>/ikut/", draws.enter, name="enter"),
]
