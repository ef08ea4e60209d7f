"""The lock that every write to a session takes first."""

from __future__ import annotations

from livestream.models import LiveSession


def locked(code: str) -> LiveSession:
    """The session as it is now: it can neither end nor lose its host until the caller is done."""
    return LiveSession.objects.select_for_update(no_key=True).get(code=code)
