"""The line for goods that are sold out."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from catalog.models import Variant
from livestream.models import LiveSession


class TurnQuerySet(models.QuerySet["Turn"]):
    def open(self) -> Self:
        """Those who wait, and those whose turn it is."""
        return self.filter(ended_at__isnull=True)

    def waiting(self) -> Self:
        return self.filter(ended_at__isnull=True, called_at__isnull=True)

    def called(self) -> Self:
        """Units are set aside for them at this moment."""
        return self.filter(ended_at__isnull=True, called_at__isnull=False)


class Turn(models.Model):
    """One person's place in the line for one variant, and the units that are held once it is their turn.

    The database calls whoever is next, in the statement that puts units back on the shelf. The stock row's
    lock guards the line: whoever writes here has it.
    """

    class Ending(models.TextChoices):
        BOUGHT = "bought"
        LEFT = "left"
        LAPSED = "lapsed"

    variant = models.ForeignKey(Variant, models.PROTECT, related_name="+", db_index=False)
    user = models.ForeignKey(User, models.CASCADE, related_name="turns", db_index=False)
    # The show in which somebody joined: while it runs, its clock counts.
    session = models.ForeignKey(LiveSession, models.SET_NULL, null=True, blank=True, related_name="+")
    quantity = models.PositiveSmallIntegerField(default=1)
    created_at = models.DateTimeField(default=timezone.now)
    called_at = models.DateTimeField(null=True, blank=True)
    called_ms = models.PositiveBigIntegerField(null=True, blank=True)  # by the clock of a show that ran
    held = models.PositiveSmallIntegerField(default=0)  # no more than came back, no more than was asked for
    told_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ending = models.CharField(max_length=6, choices=Ending.choices, blank=True)
    order_id = models.BigIntegerField(null=True, blank=True)  # what became of it, in the app above

    objects = TurnQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="deals_one_place_in_a_line",
                fields=["user", "variant"],
                condition=Q(ended_at__isnull=True),
            ),
            models.CheckConstraint(
                name="deals_a_place_is_for_something", condition=Q(quantity__range=(1, 99))
            ),
            models.CheckConstraint(
                name="deals_units_are_held_for_whose_turn_it_is",
                condition=Q(held=0, called_at__isnull=True)
                | Q(held=0, ended_at__isnull=False)
                | Q(
                    held__gt=0, held__lte=models.F("quantity"), called_at__isnull=False, ended_at__isnull=True
                ),
            ),
            models.CheckConstraint(
                name="deals_a_place_ends_in_some_way",
                condition=Q(ended_at__isnull=True, ending="") | (Q(ended_at__isnull=False) & ~Q(ending="")),
            ),
        ]
        indexes = [
            models.Index(name="deals_lines", fields=["variant", "id"], condition=Q(ended_at__isnull=True)),
            models.Index(
                name="deals_turns_called",
                fields=["id"],
                condition=Q(ended_at__isnull=True, called_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.quantity} x {self.variant_id}"

    @property
    def is_called(self) -> bool:
        return self.called_at is not None and self.ended_at is None

    @property
    def is_by_show(self) -> bool:
        """Whether the show's clock counts: it stands still while the host's network is gone."""
        return self.called_ms is not None and self.session is not None and self.session.is_on_air

    @property
    def lapses_ms(self) -> int:
        """By the clock of its show."""
        return (self.called_ms or 0) + settings.TURN_SECONDS * 1000

    def lapses_at(self, now: datetime | None = None) -> datetime:
        """By the clock on the wall, as far as can be said now."""
        assert self.called_at is not None
        if self.called_ms is None or self.session is None:
            return self.called_at + timedelta(seconds=settings.TURN_SECONDS_LATER)
        if self.session.ended_at:  # what was left of the show's minutes counts from its end
            left = max(0, self.lapses_ms - self.session.clock_ms())
            return self.session.ended_at + timedelta(milliseconds=left)
        now = now or timezone.now()
        return now + timedelta(milliseconds=self.lapses_ms - self.session.clock_ms(now))

    def is_over(self, now: datetime) -> bool:
        return self.is_called and self.lapses_at(now) <= now
