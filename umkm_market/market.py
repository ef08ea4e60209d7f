"""`python -m umkm_market.market`: the whole market on this machine, until Ctrl-C.

The shape is production's: an edge in front of pages (WSGI), rooms (sockets), media (live video), a
worker and its clock; here also the payment simulator and, with the demo, a robot stall on air.
"""

from __future__ import annotations

import fcntl
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psycopg

from umkm_market import engines
from umkm_market.after_opening import is_open

BIN = Path(sys.executable).parent
BASE_DIR = engines.BASE_DIR
READY_SECONDS = 60


@dataclass(frozen=True)
class Program:
    """One process that the supervisor keeps alive."""

    name: str
    command: str
    environment: dict[str, str] = field(default_factory=dict)
    stop_seconds: int = 10
    stops_its_own: bool = False  # its children are told by it, not by the supervisor


def main() -> None:
    try:
        _refuse_in_production()
        engines.check_urls()
        with _only_one(), engines.running():
            engines.check_answers()
            _run()
    except engines.EngineProblem as problem:
        sys.exit(str(problem))
    except subprocess.CalledProcessError as problem:
        sys.exit(
            f"The market could not be prepared: {' '.join(map(str, problem.cmd))} failed. Data of a very "
            "early version cannot be taken over: if it is not needed, `make reset` starts anew."
        )
    except KeyboardInterrupt:
        sys.exit(130)


def _refuse_in_production() -> None:
    """Here anyone may press "pay" in the simulator and read everybody's mail."""
    if os.environ.get("MARKET_ENV") == "production":
        raise engines.EngineProblem(
            "This starts the market with a payment simulator and a public mailbox; "
            "docs/production.md says how it runs in production."
        )


def _run() -> None:
    port = _wanted_port()
    environment = _environment(port)
    os.environ.update(environment)
    _prepare()
    config = _write_config(_programs(port))
    supervisor = subprocess.Popen([BIN / "supervisord", "-n", "-s", "-c", config], cwd=BASE_DIR)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    # A shell starts background jobs with the interrupt ignored; it ends the market all the same.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        if _wait_until_ready(port, supervisor):
            _greet(port)
        code = supervisor.wait()
        if code:
            raise engines.EngineProblem(f"The supervisor ended with {code}; see {_log_dir()}.")
    finally:
        _stop(supervisor)


def _wanted_port() -> int:
    text = os.environ.get("PORT", "8000")
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise engines.EngineProblem(f"PORT={text} is no port; use a number from 1 to 65535.")
    port = int(text)
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as problem:
            raise engines.EngineProblem(
                f"Port {port} cannot be used ({problem.strerror}); choose another with PORT=8123."
            ) from problem
    return port


def _environment(port: int) -> dict[str, str]:
    """What every process of the market finds in its environment."""
    pages, pages_too, rooms, media, simulator, couriers = (
        f"127.0.0.1:{engines.free_port()}" for _ in range(6)
    )
    var = engines.var_dir()
    site = os.environ.get("SITE_URL", f"http://127.0.0.1:{port}")
    environment = {
        "DJANGO_SETTINGS_MODULE": "umkm_market.settings",
        "PYTHONUNBUFFERED": "1",
        "VAR": str(var),
        "SITE_URL": site,
        "HASHED_STATIC": "1",
        "DEMO": os.environ.get("DEMO", "1"),
        "STATIC_ROOT": os.environ.get("STATIC_ROOT") or str(var / "static"),
        "MEDIA_ROOT": str(var / "media"),
        "LIVE_ROOT": str(var / "live"),
        "EDGE_SENDS_FILES": "1" if _caddy() else "0",
        "SITE_ADDRESS": f"http://:{port}",
        "BIND": "127.0.0.1",
        "AUTO_HTTPS": "off",
        "PAGES": f"{pages} {pages_too}",
        "ROOMS": rooms,
        "MEDIA": media,
        "SIMULATOR": simulator,
        "COURIERS": couriers,
        "MEDIA_INTERNAL_URL": f"http://{media}",
        "XDG_DATA_HOME": str(var / "run"),
        "XDG_CONFIG_HOME": str(var / "run"),
    }
    if not os.environ.get("MIDTRANS_BASE_URL"):
        environment |= {
            "MIDTRANS_BASE_URL": f"http://{simulator}",
            "MIDTRANS_REPORT_URL": f"http://{simulator}/reports/transactions.csv?day={{day}}",
            "SIMULATOR_URL": f"{site}/simulator",
            "SIMULATOR_NOTIFY_URL": f"http://127.0.0.1:{port}/hooks/midtrans/",
        }
    if not os.environ.get("BITESHIP_API_KEY"):
        environment |= {
            "BITESHIP_API_KEY": "biteship_sim.local",
            "BITESHIP_BASE_URL": f"http://{couriers}",
            "BITESHIP_HOOK_SECRET": secrets.token_hex(16),
            "COURIER_NOTIFY_URL": f"http://127.0.0.1:{port}/hooks/biteship/",
        }
    return environment


