"""What couriers tell: stored first, acted on afterwards, once. No order and no money is moved here."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from typing import Any

import structlog
from django.db import transaction
from django.utils import timezone

from shipping import queries
from shipping.couriers import CourierProblem, Station
from shipping.couriers.biteship import Biteship
from shipping.models import CourierNotice, Parcel, TrackingEvent
from shipping.states import FINAL, State, known

Verdict = CourierNotice.Verdict
log = structlog.get_logger(__name__)


def record_notice(raw: dict[str, Any]) -> CourierNotice:
    """Keep a genuine message; the same message again gives the same row."""
    content = json.dumps(raw, sort_keys=True, separators=(",", ":"))
    notice, _ = CourierNotice.objects.get_or_create(
        dedupe=hashlib.sha256(content.encode()).hexdigest(),
        defaults={"event": raw["event"][:40], "aggregator_id": raw["order_id"][:64], "raw": raw},
    )
    return notice


def apply_notice(notice_id: int) -> None:
    """Act on a message exactly once. It only wakes us: the stations are asked for, outside a transaction.

    Raises CourierProblem when they cannot be; the notice then waits for the sweep.
    """
    notice = CourierNotice.objects.get(pk=notice_id)
    if notice.handled_at:
        return
    parcel = Parcel.objects.filter(aggregator_id=notice.aggregator_id).exclude(aggregator_id="").first()
    tracking = Biteship().track(notice.aggregator_id) if parcel else None
    with transaction.atomic():
        locked = CourierNotice.objects.select_for_update(no_key=True).get(pk=notice_id)
        if locked.handled_at:
            return
        locked.verdict = Verdict.UNKNOWN_PARCEL
        if parcel and tracking:
            locked.verdict = _record(parcel.pk, tracking.stations, tracking.waybill)
        locked.handled_at = timezone.now()
        locked.save(update_fields=["verdict", "handled_at"])
    if locked.verdict not in (Verdict.APPLIED, Verdict.STALE):
        log.error("courier_notice_refused", parcel=notice.aggregator_id, verdict=locked.verdict)


def ask_about_parcels(most: int) -> int:
    """Ask about those that nobody told of for a while; how many answered."""
    answered = 0
    for parcel in queries.parcels_to_ask_about(most):
        Parcel.objects.filter(pk=parcel.pk).update(asked_at=timezone.now())
        try:
            tracking = Biteship().track(parcel.aggregator_id)
        except CourierProblem as problem:
            log.warning("courier_does_not_answer", parcel=parcel.pk, problem=str(problem))
            continue
        with transaction.atomic():
            _record(parcel.pk, tracking.stations, tracking.waybill)
        answered += 1
    return answered


def _record(parcel_id: int, stations: Iterable[Station], waybill: str) -> CourierNotice.Verdict:
    """Keep the stations, and move the parcel to the newest one that we understand."""
    parcel = Parcel.objects.select_for_update(no_key=True).get(pk=parcel_id)
    told = sorted(stations, key=lambda station: station.at)
    before = parcel.events.count()
    TrackingEvent.objects.bulk_create([_event(parcel, station) for station in told], ignore_conflicts=True)
    is_new = parcel.events.count() > before
    for station in told:
        _move(parcel, station)
    parcel.waybill = waybill[:40] or parcel.waybill
    parcel.asked_at = timezone.now()
    parcel.save(update_fields=["state", "told_at", "delivered_at", "waybill", "asked_at"])
    if told and known(told[-1].word) is None:
        return Verdict.UNKNOWN_STATE
    return Verdict.APPLIED if is_new else Verdict.STALE


def _event(parcel: Parcel, station: Station) -> TrackingEvent:
    return TrackingEvent(
        parcel=parcel,
        word=station.word,
        state=known(station.word) or "",
        note=station.note,
        at=station.at,
    )


def _move(parcel: Parcel, station: Station) -> None:
    """Only forward in time, never out of a final state, and never by a word that we do not know."""
    state = known(station.word)
    is_old = parcel.told_at is not None and station.at < parcel.told_at
    if state is None or is_old or parcel.state in FINAL:
        return
    parcel.state, parcel.told_at = state, station.at
    if state == State.DELIVERED:
        parcel.delivered_at = station.at
