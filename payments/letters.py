"""Mails about payments that wait for a person at the shop or the buyer."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from payments.models import Charge, Proof


def remind_shops(limit: int) -> int:
    """Once for each proof that has waited for a while; how many were sent."""
    before = timezone.now() - timedelta(seconds=settings.PROOF_REMINDER_SECONDS)
    waiting = Charge.objects.filter(
        proofs__verdict=Proof.Verdict.WAITING,
        proofs__sent_at__lte=before,
        reminded_at__isnull=True,
        parts__order__state="pending",
    )
    charges = waiting.prefetch_related("parts__order__shop__owner").order_by("pk")[:limit]
    return sum(_remind(charge) for charge in charges)


def tell_shop_of_proof(charge: Charge) -> None:
    _send(charge, subject="Bukti bayar menunggu dicek")


def _remind(charge: Charge) -> bool:
    """Marked first: a shop rather misses a reminder than gets ten."""
    unmarked = Charge.objects.filter(pk=charge.pk, reminded_at__isnull=True)
    if not unmarked.update(reminded_at=timezone.now()):
        return False
    _send(charge, subject="Pengingat: bukti bayar belum dicek")
    return True


def _send(charge: Charge, *, subject: str) -> None:
    for part in charge.parts.select_related("order__shop__owner"):
        words = {"order": part.order, "url": settings.SITE_URL + reverse("payments:proofs")}
        text = render_to_string("payments/mail/proof.txt", words)
        send_mail(f"Pasar Malam · {subject}", text, None, [part.order.shop.owner.email])
