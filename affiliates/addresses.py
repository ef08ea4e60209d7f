"""Where links lead from."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from affiliates.models import ReferralLink


def address_of_link(link: ReferralLink) -> str:
    """The same short address whatever language its owner reads."""
    with override(settings.LANGUAGE_CODE):
        return settings.SITE_URL + reverse("affiliates:follow", args=[link.code])