def _prepare() -> None:
    """Hashed static files, tables, regions, and the demo market when it is wanted and not there.

    What is as it was the last time is not looked at again: each look starts a Django of its own.
    """
    if _static_changed():
        _manage("collectstatic", "--noinput", "--clear", "-v", "0")
        _static_mark().write_text(_static_state())
    mark = engines.var_dir() / "run" / "prepared"
    if mark.exists() and mark.read_text() == _data_state():
        return
    _manage("migrate", "--noinput", "-v", "0")
    _manage("load_regions", "--if-empty")
    if os.environ["DEMO"] == "1":
        _manage("demo")
    mark.parent.mkdir(exist_ok=True)
    mark.write_text(_data_state())


def _manage(*arguments: str) -> None:
    subprocess.run([sys.executable, BASE_DIR / "manage.py", *arguments], check=True, cwd=BASE_DIR)


def _static_mark() -> Path:
    return Path(os.environ["STATIC_ROOT"]) / ".made-from"


def _static_changed() -> bool:
    mark = _static_mark()
    return not mark.exists() or mark.read_text() != _static_state()


def _static_state() -> str:
    """Changes when any of our static files or any package does."""
    files = [path for path in (BASE_DIR / "static").rglob("*") if path.is_file()]
    newest = max((path.stat().st_mtime_ns for path in files), default=0)
    return f"{len(files)} {newest} {_packages_state()}"


def _packages_state() -> int:
    return (BASE_DIR / "requirements" / "base.txt").stat().st_mtime_ns


def _data_state() -> str:
    """Changes with the migrations the database went through, those there are, and the wish for a demo."""
    with psycopg.connect(os.environ["DATABASE_URL"]) as connection:
        found = connection.execute("SELECT to_regclass('django_migrations')").fetchone()
        if not found or found[0] is None:
            return "empty"
        applied = connection.execute("SELECT count(*), max(applied)::text FROM django_migrations").fetchone()
    ours = sorted(path.relative_to(BASE_DIR) for path in BASE_DIR.glob("[!.]*/migrations/0*.py"))
    return f"{applied} {' '.join(map(str, ours))} {_packages_state()} {os.environ['DEMO']}"


def _programs(port: int) -> list[Program]:
    python, manage = sys.executable, BASE_DIR / "manage.py"
    later = f"{python} -m umkm_market.after_opening {port}"
    rooms = os.environ["ROOMS"].rpartition(":")[2]
    media = os.environ["MEDIA"].rpartition(":")[2]
    simulator = os.environ["SIMULATOR"].rpartition(":")[2]
    pooled = {"DATABASE_POOL": "1"}
    celery = f"{python} -m celery -A umkm_market"
    programs = [
        *_pages(),
        Program(
            "rooms",
            f"{python} -m umkm_market.rooms -b 127.0.0.1 -p {rooms} -v 0 --websocket-max-message-size 65536 "
            "--websocket-max-frame-size 65536 umkm_market.asgi:application",
            pooled,
        ),
        Program(
            "media",
            f"{python} -m umkm_market.media_keeper 127.0.0.1 {media}",
        ),
        Program(
            "worker",
            f"{later} {celery} worker --concurrency 2 --without-gossip --without-mingle -l WARNING",
            stop_seconds=20,
        ),
        Program("beat", f"{later} {celery} beat -s {engines.var_dir()}/run/beat --pidfile= -l WARNING"),
    ]
    if os.environ.get("SIMULATOR_URL"):
        programs.append(
            Program(
                "simulator",
                f"{later} {BIN}/granian --interface wsgi --host 127.0.0.1 --port {simulator} --workers 1 "
                "--blocking-threads 8 --log-level warning payments.simulator.wsgi:application",
            )
        )
    if os.environ.get("COURIER_NOTIFY_URL"):
        couriers = os.environ["COURIERS"].rpartition(":")[2]
        programs.append(
            Program(
                "couriers",
                f"{later} {BIN}/granian --interface wsgi --host 127.0.0.1 --port {couriers} --workers 1 "
                "--blocking-threads 4 --log-level warning shipping.simulator.wsgi:application",
            )
        )
    if os.environ["DEMO"] == "1":
        programs.append(Program("robot", f"{later} {python} {manage} robot", pooled))
    return [_edge(programs, port), *programs]


