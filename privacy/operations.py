"""People leave. What the law wants kept stays without their name; the rest is forgotten."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from accounts import operations as accounts
from accounts.models import User
from affiliates import operations as affiliates
from basket import operations as basket
from catalog import operations as catalog
from inbox import operations as inbox
from livestream import broadcasts
from livestream.operations import forgetting as livestream
from orders import operations as orders
from payments import operations as payments
from payouts import operations as payouts
from privacy.models import Closing
from privacy.queries import Reason, closings_to_finish, reasons_to_stay
from shipping import operations as shipping


class NotYet(Exception):
    """Something of theirs is still open."""

    def __init__(self, reasons: list[Reason]) -> None:
        super().__init__(*(reason.text for reason in reasons))
        self.reasons = reasons


@transaction.atomic
def close_account(user: User) -> Closing:
    """Nobody logs in as this person any more, nowhere; again changes nothing. Raises NotYet.

    The person's row is locked against new orders, which point to it.
    """
    locked = User.objects.select_for_update().get(pk=user.pk)
    known = Closing.objects.filter(user=locked).first()
    if known:
        return known
    if reasons := reasons_to_stay(locked):
        raise NotYet(reasons)
    for shop in locked.shops.all():
        catalog.close_shop(shop)
    accounts.shut_out(locked)
    broadcasts.person_signed_out_everywhere(locked)
    return Closing.objects.create(user=locked)


def finish_closings() -> int:
    """Forget whoever has left and has nothing open; how many."""
    return sum(finish_closing(pk) for pk in closings_to_finish())


@transaction.atomic
def finish_closing(closing_id: int) -> bool:
    """All of it or nothing, once. An order that slipped in between is waited for."""
    closing = Closing.objects.select_for_update(no_key=True).get(pk=closing_id)
    user = User.objects.select_for_update(no_key=True).get(pk=closing.user_id)
    if closing.done_at or reasons_to_stay(user):
        return False
    _forget(user)
    closing.done_at = timezone.now()
    closing.save(update_fields=["done_at"])
    return True


def _forget(user: User) -> None:
    """The person last: what others forget is found by who they are."""
    for shop in user.shops.all():
        payments.forget_till(shop)
    payouts.forget_unused_accounts(user)
    affiliates.forget_person(user)
    basket.forget_buyer(user)
    orders.forget_buyer(user)
    shipping.forget_buyer(user)
    livestream.forget_person(user)
    inbox.forget_person(user)
    accounts.forget_person(user)
