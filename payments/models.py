"""Charges at the gateway, and everything the gateway told us."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from orders.models import Order


class Charge(models.Model):
    """One wish to be paid for an order, and what the gateway answered."""

    class State(models.TextChoices):
        WANTED = "wanted"  # recorded, the gateway not yet asked or its answer unknown
        PENDING = "pending"
        PAID = "paid"
        FAILED = "failed"
        EXPIRED = "expired"
        REFUNDED = "refunded"

    order = models.OneToOneField(Order, models.PROTECT, related_name="charge")
    method = models.CharField(max_length=8, choices=Order.Method.choices)
    amount = models.PositiveBigIntegerField()  # rupiah
    state = models.CharField(max_length=8, choices=State.choices, default=State.WANTED)
    # How far along the gateway's own story is; only a higher rank changes anything.
    rank = models.PositiveSmallIntegerField(default=0)
    transaction_id = models.CharField(max_length=64, blank=True)
    qr_string = models.TextField(blank=True)
    va_number = models.CharField(max_length=40, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    paid_at = models.DateTimeField(null=True, blank=True)
    asked_at = models.DateTimeField(null=True, blank=True)  # the gateway, by itself, last time
    refund_wanted_at = models.DateTimeField(null=True, blank=True)
    failure = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return f"{self.order_id} {self.method} {self.state}"


class GatewayNotice(models.Model):
    """A message from the gateway as it came; stored first, acted on afterwards, once."""

    class Verdict(models.TextChoices):
        WAITING = "waiting"
        APPLIED = "applied"
        STALE = "stale"  # an older or repeated state: changes nothing
        UNKNOWN_ORDER = "unknown_order"
        WRONG_AMOUNT = "wrong_amount"
        NOT_CONFIRMED = "not_confirmed"  # the gateway's own status call says otherwise

    dedupe = models.CharField(max_length=200, unique=True)
    order_number = models.CharField(max_length=64)
    status = models.CharField(max_length=30)
    raw = models.JSONField()
    received_at = models.DateTimeField(default=timezone.now)
    handled_at = models.DateTimeField(null=True, blank=True)
    verdict = models.CharField(max_length=16, choices=Verdict.choices, default=Verdict.WAITING)

    class Meta:
        indexes = [
            models.Index(
                name="payments_notices_waiting", fields=["id"], condition=models.Q(handled_at__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order_number} {self.status}"
