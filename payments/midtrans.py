"""Midtrans through its official client: charges, cards by redirect, status, cancel, refund, report."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import requests
from django.conf import settings
from midtransclient import CoreApi, Snap
from midtransclient.config import ApiConfig
from midtransclient.error_midtrans import JSONDecodeError, MidtransAPIError

from payments.gateway import (
    CURRENCY,
    TAKEN_BACK,
    ChargeWish,
    GatewayAnswer,
    GatewayRefused,
    GatewayUnavailable,
    ReportLine,
)

CONNECT_SECONDS, ANSWER_SECONDS = 3.05, 8
JAKARTA = ZoneInfo("Asia/Jakarta")
BANKS = {"va_bca": "bca", "va_bni": "bni", "va_bri": "bri", "va_permata": "permata"}
# Where a payment may send the buyer: the gateway's pages, or the wallet's app on the phone.
OPENS = frozenset({"https", "gojek", "shopeeid", "shopeepay"})
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

    def get_snap_base_url(self) -> str:
        if settings.MIDTRANS_BASE_URL:
            return f"{settings.MIDTRANS_BASE_URL}/snap/v1"
        return str(super().get_snap_base_url())


_session = _PatientSession()


class MidtransGateway:
    """Speaks `payments.gateway.Gateway`."""

    def charge(self, wish: ChargeWish) -> GatewayAnswer:
        if wish.method == "card":
            return self._open_page(wish)
        try:
            return _answer(_ask(lambda: _client(CoreApi, _headers(wish)).charge(_charge_request(wish))))
        except GatewayRefused as refusal:
            if refusal.code != DUPLICATE:
                raise
        found = self.status(wish.reference)  # it was charged before, and the answer was lost
        if found is None:
            raise GatewayUnavailable("a duplicate that cannot be found")
        return found

    def _open_page(self, wish: ChargeWish) -> GatewayAnswer:
        """Midtrans' own page for cards: their numbers never come here. Nothing is charged before it."""
        reply = _ask(lambda: _client(Snap, _headers(wish)).create_transaction(_page_request(wish)))
        return GatewayAnswer.waiting(wish, pay_url=_safe_link(str(reply.get("redirect_url", ""))))

    def status(self, reference: str) -> GatewayAnswer | None:
        try:
            return _answer(_ask(lambda: _client(CoreApi).transactions.status(reference)))
        except GatewayRefused as refusal:
            if refusal.code == NOT_FOUND:
                return None
            raise

    def cancel(self, reference: str) -> None:
        try:
            _ask(lambda: _client(CoreApi).transactions.cancel(reference))
        except GatewayRefused as refusal:
            if refusal.code not in (NOT_FOUND, CANNOT_CHANGE):
                raise

    def refund(self, reference: str, *, amount: int, key: str, reason: str) -> None:
        """A no to what was done before, its answer lost, is a yes: else a bank would pay it once more."""
        wish = {"refund_key": key, "amount": amount, "reason": reason}
        try:
            _ask(lambda: _client(CoreApi).transactions.refund(reference, wish))
        except GatewayRefused:
            found = self.status(reference)
            if found is None or key not in found.refunds:
                raise

    def report(self, day: date) -> Sequence[ReportLine] | None:
        """From the address of the dashboard's export, where one is set up."""
        if not settings.MIDTRANS_REPORT_URL:
            return None
        url = settings.MIDTRANS_REPORT_URL.format(day=day.isoformat())
        try:
            reply = _session.get(url, auth=(settings.MIDTRANS_SERVER_KEY, ""))
            reply.raise_for_status()
        except requests.RequestException as problem:
            raise GatewayUnavailable(str(problem)[:200]) from problem
        return read_report(reply.text)


def read_report(text: str) -> list[ReportLine]:
    """The lines of a transaction export (CSV), by the names of its columns.

    The dashboard's manual names "Order ID", "Transaction status" and "Amount" among those to be ticked; none
    of how much went back.
    Raises GatewayUnavailable when it is none.
    """
    text = text.removeprefix("\ufeff")
    head = text.partition("\n")[0]
    rows = csv.DictReader(io.StringIO(text), delimiter=";" if head.count(";") > head.count(",") else ",")
    try:
        return [_report_line(row) for row in rows]
    except (KeyError, ValueError, AttributeError, csv.Error) as problem:
        raise GatewayUnavailable("a report that makes no sense") from problem


