"""Midtrans' signature on its notices."""

from __future__ import annotations

import hashlib
import hmac


def signature(order_id: str, status_code: str, gross_amount: str, key: str) -> str:
    """Over the strings exactly as they were sent: `25000.00` is not `25000`."""
    return hashlib.sha512(f"{order_id}{status_code}{gross_amount}{key}".encode()).hexdigest()


def is_genuine(notice: dict[str, str], key: str) -> bool:
    expected = signature(notice["order_id"], notice["status_code"], notice["gross_amount"], key)
    return hmac.compare_digest(expected.encode(), notice["signature_key"].encode())
