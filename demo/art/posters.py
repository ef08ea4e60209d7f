"""Signs over stalls and posters before a live begins."""

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageOps

from demo.art.backdrops import market
from demo.art.emblems import emblem
from demo.art.fields import as_image, mixed, noise, shade, soft
from demo.art.lettering import in_lines, write
from demo.art.palette import Color, Palette, on
from demo.art.patterns import PATTERNS, cloth
from demo.art.stage import finish

LETTERS: tuple[Color, Color] = ((255, 138, 31), (255, 213, 96))
STABILO: Color = (183, 240, 60)


def banner(name: str, *, seed: int, palette: Palette, size: tuple[int, int]) -> Image.Image:
    """Painted cloth with the stall's name, hung under its awning."""
    width, height = size
    rng = np.random.default_rng([seed, 71])
    scene = ImageOps.fit(market(rng, palette), size, Image.Resampling.BICUBIC, centering=(0.5, 0.6))
    awning_height = round(height * 0.2)
    board = Image.new("RGB", (round(width * 0.8), round(height * 0.58)), palette.paper)
    _paint_sign(board, name, seed, palette)
    left, top = (width - board.width) // 2, round(height * 0.3)
    shadow = Image.new("L", size)
    ImageDraw.Draw(shadow).rectangle(
        (left + 8, top + 14, left + board.width + 8, top + board.height + 14), fill=190
    )
    scene.paste((6, 4, 10), (0, 0), soft(shadow, 14))
    scene.paste(board, (left, top))
    _awning(scene, awning_height, palette)
    return finish(scene, seed=seed)


def _paint_sign(board: Image.Image, name: str, seed: int, palette: Palette) -> None:
    width, height = board.size
    edge = round(height * 0.13)
    fabric = cloth(
        list(PATTERNS)[seed % len(PATTERNS)],
        size=board.size,
        repeat=max(60, edge * 2),
        seed=seed,
        palette=palette,
    )
    board.paste(fabric, (0, 0))
    inner = Image.new("RGB", (width - 2 * edge, height - 2 * edge), palette.paper)
    w, h = inner.size
    emblem_size = h * 0.36
    emblem(inner, "sun", middle=(h * 0.5, h * 0.5), size=emblem_size, palette=palette)
    color = palette.main if on(palette.main, palette) == palette.paper else palette.ink
    write(
        inner,
        in_lines(name, 14),
        box=(h * 1.0, h * 0.12, w - h * 0.12, h * 0.88),
        face=("swash", "round", "sign", "fat")[seed % 4],
        color=color,
    )
    board.paste(inner, (edge, edge))
    pen = ImageDraw.Draw(board)
    pen.rectangle((edge - 5, edge - 5, width - edge + 4, height - edge + 4), outline=palette.accent, width=5)
    pen.rectangle((0, 0, width - 1, height - 1), outline=(47, 143, 43), width=4)
    folds = noise(width, height, cell=(240, 420), rng=np.random.default_rng(seed)) * np.float32(0.2)
    board.paste(as_image(shade(np.asarray(board, np.float32), folds)))


def _awning(scene: Image.Image, height: int, palette: Palette) -> None:
    over = 2
    stripe = round(scene.width / 18)
    cover = Image.new("RGBA", (scene.width * over, (height + stripe) * over))
    pen = ImageDraw.Draw(cover)
    for index, x in enumerate(range(0, scene.width + stripe, stripe)):
        color = palette.main if index % 2 else palette.paper
        left, right = x * over, (x + stripe) * over
        pen.rectangle((left, 0, right, height * over), fill=color)
        pen.pieslice(
            (left, (height - stripe / 2) * over, right, (height + stripe / 2) * over), 0, 180, fill=color
        )
    small = cover.resize((scene.width, height + stripe), Image.Resampling.LANCZOS)
    shadow = Image.new("L", scene.size)
    shadow.paste(small.getchannel("A"), (0, 12))
    scene.paste((6, 4, 10), (0, 0), soft(shadow, 12).point(lambda value: int(value * 0.6)))
    light = np.broadcast_to(
        np.linspace(0.1, -0.45, small.height, dtype=np.float32)[:, None], (small.height, small.width)
    )
    scene.paste(as_image(shade(np.asarray(small.convert("RGB"), np.float32), light)), (0, 0), small)


def poster(
    title: str, shop: str, *, seed: int, palette: Palette, product: Image.Image | None, size: tuple[int, int]
) -> Image.Image:
    """9:16: the product in the upper two thirds, hand-painted lettering below."""
    width, height = size
    rng = np.random.default_rng([seed, 73])
    scene = ImageOps.fit(market(rng, palette), size, Image.Resampling.BICUBIC, centering=(0.5, 0))
    scene = finish(scene, seed=seed)
    _awning(scene, round(height * 0.07), palette)
    if product is not None:
        _framed(scene, product, round(width * 0.84), round(height * 0.17))
    below = Image.new("L", size)
    pen = ImageDraw.Draw(below)
    for y in range(round(height * 0.55), height):
        pen.line((0, y, width, y), fill=min(235, round((y - height * 0.55) / (height * 0.2) * 235)))
    scene.paste(mixed(palette.night, (4, 8, 14), 0.4), (0, 0), below)
    _painted(scene, in_lines(title.upper(), 13), (width * 0.07, height * 0.7, width * 0.93, height * 0.86))
    write(
        scene,
        shop,
        box=(width * 0.12, height * 0.88, width * 0.88, height * 0.92),
        face="small",
        color=(244, 248, 241),
    )
    rim = max(4, round(height * 0.006))
    ImageDraw.Draw(scene).rectangle((0, height - rim, width, height), fill=STABILO)
    return scene


def _framed(scene: Image.Image, product: Image.Image, side: int, top: int) -> None:
    left = (scene.width - side) // 2
    shown = product.resize((side, side), Image.Resampling.LANCZOS)
    corners = Image.new("L", (side * 2, side * 2))
    ImageDraw.Draw(corners).rounded_rectangle((0, 0, side * 2 - 1, side * 2 - 1), radius=44, fill=255)
    mask = corners.resize((side, side), Image.Resampling.LANCZOS)
    shadow = Image.new("L", scene.size)
    shadow.paste(mask, (left, top + 16))
    scene.paste((4, 3, 8), (0, 0), soft(shadow, 22))
    scene.paste(shown, (left, top), mask)


def _painted(scene: Image.Image, text: str, box: tuple[float, float, float, float]) -> None:
    """Orange running into yellow with a dark edge, as on the cloth of every food stall."""
    mask = Image.new("RGB", scene.size)
    write(mask, text, box=box, face="round", color=(255, 255, 255))
    letters = mask.convert("L")
    edge = letters.filter(ImageFilter.MaxFilter(9))
    scene.paste((22, 12, 6), (0, 0), edge)
    fall = np.clip((np.arange(scene.height, dtype=np.float32) - box[1]) / (box[3] - box[1]), 0, 1)[
        :, None, None
    ]
    colors = np.array(LETTERS[1], np.float32) * (1 - fall) + np.array(LETTERS[0], np.float32) * fall
    scene.paste(as_image(np.repeat(colors, scene.width, axis=1)), (0, 0), letters)
