"""The table of districts and villages, from the file beside this app into the database."""

from __future__ import annotations

import csv
import lzma
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.db import connection, transaction

SOURCE = Path(__file__).resolve().parent / "data" / "areas.csv.xz"
STAGE = "CREATE TEMPORARY TABLE staged_area (code varchar(13) PRIMARY KEY, name varchar(60))"
# A place's parents are in its code: 34.02.16.2003 lies in 34.02.16, which lies in 34.02.
MERGE = r"""
    INSERT INTO accounts_area (code, regency_id, district, village, words)
    SELECT area.code, regency.code, parent.name, names.village,
        ' ' || trim(regexp_replace(lower(
            names.village || ' ' || parent.name || ' ' ||
            regexp_replace(regency.name, '^(Kabupaten|Kota) ', '')
        ), '[^a-z0-9]+', ' ', 'g'))
    FROM staged_area area
    CROSS JOIN LATERAL (SELECT CASE WHEN length(area.code) > 8 THEN area.name ELSE '' END AS village) names
    JOIN staged_area parent ON parent.code = left(area.code, 8)
    JOIN accounts_regency regency ON regency.code = left(area.code, 5)
    ON CONFLICT (code) DO UPDATE
    SET regency_id = EXCLUDED.regency_id, district = EXCLUDED.district, village = EXCLUDED.village,
        words = EXCLUDED.words
    WHERE (accounts_area.district, accounts_area.village, accounts_area.words)
        IS DISTINCT FROM (EXCLUDED.district, EXCLUDED.village, EXCLUDED.words)
"""
FORGET = "DELETE FROM accounts_area WHERE code NOT IN (SELECT code FROM staged_area)"


def rows() -> Iterator[tuple[str, str]]:
    """Code and name of every district and village, in the order of the codes."""
    with lzma.open(SOURCE, "rt", encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            yield row["code"], row["name"]


@transaction.atomic
def load(areas: Iterable[tuple[str, str]]) -> int:
    """Make the table these areas and no others; returns how many rows that changed. Again changes nothing."""
    with connection.cursor() as cursor:
        cursor.execute(STAGE)
        with cursor.copy("COPY staged_area (code, name) FROM STDIN") as copy:
            for area in areas:
                copy.write_row(area)
        cursor.execute("ANALYZE staged_area")
        cursor.execute(MERGE)
        changed: int = cursor.rowcount
        cursor.execute(FORGET)
        changed += cursor.rowcount
        cursor.execute("DROP TABLE staged_area")
    return changed
