"""Answers of the market that are believed for a few seconds, so that a crowd asks as little as one viewer."""

import asyncio
import time
from collections.abc import Awaitable, Callable

_BELIEVED_S = 5.0
_MOST_ANSWERS = 1000


class Beliefs:
    """Who asks while an answer is on its way shares it. What went wrong is asked again."""

    def __init__(self, ask: Callable[..., Awaitable[bool]]) -> None:
        self._ask = ask
        self._answers: dict[tuple[str, ...], tuple[float, asyncio.Future[bool]]] = {}

    async def __call__(self, *question: str) -> bool:
        asked_at, answer = self._answers.get(question, (0.0, None))
        if answer is None or time.monotonic() - asked_at > _BELIEVED_S or _went_wrong(answer):
            answer = asyncio.ensure_future(self._ask(*question))
            if len(self._answers) >= _MOST_ANSWERS:
                self._answers.clear()
            self._answers[question] = (time.monotonic(), answer)
        return await asyncio.shield(answer)


def _went_wrong(answer: asyncio.Future[bool]) -> bool:
    return answer.done() and (answer.cancelled() or answer.exception() is not None)
