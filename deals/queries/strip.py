"""All places of a room's deals at once."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from deals.marks import mark_of
from deals.models import Draw
from deals.queries import auctions, draws
from deals.queries.flash import cards_of
from deals.queries.mine import mine_in
from deals.queries.vouchers import voucher_cards
from livestream.models import LiveSession


def strip_of(session: LiveSession, viewer: User | AnonymousUser) -> dict[str, Any]:
    """What each place of the room shows now; a place's template stands in `deals/_strip.html`."""
    member = viewer if isinstance(viewer, User) else None
    auction, shown = auctions.auction_in(session), draws.draws_in(session)
    return {
        "session": session,
        "code": session.code,
        "flash": cards_of(session),
        "vouchers": voucher_cards(session, member),
        "mark": mark_of(session.pk, member.pk) if member else "",
        "mine": mine_in(session, member) if member else None,
        "giveaway": _drawn(shown.get(Draw.Kind.GIVEAWAY), member),
        "drop": _drawn(shown.get(Draw.Kind.DROP), member),
        "auction": auction,
        "auction_winner": auctions.winner_of(auction) if auction and auction.closed_at else None,
    }


def _drawn(draw: Draw | None, member: User | None) -> dict[str, Any] | None:
    if draw is None:
        return None
    return {
        "draw": draw,
        "winners": draws.winners_of(draw) if draw.closed_at else [],
        "entry": draws.entry_of(draw, member) if member else None,
    }
