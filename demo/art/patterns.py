"""Cloth as it is made from Aceh to Papua: batik, ikat, songket, woven strips."""

from collections.abc import Callable
from functools import lru_cache

import numpy as np
from PIL import Image, ImageDraw

from demo.art.fields import mixed, noise
from demo.art.palette import Color, Palette

Point = tuple[float, float]
Pattern = Callable[[np.random.Generator, Palette], Image.Image]
OVER = 2
REPEAT = 160


def kawung(rng: np.random.Generator, palette: Palette) -> Image.Image:
    """Four palm seeds around a cross."""
    ground, seed, line = _batik_colors(rng, palette)
    tile, pen = _tile(ground)
    side = REPEAT * OVER
    for x, y in ((0.5, 0.5), (0, 0), (1, 0), (0, 1), (1, 1)):
        for turn in (45, 135, 225, 315):
            _seed(tile, (x * side, y * side), turn, seed, line)
    for x, y in ((0.5, 0), (0, 0.5), (1, 0.5), (0.5, 1)):
        _dot(pen, x * side, y * side, 9, seed)
        for turn in range(0, 360, 90):
            dx, dy = 20 * np.cos(np.radians(turn)), 20 * np.sin(np.radians(turn))
            _dot(pen, x * side + dx, y * side + dy, 4, line)
    return tile


def _seed(tile: Image.Image, middle: Point, turn: float, fill: Color, line: Color) -> None:
    pen = ImageDraw.Draw(tile)
    angle = np.radians(turn)
    center = (
        middle[0] + 54 * np.cos(angle) * OVER / 2 * 1.06,
        middle[1] + 54 * np.sin(angle) * OVER / 2 * 1.06,
    )
    for length, width, color in ((54, 42, fill), (42, 30, line), (34, 23, fill)):
        pen.polygon(_oval(center, length, width, angle), fill=color)
    for along in (-14, 14):
        _dot(pen, center[0] + along * np.cos(angle), center[1] + along * np.sin(angle), 4, line)


def parang(rng: np.random.Generator, palette: Palette) -> Image.Image:
    """Blades in slanting rows, with seeds between the rows."""
    ground, blade, line = _batik_colors(rng, palette)
    side = REPEAT * OVER
    y, x = np.mgrid[0:side, 0:side].astype(np.float32)
    across, along = (x - y) / side * 2, (x + y) / side * 4
    row, place = np.floor(across), across % 1
    in_row = np.clip((place - 0.12) / 0.76, 0, 1)
    lean = along + 0.5 * row - 0.3 * np.sin((in_row - 0.5) * 2 * np.pi) - 0.9 * in_row
    from_spine = np.abs(lean % 1 - 0.5)
    width = 0.4 * np.sqrt(np.clip(np.sin(in_row * np.pi), 0, 1))
    colors = np.full((side, side, 3), ground, np.uint8)
    is_row = (place > 0.12) & (place < 0.88)
    colors[is_row & (from_spine < width)] = blade
    colors[is_row & (from_spine < width - 0.11)] = line
    colors[is_row & (from_spine < width - 0.2)] = blade
    edge = np.minimum(place, 1 - place)
    seeds = np.abs((along * 2) % 1 - 0.5) / 0.36 + edge / 0.075
    colors[seeds < 1] = blade
    colors[(edge > 0.095) & (edge < 0.12)] = blade
    return Image.fromarray(colors)


def mega_mendung(rng: np.random.Generator, palette: Palette) -> Image.Image:
    """Clouds of Cirebon in seven steps of one colour."""
    ground = palette.main if sum(palette.main) < 480 else palette.ink
    deep = mixed(palette.second, palette.ink, 0.45)
    tile, pen = _tile(mixed(ground, palette.ink, 0.2))
    side = REPEAT * OVER
    for x, y, size, flip in (
        (0.3, 0.27, 1.0, 1),
        (0.82, 0.75, 1.0, -1),
        (0.86, 0.24, 0.5, -1),
        (0.3, 0.76, 0.55, 1),
    ):
        for dx in (-side, 0, side):
            for dy in (-side, 0, side):
                _cloud(pen, (x * side + dx, y * side + dy), size, flip, deep, palette.paper)
    return tile


