"""Reads of live sessions, what they show, and their replays."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.db.models import Count, Prefetch, Q, QuerySet
from django.utils import timezone
from redis.exceptions import RedisError

from accounts.models import User
from catalog.models import Product, ProductPhoto, Shop, Variant
from kit.pictures import Picture
from livestream.media.signs import meter_key
from livestream.models import (
    AudienceSample,
    Claim,
    EmergencyDoor,
    EngineStream,
    LiveSession,
    PinInterval,
    Reminder,
    RoomEvent,
    SessionOutlet,
    ShowcaseItem,
    StreamKey,
)
from livestream.queries.crew import sessions_with_part
from livestream.room import presence

# A planned session that nobody started is no longer announced after this long.
STALE_AFTER = timedelta(hours=3)
# From our media process to a screen on the near road, buffer included.
_WAY_TO_A_SCREEN_MS = 500


@dataclass(frozen=True)
class ShownProduct:
    """A product with its price and stock at the moment of reading."""

    product: Product
    photo: Picture | None
    price: int
    highest_price: int
    available: int
    variant: Variant  # what the buy button offers first
    live_codes: tuple[str, ...]
    claims: tuple[str, ...] = ()  # what was promised about it in the session

    @classmethod
    def of(cls, product: Product) -> ShownProduct | None:
        """Nothing when no variant is left. The product comes with `goods` and `photos` loaded."""
        variants: list[Variant] = list(getattr(product, "goods"))  # noqa: B009  # set by a prefetch
        if not variants:
            return None
        prices = [variant.price for variant in variants]
        in_stock = [variant for variant in variants if variant.stock.available]
        photos = list(product.photos.all())
        return cls(
            product=product,
            photo=photos[0].picture if photos else None,
            price=min(prices),
            highest_price=max(prices),
            available=sum(variant.stock.available for variant in variants),
            variant=(in_stock or variants)[0],
            live_codes=tuple(variant.live_code for variant in variants),
        )

    @property
    def has_price_range(self) -> bool:
        return self.highest_price > self.price


@dataclass(frozen=True)
class DeskItem:
    """A product of the showcase as those who run the show see it."""

    shown: ShownProduct
    is_hidden: bool


@dataclass(frozen=True)
class Chapter:
    """A stretch of a replay in which one product was pinned; nothing is shown once it is withdrawn."""

    pin_id: int
    product: Product
    from_ms: int
    to_ms: int
    shown: ShownProduct | None

    @property
    def from_seconds(self) -> int:
        return self.from_ms // 1000


# ---- lists -----------------------------------------------------------------------------------------


def sessions_on_air() -> QuerySet[LiveSession]:
    return _told(LiveSession.objects.on_air()).order_by("-went_live_at", "-pk")


def sessions_upcoming() -> QuerySet[LiveSession]:
    awaited = LiveSession.objects.upcoming().filter(planned_at__gt=timezone.now() - STALE_AFTER)
    return _told(awaited).order_by("planned_at", "pk")


def sessions_to_replay() -> QuerySet[LiveSession]:
    """Ended sessions of which a recording is left."""
    return _told(LiveSession.objects.ended().filter(recorded_ms__gt=0)).order_by("-ended_at", "-pk")


def narrowed(
    sessions: QuerySet[LiveSession], *, category: str = "", province: str = ""
) -> QuerySet[LiveSession]:
    """Only sessions that show something of a category, from a province; empty means all."""
    if category:
        shown = ShowcaseItem.objects.shown().filter(product__category__slug=category).values("session_id")
        sessions = sessions.filter(pk__in=shown)
    if province:
        sessions = sessions.filter(shop__regency__province=province)
    return sessions


def provinces_with_sessions() -> QuerySet[Shop, str]:
    """Where the shops are that broadcast at all."""
    hosts = Shop.objects.filter(suspended_at__isnull=True, live_sessions__is_rehearsal=False)
    return hosts.order_by("regency__province").values_list("regency__province", flat=True).distinct()


def sessions_of_host(user: User) -> QuerySet[LiveSession]:
    """With `products_shown` in the showcase, and `waiting`, the people who want to be reminded."""
    sessions = LiveSession.objects.of_host(user).select_related("shop__regency")
    return sessions.annotate(
        products_shown=Count("showcase", distinct=True), waiting=Count("reminders", distinct=True)
    )


def _told(sessions: QuerySet[LiveSession]) -> QuerySet[LiveSession]:
    """With all that a card says, without a query for each card."""
    first_photos = ProductPhoto.objects.order_by("position", "pk")
    showcase = ShowcaseItem.objects.shown().order_by("position", "pk").select_related("product")
    return (
        sessions.filter(shop__suspended_at__isnull=True, is_rehearsal=False)
        .select_related("shop__regency")
        .prefetch_related(Prefetch("showcase", showcase), Prefetch("showcase__product__photos", first_photos))
    )


@dataclass(frozen=True)
class Watched:
    """A session on a card, with the number of people who watch it now."""

    session: LiveSession
    viewers: int | None  # nothing to tell unless it is on air


def with_viewers(sessions: Iterable[LiveSession]) -> list[Watched]:
    found = list(sessions)
    counts = presence.count_viewers(session.pk for session in found if session.is_on_air)
    return [Watched(session, counts.get(session.pk)) for session in found]


# ---- one room --------------------------------------------------------------------------------------


def is_reminded(session: LiveSession, user: User) -> bool:
    return Reminder.objects.filter(session=session, user=user).exists()


def on_air_elsewhere(session: LiveSession) -> LiveSession | None:
    """Another live of the same shop that has not been ended; there is none beside one on air."""
    if session.is_on_air:
        return None
    return LiveSession.objects.on_air().filter(shop=session.shop_id).exclude(pk=session.pk).first()


def sessions_open_to_all() -> QuerySet[LiveSession]:
    """What everybody may look at, by its address; rehearsals are none of it."""
    return _with_shop(LiveSession.objects.public())


def sessions_open_to(user: User | AnonymousUser) -> QuerySet[LiveSession]:
    """What this person may look at: also the rehearsals that they help with."""
    if not isinstance(user, User):
        return sessions_open_to_all()
    mine = Q(pk__in=sessions_with_part(user).values("pk"))
    return _with_shop(LiveSession.objects.filter(Q(is_rehearsal=False) | mine))


def _with_shop(sessions: QuerySet[LiveSession]) -> QuerySet[LiveSession]:
    """Of shops that are open, with what every page of a session says of its shop."""
    sessions = sessions.filter(shop__suspended_at__isnull=True)
    return sessions.select_related("shop__regency", "shop__owner", "chat_rules")


def showcase_of(session: LiveSession) -> list[ShownProduct]:
    """What the session offers now, in the host's order, with today's prices and stock."""
    return [item.shown for item in showcase_desk(session) if not item.is_hidden]


def showcase_desk(session: LiveSession) -> list[DeskItem]:
    """The same for those who run the show, with what is kept back for later."""
    items = ShowcaseItem.objects.filter(session=session, product__withdrawn_at__isnull=True)
    items = items.order_by("position", "pk").prefetch_related(*_goods("product__"))
    claims = claims_in(session.code)
    pairs = ((ShownProduct.of(item.product), item.is_hidden) for item in items.select_related("product"))
    return [
        DeskItem(replace(shown, claims=claims.get(shown.product.pk, ())), is_hidden)
        for shown, is_hidden in pairs
        if shown is not None
    ]


def claims_in(code: str) -> dict[int, tuple[str, ...]]:
    """What is promised in a session, by product."""
    found: dict[int, tuple[str, ...]] = {}
    standing = Claim.objects.standing().filter(session__code=code).order_by("pk")
    for product_id, text in standing.values_list("product_id", "text"):
        found[product_id] = (*found.get(product_id, ()), text)
    return found


def shown_product(product_id: int, *, code: str) -> ShownProduct | None:
    """One product as the room of that code shows it; nothing when it is no longer sold."""
    product = Product.objects.on_sale().filter(pk=product_id).prefetch_related(*_goods("")).first()
    shown = ShownProduct.of(product) if product else None
    return replace(shown, claims=claims_in(code).get(product_id, ())) if shown else None


def pinned_in(session: LiveSession) -> ShownProduct | None:
    product_id = open_pin(session)
    return shown_product(product_id, code=session.code) if product_id else None


def open_pin(session: LiveSession) -> int | None:
    """The product that is pinned at this moment."""
    pins = PinInterval.objects.filter(session=session, to_ms__isnull=True)
    return pins.values_list("product_id", flat=True).first()


def was_shown(session: LiveSession, product_id: int) -> bool:
    """Whether the product is in the session's showcase, or was pinned in it."""
    in_showcase = ShowcaseItem.objects.filter(session=session, product=product_id)
    return in_showcase.exists() or PinInterval.objects.filter(session=session, product=product_id).exists()


