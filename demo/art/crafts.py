"""What hands make of clay, wood, rattan, bamboo, hide and silver."""

import numpy as np
from PIL import Image, ImageChops, ImageDraw, ImageFilter

from demo.art.fields import Field, as_image, as_mask, mixed, noise, relief, shade
from demo.art.labels import printed
from demo.art.palette import Color, Palette
from demo.art.patterns import cloth
from demo.art.pieces import OVER, Easel, Label, Piece, Point, Turned, smooth, texture

RATTAN = (204, 158, 96)
CLAY = (176, 96, 62)
GOLD = (220, 174, 84)


def _weave(
    size: tuple[int, int], colors: tuple[Color, Color], *, strip: float, seed: int
) -> tuple[Image.Image, Field]:
    """Strips over and under, as a picture and the light on it."""
    rng = np.random.default_rng([seed, 14])
    half = (size[0] // 2, size[1] // 2)
    rows, columns = np.mgrid[0 : half[1], 0 : half[0]].astype(np.float32)
    step = np.float32(strip * OVER / 2)
    row, column = (rows / step).astype(np.int32), (columns / (step * np.float32(1.5))).astype(np.int32)
    in_row, in_column = rows / step - row, columns / (step * np.float32(1.5)) - column
    over = (row + column) % 2 == 0
    tones = rng.uniform(0.84, 1.1, 400).astype(np.float32)
    tone = np.where(over, tones[row % 200], tones[200 + column % 200])
    is_dyed = np.where(over, row % 6 == 2, column % 9 == 4)
    color = np.where(is_dyed[..., None], np.array(colors[1], np.float32), np.array(colors[0], np.float32))
    across, along = np.where(over, in_row, in_column), np.where(over, in_column, in_row)
    light = np.sin(across * np.float32(np.pi)) * 0.5 + np.sin(along * np.float32(np.pi)) * 0.34 - 0.62
    woven = as_image(color * tone[..., None]).resize(size, Image.Resampling.BILINEAR)
    large = Image.fromarray(light.astype(np.float32)).resize(size, Image.Resampling.BILINEAR)
    return woven, np.asarray(large, dtype=np.float32)


def basket(seed: int, palette: Palette, label: Label, motif: str, filling: str) -> Piece:
    """A round basket with an arched handle."""
    easel = Easel(600, 640)
    body = Turned(easel, [(276, 224), (300, 232), (400, 222), (560, 178), (600, 170)])
    handle: list[Point] = [
        (float(300 + 206 * np.cos(t)), float(270 - 220 * np.sin(t))) for t in np.linspace(0, np.pi, 40)
    ]
    hoop = easel.stroke(handle, 24)
    easel.padded(hoop, RATTAN, radius=10, depth=1.8)
    for x, y in handle[1::2]:
        wrap = easel.stroke([(x - 10, y - 8), (x + 10, y + 8)], 4)
        easel.glint(wrap, strength=0.5, blur=1, color=(80, 44, 16))
    inside = body.oval(276, tilt=0.22)
    weave, light = _weave(
        (1200, 760), (RATTAN, mixed(palette.main, RATTAN, 0.25)), strip=15 + seed % 3 * 3, seed=seed
    )
    lit = as_image(shade(np.asarray(weave, np.float32), light))
    easel.hollow(inside, lit.resize(easel.size))
    body.wrap(lit, top=276, bottom=563, tilt=0.22)
    rim = ImageChops.subtract(body.mask(top=272, bottom=298, tilt=0.22), inside)
    easel.lay(rim, mixed(RATTAN, (90, 50, 20), 0.2), body.light() + body.ribs(60, 0.25))
    band = body.mask(top=548, bottom=563, tilt=0.22)
    easel.lay(band, mixed(RATTAN, (90, 50, 20), 0.35), body.light())
    if seed % 2:
        _linen_lining(easel, body, palette, seed)
    return easel.piece()


def _linen_lining(easel: Easel, body: Turned, palette: Palette, seed: int) -> None:
    fabric = cloth(
        "poleng" if seed % 4 == 1 else "truntum", size=easel.size, repeat=80, seed=seed, palette=palette
    )
    hem: list[Point] = []
    for turn in np.linspace(0, np.pi, 44):
        wave = 8 * np.sin(turn * 17)
        hem.append((300 + 236 * float(np.cos(turn)), 300 + 54 * float(np.sin(turn)) + 30 + wave))
    back = [(300 + 230 * float(np.cos(t)), 278 + 50 * float(np.sin(t))) for t in np.linspace(np.pi, 0, 40)]
    fold = easel.shape(hem + back)
    easel.cast(fold, dy=8, blur=6)
    easel.lay(fold, fabric, relief(fold, radius=16, depth=1.2) + body.light("paper") * np.float32(0.6))


def rattan_bag(seed: int, palette: Palette, label: Label, motif: str, filling: str) -> Piece:
    """The round bag of woven ata grass, with a leather strap."""
    easel = Easel(560, 700)
    strap = easel.stroke([(96, 330), (130, 150), (220, 46), (340, 46), (430, 150), (464, 330)], 20)
    easel.padded(strap, (112, 62, 34), radius=8, depth=1.7)
    disc = easel.oval((50, 196, 510, 656))
    easel.lay(disc, _coil(easel, (280, 426), 230, palette, seed), relief(disc, radius=60, depth=1.2))
    ring = ImageChops.subtract(disc, easel.oval((72, 218, 488, 634)))
    easel.lay(ring, mixed(RATTAN, (80, 44, 18), 0.45), relief(ring, radius=9, depth=1.6))
    for x in (92, 444):
        tab = easel.shape(box=(x, 300, x + 26, 372), round_by=8)
        easel.cast(tab, dx=3, dy=4, blur=3)
        easel.padded(tab, (112, 62, 34), radius=6)
        easel.padded(easel.oval((x + 6, 344, x + 20, 358)), GOLD, radius=5, depth=1.6)
    clasp = easel.shape(box=(262, 190, 298, 276), round_by=14)
    easel.cast(clasp, dx=4, dy=6, blur=4)
    easel.padded(clasp, (112, 62, 34), radius=8, depth=1.4)
    easel.padded(easel.oval((270, 244, 290, 264)), GOLD, radius=6, depth=1.8)
    return easel.piece()


def _coil(easel: Easel, middle: Point, radius: float, palette: Palette, seed: int) -> Image.Image:
    """Grass coiled from the middle outwards and bound; the dyed rings make a flower."""
    rows, columns = np.mgrid[0 : easel.size[1], 0 : easel.size[0]].astype(np.float32) / OVER
    away = np.hypot(columns - middle[0], rows - middle[1])
    turn = np.arctan2(rows - middle[1], columns - middle[0])
    ring = np.floor(away / 9)
    petals = 6 + seed % 3 * 2
    edge = 0.52 + 0.2 * np.cos(turn * petals)
    is_dyed = (np.abs(away / radius - edge) < 0.055) | (np.abs(away / radius - 0.2) < 0.05)
    colors = np.where(
        is_dyed[..., None],
        np.array(mixed(palette.main, (60, 30, 14), 0.3), np.float32),
        np.array(RATTAN, np.float32),
    )
    binding = np.sin(turn * np.maximum(8, np.round(ring * 5)) + ring) * np.float32(0.2)
    light = np.sin(away / 9 % 1 * np.pi) * np.float32(0.5) - np.float32(0.42) + binding
    return as_image(shade(colors, light.astype(np.float32)))


def bowl(seed: int, palette: Palette, label: Label, motif: str, filling: str) -> Piece:
    """A glazed bowl with a painted band."""
    easel = Easel(600, 420)
    body = Turned(easel, [(110, 250), (170, 244), (250, 206), (330, 130), (352, 104), (384, 112)])
    glaze = (palette.paper, palette.main, palette.second, mixed(palette.ink, palette.main, 0.3))[seed % 4]
    easel.lay(body.mask(tilt=0.24), _speckled(easel, glaze, seed), body.light("glazed"))
    fabric = cloth(
        ("kawung", "mega_mendung", "blooms", "truntum")[seed % 4],
        size=(1400, 150),
        repeat=75,
        seed=seed,
        palette=palette,
    )
    body.wrap(fabric, top=142, bottom=232, tilt=0.24)
    for y in (138, 206):
        line = body.mask(top=y, bottom=y + 6, tilt=0.24)
        easel.lay(line, palette.accent if seed % 2 else palette.ink, body.light("glazed"))
    inside = body.oval(110, tilt=0.24)
    easel.hollow(inside, mixed(glaze, palette.paper, 0.4))
    rim = ImageChops.subtract(inside, body.oval(110, inset=9, tilt=0.225))
    easel.lay(rim, mixed(glaze, (255, 255, 255), 0.35))
    easel.glint(
        easel.shape(smooth([(96, 190), (128, 226), (176, 286), (150, 276), (104, 230)])),
        strength=0.55,
        blur=5,
    )
    return easel.piece()


def cup(seed: int, palette: Palette, label: Label, motif: str, filling: str) -> Piece:
    """A mug with a handle, half dipped in a second glaze."""
    easel = Easel(560, 520)
    loop = [(float(392 + 92 * np.cos(t)), float(280 + 104 * np.sin(t))) for t in np.linspace(-1.5, 1.5, 30)]
    handle = easel.stroke(loop, 38)
    glaze = (palette.second, palette.paper, palette.main)[seed % 3]
    easel.padded(handle, mixed(glaze, palette.ink, 0.1), radius=15, depth=1.8)
    body = Turned(easel, [(96, 168), (104, 172), (420, 160), (462, 146)], center=240)
    easel.lay(body.mask(tilt=0.2), _speckled(easel, glaze, seed), body.light("glazed"))
    dip = body.mask(top=290, tilt=0.2)
    drip = as_mask(
        np.clip(
            (
                np.arange(easel.size[1], dtype=np.float32)[:, None] / OVER
                - 318
                - 16 * np.sin(body.place * 5 + seed)
            )
            * 2,
            0,
            1,
        )
    )
    easel.lay(
        ImageChops.multiply(dip, drip),
        _speckled(easel, mixed(palette.main, palette.ink, 0.25), seed),
        body.light("glazed"),
    )
    inside = body.oval(96, tilt=0.2)
    easel.hollow(inside, mixed(glaze, palette.paper, 0.2))
    rim = ImageChops.subtract(inside, body.oval(96, inset=10, tilt=0.18))
    easel.lay(rim, mixed(glaze, (255, 255, 255), 0.4))
    drink = ImageChops.multiply(inside, easel.oval((88, 82, 392, 138)))
    easel.lay(drink, (74, 42, 24))
    easel.glint(easel.oval((140, 100, 260, 118)), strength=0.35, blur=4)
    easel.glint(easel.shape(box=(96, 150, 112, 430), round_by=8), strength=0.6, blur=5)
    return easel.piece()


def _speckled(easel: Easel, color: Color, seed: int) -> Image.Image:
    rng = np.random.default_rng([seed, 41])
    image = texture(easel.size, color, cell=(90, 60), strength=0.08, seed=seed)
    pen = ImageDraw.Draw(image)
    for _ in range(320):
        x, y, r = rng.uniform(0, image.width), rng.uniform(0, image.height), rng.uniform(0.6, 2.8)
        pen.ellipse((x - r, y - r, x + r, y + r), fill=mixed(color, (70, 44, 28), 0.6))
    return image


def vase(seed: int, palette: Palette, label: Label, motif: str, filling: str) -> Piece:
    """A pot of burnt clay with a leafy plant."""
    easel = Easel(720, 720)
    rng = np.random.default_rng([seed, 17])
    stems = sorted(rng.uniform(-1.05, 1.05, 12), key=lambda turn: -abs(turn))
    for index, turn in enumerate(stems):
        _plant_leaf(easel, turn, rng.uniform(170, 300), index, seed)
    body = Turned(easel, [(430, 152), (436, 160), (474, 160), (478, 142), (560, 138), (650, 112), (686, 100)])
    is_painted = seed % 2 == 0
    clay = texture(
        easel.size,
        CLAY if is_painted else mixed(palette.second, (235, 225, 210), 0.2),
        cell=(9, 5),
        strength=0.14,
        seed=seed,
    )
    easel.lay(body.mask(tilt=0.16), clay, body.light("matte"))
    if is_painted:
        fabric = cloth(
            "asmat" if seed % 4 else "kawung", size=(1100, 240), repeat=120, seed=seed, palette=palette
        )
        body.wrap(fabric, top=500, bottom=620, tilt=0.16)
    lip = body.mask(top=430, bottom=470, tilt=0.16)
    easel.cast(lip, dy=8, blur=5)
    easel.lay(lip, clay, body.light("matte") + np.float32(0.08))
    earth = easel.shape(smooth([(210, 432), (360, 410), (510, 432), (360, 456)]))
    easel.lay(ImageChops.multiply(earth, body.oval(430, inset=10, tilt=0.16)), (52, 34, 24))
    return easel.piece()


def _plant_leaf(easel: Easel, turn: float, length: float, index: int, seed: int) -> None:
    root, lean = (360.0, 440.0), turn
    tip = (root[0] + length * np.sin(lean), root[1] - length * np.cos(lean) * 1.15)
    stem = easel.stroke([root, ((root[0] + tip[0]) / 2 + 10, (root[1] + tip[1]) / 2 - 14), tip], 6)
    easel.padded(stem, (84, 116, 58), radius=3)
    greens = ((46, 106, 60), (72, 138, 66), (98, 156, 78), (58, 120, 84))
    color = greens[(index + seed) % 4]
    size, angle = length * 0.4, lean * 1.45
    shape = [
        (0, -1.0),
        (0.42, -0.4),
        (0.46, 0.2),
        (0.2, 0.62),
        (0, 0.5),
        (-0.2, 0.62),
        (-0.46, 0.2),
        (-0.42, -0.4),
    ]
    cos, sin = np.cos(angle), np.sin(angle)
    points = smooth(
        [(tip[0] + size * (a * cos - b * sin), tip[1] + size * (a * sin + b * cos)) for a, b in shape]
    )
    leaf = easel.shape(points)
    easel.cast(leaf, dx=5, dy=9, blur=7, strength=0.5)
    easel.padded(leaf, color, radius=16, depth=1.5)
    point = (tip[0] + size * 0.9 * sin, tip[1] - size * 0.9 * cos)
    tail = (tip[0] - size * 0.5 * sin, tip[1] + size * 0.5 * cos)
    easel.glint(
        easel.stroke([tail, point], 3.4),
        strength=0.6,
        blur=0.6,
        color=(206, 230, 150) if seed % 3 else (236, 120, 140),
    )


def spinning_top(seed: int, palette: Palette, label: Label, motif: str, filling: str) -> Piece:
    """A gasing of turned wood with painted rings."""
    easel = Easel(500, 560)
    body = Turned(
        easel,
        [
            (60, 14),
            (150, 16),
            (176, 40),
            (214, 150),
            (260, 206),
            (320, 206),
            (400, 130),
            (470, 44),
            (520, 10),
            (544, 4),
        ],
    )
    wood = texture(easel.size, (196, 138, 82), cell=(260, 5), strength=0.2, seed=seed)
    easel.lay(body.mask(tilt=0.16), wood, body.light("glazed") * np.float32(0.9))
    rings = (
        (226, 250, palette.main),
        (254, 262, palette.accent),
        (280, 312, palette.second),
        (316, 322, palette.paper),
        (356, 380, palette.main),
        (420, 432, palette.accent),
        (180, 192, palette.accent),
    )
    for top, bottom, color in rings:
        easel.lay(body.mask(top=top, bottom=bottom, tilt=0.16), color, body.light("glazed") * np.float32(0.9))
    return easel.piece()


def spoons(seed: int, palette: Palette, label: Label, motif: str, filling: str) -> Piece:
    """Ladle, spoon and spatula of three woods, tied in a fan."""
    easel = Easel(600, 720)
    woods = ((150, 94, 52), (196, 142, 88), (112, 66, 40))
    for index, turn in enumerate((-0.24, 0.26, 0.0)):
        grain = texture(easel.size, woods[(index + seed) % 3], cell=(7, 240), strength=0.3, seed=seed + index)
        turned = grain.rotate(-np.degrees(turn), Image.Resampling.BILINEAR)
        mask = easel.shape(_turned(_spoon_outline(index), (300, 610), turn))
        easel.cast(mask, dx=8, dy=10, blur=8, strength=0.6)
        easel.lay(mask, turned, relief(mask, radius=16, depth=1.7))
        if index != 1:
            hollow = easel.shape(
                _turned(
                    smooth([(300, 60), (354, 110), (340, 186), (300, 212), (260, 186), (246, 110)]),
                    (300, 610),
                    turn,
                )
            )
            easel.lay(hollow, turned, -relief(hollow, radius=26, depth=1.5) - np.float32(0.2))
    cord = easel.stroke([(250, 560), (300, 572), (352, 560)], 18)
    easel.cast(cord, dy=5, blur=4)
    easel.padded(cord, palette.accent, radius=7, depth=1.6)
    return easel.piece(stands=False)


def _spoon_outline(index: int) -> list[Point]:
    if index == 1:
        return smooth(
            [
                (240, 40),
                (360, 40),
                (352, 200),
                (318, 250),
                (314, 680),
                (300, 692),
                (286, 680),
                (282, 250),
                (248, 200),
            ],
            8,
        )
    return smooth(
        [
            (300, 34),
            (372, 90),
            (362, 200),
            (316, 250),
            (314, 680),
            (300, 692),
            (286, 680),
            (284, 250),
            (238, 200),
            (228, 90),
        ],
        8,
    )


def _turned(points: list[Point], middle: Point, angle: float) -> list[Point]:
    cos, sin = np.cos(angle), np.sin(angle)
    return [
        (
            float(middle[0] + (x - middle[0]) * cos - (y - middle[1]) * sin),
            float(middle[1] + (x - middle[0]) * sin + (y - middle[1]) * cos),
        )
        for x, y in points
    ]


def lamp(seed: int, palette: Palette, label: Label, motif: str, filling: str) -> Piece:
    """A bamboo lamp, lit."""
    easel = Easel(460, 660)
    shapes: tuple[list[Point], ...] = (
        [(90, 70), (150, 136), (260, 186), (420, 186), (520, 130), (570, 84)],
        [(90, 110), (300, 178), (560, 120)],
        [(90, 84), (200, 170), (330, 104), (460, 170), (570, 90)],
    )
    body = Turned(easel, shapes[seed % 3])
    stand = Turned(easel, [(566, 96), (590, 104), (612, 118), (630, 122)])
    easel.lay(stand.mask(tilt=0.16), (104, 64, 34), stand.light("glazed"))
    light = np.exp(-(body.place**2) * 0.9) * np.exp(
        -(((np.arange(easel.size[1], dtype=np.float32)[:, None] / OVER - 340) / 260) ** 2)
    )
    glow = (255, 206, 116) if seed % 2 else (255, 184, 92)
    inner = np.array((255, 238, 188), np.float32) * light[..., None] + np.array(
        mixed(glow, (190, 84, 20), 0.5), np.float32
    ) * (1 - light[..., None])
    easel.lay(body.mask(tilt=0.16), as_image(inner))
    turn = np.arcsin(np.clip(body.place, -1, 1))
    rows = np.arange(easel.size[1], dtype=np.float32)[:, None] / OVER
    ribs = np.abs(np.sin(turn * 13 + rows * 0.045)) > 0.9
    cross = np.abs(np.sin(turn * 13 - rows * 0.045)) > 0.9
    hoops = np.abs(np.sin(rows * 0.11)) > 0.955
    slats = Image.fromarray(((ribs | cross | hoops) * 255).astype(np.uint8))
    frame = ImageChops.multiply(slats, body.mask(tilt=0.16))
    easel.lay(frame, mixed((126, 78, 34), glow, 0.12), (light * 0.55 - 0.25).astype(np.float32))
    for y in (body.top, body.bottom):
        ring = body.mask(top=min(y, 552) - 2, bottom=min(y, 552) + 12, tilt=0.16)
        easel.lay(ring, (150, 100, 50), body.light())
    return easel.piece(glow=glow)


def shadow_puppet(seed: int, palette: Palette, label: Label, motif: str, filling: str) -> Piece:
    """The kayon, tree of life of the shadow play, cut from hide and gilded."""
    easel = Easel(500, 720)
    stick = easel.stroke([(250, 420), (250, 708)], 11)
    easel.padded(stick, (52, 34, 26), radius=5, depth=1.8)
    half = [
        (0, 12),
        (34, 96),
        (96, 200),
        (158, 300),
        (190, 400),
        (172, 470),
        (120, 510),
        (132, 560),
        (88, 590),
        (0, 596),
    ]
    leaf = easel.shape(
        smooth(
            [(250.0 + x, float(y)) for x, y in half] + [(250.0 - x, float(y)) for x, y in half[::-1][1:-1]], 8
        )
    )
    red = mixed(palette.main if sum(palette.main) < 420 else palette.ink, (150, 24, 20), 0.3)
    easel.lay(leaf, red, relief(leaf, radius=16, depth=0.9))
    for side in (-1, 1):
        _kayon_half(easel, side, palette, seed)
    trunk = easel.shape([(238, 560), (244, 130), (250, 90), (256, 130), (262, 560)])
    easel.padded(trunk, GOLD, radius=6, depth=1.5)
    for grow, color in ((0, GOLD), (12, red), (22, palette.second)):
        easel.padded(easel.oval((204 + grow, 236 + grow, 296 - grow, 328 - grow)), color, radius=8, depth=1.2)
    gate = easel.shape([(186, 560), (186, 478), (250, 420), (314, 478), (314, 560)])
    easel.cast(gate, dy=4, blur=3)
    easel.padded(gate, GOLD, radius=6, depth=1.4)
    for x in (204, 256):
        easel.lay(easel.shape(box=(x, 492, x + 40, 560), round_by=6), mixed(palette.ink, (40, 20, 16), 0.4))
    edge = ImageChops.subtract(
        leaf,
        leaf.resize((leaf.width - 44, leaf.height - 44)).crop((-22, -22, leaf.width - 22, leaf.height - 22)),
    )
    easel.lay(ImageChops.multiply(edge, leaf), GOLD, relief(leaf, radius=10, depth=1.4))
    return easel.piece(stands=False)


def _kayon_half(easel: Easel, side: int, palette: Palette, seed: int) -> None:
    """Branches that end in curls, leaves along them, all mirrored."""
    colors = (GOLD, palette.paper, palette.second, palette.accent)
    for index in range(8):
        y = 150 + index * 50
        reach = 34 + index * 15 if index < 6 else 96
        start = (250.0, y + 26.0)
        curl = [
            (250 + side * (reach + 15 * np.cos(t) * (1 - t / 8)), y + 15 * np.sin(t) * (1 - t / 8))
            for t in np.linspace(0.4, 5.6, 22)
        ]
        branch = easel.stroke([start, *[(float(a), float(b)) for a, b in curl]], 5)
        easel.padded(branch, GOLD, radius=3, depth=1.6)
        for along in np.linspace(0.35, 0.95, 2 + index // 2):
            x, lift = 250 + side * reach * along, y + 26 - 28 * along
            easel.padded(
                easel.oval((x - 7, lift - 22, x + 7, lift - 4)),
                colors[(index + int(along * 9) + seed) % 4],
                radius=4,
            )
        easel.padded(
            easel.oval((curl[-1][0] - 6, curl[-1][1] - 6, curl[-1][0] + 6, curl[-1][1] + 6)),
            colors[index % 4],
            radius=4,
        )


def dagger_charm(seed: int, palette: Palette, label: Label, motif: str, filling: str) -> Piece:
    """A key ring: a wavy little blade of brass on a leather tag."""
    easel = Easel(480, 720)
    ring = easel.stroke(
        [(float(240 + 62 * np.cos(t)), float(88 + 62 * np.sin(t))) for t in np.linspace(0, 2 * np.pi, 50)], 11
    )
    easel.padded(ring, (206, 206, 210), radius=5, depth=2.0)
    tag = easel.shape(
        smooth([(190, 150), (290, 150), (300, 210), (288, 318), (240, 334), (192, 318), (180, 210)], 8)
    )
    easel.cast(tag, dx=5, dy=7, blur=5)
    easel.lay(
        tag,
        texture(easel.size, (120, 68, 36), cell=(6, 6), strength=0.18, seed=seed),
        relief(tag, radius=14, depth=1.3),
    )
    easel.padded(easel.oval((226, 160, 254, 188)), GOLD, radius=6, depth=1.8)
    rows = np.linspace(0, 1, 60)
    spine = 240 + 15 * np.sin(rows * 5.4 * np.pi) * (1 - rows * 0.6)
    wide = 30 * (1 - rows) ** 0.7 + 3
    left = [(float(x - w), float(424 + 270 * r)) for x, w, r in zip(spine, wide, rows, strict=True)]
    right = [(float(x + w), float(424 + 270 * r)) for x, w, r in zip(spine, wide, rows, strict=True)]
    blade = easel.shape(left + right[::-1])
    easel.cast(blade, dx=6, dy=8, blur=6)
    easel.padded(blade, (206, 210, 214) if seed % 2 else GOLD, radius=7, depth=2.0)
    easel.glint(
        easel.stroke([(float(x), float(424 + 270 * r)) for x, r in zip(spine, rows, strict=True)], 3),
        strength=0.7,
        blur=1,
    )
    guard = easel.shape(smooth([(160, 404), (240, 416), (318, 398), (300, 436), (240, 444), (186, 436)]))
    easel.padded(guard, GOLD, radius=8, depth=1.8)
    hilt = easel.shape(
        smooth([(226, 330), (256, 326), (276, 352), (258, 380), (262, 414), (220, 416), (222, 380)])
    )
    easel.cast(hilt, dx=3, dy=4, blur=3)
    easel.padded(hilt, (120, 62, 32), radius=11, depth=1.8)
    return easel.piece(stands=False)


def filigree(seed: int, palette: Palette, label: Label, motif: str, filling: str) -> Piece:
    """A brooch of silver wire on dark velvet."""
    easel = Easel(560, 560)
    pad = easel.shape(box=(20, 20, 540, 540), round_by=36)
    velvet = texture(
        easel.size, mixed(palette.night, palette.main, 0.3), cell=(3, 3), strength=0.25, seed=seed
    )
    easel.lay(pad, velvet, relief(pad, radius=40, depth=1.0))
    silver, petals = (150, 154, 164), 7 + seed % 3
    wires = Image.new("L", easel.size)
    for petal in range(petals):
        turn = petal * 2 * np.pi / petals
        outline = [
            (
                280 + (96 + 84 * np.cos(t)) * np.cos(turn) - 50 * np.sin(t) * np.sin(turn),
                280 + (96 + 84 * np.cos(t)) * np.sin(turn) + 50 * np.sin(t) * np.cos(turn),
            )
            for t in np.linspace(0, 2 * np.pi, 40)
        ]
        wires = ImageChops.lighter(wires, easel.stroke([(float(x), float(y)) for x, y in outline], 6))
        for side in (-1, 1):
            for away, size in ((132, 21), (82, 15), (92, 0)):
                if size:
                    curl = [
                        (
                            away + size * (1 - t / 9) * np.cos(t),
                            side * (22 + size * (1 - t / 9) * np.sin(t) * 0.9),
                        )
                        for t in np.linspace(0, 7.4, 30)
                    ]
                    spun = [
                        (
                            float(280 + a * np.cos(turn) - b * np.sin(turn)),
                            float(280 + a * np.sin(turn) + b * np.cos(turn)),
                        )
                        for a, b in curl
                    ]
                    wires = ImageChops.lighter(wires, easel.stroke(spun, 3.4))
        x, y = 280 + 196 * np.cos(turn + np.pi / petals), 280 + 196 * np.sin(turn + np.pi / petals)
        wires = ImageChops.lighter(wires, easel.oval((x - 12, y - 12, x + 12, y + 12)))
    easel.cast(wires, dx=4, dy=6, blur=4, strength=0.75)
    easel.padded(wires, silver, radius=3, depth=1.5)
    easel.glint(ImageChops.offset(wires.filter(ImageFilter.MinFilter(5)), -1, -2), strength=0.55, blur=0)
    for radius, color in ((46, silver), (34, palette.main), (14, mixed(palette.main, (255, 255, 255), 0.7))):
        stone = easel.oval((280 - radius, 280 - radius, 280 + radius, 280 + radius))
        easel.padded(stone, color, radius=radius * 0.5, depth=1.8)
    return easel.piece(stands=False)


def soap(seed: int, palette: Palette, label: Label, motif: str, filling: str) -> Piece:
    """Handmade bars: two stacked, one in its paper band."""
    easel = Easel(640, 560)
    tones = (
        mixed(palette.second, (250, 246, 236), 0.45),
        mixed(palette.main, (250, 240, 226), 0.5),
        mixed(palette.accent, (252, 248, 240), 0.55),
    )
    rng = np.random.default_rng([seed, 4])
    for index, (left, top) in enumerate(((230.0, 60.0), (50.0, 130.0), (160.0, 270.0))):
        bar = easel.shape(box=(left, top, left + 380, top + 236), round_by=38)
        easel.cast(bar, dx=8, dy=11, blur=10, strength=0.65)
        swirl = noise(easel.size[0], easel.size[1], cell=(150, 70), rng=rng)
        color = np.array(tones[(index + seed) % 3], np.float32)[None, None, :]
        other = np.array(mixed(tones[(index + seed) % 3], palette.main, 0.5), np.float32)[None, None, :]
        veins = np.exp(-((np.sin(swirl * 9) / 0.34) ** 2))[..., None] * np.float32(0.7)
        easel.lay(bar, as_image(color * (1 - veins) + other * veins), relief(bar, radius=22, depth=1.5))
    art_box = (280.0, 270.0, 424.0, 506.0)
    band = easel.shape(box=art_box)
    easel.cast(band, dx=3, dy=3, blur=3, strength=0.4)
    art = Image.new("RGB", easel.size, palette.paper)
    art.paste(
        printed(144, 236, label=label, motif=motif, seed=(2, 0)[seed % 2], palette=palette),
        (280 * OVER, 270 * OVER),
    )
    easel.lay(band, art, relief(easel.shape(box=(160, 270, 540, 506), round_by=38), radius=22, depth=0.9))
    return easel.piece(stands=False)


def carving(seed: int, palette: Palette, label: Label, motif: str, filling: str) -> Piece:
    """A carved shield: hooks and curls cut deep, filled with lime, soot and red earth."""
    easel = Easel(440, 740)
    outline = smooth(
        [
            (220, 10),
            (262, 96),
            (330, 150),
            (372, 300),
            (378, 480),
            (340, 640),
            (220, 730),
            (100, 640),
            (62, 480),
            (68, 300),
            (110, 150),
            (178, 96),
        ],
        10,
    )
    board = easel.shape(outline)
    wood = texture(easel.size, (138, 84, 50), cell=(9, 260), strength=0.3, seed=seed)
    easel.lay(board, wood, relief(board, radius=26, depth=1.7))
    inner = easel.shape([(220 + (x - 220) * 0.86, 372 + (y - 372) * 0.88) for x, y in outline])
    lime = texture(easel.size, (232, 216, 184), cell=(8, 90), strength=0.16, seed=seed)
    easel.lay(inner, lime, -relief(inner, radius=10, depth=1.2))
    red, soot = (156, 46, 28), (40, 30, 26)
    for row, y in enumerate((226.0, 344.0, 462.0, 580.0)):
        for side in (-1, 1):
            for shift, color in ((0.0, soot if row % 2 else red), (np.pi, red if row % 2 else soot)):
                hook = _hook((220 + side * 68, y), 56, shift, side * (1 if row % 2 else -1))
                mask = ImageChops.multiply(easel.stroke(hook, 11), inner)
                easel.lay(mask, color, -relief(mask, radius=5, depth=1.6))
    spine = easel.shape([(212, 120), (228, 120), (231, 700), (209, 700)])
    easel.cast(spine, dx=4, dy=2, blur=3)
    easel.padded(spine, wood, radius=8, depth=1.7)
    head = easel.shape(smooth([(220, 40), (258, 84), (254, 140), (220, 168), (186, 140), (182, 84)], 8))
    easel.cast(head, dx=4, dy=6, blur=5)
    easel.padded(head, wood, radius=18, depth=1.9)
    for x in (200.0, 240.0):
        easel.lay(easel.oval((x - 12, 92, x + 12, 108)), (232, 216, 184))
        easel.lay(easel.oval((x - 5, 95, x + 5, 105)), soot)
    easel.lay(easel.oval((206, 130, 234, 142)), red)
    return easel.piece(stands=False)


def _hook(middle: Point, size: float, shift: float, flip: int) -> list[Point]:
    turns = np.linspace(0.6, 2.9 * np.pi, 40)
    reach = size * turns / turns[-1]
    return [
        (float(middle[0] + flip * r * np.cos(t + shift)), float(middle[1] + r * np.sin(t + shift) * 0.95))
        for r, t in zip(reach, turns, strict=True)
    ]
