"""What looms and needles make: cloth, scarves, clothes, caps, wallets, sandals."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from PIL import Image, ImageChops

from demo.art.fields import Field, mixed, noise, relief
from demo.art.lettering import write
from demo.art.palette import Palette
from demo.art.patterns import cloth
from demo.art.pieces import OVER, Easel, Label, Piece, Point, Turned, smooth, texture

BAMBOO = (196, 150, 84)


def hanging_cloth(seed: int, palette: Palette, label: Label, motif: str, filling: str) -> Piece:
    """A length of cloth over a bamboo pole, falling in folds."""
    easel = Easel(620, 690)
    fabric = cloth(filling, size=easel.size, repeat=(190, 230, 260)[seed % 3], seed=seed, palette=palette)
    rng = np.random.default_rng([seed, 2])
    columns = np.arange(easel.size[0], dtype=np.float32) / OVER
    phase = columns / 23 + 1.6 * np.sin(columns / 120 + rng.uniform(0, 6))
    folds = np.sin(phase)
    hem = [(float(x), 640 + 12 * float(np.sin(x / 23 + 1.6 * np.sin(x / 120)))) for x in range(566, 52, -4)]
    sheet = easel.shape([(54, 60), (566, 60), *hem])
    warped = _swayed(fabric, folds * 5 * OVER)
    rows = np.linspace(0.15, 1, easel.size[1], dtype=np.float32)[:, None]
    light = folds[None, :] * np.float32(0.42) * rows - np.float32(0.1) + relief(sheet, radius=10, depth=0.6)
    easel.lay(sheet, warped, light.astype(np.float32))
    border = ImageChops.multiply(sheet, easel.shape([(40, 566), (580, 566), (580, 700), (40, 700)]))
    edge_cloth = cloth(
        "ulos" if filling in ("ikat", "songket") else "parang",
        size=easel.size,
        repeat=110,
        seed=seed + 1,
        palette=palette,
    )
    easel.lay(border, _swayed(edge_cloth, folds * 5 * OVER), light.astype(np.float32))
    front = easel.shape([(54, 40), (566, 40), (566, 96), (54, 96)])
    easel.lay(
        front,
        fabric,
        relief(front, radius=34, depth=1.5) + folds[None, :].astype(np.float32) * np.float32(0.1),
    )
    return easel.piece(hangs=True)


def _swayed(fabric: Image.Image, sway: Field) -> Image.Image:
    """The pattern rises and falls with the folds."""
    pixels = np.asarray(fabric)
    rows = (np.arange(pixels.shape[0])[:, None] + sway[None, :].astype(np.int32)) % pixels.shape[0]
    return Image.fromarray(pixels[rows, np.arange(pixels.shape[1])[None, :]])


def folded_cloth(seed: int, palette: Palette, label: Label, motif: str, filling: str) -> Piece:
    """Three cloths folded and stacked, the best on top, with the weaver's paper band."""
    easel = Easel(680, 620)
    others = [name for name in ("kawung", "truntum", "ikat", "blooms", "parang") if name != filling]
    for layer, (name, dx, dy) in enumerate(
        ((others[seed % 4], 26, 42), (others[(seed + 2) % 4], -14, 20), (filling, 0, 0))
    ):
        fabric = cloth(
            name, size=easel.size, repeat=(210, 170)[layer % 2], seed=seed + layer, palette=palette
        )
        body = easel.shape(box=(56 + dx, 54 + dy, 624 + dx, 540 + dy), round_by=26)
        easel.cast(body, dx=6, dy=9, blur=8, strength=0.6)
        light = relief(body, radius=30, depth=1.5) + _soft_folds(easel, seed + layer)
        easel.lay(body, fabric, light)
    for y in (520, 531):
        fold = easel.stroke([(70, y), (330, y + 4), (612, y)], 2.4)
        easel.glint(fold, strength=0.5, blur=1, color=(0, 0, 0))
    _paper_band(easel, label, palette, (256, 50, 424, 546))
    return easel.piece(stands=False)


