"""Who came to a session on air and what they looked at, by marks that lead to nobody."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog.models import Product
from livestream.models.sessions import LiveSession


class VisitSource(models.TextChoices):
    """How somebody found the way into a room."""

    DIRECT = "direct", _("Langsung")
    FRONT = "front", _("Beranda")
    LOBBY = "lobby", _("Daftar live")
    SHOP = "shop", _("Halaman lapak")
    PRODUCT = "product", _("Halaman produk")
    MARKET = "market", _("Halaman lain di pasar")
    REMINDER = "reminder", _("Pengingat")
    AFFILIATE = "affiliate", _("Tautan afiliasi")
    WHATSAPP = "whatsapp", "WhatsApp"
    TELEGRAM = "telegram", "Telegram"
    LINK = "link", _("Tautan yang disalin")
    QR = "qr", _("Kode QR")
    ELSEWHERE = "elsewhere", _("Situs lain")


class Visit(models.Model):
    """Somebody who entered a session on air, once. The seat means nothing outside this session."""

    session = models.ForeignKey(LiveSession, models.CASCADE, related_name="visits")
    seat = models.BigIntegerField()  # livestream.room.seats.mark
    source = models.CharField(max_length=9, choices=VisitSource.choices, default=VisitSource.DIRECT)
    entered_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="livestream_a_seat_enters_once", fields=["session", "seat"]),
        ]

    def __str__(self) -> str:
        return f"{self.session_id}: {self.source}"


class ProductTap(models.Model):
    """Somebody in a room on air who opened the buy sheet of a product: the first time counts."""

    session = models.ForeignKey(LiveSession, models.CASCADE, related_name="taps")
    product = models.ForeignKey(Product, models.CASCADE, related_name="+")
    seat = models.BigIntegerField()  # as in Visit
    at_ms = models.PositiveBigIntegerField()  # of the media clock, as pins and orders have it
    tapped_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="livestream_a_seat_taps_a_product_once", fields=["session", "product", "seat"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.session_id}: {self.product_id} @{self.at_ms}"
