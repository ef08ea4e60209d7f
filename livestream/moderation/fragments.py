"""A text as somebody reads it who wants to understand: pieces of plain letters, digits taken for letters."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from string import ascii_lowercase
from typing import NamedTuple

from kit.lookalikes import plain_letters

_PIECE = re.compile(r"[a-z0-9]+")
_GAP = re.compile(r"[^a-z0-9]+")
_APART = re.compile(r"[\s,;:?!/()]")  # between words; anything else may stand inside one
_DOUBLES = [(letter * 2, letter) for letter in ascii_lowercase]
_DIGIT = re.compile(r"[0-9]")
_ONE = re.compile(r"[a-z]1|1[a-z]|(?<![a-z0-9])1(?![a-z0-9])")
_ANY_SIGN = re.compile(r"[@$!|+€£]")
_SIGN = re.compile(r"[@$]|(?<=[a-z0-9])[!|+€£](?=[a-z0-9])")
_SIGNS = {"@": "a", "$": "s", "!": "i", "|": "i", "+": "t", "€": "e", "£": "l"}
_AS_LETTERS = str.maketrans("0134567892", "oieasgtbgz")
_ONE_AS_L = str.maketrans("0134567892", "oleasgtbgz")


class Fragment(NamedTuple):
    """A piece without gaps. Its `core` has every letter once where it stood several times in a row."""

    letters: str
    core: str
    is_glued: bool  # to the one before it: only a sign stands between them, no space and no comma
    is_number: bool


class Reading(NamedTuple):
    """One way in which a text may be meant: digits and signs can stand for letters."""

    plain: str
    pieces: list[str]

    def cores(self) -> list[str]:
        return core(" ".join(self.pieces)).split(" ")

    def fragments(self) -> list[Fragment]:
        gaps, written = _GAP.findall(f" {self.plain}"), _PIECE.findall(self.plain)
        return [
            Fragment(letters, core(letters), not _APART.search(gap), piece.isdigit())
            for gap, piece, letters in zip(gaps, written, self.pieces, strict=False)
        ]


def readings(text: str) -> Iterator[Reading]:
    plain = plain_letters(text)
    yield from _with_digits(plain)
    if _ANY_SIGN.search(plain) and _SIGN.search(plain):
        yield from _with_digits(_SIGN.sub(lambda sign: _SIGNS[sign[0]], plain))


def core(letters: str) -> str:
    for double, single in _DOUBLES:
        while double in letters:
            letters = letters.replace(double, single)
    return letters


def _with_digits(plain: str) -> Iterator[Reading]:
    pieces = _PIECE.findall(plain)
    if not _DIGIT.search(plain):
        yield Reading(plain, pieces)
        return
    yield Reading(plain, [_letters(piece, _AS_LETTERS) for piece in pieces])
    if _ONE.search(plain):
        yield Reading(plain, [_letters(piece, _ONE_AS_L) for piece in pieces])


def _letters(piece: str, values: Mapping[int, int]) -> str:
    """A number is a number, but a digit by itself may stand among letters."""
    if piece.isalpha():
        return piece
    if piece.isdigit():
        if len(set(piece)) > 1:
            return piece
    else:
        piece = piece.removesuffix("2")  # "anjing2" is how people write "anjing-anjing"
    return piece.translate(values)
