"""The robot stall keeper: goes on air, holds things up, and is bought from."""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import Callable
from typing import ParamSpec, TypeVar

from asgiref.sync import sync_to_async
from django.db import close_old_connections

from demo.robot import promo, stall
from demo.robot.broadcast import broadcast
from demo.robot.scene import Scene
from livestream.engine import EmbeddedEngine
from livestream.media.client import Refused
from livestream.models import LiveSession

P = ParamSpec("P")
T = TypeVar("T")

logger = logging.getLogger(__name__)

PIN_SECONDS, TEND_SECONDS = 40, 30
PROMO_SECONDS = (10, 25)
CHAT_SECONDS, BUY_SECONDS = (3, 11), (25, 80)


async def keep_on_air(media_url: str) -> None:
    """One show after another, for ever. `media_url` is the media process, ws://host:port."""
    while True:
        session = await _in_database(stall.session_to_air)
        try:
            await _one_show(session, media_url)
        except Refused as refusal:
            logger.info("the robot's show %s is over: %s", session.code, refusal)
            await _in_database(stall.end, session.code)
        await asyncio.sleep(2)


async def _one_show(session: LiveSession, media_url: str) -> None:
    scene = Scene(seed=4, stall="LAPAK ROBOT (CONTOH)")
    target = EmbeddedEngine().publish_target(session, session.host)

    async def token() -> str:
        return EmbeddedEngine().publish_target(session, session.host).token

    life = asyncio.create_task(_live(session.code, scene))
    try:
        await broadcast(f"{media_url}{target.url}", token, scene)
    finally:
        life.cancel()
        await asyncio.gather(life, return_exceptions=True)


async def _live(code: str, scene: Scene) -> None:
    """What happens in the stall while its camera runs."""
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(_show_goods(code, scene))
        tasks.create_task(_now_and_then(CHAT_SECONDS, stall.chat, code))
        tasks.create_task(_now_and_then(BUY_SECONDS, stall.buy, code))
        tasks.create_task(_now_and_then(PROMO_SECONDS, promo.promote, code))
        tasks.create_task(_now_and_then((TEND_SECONDS, TEND_SECONDS), stall.tend))


async def _show_goods(code: str, scene: Scene) -> None:
    while True:
        goods = await _in_database(stall.pin_next, code)
        if goods is not None:
            scene.show(goods)
        await asyncio.sleep(PIN_SECONDS if goods else 1)


async def _now_and_then(pause: tuple[float, float], act: Callable[..., None], *arguments: str) -> None:
    """Act at random moments; what fails once is tried again later."""
    while True:
        await asyncio.sleep(random.uniform(*pause))
        try:
            await _in_database(act, *arguments)
        except Exception:
            logger.exception("the robot could not %s", act.__name__)


async def _in_database(act: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    def run() -> T:
        close_old_connections()
        return act(*args, **kwargs)

    return await sync_to_async(run, thread_sensitive=False)()
