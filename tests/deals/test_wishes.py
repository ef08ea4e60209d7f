"""Buying by saying so: what is a wish, and which variant it means."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deals.wishes import MOST_UNITS, Choice, Option, Wish, parse, understand

SMALL, LARGE, RED = Choice(1, 1, "A12", "S"), Choice(2, 1, "A13", "L"), Choice(3, 1, "A14", "Merah marun")
SHOE_38, SHOE_39 = Choice(4, 2, "B1", "38"), Choice(5, 2, "B2", "39")
ALONE = Choice(6, 3, "C7", "")
GRAMS = Choice(7, 4, "D1", "250 g")
SHOWN = [SMALL, LARGE, RED, SHOE_38, SHOE_39, ALONE, GRAMS]


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("keep a12", Wish("A12")),
        ("FIX A12 L 2", Wish("A12", ("l",), (2,))),
        ("fixx a12 xl x3", Wish("A12", ("xl",), (), 3)),
        ("mau a12 merah", Wish("A12", ("merah",))),
        ("fiks 2 a12", Wish("A12", (), (2,))),
        ("keep 2x a12 ya kak", Wish("A12", (), (), 2)),
        ("cf A-12 ×4", Wish("A12", (), (), 4)),
        ("keeep AB123!!", Wish("AB123")),
        ("kak mau a12 dong", Wish("A12")),
        ("Ambil, a12, warna merah.", Wish("A12", ("merah",))),
        ("kep a12 2 pcs", Wish("A12", (), (2,))),
        ("mau a12 38 2", Wish("A12", (), (38, 2))),
        ("keep a12 b3", Wish("A12", ("b3",))),  # a second code can only be the name of a variant
        ("batal A12", Wish("A12", is_taken_back=True)),
    ],
)
def test_is_a_wish(text, wish):
    assert parse(text) == wish


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a12 bagus",
        "keep dulu ya kak",
        "kak A12 masih?",
        "mau a12 masih ada?",
        "mau a12 berapa kak",
        "a12 keep",
        "keep",
        "keep a12 x0",
        "keep a12 x100",
        "keep a12 x2 x3",
        "mau tanya a1234",
        "keepsake a12 cantik",
        "ga jadi keep a12",
        "keep a١٢",
        "keep a12 " + "l" * 300,
    ],
)
def test_is_ordinary_talk(text):
    assert parse(text) is None


@pytest.mark.parametrize(
    ("text", "options"),
    [
        ("keep a12", [Option(SMALL, 1)]),
        ("keep a12 s 3", [Option(SMALL, 3)]),
        ("keep a12 L 2", [Option(LARGE, 2)]),
        ("mau a12 merah", [Option(RED, 1)]),
        ("mau a12 merah marun x2", [Option(RED, 2)]),
        ("mau a12 hijau 2", [Option(SMALL, 2), Option(LARGE, 2), Option(RED, 2)]),
        ("keep b1 39 x2", [Option(SHOE_39, 2)]),
        ("keep b1 39 2", [Option(SHOE_39, 2)]),
        ("keep b1 39", [Option(SHOE_38, 39), Option(SHOE_39, 1)]),
        ("keep b1 2", [Option(SHOE_38, 2)]),
        ("keep c7 merah 2", [Option(ALONE, 2)]),  # there is nothing else to mean
        ("keep d1 250g", [Option(GRAMS, 1)]),
        ("keep d1 250 gr", [Option(GRAMS, 1)]),
        ("keep z9", []),
        ("keep a12 100", []),
        ("keep a12 0", []),
        ("keep a12 1 2 3", []),
    ],
)
def test_means(text, options):
    wish = parse(text)

    assert wish is not None
    assert understand(wish, SHOWN) == options


SOME_WORDS = "keep fixxx mau batal A12 a-13 b1 x3 2x 38 0 100 L merah kak ya ? xl × ２ ² ١ ﬁx keep? \u202e"
words = st.sampled_from(SOME_WORDS.split())


@settings(max_examples=500)
@given(st.lists(words, max_size=9).map(" ".join) | st.text(max_size=320))
def test_any_text_is_read_and_no_quantity_is_out_of_bounds(text):
    wish = parse(text)

    for option in understand(wish, SHOWN) if wish else ():
        assert 1 <= option.quantity <= MOST_UNITS
        assert option.choice in SHOWN


@pytest.mark.parametrize(
    "text", ["k" + "e" * 100_000, "keep " * 60, "a" * 300, "1x" * 150, "keep " + "9" * 290]
)
def test_hostile_text_costs_no_time(text):
    began = time.perf_counter()
    for _ in range(10):
        parse(text)

    assert time.perf_counter() - began < 0.05