def chapters_of(session: LiveSession) -> list[Chapter]:
    """One chapter for each time a product was pinned, with the product as it is sold now."""
    pins = PinInterval.objects.filter(session=session).order_by("from_ms", "pk")
    pins = pins.select_related("product").prefetch_related(*_goods("product__"))
    return [
        Chapter(
            pin_id=pin.pk,
            product=pin.product,
            from_ms=pin.from_ms,
            to_ms=session.recorded_ms if pin.to_ms is None else pin.to_ms,
            shown=None if pin.product.withdrawn_at else ShownProduct.of(pin.product),
        )
        for pin in pins
    ]


def _goods(prefix: str) -> Sequence[Prefetch[str]]:
    variants = Variant.objects.filter(withdrawn_at__isnull=True).select_related("stock")
    return (
        Prefetch(f"{prefix}variants", variants.order_by("position", "pk"), to_attr="goods"),
        Prefetch(f"{prefix}photos", ProductPhoto.objects.order_by("position", "pk")),
    )


# ---- outside the market ----------------------------------------------------------------------------


def outlets_of(session: LiveSession) -> QuerySet[SessionOutlet]:
    return SessionOutlet.objects.filter(session=session).order_by("place")


def emergency_door_of(session: LiveSession) -> EmergencyDoor | None:
    return EmergencyDoor.objects.filter(session=session).first()


