"""Everything that can happen to orders of one shop, in any order, with processes that die in the middle.

What must hold is asked of the database after every step; what a crash left undone is finished by the sweeps.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from itertools import count
from typing import Any, ClassVar

from django.db import transaction
from django.db.models import Q, Sum
from django.utils import timezone
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from affiliates.models import Commission, CommissionRate
from affiliates.operations.settling import settle_all
from catalog.models import Stock
from checkout import operations as checkout
from ledger.models import AccountKind, Balance
from ledger.queries import balance, reconciliation
from orders import operations as orders
from orders.models import Order
from orders.proofs import look_through
from orders.transitions import STEPS
from payments import operations as payments
from payments.gateway import GatewayAnswer
from payments.models import BankRefund, Charge, ChargePart, Refund
from payments.operations.charges import _record_wish
from payments.queries import part_of
from payouts import operations as payouts
from payouts.models import Payout, SettlementPosting
from payouts.queries.proof import differences
from returns import operations as returns
from returns.models import Return
from shipping.models import Parcel
from tests.crashing import die_at
from tests.factories import make_shop, make_user, make_variant
from tests.orders.helpers import let_time_run_out, place
from tests.payouts.orders import DAY, make_affiliate
from tests.payouts.test_payouts import give_account

STOCK = 6
METHODS = ("qris", "va_bca", "cod")
STATUSES = ("pending", "deny", "expire", "cancel", "capture", "settlement")
REFUSALS = (
    orders.NotPossible,
    orders.OutOfStock,
    payments.RefundRefused,
    payments.DepositFirst,
    payouts.NothingToPay,
    payouts.NotUnderWay,
    returns.Refused,
)
ASSETS = (AccountKind.GATEWAY_CLEARING, AccountKind.DOOR_CASH, AccountKind.BANK_CLEARING)
deaths = st.one_of(st.none(), st.none(), st.integers(0, 40))
picks = st.integers(0, 9)
Call = Callable[[], object]


def there_is(*states: str) -> Callable[[Any], bool]:
    """An order in one of these states: a step that nobody can take tells little."""
    return lambda life: not set(states).isdisjoint(life.states.values())


class WholeLife(RuleBasedStateMachine):
    """One shop, one sort of goods, one creator, a few buyers' orders, and the days that pass."""

    done: ClassVar[Counter[str]] = Counter()

    def __init__(self) -> None:
        super().__init__()
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.variant = make_variant(
            stock=STOCK, price=31_337, shop=make_shop(shipping_fee=9_000, accepts_cod=True)
        )
        self.staff, self.creator = make_user(is_staff=True), make_affiliate()
        self.rate = CommissionRate.objects.create(shop=self.variant.shop, rate_bp=1_000)
        for payee in (self.variant.shop.owner, self.creator.user):
            give_account(payee)
        self.now = timezone.now()
        self.states: dict[int, str] = {}
        self.number = count(1)

    def teardown(self) -> None:
        try:
            if sys.exc_info()[0] is None:
                self.come_to_an_end()
        finally:
            transaction.set_rollback(True)
            self.undo.__exit__(None, None, None)

    # ---- what happens ------------------------------------------------------------------------------

    def do(self, name: str, call: Call, death: int | None = None) -> None:
        """Once, or until it dies and then once more, as whoever got no answer tries again."""
        died = False
        with suppress(*REFUSALS):
            died = death is not None and die_at(death, call)
            if death is None or died:
                self.done["deaths"] += died
                self.everything_holds()
                call()
        self.done[name] += 1

    def order(self, pick: int, *states: str) -> Order | None:
        """One of those in these states, or of all."""
        found = Order.objects.filter(state__in=states) if states else Order.objects.all()
        rows = list(found.order_by("pk"))
        return rows[pick % len(rows)] if rows else None

    @initialize(methods=st.lists(st.sampled_from(METHODS), min_size=2, max_size=4), paid=st.integers(0, 4))
    def begin(self, methods: list[str], paid: int) -> None:
        """Few stories come far that begin with nothing: some orders are there, and some of them paid."""
        for method in methods:
            self.place(1, method, is_credited=True, death=None)
        for pick in range(paid):
            self.be_paid(pick, death=None)

    @precondition(lambda self: len(self.states) < 6)
    @rule(
        quantity=st.integers(1, 3), method=st.sampled_from(METHODS), is_credited=st.booleans(), death=deaths
    )
    def place(self, quantity: int, method: str, is_credited: bool, death: int | None) -> None:
        fact = {"affiliate": self.creator.pk, "rate_id": self.rate.pk, "rate_bp": 1_000, "trace": []}
        wish: dict[str, Any] = {"buyer": make_user(), "method": method}
        if is_credited:
            wish["attribution"] = {self.variant.pk: fact}
        known = place(self.variant, quantity, **wish) if self._fits(quantity) else None
        if known is None:
            self.do("place", lambda: place(self.variant, quantity, **wish))
            return
        again = wish | {"idempotency_key": known.idempotency_key}
        self.do("place", lambda: place(self.variant, quantity, **again), death)
        self.do("charge", lambda: _record_wish(known), death)

    @rule(pick=picks, status=st.sampled_from(STATUSES), times=st.integers(1, 2), death=deaths)
    def hear_from_the_gateway(self, pick: int, status: str, times: int, death: int | None) -> None:
        """In time or late, twice, out of order."""
        order = self.order(pick)
        part = part_of(order) if order else None
        for _ in range(times if part else 0):
            self.do("notice", lambda: payments.apply_answer(_answer(part, status)), death)

    @precondition(there_is("pending", "expired"))
    @rule(pick=picks, death=deaths)
    def be_paid(self, pick: int, death: int | None) -> None:
        order = self.order(pick, "pending", "expired")
        part = part_of(order) if order else None
        if part:
            self.do("paid", lambda: payments.apply_answer(_answer(part, "settlement")), death)

    @precondition(there_is("pending"))
    @rule(pick=picks, death=deaths)
    def stand_by_the_parcel(self, pick: int, death: int | None) -> None:
        if order := self.order(pick, "pending"):
            self.do("confirm_cod", lambda: payments.confirm_cod(order), death)

    @precondition(there_is("confirmed", "packed", "shipped"))
    @rule(pick=picks, steps=st.integers(1, 3), death=deaths)
    def go_on(self, pick: int, steps: int, death: int | None) -> None:
        """Packed, sent, received."""
        for _ in range(steps):
            if order := self.order(pick, "confirmed", "packed", "shipped"):
                name, call = _next_step(order)
                self.do(name, call, death)

    @precondition(there_is("shipped"))
    @rule(pick=picks, word=st.sampled_from(["lost", "returned"]), death=deaths)
    def go_astray(self, pick: int, word: str, death: int | None) -> None:
        order = self.order(pick, "shipped")
        if order and order.parcel_id:
            Parcel.objects.filter(pk=order.parcel_id).update(state=word, aggregator_id=f"k{order.pk}")
            self.do("lost", checkout.give_up_lost_parcels, death)

    @precondition(there_is("shipped"))
    @rule(pick=picks, death=deaths)
    def be_refused_at_the_door(self, pick: int, death: int | None) -> None:
        if order := self.order(pick, "shipped"):
            self.do("refuse_cod", lambda: checkout.refuse_at_door(order), death)

    @precondition(there_is("pending", "confirmed", "packed"))
    @rule(pick=picks, death=deaths)
    def call_it_off(self, pick: int, death: int | None) -> None:
        if order := self.order(pick):
            self.do("cancel", lambda: checkout.cancel(order, reason="Tidak jadi"), death)

    @precondition(there_is("pending"))
    @rule(pick=picks, death=deaths)
    def let_it_expire(self, pick: int, death: int | None) -> None:
        if order := self.order(pick, "pending"):
            let_time_run_out(order)
            self.do("expire", lambda: orders.expire_unpaid(2), death)

    # ---- what comes back ---------------------------------------------------------------------------

    @precondition(there_is("received"))
    @rule(pick=picks, units=st.integers(1, 3), shipping=st.sampled_from([0, 4_500, 9_000]), death=deaths)
    def refund_some(self, pick: int, units: int, shipping: int, death: int | None) -> None:
        if order := self.order(pick, "received"):
            wish = {order.lines.get().pk: units}
            key = f"part:{next(self.number)}"
            self.do("refund", lambda: _refund(order, wish, key, shipping), death)

    @precondition(there_is("received"))
    @rule(pick=picks, units=st.integers(1, 3), death=deaths)
    def ask_to_return(self, pick: int, units: int, death: int | None) -> None:
        if order := self.order(pick, "received"):
            wanted = returns.Wanted({order.lines.get().pk: units}, "damaged", "Pecah")
            self.do("return", lambda: returns.ask(order, by=order.buyer, wanted=wanted), death)

    @precondition(there_is("received"))
    @rule(pick=picks, step=picks, units=st.integers(1, 3), death=deaths)
    def go_on_with_a_return(self, pick: int, step: int, units: int, death: int | None) -> None:
        """Any step by whoever may take it, whether it is their turn or not."""
        rows = list(Return.objects.open().order_by("pk"))
        if rows:
            name, call = _step_of(rows[pick % len(rows)], step, units, self.staff)
            self.do(f"return_{name}", call, death)
            self.do("return_refund", returns.refund_due, death)

    @precondition(there_is("refund_due", "received", "cancelled"))
    @rule(death=deaths)
    def send_what_goes_back(self, death: int | None) -> None:
        for refund in Refund.objects.exclude(state="sent").order_by("pk"):
            self.do("refund_sent", _bound(payments.record_sent, refund), death)

    # ---- what is settled ---------------------------------------------------------------------------

    @precondition(there_is("received", "shipped", "cancelled"))
    @rule(days=st.integers(1, 5), death=deaths)
    def let_days_pass(self, days: int, death: int | None) -> None:
        self.now += days * DAY
        Commission.objects.filter(matures_at__isnull=False).update(matures_at=timezone.now())
        self.do("settle", self._settle, death)

    @precondition(there_is("received"))
    @rule(death=deaths)
    def pay_out(self, death: int | None) -> None:
        self.do("batch", lambda: payouts.make_batch(by=self.staff), death)

    @precondition(there_is("received"))
    @rule(fate=st.sampled_from(["paid", "failed", "returned"]), death=deaths)
    def hear_from_the_bank(self, fate: str, death: int | None) -> None:
        for payout in Payout.objects.order_by("pk"):
            self.do(f"payout_{fate}", _fate(payout, fate, self.staff), death)

    def _settle(self) -> None:
        payouts.plan_settlements()
        payouts.settle_due(self.now)
        payouts.correct_settlements(timezone.now())
        settle_all(timezone.now())

    def _fits(self, quantity: int) -> bool:
        return Stock.objects.get(pk=self.variant.pk).available >= quantity

    # ---- what must hold ----------------------------------------------------------------------------

    @invariant()
    def everything_holds(self) -> None:
        self.orders_only_take_steps_that_there_are()
        assert look_through().is_clean
        assert all(part.returned <= part.amount for part in ChargePart.objects.all())
        assert reconciliation().is_clean
        paid, back = _sums(Charge.objects.filter(paid_at__isnull=False)), _sums(_sent())
        out = _sums(Payout.objects.filter(state="paid"))
        set_off = sum(posting.collected for posting in _last_postings())
        held = Balance.objects.exclude(account__kind__in=ASSETS)
        assert _sums(held) == paid - back - out - set_off
        at_door, by_hand = Q(part__charge__method="cod"), Q(pk__in=BankRefund.objects.values("refund"))
        at_gateway = _sums(Charge.objects.filter(paid_at__isnull=False).exclude(method="cod"))
        gone = _sums(_sent().exclude(at_door | by_hand))
        assert balance(AccountKind.GATEWAY_CLEARING) == gone - at_gateway

    def orders_only_take_steps_that_there_are(self) -> None:
        states = dict(Order.objects.values_list("pk", "state"))
        for pk, state in states.items():
            before = self.states.get(pk, "pending")
            assert state in _reachable(before), f"{before} became {state}"
        self.states = states

    def come_to_an_end(self) -> None:
        """The sweeps do what is left, and then nothing is left."""
        for request in Return.objects.open():
            with suppress(returns.Refused):
                returns.withdraw(request, by=request.order.buyer)
        returns.refund_due()
        payments.retry_refunds(100)
        for refund in Refund.objects.exclude(state="sent"):
            payments.record_sent(refund)
        self.now += 30 * DAY
        self._settle()
        for order in Order.objects.filter(settlement__settled_at__isnull=False):
            payouts.settle_order(order.pk, now=self.now)
        self.everything_holds()
        left = differences(timezone.now() + timedelta(hours=2))
        assert not {name for name in left if not name.startswith("late:")}, left
        self.whoever_got_nothing_paid_nothing()
        self.done.update(Order.objects.values_list("state", flat=True))

    def whoever_got_nothing_paid_nothing(self) -> None:
        """But for the deposit of who refused the parcel."""
        for order in Order.objects.filter(state__in=("expired", "cancelled", "refund_due", "refunded")):
            paid = _sums(ChargePart.objects.filter(order=order, charge__paid_at__isnull=False))
            is_refusal = (
                order.is_cod and order.shipped_at is not None and order.cancel_reason.startswith("Dit")
            )
            assert is_refusal or paid == _sums(_sent().filter(order=order)), order.state


