"""Production starts with everything it needs, and with none of the toys."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from urllib.request import Request

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from pytest_django.fixtures import Settings

from payments.simulator import wsgi
from umkm_market import market

ROOT = Path(__file__).resolve().parents[2]
NEEDED = {
    "SITE_URL": "https://pasar.example",
    "SECRET_KEY": "x" * 50,
    "DATABASE_URL": "postgres://nobody@127.0.0.1/none",
    "REDIS_URL": "redis://127.0.0.1/0",
    "EMAIL_URL": "smtp://nobody:secret@127.0.0.1:587",
    "MIDTRANS_SERVER_KEY": "Mid-server-x",
    "MIDTRANS_IS_PRODUCTION": "1",
}
COMPOSE = (ROOT / "docker-compose.yml").read_text()
SHOW = (
    "from umkm_market import settings as s; "
    "print(s.PRODUCTION, s.DEBUG, s.DEMO, repr(s.SIMULATOR_URL), s.SESSION_COOKIE_NAME, "
    "s.MIDTRANS_IS_PRODUCTION)"
)


def start(folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    known = {"PATH": os.environ["PATH"], "VAR": str(folder), "MARKET_ENV": "production"}
    return subprocess.run(
        [sys.executable, "-c", SHOW], cwd=ROOT, env=known | environment, capture_output=True, text=True
    )


def test_starts_without_toys_whatever_else_is_asked_for(tmp_path: Path) -> None:
    asked = {"DEBUG": "1", "DEMO": "1", "SIMULATOR_URL": "https://pasar.example/simulator"}

    assert start(tmp_path, **NEEDED, **asked).stdout.split() == [
        "True",
        "False",
        "False",
        "''",
        "__Host-sid",
        "True",
    ]


@pytest.mark.parametrize("name", sorted(NEEDED))
def test_names_what_it_misses_and_does_not_start(tmp_path: Path, name: str) -> None:
    ended = start(tmp_path, **{key: value for key, value in NEEDED.items() if key != name})

    assert ended.returncode == 1
    assert name in ended.stderr


@pytest.mark.parametrize("name", ["prod", "Production", "production "])
def test_a_slip_of_the_pen_does_not_open_a_local_market(tmp_path: Path, name: str) -> None:
    ended = start(tmp_path, **NEEDED | {"MARKET_ENV": name})

    assert ended.returncode == 1
    assert "neither local nor production" in ended.stderr


def test_the_one_command_market_refuses_production(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MARKET_ENV", "production")

    with pytest.raises(SystemExit, match="simulator"):
        market.main()


def test_the_simulator_refuses_production(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MARKET_ENV", "production")

    with pytest.raises(SystemExit, match="does not run"):
        wsgi.make_application()


def test_a_container_is_asked_for_by_a_name_it_answers_to(
    monkeypatch: pytest.MonkeyPatch, settings: Settings, client: Client
) -> None:
    [question] = re.findall(r"&livez\n *test: \[CMD, python, -c, \"(.*)\"\]", COMPOSE)
    settings.ALLOWED_HOSTS = ["pasar.example"]
    monkeypatch.setenv("SITE_URL", NEEDED["SITE_URL"])
    asked: list[Request] = []
    monkeypatch.setattr("urllib.request.urlopen", asked.append)

    exec(question)  # noqa: S102

    answer = client.get(asked[0].selector, headers={"host": str(asked[0].get_header("Host"))})
    assert answer.status_code == 200


@pytest.mark.parametrize("command", ["demo", "robot"])
def test_the_demo_refuses_production(command: str, settings: Settings) -> None:
    settings.PRODUCTION = True

    with pytest.raises(CommandError, match="not in production"):
        call_command(command)
