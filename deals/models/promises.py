"""Goods that somebody will win: kept apart from the day they are promised."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from catalog.models import Variant
from livestream.models import LiveSession


class Promise(models.Model):
    """So many units of a variant, set aside until winners have bought them or the stall has them back.

    Units that are set aside for it are those that were neither released nor are in an order that uses an
    award of it: nothing else is counted, so nothing can be counted wrong.
    """

    session = models.ForeignKey(LiveSession, models.PROTECT, related_name="%(class)ss")
    variant = models.ForeignKey(Variant, models.PROTECT, related_name="+")
    units = models.PositiveSmallIntegerField()
    released = models.PositiveSmallIntegerField(default=0)  # units that everybody can buy again
    # Moments of the session's commerce clock; empty while it is only announced.
    starts_ms = models.PositiveBigIntegerField(null=True, blank=True)
    ends_ms = models.PositiveBigIntegerField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True, blank=True)  # it is decided who comes first
    # Once closed: when somebody's time to buy runs out; empty when no unit is set aside any more.
    look_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_promises_something", condition=Q(units__gt=0)
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_releases_what_it_has", condition=Q(released__lte=F("units"))
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_ends_after_it_starts",
                condition=Q(starts_ms__isnull=True, ends_ms__isnull=True)
                | Q(starts_ms__isnull=False, ends_ms__isnull=False, ends_ms__gte=F("starts_ms")),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_is_settled_after_it_closed",
                condition=Q(look_at__isnull=True) | Q(closed_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                name="%(app_label)s_%(class)s_open", fields=["session"], condition=Q(closed_at__isnull=True)
            ),
            models.Index(
                name="%(app_label)s_%(class)s_due", fields=["look_at"], condition=Q(look_at__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.session_id}: {self.units} x {self.variant_id}"
