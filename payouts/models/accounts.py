"""Where people want their money."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from kit.sealed import unseal

# The code by which banks call each other, and the name people know.
BANKS: dict[str, str] = {
    "014": "BCA",
    "002": "BRI",
    "009": "BNI",
    "008": "Mandiri",
    "451": "BSI",
    "200": "BTN",
    "022": "CIMB Niaga",
    "013": "Permata",
    "011": "Danamon",
    "028": "OCBC",
    "213": "BTPN / Jenius",
    "542": "Bank Jago",
    "535": "SeaBank",
    "147": "Muamalat",
    "426": "Mega",
}


class BankAccount(models.Model):
    """One account of one person. A change is a new row; what was paid out keeps pointing to the old one."""

    user = models.ForeignKey(User, models.PROTECT, related_name="bank_accounts")
    bank = models.CharField(max_length=3, choices=list(BANKS.items()))
    sealed_number = models.TextField()
    last_digits = models.CharField(max_length=4)
    holder = models.CharField(max_length=80)
    created_at = models.DateTimeField(default=timezone.now)
    confirmed_at = models.DateTimeField(null=True, blank=True)  # by the person, through a mail
    usable_from = models.DateTimeField(null=True, blank=True)
    replaced_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="payouts_one_account_in_use",
                fields=["user"],
                condition=Q(confirmed_at__isnull=False, replaced_at__isnull=True),
            ),
            models.CheckConstraint(
                name="payouts_a_confirmed_account_knows_since_when",
                condition=Q(confirmed_at__isnull=True, usable_from__isnull=True)
                | Q(confirmed_at__isnull=False, usable_from__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.bank_name} ••••{self.last_digits}"

    @property
    def bank_name(self) -> str:
        return BANKS.get(self.bank, self.bank)

    @property
    def number(self) -> str:
        """In full: for the bank's file and nobody's screen."""
        return unseal(self.sealed_number)
