"""What is taken from a sale, in whole rupiah: the same sale under the same rules always gives the same sums.

A percentage is worked out once for each rule and order, and rounded down. Nothing is taken that the sale
did not bring: tax comes first, then the payment's cost, then the order's, then the market's own fee.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Literal

WHOLE = 10_000  # basis points
Kind = Literal["platform", "processing", "payment", "tax"]
KINDS: tuple[Kind, ...] = ("platform", "processing", "payment", "tax")
SCOPES = ("market", "category", "shop")  # the later, the more specific
MICRO = "micro"


@dataclass(frozen=True)
class Rule:
    """A percentage or a fixed sum, whom it meets, and within which bounds."""

    kind: Kind
    label: str = ""
    scope: str = "market"
    scope_id: int | None = None
    method: str = ""  # of payment; empty: whichever
    business: str = ""  # `micro`: only for shops that declared it
    above: int = 0  # rupiah: smaller sums are left to another rule
    percent_bp: int = 0
    fixed: int = 0
    least: int = 0
    most: int | None = None
    valid_from: datetime | None = None
    valid_to: datetime | None = None

    def is_valid(self, at: datetime) -> bool:
        return (self.valid_from is None or self.valid_from <= at) and (
            self.valid_to is None or at < self.valid_to
        )

    def exact(self, base: int) -> int:
        """In ten-thousandths of a rupiah, before rounding."""
        bounded = max(base * self.percent_bp + self.fixed * WHOLE, self.least * WHOLE)
        return bounded if self.most is None else min(bounded, self.most * WHOLE)

    def amount(self, base: int) -> int:
        return min(self.exact(base) // WHOLE, base) if base > 0 else 0


@dataclass(frozen=True)
class Goods:
    """One line of an order: what it stood at, what a voucher took off, what went back to the buyer."""

    category_id: int
    price: int
    discount: int = 0
    refunded: int = 0

    @property
    def base(self) -> int:
        return max(0, self.price - self.discount - self.refunded)


@dataclass(frozen=True)
class Sale:
    shop_id: int
    goods: tuple[Goods, ...]
    method: str
    at: datetime
    shipping: int = 0
    shipping_refunded: int = 0
    commission: int = 0  # what a creator earns of it, worked out elsewhere
    is_micro: bool = False
    is_exempt: bool = False  # from the tax that the market withholds

    @property
    def goods_kept(self) -> int:
        return sum(line.base for line in self.goods)

    @property
    def kept(self) -> int:
        """What the buyer has paid for good."""
        return self.goods_kept + max(0, self.shipping - self.shipping_refunded)


@dataclass(frozen=True)
class Breakdown:
    """All of a sale's money, line by line. The lines always add up to the net."""

    price: int
    discount: int
    refunded: int
    shipping: int
    platform: int
    processing: int
    payment: int
    commission: int
    tax: int

    @property
    def net(self) -> int:
        return self.price - self.discount - self.refunded + self.shipping - self.commission - self.fees

    @property
    def fees(self) -> int:
        return self.platform + self.processing + self.payment + self.tax


@dataclass
class _Pot:
    """What is left to take from."""

    left: int
    taken: dict[str, int] = field(default_factory=dict)

    def take(self, kind: str, wanted: int) -> None:
        self.taken[kind] = min(wanted, max(0, self.left))
        self.left -= self.taken[kind]


def breakdown(rules: Sequence[Rule], sale: Sale) -> Breakdown:
    pot = _Pot(sale.kept - sale.commission)
    pot.take("tax", 0 if sale.is_exempt else _by_order(rules, "tax", sale, sale.goods_kept))
    pot.take("payment", _by_order(rules, "payment", sale, sale.kept))
    pot.take("processing", _by_order(rules, "processing", sale, sale.goods_kept))
    pot.take("platform", _by_line(rules, sale))
    return Breakdown(
        price=sum(line.price for line in sale.goods),
        discount=sum(line.discount for line in sale.goods),
        refunded=sum(line.refunded for line in sale.goods) + sale.shipping_refunded,
        shipping=sale.shipping,
        commission=sale.commission,
        **pot.taken,
    )


