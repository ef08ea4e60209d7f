"""A creator, or somebody who once came through a link, has left."""

from __future__ import annotations

from django.db.models.functions import Coalesce, Now

from accounts.models import User
from affiliates.models import Affiliate, Touch


def forget_person(user: User) -> None:
    """Links lead to their goods and credit nobody; what was earned stays in the books."""
    Touch.objects.filter(user=user).delete()
    for creator in Affiliate.objects.filter(user=user):
        Affiliate.objects.filter(pk=creator.pk).update(
            handle=f"ditutup-{creator.pk}", suspended_at=Coalesce("suspended_at", Now())
        )
