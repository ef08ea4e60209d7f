"""Printed labels, flat: four ways a small maker's printer would set them."""

from collections.abc import Callable

import numpy as np
from PIL import Image, ImageDraw

from demo.art.emblems import emblem
from demo.art.fields import mixed
from demo.art.lettering import in_lines, write, write_arc
from demo.art.palette import Color, Palette, on, strong
from demo.art.pieces import OVER, Label

Design = Callable[[tuple[int, int], Label, str, Palette], Image.Image]


def badge(size: tuple[int, int], label: Label, motif: str, palette: Palette) -> Image.Image:
    """A round seal with the maker's name around it, the product's name below."""
    width, height = size
    image = Image.new("RGB", size, palette.paper)
    pen = ImageDraw.Draw(image)
    seal = min(width * 0.34, height * 0.25)
    middle = (width / 2, height * 0.055 + seal)
    for radius, color in (
        (seal, strong(palette)),
        (seal * 0.94, palette.paper),
        (seal * 0.9, strong(palette)),
    ):
        pen.ellipse(
            (middle[0] - radius, middle[1] - radius, middle[0] + radius, middle[1] + radius), fill=color
        )
    emblem(image, "sun", middle=middle, size=seal * 0.62, palette=palette)
    write_arc(
        image,
        label.brand.upper(),
        center=middle,
        radius=seal * 0.755,
        face="small",
        color=palette.paper,
        size=int(min(seal * 0.24, seal * 4.1 / max(8, len(label.brand)))),
    )
    for x in (-0.77, 0.77):
        r = seal * 0.045
        pen.ellipse(
            (
                middle[0] + seal * x - r,
                middle[1] + seal * 0.14 - r,
                middle[0] + seal * x + r,
                middle[1] + seal * 0.14 + r,
            ),
            fill=palette.accent,
        )
    below = middle[1] + seal
    write(
        image,
        in_lines(label.name),
        box=(width * 0.07, below + height * 0.03, width * 0.93, height * 0.8),
        face="swash",
        color=strong(palette),
    )
    _foot(image, label, palette, top=0.84)
    return image


def bunting(size: tuple[int, int], label: Label, motif: str, palette: Palette) -> Image.Image:
    """Awning above, big outlined letters, the ingredient below."""
    width, height = size
    image = Image.new("RGB", size, palette.main)
    pen = ImageDraw.Draw(image)
    _rays(pen, (width / 2, height * 0.72), max(size), mixed(palette.main, palette.second, 0.55))
    stripe = width / 8
    for index in range(8):
        color = palette.paper if index % 2 else palette.accent
        x = index * stripe
        pen.rectangle((x, 0, x + stripe, height * 0.09), fill=color)
        pen.pieslice(
            (x, height * 0.09 - stripe / 2, x + stripe, height * 0.09 + stripe / 2), 0, 180, fill=color
        )
    top = height * 0.09 + stripe * 0.62
    write(
        image,
        label.brand,
        box=(width * 0.12, top, width * 0.88, top + height * 0.075),
        face="brush",
        color=on(palette.main, palette),
    )
    write(
        image,
        in_lines(label.name.upper()),
        box=(width * 0.09, top + height * 0.1, width * 0.91, height * 0.58),
        face="round",
        color=palette.paper,
        edge=(palette.ink, 0.09),
    )
    disc = min(width * 0.28, height * 0.16)
    middle = (width / 2, height * 0.74)
    pen.ellipse((middle[0] - disc, middle[1] - disc, middle[0] + disc, middle[1] + disc), fill=palette.paper)
    emblem(image, motif, middle=middle, size=disc * 0.72, palette=palette)
    _foot(image, label, palette, top=0.915, color=on(palette.main, palette))
    return image


def framed(size: tuple[int, int], label: Label, motif: str, palette: Palette) -> Image.Image:
    """Old print: double frame, corners, fat letters."""
    width, height = size
    ground = palette.paper
    image = Image.new("RGB", size, ground)
    pen = ImageDraw.Draw(image)
    edge = min(size) * 0.04
    pen.rectangle(
        (edge, edge, width - edge, height - edge), outline=strong(palette), width=max(2, int(edge * 0.42))
    )
    inner = edge * 1.75
    pen.rectangle(
        (inner, inner, width - inner, height - inner), outline=strong(palette), width=max(1, int(edge * 0.16))
    )
    for x in (inner, width - inner):
        for y in (inner, height - inner):
            r = edge * 1.1
            pen.ellipse((x - r, y - r, x + r, y + r), fill=ground)
            emblem(image, "flower", middle=(x, y), size=r * 0.9, palette=_tinted(palette))
    write(
        image,
        label.brand.upper(),
        box=(width * 0.16, height * 0.09, width * 0.84, height * 0.15),
        face="small",
        color=palette.ink,
    )
    emblem(
        image, motif, middle=(width / 2, height * 0.31), size=min(width * 0.2, height * 0.13), palette=palette
    )
    write(
        image,
        in_lines(label.name),
        box=(width * 0.13, height * 0.46, width * 0.87, height * 0.77),
        face="fat",
        color=strong(palette),
    )
    pen.line(
        (width * 0.3, height * 0.81, width * 0.7, height * 0.81),
        fill=palette.accent,
        width=max(2, int(edge * 0.3)),
    )
    _foot(image, label, palette, top=0.835)
    return image