CLOUD = (
    (-92, 26, 22),
    (-64, 10, 36),
    (-24, -14, 50),
    (24, -28, 56),
    (68, 0, 44),
    (98, 24, 26),
    (0, 22, 48),
    (46, 26, 38),
)


def _cloud(pen: ImageDraw.ImageDraw, middle: Point, size: float, flip: int, deep: Color, pale: Color) -> None:
    for step, inset in enumerate((0, 5, 11, 17, 23, 29)):
        color = mixed(deep, pale, 0.2 * (step - 1)) if step else pale
        for dx, dy, radius in CLOUD:
            grown = (radius - inset) * size
            if grown > 0:
                _dot(
                    pen, middle[0] + flip * dx * size * (1 - inset / 110), middle[1] + dy * size, grown, color
                )


def truntum(rng: np.random.Generator, palette: Palette) -> Image.Image:
    """Small stars that bloom again, sown over the night."""
    ground, star, line = _batik_colors(rng, palette)
    tile, pen = _tile(ground)
    side = REPEAT * OVER
    for column in range(5):
        for row in range(5):
            x, y = column * side / 4, row * side / 4
            is_big = (column + row) % 2 == 0
            _star(pen, x, y, 27 if is_big else 14, star, line)
    for column in range(4):
        for row in range(4):
            _diamond(pen, (column + 0.5) * side / 4, (row + 0.5) * side / 4, 7, line)
    return tile


def _star(pen: ImageDraw.ImageDraw, x: float, y: float, size: float, fill: Color, line: Color) -> None:
    for turn in np.arange(8) * np.pi / 4:
        center = (x + size * 0.62 * np.cos(turn), y + size * 0.62 * np.sin(turn))
        pen.polygon(_oval(center, size * 0.46, size * 0.2, turn), fill=fill)
    _dot(pen, x, y, size * 0.28, line)
    _dot(pen, x, y, size * 0.14, fill)


def blooms(rng: np.random.Generator, palette: Palette) -> Image.Image:
    """Flowers and leaves of the northern coast."""
    ground = (palette.main, palette.ink, palette.paper)[int(rng.integers(3))]
    tile, pen = _tile(ground)
    side = REPEAT * OVER
    ground_is_light = sum(ground) > 420
    leaf = mixed(palette.second, palette.ink, 0.35) if ground_is_light else palette.second
    petal = palette.main if ground_is_light else palette.paper
    for x, y in ((0.25, 0.25), (0.75, 0.75)):
        for turn in np.linspace(0.3, 0.3 + 2 * np.pi, 8)[:-1]:
            center = (x * side + 62 * np.cos(turn), y * side + 62 * np.sin(turn))
            pen.polygon(_oval(center, 32, 11, turn + 0.5), fill=leaf)
        for ring, color, size in ((26, petal, 21), (15, palette.accent, 13)):
            for turn in np.arange(7) * 2 * np.pi / 7:
                _dot(pen, x * side + ring * np.cos(turn), y * side + ring * np.sin(turn), size, color)
        _dot(pen, x * side, y * side, 12, palette.main if not ground_is_light else palette.paper)
    for x, y in ((0.75, 0.25), (0.25, 0.75)):
        for turn in np.arange(5) * 2 * np.pi / 5 + 0.4:
            _dot(pen, x * side + 15 * np.cos(turn), y * side + 15 * np.sin(turn), 11, palette.accent)
        _dot(pen, x * side, y * side, 8, palette.main)
    for _ in range(70):
        _dot(pen, rng.uniform(0, side), rng.uniform(0, side), 2.4, palette.accent)
    return tile