def _pages() -> Iterator[Program]:
    """Two servers, so that one can be replaced while the other answers."""
    for number, address in enumerate(os.environ["PAGES"].split(), start=1):
        port = address.rpartition(":")[2]
        command = f"{sys.executable} -m umkm_market.pages 127.0.0.1 {port} 1"
        yield Program(f"pages-{number}", command, stops_its_own=True, stop_seconds=30)


def _edge(programs: list[Program], port: int) -> Program:
    caddy = _caddy()
    if caddy:
        return Program("edge", f"{caddy} run --config {BASE_DIR}/deploy/Caddyfile --adapter caddyfile")
    print("There is no Caddy for this platform: Daphne serves everything on one port, more slowly.")
    programs[:] = [
        program for program in programs if program.name.split("-")[0] not in {"pages", "rooms", "media"}
    ]
    return Program(
        "edge",
        f"{sys.executable} -m umkm_market.rooms -b 127.0.0.1 -p {port} -v 0 umkm_market.one_asgi:application",
        {"DATABASE_POOL": "1", "SERVES_MEDIA": "1"},
    )


def _caddy() -> str | None:
    return shutil.which("caddy", path=f"{BIN}:{os.environ.get('PATH', '')}")


def _write_config(programs: list[Program]) -> Path:
    run = engines.var_dir() / "run"
    run.mkdir(exist_ok=True)
    _log_dir().mkdir(exist_ok=True)
    user = "user=root\n" if os.geteuid() == 0 else ""
    sections = [
        f"[supervisord]\n{user}logfile={_log_dir()}/supervisor.log\nloglevel=warn\n"
        f"pidfile={run}/supervisor.pid\nchildlogdir={_log_dir()}\n",
        *(_section(program) for program in programs),
    ]
    path = run / "supervisor.conf"
    path.write_text("\n".join(sections))
    return path


def _section(program: Program) -> str:
    environment = ",".join(f'{name}="{value}"' for name, value in program.environment.items())
    return (
        f"[program:{program.name}]\n"
        f"command={program.command.replace('%', '%%')}\n"
        f"directory={BASE_DIR}\n"
        f"environment={environment}\n"
        f"autorestart=true\nstartsecs=1\nstartretries=1000\n"
        f"stopasgroup={str(not program.stops_its_own).lower()}\nkillasgroup=true\n"
        f"stopwaitsecs={program.stop_seconds}\n"
        f"redirect_stderr=true\nstdout_logfile={_log_dir()}/{program.name}.log\n"
        "stdout_logfile_maxbytes=5MB\nstdout_logfile_backups=1\n"
    )


def _log_dir() -> Path:
    return engines.var_dir() / "log"


def _wait_until_ready(port: int, supervisor: subprocess.Popen[bytes]) -> bool:
    end = time.monotonic() + READY_SECONDS
    while time.monotonic() < end and supervisor.poll() is None:
        if is_open(port):
            return True
        time.sleep(0.1)
    print(f"The market does not answer yet; its logs are in {_log_dir()}.", flush=True)
    return False


def _greet(port: int) -> None:
    lines = ["", f"  Pasar Malam sudah buka:  http://127.0.0.1:{port}/", ""]
    if os.environ["DEMO"] == "1":
        lines += [
            "  Akun contoh (kata sandi semua: pasarmalam):",
            "    pembeli   pembeli@contoh.test",
            "    penjual   penjual@contoh.test",
            "    afiliasi  afiliasi@contoh.test",
            "    petugas   petugas@contoh.test",
            f"  Surat yang dikirim pasar terbaca di http://127.0.0.1:{port}/_surat/",
            "",
        ]
    lines += [f"  Catatan proses: {_log_dir()}   Berhenti: Ctrl-C", ""]
    print("\n".join(lines), flush=True)


def _stop(supervisor: subprocess.Popen[bytes]) -> None:
    """Have the supervisor end all of its children, and wait for it."""
    if supervisor.poll() is None:
        supervisor.terminate()
    try:
        supervisor.wait(40)
    except (subprocess.TimeoutExpired, KeyboardInterrupt):
        supervisor.kill()


@contextmanager
def _only_one() -> Iterator[None]:
    """One market for each data folder; the lock is also held by the supervisor's own children."""
    path = engines.var_dir() / "market.lock"
    with path.open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as problem:
            lock.seek(0)
            raise engines.EngineProblem(
                f"A market is already open in {path.parent} (process {lock.read().strip()}); "
                "stop it first, or choose another folder with VAR=folder."
            ) from problem
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        yield


if __name__ == "__main__":
    main()
