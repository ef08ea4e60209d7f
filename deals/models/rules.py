"""What can make a price."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Rule(models.TextChoices):
    """Which rule gave a line its price. One of them wins: an award before a flash deal before the list."""

    LIST = "list", _("Harga biasa")
    FLASH = "flash", _("Promo kilat")
    AWARD = "award", _("Harga pemenang")
