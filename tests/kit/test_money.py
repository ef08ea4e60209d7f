"""Money and counts read as people here write them."""

from __future__ import annotations

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from kit.money import compact, number, rupiah


@pytest.mark.parametrize(
    ("amount", "written"),
    [(0, "Rp0"), (500, "Rp500"), (12_500, "Rp12.500"), (1_249_000, "Rp1.249.000"), (-13_500, "−Rp13.500")],
)
def test_rupiah_has_dots_and_neither_space_nor_cents(amount: int, written: str) -> None:
    with translation.override("id"):
        assert rupiah(amount) == written


def test_rupiah_is_the_same_in_english() -> None:
    with translation.override("en"):
        assert rupiah(12_500) == "Rp12.500"


@given(st.integers(min_value=0, max_value=10**15))
def test_rupiah_can_be_read_back(amount: int) -> None:
    assert int(rupiah(amount).removeprefix("Rp").replace(".", "")) == amount


def test_counts_are_grouped_in_the_readers_language() -> None:
    with translation.override("id"):
        assert number(1_284) == "1.284"
    with translation.override("en"):
        assert number(1_284) == "1,284"


@pytest.mark.parametrize(
    ("amount", "indonesian", "english"),
    [
        (999, "999", "999"),
        (1_000, "1\u00a0rb", "1k"),
        (1_284, "1,2\u00a0rb", "1.2k"),
        (12_599, "12,5\u00a0rb", "12.5k"),
        (999_999, "999\u00a0rb", "999k"),
        (1_200_000, "1,2\u00a0jt", "1.2M"),
        (2_000_000_000, "2\u00a0M", "2B"),
        (-12_500, "−12,5\u00a0rb", "−12.5k"),
    ],
)
def test_compact_counts_are_cut_and_never_boast(amount: int, indonesian: str, english: str) -> None:
    with translation.override("id"):
        assert compact(amount) == indonesian
    with translation.override("en"):
        assert compact(amount) == english
