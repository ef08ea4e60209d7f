"""How a shop is paid, and what the market has paused."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from catalog.models import Shop
from orders.models import Order


class ShopTill(models.Model):
    """A shop's own QRIS sticker and bank account, and the ways to pay that it does not want.

    COD is not among them: `Shop.accepts_cod` says it, because the order function reads it there.
    """

    shop = models.OneToOneField(Shop, models.CASCADE, primary_key=True, related_name="till")
    refused_methods = ArrayField(models.CharField(max_length=12), default=list, blank=True)
    # The sticker as it was read, offered only after the owner has looked at the name on it.
    qris_payload = models.CharField(max_length=512, blank=True)
    qris_name = models.CharField(max_length=25, blank=True)
    qris_city = models.CharField(max_length=15, blank=True)
    qris_nmid = models.CharField(max_length=15, blank=True)
    qris_confirmed_at = models.DateTimeField(null=True, blank=True)
    bank = models.CharField(max_length=40, blank=True)
    account_number = models.CharField(max_length=20, blank=True)
    account_name = models.CharField(max_length=80, blank=True)
    uses_unique_code = models.BooleanField(default=True)
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="payments_a_confirmed_sticker_can_be_paid",
                condition=Q(qris_confirmed_at__isnull=True) | ~Q(qris_payload="") & ~Q(qris_nmid=""),
            ),
            models.CheckConstraint(
                name="payments_a_bank_account_is_whole",
                condition=Q(bank="", account_number="", account_name="")
                | ~Q(bank="") & ~Q(account_name="") & Q(account_number__regex=r"^\d{5,20}$"),
            ),
        ]

    def __str__(self) -> str:
        return f"till of {self.shop_id}"

    @property
    def has_qris(self) -> bool:
        return self.qris_confirmed_at is not None

    @property
    def has_account(self) -> bool:
        return bool(self.account_number)


class MethodPause(models.Model):
    """A way to pay that the market offers nowhere for the time being."""

    method = models.CharField(max_length=12, primary_key=True, choices=Order.Method.choices)
    reason = models.CharField(max_length=200)
    paused_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    paused_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.method
