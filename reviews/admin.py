"""Staff look reviews up; hiding them goes through the desk."""

from __future__ import annotations

from django.contrib import admin

from kit.read_only import ReadOnly
from reviews.models import Report, Review


@admin.register(Review)
class ReviewAdmin(ReadOnly, admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("product", "stars", "author", "created_at", "hidden_at")
    list_filter = ("stars", "hidden_at")
    list_select_related = ("product", "author")
    search_fields = ("product__name", "author__email", "text")
    ordering = ("-pk",)


@admin.register(Report)
class ReportAdmin(ReadOnly, admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("review", "reason", "reporter", "created_at", "closed_at")
    list_filter = ("reason", "closed_at")
    list_select_related = ("review", "reporter")
    search_fields = ("review__product__name",)
    ordering = ("-pk",)
