"""Finds addresses of the web, also those written so that no machine should see them."""

from __future__ import annotations

import re

_ENDINGS = (
    "com|net|org|info|biz|xyz|id|my|sg|me|io|co|link|site|online|shop|store|app|live|click|top|club|vip|page|"
    "gg|ly|tk|ml|cc|tv|win|bet|fun|asia|dev|pro"
)
_ADDRESS = re.compile(
    r"https?\s?:\s?/|\bwww\s?[.,]|"
    # A dot, or the word for one, before a known ending that no letter follows.
    rf"[a-z0-9-]{{2,63}}(?:\.|\s?(?:\(|\[)?\b(?:dot|titik)\b(?:\)|\])?\s?)(?:{_ENDINGS})\b(?![.-]?[a-z0-9])|"
    rf"[a-z0-9-]{{2,63}}\.(?:{_ENDINGS})(?:\.[a-z]{{2,3}})?/\S",
    re.IGNORECASE,
)


def has_link(text: str) -> bool:
    return _ADDRESS.search(text) is not None
