"""The draw everybody can repeat."""

from __future__ import annotations

import hashlib
import hmac

from hypothesis import given
from hypothesis import strategies as st

from deals.fairness import commitment_to, entrant_number, in_drawn_order, lot_of, new_salt, new_seed

seeds = st.binary(min_size=32, max_size=32).map(bytes.hex)
entrants = st.lists(st.integers(0, 10**6).map(lambda n: f"{n:064x}"), unique=True, max_size=40)


@given(seeds, entrants, st.randoms())
def test_order_does_not_depend_on_the_order_of_entries(seed, numbers, chance):
    shuffled = list(numbers)
    chance.shuffle(shuffled)

    assert in_drawn_order(shuffled, seed=seed) == in_drawn_order(numbers, seed=seed)


@given(seeds, entrants)
def test_everybody_has_exactly_one_place(seed, numbers):
    drawn = in_drawn_order([*numbers, *numbers], seed=seed)

    assert sorted(drawn) == sorted(numbers)


@given(seeds, entrants.filter(bool), st.integers(2 * 10**6, 3 * 10**6).map(lambda n: f"{n:064x}"))
def test_one_more_entrant_does_not_change_the_order_of_the_others(seed, numbers, late):
    drawn = in_drawn_order([*numbers, late], seed=seed)

    assert [entrant for entrant in drawn if entrant != late] == in_drawn_order(numbers, seed=seed)


def test_follows_the_published_words():
    seed, salt, tickets = "ab" * 32, "cd" * 16, ["TIKET-1", "TIKET-2", "TIKET-3"]
    numbers = [hashlib.sha256(f"{salt}:{ticket}".encode()).hexdigest() for ticket in tickets]
    lots = {
        number: hmac.new(seed.encode(), number.encode(), hashlib.sha256).hexdigest() for number in numbers
    }

    assert [entrant_number(salt=salt, ticket=ticket) for ticket in tickets] == numbers
    assert commitment_to(seed) == hashlib.sha256(seed.encode()).hexdigest()
    assert in_drawn_order(numbers, seed=seed) == sorted(numbers, key=lots.__getitem__)
    assert lot_of(numbers[0], seed=seed) == lots[numbers[0]]


def test_another_seed_gives_another_order():
    numbers = [entrant_number(salt="s", ticket=str(n)) for n in range(50)]

    assert in_drawn_order(numbers, seed="a" * 64) != in_drawn_order(numbers, seed="b" * 64)


def test_every_entrant_has_the_same_odds():
    """A chi-square test over 4,000 seeds; by chance its limit is passed once in 10,000 runs."""
    numbers = [entrant_number(salt="s", ticket=str(n)) for n in range(10)]
    first = [in_drawn_order(numbers, seed=f"{n:064x}")[0] for n in range(4_000)]
    expected = len(first) / len(numbers)

    chi_square = sum((first.count(number) - expected) ** 2 / expected for number in numbers)

    assert chi_square < 33.7  # nine degrees of freedom


def test_seeds_and_salts_are_fresh():
    assert len({new_seed() for _ in range(100)}) == len({new_salt() for _ in range(100)}) == 100
    assert len(new_seed()) == 64
