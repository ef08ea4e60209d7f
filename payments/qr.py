"""QR codes drawn on the server."""

from __future__ import annotations

import segno
from django.utils.safestring import SafeString, mark_safe


def svg(text: str) -> SafeString:
    """An inline drawing without styles of its own, dark modules only; its page gives it a white ground."""
    drawing = segno.make(text, error="m", micro=False)
    return mark_safe(drawing.svg_inline(border=2, omitsize=True, svgclass="qr", lineclass="qr__ink"))
