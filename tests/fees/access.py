"""What the market takes is for everybody to read."""

from __future__ import annotations

from tests.access.rules import EVERYONE, Access

ACCESS = {
    "fees:schedule": Access(EVERYONE),
    "fees:version": Access(EVERYONE, kwargs=lambda world: {"number": 1}),
    "fees:draft": Access(frozenset()),  # staff, but only with the permission: see test_draft
    "fees:document": Access(EVERYONE, kwargs=lambda world: {"number": 1}),
}
