"""Staff look purchases up; they are made at the counter alone."""

from __future__ import annotations

from django.contrib import admin

from basket.models import Purchase
from kit.read_only import ReadOnly


@admin.register(Purchase)
class PurchaseAdmin(ReadOnly, admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("key", "buyer", "order_ids", "placed_at")
    list_select_related = ("buyer",)
    search_fields = ("key", "buyer__email")
    ordering = ("-placed_at", "-pk")
