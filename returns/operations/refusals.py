"""Why a return, or a step of one, is refused."""

from __future__ import annotations

from returns.models import Return
from returns.transitions import Event


class Refused(Exception):
    """Nothing was changed."""


class TooLate(Refused):
    """The time to ask is over, or the order was never received."""


class NothingAsked(Refused):
    """Not one unit."""


class TooManyUnits(Refused):
    """More than were bought, with those that are on their way back already."""


class NotAllUnits(Refused):
    """More units than the return is about."""


class TooManyPhotos(Refused):
    """One side shows at most so many."""


class TooManyDisputes(Refused):
    """The order had all its disputes."""


class NotPossible(Refused):
    """The return has gone too far, or not far enough, for this step."""

    def __init__(self, request: Return, event: Event) -> None:
        super().__init__(request.code, request.state, event)
        self.request, self.event = request, event
