"""Everything that is said in Indonesian is said in English too."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po
from django.test import Client
from django.utils.translation.template import templatize

ROOT = Path(__file__).parents[2]
ENGLISH = ROOT / "locale" / "en" / "LC_MESSAGES"
MACHINES = re.compile(r"%\(\w+\)[sd]|%%?s?|\{\w+\}|</?[a-z][^>]*>")
# As `makemessages` reads them, babel's own spelling of "the first is a context, the second the message".
CALLS: dict[str, tuple[int | tuple[int, int] | tuple[int, str], ...] | None] = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop")),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), (1, 2)),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), ((1, "c"), 2)),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), ((1, "c"), 2, 3)),
}


def test_no_message_is_untranslated_or_unsure() -> None:
    missing = [message.id for message in _messages() if message.fuzzy or not all(_forms(message.string))]

    assert missing == []


def test_every_message_of_the_code_is_in_the_catalogue() -> None:
    known = {(message.context, _forms(message.id)) for message in _messages()}

    said = {*_said_in_python(), *_said_in_templates()}

    assert len(said) > 500
    assert said - known == set()


def test_translations_keep_names_numbers_and_markup() -> None:
    broken = [
        translation
        for message in _messages()
        for said, translation in zip(_forms(message.id), _forms(message.string), strict=True)
        if _kept(translation) != _kept(said)
    ]

    assert broken == []


def test_the_compiled_catalogue_is_the_written_one() -> None:
    compiled = BytesIO()
    write_mo(compiled, _catalog())
    compiled.seek(0)

    with (ENGLISH / "django.mo").open("rb") as committed:
        assert _told(read_mo(committed)) == _told(read_mo(compiled))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "english", "indonesian"),
    [
        ("/en/", "Be the first stall tonight", "Jadi lapak pertama malam ini"),
        ("/en/live/", "No stalls are live yet", "Belum ada lapak yang live"),
        ("/en/akun/login/", "Forgot your password?", "Lupa kata sandi?"),
    ],
)
def test_pages_speak_english_under_their_english_address(
    client: Client, path: str, english: str, indonesian: str
) -> None:
    page = client.get(path).content.decode()

    assert '<html lang="en"' in page
    assert english in page
    assert indonesian not in page


def _catalog() -> Catalog:
    with (ENGLISH / "django.po").open("rb") as file:
        return read_po(file)


def _messages() -> list[Message]:
    return [message for message in _catalog() if message.id]


def _told(catalog: Catalog) -> dict[object, object]:
    return {
        (message.context, _forms(message.id)): _forms(message.string) for message in catalog if message.id
    }


def _forms(text: object) -> tuple[str, ...]:
    """A message has one form, or one for each number."""
    return tuple(text) if isinstance(text, tuple | list) else (str(text),)


def _kept(text: str) -> list[str]:
    return sorted(MACHINES.findall(text))


def _said_in_python() -> Iterator[tuple[str | None, tuple[str, ...]]]:
    for package in {init.parent for init in ROOT.glob("*/__init__.py")} - {ROOT / "tests", ROOT / "bench"}:
        for path in package.rglob("*.py"):
            yield from _calls(path.read_bytes())


def _said_in_templates() -> Iterator[tuple[str | None, tuple[str, ...]]]:
    """Django turns a template into calls with noise between them; the noise may not look like indentation."""
    for path in (path for path in (ROOT / "templates").rglob("*.*") if path.is_file()):
        calls = templatize(path.read_text(), origin=str(path))
        yield from _calls("\n".join(line.strip() for line in calls.splitlines()).encode())


def _calls(source: bytes) -> Iterator[tuple[str | None, tuple[str, ...]]]:
    for _line, said, _comments, context in extract("python", BytesIO(source), keywords=CALLS):
        yield context, _forms(said)
