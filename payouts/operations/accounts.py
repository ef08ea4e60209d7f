"""Bank accounts of people: typed, confirmed through a mail, used a day later."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from accounts.models import User
from audit.models import Act
from audit.operations import record
from catalog.models import Shop
from kit.sealed import seal
from payouts.models import BankAccount, Payout

LINK_LIVES_SECONDS = 24 * 3600
SALT = "payouts.account"


class WrongLink(Exception):
    """Too old, another person's, or already used."""


@transaction.atomic
def add_account(user: User, *, bank: str, number: str, holder: str) -> BankAccount:
    """Keep what the person typed; nothing is paid there before they confirm it."""
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    unconfirmed = BankAccount.objects.filter(user=user, confirmed_at__isnull=True, replaced_at__isnull=True)
    unconfirmed.update(replaced_at=timezone.now())
    return BankAccount.objects.create(
        user=user, bank=bank, sealed_number=seal(number), last_digits=number[-4:], holder=holder
    )


def forget_unused_accounts(user: User) -> None:
    """Where money went is kept with the payout; what was never used, and never will be, goes."""
    used = Payout.objects.filter(account=OuterRef("pk"))
    BankAccount.objects.filter(~Exists(used), user=user).delete()
    BankAccount.objects.filter(user=user, replaced_at__isnull=True).update(replaced_at=timezone.now())


def link_of(bank_account: BankAccount) -> str:
    return signing.dumps(bank_account.pk, salt=SALT)


@transaction.atomic
def confirm_account(user: User, *, token: str, now: datetime | None = None) -> BankAccount:
    """From a day later on the person is paid there, and nowhere until then. Raises WrongLink."""
    now = now or timezone.now()
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    found = remember_new_account(user, token=token)
    in_use = BankAccount.objects.filter(user=user, confirmed_at__isnull=False, replaced_at__isnull=True)
    in_use.update(replaced_at=now)
    found.confirmed_at = now
    found.usable_from = now + timedelta(seconds=settings.NEW_BANK_ACCOUNT_SECONDS)
    found.save(update_fields=["confirmed_at", "usable_from"])
    shop_id = Shop.objects.filter(owner=user).values_list("pk", flat=True).first()
    after = {"bank": found.bank, "akhir": found.last_digits}
    record(Act.ACCOUNT, about="Rekening pencairan", shop_id=shop_id, after=after, by=user)
    return found


def remember_new_account(user: User, *, token: str) -> BankAccount:
    """The account that the mail's link is about, while it waits to be confirmed. Raises WrongLink."""
    try:
        account_id = signing.loads(token, salt=SALT, max_age=LINK_LIVES_SECONDS)
    except signing.BadSignature as problem:
        raise WrongLink from problem
    waiting = BankAccount.objects.filter(user=user, confirmed_at__isnull=True, replaced_at__isnull=True)
    found = waiting.filter(pk=account_id).first()
    if found is None:
        raise WrongLink
    return found
