"""Staff read the books; nothing is written here."""

from __future__ import annotations

from django.contrib import admin

from kit.read_only import ReadOnly
from ledger.models import Account, Transaction, Transfer


class TransferInline(ReadOnly, admin.TabularInline):  # type: ignore[type-arg]
    model = Transfer
    fields = ("leg", "debit", "credit", "amount")


@admin.register(Account)
class AccountAdmin(ReadOnly, admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("kind", "owner_id", "amount")
    list_filter = ("kind",)
    list_select_related = ("balance",)
    search_fields = ("owner_id",)
    ordering = ("kind", "owner_id")

    @admin.display(description="rupiah")
    def amount(self, account: Account) -> int:
        balance = getattr(account, "balance", None)
        return balance.amount if balance else 0


@admin.register(Transaction)
class TransactionAdmin(ReadOnly, admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("kind", "source_id", "posted_at")
    list_filter = ("kind", "posted_at")
    search_fields = ("source_id",)
    ordering = ("-pk",)
    inlines = (TransferInline,)