def _soft_folds(easel: Easel, seed: int) -> Field:
    rng = np.random.default_rng([seed, 77])
    return noise(easel.size[0], easel.size[1], cell=(500, 190), rng=rng) * np.float32(0.2)


def _paper_band(easel: Easel, label: Label, palette: Palette, box: tuple[float, float, float, float]) -> None:
    left, top, right, bottom = box
    band = easel.shape(box=box)
    easel.cast(band, dx=4, dy=5, blur=4)
    art = Image.new("RGB", easel.size, palette.paper)
    strip = Image.new("RGB", (round((bottom - top) * OVER), round((right - left) * OVER)), palette.paper)
    width, height = strip.size
    write(
        strip,
        label.brand.upper(),
        box=(width * 0.3, height * 0.14, width * 0.7, height * 0.3),
        face="small",
        color=palette.ink,
    )
    ink = palette.main if sum(palette.main) < 480 else palette.ink
    write(
        strip,
        label.name,
        box=(width * 0.14, height * 0.38, width * 0.86, height * 0.82),
        face="swash",
        color=ink,
    )
    art.paste(strip.rotate(90, expand=True), (round(left * OVER), round(top * OVER)))
    easel.lay(band, art, relief(band, radius=16, depth=0.7))
    for x in (left + 5, right - 9):
        easel.lay(easel.shape(box=(x, top, x + 4, bottom)), palette.accent)


def scarf(seed: int, palette: Palette, label: Label, motif: str, filling: str) -> Piece:
    """A woven scarf folded lengthwise, its fringe spread out."""
    easel = Easel(640, 700)
    fabric = cloth(filling, size=easel.size, repeat=(180, 220)[seed % 2], seed=seed, palette=palette)
    second = cloth("ulos", size=easel.size, repeat=200, seed=seed, palette=palette)
    lower = easel.shape([(150, 60), (470, 40), (560, 560), (250, 590)])
    _fringe(easel, (250, 588), (560, 558), palette, seed)
    easel.lay(lower, second, relief(lower, radius=26, depth=1.2) + _soft_folds(easel, seed))
    upper = easel.shape([(70, 110), (380, 50), (430, 560), (100, 590)])
    easel.cast(upper, dx=9, dy=8, blur=9, strength=0.6)
    _fringe(easel, (100, 588), (430, 558), palette, seed + 1)
    bands = fabric.rotate(4, Image.Resampling.BICUBIC)
    easel.lay(upper, bands, relief(upper, radius=26, depth=1.3) + _soft_folds(easel, seed + 1))
    for shift in (0, 8):
        top = easel.stroke([(70, 110 + shift), (228, 79 + shift), (380, 50 + shift)], 3)
        easel.glint(top, strength=0.35, blur=1)
    return easel.piece(stands=False)


def _fringe(easel: Easel, left: Point, right: Point, palette: Palette, seed: int) -> None:
    rng = np.random.default_rng([seed, 6])
    for share in np.linspace(0.015, 0.985, 30):
        x, y = left[0] + (right[0] - left[0]) * share, left[1] + (right[1] - left[1]) * share
        sway = rng.uniform(-9, 9)
        strand = easel.stroke([(x, y - 4), (x + sway * 0.3, y + 34), (x + sway, y + 84)], 5)
        easel.lay(
            strand,
            mixed(
                (palette.paper, palette.main, palette.accent)[int(share * 29) % 3],
                palette.ink,
                float(rng.uniform(0, 0.25)),
            ),
        )
        easel.lay(easel.oval((x + sway * 0.2 - 5, y + 22, x + sway * 0.2 + 5, y + 34)), palette.paper)


