"""Finds blocked words however they are dressed up, and leaves words alone that only look like them.

A match begins and ends where a word begins and ends. So `bangsat` is found in "b4ng5aaat", "b a n g s a t"
and "bang.sat", but not in "bang, sat set ya"; and `puki` is not in "kue pukis".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from livestream.moderation.fragments import Fragment, core, readings

# What may hang on to a word of at least SUFFIXED letters.
SUFFIXES = ("nya", "mu", "ku", "lah", "kah", "an")
SUFFIXED = 5
# A word torn into pieces by spaces is only taken for one when the pieces are many and small.
FEWEST_PIECES = 3
LARGEST_PIECE = 3  # on average


@dataclass(frozen=True, slots=True)
class _Entry:
    written: str
    cuts: frozenset[int]  # where its own words meet, counted in letters of the core
    pattern: re.Pattern[str]


class WordMatcher:
    """A list of words and phrases, compiled once and asked for every message."""

    def __init__(self, entries: Iterable[str]) -> None:
        self._entries: dict[str, list[_Entry]] = {}
        self._beginnings: set[str] = set()
        for written in entries:
            for reading in readings(written):
                self._add(written, reading.pieces)

    def find(self, text: str) -> str | None:
        """The first entry that is said in the text, as it was written in the list."""
        if not self._entries:
            return None
        for reading in readings(text):
            places = self._suspicious(reading.cores())
            if not places:  # as nearly always
                continue
            fragments = reading.fragments()
            for place in places:
                if found := self._at(fragments, place):
                    return found
        return None

    def _suspicious(self, cores: Sequence[str]) -> list[int]:
        """Where an entry may be said, judged by letters alone."""
        return [
            place
            for place, said in enumerate(cores)
            if (said in self._beginnings and self._goes_on(cores, place))
            or (said.endswith(SUFFIXES) and any(stem in self._entries for stem in _stems(said)))
        ]

    def _goes_on(self, cores: Sequence[str], place: int) -> bool:
        said = ""
        for last in range(place, len(cores)):
            said = _joined(said, cores[last])
            if said in self._entries:
                return True
            if said not in self._beginnings:
                break
        return False

    def _add(self, written: str, words: Sequence[str]) -> None:
        key, cuts = "", set()
        for word in words:
            key = _joined(key, core(word))
            cuts.add(len(key))
        entry = _Entry(written, frozenset(cuts), _pattern("".join(words)))
        if not key:
            return
        self._entries.setdefault(key, []).append(entry)
        self._beginnings.update(key[:length] for length in range(1, len(key) + 1))

    def _at(self, fragments: Sequence[Fragment], place: int) -> str | None:
        """An entry that begins with this fragment."""
        said = ""
        for last in range(place, len(fragments)):
            said = _joined(said, fragments[last].core)
            for entry in self._entries.get(said, ()):
                if _is_said(entry, fragments[place : last + 1]):
                    return entry.written
            if said not in self._beginnings:
                break
        return self._with_suffix(fragments[place])

    def _with_suffix(self, fragment: Fragment) -> str | None:
        for stem in _stems(fragment.letters):
            for entry in self._entries.get(core(stem), ()):
                if entry.pattern.fullmatch(stem):
                    return entry.written
        return None


def key_of(written: str) -> str:
    """How an entry is compared: its words in plain letters. Two entries with one key are the same."""
    return " ".join([*readings(written)][-1].pieces)


def _joined(said: str, core: str) -> str:
    return said + (core[1:] if said[-1:] == core[0] else core)


def _stems(letters: str) -> Iterator[str]:
    for suffix in SUFFIXES:
        stem = letters.removesuffix(suffix)
        if stem != letters and len(stem) >= SUFFIXED:
            yield stem


def _is_said(entry: _Entry, pieces: Sequence[Fragment]) -> bool:
    if not entry.pattern.fullmatch("".join(piece.letters for piece in pieces)):
        return False
    return _hangs_together(entry, pieces) or _is_torn(pieces)


def _hangs_together(entry: _Entry, pieces: Sequence[Fragment]) -> bool:
    """Spaces stand only where the entry has them."""
    if len(pieces) > 1 and any(piece.is_number for piece in pieces):
        return False
    said = pieces[0].core
    for piece in pieces[1:]:
        if not piece.is_glued and len(said) not in entry.cuts:
            return False
        said = _joined(said, piece.core)
    return True


def _is_torn(pieces: Sequence[Fragment]) -> bool:
    """Many small pieces; digits count as letters only among single letters."""
    if len(pieces) < FEWEST_PIECES:
        return False
    if any(piece.is_number for piece in pieces) and any(len(piece.core) > 1 for piece in pieces):
        return False
    return sum(len(piece.core) for piece in pieces) <= LARGEST_PIECE * len(pieces)


def _pattern(letters: str) -> re.Pattern[str]:
    """Every letter at least as often as the entry has it."""
    runs = ((letter, len(list(run))) for letter, run in groupby(letters))
    return re.compile("".join(f"{letter}{{{count},}}" for letter, count in runs))
