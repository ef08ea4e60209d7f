"""How every draw is decided, in a way that anybody can repeat: nothing here knows a person or a database.

Before the first entry the market shows the SHA-256 of a secret seed. Whoever enters stands in the list
under a number that is the SHA-256 of the draw's salt and their own ticket. When the list is closed the
seed is shown, and the order is that of HMAC-SHA-256(seed, number), smallest first. So neither the time of
an entry nor the place in the list changes anything, and the seed cannot be chosen to fit the list.

Texts are hashed as they are read, in ASCII, so that a command line can do the same.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Iterable


def new_seed() -> str:
    return secrets.token_hex(32)


def new_salt() -> str:
    return secrets.token_hex(16)


def commitment_to(seed: str) -> str:
    """What is shown before: it binds the market to the seed without telling it."""
    return hashlib.sha256(seed.encode()).hexdigest()


def entrant_number(*, salt: str, ticket: str) -> str:
    """The number under which the holder of a ticket stands in this draw's list, and in no other's."""
    return hashlib.sha256(f"{salt}:{ticket}".encode()).hexdigest()


def lot_of(entrant: str, *, seed: str) -> str:
    return hmac.new(seed.encode(), entrant.encode(), hashlib.sha256).hexdigest()


def in_drawn_order(entrants: Iterable[str], *, seed: str) -> list[str]:
    """Each entrant once, the first drawn first."""
    return sorted(set(entrants), key=lambda entrant: (lot_of(entrant, seed=seed), entrant))
