"""Messages of other machines are stored when they come and acted on by a task; a sweep finds what was lost.

A table of them has `handled_at`, empty while nobody has acted on the row.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import structlog
from django.db import models
from kombu.exceptions import OperationalError as BrokerProblem

AT_ONCE = 200
log = structlog.get_logger(__name__)


def waiting_ids(notices: type[models.Model], most: int = AT_ONCE) -> list[int]:
    """The oldest first."""
    waiting = notices._default_manager.filter(handled_at__isnull=True).order_by("pk")
    return list(waiting.values_list("pk", flat=True)[:most])


def wake_worker(task: Any, notice_id: int) -> None:
    """A broker that is away loses nothing: the sweep looks for waiting notices."""
    try:
        task.apply_async((notice_id,), retry=False)
    except (OSError, BrokerProblem) as problem:
        log.warning("notice_waits_for_the_sweep", task=task.name, notice=notice_id, problem=str(problem))


def hand_out(task: Any, notice_ids: Iterable[int]) -> None:
    """A task for each: one that fails keeps none of the others."""
    for notice_id in notice_ids:
        task.delay(notice_id)
