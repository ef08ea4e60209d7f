"""Staff look affiliates, rates and commissions up; changes go through operations."""

from __future__ import annotations

from django.contrib import admin

from affiliates.models import (
    Affiliate,
    Commission,
    CommissionAdjustment,
    CommissionRate,
    ReferralLink,
    SettlementBatch,
)
from kit.read_only import ReadOnly


class AdjustmentInline(ReadOnly, admin.TabularInline):  # type: ignore[type-arg]
    model = CommissionAdjustment


@admin.register(Affiliate)
class AffiliateAdmin(ReadOnly, admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("handle", "user", "joined_at", "suspended_at")
    list_select_related = ("user",)
    search_fields = ("handle", "user__email", "user__name")
    ordering = ("-joined_at", "-pk")


@admin.register(ReferralLink)
class ReferralLinkAdmin(ReadOnly, admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("code", "affiliate", "name", "shop", "created_at", "disabled_at")
    list_select_related = ("affiliate", "shop", "product", "session")
    search_fields = ("code", "affiliate__handle", "shop__name")
    ordering = ("-created_at", "-pk")


@admin.register(CommissionRate)
class CommissionRateAdmin(ReadOnly, admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("shop", "product", "rate_bp", "valid_from", "valid_to")
    list_select_related = ("shop", "product")
    search_fields = ("shop__name", "product__name")
    ordering = ("-valid_from", "-pk")


@admin.register(Commission)
class CommissionAdmin(ReadOnly, admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("line", "affiliate", "shop", "gross", "reserved_at", "matures_at")
    list_select_related = ("line", "affiliate", "shop")
    search_fields = ("affiliate__handle", "shop__name", "line__order__number")
    ordering = ("-reserved_at", "-pk")
    inlines = (AdjustmentInline,)


@admin.register(SettlementBatch)
class SettlementBatchAdmin(ReadOnly, admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("id", "cut", "posted_at", "count", "net")
    ordering = ("-pk",)
