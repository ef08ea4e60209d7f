"""A shop's own till: its sticker, its bank account, the ways to pay that it wants; the market's pauses."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from accounts.models import User
from audit.models import Act
from audit.operations import record
from catalog.models import Shop
from kit.pictures import codes
from kit.pictures.intake import Upload
from payments import sticker
from payments.models import MethodPause, ShopTill
from payments.sticker import Sticker


class NothingToConfirm(Exception):
    """The sticker on the screen is not the one that was read last."""


def read_sticker(shop: Shop, *, upload: Upload) -> Sticker:
    """Read the shop's sticker off a photo. It is offered to nobody before `confirm_sticker`.

    Raises StickerRefused, PictureRefused. The photo is not kept.
    """
    found = sticker.read(codes.read(upload))
    _change(
        shop,
        qris_payload=found.payload,
        qris_name=found.name[:25],
        qris_city=found.city[:15],
        qris_nmid=found.nmid,
        qris_confirmed_at=None,
    )
    return found


@transaction.atomic
def confirm_sticker(shop: Shop, *, nmid: str) -> None:
    """The owner has looked at name and number, and it is their own."""
    shown = ShopTill.objects.filter(pk=shop.pk, qris_nmid=nmid).exclude(qris_payload="")
    if not nmid or not shown.update(qris_confirmed_at=timezone.now()):
        raise NothingToConfirm
    record(Act.ACCOUNT, about=gettext("QRIS lapak"), shop_id=shop.pk, after={"nmid": nmid})


@transaction.atomic
def forget_sticker(shop: Shop) -> None:
    record(Act.ACCOUNT, about=gettext("QRIS lapak"), shop_id=shop.pk, after={"nmid": ""})
    _change(shop, qris_payload="", qris_name="", qris_city="", qris_nmid="", qris_confirmed_at=None)


@transaction.atomic
def forget_till(shop: Shop) -> None:
    """The shop is closed: neither its sticker nor its account is needed any more."""
    if ShopTill.objects.filter(shop=shop).exists():
        forget_sticker(shop)
        keep_account(shop, bank="", account_number="", account_name="", uses_unique_code=False)


@transaction.atomic
def keep_account(
    shop: Shop, *, bank: str, account_number: str, account_name: str, uses_unique_code: bool
) -> None:
    """Empty fields take the account away, and transfers with it."""
    kept = {"bank": bank, "akhir": account_number[-4:]}
    record(Act.ACCOUNT, about=gettext("Rekening transfer lapak"), shop_id=shop.pk, after=kept)
    _change(
        shop,
        bank=bank,
        account_number=account_number,
        account_name=account_name,
        uses_unique_code=uses_unique_code,
    )


@transaction.atomic
def choose_methods(shop: Shop, *, refused: Iterable[str], accepts_cod: bool) -> None:
    """COD is kept where the order function reads it."""
    refused = sorted(refused)
    after = {"tidak dipakai": refused, "cod": accepts_cod}
    record(Act.TILL, about=gettext("Cara bayar"), shop_id=shop.pk, after=after)
    _change(shop, refused_methods=refused)
    Shop.objects.filter(pk=shop.pk).update(accepts_cod=accepts_cod)


@transaction.atomic
def pause_method(method: str, *, by: User, reason: str) -> None:
    """Offer it nowhere for the time being; orders that already wait for it go on."""
    record(Act.TILL, about=method, after={"dijeda": reason}, by=by)
    MethodPause.objects.update_or_create(
        method=method, defaults={"reason": reason, "paused_by": by, "paused_at": timezone.now()}
    )


@transaction.atomic
def resume_method(method: str) -> None:
    record(Act.TILL, about=method, after={"dijeda": ""})
    MethodPause.objects.filter(method=method).delete()


def _change(shop: Shop, **fields: Any) -> None:
    ShopTill.objects.update_or_create(shop=shop, defaults={**fields, "changed_at": timezone.now()})
