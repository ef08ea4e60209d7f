"""Staff see what was told and how it left."""

from __future__ import annotations

from django.contrib import admin

from inbox.models import Delivery, Notice
from kit.read_only import ReadOnly


@admin.register(Notice)
class NoticeAdmin(ReadOnly, admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("title", "kind", "user", "created_at", "read_at")
    list_filter = ("kind", "created_at")
    list_select_related = ("user",)
    search_fields = ("key", "user__email")
    ordering = ("-pk",)


@admin.register(Delivery)
class DeliveryAdmin(ReadOnly, admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("notice", "channel", "state", "tries", "due_at", "done_at")
    list_filter = ("state", "channel")
    list_select_related = ("notice",)
    search_fields = ("notice__key", "notice__user__email")
    ordering = ("-pk",)
