"""Who did what to money, goods and rights; only ever added to."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User


class Act(models.TextChoices):
    STOCK = "stock", _("Stok diubah")
    PRICE = "price", _("Harga diubah")
    CANCEL = "cancel", _("Pesanan dibatalkan")
    REFUSED_PARCEL = "refused", _("Paket ditolak dicatat")
    PROOF = "proof", _("Pembayaran diputuskan")
    TRANSFER = "transfer", _("Pengembalian dicatat")
    TILL = "till", _("Cara bayar diubah")
    ACCOUNT = "account", _("Rekening diubah")
    PAYOUT = "payout", _("Pencairan diputuskan")
    FEES = "fees", _("Biaya pasar diubah")
    INVITED = "invited", _("Anggota diundang")
    JOINED = "joined", _("Anggota bergabung")
    ROLE = "role", _("Peran diubah")
    REMOVED = "removed", _("Anggota dicabut")


class Entry(models.Model):
    """One act of one person. The database refuses to change it, and to forget it before its time."""

    actor = models.ForeignKey(User, models.PROTECT, related_name="+")
    is_by_staff = models.BooleanField(default=False)  # acted for the market, not for the shop
    act = models.CharField(max_length=10, choices=Act.choices)
    shop_id = models.BigIntegerField(null=True, blank=True)  # opaque here
    about = models.CharField(max_length=120)  # the thing, as people call it
    before: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)
    after: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name_plural = "entries"
        indexes = [
            models.Index(name="audit_of_a_shop", fields=["shop_id", "-id"]),
            models.Index(name="audit_by_age", fields=["at"]),
        ]

    def __str__(self) -> str:
        return f"{self.actor_id} {self.act} {self.about}"

    @property
    def changes(self) -> list[tuple[str, Any, Any]]:
        """(what, before, after)"""
        names = list(dict.fromkeys([*self.before, *self.after]))
        return [(name, self.before.get(name, ""), self.after.get(name, "")) for name in names]
