"""Giveaways and fair drops, from the sealed seed to the last unit."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from django.db import connection, transaction
from django.utils import timezone

from accounts.models import User
from deals import broadcasts, fairness
from deals.marks import ticket_of
from deals.models import Award, Draw, DrawEntry
from deals.operations import promises
from deals.operations.promises import Offer
from deals.operations.refusals import CannotBeStopped, DealRefused, OfTheHouse, TooEarly, TooLate
from deals.operations.watching import refuse_unless_watched
from deals.queries.draws import SOURCES
from deals.queries.people import has_said, is_of_the_house
from livestream.models import LiveSession
from livestream.operations.chat import say
from livestream.operations.follows import follow
from livestream.queries.follows import is_following

DROP_LEAD_MS = 5_000  # everybody sees it coming
GRACE_MS = 2_000  # a tap in time may arrive late from a slow network
CLAIM_WITHIN = timedelta(hours=48)
PAY_WITHIN = timedelta(minutes=5)
# After the show nobody sits and waits; whoever is next is called only for so much longer.
CALLED_AFTER_SHOW = {Draw.Kind.GIVEAWAY: timedelta(days=7), Draw.Kind.DROP: timedelta(minutes=30)}
# A second tap says nothing twice.
WORD_SAID = UUID("6f1d9a52-3f0e-4a37-9c5e-0d9f3a2b7c41")
WRITE_PLACES = """
    UPDATE deals_drawentry AS entry SET place = drawn.place
    FROM unnest(%s::text[]) WITH ORDINALITY AS drawn(entrant, place)
    WHERE entry.draw_id = %s AND entry.entrant = drawn.entrant