def ikat(rng: np.random.Generator, palette: Palette) -> Image.Image:
    """Stepped diamonds of Sumba and Flores, feathered where the dye crept."""
    cells = 40
    rows, columns = np.mgrid[0:cells, 0:cells]
    away = np.abs(rows - cells // 2) + np.abs(columns - cells // 2)
    colors = np.array(
        [palette.ink, palette.main, palette.second, palette.paper, palette.main, palette.accent]
    )
    ring = (away // 4) % len(colors)
    hooks = ((rows % 10 < 2) & (columns % 8 < 4)) & (away > 22)
    field = np.where(hooks[..., None], np.array(palette.paper), colors[ring]).astype(np.uint8)
    field[:2], field[-2:] = palette.accent, palette.ink
    large = np.asarray(Image.fromarray(field).resize((REPEAT, REPEAT), Image.Resampling.NEAREST))
    crept = (noise(REPEAT, REPEAT, cell=(2.2, 60), rng=rng) * 3.2).astype(int)
    index = (np.arange(REPEAT)[:, None] + crept) % REPEAT
    return Image.fromarray(large[index, np.arange(REPEAT)[None, :]])


def songket(rng: np.random.Generator, palette: Palette) -> Image.Image:
    """Gold thread on silk."""
    ground = mixed(palette.main, palette.ink, 0.25)
    gold = (226, 178, 74)
    tile, pen = _tile(ground)
    side = REPEAT * OVER
    for x, y in ((0.5, 0.5), (0, 0), (1, 0), (0, 1), (1, 1)):
        for size in (78, 62, 44, 24):
            color = gold if size in (78, 44) else ground
            _diamond(pen, x * side, y * side, size, color)
        _star(pen, x * side, y * side, 26, (250, 222, 140), ground)
    for x, y in ((0.5, 0), (0, 0.5), (1, 0.5), (0.5, 1)):
        _star(pen, x * side, y * side, 34, gold, ground)
    threads = np.asarray(tile, np.float32)
    threads[::4] *= 0.82
    return Image.fromarray(threads.astype(np.uint8))


def ulos(rng: np.random.Generator, palette: Palette) -> Image.Image:
    """Bands of the Batak weavers: stripes, then a row of arrows."""
    tile, pen = _tile(palette.ink)
    side = REPEAT * OVER
    y = 0.0
    colors = [palette.main, palette.ink, palette.paper, palette.accent, palette.main, palette.second]
    for index, height in enumerate((46, 10, 22, 8, 60, 12, 26, 10, 44, 14, 30, 38)):
        pen.rectangle((0, y, side, y + height), fill=colors[index % len(colors)])
        if height > 40:
            for x in range(0, side, 40):
                mark = palette.paper if index else palette.accent
                pen.polygon([(x, y + height - 6), (x + 20, y + 6), (x + 40, y + height - 6)], fill=mark)
                _diamond(pen, x + 20, y + height * 0.62, 9, colors[index % len(colors)])
        y += height
    return tile


def poleng(rng: np.random.Generator, palette: Palette) -> Image.Image:
    """The Balinese check: light, dark and what lies between."""
    tile, pen = _tile((244, 240, 230))
    side = REPEAT * OVER
    step = side / 4
    dark = mixed(palette.ink, (20, 20, 24), 0.5)
    for row in range(4):
        for column in range(4):
            parity = row % 2 + column % 2
            color = dark if parity == 2 else mixed(dark, (244, 240, 230), 0.52) if parity == 1 else None
            if color:
                pen.rectangle((column * step, row * step, (column + 1) * step, (row + 1) * step), fill=color)
    return tile


def asmat(rng: np.random.Generator, palette: Palette) -> Image.Image:
    """Hooks and spirals as carved on shields in the south of Papua."""
    ground = mixed(palette.paper, (222, 200, 160), 0.5)
    tile, pen = _tile(ground)
    side = REPEAT * OVER
    red, black = mixed(palette.main, (150, 44, 26), 0.4), (38, 28, 24)
    for row in range(2):
        for column in range(2):
            x, y = (column + 0.5) * side / 2, (row + 0.5) * side / 2
            flip = 1 if (row + column) % 2 else -1
            for shift, color in ((0, black), (np.pi, red)):
                _spiral(pen, x, y, 66, shift, flip, color)
    for y in (0, side / 2, side):
        pen.line((0, y, side, y), fill=black, width=9)
        for x in range(0, side, 32):
            pen.polygon([(x, y), (x + 16, y + 15), (x + 32, y)], fill=red)
    return tile


def _spiral(
    pen: ImageDraw.ImageDraw, x: float, y: float, size: float, shift: float, flip: int, color: Color
) -> None:
    turns = np.linspace(0.5, 3.3 * np.pi, 70)
    radius = size * turns / turns[-1]
    points = [
        (x + flip * r * np.cos(t + shift), y + r * np.sin(t + shift))
        for r, t in zip(radius, turns, strict=True)
    ]
    pen.line(points, fill=color, width=11, joint="curve")


PATTERNS: dict[str, Pattern] = {
    "kawung": kawung,
    "parang": parang,
    "mega_mendung": mega_mendung,
    "truntum": truntum,
    "blooms": blooms,
    "ikat": ikat,
    "songket": songket,
    "ulos": ulos,
    "poleng": poleng,
    "asmat": asmat,
}


@lru_cache(maxsize=32)
def tile_of(name: str, variant: int, palette: Palette) -> Image.Image:
    return PATTERNS[name](np.random.default_rng([variant, *name.encode()]), palette)


def cloth(name: str, *, size: tuple[int, int], repeat: int, seed: int, palette: Palette) -> Image.Image:
    """A length of cloth; `repeat` is the width of one repeat of the pattern."""
    tile = tile_of(name, seed % 3, palette).resize((repeat, repeat), Image.Resampling.LANCZOS)
    across, down = -(-size[0] // repeat), -(-size[1] // repeat)
    tiled = np.tile(np.asarray(tile), (down, across, 1))[: size[1], : size[0]]
    return Image.fromarray(np.ascontiguousarray(tiled))


def _batik_colors(rng: np.random.Generator, palette: Palette) -> tuple[Color, Color, Color]:
    """Ground, motif, line: cream on brown or indigo, or the other way round."""
    pairs = (
        (palette.ink, palette.paper, palette.main),
        (palette.main, palette.paper, palette.ink),
        (palette.paper, palette.main, palette.ink),
    )
    return pairs[int(rng.integers(3))]


def _tile(ground: Color) -> tuple[Image.Image, ImageDraw.ImageDraw]:
    tile = Image.new("RGB", (REPEAT * OVER, REPEAT * OVER), ground)
    return tile, ImageDraw.Draw(tile)


def _dot(pen: ImageDraw.ImageDraw, x: float, y: float, radius: float, color: Color) -> None:
    pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=color)


def _diamond(pen: ImageDraw.ImageDraw, x: float, y: float, size: float, color: Color) -> None:
    pen.polygon([(x - size, y), (x, y - size), (x + size, y), (x, y + size)], fill=color)


def _oval(center: Point, length: float, width: float, angle: float) -> list[Point]:
    """A pointed oval, like a seed or a leaf."""
    turns = np.linspace(0, 2 * np.pi, 28)
    across = width * np.sin(turns) * np.abs(np.sin(turns)) ** 0.25
    along = length * np.cos(turns)
    x = center[0] + along * np.cos(angle) - across * np.sin(angle)
    y = center[1] + along * np.sin(angle) + across * np.cos(angle)
    return [(float(a), float(b)) for a, b in zip(x, y, strict=True)]
