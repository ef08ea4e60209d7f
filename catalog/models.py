"""Shops, what they sell, and how much of it is there."""

from __future__ import annotations

from typing import Self

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.models import Regency, User
from kit.constraints import none_below_zero
from kit.pictures import Picture
from kit.pictures.rows import PictureRow

AWNINGS = 6  # stripe pairs in static/css
# What a search reads of a product; names weigh more than descriptions. Queries must use this very expression.
PRODUCT_WORDS = SearchVector("name", weight="A", config="simple") + SearchVector(
    "description", weight="C", config="simple"
)


class Duty(models.TextChoices):
    """What is done in a shop, as far as different people do it."""

    GOODS = "goods", _("Produk dan stok")
    ORDERS = "orders", _("Pesanan, kemas, dan kirim")
    LIVE = "live", _("Live dan obrolan")
    MONEY = "money", _("Melihat uang dan laporan")
    SHOP = "shop", _("Lapak, ongkir, retur, dan ulasan")
    # Team, bank accounts and what else moves money out: nobody is given these.
    OWNER = "owner", _("Tim dan rekening")


class Role(models.TextChoices):
    ADMIN = "admin", _("Admin")
    PACKER = "packer", _("Gudang")
    HOST = "host", _("Host")
    FINANCE = "finance", _("Keuangan")

    @property
    def duties(self) -> tuple[Duty, ...]:
        return MAY[self]


# Who may do what: asked here and nowhere else.
MAY: dict[Role, tuple[Duty, ...]] = {
    Role.ADMIN: (Duty.GOODS, Duty.ORDERS, Duty.LIVE, Duty.MONEY, Duty.SHOP),
    Role.PACKER: (Duty.ORDERS,),
    Role.HOST: (Duty.LIVE,),
    Role.FINANCE: (Duty.MONEY,),
}


class ShopQuerySet(models.QuerySet["Shop"]):
    def run_by(self, user: User, *duties: Duty) -> Self:
        """Shops in which this person has one of these duties, or any at all: the owner has all of them."""
        roles = [role for role, may in MAY.items() if not duties or set(duties) & set(may)]
        parts = Member.objects.standing().filter(user=user, role__in=roles)
        return self.filter(Q(owner=user) | Q(pk__in=parts.values("shop")))

    def at_desk(self, user: User, *duties: Duty) -> Self:
        """The one of their shops that this person works at now, as long as they have this duty in it."""
        shops = Shop.objects.run_by(user).annotate(
            is_chosen=models.Exists(Desk.objects.filter(user=user, shop=models.OuterRef("pk"))),
            is_own=Q(owner=user),
        )
        return self.run_by(user, *duties).filter(
            pk__in=shops.order_by("-is_chosen", "-is_own", "pk").values("pk")[:1]
        )


class Shop(models.Model):
    """A maker's stall (lapak)."""

    owner = models.ForeignKey(User, models.PROTECT, related_name="shops")
    name = models.CharField(max_length=60)
    slug = models.SlugField(max_length=60, unique=True)
    story = models.TextField(max_length=2000, blank=True)
    regency = models.ForeignKey(Regency, models.PROTECT)
    # Nomor Induk Berusaha: 13 digits, empty while the shop has none.
    nib = models.CharField(max_length=13, blank=True)
    awning = models.PositiveSmallIntegerField(default=0)
    shipping_fee = models.PositiveIntegerField(default=10_000)  # rupiah for each order
    accepts_cod = models.BooleanField(default=True)
    # Whether buyers choose how it is sent, instead of paying that fee. Kept by `shipping.operations`.
    offers_ways = models.BooleanField(default=False, db_default=False)
    created_at = models.DateTimeField(default=timezone.now)
    suspended_at = models.DateTimeField(null=True, blank=True)

    objects = ShopQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="catalog_one_shop_per_owner", fields=["owner"]),
            models.CheckConstraint(
                name="catalog_a_nib_has_thirteen_digits", condition=Q(nib="") | Q(nib__regex=r"^\d{13}$")
            ),
            models.CheckConstraint(name="catalog_an_awning_is_painted", condition=Q(awning__lt=AWNINGS)),
        ]
        indexes = [
            GinIndex(name="catalog_shop_name_trigrams", fields=["name"], opclasses=["gin_trgm_ops"]),
        ]

    def __str__(self) -> str:
        return self.name


