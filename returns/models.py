"""Goods that go back, what was said and shown about them, and disputes."""

from __future__ import annotations

import secrets
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from catalog.models import Duty, Shop
from kit.pictures.rows import PictureRow
from orders.models import NUMBER_ALPHABET, Order, OrderLine

MOST_DISPUTES = 2  # for one order


def new_code() -> str:
    """Read aloud like an order's number, e.g. RT7K3F9Q2AXW."""
    return "RT" + "".join(secrets.choice(NUMBER_ALPHABET) for _ in range(10))


class Party(models.TextChoices):
    BUYER = "buyer", _("Pembeli")
    SHOP = "shop", _("Penjual")
    MARKET = "market", _("Pasar Malam")
    CLOCK = "clock", _("Otomatis, waktunya habis")


class ReturnQuerySet(models.QuerySet["Return"]):
    def of_party(self, user: User) -> Self:
        """Those that this person asked for, or that were asked of their shop."""
        return self.filter(Q(order__buyer=user) | Q(order__shop__in=Shop.objects.run_by(user, Duty.SHOP)))

    def of_buyer(self, user: User) -> Self:
        return self.filter(order__buyer=user)

    def of_seller(self, user: User) -> Self:
        return self.filter(order__shop__in=Shop.objects.run_by(user, Duty.SHOP))

    def open(self) -> Self:
        return self.filter(closed_at__isnull=True)


class Return(models.Model):
    """A buyer's wish to give something back, and how far it has come."""

    class State(models.TextChoices):
        ASKED = "asked", _("Menunggu jawaban penjual")
        SEND_BACK = "send_back", _("Menunggu dikirim balik")
        SENT_BACK = "sent_back", _("Dalam perjalanan balik")
        REFUSED = "refused", _("Ditolak penjual")
        DISPUTED = "disputed", _("Sengketa diperiksa")
        REFUNDING = "refunding", _("Uang sedang dikembalikan")
        REFUNDED = "refunded", _("Uang dikembalikan")
        REJECTED = "rejected", _("Tidak diterima")
        WITHDRAWN = "withdrawn", _("Dibatalkan pembeli")
        LAPSED = "lapsed", _("Tidak dikirim balik")

    class Reason(models.TextChoices):
        DAMAGED = "damaged", _("Rusak atau pecah")
        WRONG = "wrong", _("Barang, ukuran, atau warna salah")
        UNLIKE = "unlike", _("Tidak seperti yang ditunjukkan atau dijanjikan")
        MISSING = "missing", _("Isinya kurang atau kosong")
        FAKE = "fake", _("Palsu")
        CHANGED_MIND = "changed_mind", _("Berubah pikiran")

    code = models.CharField(max_length=12, unique=True, default=new_code)
    order = models.ForeignKey(Order, models.PROTECT, related_name="returns")
    reason = models.CharField(max_length=12, choices=Reason.choices)
    text = models.CharField(max_length=500)
    keeps_goods = models.BooleanField(default=False)  # nothing is to be sent back: it never came, or is waste
    state = models.CharField(max_length=9, choices=State.choices, default=State.ASKED)
    due_at = models.DateTimeField(null=True, blank=True)  # when the step that is awaited now lapses
    shipping_back = models.PositiveBigIntegerField(
        default=0
    )  # rupiah of the order's shipping that go back too
    courier = models.CharField(max_length=40, blank=True)
    waybill = models.CharField(max_length=40, blank=True)
    asked_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = ReturnQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="returns_an_awaited_step_has_a_deadline",
                condition=~Q(state__in=["asked", "send_back", "sent_back", "refused"])
                | Q(due_at__isnull=False),
            ),
            models.CheckConstraint(
                name="returns_an_ended_return_is_closed",
                condition=Q(
                    state__in=["refunded", "rejected", "withdrawn", "lapsed"], closed_at__isnull=False
                )
                | (~Q(state__in=["refunded", "rejected", "withdrawn", "lapsed"]) & Q(closed_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="returns_what_is_sent_back_has_a_waybill",
                condition=~Q(state="sent_back") | ~Q(waybill=""),
            ),
        ]
        indexes = [
            models.Index(name="returns_due", fields=["due_at"], condition=Q(due_at__isnull=False)),
            models.Index(name="returns_to_refund", fields=["id"], condition=Q(state="refunding")),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def is_open(self) -> bool:
        return self.closed_at is None


class ReturnLine(models.Model):
    """How many units of a line; how many of them are paid back, and how many can be sold again."""

    request = models.ForeignKey(Return, models.CASCADE, related_name="lines")
    line = models.ForeignKey(OrderLine, models.PROTECT, related_name="return_lines")
    units = models.PositiveIntegerField()
    granted = models.PositiveIntegerField(default=0)
    sellable = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="returns_a_line_is_once_in_a_return", fields=["request", "line"]),
            models.CheckConstraint(name="returns_a_line_has_units", condition=Q(units__gt=0)),
            models.CheckConstraint(
                name="returns_no_more_is_granted_than_asked", condition=Q(granted__lte=models.F("units"))
            ),
            models.CheckConstraint(
                name="returns_no_more_is_sellable_than_came_back",
                condition=Q(sellable__lte=models.F("granted")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.units} of {self.line_id}"


class Evidence(PictureRow):
    """A photo that one side shows: a private one, parcels have addresses on them."""

    request = models.ForeignKey(Return, models.CASCADE, related_name="evidence")
    party = models.CharField(max_length=6, choices=Party.choices)
    added_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.request_id} {self.party}"


class Step(models.Model):
    """Something that happened to a return. Only ever added: the database refuses to change one."""

    request = models.ForeignKey(Return, models.PROTECT, related_name="steps")
    party = models.CharField(max_length=6, choices=Party.choices)
    actor = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    event = models.CharField(max_length=10)
    before = models.CharField(max_length=9, blank=True)
    after = models.CharField(max_length=9)
    note = models.CharField(max_length=500, blank=True)
    facts = models.JSONField(default=dict, blank=True)
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.request_id} {self.event}"