def poster(size: tuple[int, int], label: Label, motif: str, palette: Palette) -> Image.Image:
    """Two flat colours that meet in a wave, and a name that shouts."""
    width, height = size
    image = Image.new("RGB", size, palette.second)
    pen = ImageDraw.Draw(image)
    for shift, color in ((0.0, palette.accent), (0.035, palette.paper), (0.07, palette.main)):
        xs = np.linspace(0, width, 40)
        ys = height * (0.42 + shift) + height * 0.03 * np.sin(xs / width * 2 * np.pi + 0.6)
        pen.polygon(
            [(0, height), *[(float(x), float(y)) for x, y in zip(xs, ys, strict=True)], (width, height)],
            fill=color,
        )
    emblem(
        image, motif, middle=(width / 2, height * 0.25), size=min(width * 0.3, height * 0.16), palette=palette
    )
    write(
        image,
        label.brand,
        box=(width * 0.1, height * 0.03, width * 0.9, height * 0.09),
        face="small",
        color=on(palette.second, palette),
    )
    write(
        image,
        in_lines(label.name.upper()),
        box=(width * 0.09, height * 0.55, width * 0.91, height * 0.85),
        face="sign",
        color=on(palette.main, palette),
    )
    _foot(image, label, palette, top=0.895, color=on(palette.main, palette))
    return image


DESIGNS: tuple[Design, ...] = (badge, bunting, framed, poster)


def printed(
    width: float, height: float, *, label: Label, motif: str, seed: int, palette: Palette
) -> Image.Image:
    """A label of this size, in the design the seed chooses."""
    size = (round(width * OVER), round(height * OVER))
    return DESIGNS[seed % len(DESIGNS)](size, label, motif, palette)


def band(
    width: float, height: float, *, label: Label, motif: str, seed: int, palette: Palette
) -> Image.Image:
    """A wide label for jars and tins: name in the middle, a drawing at each end."""
    size = (round(width * OVER), round(height * OVER))
    is_dark = seed % 2 == 0
    ground = palette.main if is_dark else palette.paper
    ink = on(palette.main, palette) if is_dark else strong(palette)
    image = Image.new("RGB", size, ground)
    pen = ImageDraw.Draw(image)
    w, h = size
    for y in (0.05, 0.9):
        pen.rectangle((0, h * y, w, h * (y + 0.05)), fill=palette.accent)
    for x in (0.13, 0.87):
        r = h * 0.21
        pen.ellipse(
            (w * x - r, h * 0.5 - r, w * x + r, h * 0.5 + r), fill=mixed(palette.paper, palette.accent, 0.3)
        )
        emblem(image, motif, middle=(w * x, h * 0.5), size=r * 0.74, palette=palette)
    face = ("swash", "round", "fat", "sign", "brush")[seed % 5]
    write(image, label.brand.upper(), box=(w * 0.27, h * 0.15, w * 0.73, h * 0.25), face="small", color=ink)
    name = label.name.upper() if face in ("round", "sign") else label.name
    write(image, in_lines(name, 8), box=(w * 0.25, h * 0.29, w * 0.75, h * 0.72), face=face, color=ink)
    if label.note:
        write(image, label.note, box=(w * 0.3, h * 0.76, w * 0.7, h * 0.85), face="small", color=ink)
    return image


def _foot(
    image: Image.Image, label: Label, palette: Palette, *, top: float, color: Color | None = None
) -> None:
    width, height = image.size
    if label.note:
        box = (width * 0.14, height * top, width * 0.86, height * min(0.965, top + 0.06))
        write(image, label.note, box=box, face="small", color=color or palette.ink)


def _rays(pen: ImageDraw.ImageDraw, middle: tuple[float, float], reach: float, color: Color) -> None:
    for turn in np.arange(0, 2 * np.pi, np.pi / 10):
        tips = [
            (middle[0] + reach * np.cos(t), middle[1] + reach * np.sin(t)) for t in (turn, turn + np.pi / 20)
        ]
        pen.polygon([middle, *tips], fill=color)


def _tinted(palette: Palette) -> Palette:
    return Palette(palette.main, palette.second, palette.accent, palette.second, palette.ink, palette.night)
