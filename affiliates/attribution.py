"""Who earns on a sale. Pure rules over plain values: the same touches always give the same answer.

Live context comes first, the host before whoever was invited into the show; then a link to the product,
then a link to the shop or a session of it. Within a class the last to come wins, then the highest id. Every
candidate leaves with one reason.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

REPLAY_WINDOW = timedelta(hours=24)


class Source(StrEnum):
    """How a candidate came to the sale; the value is written into orders."""

    HOST = "host"
    GUEST = "guest"  # invited into this one session: a guest or a co-host
    PRODUCT = "product"
    SHOP = "shop"
    SESSION = "session"

    @property
    def rank(self) -> int:
        return {Source.HOST: 4, Source.GUEST: 3, Source.PRODUCT: 2}.get(self, 1)


class Reason(StrEnum):
    WON = "won"
    OLDER = "older"  # someone of the same class was clicked later
    OUTRANKED = "outranked"  # a higher class won
    EXPIRED = "expired"
    AFTER = "after"  # clicked after the order
    SELF = "self"
    OWN_CREW = "own_crew"  # of the shop itself: helps in all its sessions
    SUSPENDED = "suspended"
    OTHER_PRODUCT = "other_product"
    NOT_SHOWN = "not_shown"  # the session did not offer what was bought
    NO_RATE = "no_rate"


@dataclass(frozen=True)
class Candidate:
    """An affiliate who may have brought the sale."""

    source: Source
    id: int  # of the touch, the session or the part in it: the last tie-breaker
    affiliate_id: int
    handle: str
    user_id: int
    phone: str
    is_suspended: bool
    product_id: int | None  # of a product link
    at: datetime  # of the click, or since when they are in the session
    until: datetime | None  # the first moment at which it no longer counts
    is_own_crew: bool = False


@dataclass(frozen=True)
class Rate:
    id: int
    bp: int


@dataclass(frozen=True)
class Sale:
    """What one order line needs to be decided."""

    buyer_id: int
    owner_id: int  # of the shop
    own_phones: frozenset[str]  # the buyer's, the recipient's and the owner's
    product_id: int
    is_shown: bool  # in the session in which it was bought
    at: datetime
    rate: Rate | None
    at_home: frozenset[int] = frozenset()  # people to whose own address the parcel goes


@dataclass(frozen=True)
class Verdict:
    candidate: Candidate
    reason: Reason


def decide(candidates: Sequence[Candidate], sale: Sale) -> list[Verdict]:
    """One verdict for each candidate, best first; at most one of them won."""
    refusals = {candidate: _refusal(candidate, sale) for candidate in candidates}
    eligible = [candidate for candidate in candidates if refusals[candidate] is None]
    winner = max(eligible, key=_precedence, default=None)
    verdicts = [
        Verdict(candidate, refusals[candidate] or _outcome(candidate, winner)) for candidate in candidates
    ]
    return sorted(
        verdicts,
        key=lambda verdict: (verdict.reason == Reason.WON, _precedence(verdict.candidate)),
        reverse=True,
    )


def winner_of(verdicts: Sequence[Verdict]) -> Candidate | None:
    return next((verdict.candidate for verdict in verdicts if verdict.reason == Reason.WON), None)


def _refusal(candidate: Candidate, sale: Sale) -> Reason | None:
    if _is_self(candidate, sale):
        return Reason.SELF
    if candidate.is_own_crew:
        return Reason.OWN_CREW
    if candidate.at > sale.at:
        return Reason.AFTER
    if candidate.until and sale.at >= candidate.until:
        return Reason.EXPIRED
    if candidate.source == Source.PRODUCT and candidate.product_id != sale.product_id:
        return Reason.OTHER_PRODUCT
    if candidate.source in (Source.HOST, Source.GUEST) and not sale.is_shown:
        return Reason.NOT_SHOWN
    if candidate.is_suspended:
        return Reason.SUSPENDED
    return None if sale.rate else Reason.NO_RATE


def _is_self(candidate: Candidate, sale: Sale) -> bool:
    """The buyer, the shop's owner, someone with a phone of theirs, or who receives the parcel."""
    is_same_person = candidate.user_id in (sale.buyer_id, sale.owner_id, *sale.at_home)
    return is_same_person or candidate.phone in sale.own_phones


def _outcome(candidate: Candidate, winner: Candidate | None) -> Reason:
    if winner is None or candidate == winner:
        return Reason.WON
    return Reason.OLDER if candidate.source.rank == winner.source.rank else Reason.OUTRANKED


def _precedence(candidate: Candidate) -> tuple[int, datetime, int]:
    return candidate.source.rank, candidate.at, candidate.id
