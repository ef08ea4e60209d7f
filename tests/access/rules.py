"""Who may call which address, with which method. Each app says it in `tests/<app>/access.py`.

`ACCESS` there maps every URL name of the app to an `Access`; the matrix calls every address as every
actor, and an address without a rule fails the tests.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

ANONYMOUS = "anonymous"
STRANGER = "stranger"  # logged in, owns nothing
BUYER = "buyer"  # of world.order
SELLER = "seller"  # owns world.shop, hosts world.session
RIVAL = "rival"  # owns another shop
AFFILIATE = "affiliate"  # owns world.link
MODERATOR = "moderator"  # helps in world.session with everything that a moderator may
STAFF = "staff"
# People of world.shop's team, one for each role.
ADMIN = "admin"
PACKER = "packer"
HOST = "host"
FINANCE = "finance"

TEAM = frozenset({ADMIN, PACKER, HOST, FINANCE})
EVERYONE = TEAM | {ANONYMOUS, STRANGER, BUYER, SELLER, RIVAL, AFFILIATE, MODERATOR, STAFF}
MEMBERS = EVERYONE - {ANONYMOUS}
# Who has which duty in world.shop.
GOODS = frozenset({SELLER, ADMIN})
ORDERS = frozenset({SELLER, ADMIN, PACKER})
LIVE = frozenset({SELLER, ADMIN, HOST})
MONEY = frozenset({SELLER, ADMIN, FINANCE})
SHOP = frozenset({SELLER, ADMIN})
CREW = LIVE | {MODERATOR}
SELLERS = frozenset({SELLER, RIVAL})


@dataclass(frozen=True)
class Access:
    """`allowed` actors get past the door (2xx, 3xx to another page, 409, 422); all others get 404, 403 or
    the log-in page, and nothing changes."""

    allowed: frozenset[str]
    methods: frozenset[str] = frozenset({"GET"})
    kwargs: Callable[[Any], dict[str, Any]] = field(default=lambda world: {})
    # Form fields of a harmless, valid POST.
    fields: Callable[[Any], dict[str, Any]] = field(default=lambda world: {})
