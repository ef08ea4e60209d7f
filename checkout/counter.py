"""The quick way to buy: what was pressed, read without a form, and all it needs in one question.

Whoever comes here has chosen well in nearly every case. Whatever is not plain (a new address, a slip, an
expired log-in) gives nothing, and the buy sheet deals with it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.validators import slug_re
from django.db import connection, models
from django.http import HttpRequest, QueryDict

from accounts.models import Address, Regency, User
from accounts.signed_in import is_login_of
from affiliates.visitors import visitor_of
from catalog.models import Product, Shop, Variant
from checkout.forms import MOST_OF_ONE, shown_total
from checkout.operations import Wish
from kit.numbers import uuid_in, whole_number
from livestream.models import LiveSession
from orders.models import Order
from payments.queries import Standing


def _columns(model: type[models.Model], *names: str) -> list[str]:
    """In the model's own order. What is not read here is fetched when somebody asks, which costs a trip."""
    return [field.attname for field in model._meta.concrete_fields if not names or field.attname in names]


METHODS = frozenset(Order.Method.values)
USER = _columns(User, "id", "password", "is_active", "name", "language")
ADDRESS, REGENCY = _columns(Address), _columns(Regency)
VARIANT = _columns(Variant, "id", "product_id", "shop_id", "price")
SHOP = _columns(Shop, "id", "offers_ways")
SESSION = ["id", "is_rehearsal", "went_live_at", "interrupted_at", "ended_at", "media_ms"]
PARTS = (
    ("buyer", USER),
    ("address", ADDRESS),
    ("regency", REGENCY),
    ("variant", VARIANT),
    ("shop", SHOP),
    ("session", SESSION),
)
SELECTED = ", ".join(f"({part}).{name}" for part, names in PARTS for name in names)
FACTS = "login, is_first, product_name, is_referred, is_open, unpaid, at_the_door"
READ = (
    f"SELECT {SELECTED}, {FACTS} FROM checkout_counter({', '.join(['%s'] * 7)}) AS found "  # noqa: S608 - our names
    "CROSS JOIN LATERAL payments_standing(%s, (found.variant).shop_id, %s) AS standing"
)


@dataclass(frozen=True)
class Tap:
    """What was chosen on the sheet, as far as it can be told without asking."""

    buyer_id: int  # for whom the sheet was made
    variant_id: int
    quantity: int
    address_id: int
    method: str
    key: UUID
    quote: UUID | None
    session: str
    shown_total: int | None


def wish_of(request: HttpRequest, sheet_id: int) -> tuple[User, Wish] | None:
    """Who wants what, when all of it is plain; nothing else is asked of the database than this."""
    login, tap = request.COOKIES.get(settings.SESSION_COOKIE_NAME), tap_of(request.POST)
    if not login or tap is None:
        return None
    visitor = visitor_of(request)
    wanted = [tap.buyer_id, sheet_id, tap.variant_id, tap.address_id, tap.session, visitor]
    parameters: list[Any] = [login, *wanted, tap.method, tap.buyer_id]
    with connection.cursor() as cursor:
        cursor.execute(READ, parameters)
        row = cursor.fetchone()
    return _read(row, tap, visitor) if row else None


def tap_of(typed: QueryDict) -> Tap | None:
    found = [whole_number(typed.get(name, "")) for name in ("buyer", "variant", "quantity", "address")]
    numbers = [number for number in found if number is not None]
    key, quote = (uuid_in(typed.get(name, "")) for name in ("key", "quote"))
    method, session = typed.get("method", ""), typed.get("session", "")
    if len(numbers) < len(found) or key is None or method not in METHODS:
        return None
    buyer_id, variant_id, quantity, address_id = numbers
    if not 1 <= quantity <= MOST_OF_ONE or (session and not slug_re.match(session)):
        return None
    if quote is None and typed.get("quote"):
        return None
    shown = shown_total(typed, variant_id=variant_id, quantity=quantity)
    return Tap(buyer_id, variant_id, quantity, address_id, method, key, quote, session, shown)


def _read(row: Sequence[Any], tap: Tap, visitor: UUID | None) -> tuple[User, Wish] | None:
    values = iter(row)
    found = {part: [next(values) for _ in names] for part, names in PARTS}
    login, is_first, product_name, is_referred, *standing = values
    buyer = User.from_db(None, USER, found["buyer"])
    if not is_login_of(buyer, login):
        return None
    address = Address.from_db(None, ADDRESS, found["address"])
    address.user, address.regency = buyer, Regency.from_db(None, REGENCY, found["regency"])
    variant = Variant.from_db(None, VARIANT, found["variant"])
    variant.shop = Shop.from_db(None, SHOP, found["shop"])
    variant.product = Product.from_db(None, ["id", "name"], [variant.product_id, product_name])
    return buyer, Wish(
        variant=variant,
        quantity=tap.quantity,
        address=address,
        method=tap.method,
        key=tap.key,
        shown_total=tap.shown_total,
        session=LiveSession.from_db(None, SESSION, found["session"]) if found["session"][0] else None,
        visitor=visitor,
        shipping_quote=tap.quote,
        is_from_sheet=True,
        standing=Standing(tap.method, *standing),
        may_be_credited=is_referred,
        is_to_usual_address=is_first,
    )
