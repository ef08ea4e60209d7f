"""Where the icons lie: taken out of markup that is kept longer than a release, put back when it is shown."""

from __future__ import annotations

from django.templatetags.static import static

SPRITE = "img/icons.svg"
ANYWHERE = 'href="icons:#'


def unbound(markup: str) -> str:
    return markup.replace(f'href="{static(SPRITE)}#', ANYWHERE)


def bound(markup: str) -> str:
    return markup.replace(ANYWHERE, f'href="{static(SPRITE)}#')
