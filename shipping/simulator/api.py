"""Biteship's HTTP API as far as the market uses it: rates, orders, trackings."""

from __future__ import annotations

import json
import time
import uuid
from datetime import UTC, datetime
from typing import Any, cast

import redis

Answer = tuple[int, dict[str, Any]]
KEPT_SECONDS = 7 * 24 * 3600
# courier: its name and, for each service, what it is called, the first kilogram in rupiah, and the days.
COURIERS: dict[str, tuple[str, dict[str, tuple[str, int, str]]]] = {
    "jne": ("JNE", {"reg": ("Reguler", 10_000, "2 - 3 days"), "yes": ("Yakin Esok Sampai", 19_000, "1 day")}),
    "jnt": ("J&T", {"ez": ("EZ", 11_000, "2 - 3 days")}),
    "sicepat": ("SiCepat", {"reg": ("Reguler", 9_500, "1 - 2 days")}),
    "anteraja": ("AnterAja", {"reg": ("Regular", 9_000, "2 - 4 days")}),
    "pos": ("POS Indonesia", {"reg": ("Pos Reguler", 8_000, "3 - 5 days")}),
}
NEEDED = (
    "origin_contact_name",
    "origin_contact_phone",
    "origin_address",
    "origin_postal_code",
    "destination_contact_name",
    "destination_contact_phone",
    "destination_address",
    "destination_postal_code",
    "courier_company",
    "courier_type",
    "delivery_type",
    "items",
)
# What a person at the counter may say next.
NEXT = {
    "confirmed": ("picked", "cancelled", "courier_not_found"),
    "picked": ("dropping_off", "on_hold", "return_in_transit"),
    "on_hold": ("dropping_off", "return_in_transit"),
    "dropping_off": ("delivered", "return_in_transit", "disposed"),
    "return_in_transit": ("returned",),
}


class Api:
    """Answers are (HTTP status, JSON body). Several processes may share the store."""

    def __init__(self, store: redis.Redis, *, key: str, prefix: str = "couriers") -> None:
        self.store, self.key, self.prefix = store, key, prefix

    def rates(self, request: dict[str, Any]) -> Answer:
        try:
            grams = _grams(request["items"])
            distance = abs(int(request["origin_postal_code"]) - int(request["destination_postal_code"]))
            wanted = str(request["couriers"]).split(",")
        except (KeyError, TypeError, ValueError):
            return _error(400, 40001, "Failed due to missing or invalid fields")
        pricing = [
            _price(courier, service, grams, distance)
            for courier in wanted
            if courier in COURIERS
            for service in COURIERS[courier][1]
        ]
        return 200, {"success": True, "object": "courier_pricing", "code": 20001003, "pricing": pricing}

    def order(self, request: dict[str, Any]) -> Answer:
        if any(not request.get(name) for name in NEEDED):
            return _error(400, 40002, "Failed due to missing or invalid fields")
        services = COURIERS.get(str(request["courier_company"]), ("", {}))[1]
        if request["courier_type"] not in services:
            return _error(400, 40002008, "No courier found for the given courier_company and courier_type")
        reference = str(request.get("reference_id") or uuid.uuid4())
        order = _order(request)
        is_first = self.store.set(self._key("reference", reference), order["id"], nx=True, ex=KEPT_SECONDS)
        if not is_first:
            known = cast("str", self.store.get(self._key("reference", reference)))
            return 200, self._get("order", known) or order
        self._put("order", order["id"], order)
        self._put("tracking", order["courier"]["tracking_id"], _tracking(order))
        self.store.lpush(self._key("made", ""), order["id"])
        self.store.ltrim(self._key("made", ""), 0, 49)
        return 200, order

    def cancel(self, order_id: str, request: dict[str, Any]) -> Answer:
        """As long as nobody has fetched it."""
        order = self._get("order", order_id)
        if order is None:
            return _error(404, 40404001, "Order not found")
        if not request.get("cancellation_reason_code"):
            return _error(400, 40002, "Failed due to missing or invalid fields")
        if "cancelled" not in NEXT.get(order["status"], ()):
            return _error(400, 40002043, f"Order with status {order['status']} cannot be cancelled")
        self.move(order_id, "cancelled")
        return 200, {"success": True, "object": "order", "id": order_id, "status": "cancelled"}

    def find_order(self, order_id: str) -> Answer:
        order = self._get("order", order_id)
        return (200, order) if order else _error(404, 40404001, "Order not found")

    def find_tracking(self, tracking_id: str) -> Answer:
        tracking = self._get("tracking", tracking_id)
        return (200, tracking) if tracking else _error(404, 40404002, "Tracking not found")

    def recent(self) -> list[dict[str, Any]]:
        ids = cast("list[str]", self.store.lrange(self._key("made", ""), 0, 29))
        return [order for order in (self._get("order", one) for one in ids) if order]

    def move(self, order_id: str, word: str, note: str = "") -> dict[str, Any] | None:
        """To the next station; the message that the aggregator sends about it."""
        order = self._get("order", order_id)
        if order is None:
            return None
        tracking = self._get("tracking", order["courier"]["tracking_id"]) or _tracking(order)
        order["status"] = tracking["status"] = word
        tracking["history"].append({"note": note or word, "status": word, "updated_at": _now()})
        self._put("order", order_id, order)
        self._put("tracking", tracking["id"], tracking)
        return {
            "event": "order.status",
            "order_id": order_id,
            "courier_tracking_id": tracking["id"],
            "courier_waybill_id": order["courier"]["waybill_id"],
            "courier_company": order["courier"]["company"],
            "courier_type": order["courier"]["type"],
            "status": word,
            "updated_at": _now(),
        }

    def _put(self, kind: str, name: str, row: dict[str, Any]) -> None:
        self.store.set(self._key(kind, name), json.dumps(row), ex=KEPT_SECONDS)

    def _get(self, kind: str, name: str) -> dict[str, Any] | None:
        packed = cast("str | None", self.store.get(self._key(kind, name)))
        return json.loads(packed) if packed else None

    def _key(self, kind: str, name: str) -> str:
        return f"{self.prefix}:{kind}:{name}"


