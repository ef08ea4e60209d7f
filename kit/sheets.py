"""Tables that people open in a spreadsheet."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence

BYTE_ORDER_MARK = "\ufeff"  # without it a spreadsheet takes names for another alphabet
FORMULA = ("=", "+", "-", "@", "\t", "\r", "|", "%")  # what a spreadsheet takes for one


class _Echo:
    """What the writer writes to: gives each line back."""

    def write(self, line: str) -> str:
        return line


def csv_lines(
    head: Sequence[str],
    rows: Iterable[Sequence[object]],
    *,
    delimiter: str = ",",
    mark: str = BYTE_ORDER_MARK,
) -> Iterator[str]:
    """A table line by line, however long it is: plain numbers, and no text that runs as a formula."""
    writer = csv.writer(_Echo(), delimiter=delimiter)
    yield mark + str(writer.writerow(head))
    for row in rows:
        yield str(writer.writerow([harmless(cell) if isinstance(cell, str) else cell for cell in row]))


def harmless(text: str) -> str:
    """The text, so that no spreadsheet takes it for a formula."""
    return f"'{text}" if text.lstrip().startswith(FORMULA) else text
