"""The colours of the token file can be read, by day and by night."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

TOKENS = (Path(__file__).parents[2] / "static" / "css" / "tokens.css").read_text()
TEXT, CONTROL = 4.5, 3.0
PAIRS = [
    *(("text", ground, TEXT) for ground in ("bg", "surface", "surface-2", "success-bg", "warning-bg")),
    *(("text-2", ground, TEXT) for ground in ("bg", "surface", "surface-2")),
    *(("link", ground, TEXT) for ground in ("bg", "surface")),
    *(("price", ground, TEXT) for ground in ("bg", "surface")),
    *((kind, f"{kind}-bg", TEXT) for kind in ("success", "warning", "danger")),
    *((kind, "surface", TEXT) for kind in ("success", "warning", "danger")),
    *((f"on-{fill}", fill, TEXT) for fill in ("primary", "live", "stabilo")),
    ("on-primary", "primary-press", TEXT),
    ("line-strong", "surface", CONTROL),
    ("rim", "bg", CONTROL),
    ("focus", "surface", CONTROL),
    ("focus", "bg", CONTROL),
]


def _block(opening: str) -> dict[str, str]:
    start = TOKENS.index(opening)
    inside = TOKENS[TOKENS.index("{", start) : TOKENS.index("}", start)]
    return dict(re.findall(r"--([\w-]+): (#[0-9A-F]{6})", inside))


DAY = _block(':root, [data-theme="day"]')
NIGHT = _block('  [data-theme="night"]')


@pytest.mark.parametrize("theme", [DAY, NIGHT], ids=["day", "night"])
@pytest.mark.parametrize(("ink", "ground", "least"), PAIRS)
def test_is_readable(theme: dict[str, str], ink: str, ground: str, least: float) -> None:
    assert _contrast(theme[ink], theme[ground]) >= least


def test_the_yellow_button_is_outlined_by_day() -> None:
    assert _contrast(DAY["primary-edge"], DAY["bg"]) >= CONTROL


@pytest.mark.parametrize(("ink", "least"), [("#FFFFFF", TEXT), ("#FFD560", TEXT)])
def test_text_over_a_white_video_frame_is_readable(ink: str, least: float) -> None:
    red, green, blue = map(int, re.search(r"--scrim: (\d+) (\d+) (\d+)", TOKENS).groups())
    share = float(re.search(r"--over-video: rgb\(var\(--scrim\) / (\.\d+)\)", TOKENS)[1])
    ground = "#" + "".join(
        f"{round(channel * share + 255 * (1 - share)):02X}" for channel in (red, green, blue)
    )

    assert _contrast(ink, ground) >= least


def test_a_device_set_to_dark_gets_the_same_night() -> None:
    assert _block(":root:not([data-theme])") == NIGHT


def _contrast(one: str, other: str) -> float:
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(color: str) -> float:
    channels = (int(color[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
