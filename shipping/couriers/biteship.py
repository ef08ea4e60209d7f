"""Biteship's HTTP API: rates, orders, tracking. Empty `BITESHIP_API_KEY`: not offered."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import requests
from django.conf import settings
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from requests.adapters import HTTPAdapter
from urllib3.util import Retry

from shipping.couriers import (
    Booking,
    CourierRefused,
    CourierUnavailable,
    Item,
    Place,
    Rate,
    Station,
    Tracking,
)
from shipping.states import State, known

CONNECT_SECONDS, RATES_SECONDS, ANSWER_SECONDS = 2.0, 4.0, 10.0
MOST_RATES = 12
Reply = dict[str, Any]


def _patient_session() -> requests.Session:
    """Reads are tried again by themselves; an order never is, because its outcome may be unknown."""
    session = requests.Session()
    retry = Retry(
        total=2,
        backoff_factor=0.2,
        status_forcelist=(502, 503, 504),
        allowed_methods=("GET",),
        raise_on_status=False,
    )
    session.mount("http://", HTTPAdapter(max_retries=retry))
    session.mount("https://", HTTPAdapter(max_retries=retry))
    return session


_session = _patient_session()


def is_configured() -> bool:
    return bool(settings.BITESHIP_API_KEY)


class Biteship:
    """Speaks `shipping.couriers.Couriers`."""

    def rates(
        self, *, origin: str, destination: str, couriers: Sequence[str], items: Sequence[Item]
    ) -> list[Rate]:
        wish = {
            "origin_postal_code": int(origin),
            "destination_postal_code": int(destination),
            "couriers": ",".join(couriers),
            "items": [_item(item) for item in items],
        }
        reply = _ask("POST", "/v1/rates/couriers", wish, seconds=RATES_SECONDS)
        try:
            return [_rate(row) for row in reply["pricing"][:MOST_RATES]]
        except (KeyError, TypeError, ValueError) as problem:
            raise CourierUnavailable("rates that make no sense") from problem

    def book(
        self,
        *,
        reference: str,
        origin: Place,
        destination: Place,
        courier: str,
        service: str,
        items: Sequence[Item],
        cash_on_delivery: int,
    ) -> Booking:
        wish: Reply = {
            "reference_id": reference,
            **_end("origin", origin),
            **_end("destination", destination),
            "courier_company": courier,
            "courier_type": service,
            "delivery_type": "now",
            "items": [_item(item) for item in items],
        }
        if cash_on_delivery:
            wish["destination_cash_on_delivery"] = cash_on_delivery
        reply = _ask("POST", "/v1/orders", wish)
        try:
            return Booking(
                aggregator_id=str(reply["id"]),
                waybill=str(reply["courier"].get("waybill_id") or ""),
                status=str(reply["status"]),
            )
        except (KeyError, TypeError, AttributeError) as problem:
            raise CourierUnavailable("a booking that makes no sense") from problem

    def cancel(self, aggregator_id: str, *, reason: str) -> None:
        """What was cancelled before is refused, too: its status says which of the two a refusal was."""
        wish = {"cancellation_reason_code": "others", "cancellation_reason": reason}
        try:
            _ask("POST", f"/v1/orders/{aggregator_id}/cancel", wish)
        except CourierRefused:
            status = _ask("GET", f"/v1/orders/{aggregator_id}").get("status")
            if known(str(status)) != State.FAILED:
                raise

    def track(self, aggregator_id: str) -> Tracking:
        """An order says which tracking is its own, and that says the stations."""
        courier = _ask("GET", f"/v1/orders/{aggregator_id}").get("courier") or {}
        tracking_id = courier.get("tracking_id")
        if not tracking_id:
            return Tracking(waybill=str(courier.get("waybill_id") or ""), stations=[])
        reply = _ask("GET", f"/v1/trackings/{tracking_id}")
        try:
            stations = [_station(row) for row in reply.get("history") or []]
        except (KeyError, TypeError, ValueError) as problem:
            raise CourierUnavailable("stations that make no sense") from problem
        return Tracking(waybill=str(reply.get("waybill_id") or ""), stations=stations)


def _ask(method: str, path: str, wish: Reply | None = None, *, seconds: float = ANSWER_SECONDS) -> Reply:
    try:
        answer = _session.request(
            method,
            settings.BITESHIP_BASE_URL + path,
            json=wish,
            headers={"authorization": settings.BITESHIP_API_KEY},
            timeout=(CONNECT_SECONDS, seconds),
        )
        reply = answer.json()
    except (requests.RequestException, ValueError) as problem:
        raise CourierUnavailable(str(problem)[:200]) from problem
    if answer.status_code >= 500 or answer.status_code == 429 or not isinstance(reply, dict):
        raise CourierUnavailable(str(answer.status_code))
    if answer.status_code >= 400 or not reply.get("success"):
        raise CourierRefused(str(reply.get("error") or reply.get("message") or answer.status_code)[:200])
    return reply


def _item(item: Item) -> Reply:
    sides = {"length": item.length, "width": item.width, "height": item.height} if item.length else {}
    return {
        "name": item.name,
        "value": item.value,
        "weight": item.grams,
        "quantity": item.quantity,
        **sides,
    }


def _end(side: str, place: Place) -> Reply:
    return {
        f"{side}_contact_name": place.contact,
        f"{side}_contact_phone": place.phone,
        f"{side}_address": place.street,
        f"{side}_note": place.note,
        f"{side}_postal_code": int(place.postal_code),
    }


def _rate(row: Reply) -> Rate:
    fee = int(row["price"])
    if fee < 0:
        raise ValueError(fee)
    return Rate(
        courier=str(row["courier_code"])[:20],
        service=str(row["courier_service_code"])[:30],
        label=f"{row['courier_name']} {row['courier_service_name']}"[:60],
        fee=fee,
        duration=str(row.get("duration") or "")[:40],
    )


def _station(row: Reply) -> Station:
    return Station(
        word=str(row["status"])[:40], note=str(row.get("note") or "")[:200], at=moment(row["updated_at"])
    )


def moment(text: object) -> datetime:
    """A moment as the API writes it; one without a zone is the capital's."""
    at = parse_datetime(str(text))
    if at is None:
        raise ValueError(text)
    return at if timezone.is_aware(at) else timezone.make_aware(at)
