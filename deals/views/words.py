"""What a refusal is in words."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from catalog.operations import NotEnoughLeft

Refusals = Mapping[type[Exception], Promise]


def words_for(refusal: Exception, said: Refusals) -> str:
    """As the page says it; what the catalogue refuses is told the same everywhere."""
    if isinstance(refusal, NotEnoughLeft):
        return _("Stoknya tinggal %s.") % refusal.available
    return str(said[type(refusal)])
