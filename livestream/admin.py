"""Staff look at sessions, what was shown and what was said; nothing is changed here."""

from __future__ import annotations

from django.contrib import admin

from kit.read_only import ReadOnly
from livestream.models import LiveSession, PinInterval, RoomEvent, ShowcaseItem


class ShowcaseInline(ReadOnly, admin.TabularInline):  # type: ignore[type-arg]
    model = ShowcaseItem


class PinInline(ReadOnly, admin.TabularInline):  # type: ignore[type-arg]
    model = PinInterval


@admin.register(LiveSession)
class LiveSessionAdmin(ReadOnly, admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("title", "shop", "planned_at", "went_live_at", "ended_at", "peak_viewers", "likes")
    list_filter = ("planned_at", "went_live_at")
    list_select_related = ("shop",)
    search_fields = ("code", "title", "shop__name", "host__email")
    ordering = ("-planned_at", "-pk")
    inlines = (ShowcaseInline, PinInline)


@admin.register(RoomEvent)
class RoomEventAdmin(ReadOnly, admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("session", "seq", "kind", "sender_name", "text", "created_at", "removed_at")
    list_filter = ("kind", "created_at")
    list_select_related = ("session",)
    search_fields = ("session__code", "sender_name", "text")
    ordering = ("-created_at", "-pk")
