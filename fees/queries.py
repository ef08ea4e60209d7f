"""Which rules hold when, for whom, and whether a version is genuine."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from django.db.models import Q

from fees import signing
from fees.arithmetic import Breakdown, Rule, Sale
from fees.arithmetic import breakdown as reckon
from fees.documents import Version
from fees.models import Declaration, FeeSchedule


class NothingPublished(Exception):
    """The market has no rules, so it can settle nothing."""


def schedule_at(at: datetime) -> FeeSchedule:
    """The version that holds then; before the first one, the first."""
    held = FeeSchedule.objects.filter(in_force_from__lte=at).order_by("-in_force_from", "-number").first()
    found = held or FeeSchedule.objects.order_by("number").first()
    if found is None:
        raise NothingPublished
    return found


def last_schedule() -> FeeSchedule:
    """The newest one, whether it holds already or not."""
    found = FeeSchedule.objects.order_by("-number").first()
    if found is None:
        raise NothingPublished
    return found


def coming_schedules(now: datetime) -> list[FeeSchedule]:
    """What is announced and not replaced before it holds."""
    announced = FeeSchedule.objects.filter(in_force_from__gt=now).order_by("in_force_from", "number")
    last_of_moment = {schedule.in_force_from: schedule for schedule in announced}
    return list(last_of_moment.values())


def rules_of(schedule: FeeSchedule) -> tuple[Rule, ...]:
    return _rules(schedule.digest, schedule.pk)


@lru_cache(maxsize=64)
def _rules(digest: str, schedule_id: int) -> tuple[Rule, ...]:
    """Kept under the digest: a version never changes."""
    rows = FeeSchedule.objects.get(pk=schedule_id).rules.order_by("position")
    return tuple(row.terms for row in rows)


def breakdown(sale: Sale) -> Breakdown:
    """By the version that held when it was placed."""
    return reckon(rules_of(schedule_at(sale.at)), sale)


def declared(shop_id: int, at: datetime) -> frozenset[str]:
    """The kinds that the shop had declared by then."""
    rows = Declaration.objects.filter(shop_id=shop_id, valid_from__lte=at)
    valid = rows.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=at))
    return frozenset(valid.values_list("kind", flat=True))


@dataclass(frozen=True)
class Change:
    """One rule that is new, gone, or different. Either side may be empty."""

    before: Rule | None
    after: Rule | None


def changes(before: Sequence[Rule], after: Sequence[Rule]) -> list[Change]:
    """Rule by rule: the same rule is that of the same kind for the same people."""
    old, new = ({_whom(rule): rule for rule in rules} for rules in (before, after))
    pairs = [Change(old.get(whom), new.get(whom)) for whom in dict.fromkeys([*old, *new])]
    return [pair for pair in pairs if pair.before != pair.after]


def is_genuine(schedule: FeeSchedule) -> bool:
    """Rows, document, digest, chain and signature say the same."""
    previous = FeeSchedule.objects.filter(number=schedule.number - 1).values_list("digest", flat=True).first()
    written = Version(
        [row.terms for row in schedule.rules.order_by("position")],
        number=schedule.number,
        in_force_from=schedule.in_force_from,
        published_at=schedule.published_at,
        note=schedule.note,
        previous=json.loads(schedule.document)["previous"],
    ).document
    return (
        written == schedule.document
        and signing.digest(written) == schedule.digest
        and json.loads(written)["previous"] == (previous or "")
        and signing.is_signed(written, signature=schedule.signature, public_key=schedule.public_key)
    )


def forged_schedules() -> list[int]:
    """The numbers of versions that are not what was published; empty, or something is very wrong."""
    return [
        schedule.number for schedule in FeeSchedule.objects.order_by("number") if not is_genuine(schedule)
    ]


def _whom(rule: Rule) -> tuple[object, ...]:
    return rule.kind, rule.scope, rule.scope_id, rule.method, rule.business, rule.above, rule.valid_from
