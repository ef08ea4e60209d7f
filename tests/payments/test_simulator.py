"""The gateway simulator …"""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
import requests
import segno
import zxingcpp
from PIL import Image

from payments.signatures import is_genuine
from payments.simulator import notices, qris
from payments.simulator.wsgi import POLICY
from tests.payments.conftest import Gateway

STATIC = (
    "00020101021126610015COM.EXAMPLE.PSP011893600000000000000102090000000010303UMI51440014ID.CO.QRIS.WWW"
    "0215ID10000000000010303UMI5204581253033605802ID5913WARUNG CONTOH6006BANTUL61055571163044E2C"
)
DYNAMIC = (
    "00020101021226610015COM.EXAMPLE.PSP011893600000000000000102090000000010303UMI51440014ID.CO.QRIS.WWW"
    "0215ID10000000000010303UMI5204581253033605405250005802ID5913WARUNG CONTOH6006BANTUL61055571162140510"
    "LIVE00004263042B66"
)


def charge(gateway: Gateway, order_id: str = "PM1", **fields: object) -> tuple[int, dict[str, object]]:
    request = {
        "payment_type": "qris",
        "transaction_details": {"order_id": order_id, "gross_amount": 25_000},
        **fields,
    }
    return gateway.api.charge(request, notice_url="")


def test_checksum_is_the_standard_one():
    assert qris.crc16("123456789") == 0x29B1


@pytest.mark.parametrize("code", [STATIC, DYNAMIC])
def test_checksum_agrees_with_known_codes(code: str):
    assert qris.with_checksum(code[:-8]) == code


def test_code_can_be_read_from_a_picture(tmp_path):
    payload = qris.dynamic_payload(amount=25_000, reference="PM7K3F9Q2AXW")
    segno.make(payload, error="m").save(tmp_path / "qr.png", scale=6)

    (found,) = zxingcpp.read_barcodes(Image.open(tmp_path / "qr.png"))

    assert found.text == payload
    assert "5405250005802ID" in payload
    assert "0512PM7K3F9Q2AXW" in payload


def test_wants_the_server_key(gateway: Gateway):
    answer = requests.get(f"{gateway.url}/v2/PM1/status", timeout=5)

    assert answer.status_code == 401


def test_answers_in_midtrans_words(gateway: Gateway):
    code, body = charge(gateway)

    assert code == 201
    assert body["status_code"] == "201"
    assert (body["gross_amount"], body["currency"]) == ("25000.00", "IDR")
    assert (body["transaction_status"], body["payment_type"]) == ("pending", "qris")


def test_charges_an_order_once(gateway: Gateway):
    charge(gateway)

    code, body = charge(gateway)

    assert (code, body["status_code"]) == (406, "406")


@pytest.mark.parametrize(
    "fields",
    [
        {"payment_type": "cheque"},
        {"payment_type": "bank_transfer", "bank_transfer": {"bank": "none"}},
        {"transaction_details": {"order_id": "PM1", "gross_amount": 0}},
        {"transaction_details": {"order_id": "../etc", "gross_amount": 1}},
        {"transaction_details": {}},
    ],
)
def test_refuses_a_charge_that_makes_no_sense(gateway: Gateway, fields: dict[str, Any]):
    assert charge(gateway, **fields)[0] == 400


def test_ends_a_payment_whose_time_is_up(gateway: Gateway):
    over = {"order_time": "2026-01-01 10:00:00 +0700", "expiry_duration": 5, "unit": "minute"}
    charge(gateway, custom_expiry=over)

    _, body = gateway.api.status("PM1")

    assert (body["transaction_status"], body["status_code"]) == ("expire", "407")
    assert gateway.api.pay("PM1")[0] == 412


def test_signs_its_notices(gateway: Gateway):
    charge(gateway)
    gateway.api.pay("PM1")

    _, notice = gateway.api.status("PM1")

    assert is_genuine(notice, gateway.api.server_key)


def test_is_a_bank_app_for_people(gateway: Gateway):
    charge(gateway)

    page = requests.get(f"{gateway.url}/simulator/PM1", timeout=5)

    assert "Rp25.000" in page.text
    assert "Bukan bank sungguhan" in page.text
    assert page.headers["Content-Security-Policy"] == POLICY
    assert "<script" not in page.text
    assert "style=" not in page.text


def test_pays_when_the_button_is_pressed(gateway: Gateway):
    charge(gateway)

    page = press(gateway, "pay")

    assert "Pembayaran berhasil" in page.text
    assert gateway.api.book.get("PM1").status == "settlement"


def test_fails_when_the_other_button_is_pressed(gateway: Gateway):
    charge(gateway)

    press(gateway, "deny")

    assert gateway.api.book.get("PM1").status == "deny"


def test_is_not_pressed_from_another_site(gateway: Gateway):
    charge(gateway)

    page = press(gateway, "pay", {"Sec-Fetch-Site": "cross-site"})

    assert page.status_code == 403
    assert gateway.api.book.get("PM1").status == "pending"


def press(gateway: Gateway, action: str, headers: dict[str, str] | None = None) -> requests.Response:
    url = f"{gateway.url}/simulator/PM1"
    return requests.post(url, data={"action": action}, headers=headers, timeout=5)


class _Market(BaseHTTPRequestHandler):
    """Takes notices, after having refused some."""

    refusals = 1
    taken: list[dict[str, str]] = []

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if type(self).refusals:
            type(self).refusals -= 1
            self.send_response(503)
        else:
            type(self).taken.append(body)
            self.send_response(200)
        self.end_headers()

    def log_message(self, *_args: object) -> None:
        pass


def test_sends_a_notice_again_until_it_is_taken(gateway: Gateway, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(notices, "PAUSES", (0.0, 0.0, 0.0))
    _Market.refusals, _Market.taken = 1, []
    market = HTTPServer(("127.0.0.1", 0), _Market)
    threading.Thread(target=market.serve_forever, args=(0.02,), daemon=True).start()
    gateway.api.post.send(f"http://127.0.0.1:{market.server_port}/", {"order_id": "PM1"})

    first, second = gateway.api.post.deliver_due(), gateway.api.post.deliver_due()

    market.shutdown()
    market.server_close()
    assert (first, second, gateway.api.post.deliver_due()) == (0, 1, 0)
    assert _Market.taken == [{"order_id": "PM1"}]


def test_gives_up_on_a_market_that_is_gone(gateway: Gateway, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(notices, "PAUSES", (0.0, 0.0))
    gateway.api.post.send("http://127.0.0.1:9/", {"order_id": "PM1"})

    tries = [gateway.api.post.deliver_due() for _ in range(3)]

    assert tries == [0, 0, 0]
    assert gateway.api.book.store.zcard(gateway.api.post.queue) == 0
