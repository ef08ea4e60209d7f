"""What stands behind goods at eye level: the market at night, out of focus."""

from functools import lru_cache

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from demo.art.fields import Field, as_image, gradient, mixed, noise, shade
from demo.art.palette import Color, Palette
from demo.art.surfaces import SIDE, surface

HORIZON = 610
BULBS: tuple[Color, ...] = ((255, 206, 110), (255, 178, 84), (255, 226, 160), (255, 140, 90))


def market(rng: np.random.Generator, palette: Palette) -> Image.Image:
    """Far stalls and their bulbs as discs of light."""
    night = as_image(gradient(palette.night, mixed(palette.night, palette.main, 0.34), SIDE, HORIZON + 60))
    stalls = ImageDraw.Draw(night)
    for _ in range(9):
        x, width, top = rng.uniform(-80, SIDE), rng.uniform(90, 240), rng.uniform(260, 470)
        cloth = mixed(
            (palette.main, palette.second, palette.accent)[int(rng.integers(3))], palette.night, 0.52
        )
        stalls.rectangle((x, top + 44, x + width, HORIZON + 60), fill=mixed(cloth, palette.night, 0.6))
        stalls.polygon(
            [(x - 22, top + 50), (x + width + 22, top + 50), (x + width, top), (x, top)], fill=cloth
        )
    small = night.resize((SIDE // 6, night.height // 6), Image.Resampling.BOX).filter(
        ImageFilter.GaussianBlur(3)
    )
    blurred = small.resize(night.size, Image.Resampling.BICUBIC)
    return _with_lights(blurred, rng, palette)


def _with_lights(night: Image.Image, rng: np.random.Generator, palette: Palette) -> Image.Image:
    glow = Image.new("RGB", night.size)
    for _ in range(26):
        x, y, radius = rng.uniform(0, SIDE), rng.normal(330, 120), rng.uniform(7, 30)
        color = BULBS[int(rng.integers(4))] if rng.random() < 0.8 else palette.second
        _add_disc(glow, x, y, radius, mixed((0, 0, 0), color, float(rng.uniform(0.22, 0.6))))
    for x, y in _string(rng):
        _add_disc(glow, x, y, 17, (255, 176, 70))
        _add_disc(glow, x, y, 11, (255, 236, 190))
    halo = glow.resize((SIDE // 8, night.height // 8), Image.Resampling.BOX)
    halo = halo.filter(ImageFilter.GaussianBlur(6)).resize(night.size, Image.Resampling.BILINEAR)
    sharp = glow.filter(ImageFilter.GaussianBlur(2.2))
    light = np.asarray(sharp, np.float32) * np.float32(1.6) + np.asarray(halo, np.float32) * np.float32(1.5)
    base = np.asarray(night, np.float32)
    return as_image(255 - (255 - base) * np.exp(-light / 255))


def _string(rng: np.random.Generator) -> list[tuple[float, float]]:
    """Bulbs along a cable that hangs across the picture."""
    left, right, sag = rng.uniform(40, 150), rng.uniform(40, 150), rng.uniform(50, 110)
    places = np.linspace(0.02, 0.98, int(rng.integers(8, 11)))
    drop = left + (right - left) * places + sag * 4 * places * (1 - places)
    return [(float(x), float(y)) for x, y in zip(places * SIDE, drop, strict=True)]


def _add_disc(glow: Image.Image, x: float, y: float, radius: float, color: Color) -> None:
    ImageDraw.Draw(glow).ellipse((x - radius, y - radius, x + radius, y + radius), fill=color)


def awning(rng: np.random.Generator, palette: Palette) -> Image.Image:
    """The stall's own striped cloth behind the goods, lit from above."""
    wall = Image.new("RGB", (SIDE, HORIZON + 60), mixed(palette.night, palette.second, 0.1))
    pen = ImageDraw.Draw(wall)
    width = int(rng.integers(70, 110))
    light = mixed(palette.paper, palette.night, 0.18)
    for stripe, x in enumerate(range(-20, SIDE + width, width)):
        color = mixed(palette.main, palette.night, 0.15) if stripe % 2 == 0 else light
        pen.rectangle((x, 0, x + width, 190), fill=color)
        pen.ellipse((x, 190 - width / 2, x + width, 190 + width / 2), fill=color)
    blurred = wall.filter(ImageFilter.GaussianBlur(8))
    return _with_lights(_lit_from_above(blurred, rng), rng, palette)


def _lit_from_above(wall: Image.Image, rng: np.random.Generator) -> Image.Image:
    colors = np.asarray(wall, np.float32)
    fall = np.linspace(0.16, -0.8, wall.height, dtype=np.float32)[:, None]
    folds = np.sin(np.linspace(0, 60, SIDE, dtype=np.float32) + rng.uniform(0, 6))[None, :] * np.float32(0.09)
    return as_image(shade(colors, np.broadcast_to(fall + folds, colors.shape[:2])))


def planks(rng: np.random.Generator, palette: Palette) -> Image.Image:
    """A painted board wall."""
    width = int(rng.integers(100, 140))
    wall = np.empty((HORIZON + 60, SIDE, 3), np.float32)
    light = noise(SIDE, HORIZON + 60, cell=(5, 240), rng=rng) * np.float32(0.1)
    paint = mixed((palette.second, palette.main, palette.accent)[int(rng.integers(3))], palette.night, 0.42)
    for x in range(0, SIDE, width):
        wall[:, x : x + width] = np.array(paint, np.float32) * rng.uniform(0.88, 1.1)
        light[:, x : x + 4] -= 0.8
    return as_image(shade(wall, light)).filter(ImageFilter.GaussianBlur(2.6))


def plaster(rng: np.random.Generator, palette: Palette) -> Image.Image:
    """A limewashed wall with the shadow of leaves."""
    paint = mixed((palette.second, palette.accent, palette.paper)[int(rng.integers(3))], palette.night, 0.3)
    wall = np.broadcast_to(np.array(paint, np.float32), (HORIZON + 60, SIDE, 3))
    light = noise(SIDE, HORIZON + 60, cell=(240, 200), rng=rng) * 0.12
    light += noise(SIDE, HORIZON + 60, cell=(24, 18), rng=rng) * 0.03
    return as_image(shade(wall, light.astype(np.float32) + _leaf_shadow(rng)))


def _leaf_shadow(rng: np.random.Generator) -> Field:
    shadow = Image.new("L", (SIDE // 2, (HORIZON + 60) // 2))
    pen = ImageDraw.Draw(shadow)
    root = (rng.uniform(300, 480), rng.uniform(-60, 40))
    for turn in np.linspace(0.5, 2.9, 11):
        length = rng.uniform(150, 300)
        tip = (root[0] + length * np.cos(turn), root[1] + length * np.sin(turn))
        for side in (-0.1, 0.1):
            bend = (
                root[0] + length * 0.5 * np.cos(turn + side),
                root[1] + length * 0.5 * np.sin(turn + side),
            )
            pen.polygon([root, bend, tip], fill=120)
    blurred = shadow.filter(ImageFilter.GaussianBlur(5)).resize((SIDE, HORIZON + 60))
    return np.asarray(blurred, np.float32) / np.float32(-255 * 0.9)


BACKDROPS = {"market": market, "awning": awning, "planks": planks, "plaster": plaster}


@lru_cache(maxsize=16)
def table_scene(backdrop: str, top: str, variant: int, palette: Palette) -> Image.Image:
    """A backdrop with a table before it; the table's near edge is the picture's."""
    rng = np.random.default_rng([variant, *backdrop.encode()])
    scene = Image.new("RGB", (SIDE, SIDE))
    scene.paste(BACKDROPS[backdrop](rng, palette), (0, 0))
    scene.paste(_table_top(top, variant, palette), (0, HORIZON))
    return scene


def _table_top(top: str, variant: int, palette: Palette) -> Image.Image:
    """The surface laid down: narrower, paler and softer towards the back."""
    height = SIDE - HORIZON
    flat = as_image(surface(top, variant, palette))
    near, far = 0.0, 330.0
    corners = ((-far, 0), (SIDE + far, 0), (SIDE + near, height), (near, height))
    laid = flat.transform(
        (SIDE, height),
        Image.Transform.PERSPECTIVE,
        _perspective(corners),
        Image.Resampling.BILINEAR,
    )
    depth = np.linspace(-0.62, 0.06, height, dtype=np.float32)[:, None]
    lit = as_image(shade(np.asarray(laid, np.float32), np.broadcast_to(depth, (height, SIDE))))
    blurred = lit.filter(ImageFilter.GaussianBlur(5))
    sharpness = Image.fromarray(
        np.repeat(np.clip(np.linspace(-40, 420, height), 0, 255).astype(np.uint8)[:, None], SIDE, axis=1)
    )
    return Image.composite(lit, blurred, sharpness)


def _perspective(corners: tuple[tuple[float, float], ...]) -> list[float]:
    """The eight numbers that take the corners in the picture back to the corners of the surface."""
    source = ((0, 0), (SIDE, 0), (SIDE, SIDE), (0, SIDE))
    rows: list[list[float]] = []
    wanted: list[float] = []
    for (x, y), (u, v) in zip(corners, source, strict=True):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        wanted += [u, v]
    return [float(number) for number in np.linalg.solve(np.array(rows), np.array(wanted))]
