"""A network namespace whose only way out loses packets: real losses, repeated by the kernel's own TCP.

Needs root, `ip`, `tc` and `iptables`. The rate is the kernel's (tbf), the outages are iptables' (DROP). Delay
and losses are ours, packet by packet between two tunnel devices, because many kernels come without netem.
"""

from __future__ import annotations

import asyncio
import fcntl
import os
import random
import struct
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

INSIDE, OUTSIDE = "10.99.0.2", "10.99.0.1"
_SPACE = "pasar-way"
_TUNSETIFF = 0x400454CA
_IFF_TUN, _IFF_NO_PI = 0x0001, 0x1000
_PACKET = 65_536


@dataclass(frozen=True)
class Way:
    """What a packet meets on its way out of the namespace, and on its way back."""

    rate_kbps: int = 400  # on the way out
    loss: float = 0.08  # in both directions
    round_trip_s: float = 0.15


class LossyWay:
    """Opened by `lossy_way`."""

    def __init__(self, way: Way) -> None:
        self.way = way
        self.counted = {"sent": 0, "lost": 0}

    def inside(self, *command: str) -> list[str]:
        """The command as it is run behind the way."""
        return ["ip", "netns", "exec", _SPACE, *command]

    def drop(self) -> None:
        for chain in ("INPUT", "OUTPUT"):
            _run(
                *self.inside(
                    "iptables", "-A", chain, "!", "-i" if chain == "INPUT" else "-o", "lo", "-j", "DROP"
                )
            )

    def mend(self) -> None:
        _run(*self.inside("iptables", "-F"))

    def carry(self, source: int, target: int, loop: asyncio.AbstractEventLoop) -> None:
        """Passes one packet on, later or never."""
        packet = os.read(source, _PACKET)
        self.counted["sent"] += 1
        if random.random() < self.way.loss:
            self.counted["lost"] += 1
        else:
            loop.call_later(self.way.round_trip_s / 2, _put, target, packet)


@contextmanager
def lossy_way(way: Way) -> Iterator[LossyWay]:
    """The namespace and its way, for as long as the block runs."""
    _run("ip", "netns", "add", _SPACE)
    near = far = -1
    try:
        near, far = _tunnel("pasar-out"), _tunnel("pasar-in")
        _set_up(way)
        lossy = LossyWay(way)
        with _carrying(lossy, near, far):
            yield lossy
    finally:
        _run("ip", "netns", "del", _SPACE)
        for end in (near, far):
            with suppress(OSError):
                os.close(end)


def _set_up(way: Way) -> None:
    _run("ip", "link", "set", "pasar-in", "netns", _SPACE)
    _run("ip", "addr", "add", f"{OUTSIDE}/24", "dev", "pasar-out")
    _run("ip", "link", "set", "pasar-out", "up")
    _run("ip", "-n", _SPACE, "addr", "add", f"{INSIDE}/24", "dev", "pasar-in")
    for device in ("lo", "pasar-in"):
        _run("ip", "-n", _SPACE, "link", "set", device, "up")
    _run("ip", "-n", _SPACE, "route", "add", "default", "via", OUTSIDE)
    shape = ["tbf", "rate", f"{way.rate_kbps}kbit", "burst", "4kb", "latency", "400ms"]
    _run("tc", "-n", _SPACE, "qdisc", "add", "dev", "pasar-in", "root", *shape)


@contextmanager
def _carrying(lossy: LossyWay, near: int, far: int) -> Iterator[None]:
    loop = asyncio.new_event_loop()
    loop.add_reader(near, lossy.carry, near, far, loop)
    loop.add_reader(far, lossy.carry, far, near, loop)
    thread = threading.Thread(target=loop.run_forever, name="lossy-way")
    thread.start()
    try:
        yield
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join(5)
        loop.close()


def _put(target: int, packet: bytes) -> None:
    with suppress(OSError):  # a full queue is one more loss
        os.write(target, packet)


def _tunnel(name: str) -> int:
    end = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
    fcntl.ioctl(end, _TUNSETIFF, struct.pack("16sH22x", name.encode(), _IFF_TUN | _IFF_NO_PI))
    return end


def _run(*command: str) -> None:
    subprocess.run(command, check=True)
