"""What a kitchen sells: pouches, jars, bottles, bags, tins, boxes."""

from functools import lru_cache

import numpy as np
from PIL import Image, ImageChops, ImageDraw

from demo.art.fields import Field, as_image, mixed, noise, relief, shade
from demo.art.labels import band, printed
from demo.art.lettering import in_lines, write
from demo.art.palette import Color, Palette, strong
from demo.art.patterns import PATTERNS, cloth
from demo.art.pieces import OVER, Easel, Label, Piece, Point, Turned, smooth, texture

KRAFT = (186, 142, 94)
GOLD = (214, 168, 82)


def pouch(seed: int, palette: Palette, label: Label, motif: str, filling: str) -> Piece:
    """A stand-up pouch; most have a window on what is inside."""
    easel = Easel(470, 640)
    body = easel.shape(_pouch_outline())
    has_window = bool(filling) and seed % 4 != 1
    height = 424 if has_window else 560
    label_image = printed(430, height, label=label, motif=motif, seed=seed, palette=palette)
    foot = label_image.getpixel((3, label_image.height - 3))
    printed_on = Image.new("RGB", easel.size, foot)
    printed_on.paste(palette.main, (0, 0, easel.size[0], 70 * OVER))
    printed_on.paste(label_image, (20 * OVER, 60 * OVER))
    light = relief(body, radius=64, depth=1.5) + _creases(easel, seed)
    easel.lay(body, printed_on, light)
    if has_window:
        _window(easel, filling, seed)
    seal = easel.shape(box=(22, 16, 448, 62))
    for y in range(22, 62, 7):
        easel.glint(easel.shape(box=(24, y, 446, y + 2)), strength=0.2, blur=0.6)
        easel.glint(easel.shape(box=(24, y + 3, 446, y + 4.5)), strength=0.22, blur=0.6, color=(0, 0, 0))
    easel.glint(seal, strength=0.1, blur=1)
    easel.glint(easel.shape([(40, 90), (66, 90), (54, 560), (36, 560)]), strength=0.42, blur=9)
    easel.glint(easel.shape([(398, 120), (420, 120), (428, 520), (414, 520)]), strength=0.2, blur=10)
    return easel.piece()


def _pouch_outline() -> list[Point]:
    teeth: list[Point] = []
    for step in range(43):
        teeth.append((22 + step * 10.15, 10 if step % 2 else 16))
    right = [(448.0, 60.0), (440, 130), (446, 330), (456, 560), (450, 612), (400, 626)]
    left = [(70.0, 626.0), (20, 612), (14, 560), (24, 330), (30, 130), (22, 60)]
    return [*teeth, *right, (235, 632), *left]


def _creases(easel: Easel, seed: int) -> Field:
    """Foil never lies flat: folds that run in from the seams, and the bulge of what is inside."""
    rng = np.random.default_rng([seed, 3])
    width, height = easel.size
    streaks = noise(width, height, cell=(110, 300), rng=rng)
    folds = np.sign(streaks) * np.abs(streaks) ** 1.7
    rows = np.linspace(0, 1, height, dtype=np.float32)[:, None]
    near_ends = np.exp(-(((rows - 0.1) / 0.1) ** 2)) + np.exp(-(((rows - 0.95) / 0.1) ** 2)) + 0.22
    return np.asarray(folds * near_ends * 0.75, dtype=np.float32)


