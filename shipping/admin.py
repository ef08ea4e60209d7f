"""Staff look parcels and courier messages up; changes go through operations."""

from __future__ import annotations

from django.contrib import admin

from kit.read_only import ReadOnly
from shipping.models import CourierNotice, Parcel, TrackingEvent


class EventInline(ReadOnly, admin.TabularInline):  # type: ignore[type-arg]
    model = TrackingEvent


@admin.register(Parcel)
class ParcelAdmin(ReadOnly, admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("pk", "shop", "way", "courier", "waybill", "state", "created_at")
    list_filter = ("state", "way")
    list_select_related = ("shop",)
    search_fields = ("waybill", "aggregator_id", "shop__name")
    ordering = ("-pk",)
    inlines = (EventInline,)


@admin.register(CourierNotice)
class CourierNoticeAdmin(ReadOnly, admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("aggregator_id", "event", "verdict", "received_at", "handled_at")
    list_filter = ("verdict", "event")
    search_fields = ("aggregator_id",)
    ordering = ("-pk",)
