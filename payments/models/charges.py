"""What was asked of a gateway, or of a shop's own till, for one order or several at once."""

from __future__ import annotations

import secrets

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from orders.models import NUMBER_ALPHABET, Order


class Purpose(models.TextChoices):
    """What a part of a charge pays of its order."""

    PRICE = "price"  # all of it
    DEPOSIT = "deposit"  # ahead of a parcel that is paid at the door
    DOOR = "door"  # what the courier takes there
    EXTRA = "extra"  # what came although another payment had paid it: it goes back


def new_reference() -> str:
    """The name under which a joint payment of several orders stands at the gateway."""
    return "PB" + "".join(secrets.choice(NUMBER_ALPHABET) for _ in range(12))


class Charge(models.Model):
    """One wish to be paid, and what was answered. Its parts say for which orders."""

    class State(models.TextChoices):
        WANTED = "wanted"  # recorded, the gateway not yet asked or its answer unknown
        PENDING = "pending"
        PAID = "paid"
        FAILED = "failed"
        EXPIRED = "expired"
        REFUNDED = "refunded"

    reference = models.CharField(max_length=40, unique=True, default=new_reference)
    method = models.CharField(max_length=12, choices=Order.Method.choices)
    amount = models.PositiveBigIntegerField()  # rupiah
    # Added to a bank transfer so that the shop finds it among others; it is the shop's own.
    unique_code = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WANTED)
    # How far along the gateway's own story is; only a higher rank changes anything.
    rank = models.PositiveSmallIntegerField(default=0)
    transaction_id = models.CharField(max_length=64, blank=True)
    qr_string = models.TextField(blank=True)
    va_number = models.CharField(max_length=40, blank=True)
    pay_url = models.CharField(max_length=500, blank=True)  # the gateway's page or the wallet's app
    expires_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    paid_at = models.DateTimeField(null=True, blank=True)
    asked_at = models.DateTimeField(null=True, blank=True)  # the gateway, by itself, last time
    reminded_at = models.DateTimeField(null=True, blank=True)  # the shop, of a proof that waits
    failure = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="payments_a_charge_is_of_something", condition=Q(amount__gt=0)),
            models.CheckConstraint(
                name="payments_a_paid_charge_knows_when",
                condition=~Q(state="paid") | Q(paid_at__isnull=False),
            ),
            models.CheckConstraint(
                name="payments_a_unique_code_has_three_digits", condition=Q(unique_code__lt=1000)
            ),
        ]
        indexes = [
            models.Index(
                name="payments_open_charges",
                fields=["created_at"],
                condition=Q(state__in=["wanted", "pending"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.method} {self.state}"

    @property
    def sum_to_send(self) -> int:
        """What a bank transfer must be of, to the rupiah."""
        return self.amount + self.unique_code

    @property
    def is_open(self) -> bool:
        return self.state in (self.State.WANTED, self.State.PENDING)


class ChargePart(models.Model):
    """How much of a charge belongs to which order."""

    charge = models.ForeignKey(Charge, models.PROTECT, related_name="parts")
    order = models.ForeignKey(Order, models.PROTECT, related_name="charge_parts")
    purpose = models.CharField(max_length=7, choices=Purpose.choices, default=Purpose.PRICE)
    amount = models.PositiveBigIntegerField()  # rupiah
    # What left for the buyer or is promised to: written by refunds, under the order's lock.
    returned = models.PositiveBigIntegerField(default=0)
    # When its buyer chose another way to pay, because this one had failed. Its money may come all the same.
    replaced_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="payments_an_order_is_charged_once_for_a_purpose",
                fields=["order", "purpose"],
                condition=Q(replaced_at__isnull=True) & ~Q(purpose="extra"),
            ),
            models.CheckConstraint(
                name="payments_no_more_goes_back_than_came", condition=Q(returned__lte=F("amount"))
            ),
            models.CheckConstraint(name="payments_a_part_is_of_something", condition=Q(amount__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.order_id} {self.purpose} {self.amount}"