# ---- parts -------------------------------------------------------------------------------------------


def _answer(part: ChargePart | None, status: str) -> GatewayAnswer:
    assert part is not None
    charge = part.charge
    return GatewayAnswer(charge.reference, status, charge.amount, "IDR", "T1", is_accepted=True)


def _next_step(order: Order) -> tuple[str, Call]:
    if order.state == "confirmed":
        return "pack", lambda: orders.pack_order(order)
    if order.state == "packed":
        return "ship", lambda: orders.ship_order(order, courier="JNE", waybill="J1")
    return "receive", lambda: checkout.receive(order)


def _refund(order: Order, units: dict[int, int], key: str, shipping: int) -> None:
    payments.refund_lines(order, units, reason="Pecah", key=key, shipping=shipping)


def _step_of(request: Return, step: int, units: int, judge: Any) -> tuple[str, Call]:
    shop, buyer, line = request.order.shop.owner, request.order.buyer, request.lines.get()
    some = {line.line_id: min(units, line.units)}
    dispute = request.disputes.filter(decided_at__isnull=True).first()
    refund = returns.Decision("refund", "not_as_promised", "Ya", some, with_shipping=units > 1)
    other = returns.Decision("reject" if units == 1 else "send_back", "no_evidence", "Tidak", {})
    steps: list[tuple[str, Call]] = [
        ("approve", lambda: returns.approve(request, by=shop, without_goods=units == 1)),
        ("refuse", lambda: returns.refuse(request, by=shop, note="Utuh")),
        ("withdraw", lambda: returns.withdraw(request, by=buyer)),
        ("send", lambda: returns.send_back(request, by=buyer, courier="JNE", waybill="J2")),
        ("confirm", lambda: returns.confirm(request, by=shop, sellable=some)),
        ("object", lambda: returns.object_to(request, by=shop, text="Bukan barangku")),
        ("dispute", lambda: returns.dispute(request, by=buyer, text="Lihat")),
        ("lapse", lambda: _lapse(request)),
    ]
    if dispute:
        rulings = [refund, other]
        steps = [
            ("decide", _bound(lambda one: returns.decide(dispute, by=judge, decision=one), ruling))
            for ruling in rulings
        ]
    return steps[step % len(steps)]


def _lapse(request: Return) -> None:
    Return.objects.filter(pk=request.pk, due_at__isnull=False).update(
        due_at=timezone.now() - timedelta(seconds=1)
    )
    returns.lapse_due()


def _fate(payout: Payout, fate: str, staff: Any) -> Call:
    if fate == "paid":
        return lambda: payouts.pay_payout(payout, by=staff)
    if fate == "failed":
        return lambda: payouts.fail_payout(payout, by=staff, reason="nama")
    return lambda: payouts.return_payout(payout, by=staff, reason="tutup")


def _bound(call: Callable[[Any], object], what: Any) -> Call:
    return lambda: call(what)


def _sums(rows: Any) -> int:
    return int(rows.aggregate(sum=Sum("amount"))["sum"] or 0)


def _sent() -> Any:
    return Refund.objects.filter(state="sent")


def _last_postings() -> list[SettlementPosting]:
    return list(SettlementPosting.objects.order_by("settlement", "-seq").distinct("settlement"))


def _reachable(state: str) -> set[str]:
    """By any number of steps of the table."""
    found, fresh = {state}, {state}
    while fresh:
        ends = {end.value for (start, _), ends in STEPS.items() if start in fresh for end in ends}
        fresh = ends - found
        found |= fresh
    return found
