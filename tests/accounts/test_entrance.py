"""Signing up, logging in and getting back in."""

from __future__ import annotations

import re

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.urls import reverse

from accounts.models import User
from tests.factories import make_user

pytestmark = pytest.mark.django_db

PASSWORD = "rahasia-sekali"
PERSON = {"name": "Ibu Ratna", "email": "ratna@contoh.test", "password1": "tempe-mendoan-9"}


def link_in(mail) -> str:
    return re.search(r"http://testserver(/\S+)", mail.body)[1]


def confirmed(**fields) -> User:
    user = make_user(**fields)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def log_in(client, email: str, password: str = PASSWORD):
    return client.post(reverse("account_login"), {"login": email, "password": password})


def test_a_person_signs_up_confirms_and_logs_in(client, mailoutbox):
    client.post(reverse("account_signup"), PERSON)
    assert not EmailAddress.objects.get().verified
    assert mailoutbox[0].subject == "Pasar Malam · Pastikan alamat emailmu"

    client.post(link_in(mailoutbox[0]))
    assert EmailAddress.objects.get().verified

    client.post(reverse("account_logout"))
    log_in(client, "ratna@contoh.test", "tempe-mendoan-9")
    assert "Ibu Ratna" in client.get(reverse("accounts:home")).content.decode()


def test_who_confirms_where_they_signed_up_is_in_and_where_they_were_going(client, mailoutbox):
    client.post(reverse("account_signup"), {**PERSON, "next": "/live/abc/"})

    answer = client.post(link_in(mailoutbox[0]))

    assert answer.headers["Location"] == "/live/abc/"
    assert client.get(reverse("accounts:home")).status_code == 200


def test_a_confirmation_elsewhere_lets_nobody_in(client, mailoutbox):
    client.post(reverse("account_signup"), PERSON)
    elsewhere = Client()

    elsewhere.post(link_in(mailoutbox[0]))

    assert EmailAddress.objects.get().verified
    assert elsewhere.get(reverse("accounts:home")).status_code == 302


def test_an_unconfirmed_address_does_not_get_in(client, mailoutbox):
    client.post(reverse("account_signup"), PERSON)

    log_in(client, "ratna@contoh.test", "tempe-mendoan-9")

    assert client.get(reverse("accounts:home")).status_code == 302


@pytest.mark.parametrize(
    ("field", "value"),
    [("password1", "pendek"), ("password1", "1234567890"), ("email", "bukan-email"), ("name", "")],
)
def test_a_bad_sign_up_makes_nobody(client, mailoutbox, field, value):
    client.post(reverse("account_signup"), PERSON | {field: value})

    assert not User.objects.exists()
    assert mailoutbox == []


def test_an_address_that_is_known_is_not_given_away(client, mailoutbox):
    confirmed(email="ratna@contoh.test")

    stranger = client.post(reverse("account_signup"), PERSON | {"email": "baru@contoh.test"})
    known = client.post(reverse("account_signup"), PERSON | {"email": "Ratna@contoh.test"})

    assert (stranger.status_code, stranger["Location"]) == (known.status_code, known["Location"])
    assert mailoutbox[-1].subject == "Pasar Malam · Kamu sudah punya akun"
    assert User.objects.filter(email__iexact="ratna@contoh.test").count() == 1


def test_a_forgotten_password_is_made_anew(client, mailoutbox):
    confirmed(email="ratna@contoh.test")
    client.post(reverse("account_reset_password"), {"email": "ratna@contoh.test"})

    form = client.get(link_in(mailoutbox[-1]), follow=True)
    path = form.redirect_chain[-1][0]
    client.post(path, {"password1": "wedang-ronde-7", "password2": "wedang-ronde-7"})

    log_in(client, "ratna@contoh.test", "wedang-ronde-7")
    assert client.get(reverse("accounts:home")).status_code == 200


def test_logging_out_takes_a_button(client):
    client.force_login(confirmed())

    client.get(reverse("account_logout"))
    assert client.get(reverse("accounts:home")).status_code == 200

    client.post(reverse("account_logout"))
    assert client.get(reverse("accounts:home")).status_code == 302


def test_guessing_passwords_comes_to_an_end(client):
    user = confirmed()

    for _ in range(12):
        log_in(client, user.email, "salah-terus")
    log_in(client, user.email)

    assert client.get(reverse("accounts:home")).status_code == 302


def test_signing_up_again_and_again_comes_to_an_end(client, mailoutbox):
    answers = [
        client.post(reverse("account_signup"), PERSON | {"email": f"orang{n}@contoh.test"}) for n in range(25)
    ]

    assert answers[-1].status_code == 429
    assert User.objects.count() < 25


def test_what_waits_behind_the_door_is_found_again(client):
    user = confirmed()

    door = client.get(reverse("accounts:addresses"))
    assert door["Location"] == f"{reverse('account_login')}?next={reverse('accounts:addresses')}"

    inside = client.post(door["Location"], {"login": user.email, "password": "rahasia-sekali"})
    assert inside["Location"] == reverse("accounts:addresses")


def test_the_entrance_speaks_english_too(client):
    assert client.get("/en" + reverse("account_login")).status_code == 200


def test_staff_are_sent_to_the_log_in_that_counts_guesses(client):
    User.objects.create_superuser("staf@contoh.test", "rahasia-sekali", name="Staf")

    guess = {"username": "staf@contoh.test", "password": "rahasia-sekali"}
    answer = client.post(reverse("admin:login"), guess)

    assert answer.status_code == 302
    assert answer.headers["Location"].startswith(reverse("account_login"))
    assert "_auth_user_id" not in client.session
