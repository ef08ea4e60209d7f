"""What the market takes is for everybody to read."""

from __future__ import annotations

from tests.access.rules import EVERYONE, Access

ACCESS = {
    "fees:schedule": Access(EVERYONE),
    "fees:version": Access(EVERYONE, kwargs=lambda world: {"number": 1}),
    "fees:document": Access(EVERYONE, kwargs=lambda world: {"number": 1}),
}
