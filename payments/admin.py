"""Staff see every charge and notice, and record the refunds they paid out by hand."""

from __future__ import annotations

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kit.read_only import ReadOnly
from orders.operations import NotPossible
from payments import operations
from payments.models import Charge, GatewayNotice


@admin.register(Charge)
class ChargeAdmin(ReadOnly, admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = (
        "order",
        "method",
        "amount",
        "state",
        "created_at",
        "paid_at",
        "refund_wanted_at",
        "failure",
    )
    list_filter = ("state", "method", "refund_wanted_at")
    list_select_related = ("order",)
    search_fields = ("order__number", "transaction_id", "va_number")
    ordering = ("-pk",)
    actions = ("record_refund",)

    def has_refund_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("payments.change_charge")

    @admin.action(
        permissions=["refund"],
        description=gettext_lazy("Catat: dana sudah dikembalikan lewat transfer"),
    )
    def record_refund(self, request: HttpRequest, charges: QuerySet[Charge]) -> None:
        for charge in charges.select_related("order"):
            try:
                operations.record_manual_refund(charge.order)
            except NotPossible:
                text = _("%(number)s tidak menunggu pengembalian dana.") % {"number": charge.order.number}
                self.message_user(request, text, messages.ERROR)


@admin.register(GatewayNotice)
class GatewayNoticeAdmin(ReadOnly, admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("order_number", "status", "verdict", "received_at", "handled_at")
    list_filter = ("verdict", "status")
    search_fields = ("order_number",)
    ordering = ("-pk",)
