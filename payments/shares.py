"""Whose money it was that the gateway sent back, where one payment was for several orders."""

from __future__ import annotations

from collections.abc import Mapping


def told_apart(left: Mapping[int, int], gone: int) -> dict[int, int]:
    """How much is gone of each, when the sum leaves no doubt; empty when a person has to say.

    It does when all that was left is gone, or just as much as exactly one of them had left.
    """
    holding = {name: rest for name, rest in left.items() if rest > 0}
    if gone == sum(holding.values()):
        return holding
    alike = [name for name, rest in holding.items() if rest == gone]
    return {alike[0]: gone} if len(alike) == 1 else {}
