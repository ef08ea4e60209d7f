"""A version as text: one spelling for one content, so that it can be signed and compared."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

from fees.arithmetic import Rule


@dataclass(frozen=True)
class Version:
    """All of a version that counts, before it is signed."""

    rules: Sequence[Rule]
    number: int
    in_force_from: datetime
    published_at: datetime
    note: str
    previous: str  # the digest of the version before it

    @property
    def document(self) -> str:
        """One spelling for one content: sorted keys, no spaces, moments in UTC."""
        content = {
            "number": self.number,
            "in_force_from": _moment(self.in_force_from),
            "published_at": _moment(self.published_at),
            "note": self.note,
            "previous": self.previous,
            "rules": [_spelled(rule) for rule in self.rules],
        }
        return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def _spelled(rule: Rule) -> dict[str, Any]:
    spelled = asdict(rule)
    for name in ("valid_from", "valid_to"):
        spelled[name] = _moment(spelled[name]) if spelled[name] else None
    return spelled


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat()
