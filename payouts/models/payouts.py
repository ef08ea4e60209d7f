"""Money on its way to shops and creators, in batches with one file each."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from payouts.models.accounts import BankAccount


class Payee(models.TextChoices):
    SHOP = "shop", _("Lapak")
    AFFILIATE = "affiliate", _("Afiliasi")


class PayoutBatch(models.Model):
    """What goes to the bank in one file. The file is kept as it was first written."""

    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    file = models.TextField(blank=True)  # CSV; account numbers in it are sealed with the whole text
    digest = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name_plural = "payout batches"
        permissions = [("run_payouts", "Can make payout batches and say how they ended")]

    def __str__(self) -> str:
        return f"#{self.pk}"


class Payout(models.Model):
    """One sum to one person: in exactly one batch, and so in exactly one file."""

    class State(models.TextChoices):
        SENT = "sent", _("Dikirim ke bank")
        PAID = "paid", _("Sudah masuk rekening")
        FAILED = "failed", _("Gagal, kembali ke saldo")
        RETURNED = "returned", _("Dikembalikan bank")

    batch = models.ForeignKey(PayoutBatch, models.PROTECT, related_name="payouts")
    payee = models.CharField(max_length=9, choices=Payee.choices)
    owner_id = models.BigIntegerField()  # the shop's or the affiliate's number, as in the books
    user = models.ForeignKey(User, models.PROTECT, related_name="payouts")
    account = models.ForeignKey(BankAccount, models.PROTECT, related_name="+")
    amount = models.PositiveBigIntegerField()  # rupiah
    state = models.CharField(max_length=8, choices=State.choices, default=State.SENT)
    made_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)
    returned_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    bank_reference = models.CharField(max_length=60, blank=True)
    reason = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="payouts_one_under_way_for_a_payee",
                fields=["payee", "owner_id"],
                condition=Q(state="sent"),
            ),
            models.UniqueConstraint(
                name="payouts_a_payee_is_once_in_a_batch", fields=["batch", "payee", "owner_id"]
            ),
            models.CheckConstraint(name="payouts_a_payout_is_of_something", condition=Q(amount__gt=0)),
            models.CheckConstraint(
                name="payouts_an_ended_payout_knows_when",
                condition=Q(state="sent", ended_at__isnull=True)
                | (~Q(state="sent") & Q(ended_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="payouts_what_went_wrong_has_a_reason",
                condition=Q(state__in=["sent", "paid"]) | ~Q(reason=""),
            ),
        ]
        indexes = [models.Index(name="payouts_of_payee", fields=["payee", "owner_id", "-made_at"])]

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        """What stands in the bank's file, and by which its answer finds the row."""
        return f"PM-{self.batch_id}-{self.pk}"
