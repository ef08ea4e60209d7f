"""Where the renditions of a picture lie on disk."""

import os
import re
import shutil
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.conf import settings

from kit.pictures.picture import FORMATS, WIDTHS, rendition_name

KEY = re.compile(r"[0-9a-f]{32}")


def paths(key: str) -> list[Path]:
    """The renditions that exist, smallest first."""
    return [path for path in _possible_paths(key) if path.exists()]


def rendition_path(key: str, width: int, fmt: str) -> Path:
    if not KEY.fullmatch(key):
        raise ValueError(f"not a picture key: {key!r}")
    return Path(settings.MEDIA_ROOT) / rendition_name(key, width, fmt)


def keep(rendition: Path, *, key: str, width: int, fmt: str) -> None:
    """Copy a rendition into the store; a reader sees all of it or nothing."""
    target = rendition_path(key, width, fmt)
    target.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=target.parent, prefix=".", delete=False) as copy:
        unfinished = Path(copy.name)
        try:
            with rendition.open("rb") as source:
                shutil.copyfileobj(source, copy)
            copy.flush()
            unfinished.chmod(0o644)
            os.replace(unfinished, target)
        except BaseException:
            unfinished.unlink(missing_ok=True)
            raise


def _possible_paths(key: str) -> list[Path]:
    return [rendition_path(key, width, fmt) for width in WIDTHS for fmt in FORMATS]
