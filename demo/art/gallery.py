"""Many pictures at once: drawn and encoded on every core, kept by the caller's process."""

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory

from demo.art.drawing import Artwork, draw_artwork
from kit.pictures import Picture
from kit.pictures.intake import keep_renditions
from kit.pictures.picture import WIDTHS
from kit.pictures.renditions import QUICK, normalise, write_renditions


def keep_artworks(artworks: Sequence[Artwork], *, workers: int | None = None) -> Iterator[Picture]:
    """Draw, encode and keep; pictures come in the order of the artworks, as soon as they are ready.

    Fresh processes, not forks: the caller may hold database connections and threads.
    """
    with TemporaryDirectory(prefix="gallery-") as studio:
        pool = ProcessPoolExecutor(workers or os.cpu_count(), mp_context=get_context("spawn"))
        with pool:
            numbered = list(enumerate(artworks))
            draw = partial(_draw_into, Path(studio))
            for number, picture in pool.map(draw, numbered, chunksize=4):
                keep_renditions(picture, Path(studio) / str(number))
                yield picture


def _draw_into(studio: Path, numbered: tuple[int, Artwork]) -> tuple[int, Picture]:
    number, artwork = numbered
    directory = studio / str(number)
    directory.mkdir()
    base = normalise(draw_artwork(artwork))
    return number, write_renditions(base, directory, widths=WIDTHS, options=QUICK)
