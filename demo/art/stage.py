"""Set a piece in the market: the table, the shadow, the bulb above and the paper it is printed on."""

import numpy as np
from PIL import Image, ImageChops, ImageFilter

from demo.art.backdrops import table_scene
from demo.art.fields import Field, as_image, grain, soft
from demo.art.palette import Palette
from demo.art.pieces import OVER, Piece
from demo.art.surfaces import SIDE, as_picture, surface

TABLES = ("wood", "mat", "tiles", "linen", "wood", "slate", "terrazzo", "leaf")
WALLS = ("market", "awning", "market", "planks", "plaster", "market")
GROUND = 812
WARM = np.array((1.1, 1.0, 0.84), np.float32)
COOL = np.array((0.5, 0.56, 0.72), np.float32)


def stage(piece: Piece, *, seed: int, palette: Palette) -> Image.Image:
    """A finished picture of 960 by 960."""
    rng = np.random.default_rng([seed, 5])
    if piece.stands:
        scene = table_scene(WALLS[seed % len(WALLS)], TABLES[seed // 2 % len(TABLES)], seed % 2, palette).copy()
        _set_down(scene, piece, rng)
    else:
        scene = as_picture(surface(TABLES[seed % len(TABLES)], seed % 2, palette))
        _lay_down(scene, piece, rng)
    return finish(scene, seed=seed, glow=piece)


def _set_down(scene: Image.Image, piece: Piece, rng: np.random.Generator) -> None:
    product = _shown(piece)
    x = round((SIDE - product.width) / 2 + rng.uniform(-14, 14))
    y = round(GROUND - product.height - piece.lift)
    if piece.glow is None:
        _shadow_on_table(scene, product, x, y, piece.lift)
    scene.paste(product, (x, y), product)


def _shadow_on_table(scene: Image.Image, product: Image.Image, x: int, y: int, lift: float) -> None:
    """The long soft shadow away from the bulb, and the dark line where the piece touches the table."""
    shape = product.getchannel("A")
    height = max(8, round(product.height * 0.34))
    lying = shape.resize((product.width, height)).transpose(Image.Transpose.FLIP_TOP_BOTTOM)
    long = Image.new("L", scene.size)
    slanted = lying.transform(
        (product.width + height, height), Image.Transform.AFFINE, (1, -0.9, 0, 0, 1, 0), Image.Resampling.BILINEAR
    )
    base = y + product.height - round(height * 0.08)
    long.paste(slanted, (x, base))
    _darken(scene, soft(long, 16), 0.5)
    foot = Image.new("L", scene.size)
    flat = shape.crop((0, int(product.height * 0.6), product.width, product.height)).resize((product.width, 46))
    foot.paste(flat, (x + 4, y + product.height - 28))
    _darken(scene, soft(foot, 12), 0.75)


def _lay_down(scene: Image.Image, piece: Piece, rng: np.random.Generator) -> None:
    product = _shown(piece).rotate(float(rng.uniform(-5, 5)), Image.Resampling.BICUBIC, expand=True)
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


def _shown(piece: Piece) -> Image.Image:
    size = (piece.image.width // OVER, piece.image.height // OVER)
    shown = piece.image.resize(size, Image.Resampling.BOX if OVER == 2 else Image.Resampling.LANCZOS)
    bounds = shown.getbbox()
    return shown.crop((0, 0, size[0], bounds[3])) if bounds and piece.stands else shown


def finish(scene: Image.Image, *, seed: int, glow: Piece | None = None) -> Image.Image:
    """One bulb lights everything: warm near it, blue away from it; then grain."""
    colors = np.asarray(scene, np.float32) * _bulb_light(scene.size, seed)
    colors += grain(*scene.size)[..., None]
    lit = as_image(colors)
    if glow is not None and glow.glow is not None:
        return _with_glow(lit, glow)
    return _with_bloom(lit)


def _bulb_light(size: tuple[int, int], seed: int) -> Field:
    rng = np.random.default_rng([seed, 9])
    width, height = 60, round(60 * size[1] / size[0])
    rows, columns = np.mgrid[0:height, 0:width].astype(np.float32)
    x, y = width * rng.uniform(0.26, 0.44), height * rng.uniform(0.3, 0.42)
    away = np.hypot(columns - x, (rows - y) * 0.92) / width
    near = np.exp(-((away / 0.62) ** 2))[..., None]
    light = COOL * (1 - near) + WARM * near * np.float32(1.16)
    channels = [Image.fromarray(light[..., band]).resize(size, Image.Resampling.BICUBIC) for band in range(3)]
    return np.stack([np.asarray(channel) for channel in channels], axis=-1)


def _with_bloom(picture: Image.Image) -> Image.Image:
    """The brightest spots bleed a little, as they do through a warm lens."""
    small = picture.resize((picture.width // 8, picture.height // 8), Image.Resampling.BOX)
    bright = small.point(lambda value: max(0, value - 186) * 2).filter(ImageFilter.GaussianBlur(5))
    return ImageChops.screen(picture, bright.resize(picture.size, Image.Resampling.BILINEAR).point(lambda v: v // 2))


def _with_glow(picture: Image.Image, piece: Piece) -> Image.Image:
    red, green, blue = piece.glow or (0, 0, 0)
    shape = Image.new("L", picture.size)
    shown = _shown(piece).getchannel("A")
    shape.paste(shown, ((SIDE - shown.width) // 2, round(GROUND - shown.height)))
    halo = soft(shape, 90).point(lambda value: int(value * 0.62))
    light = Image.merge("RGB", [halo.point(lambda v, part=part: v * part // 255) for part in (red, green, blue)])
    return _with_bloom(ImageChops.screen(picture, light))
