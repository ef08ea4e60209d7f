"""Stall keepers as paper-cut mascots: shapes and cloth, no likeness of anyone."""

import numpy as np
from PIL import Image, ImageOps

from demo.art.backdrops import market
from demo.art.fields import mixed, relief
from demo.art.palette import Color, Palette
from demo.art.patterns import PATTERNS, cloth
from demo.art.pieces import Easel, Point, smooth
from demo.art.stage import finish

SKINS: tuple[Color, ...] = ((198, 138, 94), (170, 112, 72), (140, 90, 58), (216, 162, 118), (118, 76, 52))
HAIR: Color = (38, 28, 28)
SIDE = 600


def portrait(*, seed: int, palette: Palette, size: tuple[int, int]) -> Image.Image:
    rng = np.random.default_rng([seed, 61])
    easel = Easel(SIDE, SIDE)
    skin = SKINS[seed % len(SKINS)]
    fabric = cloth(
        list(PATTERNS)[seed % len(PATTERNS)], size=easel.size, repeat=150, seed=seed, palette=palette
    )
    style = seed % 4
    if style == 0:
        _veil(easel, palette, behind=True)
    if style == 2:
        _bun(easel, palette)
    _shoulders(easel, fabric)
    _head(easel, skin)
    (_veil_front, _cap, _hair, _headcloth)[style](easel, palette, fabric)
    _face(easel, skin, palette, rng)
    wall = ImageOps.fit(market(rng, palette), size, Image.Resampling.LANCZOS)
    figure = easel.image.resize(size, Image.Resampling.LANCZOS)
    wall.paste(figure, (0, 0), figure)
    return finish(wall, seed=seed)


def _shoulders(easel: Easel, fabric: Image.Image) -> None:
    body = easel.shape(
        smooth([(300, 392), (392, 420), (504, 474), (548, 606), (52, 606), (96, 474), (208, 420)], 8)
    )
    easel.lay(body, fabric, relief(body, radius=40, depth=1.3))
    for side in (-1, 1):
        lapel = easel.shape(
            [(300 + side * 62, 404), (300, 500), (300 + side * 18, 560), (300 + side * 96, 430)]
        )
        easel.cast(lapel, dx=3, dy=5, blur=5)
        easel.lay(lapel, fabric.rotate(side * 30), relief(lapel, radius=10, depth=1.0))


def _head(easel: Easel, skin: Color) -> None:
    neck = easel.shape([(252, 340), (348, 340), (360, 424), (300, 470), (240, 424)])
    easel.lay(neck, mixed(skin, (70, 30, 20), 0.2))
    for x in (178, 422):
        easel.padded(easel.oval((x - 22, 240, x + 22, 300)), mixed(skin, (120, 50, 30), 0.12), radius=8)
    head = easel.shape(
        smooth(
            [
                (300, 108),
                (382, 134),
                (424, 226),
                (410, 316),
                (362, 384),
                (300, 404),
                (238, 384),
                (190, 316),
                (176, 226),
                (218, 134),
            ],
            12,
        )
    )
    easel.cast(head, dx=0, dy=14, blur=10, strength=0.45)
    easel.padded(head, skin, radius=44, depth=1.0)


def _face(easel: Easel, skin: Color, palette: Palette, rng: np.random.Generator) -> None:
    blush = mixed(skin, (214, 70, 60), 0.4)
    for side in (-1, 1):
        x = 300 + side * 56
        easel.glint(
            easel.oval((x + side * 22 - 28, 300, x + side * 22 + 28, 338)), strength=0.5, blur=7, color=blush
        )
        eye = _arc((x, 268), 21, 0.15, 0.85)
        easel.lay(easel.stroke(eye, 7), (44, 26, 22))
        brow = _arc((x, 240), 28, 0.25, 0.75)
        easel.lay(easel.stroke(brow, 8), mixed(HAIR, skin, 0.15))
    nose = [(float(300 + 13 * np.cos(t)), float(300 + 11 * np.sin(t))) for t in np.linspace(0.3, 2.84, 12)]
    easel.lay(easel.stroke(nose, 5), mixed(skin, (90, 30, 20), 0.4))
    width = rng.uniform(40, 52)
    lower = [(float(300 + width * np.cos(t)), float(334 + 30 * np.sin(t))) for t in np.linspace(0, np.pi, 20)]
    mouth = easel.shape(lower)
    easel.lay(mouth, (126, 30, 34))
    teeth = easel.shape(
        [(300 - width + 5, 335), (300 + width - 5, 335), (300 + width - 12, 345), (300 - width + 12, 345)]
    )
    easel.lay(teeth, (255, 250, 240))


