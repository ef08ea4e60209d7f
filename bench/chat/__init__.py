"""Chat on one core: ours against the chat that everybody writes.

All run in the same minutes on the same PostgreSQL and Valkey, each alone on one core; the crowd has the
other. Ours is the real room: tickets, limits, hygiene, and every message in PostgreSQL before it is heard.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import uvloop

from bench.chat import node_ws, servers
from bench.chat.contestants import Contestant, Guest, invite, our_room, stock_room
from bench.chat.kill import Losses, kill_one
from bench.chat.visit import Findings, Plan, Visit
from bench.checkout import scratch_database
from bench.pages_server import database_url
from bench.report import Figures, figure
from umkm_market.engines import free_port

STEP, QUICK_STEP = 2.5, 1.2
STOCK_CROWDS = (20, 40, 80, 120)


def run(options: Mapping[str, Any]) -> Figures:
    seconds = QUICK_STEP if options.get("quick") else STEP
    with scratch_database() as name:
        guests = invite()
        lab = _Lab(database_url(name), guests)
        stock = lab.stock(Plan(seconds, (1, 2, 3, 4, 6, 8), crowds=STOCK_CROWDS, asks_idle=True))
        daphne = lab.daphne(Plan(seconds, (100, 200, 400, 800, 1_200), (1_000, 1_500, 2_000), asks_idle=True))
        fast = Plan(seconds, (400, 800, 1_200, 1_600, 2_000, 2_400), (2_000, 5_000, 7_500, 10_000))
        uvicorn = lab.uvicorn(fast)
        stuck = lab.uvicorn(Plan(seconds, has_stuck_readers=True))
        unbatched = lab.unbatched(Plan(seconds, (10, 20, 30, 45, 60, 80)))
        node = lab.node(Plan(seconds, (20, 40, 60, 80, 100, 125)))
        losses = kill_one(database_url(name), guests[0][0])
    compared = _against_stock(stock, daphne, uvicorn, unbatched)
    return compared | _alone(uvicorn, stuck, node) | _after_a_kill(losses)


def _against_stock(stock: Findings, daphne: Findings, uvicorn: Findings, unbatched: Findings) -> Figures:
    # A machine on which the stock chat fails its smallest crowd credits it with that crowd.
    viewers = stock.viewers or STOCK_CROWDS[0]
    return {
        "stock_daphne_deliveries": figure(stock.deliveries, "1/s"),
        "daphne_deliveries": figure(daphne.deliveries, "1/s", stock.deliveries),
        "uvicorn_deliveries": figure(uvicorn.deliveries, "1/s", stock.deliveries),
        "unbatched_deliveries": figure(unbatched.deliveries, "1/s", stock.deliveries),
        "viewers_per_core_daphne": figure(daphne.viewers, "viewers", viewers),
        "viewers_per_core_uvicorn": figure(uvicorn.viewers, "viewers", viewers),
        "idle_p50": figure(daphne.idle_ms, "ms", stock.idle_ms),
        "kib_per_socket": figure(uvicorn.kib_per_socket, "KiB", stock.kib_per_socket),
        "sockets_per_second": figure(uvicorn.opened_per_second, "1/s", stock.opened_per_second),
    }


def _alone(uvicorn: Findings, stuck: Findings, node: Findings | None) -> Figures:
    return {
        "uvicorn_vs_node_ws": figure(uvicorn.deliveries, "1/s", node.deliveries if node else None),
        "room_p99": figure(uvicorn.lively_p99_ms, "ms"),
        "slow_readers_growth_mb": figure(stuck.stuck_growth_mb, "MB"),
    }


def _after_a_kill(losses: Losses) -> Figures:
    """The baseline are viewers who do not say where they were."""
    return {
        "missing": figure(losses.missing, "messages", losses.missing_without_resume),
        "doubled": figure(losses.doubled, "messages"),
        "back_p99": figure(losses.back_p99_s, "s"),
    }


class _Lab:
    """Starts each server for one visit."""

    def __init__(self, database: str, guests: Sequence[Guest]) -> None:
        self._database = database
        self._guests = guests

    def stock(self, plan: Plan) -> Findings:
        port = free_port()
        return self._visit(stock_room(), servers.daphne(servers.STOCK, port), port, plan)

    def daphne(self, plan: Plan) -> Findings:
        port = free_port()
        return self._visit(our_room(self._guests), servers.daphne(servers.OURS, port), port, plan)

    def uvicorn(self, plan: Plan) -> Findings:
        port = free_port()
        return self._visit(our_room(self._guests), servers.uvicorn(servers.OURS, port), port, plan)

    def unbatched(self, plan: Plan) -> Findings:
        port = free_port()
        return self._visit(our_room(self._guests), servers.uvicorn(servers.UNBATCHED, port), port, plan)

    def node(self, plan: Plan) -> Findings | None:
        port = free_port()
        command = node_ws.command(port)
        return self._visit(stock_room(), command, port, plan) if command else None

    def _visit(self, room: Contestant, command: Sequence[str], port: int, plan: Plan) -> Findings:
        with servers.serving(command, port, self._database) as server:
            return uvloop.run(Visit(room, server, plan).run())
