"""Staff read the versions; publishing goes through its operation."""

from __future__ import annotations

from django.contrib import admin

from fees.models import Declaration, FeeRule, FeeSchedule
from kit.read_only import ReadOnly


class RuleInline(ReadOnly, admin.TabularInline):  # type: ignore[type-arg]
    model = FeeRule
    fields = (
        "kind",
        "label",
        "scope",
        "scope_id",
        "method",
        "business",
        "above",
        "percent_bp",
        "fixed",
        "least",
        "most",
    )
    ordering = ("position",)


@admin.register(FeeSchedule)
class FeeScheduleAdmin(ReadOnly, admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("number", "in_force_from", "published_at", "published_by", "note", "digest")
    ordering = ("-number",)
    inlines = (RuleInline,)


@admin.register(Declaration)
class DeclarationAdmin(ReadOnly, admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("shop_id", "kind", "valid_from", "valid_to", "declared_by")
    list_filter = ("kind",)
    search_fields = ("shop_id",)
    ordering = ("-pk",)
