"""People and addresses for staff: to look things up."""

from __future__ import annotations

from django.contrib import admin
from django.http import HttpRequest

from accounts.models import Address, User


@admin.register(User)
class UserAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ["email", "name", "phone", "is_staff", "is_active", "joined_at"]
    search_fields = ["email", "name", "phone"]
    list_filter = ["is_staff", "is_active"]
    fields = ["email", "name", "phone", "is_active", "joined_at", "last_login"]
    readonly_fields = ["email", "joined_at", "last_login"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return False


@admin.register(Address)
class AddressAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ["recipient", "district", "regency", "user"]
    list_select_related = ["regency", "user"]
    search_fields = ["recipient", "user__email"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Address | None = None) -> bool:
        return False
