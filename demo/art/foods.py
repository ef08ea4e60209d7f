"""Food without a packet: fish on a tray, palm sugar in leaves, cakes on a plate."""

import numpy as np
from PIL import Image, ImageChops

from demo.art.crafts import RATTAN, _weave
from demo.art.fields import as_image, mixed, noise, relief, shade
from demo.art.packaging import contents
from demo.art.palette import Palette
from demo.art.pieces import OVER, Easel, Label, Piece, Point, Turned, smooth, texture


def _tray(easel: Easel, palette: Palette, seed: int, radius: float = 330) -> None:
    """A tampah: the round winnowing tray everything is dried on."""
    x, y = easel.width / 2, easel.height / 2
    disc = easel.oval((x - radius, y - radius, x + radius, y + radius))
    weave, light = _weave(
        easel.size,
        (mixed(RATTAN, (226, 196, 140), 0.4), mixed(RATTAN, palette.main, 0.2)),
        strip=13,
        seed=seed,
    )
    easel.lay(disc, weave, light - relief(disc, radius=50, depth=1.0))
    rim = ImageChops.subtract(
        disc, easel.oval((x - radius + 26, y - radius + 26, x + radius - 26, y + radius - 26))
    )
    easel.lay(rim, mixed(RATTAN, (110, 66, 28), 0.4), relief(rim, radius=10, depth=1.7))
    for turn in np.linspace(0, 2 * np.pi, 26):
        inner, outer = radius - 26, radius
        tie = easel.stroke(
            [
                (x + inner * np.cos(turn), y + inner * np.sin(turn)),
                (x + outer * np.cos(turn + 0.03), y + outer * np.sin(turn + 0.03)),
            ],
            6,
        )
        easel.lay(tie, (96, 58, 28))


def dried_fish(seed: int, palette: Palette, label: Label, motif: str, filling: str) -> Piece:
    """Salted fish, laid out in the order of their size."""
    easel = Easel(720, 720)
    _tray(easel, palette, seed)
    count = 5 + seed % 3
    for index in range(count):
        from_middle = index - (count - 1) / 2
        _fish(
            easel,
            (360 + (index % 2) * 26 - 13, 360 + from_middle * 480 / count),
            470 - abs(from_middle) * 46,
            seed + index,
        )
    return easel.piece(stands=False)


def _fish(easel: Easel, middle: Point, length: float, seed: int) -> None:
    x, y = middle
    flip = 1 if seed % 2 else -1
    girth = length * 0.15
    tones = ((176, 156, 120), (150, 142, 128), (190, 148, 92))
    skin = texture(easel.size, tones[seed % 3], cell=(16, 7), strength=0.26, seed=seed)
    tail = easel.shape(
        [
            (x + flip * length * 0.36, y),
            (x + flip * length * 0.52, y - girth * 0.85),
            (x + flip * length * 0.46, y),
            (x + flip * length * 0.52, y + girth * 0.85),
        ]
    )
    body = easel.shape(
        smooth(
            [
                (x - flip * length * 0.46, y + 3),
                (x - flip * length * 0.34, y - girth * 0.7),
                (x - flip * length * 0.05, y - girth),
                (x + flip * length * 0.22, y - girth * 0.5),
                (x + flip * length * 0.4, y - 6),
                (x + flip * length * 0.4, y + 8),
                (x + flip * length * 0.18, y + girth * 0.6),
                (x - flip * length * 0.12, y + girth),
                (x - flip * length * 0.36, y + girth * 0.6),
            ]
        )
    )
    whole = ImageChops.lighter(tail, body)
    easel.cast(whole, dx=7, dy=10, blur=8, strength=0.65)
    easel.lay(tail, mixed(tones[seed % 3], (80, 56, 36), 0.3), relief(tail, radius=8, depth=1.0))
    easel.lay(body, skin, relief(body, radius=16, depth=1.9))
    belly = easel.shape(
        smooth(
            [
                (x - flip * length * 0.4, y + 8),
                (x, y + girth * 0.2),
                (x + flip * length * 0.3, y + 6),
                (x, y + girth * 0.85),
            ]
        )
    )
    easel.glint(ImageChops.multiply(belly, body), strength=0.4, blur=5, color=(246, 236, 206))
    gill = easel.stroke(
        [
            (x - flip * length * 0.28, y - girth * 0.6),
            (x - flip * length * 0.24, y),
            (x - flip * length * 0.28, y + girth * 0.6),
        ],
        3,
    )
    easel.glint(gill, strength=0.6, blur=0.8, color=(60, 36, 20))
    ex, ey = x - flip * length * 0.37, y - girth * 0.2
    easel.lay(easel.oval((ex - 8, ey - 8, ex + 8, ey + 8)), (232, 224, 200))
    easel.lay(easel.oval((ex - 4, ey - 4, ex + 4, ey + 4)), (30, 22, 18))


