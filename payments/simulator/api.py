"""Midtrans' HTTP API as far as the market uses it: charge, card page, status, cancel, refund, report."""

from __future__ import annotations

import csv
import io
import re
import uuid
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from payments.simulator import ledger, qris
from payments.simulator.ledger import Book, Conflict, Duplicate, Payment, Unknown
from payments.simulator.notices import Post, signed

Answer = tuple[int, dict[str, Any]]
BANKS = ("bca", "bni", "bri", "permata")
WALLETS = ("gopay", "shopeepay")
# Their apps cannot take a QRIS payment back.
CANNOT_RETURN = ("bca", "bni", "bri")
ORDER_ID = re.compile(r"[A-Za-z0-9_.~-]{1,50}")
NOTICE_CODES = {
    "pending": "201",
    "capture": "200",
    "settlement": "200",
    "cancel": "200",
    "refund": "200",
    "partial_refund": "200",
    "chargeback": "200",
    "partial_chargeback": "200",
    "deny": "202",
    "expire": "202",
}
STATUS_CODES = {**NOTICE_CODES, "expire": "407"}
REPORT_COLUMNS = (
    "Order ID",
    "Transaction ID",
    "Payment type",
    "Transaction status",
    "Amount",
    "Refund amount",
    "Transaction time",
    "Settlement time",
)


