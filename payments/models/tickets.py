"""What a person has to look at before money is where it belongs."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from orders.models import Order
from payments.models.charges import Charge
from payments.models.notices import GatewayNotice
from payments.models.refunds import Refund


class Ticket(models.Model):
    class Kind(models.TextChoices):
        LATE_MONEY = "late_money", _("Uang datang setelah barang habis")
        PAID_TWICE = "paid_twice", _("Dibayar dua kali")
        WRONG_AMOUNT = "wrong_amount", _("Jumlah dari gerbang berbeda")
        UNKNOWN_ORDER = "unknown_order", _("Uang untuk tagihan yang tidak dikenal")
        NOT_CONFIRMED = "not_confirmed", _("Notifikasi yang tidak dibenarkan gerbang")
        FORGED = "forged", _("Notifikasi dengan tanda tangan salah")
        UNASKED_REFUND = "unasked_refund", _("Pengembalian yang tidak kita minta")
        CHARGEBACK = "chargeback", _("Tagihan balik dari bank")
        REFUND_BY_HAND = "refund_by_hand", _("Pengembalian lewat transfer bank")
        SILENT_SHOP = "silent_shop", _("Lapak tidak mengecek bukti bayar")
        DIFFERENCE = "difference", _("Beda dengan laporan gerbang")
        RETURN_STUCK = "return_stuck", _("Retur yang uangnya tidak bisa dikembalikan")
        BOOKS = "books", _("Buku tidak cocok")

    kind = models.CharField(max_length=14, choices=Kind.choices)
    # Names the happening: told twice, it is one ticket.
    key = models.CharField(max_length=120, unique=True)
    reference = models.CharField(max_length=64, blank=True)  # as the gateway or we call the payment
    amount = models.BigIntegerField(default=0)  # rupiah, as the happening is about
    facts: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict, blank=True)
    order = models.ForeignKey(Order, models.PROTECT, null=True, blank=True, related_name="tickets")
    charge = models.ForeignKey(Charge, models.PROTECT, null=True, blank=True, related_name="tickets")
    notice = models.ForeignKey(GatewayNotice, models.PROTECT, null=True, blank=True, related_name="tickets")
    refund = models.ForeignKey(Refund, models.PROTECT, null=True, blank=True, related_name="tickets")
    opened_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        indexes = [
            models.Index(
                name="payments_tickets_open", fields=["opened_at"], condition=Q(closed_at__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.reference}"


class TicketNote(models.Model):
    """What somebody did about a ticket, or why it is closed. Only ever added."""

    ticket = models.ForeignKey(Ticket, models.CASCADE, related_name="notes")
    author = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    text = models.CharField(max_length=500)
    written_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.text[:40]