def palm_sugar(seed: int, palette: Palette, label: Label, motif: str, filling: str) -> Piece:
    """Rounds of palm sugar, two tied in a dry leaf."""
    easel = Easel(640, 520)
    for x, top, is_wrapped in ((200.0, 150.0, True), (440.0, 170.0, False), (322.0, 246.0, seed % 2 == 0)):
        _sugar_round(easel, x, top, seed + int(x), is_wrapped=is_wrapped)
    return easel.piece()


def _sugar_round(easel: Easel, x: float, top: float, seed: int, *, is_wrapped: bool) -> None:
    body = Turned(easel, [(top, 118), (top + 26, 134), (top + 150, 142), (top + 200, 132)], center=x)
    brown = texture(
        easel.size, (122, 66, 28) if seed % 2 else (144, 82, 36), cell=(14, 8), strength=0.28, seed=seed
    )
    mask = body.mask(tilt=0.24)
    easel.cast(mask, dx=6, dy=8, blur=9, strength=0.6)
    easel.lay(mask, brown, body.light("matte"))
    easel.lay(body.oval(top, tilt=0.24), brown, np.full(easel.size[::-1], 0.16, np.float32))
    easel.glint(easel.oval((x - 70, top - 20, x + 20, top + 4)), strength=0.3, blur=7)
    if is_wrapped:
        leaf = texture(easel.size, (176, 146, 88), cell=(5, 160), strength=0.3, seed=seed)
        wrap = body.mask(top=top + 36, tilt=0.24)
        easel.lay(wrap, leaf, body.light("matte"))
        for y in (top + 62, top + 128):
            tie = body.mask(top=y, bottom=y + 9, tilt=0.24)
            easel.lay(tie, (96, 74, 36), body.light("matte"))
        knot = easel.shape(
            smooth([(x - 16, top + 92), (x + 26, top + 82), (x + 40, top + 116), (x + 4, top + 110)])
        )
        easel.padded(knot, (110, 86, 44), radius=8, depth=1.6)


def layer_cake(seed: int, palette: Palette, label: Label, motif: str, filling: str) -> Piece:
    """Slices of lapis legit on a plate: eighteen thin layers, counted."""
    easel = Easel(640, 500)
    plate = easel.oval((20, 300, 620, 480))
    easel.padded(plate, mixed(palette.paper, (255, 255, 255), 0.5), radius=24, depth=1.2)
    inner = easel.oval((90, 322, 550, 450))
    easel.lay(inner, mixed(palette.paper, (255, 255, 255), 0.35), -relief(inner, radius=16, depth=0.8))
    rim = ImageChops.subtract(easel.oval((30, 303, 610, 476)), easel.oval((40, 306, 600, 472)))
    easel.lay(rim, palette.main)
    for index, (x, y) in enumerate(((70.0, 92.0), (196.0, 146.0), (322.0, 200.0))):
        _slice(easel, x, y, palette, seed + index, filling)
    return easel.piece()


def _slice(easel: Easel, x: float, y: float, palette: Palette, seed: int, filling: str) -> None:
    tones = {"pandan": ((196, 214, 110), (70, 128, 52)), "chocolate": ((150, 96, 56), (70, 38, 22))}.get(
        filling, ((242, 200, 112), (150, 84, 36))
    )
    front = [(x, y + 26), (x + 210, y + 66), (x + 210, y + 246), (x, y + 206)]
    top = [(x, y + 26), (x + 58, y), (x + 262, y + 36), (x + 210, y + 66)]
    side = [(x + 210, y + 66), (x + 262, y + 36), (x + 262, y + 214), (x + 210, y + 246)]
    rows, columns = np.mgrid[0 : easel.size[1], 0 : easel.size[0]].astype(np.float32) / OVER
    depth = rows - columns * np.float32(40 / 210)
    wobble = noise(easel.size[0], easel.size[1], cell=(60, 30), rng=np.random.default_rng(seed)) * 1.4
    dark = np.clip(np.sin((depth + wobble) * np.float32(2 * np.pi / 15)) * 3 - 1.2, 0, 1)[..., None]
    layers = as_image(np.array(tones[0], np.float32) * (1 - dark) + np.array(tones[1], np.float32) * dark)
    whole = easel.shape([*front[:1], top[1], top[2], side[2], front[2], front[3]])
    easel.cast(whole, dx=10, dy=10, blur=12, strength=0.55)
    crumb = noise(easel.size[0], easel.size[1], cell=(3, 3), rng=np.random.default_rng(seed)) * np.float32(
        0.12
    )
    easel.lay(easel.shape(side), layers, crumb - np.float32(0.42))
    easel.lay(easel.shape(front), layers, crumb + np.float32(0.04))
    easel.lay(easel.shape(top), mixed(tones[1], tones[0], 0.2), crumb + np.float32(0.14))


