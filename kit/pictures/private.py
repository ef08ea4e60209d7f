"""Photos that only some may see: no folder of the edge has them, a view that asks who it is sends them."""

from __future__ import annotations

from pathlib import Path
from tempfile import NamedTemporaryFile

from django.conf import settings
from django.http import FileResponse, Http404

from kit.pictures.intake import Upload, accept_into
from kit.pictures.picture import Picture
from kit.pictures.storage import KEY

FORMAT = "webp"


def accept(upload: Upload) -> Picture:
    """Check, clean and keep one photo, or raise a `PictureRefused` and keep nothing."""
    return accept_into(upload, _keep)


def response(key: str, width: int) -> FileResponse:
    """The picture for the one who asks, and for no cache on the way."""
    path = _path(key, width)
    if not path.is_file():
        raise Http404
    answer = FileResponse(path.open("rb"), content_type=f"image/{FORMAT}")
    answer["Cache-Control"] = "private, no-store"
    answer["Content-Disposition"] = "inline"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def _keep(picture: Picture, workshop: Path) -> None:
    """One format, in the sizes that its pages show; a reader sees all of it or nothing."""
    for width in picture.widths:
        target = _path(picture.key, width)
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with NamedTemporaryFile(dir=target.parent, prefix=".", delete=False) as copy:
            copy.write((workshop / f"{width}.{FORMAT}").read_bytes())
        Path(copy.name).replace(target)


def _path(key: str, width: int) -> Path:
    return _folder(key) / f"{key}-{int(width)}.{FORMAT}"


def _folder(key: str) -> Path:
    if not KEY.fullmatch(key):
        raise ValueError(f"not a picture key: {key!r}")
    return Path(settings.PRIVATE_ROOT) / "pictures" / key[:2]
