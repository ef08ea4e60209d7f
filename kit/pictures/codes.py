"""What the QR codes on a stranger's photo say: read in the same poor process as every photo, kept nowhere."""

from __future__ import annotations

from kit.pictures.intake import Upload, work_on

MOST_CODES = 8
LONGEST_CODE = 2000


def read(upload: Upload) -> list[str]:
    """The texts of the codes on it, none when there is none. Raises a `PictureRefused`."""
    found = work_on(upload, task="codes")["codes"]
    return [text for text in found if isinstance(text, str) and len(text) <= LONGEST_CODE][:MOST_CODES]
