"""Codes of links ..."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from affiliates.codes import ALPHABET, LENGTH, new_code, read_code

codes = st.builds(new_code)


@given(codes)
def test_are_read_whatever_their_case_and_lookalikes(code: str) -> None:
    assert len(code) == LENGTH
    assert read_code(code.lower()) == code
    assert read_code(code.replace("1", "l").replace("0", "o")) == code


@given(codes, st.integers(0, LENGTH - 1), st.sampled_from(ALPHABET))
def test_never_survive_one_wrong_character(code: str, place: int, character: str) -> None:
    wrong = code[:place] + character + code[place + 1 :]

    assert read_code(wrong) == (code if wrong == code else None)


@given(codes)
def test_never_survive_a_swap_of_two_characters(code: str) -> None:
    for one, other in itertools.combinations(range(LENGTH), 2):
        swapped = list(code)
        swapped[one], swapped[other] = code[other], code[one]
        wrong = "".join(swapped)

        assert read_code(wrong) == (code if wrong == code else None)


@pytest.mark.parametrize("text", ["", "ABC", "ABCDEFGU", "ABCDEFGCC", "ABCDEFG/", "АBCDEFGC", "ABCDEFG\x00"])
def test_are_refused_when_they_cannot_be_one(text: str) -> None:
    assert read_code(text) is None
