"""Numbers over an area: noise, blurs and the light that falls on shapes."""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

Field = NDArray[np.float32]

# Towards the bulb: up, left and out of the picture.
BULB = (-0.55, -0.83)
GLAZE = np.array((255, 246, 222), dtype=np.float32)


def noise(width: int, height: int, *, cell: tuple[float, float], rng: np.random.Generator) -> Field:
    """Smooth noise from -1 to 1; `cell` is the size of one lump, across and along."""
    columns = max(2, round(width / cell[0]) + 1)
    rows = max(2, round(height / cell[1]) + 1)
    lumps = rng.uniform(-1, 1, (rows, columns)).astype(np.float32)
    smooth = Image.fromarray(lumps).resize((width, height), Image.Resampling.BICUBIC)
    return np.asarray(smooth, dtype=np.float32)


def as_field(mask: Image.Image) -> Field:
    """A greyscale picture as numbers from 0 to 1."""
    return np.asarray(mask, dtype=np.float32) / np.float32(255)


def as_mask(field: Field) -> Image.Image:
    return Image.fromarray((np.clip(field, 0, 1) * 255).astype(np.uint8))


def as_image(colors: Field) -> Image.Image:
    return Image.fromarray(np.clip(colors, 0, 255).astype(np.uint8))


def soft(mask: Image.Image, radius: float) -> Image.Image:
    """A wide blur, done small: nobody sees the difference and it costs a tenth."""
    shrink = max(1, int(radius / 4))
    small = mask.resize((max(1, mask.width // shrink), max(1, mask.height // shrink)), Image.Resampling.BOX)
    blurred = small.filter(ImageFilter.GaussianBlur(radius / shrink))
    return blurred.resize(mask.size, Image.Resampling.BILINEAR)


def relief(mask: Image.Image, *, radius: float, depth: float) -> Field:
    """How a padded shape catches the bulb: around 0, more where it faces the light."""
    shrink = 4
    size = (mask.width // shrink, mask.height // shrink)
    small = mask.resize(size, Image.Resampling.BOX)
    height = as_field(small.filter(ImageFilter.GaussianBlur(radius / shrink)))
    along, across = np.gradient(height)
    facing = -(across * BULB[0] + along * BULB[1]) * np.float32(radius * depth / shrink)
    lit = Image.fromarray(facing.astype(np.float32)).resize(mask.size, Image.Resampling.BICUBIC)
    return np.asarray(lit, dtype=np.float32)


def shade(colors: Field, light: Field) -> Field:
    """Darken where `light` is negative, glaze towards warm white where it is positive."""
    light = light.astype(np.float32, copy=False)
    glazed = 1 - np.exp(-np.maximum(light, 0))
    shaded: Field = colors * (np.exp(np.minimum(light, 0)) * (1 - glazed))[..., None]
    shaded += glazed[..., None] * GLAZE
    return shaded


@lru_cache(maxsize=4)
def grain(width: int, height: int) -> Field:
    """Paper and film grain, the same for all pictures of a size."""
    rng = np.random.default_rng(11)
    fine = rng.normal(0, 1.3, (height, width)).astype(np.float32)
    return fine + 1.6 * noise(width, height, cell=(5, 5), rng=rng)


def gradient(top: tuple[int, int, int], bottom: tuple[int, int, int], width: int, height: int) -> Field:
    fall = np.linspace(0, 1, height, dtype=np.float32)[:, None, None]
    colors = np.array(top, np.float32) * (1 - fall) + np.array(bottom, np.float32) * fall
    return np.repeat(colors, width, axis=1)


def mixed(one: tuple[int, int, int], other: tuple[int, int, int], share: float) -> tuple[int, int, int]:
    """`share` of the other colour in the one."""
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue
