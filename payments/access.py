"""Who may see and do what about money."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from accounts.models import User
from catalog.models import Duty, Shop
from orders.models import Order
from payments.models import ChargePart, Proof

DESK = "payments.change_ticket"
View = Callable[..., HttpResponse]


def operators_only(view: View) -> View:
    """For staff who may work on tickets; for everybody else the desk is not there."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not is_operator(cast(User, request.user)):
            raise Http404
        return view(request, *args, **kwargs)

    return cast(View, login_required(guarded))


def is_operator(user: User) -> bool:
    return user.is_staff and user.has_perm(DESK)


def shop_of(user: User) -> Shop:
    """The shop whose tills and accounts are this person's own."""
    return get_object_or_404(Shop.objects.at_desk(user, Duty.OWNER))


def shop_to_read(user: User) -> Shop:
    """The shop whose money this person may look at."""
    return get_object_or_404(Shop.objects.at_desk(user, Duty.MONEY))


def shop_to_judge(user: User) -> Shop:
    """The shop in which this person says what was paid."""
    return get_object_or_404(Shop.objects.at_desk(user, Duty.SHOP))


def proof_of_shop(user: User, proof_id: int) -> Proof:
    proofs = Proof.objects.filter(
        charge__parts__order__shop__in=Shop.objects.run_by(user, Duty.SHOP)
    ).select_related("charge")
    return get_object_or_404(proofs.distinct(), pk=proof_id)


def proof_to_see(user: User, proof_id: int) -> Proof:
    """Its buyer, who looks after the shop's money, and staff at the desk; nobody else."""
    parts = ChargePart.objects.all()
    if not is_operator(user):
        parts = parts.filter(order__buyer=user) | parts.filter(
            order__shop__in=Shop.objects.run_by(user, Duty.MONEY)
        )
    proofs = Proof.objects.filter(charge__parts__in=parts).distinct()
    return get_object_or_404(proofs, pk=proof_id)


def order_of_buyer(user: User, number: str) -> Order:
    return get_object_or_404(Order.objects.of_buyer(user).select_related("shop", "rides_on"), number=number)
