"""Letters about an account are short, in the reader's language, and from the market."""

from __future__ import annotations

import re

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.cache import cache
from django.test import Client

pytestmark = pytest.mark.django_db
SIGNUP = {"name": "Sri Rahayu", "email": "sri@contoh.test", "password1": "rahasia-sekali-42"}


def test_whoever_signs_up_is_asked_to_confirm(client: Client) -> None:
    client.post("/akun/signup/", SIGNUP)

    letter = mail.outbox[0]
    assert letter.subject == "Pasar Malam · Pastikan alamat emailmu"
    assert re.search(r"https?://\S+/akun/confirm-email/\S+/", str(letter.body))
    assert letter.body.rstrip().splitlines()[-2] == "Salam dari Pasar Malam"


def test_whoever_has_an_account_already_is_told_so(client: Client) -> None:
    client.post("/akun/signup/", SIGNUP)
    EmailAddress.objects.update(verified=True)
    cache.clear()  # one letter per address and three minutes

    Client().post("/akun/signup/", SIGNUP)

    assert mail.outbox[-1].subject == "Pasar Malam · Kamu sudah punya akun"


def test_a_forgotten_password_gets_a_link(client: Client) -> None:
    client.post("/akun/signup/", SIGNUP)

    client.post("/akun/password/reset/", {"email": "sri@contoh.test"})

    assert mail.outbox[-1].subject == "Pasar Malam · Buat kata sandi baru"
    assert re.search(r"https?://\S+/akun/password/reset/key/\S+/", str(mail.outbox[-1].body))


def test_an_unknown_address_learns_that_it_is_unknown(client: Client) -> None:
    client.post("/akun/password/reset/", {"email": "tamu&co@contoh.test"})

    assert mail.outbox[-1].subject == "Pasar Malam · Belum ada akun dengan alamat ini"
    assert "tamu&co@contoh.test" in mail.outbox[-1].body


def test_too_many_attempts_meet_the_market_too(client: Client) -> None:
    answers = [client.post("/akun/password/reset/", {"email": f"tamu{n}@contoh.test"}) for n in range(30)]

    refused = [answer for answer in answers if answer.status_code == 429]
    assert "Terlalu banyak percobaan" in refused[0].content.decode()
