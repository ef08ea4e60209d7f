"""Why something about a deal is refused."""

from __future__ import annotations


class DealRefused(Exception):
    """Nothing was changed."""


class NotOnAir(DealRefused):
    """Timers run only while the show does."""


class NotShown(DealRefused):
    """The variant is not in the showcase, or no longer sold."""


class AlreadyOne(DealRefused):
    """The room has one of this kind; it must end first."""


class TooLate(DealRefused):
    """It is over."""


class TooEarly(DealRefused):
    """It has not begun."""


class NotWatchedEnough(TooEarly):
    """The task is not done; `left_ms` more of the show are."""

    def __init__(self, left_ms: int) -> None:
        super().__init__(left_ms)
        self.left_ms = left_ms


class NotANewFollower(DealRefused):
    """They stopped following a short while ago; coming back earns nothing."""


class OfTheHouse(DealRefused):
    """Whoever runs the show cannot win in it."""


class CannotBeStopped(DealRefused):
    """People rely on it by now."""


class TooFarBehind(DealRefused):
    """Viewers see the show so late that a countdown would cheat them."""


class TooManyAtOnce(DealRefused):
    """As many as a phone can show are running."""


class NotCheapEnough(DealRefused):
    """The price is no reduction; `most` is the highest that is one, and 0 when none is."""

    def __init__(self, most: int) -> None:
        super().__init__(most)
        self.most = most
