"""Staff look payments up; what has to be done about them is done at the desk."""

from __future__ import annotations

from django.contrib import admin

from kit.read_only import ReadOnly
from payments.models import BankRefund, Charge, ChargePart, GatewayNotice, Proof, Refund, RefundLine, ShopTill


class PartInline(ReadOnly, admin.TabularInline):  # type: ignore[type-arg]
    model = ChargePart


class RefundLineInline(ReadOnly, admin.TabularInline):  # type: ignore[type-arg]
    model = RefundLine


@admin.register(Charge)
class ChargeAdmin(ReadOnly, admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("reference", "method", "amount", "state", "created_at", "paid_at", "failure")
    list_filter = ("state", "method")
    search_fields = ("reference", "parts__order__number", "transaction_id", "va_number")
    ordering = ("-pk",)
    inlines = (PartInline,)


@admin.register(GatewayNotice)
class GatewayNoticeAdmin(ReadOnly, admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("order_number", "status", "verdict", "times_heard", "received_at", "handled_at")
    list_filter = ("verdict", "status")
    search_fields = ("order_number",)
    ordering = ("-pk",)


@admin.register(Refund)
class RefundAdmin(ReadOnly, admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("key", "order", "amount", "state", "wanted_at", "sent_at", "refusal")
    list_filter = ("state",)
    list_select_related = ("order",)
    search_fields = ("key", "order__number")
    ordering = ("-pk",)
    inlines = (RefundLineInline,)


@admin.register(BankRefund)
class BankRefundAdmin(ReadOnly, admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("refund", "payer", "bank", "account_name", "given_at", "paid_at")
    list_filter = ("payer",)
    list_select_related = ("refund",)
    exclude = ("account_number",)  # sealed; who pays it out sees it at the desk
    ordering = ("-pk",)


@admin.register(ShopTill)
class ShopTillAdmin(ReadOnly, admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("shop", "qris_name", "qris_nmid", "qris_confirmed_at", "bank", "account_name")
    list_select_related = ("shop",)
    search_fields = ("shop__name", "qris_nmid")
    ordering = ("pk",)


@admin.register(Proof)
class ProofAdmin(ReadOnly, admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("charge", "verdict", "sent_at", "judged_at", "judged_by")
    list_filter = ("verdict",)
    list_select_related = ("charge", "judged_by")
    exclude = ("key",)
    ordering = ("-pk",)