"""


class TaskNotDone(DealRefused):
    """They have not yet done what the giveaway asks for."""


@transaction.atomic
def start_giveaway(
    session: LiveSession,
    *,
    variant_id: int,
    winners: int,
    duration_ms: int,
    word: str = "",
    watch_minutes: int = 0,
    must_follow: bool = False,
) -> Draw:
    """Give units away among those who enter from now on."""
    task: dict[str, object] = {}
    if watch_minutes:
        task = {"task": Draw.Task.WATCH, "watch_minutes": watch_minutes}
    elif word:
        task = {"task": Draw.Task.WORD, "word": word}
    elif must_follow:
        task = {"task": Draw.Task.FOLLOW}
    return _start(
        session, variant_id, Draw.Kind.GIVEAWAY, units=winners, wait_ms=0, lasts_ms=duration_ms, **task
    )


@transaction.atomic
def start_drop(session: LiveSession, *, variant_id: int, units: int, price: int, window_ms: int) -> Draw:
    """Let everybody who wants one of few units tap within the same seconds."""
    return _start(
        session,
        variant_id,
        Draw.Kind.DROP,
        units=units,
        wait_ms=DROP_LEAD_MS,
        lasts_ms=window_ms,
        price=price,
    )


def _start(
    session: LiveSession,
    variant_id: int,
    kind: Draw.Kind,
    *,
    units: int,
    wait_ms: int,
    lasts_ms: int,
    **fields: object,
) -> Draw:
    session = promises.running_session(session)
    starts_ms = session.clock_ms() + wait_ms
    draw = promises.make(
        Draw.sealed(
            session=session,
            variant=promises.variant_shown(session, variant_id),
            kind=kind,
            units=units,
            starts_ms=starts_ms,
            ends_ms=starts_ms + lasts_ms,
            **fields,
        )
    )
    broadcasts.draw_changed(draw)
    return draw


@transaction.atomic
def enter_draw(draw_id: int, *, user: User) -> DrawEntry:
    """Put somebody on the list, once; raises DealRefused when they may not stand there."""
    draw = _locked_for_entering(draw_id)
    session = LiveSession.objects.get(pk=draw.session_id)
    _refuse_wrong_time(draw, session)
    if is_of_the_house(session, user):
        raise OfTheHouse
    _refuse_undone(draw, session, user)
    entrant = fairness.entrant_number(salt=draw.salt, ticket=ticket_of(user.pk))
    return DrawEntry.objects.get_or_create(draw=draw, user=user, defaults={"entrant": entrant})[0]


def _refuse_undone(draw: Draw, session: LiveSession, user: User) -> None:
    if draw.task == Draw.Task.WORD and not has_said(session, user, draw.word, since=draw.created_at):
        raise TaskNotDone
    if draw.task == Draw.Task.FOLLOW and not is_following(session.shop, user):
        raise TaskNotDone
    if draw.task == Draw.Task.WATCH:
        refuse_unless_watched(session, user, minutes=draw.watch_minutes)


def do_task_and_enter(draw: Draw, *, user: User) -> DrawEntry:
    """Do what the giveaway asks for in the name of somebody who has not, and put them on the list."""
    try:
        return enter_draw(draw.pk, user=user)
    except TaskNotDone:
        _do_task(draw, user)
        return enter_draw(draw.pk, user=user)


def _do_task(draw: Draw, user: User) -> None:
    if draw.task == Draw.Task.FOLLOW:
        follow(draw.session.shop, user=user)
        return
    say(draw.session, sender=user, text=draw.word, client_id=uuid5(WORD_SAID, f"{draw.code}:{user.pk}"))


def _locked_for_entering(draw_id: int) -> Draw:
    """Many may enter at the same time, but not while the draw is held: then they wait, and find it closed."""
    (draw,) = Draw.objects.raw("SELECT * FROM deals_draw WHERE id = %s FOR SHARE", [draw_id])
    return draw


def _refuse_wrong_time(draw: Draw, session: LiveSession) -> None:
    assert draw.starts_ms is not None
    if draw.closed_at or session.ended_at or is_over(draw, session):
        raise TooLate
    if session.clock_ms() < draw.starts_ms:
        raise TooEarly


def is_over(draw: Draw, session: LiveSession) -> bool:
    assert draw.ends_ms is not None
    return session.ended_at is not None or session.clock_ms() >= draw.ends_ms + GRACE_MS


@transaction.atomic
def call_off_draw(draw_id: int) -> None:
    """Take it back as long as nobody has entered."""
    draw = promises.locked_promise(Draw, draw_id)
    if draw.closed_at:
        raise TooLate
    if draw.entries.exists():
        raise CannotBeStopped
    promises.call_off(draw, now=timezone.now())
    broadcasts.draw_gone(draw)


@transaction.atomic
def hold_draw(draw_id: int) -> None:
    """Draw once the time is up, exactly once, however often and by how many it is called."""
    draw = promises.locked_promise(Draw, draw_id)
    if draw.closed_at or not is_over(draw, draw.session):
        return
    numbers = list(DrawEntry.objects.filter(draw=draw).values_list("entrant", flat=True))
    with connection.cursor() as cursor:
        cursor.execute(WRITE_PLACES, [fairness.in_drawn_order(numbers, seed=draw.seed), draw.pk])
    draw.closed_at, draw.entrants = timezone.now(), len(numbers)
    draw.save(update_fields=["closed_at", "entrants"])
    _settle(draw, draw.closed_at)
    broadcasts.draw_changed(draw)


@transaction.atomic
def settle_draw(draw_id: int) -> None:
    """Call whoever is next for what others let go."""
    draw, now = promises.locked_promise(Draw, draw_id), timezone.now()
    if draw.closed_at and draw.look_at and draw.look_at <= now:
        _settle(draw, now)
        broadcasts.draw_changed(draw)


def _settle(draw: Draw, now: datetime) -> None:
    kind = Draw.Kind(draw.kind)
    within = CLAIM_WITHIN if draw.is_gift else PAY_WITHIN
    promises.settle(draw, source=SOURCES[kind], queue=_next_in_line(draw, now), within=within, now=now)


def _next_in_line(draw: Draw, now: datetime) -> Iterator[Offer]:
    ended_at = draw.session.ended_at
    if ended_at and now > ended_at + CALLED_AFTER_SHOW[Draw.Kind(draw.kind)]:
        return
    called = Award.objects.filter(source_kind=SOURCES[Draw.Kind(draw.kind)], source_id=draw.pk)
    waiting = draw.entries.filter(user__is_active=True).exclude(user__in=called.values("buyer"))
    for entry in waiting.select_related("user").order_by("place")[: draw.units]:
        yield Offer(buyer=entry.user, price=draw.price)