def shirt(seed: int, palette: Palette, label: Label, motif: str, filling: str) -> Piece:
    """A batik shirt on a hanger."""
    easel = Easel(640, 690)
    _hanger(easel)
    fabric = cloth(filling, size=easel.size, repeat=(150, 180, 200)[seed % 3], seed=seed, palette=palette)
    for side in (-1, 1):
        sleeve = _mirrored([(206, 128), (116, 176), (28, 372), (128, 418), (206, 270)], side)
        turned = fabric.rotate(side * 24, Image.Resampling.BICUBIC)
        _garment_part(easel, sleeve, turned, seed, radius=26)
    body = [
        (206, 124),
        (262, 104),
        (320, 150),
        (378, 104),
        (434, 124),
        (450, 300),
        (462, 640),
        (320, 656),
        (178, 640),
        (190, 300),
    ]
    _garment_part(easel, body, fabric, seed + 1, radius=40)
    placket = easel.shape(box=(302, 150, 338, 652))
    easel.cast(placket, dx=3, dy=1, blur=3, strength=0.35)
    easel.lay(placket, fabric, relief(placket, radius=8, depth=0.7))
    for side in (-1, 1):
        collar = easel.shape(_mirrored([(258, 96), (320, 152), (282, 206), (228, 116)], side))
        easel.cast(collar, dx=3, dy=6, blur=5)
        easel.padded(collar, fabric, radius=10, depth=1.0)
    for y in (236, 320, 404, 488, 572):
        easel.padded(easel.oval((313, y, 327, y + 14)), palette.paper, radius=4, depth=1.2)
    pocket = easel.shape([(366, 262), (432, 258), (436, 330), (402, 348), (368, 334)])
    easel.cast(pocket, dx=2, dy=3, blur=2, strength=0.4)
    easel.lay(pocket, fabric.rotate(2), relief(pocket, radius=6, depth=0.7))
    return easel.piece(hangs=True)


def gown(seed: int, palette: Palette, label: Label, motif: str, filling: str) -> Piece:
    """A long dress, plain above, patterned at hem and cuffs."""
    easel = Easel(640, 720)
    _hanger(easel)
    base = mixed(palette.main, palette.paper, 0.12)
    plain = texture(easel.size, base, cell=(3, 3), strength=0.06, seed=seed)
    fabric = cloth(filling, size=easel.size, repeat=150, seed=seed, palette=palette)
    for side in (-1, 1):
        _garment_part(
            easel,
            _mirrored([(226, 128), (150, 166), (66, 440), (146, 470), (222, 280)], side),
            plain,
            seed,
            radius=26,
        )
        cuff = easel.shape(_mirrored([(76, 404), (66, 440), (146, 470), (157, 436)], side))
        easel.lay(cuff, fabric, relief(cuff, radius=12, depth=0.9))
    body = [
        (228, 126),
        (284, 108),
        (320, 130),
        (356, 108),
        (412, 126),
        (420, 300),
        (520, 700),
        (320, 716),
        (120, 700),
        (220, 300),
    ]
    _garment_part(easel, body, plain, seed, radius=44)
    hem = ImageChops.multiply(easel.shape(body), easel.shape(box=(90, 590, 550, 720)))
    easel.lay(hem, fabric, _drape(easel, seed) * np.float32(0.8))
    yoke = ImageChops.multiply(
        easel.shape(body), easel.shape(smooth([(220, 100), (420, 100), (400, 210), (320, 268), (240, 210)]))
    )
    easel.lay(yoke, fabric, relief(yoke, radius=16, depth=0.8))
    belt = easel.shape([(218, 308), (422, 308), (426, 336), (214, 336)])
    easel.cast(belt, dy=5, blur=4)
    easel.padded(belt, palette.accent, radius=10)
    return easel.piece(hangs=True)


