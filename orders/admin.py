"""Staff look orders up; changes go through operations."""

from __future__ import annotations

from django.contrib import admin

from kit.read_only import ReadOnly
from orders.models import Order, OrderLine, OutboxEntry


class LineInline(ReadOnly, admin.TabularInline):  # type: ignore[type-arg]
    model = OrderLine


@admin.register(Order)
class OrderAdmin(ReadOnly, admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("number", "shop", "state", "method", "total", "placed_at", "pay_by")
    list_filter = ("state", "method", "placed_at")
    list_select_related = ("shop",)
    search_fields = ("number", "shop__name", "buyer__email", "waybill")
    ordering = ("-placed_at", "-pk")
    inlines = (LineInline,)


@admin.register(OutboxEntry)
class OutboxEntryAdmin(ReadOnly, admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("topic", "order", "created_at", "done_at")
    list_filter = ("topic", "done_at")
    list_select_related = ("order",)
    search_fields = ("order__number",)
    ordering = ("-pk",)
