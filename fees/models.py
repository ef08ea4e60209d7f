"""What the market takes, in versions that are announced, signed and never changed.

Shops and categories are numbers here: this app stands below them.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fees.arithmetic import Rule


class Kind(models.TextChoices):
    PLATFORM = "platform", _("Biaya pasar")
    PROCESSING = "processing", _("Biaya proses pesanan")
    PAYMENT = "payment", _("Biaya pembayaran")
    TAX = "tax", _("PPh Pasal 22")


class Scope(models.TextChoices):
    MARKET = "market", _("Semua lapak")
    CATEGORY = "category", _("Satu kategori")
    SHOP = "shop", _("Satu lapak")


class FeeSchedule(models.Model):
    """One version of all rules, from one moment on. The database refuses to change or delete it."""

    number = models.PositiveIntegerField(unique=True)
    in_force_from = models.DateTimeField()
    published_at = models.DateTimeField(default=timezone.now)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    note = models.CharField(max_length=300)
    rule_count = models.PositiveSmallIntegerField()  # the database takes no more rules than these
    document = models.TextField()  # canonical JSON of all that counts: this is what is signed
    digest = models.CharField(max_length=64, unique=True)  # sha256; the next version names it
    signature = models.CharField(max_length=128)
    public_key = models.CharField(max_length=64)

    class Meta:
        permissions = [("publish_schedule", "Can publish what the market takes")]
        constraints = [
            models.CheckConstraint(
                name="fees_a_version_is_published_before_it_holds",
                condition=Q(number=1) | Q(in_force_from__gte=F("published_at")),
            ),
        ]

    def __str__(self) -> str:
        return f"v{self.number}"


class FeeRule(models.Model):
    schedule = models.ForeignKey(FeeSchedule, models.PROTECT, related_name="rules")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=Kind.choices)
    label = models.CharField(max_length=80)  # what people read
    scope = models.CharField(max_length=8, choices=Scope.choices, default=Scope.MARKET)
    scope_id = models.BigIntegerField(null=True, blank=True)
    method = models.CharField(max_length=12, blank=True)
    business = models.CharField(max_length=5, blank=True, choices=[("micro", _("Usaha mikro"))])
    above = models.PositiveBigIntegerField(default=0)  # rupiah
    percent_bp = models.PositiveSmallIntegerField(default=0)
    fixed = models.PositiveBigIntegerField(default=0)  # rupiah
    least = models.PositiveBigIntegerField(default=0)
    most = models.PositiveBigIntegerField(null=True, blank=True)
    valid_from = models.DateTimeField(null=True, blank=True)
    valid_to = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="fees_a_rule_has_its_place", fields=["schedule", "position"]),
            models.CheckConstraint(
                name="fees_a_scope_names_whom_it_means",
                condition=Q(scope="market", scope_id__isnull=True)
                | (~Q(scope="market") & Q(scope_id__isnull=False)),
            ),
            models.CheckConstraint(
                name="fees_only_the_market_fee_knows_categories",
                condition=~Q(scope="category") | Q(kind="platform"),
            ),
            models.CheckConstraint(
                name="fees_a_rule_takes_no_more_than_ninety_percent", condition=Q(percent_bp__lte=9000)
            ),
            models.CheckConstraint(
                name="fees_the_most_is_not_below_the_least",
                condition=Q(most__isnull=True) | Q(most__gte=F("least")),
            ),
            models.CheckConstraint(
                name="fees_a_rule_ends_after_it_begins",
                condition=Q(valid_from__isnull=True)
                | Q(valid_to__isnull=True)
                | Q(valid_to__gt=F("valid_from")),
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def terms(self) -> Rule:
        return Rule(**{name: getattr(self, name) for name in Rule.__dataclass_fields__})


class Declaration(models.Model):
    """What a shop declared of itself: it lowers what is taken, from then on and not before."""

    class Kind(models.TextChoices):
        MICRO = "micro", _("Usaha mikro")
        SMALL_TURNOVER = "small", _("Omzet setahun paling banyak Rp500 juta")

    shop_id = models.BigIntegerField()
    kind = models.CharField(max_length=5, choices=Kind.choices)
    valid_from = models.DateTimeField(default=timezone.now)
    valid_to = models.DateTimeField(null=True, blank=True)
    declared_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(name="fees_declarations_of_shop", fields=["shop_id", "kind"])]
        constraints = [
            models.CheckConstraint(
                name="fees_a_declaration_ends_after_it_begins",
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.shop_id} {self.kind}"
