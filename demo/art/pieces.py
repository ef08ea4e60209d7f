"""A product by itself, drawn at twice its size, ready to be set on a table."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from PIL import Image, ImageChops, ImageDraw, ImageFilter

from demo.art.fields import Field, as_field, as_image, as_mask, noise, relief, shade
from demo.art.palette import Color

# Everything in a piece is drawn this much larger than it is shown.
OVER = 2
Point = tuple[float, float]
Box = tuple[float, float, float, float]
Place = Callable[[Point], Point]
# Edges are drawn this much finer still.
FINE = 2


@dataclass(slots=True)
class Label:
    """The words on a product."""

    brand: str
    name: str
    note: str = ""


@dataclass(slots=True)
class Piece:
    """RGBA at `OVER` times the size; `stands` on its lower edge or lies flat."""

    image: Image.Image
    stands: bool = True
    glow: Color | None = None
    hangs: bool = False


class Easel:
    """A place to draw one piece in plain coordinates; it enlarges by itself."""

    def __init__(self, width: int, height: int) -> None:
        self.width, self.height = width, height
        self.size = (width * OVER, height * OVER)
        self.image = Image.new("RGBA", self.size)

    def shape(
        self, points: Sequence[Point] | None = None, *, box: Box | None = None, round_by: float = 0
    ) -> Image.Image:
        """A mask: a polygon, or a box with round corners."""
        if points is not None:
            around = _bounds(points)
            return self._drawn(
                around, lambda pen, place: pen.polygon([place(point) for point in points], fill=255)
            )
        around = box or (0, 0, self.width, self.height)
        left, top, right, bottom = around

        def draw(pen: ImageDraw.ImageDraw, place: Place) -> None:
            corners = (*place((left, top)), *place((right, bottom)))
            pen.rounded_rectangle(corners, radius=round_by * OVER * FINE, fill=255)

        return self._drawn(around, draw)

    def oval(self, box: Box) -> Image.Image:
        left, top, right, bottom = box
        return self._drawn(
            box, lambda pen, place: pen.ellipse((*place((left, top)), *place((right, bottom))), fill=255)
        )

    def stroke(self, points: Sequence[Point], width: float) -> Image.Image:
        def draw(pen: ImageDraw.ImageDraw, place: Place) -> None:
            placed = [place(point) for point in points]
            pen.line(placed, fill=255, width=round(width * OVER * FINE), joint="curve")
            radius = width * OVER * FINE / 2
            for x, y in (placed[0], placed[-1]):
                pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=255)

        left, top, right, bottom = _bounds(points)
        return self._drawn((left - width, top - width, right + width, bottom + width), draw)

    def _drawn(self, around: Box, draw: Callable[[ImageDraw.ImageDraw, Place], object]) -> Image.Image:
        """A mask with soft edges: drawn finer where it is, then reduced into place."""
        left, top = int(around[0] * OVER) - 2, int(around[1] * OVER) - 2
        width, height = int(around[2] * OVER) + 3 - left, int(around[3] * OVER) + 3 - top
        fine = Image.new("L", (max(1, width) * FINE, max(1, height) * FINE))

        def place(point: Point) -> Point:
            return (point[0] * OVER - left) * FINE, (point[1] * OVER - top) * FINE

        draw(ImageDraw.Draw(fine), place)
        mask = Image.new("L", self.size)
        mask.paste(fine.reduce(FINE), (left, top))
        return mask

    def lay(self, mask: Image.Image, fill: Color | Image.Image, light: Field | None = None) -> None:
        """Add an opaque part: what the mask covers, lit by `light`. Only its own box is worked on."""
        bounds = mask.getbbox()
        if bounds is None:
            return
        left, top, right, bottom = bounds
        part = mask.crop(bounds)
        if isinstance(fill, Image.Image):
            colors = fill.crop(bounds) if fill.size == self.size else fill.resize(part.size)
        else:
            colors = Image.new("RGB", part.size, fill)
        if light is not None:
            colors = as_image(
                shade(np.asarray(colors.convert("RGB"), np.float32), light[top:bottom, left:right])
            )
        over = colors.convert("RGB").convert("RGBA")
        over.putalpha(part)
        self.image.alpha_composite(over, (left, top))

    def padded(
        self, mask: Image.Image, fill: Color | Image.Image, *, radius: float = 14, depth: float = 1.2
    ) -> None:
        """An opaque part, rounded like a cushion."""
        bounds = self._around(mask, radius * 2)
        if bounds is None:
            return
        part = mask.crop(bounds)
        light = relief(part, radius=radius * OVER, depth=depth)
        own = Image.new("RGB", part.size, fill) if isinstance(fill, tuple) else fill.crop(bounds)
        over = as_image(shade(np.asarray(own, np.float32), light)).convert("RGBA")
        over.putalpha(part)
        self.image.alpha_composite(over, bounds[:2])

    def cast(
        self, mask: Image.Image, *, dx: float = 5, dy: float = 7, blur: float = 6, strength: float = 0.5
    ) -> None:
        """The shadow a part throws on what already lies below it, and on nothing else."""
        bounds = self._around(mask, max(abs(dx), abs(dy)) + 2 * blur)
        if bounds is None:
            return
        thrown = ImageChops.offset(mask.crop(bounds), round(dx * OVER), round(dy * OVER))
        self._tint(thrown, bounds, blur=blur, strength=strength, color=(20, 10, 16))

    def glint(
        self, mask: Image.Image, *, strength: float, blur: float = 3, color: Color = (255, 248, 228)
    ) -> None:
        """A reflection, or with a dark colour a crease, on what is already there."""
        bounds = self._around(mask, 2 * blur)
        if bounds is not None:
            self._tint(mask.crop(bounds), bounds, blur=blur, strength=strength, color=color)

    def hollow(self, mask: Image.Image, fill: Color | Image.Image) -> None:
        """The inside of a vessel: its far wall catches the bulb, below that it is dark."""
        bounds = mask.getbbox()
        if bounds is None:
            return
        left, top, right, bottom = bounds
        along = np.linspace(0.1, -1.9, bottom - top, dtype=np.float32)[:, None]
        across = np.linspace(-0.35, 0.3, right - left, dtype=np.float32)[None, :]
        light = np.zeros(self.size[::-1], np.float32)
        light[top:bottom, left:right] = along + across - 0.15
        self.lay(mask, fill, light)

    def _tint(
        self,
        mask: Image.Image,
        bounds: tuple[int, int, int, int],
        *,
        blur: float,
        strength: float,
        color: Color,
    ) -> None:
        soft = mask.filter(ImageFilter.BoxBlur(blur * OVER * 0.7)) if blur else mask
        below = self.image.crop(bounds)
        veil = Image.new("RGB", below.size, color)
        share = soft.point(lambda value: int(value * strength))
        tinted = Image.composite(veil, below.convert("RGB"), share).convert("RGBA")
        tinted.putalpha(below.getchannel("A"))
        self.image.paste(tinted, bounds[:2])

    def _around(self, mask: Image.Image, margin: float) -> tuple[int, int, int, int] | None:
        bounds = mask.getbbox()
        if bounds is None:
            return None
        reach = round(margin * OVER)
        left, top, right, bottom = bounds
        return (
            max(0, left - reach),
            max(0, top - reach),
            min(self.size[0], right + reach),
            min(self.size[1], bottom + reach),
        )

    def piece(self, *, stands: bool = True, glow: Color | None = None, hangs: bool = False) -> Piece:
        return Piece(self.image, stands=stands, glow=glow, hangs=hangs)


class Turned:
    """Something turned on a wheel: a profile of radii down an upright axis, seen a little from above."""

    def __init__(self, easel: Easel, profile: Sequence[Point], *, center: float | None = None) -> None:
        """`profile` lists (y, radius) from top to bottom."""
        self.easel = easel
        self.center = easel.width / 2 if center is None else center
        ys, radii = zip(*profile, strict=True)
        self.top, self.bottom = ys[0], ys[-1]
        rows = np.arange(easel.size[1], dtype=np.float32) / OVER
        self.radius = _rounded(np.interp(rows, ys, radii).astype(np.float32))
        self.radius[(rows < self.top) | (rows > self.bottom)] = 0
        self.top_radius, self.bottom_radius = radii[0], radii[-1]
        columns = np.arange(easel.size[0], dtype=np.float32)[None, :] / OVER - self.center
        self.place = columns / np.maximum(self.radius[:, None], 0.01)

    def mask(
        self, *, top: float | None = None, bottom: float | None = None, tilt: float = 0.13
    ) -> Image.Image:
        """The body, or the ring of it between two heights of its axis, as round as the tilt makes it."""
        top = self.top if top is None else top
        if bottom is None:
            bottom = self.bottom - self.bottom_radius * tilt
        rows = np.arange(self.easel.size[1], dtype=np.float32)[:, None] / OVER
        bow = np.sqrt(np.clip(1 - self.place**2, 0, 1)) * tilt
        inside = np.clip((1 - np.abs(self.place)) * np.maximum(self.radius[:, None], 0.01) * OVER + 0.5, 0, 1)
        above = np.clip((rows - top - self._radius_at(top) * bow) * OVER + 0.5, 0, 1)
        below = np.clip((bottom + self._radius_at(bottom) * bow - rows) * OVER + 0.5, 0, 1)
        return as_mask(inside * above * below)

    def oval(self, y: float, *, inset: float = 0, tilt: float = 0.13) -> Image.Image:
        radius = self._radius_at(y) - inset
        return self.easel.oval(
            (self.center - radius, y - radius * tilt, self.center + radius, y + radius * tilt)
        )

    def light(self, finish: str = "matte") -> Field:
        """Light across the round side; each finish catches the bulb in its own way."""
        places, values = FINISHES[finish]
        lit = np.interp(np.clip(self.place, -1, 1), places, values).astype(np.float32)
        rows = np.linspace(0.05, -0.1, self.easel.size[1], dtype=np.float32)[:, None]
        return np.asarray(lit + rows, dtype=np.float32)

    def ribs(self, per_side: float, depth: float) -> Field:
        """Light on ribs or twists that run down the side, to add to `light`."""
        return np.asarray(np.sin(self.place * per_side) * depth, dtype=np.float32)

    def wrap(
        self, flat: Image.Image, *, top: float, bottom: float, tilt: float = 0.13, spread: float = 1.0
    ) -> None:
        """Paste a flat label around the front, `spread` of the way to both sides."""
        mask = self.mask(top=top, bottom=bottom, tilt=tilt)
        bounds = mask.getbbox()
        if bounds is None:
            return
        left, up, right, down = bounds
        place = np.clip(self.place[up:down, left:right], -1, 1)
        rows = np.arange(up, down, dtype=np.float32)[:, None] / OVER
        bow = np.sqrt(1 - place**2) * tilt * self._radius_at((top + bottom) / 2)
        turn = np.arcsin(place) / (np.pi / 2) / spread
        across = (turn + 1) / 2 * (flat.width - 1)
        along = (rows - top - bow) / (bottom - top) * (flat.height - 1)
        pixels = np.asarray(flat.convert("RGB"))
        x = np.clip(across, 0, flat.width - 1).astype(np.int32)
        y = np.clip(along, 0, flat.height - 1).astype(np.int32)
        canvas = Image.new("RGB", self.easel.size)
        canvas.paste(Image.fromarray(pixels[y, x]), (left, up))
        covered = Image.new("L", self.easel.size)
        covered.paste(as_mask((np.abs(turn) <= 1).astype(np.float32)), (left, up))
        self.easel.lay(ImageChops.multiply(mask, covered), canvas, self.light("paper"))

    def _radius_at(self, y: float) -> float:
        return float(self.radius[min(len(self.radius) - 1, max(0, round(y * OVER)))])


_EDGES = (-1.0, -0.9, -0.7, -0.5, -0.34, -0.2, 0.2, 0.6, 0.86, 0.95, 1.0)
FINISHES: dict[str, tuple[tuple[float, ...], tuple[float, ...]]] = {
    "matte": (_EDGES, (-0.7, -0.42, -0.1, 0.1, 0.16, 0.12, -0.08, -0.45, -0.95, -1.0, -1.0)),
    "paper": (_EDGES, (-0.6, -0.34, -0.08, 0.05, 0.07, 0.04, -0.05, -0.34, -0.8, -0.9, -0.95)),
    "glazed": (_EDGES, (-0.7, -0.4, 0.02, 0.75, 0.3, 0.12, -0.06, -0.5, -1.0, -0.7, -0.8)),
    "metal": (_EDGES, (-0.9, 0.1, -0.5, 0.9, 0.75, 0.1, -0.35, -0.7, -0.5, 0.25, -0.9)),
    "glass": (_EDGES, (-1.2, -0.3, 0.08, 0.5, 0.1, 0.0, 0.0, -0.1, -0.3, 0.2, -1.2)),
    "velvet": (_EDGES, (0.2, 0.0, -0.2, -0.25, -0.2, -0.25, -0.35, -0.5, -0.5, -0.1, 0.1)),
}


def _rounded(radius: Field) -> Field:
    """Without the corners between the points of the profile."""
    reach = 9 * OVER
    padded = np.pad(radius, reach, mode="edge")
    sums = np.cumsum(padded, dtype=np.float64)
    return np.asarray((sums[2 * reach :] - sums[: -2 * reach]) / (2 * reach), dtype=np.float32)


def _bounds(points: Sequence[Point]) -> Box:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)


def texture(
    size: tuple[int, int], color: Color, *, cell: tuple[float, float], strength: float, seed: int
) -> Image.Image:
    """One colour made uneven, like paper, leather or clay."""
    return _texture(size, color, cell, strength, seed % 4)


@lru_cache(maxsize=24)
def _texture(
    size: tuple[int, int], color: Color, cell: tuple[float, float], strength: float, seed: int
) -> Image.Image:
    width, height = size[0] // 2, size[1] // 2
    rough = noise(
        width, height, cell=(cell[0] / 2, cell[1] / 2), rng=np.random.default_rng(seed)
    ) * np.float32(strength)
    colors = np.broadcast_to(np.array(color, np.float32), (height, width, 3))
    return as_image(shade(colors, rough)).resize(size, Image.Resampling.BILINEAR)


def smooth(points: Sequence[Point], steps: int = 10) -> list[Point]:
    """A closed curve through the points."""
    closed = np.array([points[-1], *points, points[0], points[1]], np.float64)
    turns = np.linspace(0, 1, steps, endpoint=False)[:, None]
    curve: list[Point] = []
    for at in range(1, len(closed) - 2):
        before, here, there, after = closed[at - 1 : at + 3]
        bend = 0.5 * (
            2 * here
            + (there - before) * turns
            + (2 * before - 5 * here + 4 * there - after) * turns**2
            + (3 * here - before - 3 * there + after) * turns**3
        )
        curve += [(float(x), float(y)) for x, y in bend]
    return curve


__all__ = ["OVER", "Easel", "Label", "Piece", "Turned", "as_field", "smooth", "texture"]
