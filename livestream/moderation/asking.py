"""Tells questions from other talk, and the same question from another one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TypeVar

from kit.lookalikes import plain_letters

SAME = 0.5  # share of what two questions must have in common


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


# People greet before and behind a question.
_GREETINGS = _set("""
    kak ka kakak bang bg min admin gan sis bu ibu pak bapak mas mbak mba bro say bun bunda om tante halo hai
    hi permisi maaf assalamualaikum ya yah yaa dong donk sih nih kah tolong mau tanya nanya numpang izin ijin
    ko koh ci cece guys
""")
_OPENING = _set("""
    apa apakah berapa brp brapa kapan kpn dimana kemana gimana bagaimana gmn kenapa knp mengapa siapa bisakah
    adakah masihkah masih msh ready redi ada bisa bs boleh
""")
_CLOSING = _OPENING | _set("apaan mana cod ongkir nggak ngga gak ga tidak blm belum enggak")
# They say nothing about what is asked.
_FILLERS = _GREETINGS | _set("""
    ini itu yang yg dan atau di ke dari untuk buat saya aku kamu nya kok lagi juga sama deh aja saja
""")
_SPELLINGS = dict(
    pair.split(":")
    for pair in _set("""
        brp:berapa brapa:berapa kpn:kapan gmn:gimana bagaimana:gimana msh:masih redi:ready bs:bisa hrg:harga
        hrga:harga harganya:harga ukurannya:ukuran warnanya:warna beratnya:berat ongkirnya:ongkir
        kirimnya:kirim ga:tidak gak:tidak ngga:tidak nggak:tidak enggak:tidak tdk:tidak blm:belum
    """)
)
_WORD = re.compile(r"[a-z0-9]+")
_LENGTHENED = re.compile(r"([a-z])\1{2,}")

T = TypeVar("T")


def asks(text: str) -> bool:
    """Whether somebody wants to know something: a question mark, or a word that asks at either end."""
    if "?" in text or "？" in text:
        return _WORD.search(plain_letters(text)) is not None
    words = [word for word in _words(text) if word not in _GREETINGS]
    if not words or "!" in text:
        return False
    return words[0] in _OPENING or (len(words) > 1 and words[-1] in _CLOSING)


def key_of(text: str) -> str:
    """What a question is about: its telling words in one spelling."""
    words = [_SPELLINGS.get(word, word) for word in _words(text)]
    return " ".join(word for word in words if word not in _FILLERS)[:300]


def grouped(questions: Sequence[tuple[str, T]]) -> list[list[T]]:
    """Questions with their keys, the newest first; those that ask the same stand together."""
    groups: list[tuple[frozenset[str], list[T]]] = []
    for key, question in questions:
        parts = _trigrams(key)
        group = next((members for known, members in groups if _likeness(parts, known) >= SAME), None)
        if group is None:
            groups.append((parts, group := []))
        group.append(question)
    return [members for _, members in groups]


def _words(text: str) -> list[str]:
    return _WORD.findall(_LENGTHENED.sub(r"\1", plain_letters(text)))


def _trigrams(key: str) -> frozenset[str]:
    """As PostgreSQL takes them (pg_trgm): of every word by itself."""
    padded = (f"  {word} " for word in key.split())
    return frozenset(word[at : at + 3] for word in padded for at in range(len(word) - 2))


def _likeness(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / len(one | other) if one and other else float(one == other)