def prayer_dress(seed: int, palette: Palette, label: Label, motif: str, filling: str) -> Piece:
    """A mukena: white, wide, with a lace edge and a small patterned hem."""
    easel = Easel(640, 700)
    _hanger(easel)
    white = texture(
        easel.size, mixed((250, 246, 238), palette.second, 0.05), cell=(4, 4), strength=0.04, seed=seed
    )
    fabric = cloth(filling, size=easel.size, repeat=120, seed=seed, palette=palette)
    body = smooth(
        [
            (320, 96),
            (402, 120),
            (480, 220),
            (566, 520),
            (572, 640),
            (320, 668),
            (68, 640),
            (74, 520),
            (160, 220),
            (238, 120),
        ],
        12,
    )
    _garment_part(easel, body, white, seed, radius=60)
    mask = easel.shape(body)
    hem = ImageChops.multiply(mask, easel.shape(box=(40, 560, 600, 640)))
    easel.lay(hem, fabric, _drape(easel, seed) * np.float32(0.7))
    for x in range(72, 572, 22):
        y = 646 + 20 * np.sin((x - 68) / 504 * np.pi)
        lace = easel.oval((x - 4, y - 14, x + 22, y + 14))
        easel.lay(lace, (252, 248, 240))
        easel.lay(easel.oval((x + 4, y - 4, x + 14, y + 6)), mixed((226, 214, 200), palette.main, 0.2))
    face = easel.shape(smooth([(320, 150), (372, 176), (384, 236), (320, 284), (256, 236), (268, 176)]))
    easel.lay(face, mixed(palette.night, (70, 60, 60), 0.5), -relief(face, radius=22, depth=1.1))
    rim = ImageChops.subtract(
        easel.shape(smooth([(320, 138), (384, 168), (398, 240), (320, 300), (242, 240), (256, 168)])), face
    )
    easel.lay(rim, fabric, relief(rim, radius=8, depth=1.0))
    return easel.piece(hangs=True)


def _hanger(easel: Easel) -> None:
    hook = [(320 + 20 * np.cos(t), 30 + 20 * np.sin(t)) for t in np.linspace(-np.pi, 0.9, 20)]
    wire = easel.stroke([(float(x), float(y)) for x, y in hook] + [(320, 66), (320, 96)], 6)
    easel.padded(wire, (210, 206, 200), radius=4, depth=1.8)
    bar = easel.stroke([(160, 150), (240, 116), (320, 94), (400, 116), (480, 150)], 17)
    easel.padded(bar, (164, 112, 62), radius=8, depth=1.6)


def _garment_part(
    easel: Easel, points: Sequence[Point], fabric: Image.Image, seed: int, *, radius: float
) -> None:
    mask = easel.shape(points)
    easel.cast(mask, dx=5, dy=7, blur=8, strength=0.45)
    easel.lay(mask, fabric, relief(mask, radius=radius, depth=1.4) + _drape(easel, seed))


def _drape(easel: Easel, seed: int) -> Field:
    """Long folds that hang from the shoulders."""
    rng = np.random.default_rng([seed % 5, 31])
    columns = np.arange(easel.size[0], dtype=np.float32)[None, :] / OVER
    rows = np.linspace(0, 1, easel.size[1], dtype=np.float32)[:, None]
    spread = (columns - easel.width / 2) / (0.5 + 0.5 * rows)
    folds = np.sin(spread / 17 + rng.uniform(0, 6)) * np.float32(0.22) * rows
    return (folds + noise(easel.size[0], easel.size[1], cell=(120, 420), rng=rng) * 0.16).astype(np.float32)


def _mirrored(points: Sequence[Point], side: int) -> list[Point]:
    return list(points) if side < 0 else [(640 - x, y) for x, y in points]


def cap(seed: int, palette: Palette, label: Label, motif: str, filling: str) -> Piece:
    """A peci of black velvet, or of woven cloth, with a stitched band."""
    easel = Easel(560, 400)
    shape = Turned(easel, [(96, 196), (330, 228)])
    color = ((26, 24, 30), mixed(palette.main, palette.ink, 0.5), palette.ink)[seed % 3]
    velvet = texture(easel.size, color, cell=(3, 3), strength=0.2, seed=seed)
    easel.lay(shape.mask(tilt=0.26), velvet, shape.light("velvet"))
    strip = cloth(filling or "songket", size=(900 * OVER, 90 * OVER), repeat=120, seed=seed, palette=palette)
    shape.wrap(strip, top=214, bottom=272, tilt=0.26)
    for y in (209, 264):
        gold = shape.mask(top=y, bottom=y + 5, tilt=0.26)
        easel.lay(gold, (226, 180, 86), shape.light("metal"))
    top = shape.oval(96, tilt=0.26)
    easel.lay(top, velvet, relief(top, radius=26, depth=0.9))
    crease = easel.shape(smooth([(110, 96), (280, 84), (450, 96), (280, 108)]))
    easel.glint(crease, strength=0.6, blur=5, color=(0, 0, 0))
    return easel.piece()


