"""A version as text: one spelling for one content, so that it can be signed and compared."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from fees.arithmetic import Rule


def document_of(
    rules: Sequence[Rule],
    *,
    number: int,
    in_force_from: datetime,
    published_at: datetime,
    note: str,
    previous: str,
) -> str:
    """One spelling for one content: sorted keys, no spaces, moments in UTC."""
    content = {
        "number": number,
        "in_force_from": _moment(in_force_from),
        "published_at": _moment(published_at),
        "note": note,
        "previous": previous,
        "rules": [_spelled(rule) for rule in rules],
    }
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def _spelled(rule: Rule) -> dict[str, Any]:
    spelled = asdict(rule)
    for name in ("valid_from", "valid_to"):
        spelled[name] = _moment(spelled[name]) if spelled[name] else None
    return spelled


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat()
