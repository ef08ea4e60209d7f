"""Staff look returns up; changes go through operations."""

from __future__ import annotations

from django.contrib import admin

from kit.read_only import ReadOnly
from returns.models import Dispute, Return, ReturnLine, Step


class LineInline(ReadOnly, admin.TabularInline):  # type: ignore[type-arg]
    model = ReturnLine


class StepInline(ReadOnly, admin.TabularInline):  # type: ignore[type-arg]
    model = Step


@admin.register(Return)
class ReturnAdmin(ReadOnly, admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("code", "order", "reason", "state", "asked_at", "due_at", "closed_at")
    list_filter = ("state", "reason")
    list_select_related = ("order",)
    search_fields = ("code", "order__number", "waybill")
    ordering = ("-pk",)
    inlines = (LineInline, StepInline)


@admin.register(Dispute)
class DisputeAdmin(ReadOnly, admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("order", "number", "opened_by", "opened_at", "outcome", "ground", "decided_by")
    list_filter = ("outcome", "ground")
    list_select_related = ("order", "decided_by")
    search_fields = ("order__number",)
    ordering = ("-pk",)