def headcloth(seed: int, palette: Palette, label: Label, motif: str, filling: str) -> Piece:
    """A folded head cloth, sewn into its shape: blangkon, udeng, tanjak."""
    easel = Easel(560, 470)
    crown = Turned(easel, [(118, 30), (124, 96), (142, 146), (178, 188), (240, 212), (400, 222)])
    fabric = cloth(filling, size=easel.size, repeat=(100, 120)[seed % 2], seed=seed, palette=palette)
    body = crown.mask(tilt=0.24)
    easel.lay(body, fabric, crown.light("matte"))
    for step in range(5):
        pleat = easel.stroke(
            _curve((70, 300.0 - step * 26), (280, 214.0 - step * 26), (490, 300.0 - step * 26)), 4
        )
        easel.glint(ImageChops.multiply(pleat, body), strength=0.6, blur=1.5, color=(10, 6, 4))
    peak = easel.shape(smooth([(238, 262), (262, 168), (306, 84), (318, 170), (330, 262)], 8))
    easel.cast(peak, dx=8, dy=6, blur=8, strength=0.6)
    easel.lay(peak, fabric.rotate(-30, Image.Resampling.BICUBIC), relief(peak, radius=18, depth=1.4))
    for side in (-1, 1):
        sash = easel.shape(
            [
                (280 - side * 260, 262),
                (280 + side * 260, 318),
                (280 + side * 260, 400),
                (280 - side * 260, 336),
            ]
        )
        wound = ImageChops.multiply(ImageChops.offset(body, 0, 6), sash)
        easel.cast(wound, dx=2, dy=6, blur=6, strength=0.55)
        light = crown.light("matte") * np.float32(0.8) + relief(wound, radius=12, depth=1.2)
        easel.lay(wound, fabric.rotate(side * 9, Image.Resampling.BICUBIC), light)
    knot = easel.shape(smooth([(244, 330), (286, 312), (326, 332), (316, 372), (278, 384), (246, 364)], 8))
    easel.cast(knot, dx=4, dy=6, blur=5)
    easel.lay(knot, fabric.rotate(50), relief(knot, radius=14, depth=1.6))
    return easel.piece()


def wallet(seed: int, palette: Palette, label: Label, motif: str, filling: str) -> Piece:
    """Leather, stitched by hand; a woven inlay or a plain flap."""
    easel = Easel(620, 460)
    hide = ((128, 72, 38), (70, 40, 26), (170, 104, 54), (44, 40, 44))[seed % 4]
    leather = texture(easel.size, hide, cell=(6, 6), strength=0.16, seed=seed)
    back = easel.shape(box=(56, 60, 584, 410), round_by=24)
    easel.padded(back, mixed(hide, (0, 0, 0), 0.25), radius=14)
    body = easel.shape(box=(40, 44, 568, 396), round_by=22)
    easel.cast(body, dx=5, dy=6, blur=5)
    easel.lay(body, leather, relief(body, radius=18, depth=1.3))
    if filling:
        inlay = easel.shape(box=(40, 236, 568, 396), round_by=22)
        fabric = cloth(filling, size=easel.size, repeat=130, seed=seed, palette=palette)
        easel.lay(inlay, fabric, relief(inlay, radius=12, depth=0.8))
        _stitches(easel, [(52, 236), (556, 236)])
    flap = easel.shape(
        smooth(
            [
                (40, 60),
                (60, 44),
                (548, 44),
                (568, 60),
                (568, 170),
                (470, 214),
                (304, 232),
                (138, 214),
                (40, 170),
            ],
            8,
        )
    )
    easel.cast(flap, dx=3, dy=8, blur=7)
    easel.lay(flap, leather, relief(flap, radius=18, depth=1.3))
    _stitches(easel, [(58, 162), (142, 202), (304, 219), (466, 202), (550, 162)])
    _stitches(easel, [(54, 370), (54, 382), (554, 382), (554, 240)])
    snap = easel.oval((288, 174, 320, 206))
    easel.cast(snap, dx=2, dy=3, blur=2)
    easel.padded(snap, (222, 178, 92), radius=9, depth=1.6)
    stamp = Image.new("L", easel.size)
    _emboss(stamp, label.brand.upper())
    easel.glint(stamp, strength=0.5, blur=0, color=(20, 8, 2))
    return easel.piece(stands=False)


