"""Why a message is not said."""

from __future__ import annotations

from datetime import datetime


class NotSaid(Exception):
    """A message that nobody will see."""

    reason = ""

    @property
    def facts(self) -> dict[str, int | None]:
        """What its sender must know besides."""
        return {}


class Empty(NotSaid):
    """Nothing is left of it that can be seen."""

    reason = "empty"


class TooLong(NotSaid):
    """More than a chat message may have."""

    reason = "long"


class Unknown(NotSaid):
    """Nobody has this account any more."""

    reason = "login"


class ChatClosed(NotSaid):
    """The session is over."""

    reason = "closed"


class Banned(NotSaid):
    """This person, or their device, does not speak in any room of the shop."""

    reason = "banned"


class Muted(NotSaid):
    """The word was taken from this person for a while, or for the whole session."""

    reason = "muted"

    def __init__(self, until: datetime | None = None) -> None:
        super().__init__(until)
        self.until = until

    @property
    def facts(self) -> dict[str, int | None]:
        return {"until": int(self.until.timestamp() * 1000) if self.until else None}


class NotFollowing(NotSaid):
    """The room is for people who follow the shop, and this one does not."""

    reason = "followers"


class TooSoon(NotSaid):
    """The one before was a moment ago, and the room goes slowly."""

    reason = "slow"

    def __init__(self, wait_ms: int) -> None:
        super().__init__(wait_ms)
        self.wait_ms = wait_ms

    @property
    def facts(self) -> dict[str, int | None]:
        return {"wait_ms": self.wait_ms}


class BlockedWordSaid(NotSaid):
    """It has a word that is not let through."""

    reason = "word"


class LinkSaid(NotSaid):
    """It has an address of the web, in a room that wants none."""

    reason = "link"


class TooManyHeld(NotSaid):
    """Enough of this person's messages wait to be looked at."""

    reason = "waiting"


class Rejected(NotSaid):
    """Somebody of the crew has looked at it and does not let it through."""

    reason = "rejected"
