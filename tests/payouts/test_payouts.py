"""A payout ..."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from accounts.models import User
from affiliates import queries as affiliates
from affiliates.operations import settle_all
from kit.sealed import unseal
from ledger.models import AccountKind
from ledger.queries import balance, reconciliation
from payouts import operations
from payouts.models import BankAccount, Payout, PayoutBatch
from payouts.operations.accounts import link_of
from payouts.queries.payees import owed_now
from payouts.queries.proof import differences
from tests.concurrency import run_at_once
from tests.factories import make_user
from tests.payouts.orders import DAY, make_affiliate, owed_to, settled_order

pytestmark = pytest.mark.django_db


def give_account(user: User, *, since: timedelta = 2 * DAY) -> BankAccount:
    added = operations.add_account(user, bank="014", number="1234567890", holder="=Ani")
    return operations.confirm_account(user, token=link_of(added), now=timezone.now() - since)


def payable_order():
    order = settled_order()
    give_account(order.shop.owner)
    return order


def make_batch() -> PayoutBatch:
    return operations.make_batch(by=make_user(is_staff=True))


def staff() -> User:
    return make_user(is_staff=True)


def test_moves_what_is_owed_on_its_way_and_writes_it_into_one_file():
    order = payable_order()

    batch = make_batch()

    payout = batch.payouts.get()
    assert (payout.amount, owed_to(order.shop_id)) == (58_080, 0)
    assert balance(AccountKind.SELLER_IN_TRANSIT, order.shop_id) == 58_080
    head, row = unseal(batch.file).split("\r\n")[:2]
    assert head.startswith("reference,bank_code")
    assert row == f"{payout.reference},014,BCA,1234567890,'=Ani,58080,Pasar Malam"
    assert "1234567890" not in batch.file


def test_ends_at_the_bank():
    order = payable_order()
    payout = make_batch().payouts.get()

    operations.pay_payout(payout, by=staff(), reference="BCA-1")

    assert balance(AccountKind.BANK_CLEARING) == 58_080
    assert balance(AccountKind.SELLER_IN_TRANSIT, order.shop_id) == 0
    assert reconciliation().is_clean
    assert differences(timezone.now() + DAY) == {}


@pytest.mark.parametrize("was_paid", [False, True])
def test_goes_back_to_the_balance_when_the_bank_does_not_keep_it(was_paid):
    order = payable_order()
    payout = make_batch().payouts.get()
    if was_paid:
        operations.pay_payout(payout, by=staff())
        operations.return_payout(payout, by=staff(), reason="Rekening tutup")
    else:
        operations.fail_payout(payout, by=staff(), reason="Nama berbeda")

    assert owed_to(order.shop_id) == 58_080
    assert balance(AccountKind.BANK_CLEARING) == balance(AccountKind.SELLER_IN_TRANSIT, order.shop_id) == 0
    assert differences(timezone.now() + DAY) == {}
    assert make_batch().payouts.get().amount == 58_080


def test_ends_once():
    payable_order()
    payout = make_batch().payouts.get()
    operations.pay_payout(payout, by=staff())

    for change in (
        partial(operations.pay_payout, payout, by=staff()),
        partial(operations.fail_payout, payout, by=staff(), reason="Gagal"),
    ):
        with pytest.raises(operations.NotUnderWay):
            change()

    assert balance(AccountKind.BANK_CLEARING) == 58_080


def test_is_not_made_of_less_than_the_minimum_or_without_an_account():
    order = settled_order()

    with pytest.raises(operations.NothingToPay):
        make_batch()

    assert [one.waits_for for one in owed_now(timezone.now())] == ["account"]
    assert not PayoutBatch.objects.exists()
    assert owed_to(order.shop_id) == 58_080


def test_waits_a_day_after_the_account_was_changed():
    order = settled_order()
    give_account(order.shop.owner, since=DAY - timedelta(seconds=60))

    assert [one.waits_for for one in owed_now(timezone.now())] == ["new_account"]
    with pytest.raises(operations.NothingToPay):
        make_batch()


def test_never_goes_into_a_second_file():
    payable_order()
    batch = make_batch()
    other = PayoutBatch.objects.create(made_by=staff())
    payout = batch.payouts.get()
    copy = {name: getattr(payout, name) for name in ("payee", "owner_id", "user_id", "account_id", "amount")}

    with pytest.raises(IntegrityError, match="payouts_one_under_way"), transaction.atomic():
        Payout.objects.create(batch=other, **copy)
    for change in (
        lambda: Payout.objects.update(batch=other),
        lambda: Payout.objects.update(amount=1),
        lambda: PayoutBatch.objects.filter(pk=batch.pk).update(file="lain"),
        lambda: Payout.objects.create(batch=batch, **copy | {"owner_id": 10**6}),
        lambda: payout.delete(),
    ):
        with pytest.raises(DatabaseError, match="final"), transaction.atomic():
            change()


@pytest.mark.django_db(transaction=True)
def test_is_made_once_by_two_people_at_once():
    order = payable_order()
    people = [staff(), staff()]

    outcomes = run_at_once(*[partial(operations.make_batch, by=one) for one in people])

    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["NothingToPay", "PayoutBatch"]
    assert Payout.objects.count() == 1
    assert owed_to(order.shop_id) == 0


def test_pays_creators_too_and_their_books_still_add_up():
    affiliate = make_affiliate()
    settled_order(credited_to=affiliate)
    settled_order(credited_to=affiliate)
    settle_all(timezone.now() + 8 * DAY)
    give_account(affiliate.user)

    payout = make_batch().payouts.get()

    assert (payout.payee, payout.amount) == ("affiliate", 10_000)
    assert affiliates.reconciliation().is_clean
    operations.pay_payout(payout, by=staff())
    assert affiliates.reconciliation().is_clean
    operations.return_payout(payout, by=staff(), reason="Tutup")
    assert affiliates.reconciliation().is_clean
    assert balance(AccountKind.AFFILIATE_AVAILABLE, affiliate.pk) == 10_000


def test_takes_the_banks_answer_row_by_row_and_reports_what_it_cannot_use():
    payable_order()
    payable_order()
    batch = make_batch()
    first, second = batch.payouts.order_by("pk")
    answer = (
        "Reference,Status,Amount,bank_reference,reason\n"
        f"{first.reference},SUCCESS,58080,BCA-9,\n"
        f"{first.reference},paid,,,\n"
        f"{second.reference},failed,1,,\n"
        "PM-0-0,paid,,,\n"
        f"{second.reference},mungkin,,,\n"
    ).encode()

    taken = operations.take_in_results(batch, answer, by=staff())

    assert (taken.paid, taken.failed, taken.known, len(taken.problems)) == (1, 0, 1, 3)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, first.bank_reference, second.state) == ("paid", "BCA-9", "sent")


@pytest.mark.parametrize("raw", [b"", b"\xff\xfe", b"apa,saja\n1,2\n", b"x" * 1_000_001])
def test_refuses_an_answer_that_is_no_such_table(raw):
    payable_order()

    with pytest.raises(operations.ResultProblem):
        operations.take_in_results(make_batch(), raw, by=staff())


def test_asks_as_few_questions_for_three_payees_as_for_one(django_assert_num_queries):
    for _ in range(3):
        payable_order()

    with django_assert_num_queries(6):
        assert len(owed_now(timezone.now())) == 3


# ---- bank accounts -----------------------------------------------------------------------------------


def test_goes_to_the_account_that_was_confirmed_last():
    user = make_user()
    first = give_account(user)
    second = give_account(user)

    first.refresh_from_db()
    assert first.replaced_at is not None
    assert BankAccount.objects.get(user=user, replaced_at__isnull=True) == second


def test_ignores_an_account_that_nobody_confirmed():
    order = settled_order()
    operations.add_account(order.shop.owner, bank="014", number="999999999", holder="Bukan")

    assert owed_now(timezone.now())[0].account is None


def test_believes_no_link_of_another_person_or_of_an_account_that_was_replaced():
    user, thief = make_user(), make_user()
    old = operations.add_account(user, bank="014", number="11111111", holder="Ani")
    link = link_of(old)

    with pytest.raises(operations.WrongLink):
        operations.confirm_account(thief, token=link)
    operations.add_account(user, bank="014", number="22222222", holder="Ani")
    with pytest.raises(operations.WrongLink):
        operations.confirm_account(user, token=link)
    with pytest.raises(operations.WrongLink):
        operations.confirm_account(user, token="tebakan")
