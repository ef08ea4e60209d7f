"""Who is owed money, and whether it can be sent to them now."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from accounts.models import User
from affiliates.models import Affiliate
from catalog.models import Shop
from ledger.models import AccountKind, Balance
from payouts.models import BankAccount, Payee, Payout


@dataclass(frozen=True)
class Owed:
    """A payee with a balance above nothing."""

    payee: Payee
    owner_id: int
    user_id: int
    name: str
    amount: int
    account: BankAccount | None
    is_under_way: bool  # an earlier payout has not ended
    is_new: bool  # the account was changed less than a day ago
    is_suspended: bool

    @property
    def key(self) -> str:
        """Names the payee in a form."""
        return f"{self.payee}:{self.owner_id}"

    @property
    def is_payable(self) -> bool:
        return self.waits_for == ""

    @property
    def waits_for(self) -> str:
        """The first thing that keeps the money here; empty when nothing does."""
        if self.is_suspended:
            return "suspended"
        if self.account is None:
            return "account"
        if self.is_under_way:
            return "under_way"
        if self.is_new:
            return "new_account"
        return "minimum" if self.amount < settings.PAYOUT_MINIMUM else ""


def owed_now(now: datetime) -> list[Owed]:
    """Everybody who is owed something, the largest sums first; few queries for however many."""
    found = [*_shops(now), *_affiliates(now)]
    return sorted(found, key=lambda owed: (-owed.amount, owed.payee, owed.owner_id))


def account_in_use(user: User) -> BankAccount | None:
    return BankAccount.objects.filter(user=user, confirmed_at__isnull=False, replaced_at__isnull=True).first()


def account_to_confirm(user: User) -> BankAccount | None:
    return BankAccount.objects.filter(user=user, confirmed_at__isnull=True, replaced_at__isnull=True).first()


def _shops(now: datetime) -> Iterator[Owed]:
    balances = _balances(AccountKind.SELLER_PAYABLE)
    shops = Shop.objects.filter(pk__in=balances).select_related("owner")
    owners = {shop.pk: (shop.owner_id, shop.name, shop.suspended_at is not None) for shop in shops}
    yield from _owed(Payee.SHOP, balances, owners, now)


def _affiliates(now: datetime) -> Iterator[Owed]:
    balances = _balances(AccountKind.AFFILIATE_AVAILABLE)
    affiliates = Affiliate.objects.filter(pk__in=balances)
    owners = {one.pk: (one.user_id, str(one), one.suspended_at is not None) for one in affiliates}
    yield from _owed(Payee.AFFILIATE, balances, owners, now)


def _balances(kind: AccountKind) -> dict[int, int]:
    held = Balance.objects.filter(account__kind=kind, amount__gt=0)
    return dict(held.values_list("account__owner_id", "amount"))


def _owed(
    payee: Payee, balances: dict[int, int], owners: dict[int, tuple[int, str, bool]], now: datetime
) -> Iterator[Owed]:
    in_use = BankAccount.objects.filter(
        user__in={user_id for user_id, _, _ in owners.values()},
        confirmed_at__isnull=False,
        replaced_at__isnull=True,
    )
    accounts = {account.user_id: account for account in in_use}
    under_way = set(
        Payout.objects.filter(payee=payee, state=Payout.State.SENT).values_list("owner_id", flat=True)
    )
    for owner_id, (user_id, name, is_suspended) in owners.items():
        account = accounts.get(user_id)
        yield Owed(
            payee=payee,
            owner_id=owner_id,
            user_id=user_id,
            name=name,
            amount=balances[owner_id],
            account=account,
            is_under_way=owner_id in under_way,
            is_new=bool(account and account.usable_from and account.usable_from > now),
            is_suspended=is_suspended,
        )
