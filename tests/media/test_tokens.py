import re

import pytest
import time_machine

from livestream.media.tokens import publish_token, read_publish_token

NOW = 1_800_000_000


@time_machine.travel(NOW, tick=False)
def test_a_fresh_token_names_session_and_person():
    assert read_publish_token(publish_token(code="abc", user_id=7)) == ("abc", 7)


def test_a_token_is_url_safe_and_has_no_colon():
    assert re.fullmatch(r"[\w.-]{20,200}", publish_token(code="abc", user_id=7))


@pytest.mark.parametrize("seconds", [301, -60], ids=["too old", "from the future"])
def test_a_token_out_of_its_time_is_refused(seconds):
    with time_machine.travel(NOW, tick=False):
        token = publish_token(code="abc", user_id=7)

    with time_machine.travel(NOW + seconds, tick=False):
        assert read_publish_token(token) is None


@pytest.mark.parametrize("token", ["", "x", "a.b.c", "a.b", "...", "ä.ö.ü"])
def test_what_is_no_token_is_refused(token):
    assert read_publish_token(token) is None


def test_a_changed_token_is_refused():
    token = publish_token(code="abc", user_id=7)
    payload, moment, signature = token.split(".")
    other, _, _ = publish_token(code="abd", user_id=7).split(".")

    assert read_publish_token(f"{other}.{moment}.{signature}") is None
    assert read_publish_token(f"{payload}.{moment}.{signature[:-1]}x") is None
