"""How long a busy room gathers before it writes again."""

TICK = 0.05
LONGEST_PAUSE = 0.25


def pause_after(cost: float) -> float:
    """Ticks start 50 ms apart, and further apart as writing one takes longer.

    Never more than half of the time is spent writing, until a tick costs so much that viewers would wait
    longer than a quarter of a second for the next: then being in time matters more.
    """
    return min(max(TICK - cost, cost), LONGEST_PAUSE)