class MemberQuerySet(models.QuerySet["Member"]):
    def standing(self) -> Self:
        """Accepted, and not taken back."""
        return self.filter(accepted_at__isnull=False, revoked_at__isnull=True)

    def invited(self) -> Self:
        """Invitations that can still be accepted."""
        now = timezone.now()
        return self.filter(accepted_at__isnull=True, revoked_at__isnull=True, expires_at__gt=now)


class Member(models.Model):
    """Somebody's part in running a shop; an invitation to an address until it is accepted."""

    shop = models.ForeignKey(Shop, models.CASCADE, related_name="members")
    role = models.CharField(max_length=8, choices=Role.choices)
    email = models.EmailField()
    user = models.ForeignKey(User, models.CASCADE, null=True, blank=True, related_name="memberships")
    # The link's secret is known to the letter only.
    invitation_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = MemberQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="catalog_a_member_is_somebody_who_accepted",
                condition=Q(user__isnull=True, accepted_at__isnull=True)
                | Q(user__isnull=False, accepted_at__isnull=False),
            ),
            models.UniqueConstraint(
                name="catalog_one_part_for_a_person_in_a_shop",
                fields=["user", "shop"],
                condition=Q(revoked_at__isnull=True, user__isnull=False),
            ),
            models.CheckConstraint(
                name="catalog_a_member_has_a_role_there_is", condition=Q(role__in=Role.values)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.email}: {self.role} of {self.shop_id}"

    @property
    def is_open(self) -> bool:
        return not self.accepted_at and not self.revoked_at and self.expires_at > timezone.now()


class Desk(models.Model):
    """The shop that somebody with several works at now."""

    user = models.OneToOneField(User, models.CASCADE, primary_key=True, related_name="+")
    shop = models.ForeignKey(Shop, models.CASCADE, related_name="+")

    def __str__(self) -> str:
        return f"{self.user_id} at {self.shop_id}"


class Category(models.Model):
    slug = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=60)
    name_en = models.CharField(max_length=60)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name_plural = "categories"

    def __str__(self) -> str:
        return self.name_en if get_language() == "en" else self.name


class ProductQuerySet(models.QuerySet["Product"]):
    def on_sale(self) -> Self:
        return self.filter(withdrawn_at__isnull=True, shop__suspended_at__isnull=True)

    def of_seller(self, user: User) -> Self:
        return self.filter(shop__in=Shop.objects.run_by(user, Duty.GOODS))


