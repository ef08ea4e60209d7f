"""The ledger has no addresses of its own."""

from __future__ import annotations

from tests.access.rules import Access

ACCESS: dict[str, Access] = {}
