"""What goods lie on, seen from straight above: mats, planks, leaves, tiles."""

from collections.abc import Callable
from functools import lru_cache

import numpy as np
from PIL import Image, ImageDraw

from demo.art.fields import Field, as_image, mixed, noise, shade
from demo.art.palette import PALETTES, Color, Palette

SIDE = 960
Surface = Callable[[np.random.Generator, Palette], Field]


def wood(rng: np.random.Generator, palette: Palette) -> Field:
    """Planks of an old stall table."""
    tone: Color = ((122, 78, 44), (150, 100, 58), (96, 62, 40), (168, 124, 78))[int(rng.integers(4))]
    planks = int(rng.integers(5, 8))
    height = SIDE // planks
    colors = np.empty((SIDE, SIDE, 3), np.float32)
    light = np.empty((SIDE, SIDE), np.float32)
    for plank in range(planks):
        top, bottom = plank * height, SIDE if plank == planks - 1 else (plank + 1) * height
        colors[top:bottom] = np.array(tone, np.float32) * rng.uniform(0.86, 1.12)
        light[top:bottom] = _wood_grain(SIDE, bottom - top, rng)
        light[top : top + 3] -= 0.7
        light[top + 3 : top + 6] += 0.12
    return shade(colors, light)


def _wood_grain(width: int, height: int, rng: np.random.Generator) -> Field:
    along = noise(width, height, cell=(420, 26), rng=rng)
    rings = np.sin((along * 7 + np.linspace(0, 9, height, dtype=np.float32)[:, None]) * 2.2)
    fibres = noise(width, height, cell=(150, 2.2), rng=rng)
    return np.asarray(0.1 * rings + 0.11 * fibres + 0.07 * along, dtype=np.float32)


def mat(rng: np.random.Generator, palette: Palette) -> Field:
    """A pandan mat: strips over and under, some of them dyed."""
    strip = int(rng.integers(22, 34))
    straw = np.array(((214, 182, 122), (198, 160, 96), (226, 202, 150))[int(rng.integers(3))], np.float32)
    dyed = np.array(mixed(palette.main, (150, 110, 70), 0.35), np.float32)
    count = SIDE // strip + 2
    rows, columns = np.mgrid[0:SIDE, 0:SIDE].astype(np.float32)
    across, along = (columns + rows) * np.float32(0.7071), (columns - rows) * np.float32(0.7071) + SIDE
    warp, weft = (across / strip).astype(np.int32), (along / strip).astype(np.int32)
    in_warp, in_weft = across / np.float32(strip) - warp, along / np.float32(strip) - weft
    over = (warp + weft) % 2 == 0
    tones = rng.uniform(0.86, 1.08, 4 * count).astype(np.float32)
    is_dyed = np.arange(4 * count) % 8 < 2
    strips = np.where(is_dyed[:, None], dyed, straw) * tones[:, None]
    index = np.where(over, warp, weft + count)
    place, length = np.where(over, in_warp, in_weft), np.where(over, in_weft, in_warp)
    half_turn = np.float32(np.pi)
    bulge = np.sin(place * half_turn) * np.float32(0.34) + np.sin(length * half_turn) * np.float32(0.26)
    return shade(strips[np.clip(index, 0, 4 * count - 1)], bulge - np.float32(0.42))


def leaf(rng: np.random.Generator, palette: Palette) -> Field:
    """A banana leaf, midrib and all."""
    rows, columns = np.mgrid[0:SIDE, 0:SIDE].astype(np.float32)
    slope = np.float32(rng.uniform(-0.25, 0.25))
    from_rib = rows - SIDE * np.float32(0.42) - (columns - SIDE / 2) * slope
    sway = noise(SIDE, SIDE, cell=(260, 260), rng=rng) * 26
    veins = np.sin((columns + np.abs(from_rib) * np.float32(0.42) + sway) * np.float32(0.21))
    soft_bands = noise(SIDE, SIDE, cell=(120, 420), rng=rng)
    colors = np.array((58, 118, 52), np.float32) + soft_bands[..., None] * np.array((16, 18, 8), np.float32)
    rib = np.exp(-((from_rib / 13) ** 2))
    light = (
        veins * np.float32(0.1) + soft_bands * np.float32(0.12) - np.exp(-(((from_rib - 22) / 16) ** 2)) * 0.4
    )
    colors += rib[..., None] * (np.array((176, 196, 110), np.float32) - colors)
    return shade(colors, light.astype(np.float32))


