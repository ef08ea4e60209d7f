"""The robot stall's dealings with the market: its session, its goods, its orders, its robot shoppers."""

from __future__ import annotations

import random
import urllib.request
import uuid
from datetime import timedelta

from django.conf import settings
from django.utils import timezone
from PIL import Image

from accounts.models import User
from affiliates import operations as affiliates
from affiliates.models import ReferralLink
from catalog import operations as catalog
from catalog.models import Product, ProductPhoto, Shop, Variant
from checkout import operations as checkout
from demo.content import CHAT_LINES, fill_in
from demo.people import ROBOT_SHOP, robot_shoppers
from demo.robot.scene import Goods
from kit.money import rupiah
from kit.pictures.storage import paths
from livestream.models import LiveSession, ShowcaseItem
from livestream.operations import air, showcase
from livestream.operations.chat import say
from orders import operations as orders
from orders.models import Order
from payments import operations as payments

LEAST_STOCK, RESTOCK = 8, 40
MOST_OPEN_ORDERS = 12


def session_to_air() -> LiveSession:
    """The stall's session on air, so that a restart goes on in the same room; else a new one."""
    shop = Shop.objects.select_related("owner").get(slug=ROBOT_SHOP)
    running = LiveSession.objects.on_air().filter(shop=shop).select_related("host").first()
    if running is not None:
        return running
    products = shop.products.filter(withdrawn_at__isnull=True).order_by("pk")
    return showcase.plan_session(
        shop=shop,
        title="Lapak robot: tanya apa saja, pencet apa saja",
        planned_at=timezone.now(),
        product_ids=list(products.values_list("pk", flat=True)),
    )


def end(code: str) -> None:
    air.end_session(code)


def pin_next(code: str) -> Goods | None:
    """Pin what comes after the pinned product in the showcase; what the scene should hold up."""
    session = LiveSession.objects.get(code=code)
    if not session.is_on_air:
        return None
    offered = list(
        ShowcaseItem.objects.filter(session=session).order_by("position").values_list("product_id", flat=True)
    )
    pinned = session.pins.filter(to_ms__isnull=True).values_list("product_id", flat=True).first()
    place = (offered.index(pinned) + 1) % len(offered) if pinned in offered else 0
    showcase.pin_product(session, product_id=offered[place])
    return _goods(offered[place])


def _goods(product_id: int) -> Goods:
    product = Product.objects.get(pk=product_id)
    cheapest = product.variants.order_by("price").first()
    photo = product.photos.order_by("position", "pk").first()
    assert cheapest is not None
    assert photo is not None
    return Goods(product.name, rupiah(cheapest.price), _picture(photo))


def _picture(photo: ProductPhoto) -> Image.Image:
    found = sorted(path for path in paths(photo.key) if path.suffix == ".webp")
    with Image.open(found[len(found) // 2]) as picture:
        return picture.convert("RGB")


def chat(code: str) -> None:
    """One robot shopper says something a shopper would say."""
    session = LiveSession.objects.get(code=code)
    pinned = _pinned_product(session)
    if session.is_on_air and pinned is not None:
        shopper = random.choice(robot_shoppers())
        place = shopper.addresses.select_related("regency").earliest("pk").regency.name
        line = fill_in(
            random.choice(CHAT_LINES),
            product=pinned.name.lower(),
            code=pinned.variants.earliest("position").live_code,
            place=place.removeprefix("Kota ").removeprefix("Kabupaten "),
        )
        say(session, sender=shopper, text=line, client_id=uuid.uuid4())


def _pinned_product(session: LiveSession) -> Product | None:
    pin = session.pins.filter(to_ms__isnull=True).select_related("product").first()
    return pin.product if pin else None


def buy(code: str) -> None:
    """One robot shopper buys one piece of what is pinned; every third came through an affiliate's link."""
    session = LiveSession.objects.get(code=code)
    pinned = _pinned_product(session)
    waiting = Order.objects.filter(shop_id=session.shop_id, state=Order.State.PENDING).count()
    if pinned is None or waiting >= MOST_OPEN_ORDERS:
        return
    variants = Variant.objects.on_sale().filter(product=pinned, stock__available__gt=0)
    variant = variants.select_related("product", "shop").order_by("?").first()
    if variant is None:
        return
    shopper = random.choice(robot_shoppers())
    order = checkout.buy(
        shopper,
        wish=checkout.Wish(
            variant=variant,
            quantity=1,
            address=shopper.addresses.select_related("regency").earliest("pk"),
            method=random.choice([Order.Method.QRIS, Order.Method.COD]),
            key=uuid.uuid4(),
            shown_total=None,
            session=session,
            visitor=_visitor_by_link(shopper, session.shop_id) if random.random() < 0.35 else None,
        ),
    )
    if order.state == Order.State.PENDING:
        _pay(order)


def _visitor_by_link(shopper: User, shop_id: int) -> uuid.UUID | None:
    link = ReferralLink.objects.filter(shop_id=shop_id).order_by("?").first()
    if link is None:
        return None
    return affiliates.record_click(
        link, visitor=None, user=shopper, address="127.0.0.1", browser="robot", at=timezone.now()
    )


def _pay(order: Order) -> None:
    """Open the payment and press the simulator's button, or stand by the parcel, as a person would."""
    try:
        charge = payments.open_charge(order)
    except payments.NotPayable:
        payments.confirm_cod(order)
        return
    if settings.SIMULATOR_URL:
        url = f"{settings.SIMULATOR_URL}/{charge.reference}"
        request = urllib.request.Request(url, data=b"action=pay", method="POST")  # noqa: S310
        urllib.request.urlopen(request, timeout=5).close()  # noqa: S310


def tend() -> None:
    """Restock what runs low, and send robot orders on their way, slowly enough to be seen."""
    shop = Shop.objects.get(slug=ROBOT_SHOP)
    for variant in Variant.objects.filter(shop=shop, stock__available__lt=LEAST_STOCK):
        catalog.restock(variant, units=RESTOCK)
    ours = Order.objects.filter(shop=shop, buyer__in=robot_shoppers())
    old = timezone.now() - timedelta(minutes=2)
    for order in ours.filter(state=Order.State.CONFIRMED, placed_at__lt=old)[:3]:
        orders.pack_order(order)
    for order in ours.filter(state=Order.State.PACKED, packed_at__lt=old)[:3]:
        orders.ship_order(order, courier="Kurir Contoh", waybill=f"CTH{order.pk:08d}")
    for order in ours.filter(state=Order.State.SHIPPED, shipped_at__lt=old)[:3]:
        checkout.receive(order)
