"""Attribution at the moment of an order: gathers what the rules need and writes down what they said."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import connection

from accounts.models import User
from affiliates import attribution, queries
from affiliates.attribution import Candidate, Rate, Sale, Source, Verdict
from affiliates.models import Touch
from livestream.models import LiveSession

if TYPE_CHECKING:
    from affiliates.queries.deciding import CreatorsPart, CreatorsSession


def decide_attribution(
    *,
    visitor: uuid.UUID | None,
    buyer: User,
    shop_id: int,
    variant_ids: Sequence[int],
    session_id: int | None,
    at: datetime,
    delivery: Mapping[str, str] | None = None,
) -> dict[int, dict[str, Any]]:
    """Who earns on each variant and why; empty when nobody came into question.

    `delivery` is where the parcel goes, as the order keeps it: nobody earns on what comes to their door.
    Decided once, when the order is placed; the answer is stored with its lines and never changes.
    """
    touches = _touches(visitor, buyer, shop_id)
    candidates = [_link_candidate(touch) for touch in touches]
    if session_id and (session := queries.session_with_creators(session_id, shop_id=shop_id, at=at)):
        candidates += _live_candidates(session, shop_id)
    if not candidates:
        return {}
    among = {candidate.user_id for candidate in candidates}
    at_home = queries.people_at(delivery, among=among) if delivery else frozenset()
    phones = frozenset({buyer.phone, delivery["phone"] if delivery else ""})
    return {
        goods.variant_id: _decision(candidates, _sale(goods, buyer, at, phones=phones, at_home=at_home))
        for goods in queries.goods_to_decide(
            shop_id=shop_id, variant_ids=variant_ids, session_id=session_id, at=at
        )
    }


def _touches(visitor: uuid.UUID | None, buyer: User, shop_id: int) -> list[Touch]:
    """The buyer's own touches, on whatever device, and those of this visitor that are nobody's yet."""
    touches = list(queries.touches_of(visitor=visitor, user=buyer, shop_id=shop_id))
    if visitor and any(touch.user_id is None for touch in touches):
        join_touches(visitor, buyer)
    return touches


def join_touches(visitor: uuid.UUID, user: User) -> None:
    """A visitor's touches become those of the person who signed in: once, and never someone else's."""
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH moved AS ("
            "  DELETE FROM affiliates_touch WHERE visitor = %s AND user_id IS NULL RETURNING *"
            ") INSERT INTO affiliates_touch AS known (id, visitor, user_id, link_id, shop_id, clicked_at) "
            "SELECT id, visitor, %s, link_id, shop_id, clicked_at FROM moved "
            "ON CONFLICT (visitor, link_id, user_id) DO UPDATE "
            "SET clicked_at = greatest(known.clicked_at, EXCLUDED.clicked_at)",
            [visitor, user.pk],
        )


def _link_candidate(touch: Touch) -> Candidate:
    link = touch.link
    source = Source.PRODUCT if link.product_id else Source.SESSION if link.session_id else Source.SHOP
    return Candidate(
        source=source,
        id=touch.pk,
        affiliate_id=link.affiliate_id,
        handle=link.affiliate.handle,
        user_id=link.affiliate.user_id,
        phone=link.affiliate.user.phone,
        is_suspended=link.affiliate.suspended_at is not None,
        product_id=link.product_id,
        at=touch.clicked_at,
        until=touch.clicked_at + timedelta(days=settings.ATTRIBUTION_DAYS),
    )


def _live_candidates(session: CreatorsSession, shop_id: int) -> list[Candidate]:
    candidates = [_host_candidate(session)] if session.is_hosted_by_creator else []
    if session.has_guests:
        parts = queries.parts_of_creators(session, shop_id=shop_id)
        candidates += [_guest_candidate(session, part) for part in parts]
    return candidates


def _host_candidate(session: LiveSession) -> Candidate:
    affiliate = session.host.affiliate
    return Candidate(
        source=Source.HOST,
        id=session.pk,
        affiliate_id=affiliate.pk,
        handle=affiliate.handle,
        user_id=session.host_id,
        phone=session.host.phone,
        is_suspended=affiliate.suspended_at is not None,
        product_id=None,
        at=_began_at(session),
        until=_counts_until(session),
    )


def _guest_candidate(session: LiveSession, part: CreatorsPart) -> Candidate:
    """Since they came in, and until they were sent away or left, or the show has long been over."""
    user = part.user
    assert user is not None  # who accepted is somebody
    ends = [moment for moment in (part.revoked_at, _counts_until(session)) if moment]
    return Candidate(
        source=Source.GUEST,
        id=part.pk,
        affiliate_id=user.affiliate.pk,
        handle=user.affiliate.handle,
        user_id=user.pk,
        phone=user.phone,
        is_suspended=user.affiliate.suspended_at is not None,
        product_id=None,
        at=max(part.accepted_at or part.created_at, _began_at(session)),
        until=min(ends, default=None),
        is_own_crew=part.is_own_crew,
    )


def _began_at(session: LiveSession) -> datetime:
    return session.went_live_at or session.created_at


def _counts_until(session: LiveSession) -> datetime | None:
    return session.ended_at + attribution.REPLAY_WINDOW if session.ended_at else None


def _sale(
    goods: queries.Goods, buyer: User, at: datetime, *, phones: frozenset[str], at_home: frozenset[int]
) -> Sale:
    return Sale(
        buyer_id=buyer.pk,
        owner_id=goods.owner_id,
        own_phones=(phones | {goods.owner_phone}) - {""},
        product_id=goods.product_id,
        is_shown=goods.is_shown,
        at=at,
        rate=Rate(**goods.rate) if goods.rate else None,
        at_home=at_home,
    )


def _decision(candidates: Sequence[Candidate], sale: Sale) -> dict[str, Any]:
    verdicts = attribution.decide(candidates, sale)
    winner, rate = attribution.winner_of(verdicts), sale.rate
    return {
        "affiliate": winner.affiliate_id if winner else None,
        "rule": winner.source if winner else "none",
        "rate_id": rate.id if winner and rate else None,
        "rate_bp": rate.bp if winner and rate else None,
        "decided_at": sale.at.isoformat(),
        "trace": [_entry(verdict) for verdict in verdicts],
    }


def _entry(verdict: Verdict) -> dict[str, Any]:
    candidate = verdict.candidate
    return {
        "source": candidate.source,
        "id": candidate.id,
        "affiliate": candidate.affiliate_id,
        "handle": candidate.handle,
        "at": candidate.at.isoformat(),
        "until": candidate.until.isoformat() if candidate.until else None,
        "reason": verdict.reason,
    }
