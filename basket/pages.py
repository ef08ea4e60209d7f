"""The page where a basket is bought: what is offered, what was chosen, what it costs."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID, uuid4

from django.http import QueryDict

from accounts.forms import AddressForm
from accounts.models import User
from basket import queries
from basket.forms import CheckoutForm, lines_in
from basket.operations import Portion
from basket.queries import Group, Line
from checkout.forms import NEW_ADDRESS
from checkout.queries import addresses_of, last_method
from checkout.ways import Ways, destination_of, ways_for
from kit.numbers import uuid_in, whole_number
from livestream.models import LiveSession
from orders.queries import Quote, is_first_paid, quote
from payments.queries import offers_for_all
from shipping.models import Quote as ShippingQuote


@dataclass(frozen=True)
class Stall:
    """One shop's part: its order and what that costs."""

    group: Group
    session: LiveSession | None
    ways: Ways
    quote: Quote
    is_first_paid: bool

    @property
    def goods(self) -> int:
        return self.quote.subtotal - self.quote.discount


class CheckoutPage:
    """`typed` is what the browser sent; nothing of it says what something costs."""

    def __init__(self, buyer: User, *, only: str = "", typed: QueryDict | None = None) -> None:
        self.buyer, self.only = buyer, only
        self._typed = typed if typed is not None else QueryDict()
        groups = queries.groups_of(queries.items_of(buyer), buyer)
        self.groups = [group for group in groups if only in ("", group.shop.slug)]
        self.buying = [group for group in self.groups if group.ready]
        self.form = self._form(typed)
        self.address_form = self._address_form(typed)

    @property
    def lines(self) -> list[Line]:
        return [line for group in self.buying for line in group.ready]

    @property
    def left_out(self) -> list[Line]:
        """What is in the basket and cannot be had, or not so many."""
        return [line for group in self.groups for line in group.lines if not line.is_ready]

    def is_valid(self) -> bool:
        is_address_valid = not self.form.wants_new_address or self.address_form.is_valid()
        return self.form.is_valid() and is_address_valid

    def content(self) -> str:
        """All that was chosen, in short."""
        lines = sorted(lines_in(self._typed.getlist("line")).items())
        fields = ("address", "method", *AddressForm.base_fields)
        return json.dumps([lines, [self._typed.get(name, "") for name in fields]])

    def missing(self) -> list[Line]:
        """What was on the page that was sent, and is no longer to be had like that."""
        posted = lines_in(self._typed.getlist("line"))
        return [line for line in self.left_out if line.variant.pk in posted]

    def context(self) -> dict[str, Any]:
        return {
            "page": self,
            "form": self.form,
            "address_form": self.address_form,
            "stalls": self.stalls,
            "total": sum(stall.quote.total for stall in self.stalls),
            "destination": self._destination,
        }

    @cached_property
    def stalls(self) -> list[Stall]:
        return [self._stall(group) for group in self.buying]

    def portions(self) -> list[Portion]:
        """What was sent, shop by shop; of what is not in the basket any more nothing is said here."""
        posted = lines_in(self._typed.getlist("line"))
        found = []
        for group in self.groups:
            lines = [line for line in group.lines if line.variant.pk in posted]
            if lines:
                found.append(self._portion(group, lines, posted))
        return found

    # ---- parts -------------------------------------------------------------------------------------

    def _stall(self, group: Group) -> Stall:
        basket = {line.variant.pk: line.kept.quantity for line in group.ready}
        session, _ms = self._session(group.ready)
        ways = ways_for(
            self._destination,
            buyer=self.buyer,
            shop=group.shop,
            variants=[line.variant for line in group.ready],
            basket=basket,
            wanted=self._typed.get(f"quote-{group.shop.pk}", ""),
        )
        session_id = session.pk if session else None
        terms = quote(
            self.buyer,
            shop_id=group.shop.pk,
            basket=basket,
            session_id=session_id,
            address=self._destination,
            shipping_quote=ways.chosen_id,
        )
        pays_first = is_first_paid(self.buyer, shop_id=group.shop.pk, session_id=session_id)
        return Stall(group, session, ways, terms, pays_first)

    def _portion(self, group: Group, lines: list[Line], posted: dict[int, int]) -> Portion:
        session, session_ms = self._session(lines)
        chosen = uuid_in(self._typed.get(f"quote-{group.shop.pk}", ""))
        return Portion(
            shop=group.shop,
            variants=[line.variant for line in lines],
            basket={line.variant.pk: posted[line.variant.pk] for line in lines},
            shown_total=self._shown_total(group, chosen),
            quote=chosen,
            session=session,
            session_ms=session_ms,
        )

    def _shown_total(self, group: Group, chosen: UUID | None) -> int | None:
        """Goods as the page said, and the fee of the way that was chosen; its row says what that was."""
        goods = whole_number(self._typed.get(f"goods-{group.shop.pk}", ""))
        way = ShippingQuote.objects.filter(pk=chosen, buyer=self.buyer).first() if chosen else None
        fee = way.fee if way else whole_number(self._typed.get(f"fee-{group.shop.pk}", ""))
        return None if goods is None or fee is None else goods + fee

    def _session(self, lines: list[Line]) -> tuple[LiveSession | None, int | None]:
        """The show that the newest of these is from, and how far it was then."""
        shown = [(line.kept.session_id, line.kept.session_ms) for line in lines if line.kept.session_id]
        if not shown:
            return None, None
        session_id, session_ms = shown[-1]
        return LiveSession.objects.filter(pk=session_id).first(), session_ms

    @cached_property
    def _destination(self) -> dict[str, str] | None:
        return destination_of(self.form.address_chosen, self.address_form.data)

    def _form(self, typed: QueryDict | None) -> CheckoutForm:
        addresses = addresses_of(self.buyer)
        shops = [group.shop for group in self.buying or self.groups]
        offers = offers_for_all(shops, self.buyer.pk) if shops else []
        form = CheckoutForm(typed, addresses=addresses, offers=offers)
        methods = [offer.method for offer in offers]
        last = last_method(self.buyer)
        form.initial = {
            "address": str(addresses[0].pk) if addresses else NEW_ADDRESS,
            "method": last if last in methods else next(iter(methods), ""),
            "key": uuid4(),
        }
        return form

    def _address_form(self, typed: QueryDict | None) -> AddressForm:
        is_typed = typed is not None and typed.get("address") == NEW_ADDRESS
        initial = None if typed is not None else AddressForm.initial_for(self.buyer)
        return AddressForm(typed if is_typed else None, initial=initial, use_required_attribute=False)