class Api:
    """Answers are (HTTP status, JSON body)."""

    def __init__(self, book: Book, post: Post, *, server_key: str, notice_url: str = "") -> None:
        self.book, self.post = book, post
        self.server_key, self.notice_url = server_key, notice_url

    def charge(self, request: dict[str, Any], *, key: str = "", notice_url: str = "") -> Answer:
        try:
            payment = self._new_payment(request, notice_url, key)
            self.book.add(payment)
        except (KeyError, TypeError, ValueError) as problem:
            return _error(400, "One or more parameters in the payload is invalid.", str(problem))
        except Duplicate:
            return self._charged_before(payment.order_id, key)
        self._tell(payment)
        return 201, _created(payment)

    def _charged_before(self, order_id: str, key: str) -> Answer:
        """The same idempotency key gets the first answer again."""
        made = self.book.get(order_id)
        if key and key == made.key:
            return 201, _created(replace(made, status="pending", paid_at="", refunds={}))
        return _error(406, "Duplicate order ID. order_id has already been utilized previously")

    def open_page(self, request: dict[str, Any], *, key: str = "", notice_url: str = "") -> Answer:
        """Snap: a page that takes the card; the same order again opens the same page."""
        try:
            payment = self._new_intent(request, notice_url, key)
            self.book.add(payment)
        except (KeyError, TypeError, ValueError) as problem:
            return 400, {"error_messages": [str(problem)]}
        except Duplicate:
            payment = self.book.get(payment.order_id)
            if payment.status != "intent":
                return 400, {"error_messages": ["transaction_details.order_id has already been taken"]}
        return 201, {"token": payment.transaction_id, "redirect_url": _page_url(payment)}

    def status(self, order_id: str) -> Answer:
        self.expire_overdue()
        try:
            payment = self.book.get(order_id)
        except Unknown:
            return _missing()
        if payment.status == "intent":
            return _missing()
        code = STATUS_CODES[payment.status]
        return 200, signed(_described(payment, code, "Success, transaction is found"), self.server_key)

    def cancel(self, order_id: str) -> Answer:
        return self._move(order_id, "cancel", "Success, transaction is canceled")

    def expire(self, order_id: str) -> Answer:
        return self._move(order_id, "expire", "Success, transaction is expired")

    def refund(self, order_id: str, request: dict[str, Any]) -> Answer:
        """All or some of it, once for each key; neither virtual accounts nor some banks' apps can."""
        try:
            payment = self.book.get(order_id)
        except Unknown:
            return _missing()
        key = str(request.get("refund_key") or uuid.uuid4())
        if key in payment.refunds:
            return 200, _refunded(payment, key)
        if payment.payment_type == "bank_transfer" or payment.issuer in CANNOT_RETURN:
            return _error(412, "Payment method is not supported for refund")
        amount = int(request.get("amount", payment.rupiah))
        return self._take_back(order_id, key=key, amount=amount, kind="refund")

    def report(self, day: str) -> str:
        """The dashboard's export: what was paid or taken back on a day, as CSV."""
        sheet = io.StringIO()
        writer = csv.writer(sheet)
        writer.writerow(REPORT_COLUMNS)
        for each in self.book.moved_on(day):
            told = (each.order_id, each.transaction_id, each.payment_type, each.status, each.amount)
            writer.writerow((*told, f"{each.returned}.00", each.made_at, each.paid_at))
        return sheet.getvalue()

    # ---- what people do in the bank app, and the bank by itself -----------------------------------

    def pay(self, order_id: str, *, issuer: str = "simulator") -> Answer:
        """A card is captured first, and settled in the same breath here."""
        self.expire_overdue()
        at = ledger.stamp(ledger.now())
        if self._is_intent(order_id):
            captured = self._move(order_id, "capture", "Success, Credit Card transaction is successful")
            if captured[0] != 200:
                return captured
        paid = self._move(
            order_id, "settlement", "Success, transaction is settled", paid_at=at, issuer=issuer
        )
        if paid[0] == 200:
            self.book.note_day(order_id, at[:10])
        return paid

    def deny(self, order_id: str) -> Answer:
        return self._move(order_id, "deny", "Success, transaction is denied")

    def charge_back(self, order_id: str) -> Answer:
        """The card's bank takes all of it back."""
        try:
            left = self.book.get(order_id)
        except Unknown:
            return _missing()
        return self._take_back(
            order_id, key="chargeback", amount=left.rupiah - left.returned, kind="chargeback"
        )

    def _take_back(self, order_id: str, *, key: str, amount: int, kind: str) -> Answer:
        payment = self.book.get(order_id)
        if not 0 < amount <= payment.rupiah - payment.returned:
            return _error(413, "The amount of the refund is more than what is left of the transaction")
        is_all = payment.returned + amount == payment.rupiah
        refunds = {**payment.refunds, key: amount}
        moved = self._move(order_id, kind if is_all else f"partial_{kind}", "", refunds=refunds)
        if moved[0] != 200:
            return moved
        self.book.note_day(order_id, ledger.stamp(ledger.now())[:10])
        return 200, _refunded(self.book.get(order_id), key)

    def _is_intent(self, order_id: str) -> bool:
        try:
            return self.book.get(order_id).status == "intent"
        except Unknown:
            return False

    # ---- time ------------------------------------------------------------------------------------

    def expire_overdue(self) -> None:
        for order_id in self.book.overdue(ledger.now()):
            try:
                self._tell(self.book.move(order_id, "expire"))
            except (Conflict, Unknown):
                continue

    def _move(self, order_id: str, status: str, message: str, **facts: Any) -> Answer:
        try:
            payment = self.book.move(order_id, status, **facts)
        except Unknown:
            return _missing()
        except Conflict:
            return _error(412, "Transaction status cannot be updated.")
        self._tell(payment)
        return 200, _described(payment, STATUS_CODES[status], message)

    def _tell(self, payment: Payment) -> None:
        url = self.notice_url or payment.notice_url
        if url:
            body = _described(payment, NOTICE_CODES[payment.status], "midtrans payment notification")
            self.post.send(url, signed(body, self.server_key))

    def _new_payment(self, request: dict[str, Any], notice_url: str, key: str) -> Payment:
        order_id, amount = _details(request)
        return Payment(
            order_id=order_id,
            transaction_id=ledger.new_transaction_id(),
            amount=f"{amount}.00",
            notice_url=notice_url,
            key=key,
            status="pending",
            **_time(request.get("custom_expiry") or {}),
            **_way_to_pay(request, order_id, amount),
        )

    def _new_intent(self, request: dict[str, Any], notice_url: str, key: str) -> Payment:
        order_id, amount = _details(request)
        if "credit_card" not in request["enabled_payments"]:
            raise ValueError("enabled_payments")
        expiry = request.get("expiry") or {}
        if expiry:
            expiry = {
                "order_time": expiry["start_time"],
                "unit": expiry["unit"],
                "expiry_duration": expiry["duration"],
            }
        return Payment(
            order_id=order_id,
            transaction_id=ledger.new_transaction_id(),
            amount=f"{amount}.00",
            notice_url=notice_url,
            key=key,
            status="intent",
            payment_type="credit_card",
            bank="",
            va_number="",
            qr_string="",
            return_url=str((request.get("callbacks") or {}).get("finish", "")),
            **_time(expiry),
        )


