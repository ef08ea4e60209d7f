"""Reads of the catalogue."""

from __future__ import annotations

from django.db.models import QuerySet

from catalog.models import Category, Product


def categories() -> QuerySet[Category]:
    return Category.objects.order_by("position", "pk")


def newest_products() -> QuerySet[Product]:
    return Product.objects.on_sale().select_related("shop__regency").order_by("-created_at", "-pk")
