"""Putting the demo market into an empty database, once."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Permission
from django.db import transaction
from django.utils import timezone

from accounts.models import Address, Regency, User
from affiliates import operations as affiliates
from affiliates.models import CommissionRate
from catalog.models import Category, Product, ProductPhoto, Shop, Stock, Variant
from demo import content, desk, people
from demo.art.gallery import keep_artworks
from demo.past import hold_shows
from kit.pictures import Picture
from livestream.operations import showcase
from payouts import operations as payouts
from payouts.operations.accounts import link_of

Progress = Callable[[int, int], None]
ROBOT_GOODS = 6
DESKS = ("change_ticket", "run_payouts", "publish_schedule", "change_dispute", "change_review")
EVENING_HOURS = (18, 19, 20, 21)


def is_loaded() -> bool:
    return Shop.objects.filter(slug=people.ROBOT_SHOP).exists()


def load(progress: Progress) -> None:
    """The whole demo market, or nothing of it; pictures are drawn first, outside the transaction.

    `progress` is told (pictures done, pictures in all).
    """
    artworks = [product.artwork for shop in content.SHOPS for product in shop.products]
    pictures = []
    for picture in keep_artworks(artworks):
        pictures.append(picture)
        progress(len(pictures), len(artworks))
    with transaction.atomic():
        _load_rows(pictures)


def _load_rows(pictures: Iterable[Picture]) -> None:
    password = make_password(people.PASSWORD)
    categories = Category.objects.in_bulk(field_name="slug")
    remaining = iter(pictures)
    shops = [
        _make_shop(shop, password, categories, list(itertools.islice(remaining, len(shop.products))))
        for shop in content.SHOPS
    ]
    robot = _make_robot_shop(shops, password)
    _make_buyers(password)
    _make_affiliate(password, [robot, *shops])
    staff = _make_staff(password)
    _give_account(shops[0].owner)
    _plan_evenings(shops)
    shoppers = list(User.objects.filter(email__startswith=people.SHOPPER_PREFIX).order_by("pk"))
    hold_shows(shops[0], shoppers)
    desk.pay_out(shops[0], by=staff)
    desk.fill_desk(shops[0], User.objects.get(email=people.BUYER), shoppers)


def _make_person(email: str, name: str, password: str) -> User:
    # Nobody here is new: new accounts are slow in chats.
    joined_at = timezone.now() - timedelta(days=60)
    user = User.objects.create(email=email, name=name, password=password, joined_at=joined_at)
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    return user


def _make_shop(
    source: content.Shop, password: str, categories: Mapping[str, Category], pictures: list[Picture]
) -> Shop:
    # The first stall belongs to the seller whose log-in is printed.
    email = people.SELLER if source is content.SHOPS[0] else source.email
    shop = Shop.objects.create(
        owner=_make_person(email, source.owner, password),
        name=source.name,
        slug=source.slug,
        story=f"{source.story}\n\n{source.note}",
        regency=Regency.objects.get(code=source.regency),
        awning=source.awning,
        shipping_fee=8_000 + source.seed % 5 * 2_000,
    )
    if source.commission_rate:
        _offer(shop, None, source.commission_rate)
    for product, picture in zip(source.products, pictures, strict=True):
        _make_product(shop, product, categories[product.category], picture)
    return shop


def _make_product(shop: Shop, source: content.Product, category: Category, picture: Picture) -> Product:
    product = Product.objects.create(
        shop=shop,
        category=category,
        name=source.name,
        slug=source.slug,
        description=source.description,
        weight=source.weight,
    )
    _add_photo(product, picture)
    for position, each in enumerate(source.variants):
        _add_variant(product, each, position)
    if source.commission_rate:
        _offer(shop, product, source.commission_rate)
    return product


def _offer(shop: Shop, product: Product | None, rate_bp: int) -> None:
    affiliates.set_rate(shop, product=product, rate_bp=rate_bp, at=timezone.now())


def _add_photo(product: Product, picture: Picture) -> None:
    ProductPhoto.objects.create(
        product=product,
        key=picture.key,
        width=picture.width,
        height=picture.height,
        color=picture.color,
        lqip=picture.lqip,
        widths=list(picture.widths),
    )


def _add_variant(product: Product, source: content.Variant, position: int) -> None:
    variant = Variant.objects.create(
        product=product,
        shop=product.shop,
        name=source.name,
        sku=source.sku,
        live_code=source.code,
        price=source.price,
        position=position,
    )
    Stock.objects.create(variant=variant, initial=source.stock, available=source.stock)


def _make_robot_shop(shops: list[Shop], password: str) -> Shop:
    """The robot sells a little of what its neighbours make, under its own roof."""
    robot = Shop.objects.create(
        owner=_make_person(people.ROBOT, "Robot Contoh", password),
        name="Lapak Robot",
        slug=people.ROBOT_SHOP,
        story="Penjaga lapak ini robot, yang belanja juga robot. Silakan coba semuanya: nonton, ngobrol, "
        f"beli, dan bayar dengan simulator.\n\n{content.DEMO_NOTE}",
        regency=Regency.objects.get(code="34.71"),
        awning=3,
    )
    _offer(robot, None, 1000)
    for number, shop in enumerate(shops[:: len(shops) // ROBOT_GOODS][:ROBOT_GOODS]):
        _copy_product(robot, shop.products.order_by("pk")[number % 3], letter="ABCDEF"[number])
    return robot


def _copy_product(robot: Shop, source: Product, *, letter: str) -> None:
    product = Product.objects.create(
        shop=robot,
        category=source.category,
        name=source.name,
        slug=source.slug,
        description=source.description,
        weight=source.weight,
    )
    photo = source.photos.earliest("position")
    photo.pk, photo.product = None, product
    photo.save()
    for position, each in enumerate(source.variants.order_by("position")):
        _add_variant(
            product,
            content.Variant(each.name, f"ROBOT-{each.sku}", f"{letter}{position + 1}", each.price, 40),
            position,
        )


def _make_buyers(password: str) -> None:
    """The buyer whose log-in is printed, and the robot shoppers, each with an address."""
    everyone = [(people.BUYER, "Beli Contoh")]
    everyone += [
        (f"{people.SHOPPER_PREFIX}{number}@{people.DOMAIN}", name)
        for number, name in enumerate(content.ROBOT_NAMES, start=1)
    ]
    regencies = list(Regency.objects.filter(code__in=["34.04", "32.73", "35.78", "73.71", "12.71"]))
    for number, (email, name) in enumerate(everyone):
        Address.objects.create(
            user=_make_person(email, name, password),
            recipient=name,
            phone=f"+62812{number:08d}",
            street=f"Jl. Contoh No. {number + 1}",
            district="Kecamatan Contoh",
            regency=regencies[number % len(regencies)],
            postal_code="55281",
        )


def _make_affiliate(password: str, shops: list[Shop]) -> None:
    user = _make_person(people.AFFILIATE, "Ayo Afiliasi Contoh", password)
    affiliate = affiliates.join(user, handle="ayo-contoh")
    offering = CommissionRate.objects.filter(product__isnull=True).values("shop")
    for shop in shops:
        if offering.filter(shop=shop).exists():
            affiliates.make_link(affiliate, shop=shop)


def _make_staff(password: str) -> User:
    user = _make_person(people.STAFF, "Tuti Petugas Contoh", password)
    User.objects.filter(pk=user.pk).update(is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=DESKS))
    return user


def _give_account(seller: User) -> None:
    """Confirmed long enough ago to be paid into."""
    added = payouts.add_account(seller, bank="014", number="0001234567", holder=seller.name)
    payouts.confirm_account(seller, token=link_of(added), now=timezone.now() - timedelta(days=30))


def _plan_evenings(shops: list[Shop]) -> None:
    """Tonight's and tomorrow's programme."""
    now = timezone.localtime()
    for number, shop in enumerate(shops[:12]):
        products = list(shop.products.order_by("pk").values_list("pk", flat=True)[:6])
        showcase.plan_session(
            shop=shop,
            title=f"{shop.name}: panen minggu ini" if number % 2 else f"Malam bareng {shop.name}",
            planned_at=_evening(now, number),
            product_ids=products,
        )


def _evening(now: datetime, number: int) -> datetime:
    day = now + timedelta(days=1 + number // len(EVENING_HOURS))
    return day.replace(hour=EVENING_HOURS[number % len(EVENING_HOURS)], minute=0, second=0, microsecond=0)
