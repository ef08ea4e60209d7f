"""Calls to leave the market, where no payment is protected: somebody of the crew reads them first."""

from __future__ import annotations

import re
from functools import cache

from livestream.moderation.words import WordMatcher

# In any dress; see livestream.moderation.words.
PHRASES = (
    *("pindah wa", "pindah whatsapp", "pindah ke wa", "lanjut wa", "lanjut di wa", "lanjut ke wa", "chat wa"),
    *(
        "wa aja",
        "wa saja",
        "via wa",
        "lewat wa",
        "order wa",
        "pesan wa",
        "hubungi wa",
        "kontak wa",
        "wa admin",
    ),
    *(
        "nomor wa",
        "no wa",
        "wa me",
        "japri aja",
        "japri ya",
        "japri kak",
        "dm aja",
        "pindah telegram",
        "via telegram",
    ),
    *(
        "transfer ke rekening",
        "transfer ke rek",
        "transfer rekening",
        "tf ke rekening",
        "tf ke rek",
        "tf rekening",
    ),
    *(
        "trf ke rekening",
        "trf ke rek",
        "kirim ke rekening",
        "bayar ke rekening",
        "transfer langsung",
        "tf langsung",
    ),
    *(
        "no rek",
        "no rekening",
        "nomor rekening",
        "norek",
        "di luar aplikasi",
        "luar aplikasi",
        "di luar pasar",
    ),
    *(
        "transfer pribadi",
        "rekening pribadi",
        "transfer dulu ke",
        "dp dulu ke",
        "tf dulu ke",
        "bayar langsung ke",
    ),
)
_TRANSFER = re.compile(
    r"\b(?:transfer|trf|tf|kirim|bayar|dp)\b.{0,40}\b(?:rekening|rek|norek)\b", re.IGNORECASE
)


@cache
def _matcher() -> WordMatcher:
    return WordMatcher(PHRASES)


def leads_away(text: str) -> bool:
    return _TRANSFER.search(text) is not None or _matcher().find(text) is not None
