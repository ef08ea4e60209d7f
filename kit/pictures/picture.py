from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings

WIDTHS = (160, 320, 480, 640, 960)
FORMATS = ("avif", "webp")


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture we keep. `width` and `height` are those of its largest rendition."""

    key: str
    width: int
    height: int
    color: str
    lqip: str
    widths: Sequence[int]

    def url(self, width: int, fmt: str = "webp") -> str:
        """The address of the smallest rendition at least this wide, or of the largest."""
        wide_enough = [kept for kept in self.widths if kept >= width]
        nearest = min(wide_enough) if wide_enough else max(self.widths)
        return f"{settings.MEDIA_URL}{rendition_name(self.key, nearest, fmt)}"

    def srcset(self, fmt: str = "webp") -> str:
        return ", ".join(f"{self.url(width, fmt)} {width}w" for width in sorted(self.widths))


def rendition_name(key: str, width: int, fmt: str) -> str:
    """Where a rendition is kept, below the media root."""
    return f"pictures/{key[:2]}/{key}-{width}.{fmt}"
