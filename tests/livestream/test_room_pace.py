"""A busy room gathers for 50 ms, and longer when its crowd takes longer to write to."""

from __future__ import annotations

import pytest

from livestream.room.pace import LONGEST_PAUSE, TICK, pause_after

COSTS = [number / 1000 for number in range(1000)]


@pytest.mark.parametrize(
    ("cost", "pause"),
    [(0.0, 0.05), (0.01, 0.04), (0.025, 0.025), (0.04, 0.04), (0.2, 0.2), (0.3, 0.25), (2.0, 0.25)],
)
def test_waits_for_the_rest_of_the_tick_or_as_long_as_it_wrote(cost, pause):
    assert pause_after(cost) == pytest.approx(pause)


def test_never_starts_sooner_than_a_tick_after_the_last_start():
    assert all(cost + pause_after(cost) >= TICK - 1e-9 for cost in COSTS)


def test_leaves_half_of_the_time_to_others_up_to_the_longest_pause():
    assert all(pause_after(cost) >= cost for cost in COSTS if cost <= LONGEST_PAUSE)


def test_never_keeps_viewers_waiting_longer_than_a_quarter_of_a_second():
    assert max(map(pause_after, COSTS)) == LONGEST_PAUSE
