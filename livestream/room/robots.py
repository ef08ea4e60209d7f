"""Machines that say so. They may watch, but they are no audience."""

from __future__ import annotations

import re

# Search engines, headless browsers, HTTP libraries and our own robots. Cubot is a phone.
NAMES = re.compile(
    r"(?<!cu)bot\b|robot|crawl|spider|slurp|headless|phantomjs|puppeteer|playwright|selenium|lighthouse|"
    r"python|aiohttp|curl/|wget/|okhttp|axios|node-fetch|java/|go-http|websocket",
    re.IGNORECASE,
)


def is_robot(user_agent: str) -> bool:
    """Browsers always say who they are; whoever does not is taken for a machine too."""
    return not user_agent or NAMES.search(user_agent) is not None
