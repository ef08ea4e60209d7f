"""What waits is sent at least once; a post office or a browser that is away is asked again."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from unittest.mock import patch

import http_ece
import pytest
import time_machine
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.core import mail
from django.utils import timezone

from inbox.models import Delivery, Kind, PushSubscription
from inbox.operations import Message, deliver_due, tell
from inbox.operations.delivery import LEASE, MOST_TRIES
from tests.factories import make_user

pytestmark = pytest.mark.django_db
SEND = "django.core.mail.backends.locmem.EmailBackend.send_messages"


def told(user=None):
    user = user or make_user()
    return tell(user, kind=Kind.ORDER, key="a", compose=lambda: Message("Dikirim", "Lewat JNE", "/pesanan/"))


def by(channel):
    return Delivery.objects.get(channel=channel)


def test_a_mail_goes_out_once():
    told()

    assert [deliver_due(), deliver_due()] == [2, 0]
    assert len(mail.outbox) == 1
    assert by("mail").state == "sent"


def test_what_the_post_office_refused_is_tried_again_later():
    told()
    with patch(SEND, side_effect=ConnectionRefusedError):
        deliver_due()
    assert deliver_due() == 0

    with time_machine.travel(timezone.now() + timedelta(minutes=1)):
        assert deliver_due() == 1
    assert (len(mail.outbox), by("mail").tries) == (1, 2)


def test_what_is_refused_again_and_again_is_given_up():
    told()
    with patch(SEND, side_effect=ConnectionRefusedError):
        for _ in range(MOST_TRIES + 2):
            Delivery.objects.update(due_at=timezone.now())
            deliver_due()

    assert (by("mail").state, by("mail").tries) == ("given_up", MOST_TRIES)


def test_a_worker_that_dies_while_it_sends_leaves_it_to_others():
    told()
    with patch(SEND, side_effect=KeyboardInterrupt), pytest.raises(KeyboardInterrupt):
        deliver_due()

    assert mail.outbox == []
    with time_machine.travel(timezone.now() + LEASE + timedelta(seconds=1)):
        deliver_due()
    assert len(mail.outbox) == 1


# ---- web push --------------------------------------------------------------------------------------


class Browser:
    """A browser with its keys, and the push service of its maker."""

    def __init__(self) -> None:
        self.answers: list[int] = []
        self.received: list[tuple[dict[str, str], bytes]] = []
        self.private = ec.generate_private_key(ec.SECP256R1())
        self.auth = b"0123456789abcdef"
        self.server = HTTPServer(("127.0.0.1", 0), self._handler())
        Thread(target=self.server.serve_forever, daemon=True).start()

    def subscribe(self, user) -> PushSubscription:
        raw = self.private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        return PushSubscription.objects.create(
            user=user,
            endpoint=f"http://127.0.0.1:{self.server.server_port}/kirim",
            p256dh=base64.urlsafe_b64encode(raw).rstrip(b"=").decode(),
            auth=base64.urlsafe_b64encode(self.auth).rstrip(b"=").decode(),
        )

    def read(self, place: int = 0) -> dict[str, str]:
        """Decrypted as a browser does it."""
        _, body = self.received[place]
        return json.loads(http_ece.decrypt(body, private_key=self.private, auth_secret=self.auth))

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        browser = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                browser.received.append(({k.lower(): v for k, v in self.headers.items()}, body))
                status = browser.answers.pop(0) if browser.answers else 201
                self.send_response(status)
                if status == 302:
                    self.send_header("Location", "http://127.0.0.1:1/dalam")
                self.end_headers()

            def log_message(self, *_: object) -> None:
                """Quiet."""

        return Handler


@pytest.fixture
def browser() -> Iterator[Browser]:
    browser = Browser()
    yield browser
    browser.server.shutdown()
    browser.server.server_close()


def test_a_browser_can_read_what_is_pushed_and_sees_who_signed_it(browser):
    siti = make_user()
    browser.subscribe(siti)
    notice = told(siti)

    deliver_due()

    headers, _ = browser.received[0]
    assert browser.read() == {
        "title": "Dikirim",
        "text": "Lewat JNE",
        "path": "/pesanan/",
        "tag": f"notice-{notice.pk}",
    }
    assert headers["authorization"].startswith("vapid t=")
    assert int(headers["ttl"]) > 0


@pytest.mark.parametrize("status", [404, 410])
def test_a_browser_that_is_gone_is_forgotten(browser, status):
    siti = make_user()
    browser.subscribe(siti)
    browser.answers = [status]
    told(siti)

    deliver_due()

    assert not PushSubscription.objects.exists()
    assert by("push").state == "sent"


@pytest.mark.parametrize("status", [302, 429, 500])
def test_a_push_service_in_trouble_is_asked_again_and_never_followed(browser, status):
    siti = make_user()
    browser.subscribe(siti)
    browser.answers = [status]
    told(siti)

    deliver_due()
    assert by("push").state == "waiting"
    Delivery.objects.update(due_at=timezone.now())
    deliver_due()

    assert by("push").state == "sent"
    assert browser.read(0)["tag"] == browser.read(1)["tag"]  # shown once