def _grams(items: list[dict[str, Any]]) -> int:
    total = 0
    for item in items:
        sides = int(item.get("length", 0)) * int(item.get("width", 0)) * int(item.get("height", 0))
        total += int(item["quantity"]) * max(int(item["weight"]), -(-sides // 6))
    if total <= 0:
        raise ValueError(total)
    return total


def _price(courier: str, service: str, grams: int, distance: int) -> dict[str, Any]:
    name, services = COURIERS[courier]
    service_name, base, duration = services[service]
    price = (base + distance // 1000 * 500) * max(1, -(-grams // 1000))
    return {
        "company": courier,
        "courier_code": courier,
        "courier_name": name,
        "courier_service_code": service,
        "courier_service_name": service_name,
        "duration": duration,
        "currency": "IDR",
        "price": price,
        "type": service,
    }


def _order(request: dict[str, Any]) -> dict[str, Any]:
    made = uuid.uuid4().hex
    return {
        "success": True,
        "object": "order",
        "id": made[:24],
        "reference_id": request.get("reference_id"),
        "courier": {
            "tracking_id": uuid.uuid4().hex[:24],
            "waybill_id": f"WYB-{int(time.time() * 1000)}{made[:4].upper()}",
            "company": request["courier_company"],
            "type": request["courier_type"],
        },
        "destination": {
            "contact_name": request["destination_contact_name"],
            "address": request["destination_address"],
            "cash_on_delivery": request.get("destination_cash_on_delivery", 0),
        },
        "status": "confirmed",
    }


def _tracking(order: dict[str, Any]) -> dict[str, Any]:
    return {
        "success": True,
        "object": "tracking",
        "id": order["courier"]["tracking_id"],
        "waybill_id": order["courier"]["waybill_id"],
        "order_id": order["id"],
        "status": "confirmed",
        "history": [
            {"note": "Order has been confirmed", "status": "confirmed", "updated_at": _now()},
        ],
    }


def _error(status: int, code: int, text: str) -> Answer:
    return status, {"success": False, "code": code, "error": text}


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")
