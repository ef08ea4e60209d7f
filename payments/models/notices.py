"""The gateway's messages as they came."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class GatewayNotice(models.Model):
    """A message from the gateway; stored first, acted on afterwards, once."""

    class Verdict(models.TextChoices):
        WAITING = "waiting", _("Menunggu diproses")
        APPLIED = "applied", _("Diterapkan")
        STALE = "stale", _("Sudah diketahui")  # an older or repeated state: changes nothing
        LATE = "late", _("Uang datang terlambat")  # paid after the units went back
        UNKNOWN_ORDER = "unknown_order", _("Tagihan tidak dikenal")
        WRONG_AMOUNT = "wrong_amount", _("Jumlah berbeda")
        NOT_CONFIRMED = "not_confirmed", _("Tidak dibenarkan gerbang")  # its own status call says otherwise
        FORGED = "forged", _("Tanda tangan salah")

    dedupe = models.CharField(max_length=200, unique=True)
    order_number = models.CharField(max_length=64)
    status = models.CharField(max_length=30)
    raw = models.JSONField()  # the fields that are understood
    body = models.TextField(blank=True)  # all of it, as it was sent
    times_heard = models.PositiveIntegerField(default=1)
    received_at = models.DateTimeField(default=timezone.now)
    handled_at = models.DateTimeField(null=True, blank=True)
    verdict = models.CharField(max_length=16, choices=Verdict.choices, default=Verdict.WAITING)

    class Meta:
        indexes = [
            models.Index(
                name="payments_notices_waiting", fields=["id"], condition=models.Q(handled_at__isnull=True)
            ),
            models.Index(
                name="payments_notices_forged", fields=["received_at"], condition=models.Q(verdict="forged")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order_number} {self.status}"