def _details(request: dict[str, Any]) -> tuple[str, int]:
    details = request["transaction_details"]
    order_id, amount = str(details["order_id"]), int(details["gross_amount"])
    if not ORDER_ID.fullmatch(order_id):
        raise ValueError("transaction_details.order_id")
    if not 1 <= amount <= 99_999_999_999:
        raise ValueError("transaction_details.gross_amount")
    return order_id, amount


def _time(expiry: dict[str, Any]) -> dict[str, Any]:
    begun = ledger.now()
    return {"made_at": ledger.stamp(begun), "expires_at": ledger.stamp(ledger.lifetime(expiry, begun))}


def _way_to_pay(request: dict[str, Any], order_id: str, amount: int) -> dict[str, Any]:
    way = {"payment_type": request["payment_type"], "bank": "", "va_number": "", "qr_string": ""}
    if way["payment_type"] == "qris":
        return {**way, "qr_string": qris.dynamic_payload(amount=amount, reference=order_id[:25])}
    if way["payment_type"] in WALLETS:
        wallet = request.get(way["payment_type"]) or {}
        return {**way, "return_url": str(wallet.get("callback_url", ""))}
    bank = request["bank_transfer"]["bank"]
    if way["payment_type"] != "bank_transfer" or bank not in BANKS:
        raise ValueError("payment_type")
    return {**way, "bank": bank, "va_number": ledger.va_number(bank, order_id)}


def _described(payment: Payment, code: str, message: str) -> dict[str, Any]:
    """A payment as Midtrans' JSON has it. Like there, the code of a QRIS is told once, when it is made."""
    body: dict[str, Any] = {
        "status_code": code,
        "status_message": message,
        "transaction_id": payment.transaction_id,
        "order_id": payment.order_id,
        "merchant_id": "M000000001",
        "gross_amount": payment.amount,
        "currency": "IDR",
        "payment_type": payment.payment_type,
        "transaction_time": payment.made_at,
        "transaction_status": payment.status,
        "fraud_status": "deny" if payment.status == "deny" else "accept",
        "expiry_time": payment.expires_at,
        **_of_its_kind(payment),
    }
    if payment.paid_at:
        body["settlement_time"] = payment.paid_at
    if payment.refunds:
        body["refund_amount"] = f"{payment.returned}.00"
        body["refunds"] = [
            {"refund_chargeback_id": number, "refund_key": key, "refund_amount": f"{amount}.00"}
            for number, (key, amount) in enumerate(payment.refunds.items(), start=1)
        ]
    return body


def _of_its_kind(payment: Payment) -> dict[str, Any]:
    if payment.payment_type == "qris":
        return {"acquirer": "gopay", "issuer": payment.issuer}
    if payment.payment_type == "credit_card":
        return {"bank": "bni", "masked_card": "48111111-1114", "card_type": "credit"}
    if payment.bank == "permata":
        return {"permata_va_number": payment.va_number}
    if payment.bank:
        return {"va_numbers": [{"bank": payment.bank, "va_number": payment.va_number}]}
    return {}


def _refunded(payment: Payment, key: str) -> dict[str, Any]:
    told = _described(payment, "200", "Success, refund request is approved")
    return {**told, "refund_key": key}


def _created(payment: Payment) -> dict[str, Any]:
    if payment.qr_string:
        told = _described(payment, "201", "QRIS transaction is created")
        return {**told, "qr_string": payment.qr_string}
    if payment.payment_type in WALLETS:
        told = _described(payment, "201", "Success, transaction is created")
        link = {"name": "deeplink-redirect", "method": "GET", "url": _page_url(payment)}
        return {**told, "actions": [link]}
    return _described(payment, "201", "Success, Bank Transfer transaction is created")


def _page_url(payment: Payment) -> str:
    """The bank app's page, as the browsers of the market that charges reach it."""
    parts = urlsplit(payment.notice_url or payment.return_url)
    return f"{parts.scheme or 'https'}://{parts.netloc or 'localhost'}/simulator/{payment.order_id}"


def _missing() -> Answer:
    return _error(404, "Transaction doesn't exist.")


def _error(code: int, message: str, *details: str) -> Answer:
    body: dict[str, Any] = {"status_code": str(code), "status_message": message, "id": str(uuid.uuid4())}
    if details:
        body["validation_messages"] = list(details)
    return code, body