def winner(rules: Iterable[Rule], kind: Kind, sale: Sale, *, base: int, category_id: int) -> Rule | None:
    """The most specific rule that meets the sale; of equally specific ones the oldest."""
    meeting = [rule for rule in rules if rule.kind == kind and _meets(rule, sale, base, category_id)]
    if not meeting:
        return None
    best = max(map(_specificity, meeting))
    # `min` keeps the first of equals: they stand in the order in which they were written.
    return min(
        (rule for rule in meeting if _specificity(rule) == best),
        key=lambda rule: rule.valid_from.timestamp() if rule.valid_from else 0.0,
    )


def spread(amount: int, over: Sequence[int]) -> list[int]:
    """The amount over these sums, the first ones filled first; nothing above a sum."""
    shares = []
    for most in over:
        share = min(amount, most)
        shares.append(share)
        amount -= share
    return shares


def _meets(rule: Rule, sale: Sale, base: int, category_id: int) -> bool:
    owner = {"market": None, "category": category_id, "shop": sale.shop_id}[rule.scope]
    return (
        rule.scope_id == owner
        and rule.method in ("", sale.method)
        and (not rule.business or sale.is_micro)
        and (base > rule.above or rule.above == 0)
        and rule.is_valid(sale.at)
    )


def _specificity(rule: Rule) -> tuple[int, bool, bool, int]:
    return SCOPES.index(rule.scope), bool(rule.method), bool(rule.business), rule.above


def _by_order(rules: Sequence[Rule], kind: Kind, sale: Sale, base: int) -> int:
    rule = winner(rules, kind, sale, base=base, category_id=0)
    return rule.amount(base) if rule else 0


def _by_line(rules: Sequence[Rule], sale: Sale) -> int:
    """Lines that meet the same rule are one sum, so that the order is rounded once."""
    bases: dict[Rule, int] = defaultdict(int)
    for line in sale.goods:
        rule = winner(rules, "platform", sale, base=sale.goods_kept, category_id=line.category_id)
        if rule:
            bases[rule] += line.base
    return sum(rule.amount(base) for rule, base in bases.items())


# ---- comparing two sets of rules ---------------------------------------------------------------------


@dataclass(frozen=True)
class Rise:
    """Somebody would pay more than before: where it shows first."""

    kind: Kind
    base: int
    before: int
    after: int


def rises(before: Sequence[Rule], after: Sequence[Rule], *, since: datetime) -> list[Rise]:
    """For which kinds some sale would cost more; exact, since between the corners all is straight."""
    found = []
    for kind in KINDS:
        rise = next(
            filter(None, (_rise(kind, before, after, sale) for sale in _sales(before, after, since))), None
        )
        if rise:
            found.append(rise)
    return found


def _rise(kind: Kind, before: Sequence[Rule], after: Sequence[Rule], sale: Sale) -> Rise | None:
    category_id = sale.goods[0].category_id
    for base in _corners([*before, *after], kind):
        old = winner(before, kind, sale, base=base, category_id=category_id)
        new = winner(after, kind, sale, base=base, category_id=category_id)
        was, will = (rule.exact(base) if rule else 0 for rule in (old, new))
        if will > was:
            return Rise(kind, base, was // WHOLE, will // WHOLE)
    return None


def _sales(before: Sequence[Rule], after: Sequence[Rule], since: datetime) -> Iterable[Sale]:
    """One sale of every sort that the rules tell apart."""
    rules = [*before, *after]
    moments = {since} | {
        moment for rule in rules for moment in (rule.valid_from, rule.valid_to) if moment and moment > since
    }
    categories = {0} | {rule.scope_id or 0 for rule in rules if rule.scope == "category"}
    shops = {0} | {rule.scope_id or 0 for rule in rules if rule.scope == "shop"}
    for method in {""} | {rule.method for rule in rules}:
        for shop_id in shops:
            for category_id in categories:
                plain = Sale(shop_id, (Goods(category_id, 0),), method, since)
                for at in moments:
                    yield replace(plain, at=at)
                    yield replace(plain, at=at, is_micro=True)


def _corners(rules: Iterable[Rule], kind: Kind) -> list[int]:
    """Where a fee may bend: thresholds and bounds, and both ends."""
    corners = {1, 10**12}
    for rule in rules:
        if rule.kind != kind:
            continue
        corners |= {rule.above, rule.above + 1}
        for bound in (rule.least, rule.most):
            if bound is not None and rule.percent_bp and bound > rule.fixed:
                corner = (bound - rule.fixed) * WHOLE // rule.percent_bp
                corners |= {corner, corner + 1}
    return sorted(corner for corner in corners if corner > 0)
