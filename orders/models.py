"""Orders: what was promised to whom, and how far it has come."""

from __future__ import annotations

import secrets
import uuid
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from catalog.models import Duty, Shop, Variant
from deals.models import Rule, VoucherClaim
from kit.constraints import none_below_zero
from kit.pictures import Picture
from livestream.models import LiveSession
from shipping.models import Parcel, Quote

THUMBNAIL_WIDTH = 160  # every picture is kept in this size
NUMBER_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford: can be read aloud


def new_number() -> str:
    """A public order number, e.g. PM7K3F9Q2AXW: not to be guessed from another."""
    return "PM" + "".join(NUMBER_ALPHABET[byte % 32] for byte in secrets.token_bytes(10))


class OrderQuerySet(models.QuerySet["Order"]):
    def of_buyer(self, user: User) -> Self:
        return self.filter(buyer=user)

    def of_seller(self, user: User) -> Self:
        return self.filter(shop__in=Shop.objects.run_by(user, Duty.ORDERS))


class Order(models.Model):
    """One buyer's purchase from one shop."""

    class State(models.TextChoices):
        PENDING = "pending", _("Menunggu pembayaran")
        CONFIRMED = "confirmed", _("Perlu dikemas")  # paid, or COD accepted
        PACKED = "packed", _("Sudah dikemas")
        SHIPPED = "shipped", _("Dikirim")
        RECEIVED = "received", _("Diterima")
        CANCELLED = "cancelled", _("Dibatalkan")
        EXPIRED = "expired", _("Kedaluwarsa")
        REFUND_DUE = "refund_due", _("Menunggu pengembalian dana")  # paid, but cannot be delivered
        REFUNDED = "refunded", _("Dana dikembalikan")

    class Method(models.TextChoices):
        QRIS = "qris", "QRIS"
        VA_BCA = "va_bca", "Virtual account BCA"
        VA_BNI = "va_bni", "Virtual account BNI"
        VA_BRI = "va_bri", "Virtual account BRI"
        VA_PERMATA = "va_permata", "Virtual account Permata"
        GOPAY = "gopay", "GoPay"
        SHOPEEPAY = "shopeepay", "ShopeePay"
        CARD = "card", _("Kartu kredit atau debit")
        SHOP_QRIS = "shop_qris", _("QRIS milik lapak")
        TRANSFER = "transfer", _("Transfer ke rekening lapak")
        COD = "cod", _("Bayar di tempat (COD)")

    number = models.CharField(max_length=12, unique=True, default=new_number)
    buyer = models.ForeignKey(User, models.PROTECT, related_name="orders", db_index=False)
    # Without constraints in the database: a thousand orders at once would all lock the shop and the session
    # to point to them. `orders.proofs` looks after these keys.
    shop = models.ForeignKey(Shop, models.PROTECT, related_name="orders", db_constraint=False, db_index=False)
    # Where it was bought, when it was bought in a live room or its replay.
    session = models.ForeignKey(
        LiveSession,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="orders",
        db_constraint=False,
        db_index=False,
    )
    session_ms = models.BigIntegerField(null=True, blank=True)
    # How the buyer chose to be sent it, where the shop offers ways; and, once it is packed, its box.
    quote = models.ForeignKey(
        Quote, models.PROTECT, null=True, blank=True, related_name="orders", db_index=False
    )
    parcel = models.ForeignKey(
        Parcel, models.PROTECT, null=True, blank=True, related_name="orders", db_index=False
    )
    # An earlier one of the same show whose parcel it shares, and whose fee.
    rides_on = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="riders", db_index=False
    )
    idempotency_key = models.UUIDField(unique=True)
    request_hash = models.CharField(max_length=64)  # same key, other content: refused
    state = models.CharField(max_length=10, choices=State.choices, default=State.PENDING)
    method = models.CharField(max_length=12, choices=Method.choices)
    subtotal = models.BigIntegerField()  # rupiah: the sum of the lines
    # What a voucher of the shop took off, and whose claim it was; the lines say each its part.
    discount = models.BigIntegerField(default=0)
    voucher_claim = models.ForeignKey(
        VoucherClaim, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    shipping_fee = models.BigIntegerField()
    total = models.BigIntegerField()
    # Of an order to be paid at the door: what came before it was sent.
    paid_ahead = models.BigIntegerField(default=0, db_default=0)
    address = models.JSONField()  # accounts.Address.as_snapshot() at the time
    courier = models.CharField(max_length=40, blank=True)
    waybill = models.CharField(max_length=40, blank=True)
    cancel_reason = models.CharField(max_length=200, blank=True)
    placed_at = models.DateTimeField(default=timezone.now)
    # Whether its units wait for its money; else whoever pays first gets them.
    holds_units = models.BooleanField(default=True, db_default=True)
    pay_by = models.DateTimeField(null=True, blank=True)
    paid_at = models.DateTimeField(null=True, blank=True)
    packed_at = models.DateTimeField(null=True, blank=True)
    shipped_at = models.DateTimeField(null=True, blank=True)
    received_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)  # cancelled, expired or refunded

    # Not kept: whether this answer of `orders.operations.place_order` is the one that made the order.
    is_new = False

    objects = OrderQuerySet.as_manager()

    class Meta:
        constraints = [
            none_below_zero(
                "subtotal", "shipping_fee", "paid_ahead", "session_ms", name="orders_no_amount_below_zero"
            ),
            models.CheckConstraint(
                name="orders_total_is_goods_less_discount_and_shipping",
                condition=Q(total=models.F("subtotal") - models.F("discount") + models.F("shipping_fee")),
            ),
            models.CheckConstraint(
                name="orders_a_voucher_gives_the_discount",
                condition=Q(voucher_claim__isnull=True, discount=0)
                | Q(voucher_claim__isnull=False, discount__gt=0, discount__lte=models.F("subtotal")),
            ),
            models.CheckConstraint(
                name="orders_a_waiting_order_has_a_deadline",
                condition=~Q(state="pending") | Q(pay_by__isnull=False),
            ),
        ]
        indexes = [
            models.Index(name="orders_due", fields=["pay_by"], condition=Q(state="pending")),
            models.Index(name="orders_of_buyer", fields=["buyer", "-placed_at"]),
            models.Index(name="orders_of_shop", fields=["shop", "state", "-placed_at"]),
            models.Index(name="orders_by_quote", fields=["quote"], condition=Q(quote__isnull=False)),
            models.Index(name="orders_in_parcel", fields=["parcel"], condition=Q(parcel__isnull=False)),
            models.Index(name="orders_riding", fields=["rides_on"], condition=Q(rides_on__isnull=False)),
            models.Index(name="orders_of_session", fields=["session"], condition=Q(session__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def is_cod(self) -> bool:
        """Whether the courier is to be paid at the door."""
        return self.method == self.Method.COD and not self.is_free

    @property
    def lacks_its_fee(self) -> bool:
        """Whether the order that was to pay the parcel's fee came to nothing."""
        return self.rides_on is not None and self.rides_on.state in CAME_TO_NOTHING

    @property
    def waits_for_its_fee(self) -> bool:
        """Whether the order that bears the parcel's fee is to be paid first."""
        is_open = self.rides_on is not None and self.rides_on.state == self.State.PENDING
        return self.state == self.State.PENDING and is_open

    @property
    def is_before_the_door(self) -> bool:
        """Whether its cash is not there yet: by the courier's word or, where none tells, by the shop's."""
        return self.due_at_door > 0 and self.parcel is not None and self.parcel.delivered_at is None

    @property
    def waits_for_the_shops_word(self) -> bool:
        """Whether the shop has to say how it ended at the door, because no courier tells."""
        is_told = self.parcel is not None and self.parcel.is_followed
        return self.state == self.State.SHIPPED and self.is_before_the_door and not is_told

    @property
    def due_at_door(self) -> int:
        """Rupiah for the courier to take."""
        return self.total - self.paid_ahead if self.is_cod else 0

    @property
    def is_unclaimed(self) -> bool:
        """It waits for its money, and its goods do not wait for it."""
        return self.state == self.State.PENDING and not self.holds_units

    @property
    def is_free(self) -> bool:
        """A gift, sent at the shop's cost: nothing is to be paid, by no method."""
        return self.total == 0


# Such an order is not sent, and whatever was paid for it is with its buyer again, or on the way there.
CAME_TO_NOTHING = (Order.State.EXPIRED, Order.State.CANCELLED, Order.State.REFUND_DUE, Order.State.REFUNDED)


class OrderLine(models.Model):
    """One variant in an order, with everything promised copied."""

    order = models.ForeignKey(Order, models.CASCADE, related_name="lines", db_index=False)
    variant = models.ForeignKey(Variant, models.PROTECT, related_name="+", db_constraint=False)  # as the shop
    product_name = models.CharField(max_length=90)
    variant_name = models.CharField(max_length=60, blank=True)
    picture_key = models.CharField(max_length=32, blank=True)
    # Rupiah each: what the list said, what was paid before a voucher, and which rule made it so.
    list_price = models.BigIntegerField()
    price = models.BigIntegerField()
    rule = models.CharField(max_length=5, choices=Rule.choices, default=Rule.LIST)
    deal_id = models.BigIntegerField(null=True, blank=True)  # the flash deal or the award, by the rule
    discount = models.BigIntegerField(default=0)  # this line's part of the order's, in all
    quantity = models.IntegerField()
    returned_quantity = models.IntegerField(default=0)
    # Opaque here: decided by affiliates when the order is placed, never changed afterwards.
    credited_to = models.BigIntegerField(null=True, blank=True)
    attribution = models.JSONField(null=True, blank=True)
    # What was promised about it in the show it was ordered from: [{"id", "text", "ms"}].
    claims = models.JSONField(default=list, db_default=[], blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="orders_a_variant_has_one_line", fields=["order", "variant"]),
            models.CheckConstraint(name="orders_a_line_has_a_quantity", condition=Q(quantity__gt=0)),
            none_below_zero(
                *("list_price", "price", "discount", "returned_quantity"),
                name="orders_nothing_on_a_line_below_zero",
            ),
            models.CheckConstraint(
                name="orders_no_more_is_returned_than_bought",
                condition=Q(returned_quantity__lte=models.F("quantity")),
            ),
            models.CheckConstraint(
                name="orders_a_line_knows_its_deal",
                condition=Q(rule="list", deal_id__isnull=True, price=models.F("list_price"))
                | (~Q(rule="list") & Q(deal_id__isnull=False)),
            ),
            models.CheckConstraint(
                name="orders_a_discount_takes_no_more_than_the_goods",
                condition=Q(discount__lte=models.F("price") * models.F("quantity")),
            ),
        ]
        indexes = [
            models.Index(
                name="orders_credited", fields=["credited_to"], condition=Q(credited_to__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} x {self.product_name}"

    @property
    def amount(self) -> int:
        return self.price * self.quantity

    @property
    def paid_amount(self) -> int:
        """What the buyer really pays for these goods: commission and refunds go by it."""
        return self.amount - self.discount

    @property
    def is_reduced(self) -> bool:
        return self.price < self.list_price

    @property
    def picture(self) -> Picture | None:
        """The picture as it was promised: its file outlives the photo's row."""
        if not self.picture_key:
            return None
        size = THUMBNAIL_WIDTH
        return Picture(key=self.picture_key, width=size, height=size, color="none", lqip="", widths=[size])


class LabelBatch(models.Model):
    """Labels that a seller wants printed together; kept in the database, because they hold addresses."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    seller = models.ForeignKey(User, models.CASCADE, related_name="+")
    order_ids = ArrayField(models.BigIntegerField())
    total = models.PositiveIntegerField()
    done = models.PositiveIntegerField(default=0)
    pdf = models.BinaryField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    printed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "label batches"

    def __str__(self) -> str:
        return f"{self.done}/{self.total}"


class FirstPaidSession(models.Model):
    """In this session units are somebody's when they are paid, not when they are asked for."""

    session = models.OneToOneField(LiveSession, models.CASCADE, primary_key=True, related_name="+")

    def __str__(self) -> str:
        return str(self.session_id)


class FirstPaidBuyer(models.Model):
    """Of this shop's goods nothing waits for this buyer's money."""

    shop = models.ForeignKey(Shop, models.CASCADE, related_name="+", db_index=False)
    buyer = models.ForeignKey(User, models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="orders_a_shop_asks_a_buyer_to_pay_first_once", fields=["shop", "buyer"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.shop_id}: {self.buyer_id}"


class OutboxEntry(models.Model):
    """Work that must follow a write: written in its transaction, done at least once afterwards."""

    topic = models.CharField(max_length=40)
    order = models.ForeignKey(Order, models.CASCADE, related_name="+", db_index=False)
    created_at = models.DateTimeField(default=timezone.now)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "outbox entries"
        constraints = [
            models.UniqueConstraint(name="orders_a_topic_is_told_once", fields=["order", "topic"]),
        ]
        indexes = [
            models.Index(name="orders_outbox_waiting", fields=["id"], condition=Q(done_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"{self.topic} {self.order_id}"
