"""Addresses of deals."""

from __future__ import annotations

from django.urls import URLPattern, path

from deals.views import auctions, console, draws, flash, games, lines, strip, vouchers

app_name = "deals"
urlpatterns: list[URLPattern] = [
    path("live/<slug:code>/promo/", strip.strip, name="strip"),
    path("live/<slug:code>/promo/milikku/", strip.mine, name="mine"),
    path("antre/", lines.lines, name="lines"),
    path("antre/<int:variant_id>/", lines.line, name="line"),
    path("antre/<int:variant_id>/keluar/", lines.leave, name="line_leave"),
    path("studio/<slug:code>/promo/", console.console, name="console"),
    path("studio/<slug:code>/promo/kilat/<int:variant_id>/", flash.start, name="flash_start"),
    path("studio/<slug:code>/promo/kilat/<int:deal_id>/henti/", flash.stop, name="flash_stop"),
    path("studio/<slug:code>/promo/voucher/", vouchers.make, name="voucher_make"),
    path("studio/<slug:code>/promo/voucher/<int:voucher_id>/tutup/", vouchers.close, name="voucher_close"),
    path("voucher/<int:voucher_id>/ambil/", vouchers.claim, name="claim"),
    path("studio/<slug:code>/permainan/", games.games, name="games"),
    path("studio/<slug:code>/permainan/<slug:kind>/", games.begin, name="game_begin"),
    path("studio/<slug:code>/lelang/<int:auction_id>/mulai/", games.auction_start, name="auction_start"),
    path("studio/<slug:code>/lelang/<int:auction_id>/batal/", games.auction_stop, name="auction_stop"),
    path("studio/<slug:code>/undian/<int:draw_id>/batal/", games.draw_stop, name="draw_stop"),
    path("lelang/<int:auction_id>/tawar/", auctions.bid, name="bid"),
    path("undian/<slug:code>/", draws.draw, name="draw"),
    path("undian/<slug:code>.json", draws.draw_json, name="draw_json"),
    path("undian/<slug:code>/ikut/", draws.enter, name="enter"),
]
