"""Which pages may open the media sockets."""

import pytest

from livestream.media.socket import is_from_our_pages

HOST, TRUSTED = "127.0.0.1:8000", frozenset({"https://pasar.test"})


@pytest.mark.parametrize("origin", ["https://pasar.test", f"http://{HOST}", f"https://{HOST}"])
def test_our_own(origin: str) -> None:
    assert is_from_our_pages({"host": HOST, "origin": origin}, TRUSTED)


def test_a_program_that_is_no_browser() -> None:
    assert is_from_our_pages({"host": HOST}, TRUSTED)


@pytest.mark.parametrize(
    "origin",
    [
        *["null", "", "https://evil.test", "http://[::1", "http://x:abc", f"ftp://{HOST}", f"//{HOST}"],
        *[f"http://{HOST}@evil.test", f"http://{HOST}/jalan", "https://pasar.test.evil.test"],
    ],
)
def test_nobody_else_and_nothing_breaks(origin: str) -> None:
    assert not is_from_our_pages({"host": HOST, "origin": origin}, TRUSTED)
