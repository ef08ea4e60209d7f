"""How goods travel: a shop's ways of sending, quotes, parcels, and what couriers tell of them."""

from __future__ import annotations

import re
import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from catalog.models import Shop
from shipping.states import FINAL, State

DURATION = re.compile(r"(\d+)(?:\s*-\s*(\d+))?\s*(day|hour)s?", re.IGNORECASE)
_days, _hours = _("%(count)s hari"), _("%(count)s jam")


class Way(models.TextChoices):
    """Who carries a parcel."""

    SELLER = "seller", _("Diantar penjual")
    PICKUP = "pickup", _("Ambil di tempat")
    COURIER = "courier", _("Kurir")


class Setup(models.Model):
    """How one shop sends. Without a row it asks its flat fee for each order."""

    shop = models.OneToOneField(Shop, models.CASCADE, related_name="shipping_setup")
    # The couriers that may be asked, by the aggregator's codes: jne, jnt, sicepat, anteraja, pos.
    couriers = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    # Where couriers fetch parcels, and where buyers fetch theirs.
    contact = models.CharField(max_length=80, blank=True)
    phone = models.CharField(max_length=16, blank=True)
    street = models.CharField(max_length=200, blank=True)
    postal_code = models.CharField(max_length=5, blank=True)
    offers_pickup = models.BooleanField(default=False)
    # Rupiah of goods from which the shop's own delivery costs nothing; empty: never.
    free_from = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="shipping_couriers_know_where_to_come",
                condition=Q(couriers=[]) | (~Q(postal_code="") & ~Q(street="") & ~Q(phone="")),
            ),
            models.CheckConstraint(
                name="shipping_a_pickup_has_a_place", condition=Q(offers_pickup=False) | ~Q(street="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.shop_id}"


class Tariff(models.Model):
    """What the shop's own delivery costs in one area; the longest code that fits a destination holds."""

    shop = models.ForeignKey(Shop, models.CASCADE, related_name="tariffs")
    area = models.CharField(max_length=8, blank=True)  # 34, 34.02, 34.02.16; empty: everywhere else
    place = models.CharField(max_length=130, blank=True)  # the area's name, for people
    fee = models.PositiveIntegerField()  # rupiah for each begun kilogram, or for the parcel
    is_per_kilogram = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="shipping_one_tariff_per_area", fields=["shop", "area"]),
            models.CheckConstraint(
                name="shipping_a_tariff_names_an_area",
                condition=Q(area="") | Q(area__regex=r"^\d\d(\.\d\d(\.\d\d)?)?$"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.area or '*'}: {self.fee}"


class Quote(models.Model):
    """What sending one basket to one place costs by one service; an order names it by its id."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    shop = models.ForeignKey(Shop, models.CASCADE, related_name="+", db_index=False)
    buyer = models.ForeignKey(User, models.CASCADE, related_name="+", db_index=False)
    # What it was computed for. An order of anything else, or to anywhere else, cannot use it.
    variants = ArrayField(models.BigIntegerField())
    quantities = ArrayField(models.IntegerField())
    area = models.CharField(max_length=13)
    postal_code = models.CharField(max_length=5, blank=True)
    grams = models.PositiveIntegerField()
    way = models.CharField(max_length=8, choices=Way.choices)
    courier = models.CharField(max_length=20, blank=True)
    service = models.CharField(max_length=30, blank=True)
    label = models.CharField(max_length=60)  # JNE Reguler
    duration = models.CharField(max_length=40, blank=True)  # 1 - 2 days
    fee = models.PositiveIntegerField()  # rupiah
    # What each further begun kilogram in the same parcel costs; nothing where weight makes no difference.
    per_kilogram = models.PositiveIntegerField(default=0, db_default=0)
    created_at = models.DateTimeField(default=timezone.now)
    valid_until = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(name="shipping_quotes_by_age", fields=["valid_until"]),
            models.Index(name="shipping_quotes_of_buyer", fields=["buyer", "shop"]),
        ]

    def __str__(self) -> str:
        return f"{self.label}: {self.fee}"

    @property
    def days(self) -> str:
        """How long it takes, as people read it; in the courier's own words where those are others."""
        found = DURATION.fullmatch(self.duration)
        if found is None:
            return self.duration
        first, last, unit = found.groups()
        count = f"{first}–{last}" if last else first
        return (_hours if unit.lower() == "hour" else _days) % {"count": count}


class Parcel(models.Model):
    """One box on its way to one buyer; orders point to it, several may lie in it."""

    shop = models.ForeignKey(Shop, models.PROTECT, related_name="parcels")
    buyer = models.ForeignKey(User, models.PROTECT, related_name="+")
    way = models.CharField(max_length=8, choices=Way.choices, default=Way.COURIER)
    courier = models.CharField(max_length=40, blank=True)  # as people call it, or the aggregator's code
    service = models.CharField(max_length=30, blank=True)
    address = models.JSONField()  # accounts.Address.as_snapshot()
    waybill = models.CharField(max_length=40, blank=True)
    # The aggregator's own number of it; empty while nobody tells us where it is.
    aggregator_id = models.CharField(max_length=64, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    created_at = models.DateTimeField(default=timezone.now)
    # When the courier was asked to come, and why that failed, if it did.
    wanted_at = models.DateTimeField(null=True, blank=True)
    problem = models.CharField(max_length=200, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)  # the newest event that moved it
    asked_at = models.DateTimeField(null=True, blank=True)  # the aggregator, by ourselves, last time
    delivered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="shipping_an_aggregator_id_names_one_parcel",
                fields=["aggregator_id"],
                condition=~Q(aggregator_id=""),
            ),
            models.CheckConstraint(
                name="shipping_delivered_has_a_moment",
                condition=~Q(state="delivered") | Q(delivered_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                name="shipping_parcels_to_ask_about",
                fields=["asked_at"],
                condition=~Q(aggregator_id="") & ~Q(state__in=[state.value for state in sorted(FINAL)]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.state}"

    @property
    def is_followed(self) -> bool:
        """Whether its courier tells us where it is."""
        return bool(self.aggregator_id)

    @property
    def is_unanswered(self) -> bool:
        """Whether a courier was called and nobody knows whether one comes."""
        return self.wanted_at is not None and not self.problem and not self.is_followed


class TrackingEvent(models.Model):
    """One station of a parcel, as its courier told it. Only ever added."""

    parcel = models.ForeignKey(Parcel, models.CASCADE, related_name="events")
    word = models.CharField(max_length=40)  # the courier's own
    state = models.CharField(max_length=10, choices=State.choices, blank=True)  # empty: a word we do not know
    note = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()
    received_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="shipping_an_event_is_kept_once", fields=["parcel", "word", "at"]),
        ]

    def __str__(self) -> str:
        return f"{self.parcel_id} {self.word}"


class CourierNotice(models.Model):
    """A message of the aggregator as it came; stored first, acted on afterwards, once."""

    class Verdict(models.TextChoices):
        WAITING = "waiting"
        APPLIED = "applied"
        STALE = "stale"  # nothing new in it
        UNKNOWN_PARCEL = "unknown_parcel"
        UNKNOWN_STATE = "unknown_state"  # kept and shown, moves nothing

    dedupe = models.CharField(max_length=64, unique=True)  # a hash of its content
    event = models.CharField(max_length=40)
    aggregator_id = models.CharField(max_length=64)
    raw = models.JSONField()
    received_at = models.DateTimeField(default=timezone.now)
    handled_at = models.DateTimeField(null=True, blank=True)
    verdict = models.CharField(max_length=16, choices=Verdict.choices, default=Verdict.WAITING)

    class Meta:
        indexes = [
            models.Index(
                name="shipping_notices_waiting", fields=["id"], condition=Q(handled_at__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.aggregator_id} {self.event}"
