"""A kept photo as the columns of a table, for whatever carries photos."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models

from kit.pictures.intake import Upload, accept
from kit.pictures.picture import Picture


class PictureRow(models.Model):
    """One re-encoded photo; the files lie under its key (a hash of the pixels)."""

    key = models.CharField(max_length=32)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    color = models.CharField(max_length=7)
    lqip = models.TextField()  # a data: address
    widths = ArrayField(models.PositiveSmallIntegerField())

    class Meta:
        abstract = True

    @property
    def picture(self) -> Picture:
        return Picture(
            key=self.key,
            width=self.width,
            height=self.height,
            color=self.color,
            lqip=self.lqip,
            widths=self.widths,
        )


def columns_of(picture: Picture) -> dict[str, Any]:
    """What a row of such a table holds of this picture."""
    return {
        "key": picture.key,
        "width": picture.width,
        "height": picture.height,
        "color": picture.color,
        "lqip": picture.lqip,
        "widths": list(picture.widths),
    }


def accept_some(uploads: Iterable[Upload], *, take: Callable[[Upload], Picture] = accept) -> list[Picture]:
    """Take in every upload, or raise a `PictureRefused`; before any transaction, since decoding takes long.

    Files that were taken in before one was refused stay: they lie under a hash of their pixels, and another
    photo may be the same.
    """
    return [take(upload) for upload in uploads]
