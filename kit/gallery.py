"""Samples for the gallery of components."""

from __future__ import annotations

from typing import Any


def context() -> dict[str, Any]:
    return {}
