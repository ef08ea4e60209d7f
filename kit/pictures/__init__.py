"""Photos people send us: checked, cleaned, and kept in the sizes pages need."""

from kit.pictures.intake import accept, encode_image
from kit.pictures.picture import FORMATS, WIDTHS, Picture
from kit.pictures.refusals import (
    Damaged,
    Disguised,
    NotAPicture,
    OddShape,
    PictureRefused,
    TooLarge,
    TooManyPixels,
    TooSmall,
)

__all__ = [
    "FORMATS",
    "WIDTHS",
    "Damaged",
    "Disguised",
    "NotAPicture",
    "OddShape",
    "Picture",
    "PictureRefused",
    "TooLarge",
    "TooManyPixels",
    "TooSmall",
    "accept",
    "encode_image",
]