class Dispute(models.Model):
    """Both sides do not agree: somebody of the market decides, for a reason that has a name."""

    class Outcome(models.TextChoices):
        REFUND = "refund", _("Uang dikembalikan")
        SEND_BACK = "send_back", _("Dikirim balik dulu, lalu uang dikembalikan")
        REJECT = "reject", _("Tidak ada pengembalian")

    class Ground(models.TextChoices):
        NOT_AS_PROMISED = "not_as_promised", _("Tidak sesuai yang dijanjikan saat live atau di halaman")
        DAMAGED_ON_ARRIVAL = "damaged_on_arrival", _("Rusak saat tiba")
        NOT_COMPLETE = "not_complete", _("Tidak lengkap")
        COUNTERFEIT = "counterfeit", _("Palsu")
        PARCEL_PROVEN = "parcel_proven", _("Paket terbukti sampai dalam keadaan baik")
        AS_PROMISED = "as_promised", _("Sesuai yang dijanjikan")
        OTHER_GOODS_BACK = "other_goods_back", _("Yang dikirim balik bukan barangnya")
        NO_EVIDENCE = "no_evidence", _("Tidak ada bukti")

    request = models.ForeignKey(Return, models.PROTECT, related_name="disputes")
    order = models.ForeignKey(Order, models.PROTECT, related_name="disputes")
    number = models.PositiveSmallIntegerField()  # the order's first, or its last
    opened_by = models.CharField(max_length=6, choices=Party.choices)
    text = models.CharField(max_length=500)
    opened_at = models.DateTimeField(default=timezone.now)
    outcome = models.CharField(max_length=9, choices=Outcome.choices, blank=True)
    ground = models.CharField(max_length=18, choices=Ground.choices, blank=True)
    note = models.CharField(max_length=500, blank=True)  # read by both sides
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="returns_a_dispute_has_its_number", fields=["order", "number"]),
            models.CheckConstraint(
                name="returns_an_order_has_two_disputes_at_most",
                condition=Q(number__gte=1, number__lte=MOST_DISPUTES),
            ),
            models.CheckConstraint(
                name="returns_a_decision_has_a_ground_and_somebody",
                condition=Q(decided_at__isnull=True, outcome="", ground="", decided_by__isnull=True)
                | (Q(decided_at__isnull=False, decided_by__isnull=False) & ~Q(outcome="") & ~Q(ground="")),
            ),
            models.UniqueConstraint(
                name="returns_one_dispute_at_a_time", fields=["request"], condition=Q(decided_at__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order_id} #{self.number}"