def _report_line(row: dict[str, str]) -> ReportLine:
    named = {name.strip().casefold().replace(" ", "_"): value for name, value in row.items()}
    status = named["transaction_status"].strip().casefold().replace(" ", "_")
    amount = whole_rupiah(named["amount"].strip())
    return ReportLine(
        reference=named["order_id"].strip(),
        status=status,
        amount=amount,
        returned=_returned(named.get("refund_amount") or "", status, amount),
    )


def _returned(said: str, status: str, amount: int) -> int | None:
    if said.strip():
        return whole_rupiah(said.strip())
    if status in ("refund", "chargeback"):
        return amount
    return None if status in TAKEN_BACK else 0


def _headers(wish: ChargeWish) -> dict[str, str]:
    return {"X-Override-Notification": wish.notice_url, "Idempotency-Key": wish.reference}


def _client(kind: type[Any], headers: dict[str, str] | None = None) -> Any:
    client = kind(is_production=settings.MIDTRANS_IS_PRODUCTION)
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
        raise GatewayRefused(code, _words(reply)) from problem
    except (requests.RequestException, JSONDecodeError, ValueError) as problem:
        raise GatewayUnavailable(str(problem)[:200]) from problem


def _words(reply: Reply) -> str:
    """Core API says one sentence, Snap a list."""
    told = reply.get("status_message") or " ".join(map(str, reply.get("error_messages") or []))
    return str(told)[:180]


def _charge_request(wish: ChargeWish) -> Reply:
    return {
        "transaction_details": {"order_id": wish.reference, "gross_amount": wish.amount},
        "custom_expiry": {
            "order_time": _local(wish.ordered_at),
            "expiry_duration": wish.lives_seconds,
            "unit": "second",
        },
        **_method_request(wish),
    }


def _method_request(wish: ChargeWish) -> Reply:
    if wish.method == "qris":
        return {"payment_type": "qris", "qris": {"acquirer": "gopay"}}
    if wish.method == "gopay":
        return {
            "payment_type": "gopay",
            "gopay": {"enable_callback": True, "callback_url": wish.return_url},
        }
    if wish.method == "shopeepay":
        return {"payment_type": "shopeepay", "shopeepay": {"callback_url": wish.return_url}}
    return {"payment_type": "bank_transfer", "bank_transfer": {"bank": BANKS[wish.method]}}


def _page_request(wish: ChargeWish) -> Reply:
    """Snap counts in minutes."""
    return {
        "transaction_details": {"order_id": wish.reference, "gross_amount": wish.amount},
        "enabled_payments": ["credit_card"],
        "credit_card": {"secure": True},
        "callbacks": {"finish": wish.return_url},
        "expiry": {
            "start_time": _local(wish.ordered_at),
            "unit": "minute",
            "duration": max(1, wish.lives_seconds // 60),
        },
    }


def _local(moment: datetime) -> str:
    return moment.astimezone(JAKARTA).strftime("%Y-%m-%d %H:%M:%S %z")


def _answer(reply: Reply) -> GatewayAnswer:
    try:
        return GatewayAnswer(
            reference=str(reply["order_id"]),
            status=str(reply["transaction_status"]),
            amount=whole_rupiah(reply["gross_amount"]),
            currency=str(reply.get("currency", CURRENCY)),
            transaction_id=str(reply.get("transaction_id", "")),
            is_accepted=reply.get("fraud_status", "accept") == "accept",
            qr_string=str(reply.get("qr_string", "")),
            va_number=_va_number(reply),
            pay_url=_deep_link(reply),
            expires_at=_moment(reply.get("expiry_time")),
            returned=whole_rupiah(reply.get("refund_amount") or 0),
            refunds=_refunds(reply),
        )
    except (KeyError, TypeError, ValueError, AttributeError, IndexError) as problem:
        raise GatewayUnavailable("an answer that makes no sense") from problem


def _va_number(reply: Reply) -> str:
    numbers = reply.get("va_numbers") or [{}]
    return str(reply.get("permata_va_number") or numbers[0].get("va_number", ""))


def _deep_link(reply: Reply) -> str:
    """The action that opens the wallet's app."""
    links = [str(each["url"]) for each in reply.get("actions") or [] if each["name"] == "deeplink-redirect"]
    return _safe_link(links[0]) if links else ""


def _safe_link(url: str) -> str:
    """A link we may offer, or nothing: what a gateway sends is still from outside."""
    scheme = urlsplit(url).scheme
    is_ours = bool(settings.SIMULATOR_URL) and scheme == "http"
    return url[:500] if scheme in OPENS or is_ours else ""


def _refunds(reply: Reply) -> dict[str, int]:
    return {
        str(each["refund_key"]): whole_rupiah(each["refund_amount"]) for each in reply.get("refunds") or []
    }


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
