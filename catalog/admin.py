"""Shops and goods for staff: to look things up. Sellers change them on their own pages."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from catalog.models import Category, Product, Shop, Variant


class LookOnly(admin.ModelAdmin):  # type: ignore[type-arg]
    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Shop)
class ShopAdmin(LookOnly):
    list_display = ["name", "slug", "owner", "regency", "created_at", "suspended_at"]
    list_select_related = ["owner", "regency"]
    search_fields = ["name", "slug", "owner__email"]


@admin.register(Product)
class ProductAdmin(LookOnly):
    list_display = ["name", "shop", "category", "created_at", "withdrawn_at"]
    list_select_related = ["shop", "category"]
    list_filter = ["category"]
    search_fields = ["name", "shop__name"]


@admin.register(Variant)
class VariantAdmin(LookOnly):
    list_display = ["product", "name", "sku", "live_code", "price", "withdrawn_at"]
    list_select_related = ["product"]
    search_fields = ["sku", "live_code", "product__name"]


@admin.register(Category)
class CategoryAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ["name", "name_en", "slug", "position"]
