"""Midtrans through its official client: charges by QRIS and virtual account, status, cancel, refund."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any
from zoneinfo import ZoneInfo

import requests
from django.conf import settings
from midtransclient import CoreApi
from midtransclient.config import ApiConfig
from midtransclient.error_midtrans import JSONDecodeError, MidtransAPIError

from payments.gateway import ChargeWish, GatewayAnswer, GatewayRefused, GatewayUnavailable

CONNECT_SECONDS, ANSWER_SECONDS = 3.05, 8
JAKARTA = ZoneInfo("Asia/Jakarta")
BANKS = {"va_bca": "bca", "va_bni": "bni", "va_bri": "bri"}
NOT_FOUND, DUPLICATE, CANNOT_CHANGE = "404", "406", "412"
Reply = dict[str, Any]


class _PatientSession(requests.Session):  # type: ignore[misc]
    """The client sets no time limit of its own; here no call waits for ever."""

    def request(self, *args: Any, **options: Any) -> Any:
        options.setdefault("timeout", (CONNECT_SECONDS, ANSWER_SECONDS))
        return super().request(*args, **options)


class _Config(ApiConfig):  # type: ignore[misc]
    """Midtrans' own addresses, or another one that speaks the same API."""

    def get_core_api_base_url(self) -> str:
        return settings.MIDTRANS_BASE_URL or str(super().get_core_api_base_url())


_session = _PatientSession()


class MidtransGateway:
    """Speaks `payments.gateway.Gateway`."""

    def charge(self, wish: ChargeWish) -> GatewayAnswer:
        headers = {"X-Override-Notification": wish.notice_url, "Idempotency-Key": wish.order_number}
        try:
            return _answer(_ask(lambda: _client(headers).charge(_charge_request(wish))))
        except GatewayRefused as refusal:
            if refusal.code != DUPLICATE:
                raise
        found = self.status(wish.order_number)  # it was charged before, and the answer was lost
        if found is None:
            raise GatewayUnavailable("a duplicate that cannot be found")
        return found

    def status(self, order_number: str) -> GatewayAnswer | None:
        try:
            return _answer(_ask(lambda: _client().transactions.status(order_number)))
        except GatewayRefused as refusal:
            if refusal.code == NOT_FOUND:
                return None
            raise

    def cancel(self, order_number: str) -> None:
        try:
            _ask(lambda: _client().transactions.cancel(order_number))
        except GatewayRefused as refusal:
            if refusal.code not in (NOT_FOUND, CANNOT_CHANGE):
                raise

    def refund(self, order_number: str, *, amount: int, reason: str) -> None:
        wish = {"refund_key": f"{order_number}-refund", "amount": amount, "reason": reason}
        _ask(lambda: _client().transactions.refund(order_number, wish))


def _client(headers: dict[str, str] | None = None) -> Any:
    client = CoreApi(is_production=settings.MIDTRANS_IS_PRODUCTION)
    client.api_config = _Config(
        settings.MIDTRANS_IS_PRODUCTION, settings.MIDTRANS_SERVER_KEY, custom_headers=headers or {}
    )
    client.http_client.http_client = _session
    return client


def _ask(call: Callable[[], Reply]) -> Reply:
    """The client's exceptions as ours: unavailable when the outcome is unknown, refused when it is a no."""
    try:
        return call()
    except MidtransAPIError as problem:
        reply = problem.api_response_dict or {}
        code = str(reply.get("status_code", problem.http_status_code))
        if code.startswith("5") or code == "429" or problem.http_status_code >= 500:
            raise GatewayUnavailable(code) from problem
        raise GatewayRefused(code, str(reply.get("status_message", ""))[:200]) from problem
    except (requests.RequestException, JSONDecodeError, ValueError) as problem:
        raise GatewayUnavailable(str(problem)[:200]) from problem


def _charge_request(wish: ChargeWish) -> Reply:
    return {
        "transaction_details": {"order_id": wish.order_number, "gross_amount": wish.amount},
        "custom_expiry": {
            "order_time": wish.ordered_at.astimezone(JAKARTA).strftime("%Y-%m-%d %H:%M:%S %z"),
            "expiry_duration": wish.lives_seconds,
            "unit": "second",
        },
        **_method_request(wish.method),
    }


def _method_request(method: str) -> Reply:
    if method == "qris":
        return {"payment_type": "qris", "qris": {"acquirer": "gopay"}}
    return {"payment_type": "bank_transfer", "bank_transfer": {"bank": BANKS[method]}}


def _answer(reply: Reply) -> GatewayAnswer:
    try:
        return GatewayAnswer(
            order_number=str(reply["order_id"]),
            status=str(reply["transaction_status"]),
            amount=whole_rupiah(reply["gross_amount"]),
            currency=str(reply.get("currency", "IDR")),
            transaction_id=str(reply.get("transaction_id", "")),
            is_accepted=reply.get("fraud_status", "accept") == "accept",
            qr_string=str(reply.get("qr_string", "")),
            va_number=_va_number(reply),
            expires_at=_moment(reply.get("expiry_time")),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as problem:
        raise GatewayUnavailable("an answer that makes no sense") from problem


def _va_number(reply: Reply) -> str:
    numbers = reply.get("va_numbers") or [{}]
    return str(numbers[0].get("va_number", ""))


def _moment(text: str | None) -> datetime | None:
    return datetime.strptime(text, "%Y-%m-%d %H:%M:%S").replace(tzinfo=JAKARTA) if text else None


def whole_rupiah(text: object) -> int:
    """`"24145.00"` is 24145; an amount with cents or letters is an error, never rounded."""
    try:
        amount = Decimal(str(text))
    except InvalidOperation as problem:
        raise ValueError(text) from problem
    if not amount.is_finite() or amount != amount.to_integral_value() or abs(amount) >= 10**15:
        raise ValueError(text)
    return int(amount)
