"""Draws the icons, the sharing cover and the gallery's samples again. Their files are committed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from kit import drawings

SAMPLES = {"pisang": (226, 165, 58), "balado": (196, 60, 38), "daun": (122, 160, 62)}


class Command(BaseCommand):
    help = "Draw static/img anew from kit/drawings.py"

    def handle(self, *args: Any, **options: Any) -> None:
        static = Path(settings.STATICFILES_DIRS[0])
        font, folder = static / "fonts" / "papan-800.woff2", static / "img"
        for size in (192, 512):
            drawings.draw_icon(font, size).quantize(128).save(folder / f"icon-{size}.png", optimize=True)
        drawings.draw_icon(font, 512, inset=0.2).quantize(128).save(
            folder / "icon-maskable.png", optimize=True
        )
        drawings.draw_cover(font).save(folder / "cover.jpg", quality=82, optimize=True, progressive=True)
        for seed, (name, hue) in enumerate(SAMPLES.items()):
            sample = drawings.draw_sample(hue, seed)
            sample.save(folder / "samples" / f"{name}.webp", quality=70)
            sample.save(folder / "samples" / f"{name}.avif", quality=50, speed=6)
