"""The buy sheet as the server holds it: what is offered, what was chosen, and how it reads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.http import QueryDict

from accounts.forms import AddressForm
from accounts.models import Address, User
from catalog.models import Variant
from checkout import queries
from checkout.forms import NEW_ADDRESS, BuyForm
from checkout.ways import destination_of, ways_to
from orders.models import Order
from orders.queries import is_first_paid
from payments.queries import offers_for


@dataclass(frozen=True)
class Sheet:
    form: BuyForm
    address_form: AddressForm

    def is_valid(self) -> bool:
        return self.form.is_valid() and (not self.form.wants_new_address or self.address_form.is_valid())

    def context(self) -> dict[str, Any]:
        """What the template needs."""
        chosen, quantity = self._chosen(), self._quantity()
        session = queries.session_showing(str(self.form["session"].value() or ""), chosen.product_id)
        ways = ways_to(
            self._destination(),
            buyer=self.form.buyer,
            variant=chosen,
            quantity=quantity,
            wanted=str(self.form["quote"].value() or ""),
        )
        return {
            "ways": ways,
            "form": self.form,
            "address_form": self.address_form,
            "product": chosen.product,
            "shop": chosen.shop,
            "photo": chosen.product.photos.order_by("position", "pk").first(),
            "chosen": chosen,
            "quantity": quantity,
            "offer": queries.offer(
                self.form.buyer,
                self.form.variants,
                chosen=chosen,
                quantity=quantity,
                session=session,
                ways=ways,
            ),
            "is_first_paid": is_first_paid(
                self.form.buyer, shop_id=chosen.shop_id, session_id=session.pk if session else None
            ),
            "is_sold_out": not any(each.stock.available for each in self.form.variants),
        }

    def _chosen(self) -> Variant:
        wanted = str(self.form["variant"].value())
        return next((each for each in self.form.variants if str(each.pk) == wanted), self.form.variants[0])

    def _destination(self) -> dict[str, str] | None:
        wanted = str(self.form["address"].value())
        known = next((each for each in self.form.addresses if str(each.pk) == wanted), None)
        return destination_of(known, self.address_form.data)

    def _quantity(self) -> int:
        return quantity_of(str(self.form["quantity"].value()))


def fresh(buyer: User, variants: list[Variant], *, variant_id: int, session: str, quantity: int = 1) -> Sheet:
    """The sheet with what this buyer most likely wants already chosen, under a key of its own."""
    form = _form(None, buyer, queries.with_what_was_won(buyer, variants), queries.addresses_of(buyer))
    wanted = next((each for each in variants if each.pk == variant_id), variants[0])
    in_stock = [each for each in variants if each.stock.available]
    if not wanted.stock.available and in_stock:
        wanted = in_stock[0]
    form.initial = {
        "variant": wanted.pk,
        "quantity": quantity,
        "address": str(form.addresses[0].pk) if form.addresses else NEW_ADDRESS,
        "method": queries.last_method(buyer),
        "key": uuid4(),
        "session": session,
    }
    return Sheet(form, _address_form(None, initial=AddressForm.initial_for(buyer)))


def posted(buyer: User, typed: QueryDict, *, variant_id: int) -> Sheet:
    """Only what was chosen, so that a hot drop asks the database for little.

    Whether the shop takes the method is asked when the order is placed.
    """
    variants = queries.variant_chosen(variant_id, typed.get("variant", ""))
    addresses = queries.address_chosen(buyer, typed.get("address", ""))
    form = BuyForm(typed, buyer=buyer, variants=variants, addresses=addresses, methods=Order.Method.choices)
    return Sheet(form, _typed_address(typed))


def posted_with_choices(buyer: User, typed: QueryDict, variants: list[Variant]) -> Sheet:
    """What was chosen among everything that is offered, to be shown again under the same key."""
    offered = queries.with_what_was_won(buyer, variants)
    return Sheet(_form(typed, buyer, offered, queries.addresses_of(buyer)), _typed_address(typed))


def quantity_of(text: str) -> int:
    """1 to 99; 1 for whatever else was typed."""
    is_small = text.isascii() and text.isdigit() and len(text) < 3
    return max(int(text), 1) if is_small else 1


def _form(typed: QueryDict | None, buyer: User, variants: list[Variant], addresses: list[Address]) -> BuyForm:
    offers = offers_for(variants[0].shop, buyer.pk)
    form = BuyForm(
        typed,
        buyer=buyer,
        variants=variants,
        addresses=addresses,
        methods=[(offer.method, offer.label) for offer in offers],
    )
    form.offers = offers
    return form


def _typed_address(typed: QueryDict) -> AddressForm:
    return _address_form(typed if typed.get("address") == NEW_ADDRESS else None)


def _address_form(typed: QueryDict | None, *, initial: dict[str, Any] | None = None) -> AddressForm:
    """Without `required` marks: while a known address is chosen, these fields are hidden."""
    return AddressForm(typed, initial=initial, use_required_attribute=False)
