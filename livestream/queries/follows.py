"""Who follows a shop."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from accounts.models import User
from catalog.models import Shop
from livestream.models import Follow, Unfollow

NEW_AGAIN_AFTER = timedelta(days=30)


def is_following(shop: Shop, user: User) -> bool:
    return Follow.objects.filter(shop=shop, user=user).exists()


def has_left_lately(shop: Shop, user: User) -> bool:
    """Whether this person stopped following within the last 30 days, even if they are back."""
    since = timezone.now() - NEW_AGAIN_AFTER
    return Unfollow.objects.filter(shop=shop, user=user, left_at__gt=since).exists()
