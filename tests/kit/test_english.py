"""Everything that is said in Indonesian is said in English too."""

from __future__ import annotations

from pathlib import Path

import pytest
from babel.messages.pofile import read_po

CATALOG = Path(__file__).parents[2] / "locale" / "en" / "LC_MESSAGES" / "django.po"


@pytest.mark.skipif(not CATALOG.exists(), reason="the English catalogue has not been collected yet")
def test_no_message_is_untranslated_or_unsure() -> None:
    with CATALOG.open("rb") as file:
        catalog = read_po(file)

    missing = [
        message.id for message in catalog if message.id and (message.fuzzy or not _is_told(message.string))
    ]

    assert missing == []


def _is_told(translation: object) -> bool:
    return all(translation) if isinstance(translation, tuple | list) else bool(translation)
