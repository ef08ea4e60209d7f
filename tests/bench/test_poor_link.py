import contextlib
import socket
import socketserver
import threading
import time

import pytest

from bench.poor_link import Weather, poor_link


class Echo(socketserver.BaseRequestHandler):
    """Answers everything with itself."""

    def handle(self):
        with contextlib.suppress(OSError):
            while piece := self.request.recv(65536):
                self.request.sendall(piece)


@pytest.fixture
def echo_port():
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Echo) as server:
        threading.Thread(target=server.serve_forever).start()
        yield server.server_address[1]
        server.shutdown()


def ask(port, size, *, timeout=5.0):
    """Seconds until all of it is back."""
    began_at = time.monotonic()
    with socket.create_connection(("127.0.0.1", port), timeout=timeout) as visitor:
        visitor.sendall(bytes(size))
        missing = size
        while missing:
            missing -= len(visitor.recv(65536))
    return time.monotonic() - began_at


def test_everything_is_late(echo_port):
    with poor_link(echo_port, Weather(delay_s=0.1)) as link:
        assert 0.2 <= ask(link.port, 10) < 0.5


def test_a_narrow_way_takes_its_time(echo_port):
    with poor_link(echo_port, Weather(up_kbps=800)) as link:
        assert 0.45 <= ask(link.port, 50_000) < 1.2


def test_nothing_moves_in_a_stall(echo_port):
    with poor_link(echo_port, Weather(stall_every_s=0.4, stall_s=0.3)) as link:
        waits = []
        end = time.monotonic() + 1.2
        while time.monotonic() < end:
            waits.append(ask(link.port, 10))

    assert max(waits) > 0.2
    assert min(waits) < 0.1


def test_a_cut_link_says_nothing_and_goes_on_afterwards(echo_port):
    with poor_link(echo_port, Weather()) as link:
        link.cut()
        with pytest.raises(TimeoutError):
            ask(link.port, 10, timeout=0.3)

        link.mend()

        assert ask(link.port, 10) < 0.3
