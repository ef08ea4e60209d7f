"""People, where they live, and the regencies, districts and villages of Indonesia."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kit.hygiene import clean_text


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        user = self.model(email=self.normalize_email(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    """One person; may be shopper, seller and affiliate at once."""

    email = models.EmailField(_("email"), unique=True)
    name = models.CharField(_("nama lengkap"), max_length=80)
    phone = models.CharField(_("nomor HP"), max_length=16, blank=True)  # +62812…
    # In which they are written to: the one they read the market in when they did something last.
    language = models.CharField(max_length=5, choices=settings.LANGUAGES, default="id", db_default="id")
    is_staff = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(default=timezone.now)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("email"), name="accounts_email_once_whatever_its_case"),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def chat_name(self) -> str:
        """What strangers see: the first name and an initial, never the address."""
        first, *rest = (clean_text(self.name) or "Tamu").split()
        return f"{first} {rest[-1][0]}." if rest else first


class Regency(models.Model):
    """A regency or city with its dotted Kemendagri code, e.g. 34.02 Kabupaten Bantul."""

    code = models.CharField(primary_key=True, max_length=5)
    name = models.CharField(max_length=60)
    province = models.CharField(max_length=40)

    class Meta:
        verbose_name_plural = "regencies"

    def __str__(self) -> str:
        return f"{self.name}, {self.province}"

    @property
    def time_zone(self) -> str:
        """WIB, WITA or WIT, by the province's number."""
        province = int(self.code[:2])
        if province >= 81:
            return "Asia/Jayapura"
        is_middle = 51 <= province <= 53 or 63 <= province <= 76
        return "Asia/Makassar" if is_middle else "Asia/Jakarta"


class Area(models.Model):
    """A district (34.02.16 Kasihan) or a village in one (34.02.16.2003 Tamantirto), by Kemendagri code.

    Loaded by `manage.py load_regions`. Nothing points here, so that next year's table may drop a village.
    """

    code = models.CharField(primary_key=True, max_length=13)
    regency = models.ForeignKey(Regency, models.CASCADE, related_name="areas", db_index=False)
    district = models.CharField(max_length=60)
    village = models.CharField(max_length=60, blank=True)  # empty: the district itself
    # All its names as a search reads them: small letters, each word behind a blank, the nearest name first.
    words = models.CharField(max_length=200)

    class Meta:
        indexes = [
            GinIndex(name="accounts_area_words", fields=["words"], opclasses=["gin_trgm_ops"]),
            models.Index(
                name="accounts_area_first_words", fields=["words"], opclasses=["varchar_pattern_ops"]
            ),
        ]

    def __str__(self) -> str:
        return ", ".join(filter(None, (self.village, self.district, self.regency.name)))


class Address(models.Model):
    """Where parcels go. The newest used one is offered first."""

    user = models.ForeignKey(User, models.CASCADE, related_name="addresses")
    recipient = models.CharField(max_length=80)
    phone = models.CharField(max_length=16)
    street = models.CharField(max_length=200)
    village = models.CharField(max_length=60, blank=True)
    district = models.CharField(max_length=60)
    regency = models.ForeignKey(Regency, models.PROTECT)
    # The village, else the district, where the names are known; a copy, so that it outlives the table.
    area_code = models.CharField(max_length=13, blank=True)
    postal_code = models.CharField(max_length=5)
    landmark = models.CharField(max_length=120, blank=True)
    used_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name_plural = "addresses"
        constraints = [
            models.CheckConstraint(
                name="accounts_an_area_lies_in_its_regency",
                condition=Q(area_code="")
                | Q(area_code__regex=r"^\d\d\.\d\d\.\d\d(\.\d{4})?$", area_code__startswith=F("regency")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.recipient}, {self.street}, {self.district}, {self.regency.name}"

    @property
    def place(self) -> str:
        """Village, district and regency, as one box shows them."""
        return ", ".join(filter(None, (self.village, self.district, str(self.regency))))

    def as_snapshot(self) -> dict[str, str]:
        """What an order copies, so that a later edit does not move a parcel."""
        return {
            "recipient": self.recipient,
            "phone": self.phone,
            "street": self.street,
            "village": self.village,
            "district": self.district,
            "regency": self.regency.name,
            "province": self.regency.province,
            "postal_code": self.postal_code,
            "landmark": self.landmark,
            # Codes of the regency and, where they are known, of the district and the village.
            "area": self.area_code or self.regency_id,
        }
