"""The mails of a market that runs on one machine."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.demo.letters import write_mail


@pytest.fixture(autouse=True)
def own_mail(settings, tmp_path):
    settings.MAIL_DIR = tmp_path / "mail"


def test_an_empty_mailbox_says_so(client, db):
    assert "Belum ada surat." in client.get(reverse("demo:mailbox")).content.decode()


def test_the_newest_mail_stands_first(client, db):
    write_mail(subject="Pertama", text="a")
    write_mail(subject="Kedua", text="b")

    page = client.get(reverse("demo:mailbox")).content.decode()

    assert page.index("Kedua") < page.index("Pertama")


def test_a_mail_is_text_whose_links_can_be_followed(client, db):
    link = "http://127.0.0.1:8000/akun/confirm-email/MQ:1abc:x-y_z/"
    name = write_mail(subject="Pastikan <b>", text=f"Halo <script>alert(1)</script>\n\n{link}\n")

    page = client.get(reverse("demo:mail", args=[name])).content.decode()

    assert f'<a href="{link}"' in page
    assert "<script>alert" not in page
    assert "Pastikan &lt;b&gt;" in page


@pytest.mark.parametrize("name", ["tidak-ada", "..", "20260101-000000-1-7"])
def test_a_mail_that_is_not_there(client, db, name):
    write_mail(subject="Halo", text="a")

    assert client.get(f"/_surat/{name}/").status_code == 404


def test_there_is_none_in_production(client, db, settings):
    name = write_mail(subject="Halo", text="rahasia")
    settings.PRODUCTION = True

    assert client.get(reverse("demo:mailbox")).status_code == 404
    assert client.get(reverse("demo:mail", args=[name])).status_code == 404
