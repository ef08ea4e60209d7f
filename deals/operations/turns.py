"""Lines for sold-out goods: joining, leaving, and the turn that somebody takes or lets go.

Everything here locks the variant's stock first. Calling whoever is next is the database's: see
`deals_serve_line`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from catalog.models import Stock, Variant
from catalog.operations import put_back
from deals.models import FlashDeal, Turn
from deals.operations.refusals import DealRefused, OfTheHouse
from inbox import operations as inbox
from inbox.models import Kind
from kit.moments import date_time
from livestream import broadcasts
from livestream.models import LiveSession

MOST_TURNS = 30  # lines that one person stands in at a time
TOLD_AT_ONCE = 50
TAKING = "SELECT set_config('deals.turn_taken', %s, true)"
CALL_NEXT = """
    UPDATE catalog_stock SET available = available - line.held, set_aside = set_aside + line.held
    FROM (SELECT deals_call_next(%s, %s) AS held) line WHERE variant_id = %s
"""


class NotSoldOut(DealRefused):
    """There is something left: it can simply be bought."""


class TooManyLines(DealRefused):
    """Somebody stands in as many lines as one person may."""


@transaction.atomic
def join_line(variant: Variant, *, user: User, quantity: int, session: LiveSession | None = None) -> Turn:
    """Stand at the end of the line, or say another number at the place one has already."""
    if variant.shop.owner_id == user.pk:
        raise OfTheHouse
    stock = _locked_stock(variant.pk)
    turn = Turn.objects.open().filter(user=user, variant=variant).first()
    if turn is not None:
        return _with_quantity(turn, quantity)
    if stock.available:
        raise NotSoldOut
    if Turn.objects.open().filter(user=user).count() >= MOST_TURNS:
        raise TooManyLines
    in_show = session if session and session.is_on_air and not session.is_rehearsal else None
    return Turn.objects.create(variant=variant, user=user, quantity=quantity, session=in_show)


@transaction.atomic
def leave_line(turn: Turn) -> None:
    """Give the place up; what was held goes to whoever is next."""
    _end(turn.pk, Turn.Ending.LEFT)


@transaction.atomic
def lapse_turn(turn_id: int) -> None:
    """Their time is over, exactly once, however often and by how many it is called."""
    _end(turn_id, Turn.Ending.LAPSED)


@contextmanager
def turns_taken(buyer: User, variant_ids: Iterable[int]) -> Iterator[list[Turn]]:
    """Inside, the units held for this buyer's turns can be bought, by the holder of their rows alone.

    What is left of them afterwards goes to whoever is next. An exception gives everything back as it was.
    """
    with transaction.atomic():
        turns = _locked_turns(buyer, sorted(variant_ids))
        _set_taking("yes")
        for turn in turns:
            put_back(turn.variant_id, units=turn.held)
            _close(turn, Turn.Ending.BOUGHT)
        yield turns
        _set_taking("no")
        for turn in turns:
            _call_next(turn.variant_id)
        Turn.objects.bulk_update(turns, ["order_id"])


def tell_called() -> int:
    """Tell everybody whose turn has come and who was not told; how many."""
    waiting = Turn.objects.called().filter(told_at__isnull=True).order_by("pk")
    with transaction.atomic():
        locking = waiting.select_for_update(skip_locked=True, no_key=True, of=("self",))
        turns = list(locking.select_related("user", "session", "variant__product__shop")[:TOLD_AT_ONCE])
        for turn in turns:
            _tell(turn)
        Turn.objects.filter(pk__in=[turn.pk for turn in turns]).update(told_at=timezone.now())
    return len(turns)


def _with_quantity(turn: Turn, quantity: int) -> Turn:
    if not turn.called_at:
        turn.quantity = quantity
        turn.save(update_fields=["quantity"])
    return turn


def _end(turn_id: int, ending: Turn.Ending) -> None:
    _locked_stock(Turn.objects.values_list("variant", flat=True).get(pk=turn_id))
    turn = Turn.objects.select_related("session").get(pk=turn_id)
    if turn.ended_at or (ending == Turn.Ending.LAPSED and not turn.is_over(timezone.now())):
        return
    held = turn.held
    _close(turn, ending)
    if held:
        put_back(turn.variant_id, units=held)  # and so on to the next
        broadcasts.stock_changed([turn.variant_id])


def _close(turn: Turn, ending: Turn.Ending) -> None:
    turn.held, turn.ended_at, turn.ending = 0, timezone.now(), ending
    turn.save(update_fields=["held", "ended_at", "ending"])


def _locked_stock(variant_id: int) -> Stock:
    return Stock.objects.select_for_update(no_key=True).get(variant=variant_id)


def _locked_turns(buyer: User, variant_ids: list[int]) -> list[Turn]:
    """With everything that others lock before the stock, in the order of the statement that places orders."""
    deals = FlashDeal.objects.filter(variant__in=variant_ids, closed_at__isnull=True)
    list(deals.order_by("pk").select_for_update(no_key=True).values_list("pk"))
    stocks = Stock.objects.filter(variant__in=variant_ids).order_by("variant")
    list(stocks.select_for_update(no_key=True).values_list("pk"))
    return list(Turn.objects.called().filter(user=buyer, variant__in=variant_ids).order_by("variant"))


def _set_taking(word: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(TAKING, [word])


def _call_next(variant_id: int) -> None:
    left = Stock.objects.values_list("available", flat=True).get(variant=variant_id)
    if left:
        with connection.cursor() as cursor:
            cursor.execute(CALL_NEXT, [variant_id, left, variant_id])


def _tell(turn: Turn) -> None:
    inbox.tell(
        turn.user,
        kind=Kind.ORDER,
        key=f"turn:{turn.pk}",
        compose=lambda: _message(turn),
        shop_id=turn.variant.shop_id,
    )
    if turn.session and turn.session.is_on_air:
        broadcasts.turn_called(turn.session, turn.user_id, variant_id=turn.variant_id)


def _message(turn: Turn) -> inbox.Message:
    product = turn.variant.product
    said = {
        "goods": str(turn.variant),
        "shop": product.shop.name,
        "units": turn.held,
        "until": date_time(turn.lapses_at()),
    }
    return inbox.Message(
        title=_("Giliranmu: %(goods)s ada lagi") % said,
        text=_("%(units)s buah dari %(shop)s disimpan untukmu sampai %(until)s.") % said,
        path=reverse("deals:line", args=[turn.variant_id]),
        letter=_("Setelah itu giliran orang berikutnya di antrean."),
    )