def _arc(middle: Point, radius: float, start: float, end: float) -> list[Point]:
    turns = np.linspace(np.pi * (1 + start), np.pi * (1 + end), 14)
    return [
        (float(middle[0] + radius * np.cos(t)), float(middle[1] + radius * 0.9 * np.sin(t) + radius * 0.5))
        for t in turns
    ]


def _veil(easel: Easel, palette: Palette, *, behind: bool) -> None:
    shape = easel.shape(
        smooth(
            [
                (300, 74),
                (404, 110),
                (456, 220),
                (462, 360),
                (506, 500),
                (300, 540),
                (94, 500),
                (138, 360),
                (144, 220),
                (196, 110),
            ],
            10,
        )
    )
    easel.padded(shape, mixed(palette.second, palette.ink, 0.25 if behind else 0), radius=34, depth=1.2)


def _veil_front(easel: Easel, palette: Palette, fabric: Image.Image) -> None:
    outer = smooth(
        [
            (300, 84),
            (392, 112),
            (442, 210),
            (444, 330),
            (420, 420),
            (470, 500),
            (300, 566),
            (130, 500),
            (180, 420),
            (156, 330),
            (158, 210),
            (208, 112),
        ],
        10,
    )
    inner = smooth(
        [
            (300, 150),
            (366, 172),
            (398, 240),
            (392, 316),
            (352, 380),
            (300, 398),
            (248, 380),
            (208, 316),
            (202, 240),
            (234, 172),
        ],
        10,
    )
    veil, face = easel.shape(outer), easel.shape(inner)
    veil.paste(0, (0, 0), face)
    easel.cast(veil, dx=2, dy=6, blur=6)
    easel.padded(veil, palette.second, radius=24, depth=1.4)
    for points in (
        [(190, 430), (260, 470), (330, 540)],
        [(410, 430), (350, 462), (290, 500)],
        [(176, 250), (186, 330), (226, 400)],
    ):
        easel.glint(
            easel.stroke([(float(x), float(y)) for x, y in points], 5),
            strength=0.35,
            blur=4,
            color=palette.ink,
        )
    pin = easel.oval((286, 416, 314, 444))
    easel.padded(pin, palette.accent, radius=8, depth=1.8)


def _cap(easel: Easel, palette: Palette, fabric: Image.Image) -> None:
    hair = easel.shape(
        smooth(
            [(186, 236), (192, 170), (300, 140), (408, 170), (414, 236), (396, 196), (300, 186), (204, 196)]
        )
    )
    easel.lay(hair, HAIR)
    cap = easel.shape(smooth([(198, 70), (300, 54), (402, 70), (418, 172), (300, 150), (182, 172)], 8))
    easel.cast(cap, dx=0, dy=8, blur=6)
    easel.padded(cap, (30, 28, 34), radius=22, depth=1.2)
    band = easel.shape([(184, 148), (300, 128), (416, 148), (418, 172), (300, 152), (182, 172)])
    easel.lay(band, palette.accent)


def _bun(easel: Easel, palette: Palette) -> None:
    easel.padded(easel.oval((230, 28, 370, 150)), HAIR, radius=26, depth=1.6)


def _hair(easel: Easel, palette: Palette, fabric: Image.Image) -> None:
    hair = easel.shape(
        smooth(
            [
                (172, 280),
                (164, 190),
                (214, 108),
                (300, 84),
                (386, 108),
                (436, 190),
                (428, 280),
                (404, 210),
                (352, 166),
                (300, 176),
                (236, 170),
                (196, 212),
            ],
            8,
        )
    )
    easel.cast(hair, dx=0, dy=6, blur=5)
    easel.padded(hair, HAIR, radius=22, depth=1.5)
    for turn in np.arange(5) * 2 * np.pi / 5:
        x, y = 404 + 20 * np.cos(turn), 168 + 20 * np.sin(turn)
        easel.padded(easel.oval((x - 17, y - 17, x + 17, y + 17)), (252, 246, 232), radius=7)
    easel.padded(easel.oval((392, 156, 416, 180)), palette.accent, radius=6)


def _headcloth(easel: Easel, palette: Palette, fabric: Image.Image) -> None:
    hair = easel.shape(
        smooth(
            [(184, 244), (186, 176), (300, 150), (414, 176), (416, 244), (394, 200), (300, 190), (206, 200)]
        )
    )
    easel.lay(hair, HAIR)
    wrap = easel.shape(smooth([(180, 172), (196, 104), (300, 70), (404, 104), (420, 172), (300, 152)], 8))
    easel.cast(wrap, dx=0, dy=8, blur=6)
    easel.lay(wrap, fabric.rotate(18), relief(wrap, radius=20, depth=1.3))
    peak = easel.shape([(270, 150), (300, 36), (344, 96), (330, 152)])
    easel.cast(peak, dx=4, dy=5, blur=4)
    easel.lay(peak, fabric.rotate(-24), relief(peak, radius=12, depth=1.3))
