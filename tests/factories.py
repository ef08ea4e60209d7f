"""Rows for tests, with no surprises: what is not named does not matter."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.utils import timezone

from accounts.models import Address, Regency, User
from catalog.models import Category, Member, Product, ProductPhoto, Shop, Stock, Variant
from catalog.models import Role as ShopRole
from livestream.models import AT_FIRST, CrewMember, LiveSession, Permission, Role, RoomCounter, ShowcaseItem

count = itertools.count(1)


def make_user(**fields: Any) -> User:
    number = next(count)
    fields = {
        "email": f"orang{number}@contoh.test",
        "name": f"Orang {number}",
        "joined_at": timezone.now() - timedelta(days=30),  # who is new is slow in chats
        **fields,
    }
    return User.objects.create_user(password="rahasia-sekali", **fields)


def make_regency() -> Regency:
    return Regency.objects.get(code="34.02")


def make_address(user: User, **fields: Any) -> Address:
    fields = {
        "recipient": user.name,
        "phone": "+628123456789",
        "street": "Jl. Contoh 1",
        "district": "Kasihan",
        "regency": make_regency(),
        "postal_code": "55181",
        **fields,
    }
    return Address.objects.create(user=user, **fields)


def make_shop(**fields: Any) -> Shop:
    number = next(count)
    fields = {
        "name": f"Lapak {number}",
        "slug": f"lapak-{number}",
        "regency": make_regency(),
        **fields,
    }
    if "owner" not in fields:
        fields["owner"] = make_user()
    return Shop.objects.create(**fields)


def make_member(shop: Shop, role: ShopRole, user: User | None = None) -> User:
    """Somebody who accepted to work in this shop."""
    user, now = user or make_user(), timezone.now()
    Member.objects.create(
        shop=shop,
        role=role,
        email=user.email,
        user=user,
        invitation_hash=f"{next(count):064x}",
        accepted_at=now,
        expires_at=now + timedelta(hours=1),
    )
    return user


def make_product(**fields: Any) -> Product:
    number = next(count)
    if "shop" not in fields:
        fields["shop"] = make_shop()
    if "category" not in fields:
        fields["category"], _ = Category.objects.get_or_create(
            slug="camilan", defaults={"name": "Camilan", "name_en": "Snacks"}
        )
    return Product.objects.create(**{"name": f"Produk {number}", "slug": f"produk-{number}", **fields})


def make_photo(product: Product, **fields: Any) -> ProductPhoto:
    """A row whose files are not there."""
    number = next(count)
    fields = {"key": f"{number:032x}", "position": product.photos.count(), **fields}
    return ProductPhoto.objects.create(
        product=product,
        width=640,
        height=640,
        color="#c85a28",
        lqip="data:image/webp;base64,UklGRg==",
        widths=[160, 320, 480, 640],
        **fields,
    )


def make_variant(stock: int = 5, price: int = 25_000, **fields: Any) -> Variant:
    number = next(count)
    product = fields.pop("product", None) or make_product(shop=fields.pop("shop", None) or make_shop())
    variant = Variant.objects.create(
        product=product,
        shop=product.shop,
        price=price,
        **{"sku": f"SKU-{number}", "live_code": f"A{number % 1000}", **fields},
    )
    Stock.objects.create(variant=variant, initial=stock, available=stock)
    return variant


def make_session(**fields: Any) -> LiveSession:
    """A planned session; `make_session_on_air` for one that runs."""
    number = next(count)
    shop = fields.pop("shop", None) or make_shop()
    products = fields.pop("products", [])
    session = LiveSession.objects.create(
        shop=shop,
        **{
            "host": shop.owner,
            "title": f"Live {number}",
            "planned_at": timezone.now() + timedelta(hours=1),
            **fields,
        },
    )
    RoomCounter.objects.create(session=session)
    for position, product in enumerate(products):
        ShowcaseItem.objects.create(session=session, product=product, position=position)
    return session


def make_session_on_air(**fields: Any) -> LiveSession:
    return make_session(**{"went_live_at": timezone.now() - timedelta(minutes=5), **fields})


def make_replay(**fields: Any) -> LiveSession:
    """Ended five minutes ago, with a recording of a minute (whose files are not there)."""
    now = timezone.now()
    times = {"went_live_at": now - timedelta(minutes=6), "ended_at": now - timedelta(minutes=5)}
    return make_session(**{**times, "recorded_ms": 60_000, "media_ms": 60_000, **fields})


def make_crew_member(
    session: LiveSession, *, role: Role = Role.MODERATOR, permissions: Iterable[Permission] | None = None
) -> User:
    """Somebody who accepted to help in this session."""
    user, now = make_user(), timezone.now()
    CrewMember.objects.create(
        shop=session.shop,
        session=session,
        role=role,
        permissions=list(AT_FIRST[role] if permissions is None else permissions),
        user=user,
        invitation_hash=f"{next(count):064x}",
        created_at=now,
        accepted_at=now,
        expires_at=now + timedelta(hours=1),
    )
    return user
