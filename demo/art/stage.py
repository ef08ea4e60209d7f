"""Set a piece in the market: the table, the shadow, the bulb above and the paper it is printed on."""

import numpy as np
from PIL import Image, ImageChops, ImageDraw, ImageFilter

from demo.art.backdrops import table_scene
from demo.art.fields import Field, as_image, grain, shade, soft
from demo.art.palette import Color, Palette
from demo.art.pieces import OVER, Piece
from demo.art.surfaces import SIDE, as_picture, surface

TABLES = ("wood", "mat", "tiles", "linen", "wood", "slate", "terrazzo", "leaf")
WALLS = ("market", "awning", "market", "planks", "plaster", "market")
GROUND = 846
ROOM_STANDING = (740, 690)
ROOM_LYING = (790, 800)
ROOM_HANGING = (820, 830)
# A piece is drawn at twice its size; beyond this it would look soft.
MOST_ENLARGED = 1.45
ROD: Color = (206, 160, 92)
WARM = np.array((1.1, 1.0, 0.84), np.float32)
COOL = np.array((0.5, 0.56, 0.72), np.float32)


def stage(piece: Piece, *, seed: int, palette: Palette) -> Image.Image:
    """A finished picture of 960 by 960."""
    rng = np.random.default_rng([seed, 5])
    if not piece.stands:
        scene = as_picture(surface(TABLES[seed % len(TABLES)], seed % 2, palette))
        _lay_down(scene, _shown(piece, ROOM_LYING), rng)
        return finish(scene, seed=seed)
    scene = table_scene(WALLS[seed % len(WALLS)], TABLES[seed // 2 % len(TABLES)], seed % 2, palette).copy()
    if piece.hangs:
        _hang_up(scene, _shown(piece, ROOM_HANGING))
        return finish(scene, seed=seed)
    product = _shown(piece, ROOM_STANDING)
    x, y = round((SIDE - product.width) / 2 + rng.uniform(-12, 12)), GROUND - product.height
    if piece.glow is None:
        _shadow_on_table(scene, product, x, y)
    scene.paste(product, (x, y), product)
    return finish(scene, seed=seed, halo=_halo(product, x, y, piece.glow) if piece.glow else None)


def _hang_up(scene: Image.Image, product: Image.Image) -> None:
    """On a bamboo rod across the stall, clear of the table."""
    rod = Image.new("RGB", (SIDE, 26), ROD)
    light = np.interp(np.linspace(-1, 1, 26), (-1, -0.5, 0, 1), (-0.2, 0.5, 0, -1.1)).astype(np.float32)
    shaded = as_image(shade(np.asarray(rod, np.float32), np.repeat(light[:, None], SIDE, axis=1)))
    joints = ImageDraw.Draw(shaded)
    for x in range(90, SIDE, 230):
        joints.rectangle((x, 0, x + 4, 26), fill=(112, 78, 36))
    x = (SIDE - product.width) // 2
    thrown = Image.new("L", scene.size)
    thrown.paste(product.getchannel("A"), (x + 46, 96))
    _darken(scene, soft(thrown, 30), 0.55)
    middle = product.width // 2
    if product.getchannel("A").crop((middle, 40, middle + 1, 41)).getbbox() is None:
        # It hangs from a hook: the rod runs behind it.
        scene.paste(shaded, (0, 66))
        scene.paste(product, (x, 58), product)
    else:
        scene.paste(product, (x, 66), product)
        for left, right in ((0, x + 3), (x + product.width - 3, SIDE)):
            scene.paste(shaded.crop((left, 0, right, 26)), (left, 74))


def _shadow_on_table(scene: Image.Image, product: Image.Image, x: int, y: int) -> None:
    """The long soft shadow away from the bulb, and the dark line where the piece touches the table."""
    shape = product.getchannel("A")
    height = max(8, round(product.height * 0.34))
    lying = shape.resize((product.width, height)).transpose(Image.Transpose.FLIP_TOP_BOTTOM)
    long = Image.new("L", scene.size)
    slanted = lying.transform(
        (product.width + height, height),
        Image.Transform.AFFINE,
        (1, -0.9, 0, 0, 1, 0),
        Image.Resampling.BILINEAR,
    )
    base = y + product.height - round(height * 0.08)
    long.paste(slanted, (x, base))
    _darken(scene, soft(long, 16), 0.5)
    foot = Image.new("L", scene.size)
    flat = shape.crop((0, int(product.height * 0.6), product.width, product.height)).resize(
        (product.width, 46)
    )
    foot.paste(flat, (x + 4, y + product.height - 28))
    _darken(scene, soft(foot, 12), 0.75)


def _lay_down(scene: Image.Image, shown: Image.Image, rng: np.random.Generator) -> None:
    product = shown.rotate(float(rng.uniform(-5, 5)), Image.Resampling.BICUBIC, expand=True)
    x = round((SIDE - product.width) / 2 + rng.uniform(-8, 8))
    y = round((SIDE - product.height) / 2 + rng.uniform(-8, 8))
    shape = product.getchannel("A")
    for dx, dy, blur, strength in ((6, 8, 7, 0.55), (20, 26, 26, 0.45)):
        thrown = Image.new("L", scene.size)
        thrown.paste(shape, (x + dx, y + dy))
        _darken(scene, soft(thrown, blur), strength)
    scene.paste(product, (x, y), product)


def _darken(scene: Image.Image, mask: Image.Image, strength: float) -> None:
    scene.paste((14, 8, 16), (0, 0), mask.point(lambda value: int(value * strength)))


def _shown(piece: Piece, room: tuple[int, int]) -> Image.Image:
    """The piece without its empty margins, as large as the room allows."""
    drawn = piece.image.crop(piece.image.getbbox())
    scale = min(room[0] / drawn.width, room[1] / drawn.height, MOST_ENLARGED / OVER)
    return drawn.resize((round(drawn.width * scale), round(drawn.height * scale)), Image.Resampling.HAMMING)


def finish(scene: Image.Image, *, seed: int, halo: Image.Image | None = None) -> Image.Image:
    """One bulb lights everything: warm near it, blue away from it; then grain."""
    colors = np.asarray(scene, np.float32) * _bulb_light(scene.size, seed)
    colors += grain(*scene.size)[..., None]
    lit = as_image(colors)
    return _with_bloom(ImageChops.screen(lit, halo) if halo else lit)


def _bulb_light(size: tuple[int, int], seed: int) -> Field:
    rng = np.random.default_rng([seed, 9])
    width, height = 60, round(60 * size[1] / size[0])
    rows, columns = np.mgrid[0:height, 0:width].astype(np.float32)
    x, y = width * rng.uniform(0.26, 0.44), height * rng.uniform(0.3, 0.42)
    away = np.hypot(columns - x, (rows - y) * 0.92) / width
    near = np.exp(-((away / 0.62) ** 2))[..., None]
    light = COOL * (1 - near) + WARM * near * np.float32(1.06)
    channels = [Image.fromarray(light[..., band]).resize(size, Image.Resampling.BICUBIC) for band in range(3)]
    return np.stack([np.asarray(channel) for channel in channels], axis=-1)


def _with_bloom(picture: Image.Image) -> Image.Image:
    """The brightest spots bleed a little, as they do through a warm lens."""
    small = picture.resize((picture.width // 8, picture.height // 8), Image.Resampling.BOX)
    bright = small.point(lambda value: max(0, value - 186) * 2).filter(ImageFilter.GaussianBlur(5))
    return ImageChops.screen(
        picture, bright.resize(picture.size, Image.Resampling.BILINEAR).point(lambda v: v // 2)
    )


def _halo(product: Image.Image, x: int, y: int, glow: Color) -> Image.Image:
    """The light a lamp sheds around itself."""
    shape = Image.new("L", (SIDE, SIDE))
    shape.paste(product.getchannel("A"), (x, y))
    halo = soft(shape, 90).point(lambda value: int(value * 0.62))
    return Image.merge("RGB", [halo.point(lambda value, part=part: value * part // 255) for part in glow])