def heap(seed: int, palette: Palette, label: Label, motif: str, filling: str) -> Piece:
    """Beans, chips or spices piled on a tray, with a wooden scoop."""
    easel = Easel(720, 720)
    _tray(easel, palette, seed)
    edge = [
        (
            360 + 250 * np.cos(t) * (1 + 0.05 * np.sin(3 * t + seed)),
            360 + 250 * np.sin(t) * (1 + 0.04 * np.cos(2 * t + seed)),
        )
        for t in np.linspace(0, 2 * np.pi, 40)[:-1]
    ]
    mask = easel.shape(smooth([(float(x), float(y)) for x, y in edge], 4))
    easel.cast(mask, dx=8, dy=10, blur=12, strength=0.6)
    pile = contents(filling or "beans", easel.size, seed=seed, focus=(90, 90, 630, 630))
    easel.lay(mask, pile, relief(mask, radius=90, depth=1.4))
    scoop = easel.shape(smooth([(400, 330), (520, 300), (566, 350), (530, 420), (430, 420), (396, 380)]))
    handle = easel.stroke([(540, 356), (660, 300)], 26)
    wood = texture(easel.size, (168, 112, 64), cell=(120, 6), strength=0.3, seed=seed)
    for mask in (handle, scoop):
        easel.cast(mask, dx=8, dy=12, blur=9, strength=0.65)
        easel.lay(mask, wood, relief(mask, radius=14, depth=1.7))
    hollow = easel.shape(smooth([(420, 344), (516, 322), (546, 354), (520, 402), (440, 404), (416, 376)]))
    easel.lay(hollow, Image.blend(pile, wood, 0.1), -relief(hollow, radius=14, depth=1.4))
    return easel.piece(stands=False)


def wrapped_cakes(seed: int, palette: Palette, label: Label, motif: str, filling: str) -> Piece:
    """Sweets in banana leaf or corn husk, pinned with a bamboo stick."""
    easel = Easel(700, 640)
    green = ((74, 124, 54), (92, 140, 60), (196, 170, 106))[seed % 3]
    for index, (x, y, turn) in enumerate(
        ((180, 150, -0.25), (470, 140, 0.2), (320, 260, -0.05), (170, 400, 0.3), (480, 410, -0.2))
    ):
        _parcel(easel, (float(x), float(y)), turn, green, palette, seed + index)
    return easel.piece(stands=False)


def _parcel(
    easel: Easel, middle: Point, turn: float, green: tuple[int, int, int], palette: Palette, seed: int
) -> None:
    cos, sin = np.cos(turn), np.sin(turn)

    def placed(points: list[Point]) -> list[Point]:
        return [
            (float(middle[0] + x * cos - y * sin), float(middle[1] + x * sin + y * cos)) for x, y in points
        ]

    leaf = as_image(
        shade(
            np.broadcast_to(np.array(green, np.float32), (easel.size[1], easel.size[0], 3)),
            noise(easel.size[0], easel.size[1], cell=(4, 200), rng=np.random.default_rng(seed))
            * np.float32(0.26),
        )
    ).rotate(-np.degrees(turn))
    body = easel.shape(
        smooth(
            placed([(-124, -66), (0, -78), (124, -66), (140, 0), (124, 66), (0, 78), (-124, 66), (-140, 0)]),
            8,
        )
    )
    easel.cast(body, dx=8, dy=12, blur=10, strength=0.65)
    easel.lay(body, leaf, relief(body, radius=26, depth=1.7))
    for points in ([(-134, -60), (-40, 0), (-134, 60)], [(134, -60), (40, 0), (134, 60)]):
        flap = easel.shape(placed([(float(a), float(b)) for a, b in points]))
        easel.cast(flap, dx=3, dy=5, blur=4, strength=0.5)
        easel.lay(flap, leaf, relief(flap, radius=10, depth=1.3) - np.float32(0.08))
    band = easel.shape(placed([(-20, -80), (20, -80), (20, 80), (-20, 80)]))
    easel.cast(band, dx=3, dy=3, blur=3, strength=0.4)
    easel.padded(band, palette.accent if seed % 2 else palette.main, radius=16, depth=0.8)
