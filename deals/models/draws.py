"""Giveaways and fair drops: whoever entered in time has the same chance, and anybody can check it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from deals.fairness import commitment_to, new_salt, new_seed
from deals.models.promises import Promise
from livestream.models import new_code


class Draw(Promise):
    """A prize for some of those who enter in time, or the right to buy what too many want.

    The seed is a secret until the draw is held. Nothing but `operations.hold_draw` may show it.
    """

    class Kind(models.TextChoices):
        GIVEAWAY = "giveaway", _("Hadiah")
        DROP = "drop", _("Antrean adil")

    class Task(models.TextChoices):
        NONE = "none", _("Tanpa tugas")
        WORD = "word", _("Tulis satu kata di obrolan")
        WATCH = "watch", _("Menonton beberapa menit")
        FOLLOW = "follow", _("Mengikuti lapak")

    code = models.SlugField(unique=True, default=new_code)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    price = models.PositiveIntegerField(default=0)  # rupiah each; a gift costs nothing
    task = models.CharField(max_length=8, choices=Task.choices, default=Task.NONE)
    word = models.CharField(max_length=30, blank=True)
    watch_minutes = models.PositiveSmallIntegerField(default=0)
    salt = models.CharField(max_length=32, default=new_salt)
    seed = models.CharField(max_length=64, default=new_seed)
    commitment = models.CharField(max_length=64)
    entrants = models.PositiveIntegerField(default=0)  # counted when the list is closed

    class Meta(Promise.Meta):
        constraints = [
            *Promise.Meta.constraints,
            models.UniqueConstraint(
                name="deals_one_open_draw_of_a_kind",
                fields=["session", "kind"],
                condition=Q(closed_at__isnull=True),
            ),
            models.CheckConstraint(
                name="deals_a_gift_costs_nothing",
                condition=Q(kind="giveaway", price=0) | Q(kind="drop", price__gt=0),
            ),
            models.CheckConstraint(
                name="deals_a_task_says_what_to_do",
                condition=Q(task__in=["none", "follow"], word="", watch_minutes=0)
                | (Q(task="word", watch_minutes=0) & ~Q(word=""))
                | Q(task="watch", word="", watch_minutes__gt=0),
            ),
        ]

    @classmethod
    def sealed(cls, **fields: object) -> Draw:
        """A new draw, bound to a seed that nobody has seen."""
        draw = cls(**fields)
        draw.commitment = commitment_to(draw.seed)
        return draw

    @property
    def is_gift(self) -> bool:
        return self.kind == self.Kind.GIVEAWAY

    @property
    def shown_seed(self) -> str:
        """The seed once it may be known; empty before."""
        return self.seed if self.closed_at else ""


class DrawEntry(models.Model):
    """One person in the list of a draw, under the number that everybody may see."""

    draw = models.ForeignKey(Draw, models.PROTECT, related_name="entries")
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    entrant = models.CharField(max_length=64)
    place = models.PositiveIntegerField(null=True, blank=True)  # from 1, once drawn
    entered_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="deals_a_person_enters_once", fields=["draw", "user"]),
            models.UniqueConstraint(name="deals_a_number_stands_once_in_a_list", fields=["draw", "entrant"]),
            models.UniqueConstraint(name="deals_a_place_is_given_once", fields=["draw", "place"]),
        ]

    def __str__(self) -> str:
        return f"{self.draw_id}: {self.entrant[:8]}"
