"""Writes of people's own things."""

from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts.models import Address, User

MOST_ADDRESSES = 20
FORGOTTEN = "Anonim"  # whoever has left
PERSONAL = ("phone", "street", "village", "landmark")  # of the snapshot of an address


class TooManyAddresses(Exception):
    """A person keeps as many addresses as anyone needs already."""


@transaction.atomic
def save_address(user: User, *, fields: dict[str, Any], address: Address | None = None) -> Address:
    """Keep a new address, or change one; either way it is offered first from now on.

    `fields` is the cleaned content of an AddressForm.
    """
    if address is None:
        _refuse_one_too_many(user)
        address = Address(user=user)
    for name, value in fields.items():
        setattr(address, name, value)
    address.used_at = timezone.now()
    address.save()
    _remember_phone(user, address)
    return address


def mark_address_used(address: Address) -> None:
    """Offer this address first next time."""
    Address.objects.filter(pk=address.pk).update(used_at=timezone.now())


def delete_address(address: Address) -> None:
    """Orders keep the copy they took."""
    address.delete()


def edit_profile(user: User, *, name: str, phone: str) -> None:
    User.objects.filter(pk=user.pk).update(name=name, phone=phone)


def remember_language(user: User, language: str) -> None:
    """Write to this person in the language they read; one that the market does not speak changes nothing."""
    if language != user.language and language in dict(settings.LANGUAGES):
        user.language = language
        User.objects.filter(pk=user.pk).update(language=language)


def _refuse_one_too_many(user: User) -> None:
    # The person's own row stands for the list, so that two requests cannot both be the last.
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    if Address.objects.filter(user=user).count() >= MOST_ADDRESSES:
        raise TooManyAddresses


def _remember_phone(user: User, address: Address) -> None:
    User.objects.filter(pk=user.pk, phone="").update(phone=address.phone)


def shut_out(user: User) -> None:
    """Nobody logs in as them, and log-ins that there are end: their key is another one now."""
    user.is_active = user.is_staff = user.is_superuser = False
    user.set_unusable_password()
    user.save(update_fields=["is_active", "is_staff", "is_superuser", "password"])


def forget_person(user: User) -> None:
    """Who they were; the number stays, for orders and books point to it. The mail address is free again."""
    EmailAddress.objects.filter(user=user).delete()
    Address.objects.filter(user=user).delete()
    user.groups.clear()
    user.user_permissions.clear()
    User.objects.filter(pk=user.pk).update(
        email=f"akun-{user.pk}@ditutup.invalid", name=FORGOTTEN, phone="", last_login=None
    )


def without_person(address: dict[str, Any]) -> dict[str, Any]:
    """A snapshot of an address down to its district; who lived there is not in it."""
    emptied = dict.fromkeys(PERSONAL, "")
    area = ".".join(str(address.get("area", "")).split(".")[:3])  # the village is in the code as well
    return {**address, **emptied, "recipient": FORGOTTEN, "area": area}