def stream_key_of(session: LiveSession, user: User) -> StreamKey | None:
    """The key that this person's OBS may use now; what it says is not known here."""
    return StreamKey.objects.filter(session=session, user=user, revoked_at__isnull=True).first()


def engine_stream_of(session: LiveSession) -> EngineStream | None:
    """What OBS sends at this moment."""
    return EngineStream.objects.filter(session=session, ended_at__isnull=True).first()


def first_photos(session: LiveSession, most: int) -> list[Picture]:
    """Of the first products in the showcase, one each."""
    photos = (shown.photo for shown in showcase_of(session))
    return [photo for photo in photos if photo is not None][:most]


# ---- planning and results --------------------------------------------------------------------------


def products_to_show(shop: Shop) -> list[ShownProduct]:
    """What a shop may put into a session's showcase."""
    products = Product.objects.on_sale().filter(shop=shop).order_by("-created_at", "-pk")
    shown = (ShownProduct.of(product) for product in products.prefetch_related(*_goods("")))
    return [product for product in shown if product is not None]


@dataclass(frozen=True)
class Result:
    """What came of a session, in numbers that were counted, not guessed."""

    seconds: int
    peak_viewers: int
    likes: int
    messages: int
    speakers: int
    pins: int
    began_at: datetime | None


def result_of(session: LiveSession) -> Result:
    said = RoomEvent.objects.filter(session=session, kind=RoomEvent.Kind.CHAT)
    over_at = session.ended_at or timezone.now()
    began_at = session.went_live_at
    return Result(
        seconds=int((over_at - began_at).total_seconds()) if began_at else 0,
        peak_viewers=session.peak_viewers,
        likes=session.likes,
        messages=said.count(),
        speakers=said.values("sender").distinct().count(),
        pins=PinInterval.objects.filter(session=session).count(),
        began_at=began_at,
    )


def audience_samples(session: LiveSession) -> QuerySet[AudienceSample]:
    """Who was there, in steps of five seconds; a step that is missing had nobody."""
    return AudienceSample.objects.filter(session=session).order_by("at", "pk")


def glass_delay_ms(session: LiveSession) -> int:
    """How old the picture is that viewers of the near road see now, from the lens to the glass.

    What comes from the seller is measured each second; without a measurement the way is taken for free.
    """
    try:
        meter = cache.get(meter_key(session.code)) or {}
    except RedisError:
        meter = {}
    return int(meter.get("lag_ms", 0)) + _WAY_TO_A_SCREEN_MS
