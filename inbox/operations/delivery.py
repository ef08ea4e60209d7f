"""Sending what waits to be sent: at least once, and mostly exactly once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta

import structlog
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from inbox import letters, pushes
from inbox.models import Channel, Delivery, PushSubscription

AT_ONCE = 50
LEASE = timedelta(minutes=2)  # whoever took a delivery and died leaves it to others after this
FIRST_PAUSE = timedelta(seconds=30)
MOST_TRIES = 8  # over about an hour
log = structlog.get_logger(__name__)


class NotSent(Exception):
    """Not now; perhaps later."""


def deliver_due() -> int:
    """Send everything that is due; how many went out. Two workers never take the same one."""
    return sum(_deliver(delivery) for batch in iter(_claim, []) for delivery in batch)


@transaction.atomic
def _claim() -> list[Delivery]:
    """Take some before they are sent, so that no lock is held while a post office is slow."""
    now = timezone.now()
    due = Delivery.objects.filter(state=Delivery.State.WAITING, due_at__lte=now).order_by("due_at", "pk")
    free = due.select_for_update(of=("self",), skip_locked=True, no_key=True)
    claimed = list(free.select_related("notice__user")[:AT_ONCE])
    ids = [delivery.pk for delivery in claimed]
    Delivery.objects.filter(pk__in=ids).update(due_at=now + LEASE, tries=F("tries") + 1)
    return claimed


def _deliver(delivery: Delivery) -> bool:
    try:
        WAYS[Channel(delivery.channel)](delivery)
    except NotSent as problem:
        _try_later(delivery, problem)
        return False
    except Exception:  # one bad notice must not hold up the others
        log.exception("notice_not_sent", delivery=delivery.pk)
        _try_later(delivery, None)
        return False
    _close(delivery, Delivery.State.SENT)
    return True


def _mail(delivery: Delivery) -> None:
    if not delivery.notice.user.is_active:
        return
    try:
        letters.of_notice(delivery.notice).send()
    except OSError as problem:
        raise NotSent(str(problem)) from problem


def _push(delivery: Delivery) -> None:
    """To every browser of the person; one that is gone is forgotten."""
    if not pushes.are_possible():
        return
    browsers = PushSubscription.objects.filter(user=delivery.notice.user_id).order_by("pk")
    _refuse_failures([_push_to(browser, delivery) for browser in browsers])


def _push_to(browser: PushSubscription, delivery: Delivery) -> bool:
    try:
        pushes.send(delivery.notice, browser)
    except pushes.Gone:
        browser.delete()
    except pushes.Failed as problem:
        log.warning("push_failed", subscription=browser.pk, problem=str(problem))
        return False
    return True


def _refuse_failures(outcomes: Sequence[bool]) -> None:
    """Sent again, a browser that had it already shows it once: the notices carry a tag."""
    if not all(outcomes):
        raise NotSent("push")


def _try_later(delivery: Delivery, problem: NotSent | None) -> None:
    tries = delivery.tries + 1
    if tries >= MOST_TRIES:
        log.error("notice_given_up", delivery=delivery.pk, problem=str(problem))
        _close(delivery, Delivery.State.GIVEN_UP)
        return
    again = timezone.now() + FIRST_PAUSE * 2 ** (tries - 1)
    Delivery.objects.filter(pk=delivery.pk).update(due_at=again)


def _close(delivery: Delivery, state: Delivery.State) -> None:
    Delivery.objects.filter(pk=delivery.pk).update(state=state, done_at=timezone.now())


WAYS: Mapping[Channel, Callable[[Delivery], None]] = {Channel.MAIL: _mail, Channel.PUSH: _push}
