"""The pages' servers are replaced one after the other behind the real edge, while people read and buy."""

from __future__ import annotations

import contextlib
import http.client
import os
import shlex
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest

from tests.setup.small_pages import SLOW
from umkm_market import engines, market

ASKS = "health_uri /staying"
TRIES_AGAIN = "lb_try_duration 5s"
UPSTREAMS = ("PAGES", "ROOMS", "MEDIA", "SIMULATOR")
QUIET_S = 0.3  # nothing may be sent to a server for so long before it closes
STOPS_WITHIN_S = 5  # far below the time after which a deaf worker is killed


@dataclass(frozen=True)
class Answer:
    """What somebody got: the status, who said it, and when it had been asked for."""

    method: str
    status: int
    server: int
    asked_at: float


class Edge:
    """The real Caddy with our configuration, before the real servers with a small application in them."""

    def __init__(self, folder: Path, config: str) -> None:
        self.port = engines.free_port()
        self._environment = {**os.environ, **market._environment(self.port)}
        (folder / "Caddyfile").write_text(config)
        os.environ.update({name: self._environment[name] for name in UPSTREAMS})
        programs = {program.name: shlex.split(program.command) for program in market._programs(self.port)}
        small = "tests.setup.small_pages:application"
        self._pages = [[*programs[name], small] for name in ("pages-1", "pages-2")]
        self._caddy = [word.replace(f"{market.BASE_DIR}/deploy", str(folder)) for word in programs["edge"]]
        self.servers: list[subprocess.Popen[bytes]] = []

    @contextlib.contextmanager
    def open(self) -> Iterator[None]:
        self.servers = [self.start_pages(number) for number in (0, 1)]
        edge = self._start(self._caddy)
        try:
            wait_until(lambda: all(self.is_heard(server) for server in self.servers))
            yield
        finally:
            for process in (edge, *self.servers):
                with contextlib.suppress(ProcessLookupError):  # of a group that ended by itself
                    os.killpg(process.pid, signal.SIGKILL)
                process.wait()

    def _start(self, command: list[str]) -> subprocess.Popen[bytes]:
        """A process group of its own: killed, a server would leave its workers behind."""
        return subprocess.Popen(command, cwd=market.BASE_DIR, env=self._environment, start_new_session=True)

    def replace(self, number: int) -> float:
        """As the supervisor does it: told to stop, waited for, started anew. Gives the moment of its end."""
        ended_at = self.stop(number)
        self.servers[number] = self.start_pages(number)
        return ended_at

    def stop(self, number: int) -> float:
        self.servers[number].terminate()
        self.servers[number].wait(15)
        return time.monotonic()

    def start_pages(self, number: int) -> subprocess.Popen[bytes]:
        return self._start(self._pages[number])

    def is_heard(self, server: subprocess.Popen[bytes]) -> bool:
        return self.ask("GET").server == server.pid

    def ask(self, method: str, path: str = "/beli/1/") -> Answer:
        wire = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        status, server, asked_at = 0, b"", time.monotonic()
        with contextlib.closing(wire), contextlib.suppress(OSError):
            wire.request(method, path, body=b"x" * 200 if method == "POST" else None)
            answer = wire.getresponse()
            status, server = answer.status, answer.read()
        return Answer(method, status, int(server) if server.isdigit() else 0, asked_at)


def wait_until(is_so: Callable[[], bool]) -> None:
    until = time.monotonic() + 40
    while not is_so():
        assert time.monotonic() < until
        time.sleep(0.02)


@pytest.fixture
def edge_with(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Edge]:
    monkeypatch.setenv("VAR", str(tmp_path))
    monkeypatch.setenv("DEMO", "0")
    for name in UPSTREAMS:
        monkeypatch.setenv(name, "")
    return lambda config: Edge(tmp_path, config)


@contextlib.contextmanager
def visits(edge: Edge) -> Iterator[list[Answer]]:
    """Two who read and two who buy, without a pause; all that they got."""
    answers: list[Answer] = []
    is_over = threading.Event()

    def visit(method: str) -> None:
        while not is_over.is_set():
            answers.append(edge.ask(method))

    visitors = [threading.Thread(target=visit, args=(method,)) for method in ["GET", "POST"] * 2]
    for visitor in visitors:
        visitor.start()
    try:
        yield answers
    finally:
        is_over.set()
        for visitor in visitors:
            visitor.join()


def config() -> str:
    return (market.BASE_DIR / "deploy" / "Caddyfile").read_text()


def test_nobody_notices_that_pages_are_replaced(edge_with: Callable[[str], Edge]) -> None:
    edge = edge_with(config())
    with edge.open(), visits(edge) as answers:
        slow = [threading.Thread(target=lambda: answers.append(edge.ask("POST", SLOW))) for _ in range(2)]
        for visitor in slow:
            visitor.start()
        ends = {}
        for number in (0, 1):
            leaving = edge.servers[number]
            ends[leaving.pid] = edge.replace(number)
            wait_until(partial(edge.is_heard, edge.servers[number]))
        for visitor in slow:
            visitor.join()

    assert {(answer.method, answer.status) for answer in answers} == {("GET", 200), ("POST", 200)}
    for pid, ended_at in ends.items():
        assert max(answer.asked_at for answer in answers if answer.server == pid) < ended_at - QUIET_S


def test_an_edge_that_neither_asks_nor_tries_again_is_noticed(edge_with: Callable[[str], Edge]) -> None:
    assert ASKS in config()
    edge = edge_with(config().replace(ASKS, "").replace(TRIES_AGAIN, ""))
    with edge.open(), visits(edge) as answers:
        edge.stop(0)

        wait_until(lambda: 502 in {answer.status for answer in answers})


def test_a_server_stops_that_is_told_so_while_it_loads(
    edge_with: Callable[[str], Edge], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    loading = tmp_path / "loading"
    monkeypatch.setenv("SMALL_PAGES_LOADING", str(loading))
    edge = edge_with(config())
    server = edge.start_pages(0)
    wait_until(loading.exists)

    told_at = time.monotonic()
    server.terminate()
    server.wait(15)

    assert time.monotonic() - told_at < STOPS_WITHIN_S
