"""Pictures of the demo market, drawn by code: no photo was taken and nobody's work was copied."""

from demo.art.drawing import (
    KINDS,
    Artwork,
    draw_artwork,
    draw_portrait,
    draw_poster,
    draw_product,
    draw_shop_banner,
)
from demo.art.palette import PALETTES, Palette
from demo.art.pieces import Label

__all__ = [
    "KINDS",
    "PALETTES",
    "Artwork",
    "Label",
    "Palette",
    "draw_artwork",
    "draw_portrait",
    "draw_poster",
    "draw_product",
    "draw_shop_banner",
]
