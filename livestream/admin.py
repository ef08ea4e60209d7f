"""Staff look at sessions, what was shown and what was said; only the market's blocked words are kept here."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from kit.read_only import ReadOnly
from livestream.models import BlockedWord, LiveSession, PinInterval, RoomEvent, ShowcaseItem
from livestream.operations import rules


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


@admin.register(BlockedWord)
class MarketWordAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """The words that no room lets through. Added and taken away, never changed; shops keep their own."""

    list_display = ("written", "created_at")
    search_fields = ("written",)
    ordering = ("written", "pk")
    fields = ("written",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[BlockedWord]:
        return super().get_queryset(request).filter(shop__isnull=True)

    def has_change_permission(self, request: HttpRequest, obj: BlockedWord | None = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: BlockedWord, form: Any, change: bool) -> None:
        obj.pk = rules.add_market_word(obj.written).pk

    def delete_model(self, request: HttpRequest, obj: BlockedWord) -> None:
        rules.remove_market_words([obj.pk])

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[BlockedWord]) -> None:
        rules.remove_market_words(list(queryset.values_list("pk", flat=True)))
