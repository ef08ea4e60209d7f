"""What the market asks of whoever knows couriers; `biteship` speaks it over HTTP."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


class CourierProblem(Exception):
    """No answer that could be used."""


class CourierUnavailable(CourierProblem):
    """Not reached, or the outcome is unknown: ask again."""


class CourierRefused(CourierProblem):
    """A clear no, with a reason for people."""


@dataclass(frozen=True)
class Item:
    name: str
    quantity: int
    grams: int  # each
    value: int  # rupiah each
    length: int = 0  # cm; 0: not measured
    width: int = 0
    height: int = 0


@dataclass(frozen=True)
class Place:
    contact: str
    phone: str
    street: str
    postal_code: str
    note: str = ""


@dataclass(frozen=True)
class Rate:
    courier: str
    service: str
    label: str
    fee: int
    duration: str
    per_kilogram: int = 0


@dataclass(frozen=True)
class Booking:
    aggregator_id: str
    waybill: str
    status: str


@dataclass(frozen=True)
class Station:
    word: str
    note: str
    at: datetime


@dataclass(frozen=True)
class Tracking:
    waybill: str
    stations: list[Station]


class Couriers(Protocol):
    def rates(
        self, *, origin: str, destination: str, couriers: Sequence[str], items: Sequence[Item]
    ) -> list[Rate]:
        """What sending these between two postal codes costs."""

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
        """Have a parcel fetched. The same reference again gives the same booking."""

    def cancel(self, aggregator_id: str, *, reason: str) -> None:
        """Nobody comes to fetch it; again is no problem. Refused when the courier has it already."""

    def track(self, aggregator_id: str) -> Tracking:
        """All stations so far."""
