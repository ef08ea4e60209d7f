"""Reads of vouchers."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from accounts.models import User
from deals.models import Voucher, VoucherClaim
from livestream.models import LiveSession


def open_vouchers(session: LiveSession) -> QuerySet[Voucher]:
    return Voucher.objects.filter(session=session, closed_at__isnull=True).order_by("pk")


def vouchers_with_results(session: LiveSession) -> QuerySet[Voucher]:
    """All of a session's, with `spent`: what living orders got off."""
    used = Coalesce(Sum("claims__discount", filter=Q(claims__order_id__isnull=False)), 0)
    return Voucher.objects.filter(session=session).annotate(spent=used).order_by("-pk")


@dataclass(frozen=True)
class VoucherCard:
    voucher: Voucher
    is_held: bool  # by whoever looks


def voucher_cards(session: LiveSession, viewer: User | None = None) -> list[VoucherCard]:
    """What the room shows, already before the show; those a viewer holds stay while they can be used."""
    if session.ended_at:
        return []
    held = set()
    if viewer:
        claims = VoucherClaim.objects.filter(buyer=viewer, voucher__session=session, order_id__isnull=True)
        held = set(claims.values_list("voucher_id", flat=True))
    return [VoucherCard(voucher, voucher.pk in held) for voucher in open_vouchers(session)]
