"""The pages' process is replaced behind the real edge while people read and buy."""

from __future__ import annotations

import contextlib
import http.client
import os
import shlex
import subprocess
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from umkm_market import engines, market

RETRY = "lb_try_duration 5s"
UPSTREAMS = ("PAGES", "ROOMS", "MEDIA", "SIMULATOR")


class Edge:
    """The real Caddy with our configuration; behind it, pages that only say who they are."""

    def __init__(self, folder: Path, config: str) -> None:
        self.port = engines.free_port()
        self._environment = {**os.environ, **market._environment(self.port)}
        (folder / "Caddyfile").write_text(config)
        # The server and its options are the market's own, only the application is small.
        os.environ.update({name: self._environment[name] for name in UPSTREAMS})
        programs = {program.name: program.command for program in market._programs(self.port)}
        self._pages = shlex.split(programs["pages"].replace("umkm_market.wsgi", "tests.setup.small_pages"))
        self._caddy = shlex.split(programs["edge"].replace(f"{market.BASE_DIR}/deploy", str(folder)))

    @contextlib.contextmanager
    def open(self) -> Iterator[None]:
        self.pages, edge = self._start(self._pages), self._start(self._caddy)
        try:
            wait_until(lambda: self.ask("GET") == 200)
            yield
        finally:
            for process in (edge, self.pages):
                process.terminate()  # a killed Granian would leave its workers behind
                process.wait(10)

    def _start(self, command: list[str]) -> subprocess.Popen[bytes]:
        return subprocess.Popen(command, cwd=market.BASE_DIR, env=self._environment)

    def replace_pages(self) -> None:
        """As the supervisor does it: told to stop, waited for, started anew."""
        self.pages.terminate()
        self.pages.wait(10)
        self.pages = self._start(self._pages)

    def is_replaced(self) -> bool:
        return self.answer("GET") == (200, str(self.pages.pid).encode())

    def ask(self, method: str) -> int:
        status, _ = self.answer(method)
        return status

    def answer(self, method: str) -> tuple[int, bytes]:
        wire = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        with contextlib.closing(wire):
            try:
                wire.request(method, "/beli/1/", body=b"x" * 200 if method == "POST" else None)
                answer = wire.getresponse()
                return answer.status, answer.read()
            except OSError:
                return 0, b""


def wait_until(is_so: Callable[[], bool]) -> None:
    until = time.monotonic() + 15
    while not is_so():
        assert time.monotonic() < until
        time.sleep(0.05)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("VAR", str(tmp_path))
    monkeypatch.setenv("DEMO", "0")
    for name in UPSTREAMS:
        monkeypatch.setenv(name, "")
    return tmp_path


@pytest.mark.parametrize("tries_again", [True, False])
def test_nobody_notices_that_pages_are_replaced(folder: Path, tries_again: bool) -> None:
    config = (market.BASE_DIR / "deploy" / "Caddyfile").read_text()
    assert RETRY in config
    edge = Edge(folder, config if tries_again else config.replace(RETRY, ""))
    answers: Counter[tuple[str, int]] = Counter()
    is_over = threading.Event()

    def visit(method: str) -> None:
        while not is_over.is_set():
            answers[method, edge.ask(method)] += 1

    with edge.open():
        visitors = [threading.Thread(target=visit, args=(method,)) for method in ["GET", "POST"] * 2]
        for visitor in visitors:
            visitor.start()
        for _ in range(2):
            edge.replace_pages()
            wait_until(edge.is_replaced)
        is_over.set()
        for visitor in visitors:
            visitor.join()

    failed = {asked: times for asked, times in answers.items() if asked[1] != 200}
    assert not failed if tries_again else failed
    assert {("GET", 200), ("POST", 200)} <= set(answers)
