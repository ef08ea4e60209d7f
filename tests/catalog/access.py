"""Who may call the addresses of shops and goods."""

from __future__ import annotations

from typing import Any

from catalog.models import Member, ProductPhoto, Role
from catalog.operations.team import invite_member
from tests.access.rules import EVERYONE, GOODS, MEMBERS, PACKER, RIVAL, SELLER, SELLERS, SHOP, TEAM, Access
from tests.factories import make_photo

FORM = frozenset({"GET", "POST"})
POST = frozenset({"POST"})


def _product(world: Any) -> dict[str, Any]:
    return {"pk": world.product.pk}


def _variant(world: Any) -> dict[str, Any]:
    return {"pk": world.variant.pk}


def _photo(world: Any) -> dict[str, Any]:
    photo = ProductPhoto.objects.filter(product=world.product).first()
    return {"pk": (photo or make_photo(world.product)).pk}


def _member(world: Any) -> dict[str, Any]:
    return {"pk": Member.objects.get(user=world.packer).pk}


def _invited(world: Any) -> dict[str, Any]:
    invited = invite_member(world.shop, email=world.stranger.email, role=Role.HOST)
    return {"token": invited.token}


ACCESS = {
    "catalog:team": Access(SELLERS, FORM, fields=lambda world: {"email": "baru@contoh.test", "role": "host"}),
    "catalog:log": Access(SELLERS),
    "catalog:log_of_market": Access(frozenset()),
    "catalog:team_role": Access(
        frozenset({SELLER}), POST, kwargs=_member, fields=lambda world: {"role": "host"}
    ),
    "catalog:team_remove": Access(frozenset({SELLER}), POST, kwargs=_member),
    "catalog:team_leave": Access(frozenset({PACKER}), POST, kwargs=_member),
    "catalog:team_invitation": Access(MEMBERS, FORM, kwargs=_invited),
    "catalog:choose_shop": Access(TEAM | {SELLER}, POST, kwargs=lambda world: {"pk": world.shop.pk}),
    # Shoppers.
    "catalog:product": Access(
        EVERYONE, kwargs=lambda world: {"slug": world.product.slug, "pk": world.product.pk}
    ),
    "catalog:price_history": Access(
        EVERYONE, kwargs=lambda world: {"slug": world.product.slug, "pk": world.product.pk}
    ),
    "catalog:shop": Access(EVERYONE, kwargs=lambda world: {"slug": world.shop.slug}),
    "catalog:shop_qr": Access(EVERYONE, kwargs=lambda world: {"slug": world.shop.slug}),
    "catalog:search": Access(EVERYONE),
    # Sellers; who has no shop is led to open one.
    "catalog:seller_home": Access(MEMBERS),
    "catalog:shop_open": Access(MEMBERS, FORM),
    "catalog:slug_check": Access(MEMBERS),
    "catalog:shop_edit": Access(SHOP | {RIVAL}, FORM),
    "catalog:product_list": Access(GOODS | {RIVAL}),
    "catalog:product_new": Access(GOODS | {RIVAL}, FORM),
    "catalog:product_edit": Access(GOODS, FORM, kwargs=_product),
    "catalog:product_withdraw": Access(GOODS, POST, kwargs=_product),
    "catalog:product_restore": Access(GOODS, POST, kwargs=_product),
    "catalog:photo_add": Access(GOODS, POST, kwargs=_product),
    "catalog:photo_move": Access(GOODS, POST, kwargs=_photo, fields=lambda world: {"place": 0}),
    "catalog:photo_remove": Access(GOODS, FORM, kwargs=_photo),
    "catalog:variant_new": Access(GOODS, FORM, kwargs=_product),
    "catalog:variant_edit": Access(GOODS, FORM, kwargs=_variant),
    "catalog:variant_withdraw": Access(GOODS, POST, kwargs=_variant),
    "catalog:variant_restore": Access(GOODS, POST, kwargs=_variant),
    "catalog:stock": Access(GOODS, FORM, kwargs=_variant, fields=lambda world: {"available": 9}),
    "catalog:restock": Access(GOODS, POST, kwargs=_variant, fields=lambda world: {"units": 3}),
}