def terrazzo(rng: np.random.Generator, palette: Palette) -> Field:
    """A polished floor with chips in the colours of the stall."""
    ground = Image.new("RGB", (SIDE, SIDE), mixed(palette.paper, (205, 196, 182), 0.45))
    pen = ImageDraw.Draw(ground)
    chips = [palette.main, palette.second, palette.accent, (118, 108, 100), (250, 246, 236), palette.ink]
    for _ in range(330):
        x, y, radius = rng.uniform(0, SIDE), rng.uniform(0, SIDE), rng.uniform(4, 20)
        turns = np.sort(rng.uniform(0, 2 * np.pi, int(rng.integers(5, 8))))
        corners = [(x + radius * np.cos(a), y + radius * np.sin(a) * 0.8) for a in turns]
        color = mixed(chips[int(rng.integers(len(chips)))], (214, 204, 190), float(rng.uniform(0.15, 0.6)))
        pen.polygon(corners, fill=color)
    clouds = noise(SIDE, SIDE, cell=(190, 190), rng=rng) * np.float32(0.06)
    return shade(np.asarray(ground, np.float32), clouds)


def linen(rng: np.random.Generator, palette: Palette) -> Field:
    """The checked cloth of every food stall."""
    color = np.array((palette.main, palette.second, palette.accent)[int(rng.integers(3))], np.float32)
    check = int(rng.choice([60, 80, 96]))
    rows, columns = np.mgrid[0:SIDE, 0:SIDE].astype(np.float32)
    bands = ((rows // check) % 2 + (columns // check) % 2) / 2
    thin = ((rows % check < 5) | (columns % check < 5)) * np.float32(0.16)
    share = np.clip(bands * np.float32(0.8) + thin, 0, 1)[..., None]
    colors = np.array((246, 240, 226), np.float32) * (1 - share) + color * share
    threads = np.sin(columns * 1.7) * np.sin(rows * 1.7) * np.float32(0.05)
    waves = noise(SIDE, SIDE, cell=(330, 210), rng=rng) * np.float32(0.16)
    return shade(colors, threads + waves - np.float32(0.06))


def tiles(rng: np.random.Generator, palette: Palette) -> Field:
    """Cement tiles of an old Javanese house."""
    side = 160
    tile = Image.new("RGB", (side, side), mixed(palette.paper, (222, 210, 190), 0.4))
    pen = ImageDraw.Draw(tile)
    one, two = mixed(palette.main, (120, 110, 100), 0.25), mixed(palette.second, (150, 140, 128), 0.3)
    for x, y in ((0, 0), (side, 0), (0, side), (side, side)):
        pen.ellipse((x - 64, y - 64, x + 64, y + 64), fill=one)
        pen.ellipse((x - 44, y - 44, x + 44, y + 44), fill=mixed(palette.paper, (222, 210, 190), 0.4))
        pen.ellipse((x - 26, y - 26, x + 26, y + 26), fill=two)
    middle = side / 2
    for turn in np.arange(8) * np.pi / 4:
        tip = (middle + 46 * np.cos(turn), middle + 46 * np.sin(turn))
        sides = [(middle + 17 * np.cos(turn + d), middle + 17 * np.sin(turn + d)) for d in (-0.5, 0.5)]
        pen.polygon(
            [(middle, middle), sides[0], tip, sides[1]], fill=two if turn % (np.pi / 2) < 0.1 else one
        )
    pen.rectangle((0, 0, side - 1, side - 1), outline=(140, 130, 118), width=2)
    floor = np.tile(np.asarray(tile, np.float32), (SIDE // side, SIDE // side, 1))
    wear = noise(SIDE, SIDE, cell=(70, 70), rng=rng) * np.float32(0.07)
    return shade(floor, wear + noise(SIDE, SIDE, cell=(320, 320), rng=rng) * np.float32(0.08))


def slate(rng: np.random.Generator, palette: Palette) -> Field:
    """A dark stone top: what shines looks best on it."""
    tone = mixed((52, 54, 58), palette.night, 0.45)
    colors = np.broadcast_to(np.array(tone, np.float32), (SIDE, SIDE, 3))
    stone = (
        noise(SIDE, SIDE, cell=(260, 90), rng=rng) * 0.12 + noise(SIDE, SIDE, cell=(14, 9), rng=rng) * 0.08
    )
    return shade(colors, stone.astype(np.float32))


SURFACES: dict[str, Surface] = {
    "wood": wood,
    "mat": mat,
    "leaf": leaf,
    "terrazzo": terrazzo,
    "linen": linen,
    "tiles": tiles,
    "slate": slate,
}


# These look the same whatever the stall's colours are.
NATURAL = frozenset({"wood", "leaf"})


def surface(name: str, variant: int, palette: Palette) -> Field:
    """A surface of 960 by 960; the same name, variant and palette give the same one."""
    return _surface(name, variant, PALETTES["coffee"] if name in NATURAL else palette)


@lru_cache(maxsize=24)
def _surface(name: str, variant: int, palette: Palette) -> Field:
    rng = np.random.default_rng([variant, *name.encode()])
    return SURFACES[name](rng, palette)


def as_picture(field: Field) -> Image.Image:
    return as_image(field)
