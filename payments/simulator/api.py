"""Midtrans' HTTP API as far as the market uses it: charge, status, cancel, expire, refund."""

from __future__ import annotations

import re
import uuid
from dataclasses import replace
from typing import Any

from payments.simulator import ledger, qris
from payments.simulator.ledger import Book, Conflict, Duplicate, Payment, Unknown
from payments.simulator.notices import Post, signed

Answer = tuple[int, dict[str, Any]]
BANKS = ("bca", "bni", "bri")
ORDER_ID = re.compile(r"[A-Za-z0-9_.~-]{1,50}")
NOTICE_CODES = {
    "pending": "201",
    "settlement": "200",
    "cancel": "200",
    "refund": "200",
    "deny": "202",
    "expire": "202",
}
STATUS_CODES = {**NOTICE_CODES, "expire": "407"}


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

    def status(self, order_id: str) -> Answer:
        self.expire_overdue()
        try:
            payment = self.book.get(order_id)
        except Unknown:
            return _error(404, "Transaction doesn't exist.")
        code = STATUS_CODES[payment.status]
        return 200, signed(_described(payment, code, "Success, transaction is found"), self.server_key)

    def cancel(self, order_id: str) -> Answer:
        return self._move(order_id, "cancel", "Success, transaction is canceled")

    def expire(self, order_id: str) -> Answer:
        return self._move(order_id, "expire", "Success, transaction is expired")

    def refund(self, order_id: str, request: dict[str, Any]) -> Answer:
        """Whole and once; a virtual account cannot be refunded."""
        try:
            payment = self.book.get(order_id)
        except Unknown:
            return _error(404, "Transaction doesn't exist.")
        refund_key = str(request.get("refund_key") or uuid.uuid4())
        if payment.status == "refund" and refund_key in payment.refunds:
            return 200, _described(payment, "200", "Success, refund request is approved")
        if payment.payment_type == "bank_transfer":
            return _error(412, "Payment method is not supported for refund")
        if int(request.get("amount", payment.rupiah)) != payment.rupiah:
            return _error(413, "The amount of the refund is not the amount of the transaction")
        refunds = {refund_key: payment.amount}
        return self._move(order_id, "refund", "Success, refund request is approved", refunds=refunds)

    # ---- what people do in the bank app -----------------------------------------------------------

    def pay(self, order_id: str) -> Answer:
        self.expire_overdue()
        at = ledger.stamp(ledger.now())
        return self._move(order_id, "settlement", "Success, transaction is settled", paid_at=at)

    def deny(self, order_id: str) -> Answer:
        return self._move(order_id, "deny", "Success, transaction is denied")

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
            return _error(404, "Transaction doesn't exist.")
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
        details = request["transaction_details"]
        order_id, amount = str(details["order_id"]), int(details["gross_amount"])
        if not ORDER_ID.fullmatch(order_id):
            raise ValueError("transaction_details.order_id")
        if not 1 <= amount <= 99_999_999_999:
            raise ValueError("transaction_details.gross_amount")
        begun = ledger.now()
        return Payment(
            order_id=order_id,
            transaction_id=ledger.new_transaction_id(),
            amount=f"{amount}.00",
            notice_url=notice_url,
            key=key,
            status="pending",
            made_at=ledger.stamp(begun),
            expires_at=ledger.stamp(ledger.lifetime(request.get("custom_expiry") or {}, begun)),
            **_way_to_pay(request, order_id, amount),
        )


def _way_to_pay(request: dict[str, Any], order_id: str, amount: int) -> dict[str, Any]:
    if request["payment_type"] == "qris":
        qr_string = qris.dynamic_payload(amount=amount, reference=order_id[:25])
        return {"payment_type": "qris", "bank": "", "va_number": "", "qr_string": qr_string}
    bank = request["bank_transfer"]["bank"]
    if request["payment_type"] != "bank_transfer" or bank not in BANKS:
        raise ValueError("payment_type")
    number = ledger.va_number(bank, order_id)
    return {"payment_type": "bank_transfer", "bank": bank, "va_number": number, "qr_string": ""}


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
    }
    if payment.payment_type == "qris":
        body |= {"acquirer": "gopay", "issuer": "simulator"}
    else:
        body["va_numbers"] = [{"bank": payment.bank, "va_number": payment.va_number}]
    if payment.paid_at:
        body["settlement_time"] = payment.paid_at
    if payment.refunds:
        body["refund_amount"] = payment.amount
    return body


def _created(payment: Payment) -> dict[str, Any]:
    if payment.qr_string:
        told = _described(payment, "201", "QRIS transaction is created")
        return {**told, "qr_string": payment.qr_string}
    return _described(payment, "201", "Success, Bank Transfer transaction is created")


def _error(code: int, message: str, *details: str) -> Answer:
    body: dict[str, Any] = {"status_code": str(code), "status_message": message, "id": str(uuid.uuid4())}
    if details:
        body["validation_messages"] = list(details)
    return code, body
