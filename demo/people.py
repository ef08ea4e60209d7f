"""The people of the demo market. All are made up, and say so in their address."""

from __future__ import annotations

from functools import lru_cache

from accounts.models import User

PASSWORD = "pasarmalam"
DOMAIN = "contoh.test"
BUYER, SELLER, AFFILIATE = (f"{role}@{DOMAIN}" for role in ("pembeli", "penjual", "afiliasi"))
STAFF = f"petugas@{DOMAIN}"  # works at the desks: tickets, payouts, fees, disputes, reviews
ROBOT = f"robot@{DOMAIN}"
ROBOT_SHOP = "lapak-robot"
SHOPPER_PREFIX = "pembeli-robot-"


@lru_cache(maxsize=1)
def robot_shoppers() -> list[User]:
    return list(User.objects.filter(email__startswith=SHOPPER_PREFIX).order_by("pk"))
