"""Opening a shop and changing what it says of itself."""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import User
from catalog.models import Product, Shop


class AlreadyHasShop(Exception):
    """A person owns one shop."""


class SlugTaken(Exception):
    """Another shop has this address."""


def open_shop(owner: User, *, slug: str, fields: dict[str, Any]) -> Shop:
    """Open a person's shop; the address stays as it is from then on, because links to it travel.

    `fields` is the cleaned content of a ShopForm.
    """
    if Shop.objects.filter(owner=owner).exists():
        raise AlreadyHasShop
    try:
        with transaction.atomic():
            return Shop.objects.create(owner=owner, slug=slug, **fields)
    except IntegrityError as clash:
        # Two at once: the database says which of the two promises was broken.
        if "catalog_one_shop_per_owner" in str(clash):
            raise AlreadyHasShop from clash
        raise SlugTaken from clash


@transaction.atomic
def close_shop(shop: Shop) -> None:
    """Its owner has left: it sells and shows nothing. Its name stays on what was bought there."""
    now = timezone.now()
    Shop.objects.filter(pk=shop.pk).update(suspended_at=now, story="")
    Product.objects.filter(shop=shop, withdrawn_at__isnull=True).update(withdrawn_at=now)


def edit_shop(shop: Shop, *, fields: dict[str, Any]) -> None:
    for name, value in fields.items():
        setattr(shop, name, value)
    shop.save(update_fields=list(fields))
