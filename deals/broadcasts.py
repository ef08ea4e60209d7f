"""What a room hears of its deals, one function per thing that happened."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from deals.models import Auction, Draw, FlashDeal, Voucher
from deals.queries import auctions, draws
from deals.queries.flash import cards_of
from deals.queries.vouchers import voucher_cards
from livestream import broadcasts as live
from livestream.models import LiveSession

GONE: dict[str, str] = {}


def draw_changed(draw: Draw) -> None:
    """It begins, or its winners are known."""
    winners = draws.winners_of(draw) if draw.closed_at else []
    facts = {"id": draw.pk, "entrants": draw.entrants, "winners": draws.marks_of(winners)}
    html = _in_each_language("deals/_draw.html", {"draw": draw, "winners": winners})
    live.deal_changed(draw.session, slot=draw.kind, html=html, facts=facts)


def draw_gone(draw: Draw) -> None:
    live.deal_changed(draw.session, slot=draw.kind, html=GONE, facts={"id": draw.pk})


def auction_changed(auction: Auction) -> None:
    """It is announced, begins, or is sold."""
    winner = auctions.winner_of(auction) if auction.closed_at else None
    facts = {"id": auction.pk, "winners": draws.marks_of([winner] if winner else [])}
    html = _in_each_language("deals/_auction.html", {"auction": auction, "winner": winner})
    live.deal_changed(auction.session, slot="auction", html=html, facts=facts)


def auction_gone(auction: Auction) -> None:
    live.deal_changed(auction.session, slot="auction", html=GONE, facts={"id": auction.pk})


def auction_moved(auction: Auction) -> None:
    """A bid came; the newest word wins, and the steady tick says it again."""
    if auction.is_running:
        live.note(auction.session_id, "auction", str(auction.pk), auctions.told_of(auction))


def entrants_counted(draw: Draw, entrants: int) -> None:
    live.note(draw.session_id, "draw", str(draw.pk), {"entrants": entrants})


def flash_deals_changed(session: LiveSession) -> None:
    """One was started, stopped or put away: the room's card shows those that are left."""
    cards = cards_of(session)
    html = _in_each_language("deals/_flash.html", {"flash": cards, "code": session.code}) if cards else GONE
    facts = {"deals": [deal.pk for deal in cards]}
    live.deal_changed(session, slot="flash", html=html, facts=facts)


def flash_left_changed(deal_ids: Iterable[int]) -> None:
    """Some units were taken or given back; the newest word wins."""
    open_deals = FlashDeal.objects.filter(pk__in=list(deal_ids), closed_at__isnull=True)
    for deal in open_deals.only("session_id", "units", "taken"):
        live.note(deal.session_id, "flash", str(deal.pk), {"left": deal.left})


def vouchers_changed(session: LiveSession) -> None:
    """One can be claimed, or none of them any more."""
    cards = voucher_cards(session)
    html = _in_each_language("deals/_vouchers.html", {"vouchers": cards}) if cards else GONE
    live.deal_changed(session, slot="voucher", html=html, facts={"vouchers": [c.voucher.pk for c in cards]})


def voucher_claimed(voucher: Voucher) -> None:
    """Fewer are left; the newest word wins."""
    left = Voucher.objects.get(pk=voucher.pk).left
    live.note(voucher.session_id, "voucher", str(voucher.pk), {"left": left})


def _in_each_language(template: str, context: dict[str, Any]) -> dict[str, str]:
    return {language: _render(language, template, context) for language, _ in settings.LANGUAGES}


def _render(language: str, template: str, context: dict[str, Any]) -> str:
    with translation.override(language):
        return render_to_string(template, context).strip()
