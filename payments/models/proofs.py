"""A buyer's picture of having paid a shop directly: it proves nothing until the shop has looked."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from payments.models.charges import Charge


class Proof(models.Model):
    class Verdict(models.TextChoices):
        WAITING = "waiting", _("Menunggu dicek lapak")
        ACCEPTED = "accepted", _("Uang sudah masuk")
        REJECTED = "rejected", _("Uang belum terlihat")

    charge = models.ForeignKey(Charge, models.PROTECT, related_name="proofs")
    key = models.CharField(max_length=32)  # a private picture
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    widths = ArrayField(models.PositiveIntegerField())
    note = models.CharField(max_length=200, blank=True)
    sent_at = models.DateTimeField(default=timezone.now)
    verdict = models.CharField(max_length=8, choices=Verdict.choices, default=Verdict.WAITING)
    reason = models.CharField(max_length=200, blank=True)
    judged_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    judged_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="payments_one_proof_of_a_charge_waits", fields=["charge"], condition=Q(verdict="waiting")
            ),
            models.CheckConstraint(
                name="payments_a_judged_proof_has_a_judge",
                condition=Q(verdict="waiting", judged_at__isnull=True)
                | (~Q(verdict="waiting") & Q(judged_at__isnull=False)),
            ),
        ]
        indexes = [
            models.Index(name="payments_proofs_waiting", fields=["sent_at"], condition=Q(verdict="waiting")),
        ]

    def __str__(self) -> str:
        return f"{self.charge_id} {self.verdict}"
