"""How late a publisher's pictures come, from nothing but when they come.

The two clocks have nothing in common, so the quickest arrival of the last minutes stands for an
unhindered one.
"""

_UNHINDERED_S = 0.1  # coding, the way and the packager, when nothing is in the way
_SLICE_S = 60.0


class Lateness:
    """Compares each arrival with the quickest of this slice of time and the one before."""

    def __init__(self) -> None:
        self._quickest = float("inf")
        self._quickest_before = float("inf")
        self._slice_began = float("-inf")
        self._end_s = 0.0

    def observe(self, *, now: float, end_s: float) -> None:
        """What ends at `end_s` of the show has come."""
        if now - self._slice_began > _SLICE_S:
            self._quickest_before, self._quickest = self._quickest, float("inf")
            self._slice_began = now
        self._quickest = min(self._quickest, now - end_s)
        self._end_s = end_s

    def begin(self) -> None:
        """Another connection: the show's clock stood still, so what was quick is no measure."""
        self._quickest = self._quickest_before = float("inf")

    def age_s(self, now: float) -> float:
        """How old the newest picture is; it grows while nothing comes."""
        quickest = min(self._quickest, self._quickest_before)
        return now - self._end_s - quickest + _UNHINDERED_S if quickest < float("inf") else _UNHINDERED_S