def _emboss(stamp: Image.Image, text: str) -> None:
    flat = Image.new("RGB", stamp.size)
    write(
        flat, text, box=(180 * OVER, 104 * OVER, 430 * OVER, 134 * OVER), face="small", color=(255, 255, 255)
    )
    stamp.paste(flat.convert("L"))


def _stitches(easel: Easel, path: list[Point]) -> None:
    for (x, y), (to_x, to_y) in pairwise(path):
        count = max(1, int(np.hypot(to_x - x, to_y - y) / 13))
        for step in range(count):
            a, b = step / count, (step + 0.6) / count
            start = (x + (to_x - x) * a, y + (to_y - y) * a)
            end = (x + (to_x - x) * b, y + (to_y - y) * b)
            easel.lay(easel.stroke([start, end], 3), (238, 214, 166))


def sandals(seed: int, palette: Palette, label: Label, motif: str, filling: str) -> Piece:
    """A pair, seen from above."""
    easel = Easel(620, 700)
    for side in (-1, 1):
        _sandal(easel, 310 + side * 138, side, seed, palette, filling)
    return easel.piece(stands=False)


def _sandal(easel: Easel, x: float, side: int, seed: int, palette: Palette, filling: str) -> None:
    def outline(grow: float) -> list[Point]:
        shape = [
            (0, -292),
            (66, -262),
            (98, -170),
            (86, -20),
            (74, 110),
            (78, 220),
            (46, 286),
            (0, 298),
            (-46, 286),
            (-76, 220),
            (-66, 110),
            (-92, -20),
            (-104, -150),
            (-74, -250),
        ]
        return smooth([(x - side * dx * grow, 350 + dy * grow) for dx, dy in shape])

    sole = easel.shape(outline(1.06))
    easel.padded(sole, (84, 54, 34), radius=12, depth=1.6)
    foot = easel.shape(outline(0.98))
    fabric = (
        cloth(filling, size=easel.size, repeat=110, seed=seed, palette=palette)
        if seed % 2
        else texture(easel.size, (202, 160, 104), cell=(10, 4), strength=0.22, seed=seed)
    )
    easel.lay(foot, fabric, relief(foot, radius=30, depth=1.1) - np.float32(0.05))
    strap_color = (104, 58, 30) if seed % 2 else mixed(palette.main, palette.ink, 0.1)
    toe = (x + side * 22, 168.0)
    for end in ((x - 100, 372.0), (x + 98, 366.0)):
        middle = ((toe[0] + end[0]) / 2 + (end[0] - x) * 0.22, (toe[1] + end[1]) / 2 - 24)
        strap = easel.stroke(_curve(toe, middle, end), 36)
        easel.cast(strap, dx=6, dy=10, blur=8, strength=0.6)
        easel.padded(strap, strap_color, radius=14, depth=1.7)
        _stitches(easel, _curve(toe, middle, end)[2:-1])
    knob = easel.oval((toe[0] - 17, toe[1] - 17, toe[0] + 17, toe[1] + 17))
    easel.cast(knob, dx=3, dy=5, blur=3)
    easel.padded(knob, palette.accent, radius=10, depth=1.6)


def _curve(start: Point, middle: Point, end: Point) -> list[Point]:
    steps = np.linspace(0, 1, 12)
    x = (1 - steps) ** 2 * start[0] + 2 * steps * (1 - steps) * middle[0] + steps**2 * end[0]
    y = (1 - steps) ** 2 * start[1] + 2 * steps * (1 - steps) * middle[1] + steps**2 * end[1]
    return [(float(a), float(b)) for a, b in zip(x, y, strict=True)]
