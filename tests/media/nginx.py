"""A real nginx with its RTMP module, configured by the file that production uses."""

from __future__ import annotations

import contextlib
import os
import re
import socket
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from scripts import install_engine
from tests.media.house import wait_until
from umkm_market.engines import BASE_DIR, free_port

SECRET = "rahasia-antara-mesin"


@dataclass(frozen=True)
class Nginx:
    """Where it listens and where it writes."""

    folder: Path
    rtmp: int
    hls: int
    control: int
    media: int  # the port at which it asks the media process

    def segments(self, code: str) -> list[Path]:
        return sorted((self.folder / "hls").glob(f"{code}-*.ts"), key=lambda path: path.stat().st_mtime)


def program() -> tuple[str, Path]:
    install_engine.install()
    found = install_engine.find()
    if found is None:
        pytest.skip(
            "there is no nginx with its RTMP module here, and it can only be installed by root with apt"
        )
    return found


@contextlib.contextmanager
def running(folder: Path) -> Iterator[Nginx]:
    executable, module = program()
    engine = Nginx(folder, *(free_port() for _ in range(4)))
    config = _configure(engine, module)
    log = (folder / "nginx.log").open("w")
    process = subprocess.Popen([executable, "-c", config, "-e", "stderr"], stderr=log)
    try:
        wait_until(lambda: _answers(engine.rtmp))
        yield engine
    finally:
        process.terminate()
        process.wait(10)
        log.close()


def _configure(engine: Nginx, module: Path) -> Path:
    values = {
        "RTMP_MODULE": module,
        "PID_FILE": engine.folder / "nginx.pid",
        "RTMP_LISTEN": f"127.0.0.1:{engine.rtmp}",
        "HLS_LISTEN": f"127.0.0.1:{engine.hls}",
        "CONTROL_LISTEN": f"127.0.0.1:{engine.control}",
        "MEDIA": f"127.0.0.1:{engine.media}",
        "LIVE_HOOK_SECRET": SECRET,
        "HLS_PATH": _writable(engine.folder / "hls"),
        "RECORD": "all",
        "RECORD_PATH": _writable(engine.folder / "recordings"),
    }
    template = (BASE_DIR / "deploy" / "nginx-rtmp.conf").read_text()
    text = re.sub(r"\$\{(\w+)\}", lambda found: str(values[found[1]]), template)
    user = "user root;\n" if os.geteuid() == 0 else ""  # as in a container, where nothing else runs
    path = engine.folder / "nginx.conf"
    path.write_text(user + text)
    return path


def _writable(folder: Path) -> Path:
    folder.mkdir()
    return folder


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
