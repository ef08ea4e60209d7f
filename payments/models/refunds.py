"""Money on its way back to a buyer: all of an order, some of its lines, or its shipping."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from orders.models import Order, OrderLine
from payments.models.charges import ChargePart


class Refund(models.Model):
    """One decision to give money back. Its key makes it happen once."""

    class State(models.TextChoices):
        WANTED = "wanted", _("Menunggu dikembalikan")
        NEEDS_ACCOUNT = "needs_account", _("Menunggu nomor rekening")  # nothing else sends it back
        BANK = "bank", _("Ditransfer ke rekening")  # known, to be paid by hand
        SENT = "sent", _("Sudah dikembalikan")

    order = models.ForeignKey(Order, models.PROTECT, related_name="refunds")
    part = models.ForeignKey(ChargePart, models.PROTECT, related_name="refunds")
    key = models.CharField(max_length=60, unique=True)
    reason = models.CharField(max_length=200)
    amount = models.PositiveBigIntegerField()  # rupiah, shipping included
    shipping_amount = models.PositiveBigIntegerField(default=0)
    state = models.CharField(max_length=14, choices=State.choices, default=State.WANTED)
    wanted_at = models.DateTimeField(default=timezone.now)
    asked_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    refusal = models.CharField(max_length=200, blank=True)  # the gateway's, in its own words

    class Meta:
        constraints = [
            models.CheckConstraint(name="payments_a_refund_is_of_something", condition=Q(amount__gt=0)),
            models.CheckConstraint(
                name="payments_shipping_is_part_of_its_refund",
                condition=Q(shipping_amount__lte=models.F("amount")),
            ),
            models.CheckConstraint(
                name="payments_a_sent_refund_knows_when",
                condition=Q(state="sent", sent_at__isnull=False)
                | (~Q(state="sent") & Q(sent_at__isnull=True)),
            ),
        ]
        indexes = [
            models.Index(name="payments_refunds_to_send", fields=["wanted_at"], condition=Q(state="wanted")),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.amount} {self.state}"


class RefundLine(models.Model):
    """The units of one line that a refund is for, and what the buyer had paid for them."""

    refund = models.ForeignKey(Refund, models.CASCADE, related_name="lines")
    line = models.ForeignKey(OrderLine, models.PROTECT, related_name="refund_lines")
    units = models.PositiveIntegerField()
    amount = models.PositiveBigIntegerField()  # after the voucher's part

    class Meta:
        constraints = [
            models.UniqueConstraint(name="payments_a_line_is_once_in_a_refund", fields=["refund", "line"]),
            models.CheckConstraint(name="payments_a_refunded_line_has_units", condition=Q(units__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.units} of {self.line_id}"


class BankRefund(models.Model):
    """A refund that somebody has to transfer by hand, and where to."""

    class Payer(models.TextChoices):
        MARKET = "market", _("Pasar Malam")
        SHOP = "shop", _("Lapak")  # it took the money itself

    refund = models.OneToOneField(Refund, models.PROTECT, related_name="bank")
    payer = models.CharField(max_length=6, choices=Payer.choices)
    bank = models.CharField(max_length=40, blank=True)
    account_number = models.CharField(max_length=400, blank=True)  # sealed
    account_name = models.CharField(max_length=80, blank=True)
    given_at = models.DateTimeField(null=True, blank=True)
    transfer_note = models.CharField(max_length=100, blank=True)  # the bank's reference
    paid_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    paid_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="payments_a_paid_bank_refund_had_an_account",
                condition=Q(paid_at__isnull=True) | Q(given_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.refund_id} by {self.payer}"
