"""Publishing what the market takes, and what shops declare. A version is written once, whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone

from audit.models import Act
from audit.operations import record
from fees import signing
from fees.arithmetic import Rise, Rule, rises
from fees.documents import Version
from fees.models import Declaration, FeeRule, FeeSchedule

PUBLISH_LOCK = 7_003  # advisory: two versions never get one number


class TooSoon(Exception):
    """A fee would rise with less notice than was promised."""

    def __init__(self, earliest: datetime, found: Sequence[Rise]) -> None:
        super().__init__(f"rises need notice until {earliest:%F}")
        self.earliest, self.rises = earliest, found


class OutOfOrder(Exception):
    """It would hold before now, or before a version that is announced already."""


@transaction.atomic
def publish_schedule(
    rules: Sequence[Rule], *, in_force_from: datetime, note: str, by: Any = None, now: datetime | None = None
) -> FeeSchedule:
    """Announce a version. Raises TooSoon when a fee would rise within the notice, and OutOfOrder."""
    now = now or timezone.now()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [PUBLISH_LOCK])
    last = FeeSchedule.objects.order_by("-number").first()
    if in_force_from < now or (last and in_force_from < last.in_force_from):
        raise OutOfOrder
    _refuse_sudden_rises(rules, in_force_from, now)
    version = Version(
        rules,
        number=last.number + 1 if last else 1,
        in_force_from=in_force_from,
        published_at=now,
        note=note,
        previous=last.digest if last else "",
    )
    if by:
        record(Act.FEES, about=f"Versi {version.number}", after={"berlaku": in_force_from.isoformat()}, by=by)
    return _write(version, FeeSchedule, FeeRule, by=by)


def write_schedule(
    rules: Sequence[Rule], *, schedules: Any, rule_rows: Any, by: Any = None, **facts: Any
) -> FeeSchedule:
    """The market's first version, unasked: the migration that begins brings its own models."""
    return _write(Version(rules, **facts), schedules, rule_rows, by=by)


@transaction.atomic
def declare(shop_id: int, kind: Declaration.Kind, *, by: Any, now: datetime | None = None) -> Declaration:
    """The shop says this of itself; again changes nothing. The turnover is declared year by year."""
    now = now or timezone.now()
    valid = Declaration.objects.filter(shop_id=shop_id, kind=kind, valid_from__lte=now)
    known = valid.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=now)).first()
    if known:
        return known
    until = None
    if kind == Declaration.Kind.SMALL_TURNOVER:
        year = timezone.localtime(now).year
        until = timezone.make_aware(datetime(year + 1, 1, 1))
    return Declaration.objects.create(
        shop_id=shop_id, kind=kind, valid_from=now, valid_to=until, declared_by=by
    )


def withdraw(shop_id: int, kind: Declaration.Kind, *, now: datetime | None = None) -> None:
    """From now on it no longer holds; what was sold before stays as it was."""
    now = now or timezone.now()
    open_ = Declaration.objects.filter(shop_id=shop_id, kind=kind, valid_from__lte=now)
    open_.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=now)).update(valid_to=now)


def _write(version: Version, schedules: Any, rule_rows: Any, *, by: Any) -> FeeSchedule:
    """Signed, with a row for each rule."""
    document = version.document
    signature, public_key = signing.sign(document)
    schedule = schedules.objects.create(
        number=version.number,
        in_force_from=version.in_force_from,
        published_at=version.published_at,
        published_by=by,
        note=version.note,
        rule_count=len(version.rules),
        document=document,
        digest=signing.digest(document),
        signature=signature,
        public_key=public_key,
    )
    rows = enumerate(version.rules)
    rule_rows.objects.bulk_create(
        rule_rows(schedule=schedule, position=place, **asdict(rule)) for place, rule in rows
    )
    return schedule  # type: ignore[no-any-return]


def _refuse_sudden_rises(rules: Sequence[Rule], in_force_from: datetime, now: datetime) -> None:
    """Against what people were told would hold then. When a tax begins is for the law to say."""
    replaced = FeeSchedule.objects.filter(in_force_from__lte=in_force_from)
    before = replaced.order_by("-in_force_from", "-number").first()
    if before is None:
        return
    earliest = now + timedelta(days=settings.FEE_NOTICE_DAYS)
    old = [rule.terms for rule in before.rules.order_by("position")]
    found = [rise for rise in rises(old, rules, since=in_force_from) if rise.kind != "tax"]
    if found and in_force_from < earliest:
        raise TooSoon(earliest, found)