def _window(easel: Easel, filling: str, seed: int) -> None:
    shapes: tuple[list[Point], ...] = (
        smooth(
            [(235, 448), (330, 470), (366, 530), (320, 584), (235, 598), (150, 584), (104, 530), (140, 470)]
        ),
        smooth(
            [(130, 470), (340, 470), (366, 492), (366, 572), (340, 594), (130, 594), (104, 572), (104, 492)],
            6,
        ),
    )
    mask = easel.shape(shapes[seed // 4 % 2])
    inside = contents(filling, easel.size, seed=seed, focus=(104, 446, 366, 600))
    easel.lay(mask, inside, -relief(mask, radius=30, depth=0.8))
    rim = ImageChops.subtract(
        easel.shape([(x * 1.03 - 7, y * 1.03 - 15.6) for x, y in shapes[seed // 4 % 2]]), mask
    )
    easel.lay(rim, (250, 240, 214))
    easel.glint(easel.shape([(120, 590), (210, 450), (250, 450), (160, 600)]), strength=0.22, blur=5)


def contents(
    kind: str, size: tuple[int, int], *, seed: int, focus: tuple[float, float, float, float]
) -> Image.Image:
    """Chips, beans, nuts or powder, piled up, where the focus is."""
    left, top, right, bottom = (round(edge * OVER) for edge in focus)
    patch = np.asarray(_patch(kind, seed % 3))
    down, across = -(-(bottom - top) // PATCH), -(-(right - left) // PATCH)
    image = Image.new("RGB", size)
    image.paste(Image.fromarray(np.tile(patch, (down, across, 1))), (left, top))
    return image


PATCH = 560


@lru_cache(maxsize=8)
def _patch(kind: str, variant: int) -> Image.Image:
    """A pile that joins its own copies on all sides."""
    shape, colors, length, width = FILLINGS[kind]
    rng = np.random.default_rng([variant, 21])
    patch = Image.new("RGB", (PATCH, PATCH), mixed(colors[0], (30, 16, 8), 0.55))
    sprites = [
        _crumb(shape, color, length, width, turn) for color in colors for turn in rng.uniform(0, 180, 4)
    ]
    count = int(PATCH * PATCH / (length * width * OVER * OVER) * 3.4)
    for _ in range(min(count, 900)):
        sprite = sprites[int(rng.integers(len(sprites)))]
        x, y = int(rng.uniform(0, PATCH)), int(rng.uniform(0, PATCH))
        for dx in {0, -PATCH if x + sprite.width > PATCH else 0}:
            for dy in {0, -PATCH if y + sprite.height > PATCH else 0}:
                patch.paste(sprite, (x + dx, y + dy), sprite)
    return patch


FILLINGS: dict[str, tuple[str, tuple[Color, ...], float, float]] = {
    "chips": ("disc", ((238, 190, 96), (226, 164, 72), (246, 208, 120)), 66, 54),
    "cassava": ("disc", ((248, 222, 158), (240, 206, 132), (252, 232, 182)), 62, 56),
    "red_chips": ("disc", ((206, 84, 40), (188, 60, 32), (224, 110, 52)), 62, 50),
    "sticks": ("stick", ((236, 190, 98), (222, 166, 76), (246, 206, 124)), 80, 16),
    "nuts": ("disc", ((196, 132, 78), (214, 156, 98), (176, 110, 62)), 30, 22),
    "beans": ("bean", ((84, 48, 30), (66, 36, 22), (102, 60, 38)), 26, 18),
    "crackers": ("disc", ((250, 232, 206), (244, 216, 182), (252, 240, 222)), 84, 66),
    "leaves": ("stick", ((86, 96, 48), (110, 110, 58), (64, 76, 40)), 30, 8),
    "fish": ("stick", ((214, 206, 188), (184, 176, 160), (150, 140, 122)), 64, 14),
    "cookies": ("disc", ((236, 188, 92), (226, 170, 74), (244, 204, 116)), 52, 50),
    "powder": ("disc", ((178, 92, 36), (190, 104, 44), (166, 82, 30)), 6, 6),
    "beef": ("bean", ((92, 44, 22), (74, 34, 18), (112, 58, 30)), 62, 40),
    "salt": ("disc", ((250, 248, 244), (236, 234, 232), (255, 254, 250)), 11, 9),
    "pepper": ("disc", ((58, 44, 36), (44, 34, 30), (78, 60, 46)), 16, 15),
    "green_beans": ("bean", ((150, 156, 112), (132, 140, 98), (168, 170, 130)), 26, 18),
    "cubes": ("stick", ((214, 226, 196), (228, 236, 212), (196, 214, 176)), 44, 34),
    "petals": ("bean", ((176, 32, 66), (204, 60, 92), (146, 20, 54)), 34, 18),
}


def _crumb(shape: str, color: Color, length: float, width: float, turn: float) -> Image.Image:
    """One chip, bean or stick with its own light and shadow."""
    side = int(max(length, width) * OVER * 1.35)
    sprite = Image.new("RGBA", (side, side))
    pen = ImageDraw.Draw(sprite)
    a, b, middle = length * OVER / 2, width * OVER / 2, side / 2
    for grow, tone, alpha in (
        (3.0, (20, 8, 4), 110),
        (0, mixed(color, (60, 26, 8), 0.35), 255),
        (-1.5, color, 255),
    ):
        box = (middle - a - grow, middle - b - grow, middle + a + grow, middle + b + grow)
        pen.rounded_rectangle(box, radius=b + grow if shape != "stick" else b * 0.7, fill=(*tone, alpha))
    if shape == "disc":
        pale = mixed(color, (255, 250, 226), 0.45)
        pen.ellipse(
            (middle - a * 0.6, middle - b * 0.7, middle + a * 0.3, middle + b * 0.2),
            fill=(*mixed(color, pale, 0.5), 255),
        )
        for x, y in ((0.3, 0.2), (-0.3, 0.45), (0.45, -0.3)):
            pen.ellipse(
                (middle + a * x - 3, middle + b * y - 3, middle + a * x + 3, middle + b * y + 3),
                fill=(*mixed(color, (120, 60, 20), 0.4), 255),
            )
    if shape == "bean":
        pen.line(
            (middle - a * 0.8, middle + 1, middle + a * 0.8, middle - 1),
            fill=(*mixed(color, (10, 4, 2), 0.6), 255),
            width=4,
        )
        pen.ellipse(
            (middle - a * 0.6, middle - b * 0.72, middle + a * 0.2, middle - b * 0.3),
            fill=(*mixed(color, (255, 230, 190), 0.35), 255),
        )
    return sprite.rotate(turn, Image.Resampling.BICUBIC)


def sachet(seed: int, palette: Palette, label: Label, motif: str, filling: str) -> Piece:
    """A flat packet of spice, sealed at both ends, with a smaller one leaning on it."""
    easel = Easel(400, 560)
    for shift, size in ((0, 1.0),):
        teeth = [(20 + x * 10, 14 if x % 2 else 22) for x in range(37)]
        foot = [(380 - x * 10, 546 if x % 2 else 538) for x in range(37)]
        body = easel.shape([(x * size + shift, y) for x, y in teeth + foot])
        label_image = printed(360, 512, label=label, motif=motif, seed=seed + 1, palette=palette)
        art = Image.new("RGB", easel.size, palette.second)
        art.paste(label_image, (20 * OVER, 24 * OVER))
        easel.lay(body, art, relief(body, radius=50, depth=1.1) + _creases(easel, seed))
    for top in (24, 500):
        for y in range(top, top + 38, 7):
            easel.glint(easel.shape(box=(22, y, 378, y + 2)), strength=0.2, blur=0.6)
            easel.glint(easel.shape(box=(22, y + 3, 378, y + 4.5)), strength=0.2, blur=0.6, color=(0, 0, 0))
    easel.glint(easel.shape([(36, 80), (58, 80), (48, 480), (34, 480)]), strength=0.4, blur=8)
    return easel.piece()


def coffee_bag(seed: int, palette: Palette, label: Label, motif: str, filling: str) -> Piece:
    """A side-folded bag, its top rolled down and held with a tin tie."""
    easel = Easel(420, 640)
    paper = (KRAFT, mixed(palette.ink, (30, 26, 24), 0.4), palette.main)[seed % 3]
    outline = [(30.0, 84.0), (390, 84), (396, 300), (402, 606), (392, 626), (28, 626), (18, 606), (24, 300)]
    body = easel.shape(outline)
    skin = texture(easel.size, paper, cell=(3, 5), strength=0.13, seed=seed)
    easel.lay(body, skin, relief(body, radius=60, depth=1.1) + _creases(easel, seed) * 0.7)
    for side in (
        [(30, 84), (66, 100), (58, 610), (18, 606)],
        [(390, 84), (354, 100), (362, 610), (402, 606)],
    ):
        easel.glint(easel.shape(side), strength=0.24, blur=5, color=(0, 0, 0))
    roll = easel.shape(box=(24, 40, 396, 112), round_by=12)
    easel.cast(roll, dx=2, dy=9, blur=8, strength=0.55)
    easel.lay(roll, skin, relief(roll, radius=26, depth=1.4))
    tie = easel.shape(box=(8, 66, 412, 84), round_by=5)
    easel.cast(tie, dy=4, blur=3)
    easel.padded(tie, GOLD, radius=6, depth=1.4)
    sticker = easel.shape(box=(70, 160, 350, 560), round_by=6)
    easel.cast(sticker, dx=2, dy=3, blur=2, strength=0.35)
    art = Image.new("RGB", easel.size, palette.paper)
    art.paste(
        printed(280, 400, label=label, motif=motif, seed=(0, 2, 0, 2)[seed % 4], palette=palette),
        (70 * OVER, 160 * OVER),
    )
    easel.lay(
        sticker, art, (relief(body, radius=70, depth=0.7) + _creases(easel, seed) * 0.4).astype(np.float32)
    )
    easel.padded(easel.oval((197, 578, 223, 604)), mixed(paper, (0, 0, 0), 0.3), radius=5)
    return easel.piece()


def jar(seed: int, palette: Palette, label: Label, motif: str, filling: str) -> Piece:
    """Glass with a lid; sambal, honey and cookies look out above and below the label."""
    easel = Easel(430, 560)
    wide = 176 + seed % 3 * 12
    glass = Turned(
        easel,
        [(96, wide - 34), (120, wide - 8), (150, wide), (490, wide), (520, wide - 10), (532, wide - 26)],
    )
    body = glass.mask()
    easel.lay(body, (206, 214, 206), glass.light("glass"))
    fill = Turned(
        easel, [(142, wide - 16), (150, wide - 10), (486, wide - 10), (512, wide - 20), (522, wide - 34)]
    )
    easel.lay(fill.mask(top=146), _jar_filling(easel, filling, seed), fill.light("matte") * np.float32(0.75))
    surface = fill.oval(150)
    easel.lay(surface, mixed(_liquid(filling), (255, 236, 200), 0.25))
    flat = band(440, 196, label=label, motif=motif, seed=seed, palette=palette)
    glass.wrap(flat, top=228, bottom=422)
    for left, right, strength in ((0.09, 0.14, 0.75), (0.165, 0.18, 0.5), (0.88, 0.91, 0.35)):
        x, y = 215 - wide + 2 * wide * left, 215 - wide + 2 * wide * right
        easel.glint(easel.shape(box=(x, 140, y, 512), round_by=6), strength=strength, blur=2.4)
    _lid(easel, wide - 22, seed, palette)
    return easel.piece()


def _liquid(filling: str) -> Color:
    return {
        "sambal": (170, 34, 20),
        "honey": (214, 128, 20),
        "pickle": (196, 158, 60),
        "coffee": (70, 40, 24),
    }.get(filling, (196, 140, 70))


def _jar_filling(easel: Easel, filling: str, seed: int) -> Image.Image:
    if filling in FILLINGS:
        return contents(filling, easel.size, seed=seed, focus=(30, 140, 400, 530))
    rng = np.random.default_rng([seed, 8])
    color = _liquid(filling)
    width, height = easel.size
    thick = (
        noise(width, height, cell=(26, 20), rng=rng) * 0.3
        + noise(width, height, cell=(90, 60), rng=rng) * 0.24
    )
    if filling == "honey":
        depth = np.abs(np.linspace(-1, 1, width, dtype=np.float32))[None, :] * -0.35
        thick = (
            np.broadcast_to(0.3 + depth, (height, width))
            + noise(width, height, cell=(200, 160), rng=rng) * 0.1
        )
    image = as_image(
        shade(np.broadcast_to(np.array(color, np.float32), (height, width, 3)), thick.astype(np.float32))
    )
    if filling == "sambal":
        pen = ImageDraw.Draw(image)
        for _ in range(260):
            x, y, r = rng.uniform(0, width), rng.uniform(0, height), rng.uniform(2, 5)
            tone = ((250, 206, 120), (224, 60, 30), (110, 12, 10))[int(rng.integers(3))]
            pen.ellipse((x - r, y - r * 0.8, x + r, y + r * 0.8), fill=tone)
    return image


def _lid(easel: Easel, radius: float, seed: int, palette: Palette) -> None:
    if seed % 3 == 2:
        _cloth_lid(easel, radius, seed, palette)
        return
    color = (GOLD, (44, 42, 46))[seed % 3]
    lid = Turned(easel, [(44, radius), (50, radius + 6), (116, radius + 8)])
    easel.cast(lid.mask(), dx=0, dy=10, blur=6, strength=0.6)
    ridges = np.sin(np.arcsin(np.clip(lid.place, -1, 1)) * 46) * np.float32(0.16)
    easel.lay(lid.mask(), color, lid.light("metal") * np.float32(0.8) + ridges)
    top = lid.oval(44)
    easel.padded(top, mixed(color, (255, 236, 190), 0.25), radius=22, depth=0.9)
    easel.lay(lid.oval(44, inset=16), mixed(color, (255, 244, 214), 0.12))


def _cloth_lid(easel: Easel, radius: float, seed: int, palette: Palette) -> None:
    fabric = cloth(
        ("kawung", "truntum", "poleng")[seed // 3 % 3],
        size=easel.size,
        repeat=110,
        seed=seed,
        palette=palette,
    )
    hem: list[Point] = []
    for turn in np.linspace(0, np.pi, 40):
        wave = 7 * np.sin(turn * 15)
        hem.append((215 + (radius + 34) * np.cos(turn), 128 + 26 * np.sin(turn) + wave))
    skirt = easel.shape([(215 - radius, 62), (215 + radius, 62), *hem])
    easel.cast(skirt, dy=10, blur=7, strength=0.6)
    columns = np.linspace(0, 60, easel.size[0], dtype=np.float32)[None, :]
    folds = np.broadcast_to(np.sin(columns) * np.float32(0.3), easel.size[::-1])
    easel.lay(skirt, fabric, relief(skirt, radius=40, depth=1.4) + folds)
    cap = easel.oval((215 - radius - 2, 26, 215 + radius + 2, 86))
    easel.lay(cap, fabric, relief(cap, radius=50, depth=1.0))
    twine = easel.stroke(
        [
            (215 - radius - 3, 84),
            (215 - radius / 2, 98),
            (215, 102),
            (215 + radius / 2, 98),
            (215 + radius + 3, 84),
        ],
        8,
    )
    easel.cast(twine, dy=3, blur=2)
    easel.padded(twine, (202, 164, 104), radius=5, depth=1.6)


def bottle(seed: int, palette: Palette, label: Label, motif: str, filling: str) -> Piece:
    """Jamu, soy sauce, syrup: clear or brown glass with a cork or a cap."""
    easel = Easel(300, 680)
    shoulders = (236, 262, 220)[seed % 3]
    profile = [
        (66, 40),
        (70, 43),
        (96, 43),
        (100, 37),
        (shoulders - 70, 38),
        (shoulders, 104),
        (shoulders + 34, 118),
        (630, 118),
        (650, 108),
        (660, 94),
    ]
    glass = Turned(easel, profile)
    color = {
        "soy": (44, 22, 14),
        "turmeric": (236, 160, 26),
        "tamarind": (150, 80, 34),
        "syrup": (182, 24, 54),
        "ginger": (206, 150, 84),
        "oil": (232, 186, 60),
        "coconut": (240, 240, 228),
    }.get(filling, (206, 140, 40))
    body = glass.mask()
    easel.lay(body, mixed(color, (200, 214, 206), 0.3), glass.light("glass"))
    below = glass.mask(top=shoulders - 40)
    deep = np.linspace(0.25, -0.3, easel.size[1], dtype=np.float32)[:, None]
    easel.lay(below, color, glass.light("glazed") * np.float32(0.7) + deep)
    flat = printed(216, 280, label=label, motif=motif, seed=(2, 3, 1, 0)[seed % 4], palette=palette)
    glass.wrap(_with_sides(flat), top=shoulders + 66, bottom=shoulders + 346, tilt=0.1)
    for x, wide, strength in ((52, 12, 0.7), (72, 4, 0.5), (244, 8, 0.3)):
        easel.glint(
            easel.shape(box=(x, shoulders + 40, x + wide, 630), round_by=6), strength=strength, blur=2.5
        )
    easel.glint(easel.shape(box=(122, 104, 131, shoulders - 70), round_by=4), strength=0.6, blur=2)
    if seed % 2:
        cap = Turned(easel, [(22, 40), (26, 44), (90, 46)])
        easel.lay(
            cap.mask(),
            palette.accent,
            cap.light("metal") * np.float32(0.6) + cap.ribs(34, 0.12),
        )
        easel.padded(cap.oval(22), mixed(palette.accent, (255, 255, 255), 0.3), radius=10)
    else:
        cork = Turned(easel, [(26, 37), (72, 33)])
        easel.lay(
            cork.mask(),
            texture(easel.size, (196, 146, 92), cell=(7, 5), strength=0.3, seed=seed),
            cork.light(),
        )
        easel.padded(cork.oval(26), (214, 168, 116), radius=10)
    tag = easel.stroke([(108, 112), (130, 120), (170, 120), (192, 112)], 6)
    easel.padded(tag, (206, 170, 112), radius=4, depth=1.5)
    return easel.piece()


def _with_sides(label: Image.Image) -> Image.Image:
    """The label carried on around the glass: what is printed stays where it can be read."""
    margin = round(label.width * 0.26)
    around = Image.new("RGB", (label.width + 2 * margin, label.height))
    for x, width in ((0, margin), (margin + label.width, margin)):
        edge = (
            label.crop((2, 0, 3, label.height))
            if x == 0
            else label.crop((label.width - 3, 0, label.width - 2, label.height))
        )
        around.paste(edge.resize((width, label.height)), (x, 0))
    around.paste(label, (margin, 0))
    return around


def tin(seed: int, palette: Palette, label: Label, motif: str, filling: str) -> Piece:
    """A tea tin, printed all around."""
    easel = Easel(400, 590)
    body = Turned(easel, [(130, 172), (556, 172)])
    names = list(PATTERNS)
    fabric = cloth(names[seed % 5], size=(640 * OVER, 400 * OVER), repeat=150, seed=seed, palette=palette)
    easel.lay(body.mask(), palette.main, body.light("metal"))
    body.wrap(fabric, top=132, bottom=534)
    flat = printed(320, 300, label=label, motif=motif, seed=(2, 0)[seed % 2], palette=palette)
    body.wrap(flat, top=192, bottom=486, spread=0.62)
    for y in (134, 521):
        ring = body.mask(top=y, bottom=y + 12)
        easel.lay(ring, GOLD, body.light("metal"))
    lid = Turned(easel, [(62, 160), (68, 178), (134, 178)])
    easel.cast(lid.mask(), dx=0, dy=8, blur=5)
    easel.lay(lid.mask(), mixed(palette.main, palette.ink, 0.25), lid.light("metal"))
    easel.padded(lid.oval(64), mixed(palette.main, palette.paper, 0.16), radius=30, depth=0.8)
    ring = ImageChops.subtract(lid.oval(64, inset=14), lid.oval(64, inset=22))
    easel.lay(ring, GOLD)
    knob = Turned(easel, [(34, 20), (44, 28), (60, 22)], center=200)
    easel.lay(knob.mask(), GOLD, knob.light("metal"))
    easel.padded(knob.oval(34), mixed(GOLD, (255, 255, 230), 0.4), radius=8)
    easel.glint(easel.shape(box=(62, 150, 74, 560), round_by=6), strength=0.5, blur=4)
    return easel.piece()


def box(seed: int, palette: Palette, label: Label, motif: str, filling: str) -> Piece:
    """A cake box with a window in its lid; slices wait in front."""
    easel = Easel(620, 560)
    front = [(40.0, 230.0), (580, 230), (580, 530), (40, 530)]
    top = [(40.0, 230.0), (116, 110), (504, 110), (580, 230)]
    art = Image.new("RGB", easel.size, palette.main)
    art.paste(_box_front(label, motif, palette, seed), (40 * OVER, 230 * OVER))
    face = easel.shape(front)
    down = np.broadcast_to(
        np.linspace(0.1, -0.28, easel.size[1], dtype=np.float32)[:, None], easel.size[::-1]
    )
    easel.lay(face, art, down + relief(face, radius=14, depth=0.6))
    easel.lay(
        easel.shape(top),
        mixed(palette.main, palette.paper, 0.14),
        np.full(easel.size[::-1], 0.16, np.float32),
    )
    window = easel.shape([(118, 212), (166, 132), (454, 132), (502, 212)])
    easel.lay(window, _layers(easel, palette, filling), np.full(easel.size[::-1], -0.18, np.float32))
    easel.glint(easel.shape([(200, 212), (260, 132), (320, 132), (270, 212)]), strength=0.3, blur=3)
    ribbon = easel.shape([(500, 230), (452, 110), (484, 110), (544, 230), (544, 530), (500, 530)])
    if seed % 2:
        easel.cast(ribbon, dx=3, dy=0, blur=3)
        easel.padded(ribbon, palette.accent, radius=18, depth=0.8)
        _bow(easel, (492, 168), palette.accent)
    return easel.piece()


def _box_front(label: Label, motif: str, palette: Palette, seed: int) -> Image.Image:
    size = (540 * OVER, 300 * OVER)
    image = cloth(
        ("kawung", "blooms", "truntum", "parang")[seed % 4], size=size, repeat=120, seed=seed, palette=palette
    )
    plaque = Image.new("RGB", (400 * OVER, 190 * OVER), palette.paper)
    pen = ImageDraw.Draw(plaque)
    w, h = plaque.size
    pen.rectangle((10, 10, w - 11, h - 11), outline=palette.main, width=4)
    write(
        plaque, label.brand.upper(), box=(w * 0.2, h * 0.1, w * 0.8, h * 0.2), face="small", color=palette.ink
    )
    write(
        plaque,
        in_lines(label.name, 12),
        box=(w * 0.08, h * 0.26, w * 0.92, h * 0.76),
        face="swash",
        color=strong(palette),
    )
    if label.note:
        write(plaque, label.note, box=(w * 0.2, h * 0.81, w * 0.8, h * 0.9), face="small", color=palette.ink)
    image.paste(plaque, ((30 if seed % 2 else 70) * OVER, 55 * OVER))
    return image


def _layers(easel: Easel, palette: Palette, filling: str) -> Image.Image:
    if filling in FILLINGS:
        return contents(filling, easel.size, seed=3, focus=(110, 120, 510, 220))
    image = Image.new("RGB", easel.size, (226, 170, 84))
    pen = ImageDraw.Draw(image)
    for y in range(120 * OVER, 220 * OVER, 12):
        pen.rectangle((0, y, image.width, y + 5), fill=(140, 78, 34))
    return image


def _bow(easel: Easel, middle: Point, color: Color) -> None:
    x, y = middle
    for side in (-1, 1):
        loop = easel.shape(
            smooth([(x, y), (x + side * 60, y - 46), (x + side * 96, y - 14), (x + side * 66, y + 22)])
        )
        easel.cast(loop, dy=6, blur=5)
        easel.padded(loop, color, radius=18, depth=1.5)
    knot = easel.oval((x - 20, y - 20, x + 20, y + 22))
    easel.padded(knot, mixed(color, (255, 255, 255), 0.1), radius=10, depth=1.3)


def vial(seed: int, palette: Palette, label: Label, motif: str, filling: str) -> Piece:
    """A small dropper bottle of fragrant oil."""
    easel = Easel(260, 560)
    glass = Turned(easel, [(212, 40), (232, 44), (262, 96), (284, 108), (516, 108), (534, 96)])
    color = ((120, 62, 20), (24, 60, 92), (40, 82, 46))[seed % 3]
    easel.lay(glass.mask(), color, glass.light("glazed"))
    flat = printed(196, 190, label=label, motif=motif, seed=(2, 3)[seed % 2], palette=palette)
    glass.wrap(_with_sides(flat), top=302, bottom=488, tilt=0.1)
    for x, wide, strength in ((38, 10, 0.65), (54, 3, 0.5), (222, 6, 0.35)):
        easel.glint(easel.shape(box=(x, 286, x + wide, 516), round_by=5), strength=strength, blur=2)
    collar = Turned(easel, [(150, 44), (220, 46)])
    ridges = np.sin(np.arcsin(np.clip(collar.place, -1, 1)) * 30) * np.float32(0.2)
    easel.lay(collar.mask(), GOLD if seed % 2 else (36, 34, 36), collar.light("metal") + ridges)
    bulb = Turned(easel, [(34, 16), (40, 24), (70, 28), (130, 27), (150, 32)])
    easel.lay(bulb.mask(), (36, 34, 38), bulb.light("glazed"))
    easel.padded(bulb.oval(36), (60, 58, 62), radius=8)
    return easel.piece()