class Product(models.Model):
    shop = models.ForeignKey(Shop, models.PROTECT, related_name="products")
    category = models.ForeignKey(Category, models.PROTECT, related_name="products")
    name = models.CharField(max_length=90)
    slug = models.SlugField(max_length=90)
    description = models.TextField(max_length=4000, blank=True)
    weight = models.PositiveIntegerField(default=250)  # grams, packed
    created_at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = ProductQuerySet.as_manager()
    first_photos: list[ProductPhoto]  # loaded by queries.first_photo
    goods: list[Variant]  # what is on sale, loaded by queries.product_page

    class Meta:
        indexes = [
            GinIndex(PRODUCT_WORDS, name="catalog_product_words"),
            # For names that are nearly right.
            GinIndex(name="catalog_product_name_trigrams", fields=["name"], opclasses=["gin_trgm_ops"]),
            models.Index(
                name="catalog_newest_on_sale",
                fields=["-created_at", "-id"],
                condition=Q(withdrawn_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def cover(self) -> Picture | None:
        """The photo that stands for the product on cards."""
        return self.first_photos[0].picture if self.first_photos else None


class ProductPhoto(PictureRow):
    """One re-encoded photo; the files lie under its key (a hash of the pixels)."""

    product = models.ForeignKey(Product, models.CASCADE, related_name="photos")
    position = models.PositiveSmallIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.product_id}/{self.position}"


class VariantQuerySet(models.QuerySet["Variant"]):
    def on_sale(self) -> Self:
        return self.filter(
            withdrawn_at__isnull=True,
            product__withdrawn_at__isnull=True,
            product__shop__suspended_at__isnull=True,
        )


class Variant(models.Model):
    """What is really bought: one size, taste or colour at one price."""

    product = models.ForeignKey(Product, models.PROTECT, related_name="variants")
    # The product's shop once more, so that the database keeps live codes unique within a shop.
    shop = models.ForeignKey(Shop, models.PROTECT, related_name="+")
    name = models.CharField(max_length=60, blank=True)
    sku = models.CharField(max_length=40)
    live_code = models.CharField(
        _("kode live"), max_length=6, validators=[RegexValidator(r"^[A-Z]{1,2}\d{1,3}$")]
    )
    price = models.PositiveIntegerField()  # rupiah
    cost = models.PositiveIntegerField(
        null=True, blank=True
    )  # rupiah that a piece cost its shop, if it says so
    position = models.PositiveSmallIntegerField(default=0)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    # Packed: grams, where they are not the product's; the sides in cm, where somebody measured them.
    weight = models.PositiveIntegerField(null=True, blank=True)
    length = models.PositiveSmallIntegerField(null=True, blank=True)
    width = models.PositiveSmallIntegerField(null=True, blank=True)
    height = models.PositiveSmallIntegerField(null=True, blank=True)

    objects = VariantQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="catalog_a_sku_names_one_variant", fields=["shop", "sku"]),
            models.UniqueConstraint(
                name="catalog_a_live_code_names_one_variant", fields=["shop", "live_code"]
            ),
            models.CheckConstraint(name="catalog_a_price_is_positive", condition=Q(price__gt=0)),
            models.CheckConstraint(
                name="catalog_all_sides_are_measured_or_none",
                condition=Q(length__isnull=True, width__isnull=True, height__isnull=True)
                | Q(length__gt=0, width__gt=0, height__gt=0),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.product.name} {self.name}".strip()

    @property
    def grams(self) -> int:
        return self.weight or self.product.weight


class PriceSpell(models.Model):
    """How long a variant stood at which price in the list. The database writes it with every price."""

    variant = models.ForeignKey(Variant, models.CASCADE, related_name="price_spells")
    price = models.PositiveIntegerField()  # rupiah
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True, blank=True)  # empty: the price of today
    # The last day on which an order at this price was paid; empty while nobody has paid it.
    last_charged_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="catalog_a_variant_has_one_price_at_a_time",
                fields=["variant"],
                condition=Q(until_at__isnull=True),
            ),
            models.CheckConstraint(
                name="catalog_a_price_ends_after_it_begins",
                condition=Q(until_at__isnull=True) | Q(until_at__gte=F("from_at")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.variant_id}: {self.price}"


class Stock(models.Model):
    """The counters of one variant, apart from it so that page reads never touch the hot row.

    Order lines point to the variant, never here: a foreign key to a contended row deadlocks.
    """

    variant = models.OneToOneField(Variant, models.PROTECT, primary_key=True, related_name="stock")
    initial = models.IntegerField(default=0)
    available = models.IntegerField(default=0)
    # Kept for winners of a draw or an auction: nobody else can buy them.
    set_aside = models.IntegerField(default=0)
    reserved = models.IntegerField(default=0)
    sold = models.IntegerField(default=0)

    class Meta:
        constraints = [
            none_below_zero("available", "set_aside", "reserved", "sold", name="catalog_no_count_below_zero"),
            models.CheckConstraint(
                name="catalog_stock_adds_up",
                condition=Q(initial=F("available") + F("set_aside") + F("reserved") + F("sold")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.variant_id}: {self.available}"
