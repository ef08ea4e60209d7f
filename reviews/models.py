"""What buyers say of what they received."""

from __future__ import annotations

from datetime import timedelta
from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from catalog.models import Duty, Product, Shop
from kit.pictures.rows import PictureRow
from orders.models import OrderLine

EDITABLE_FOR = timedelta(days=30)
MOST_STARS = 5


class ReviewQuerySet(models.QuerySet["Review"]):
    def shown(self) -> Self:
        return self.filter(hidden_at__isnull=True)

    def of_author(self, user: User) -> Self:
        return self.filter(author=user)

    def of_seller(self, user: User) -> Self:
        return self.filter(shop__in=Shop.objects.run_by(user, Duty.SHOP))


class Review(models.Model):
    """Stars and words about one line of a received order."""

    line = models.OneToOneField(OrderLine, models.PROTECT, related_name="review")
    author = models.ForeignKey(User, models.PROTECT, related_name="reviews")
    # Of the line's variant, so that a product's reviews are found without a join.
    product = models.ForeignKey(Product, models.PROTECT, related_name="reviews")
    shop = models.ForeignKey(Shop, models.PROTECT, related_name="reviews")
    stars = models.PositiveSmallIntegerField(validators=[MinValueValidator(1), MaxValueValidator(MOST_STARS)])
    text = models.CharField(max_length=600, blank=True)  # as everybody may see it
    original = models.CharField(max_length=600, blank=True)  # only where something in it was masked
    bought_live_at = models.DateTimeField(null=True, blank=True)  # when it was ordered in a show
    created_at = models.DateTimeField(default=timezone.now)
    edited_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(max_length=600, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    hidden_at = models.DateTimeField(null=True, blank=True)
    hidden_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    hidden_reason = models.CharField(max_length=200, blank=True)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="reviews_one_to_five_stars", condition=Q(stars__gte=1, stars__lte=MOST_STARS)
            ),
            models.CheckConstraint(
                name="reviews_who_hides_one_says_why",
                condition=Q(hidden_at__isnull=True, hidden_by__isnull=True, hidden_reason="")
                | (Q(hidden_at__isnull=False, hidden_by__isnull=False) & ~Q(hidden_reason="")),
            ),
        ]
        indexes = [
            models.Index(
                name="reviews_of_a_product", fields=["product", "-id"], condition=Q(hidden_at__isnull=True)
            ),
            models.Index(
                name="reviews_of_a_shop", fields=["shop", "-id"], condition=Q(hidden_at__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.product_id}: {self.stars}"

    @property
    def is_editable(self) -> bool:
        return self.hidden_at is None and timezone.now() < self.created_at + EDITABLE_FOR


class ReviewPhoto(PictureRow):
    review = models.ForeignKey(Review, models.CASCADE, related_name="photos")

    def __str__(self) -> str:
        return f"{self.review_id}"


class Report(models.Model):
    """Somebody says that a review should not be there; staff looks. Nothing is hidden by itself."""

    class Reason(models.TextChoices):
        RUDE = "rude", _("Kasar atau menghina")
        FALSE = "false", _("Bukan tentang barang ini")
        PRIVATE = "private", _("Ada data pribadi")
        ADVERT = "advert", _("Iklan atau tautan")

    review = models.ForeignKey(Review, models.CASCADE, related_name="reports")
    reporter = models.ForeignKey(User, models.CASCADE, related_name="+")
    reason = models.CharField(max_length=7, choices=Reason.choices)
    created_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="reviews_one_report_of_each", fields=["review", "reporter"]),
        ]
        indexes = [
            models.Index(name="reviews_reports_open", fields=["id"], condition=Q(closed_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"{self.review_id}: {self.reason}"
