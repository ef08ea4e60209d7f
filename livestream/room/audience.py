"""The people of one room in this process: who is there, who came, who stayed, who left."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from livestream.models import VisitSource
from livestream.operations.audience import Counted, Visitor

SIGN_EVERY = 10.0
ALIVE_FOR = 30.0  # seconds after a sign of life
STEP = 5  # seconds of one sample
STAYED_AFTER = 30.0
BACK_WITHIN = 30.0  # seconds in which who left may come back as if nothing had been
MOST_HEARTS = 60.0  # at once
HEARTS_PER_SECOND = 30.0


@dataclass(slots=True)
class Seat:
    """A person who is logged in, or a stranger's page, however many sockets it has."""

    came_at: float
    source: str = VisitSource.DIRECT
    is_counted: bool = True  # whoever runs the show, and machines, do not watch it
    signed_at: float = 0.0  # the last sign of life
    sockets: int = 0
    is_known: bool = False  # counted as someone who entered
    has_stayed: bool = False
    left_at: float = 0.0
    hearts: float = MOST_HEARTS
    hearts_at: float = 0.0

    def is_alive(self, now: float) -> bool:
        return self.is_counted and now - self.signed_at < ALIVE_FOR

    def spend_hearts(self, wanted: int, now: float) -> int:
        """How many of these may count; a person's sockets share them."""
        self.hearts = min(MOST_HEARTS, self.hearts + (now - self.hearts_at) * HEARTS_PER_SECOND)
        self.hearts_at = now
        given = min(wanted, int(self.hearts))
        self.hearts -= given
        return given


@dataclass(slots=True)
class Tally:
    """What happened in one step."""

    viewers: int = 0
    entered: int = 0
    stayed: int = 0
    gone: int = 0
    likes: int = 0


@dataclass(slots=True)
class Audience:
    """Also keeps what the whole market counted last."""

    session_id: int
    likes: int = 0
    viewers: int = 0
    peak: int = 0
    new_likes: int = 0
    is_on_air: bool = False  # only then anything is sampled
    seats: dict[str, Seat] = field(default_factory=dict)
    tallies: dict[int, Tally] = field(default_factory=dict)
    _away: dict[str, Seat] = field(default_factory=dict)
    _came: set[str] = field(default_factory=set)
    _left: set[str] = field(default_factory=set)
    _signed_at: float = 0.0
    _here: int = 0  # seats of this process that count
    _visitors: list[Visitor] = field(default_factory=list)

    # ---- people ------------------------------------------------------------------------------------

    def came(self, name: str, *, source: str = VisitSource.DIRECT, is_counted: bool = True) -> None:
        """One more socket of this seat. How it was found first is what counts."""
        seat, now = self.seats.get(name), time.time()
        if seat is None:
            seat = self._away.pop(name) if name in self._away else Seat(now, source, is_counted)
            self.seats[name] = seat
            self._left.discard(name)
            self._came.add(name)
            self._here += seat.is_counted
        seat.sockets += 1
        seat.signed_at = now
        self.viewers = max(self.viewers, self._here)

    def left(self, name: str) -> None:
        seat = self.seats[name]
        seat.sockets -= 1
        if not seat.sockets:
            del self.seats[name]
            seat.left_at = time.time()
            self._away[name] = seat
            self._came.discard(name)
            self._left.add(name)
            self._here -= seat.is_counted

    def sign(self, name: str) -> None:
        """A sign of life: the page has said something."""
        self.seats[name].signed_at = time.time()

    def like(self, name: str, wanted: int) -> None:
        self.new_likes += self.seats[name].spend_hearts(wanted, time.time())

    def leave_out(self, concerns: Callable[[str], bool]) -> None:
        """Who is counted has changed; seats that no longer are leave the count at once."""
        for name, seat in self.seats.items():
            is_counted = not concerns(name)
            if seat.is_counted and not is_counted:
                self._left.add(name)
            seat.is_counted = is_counted
        self._here = sum(seat.is_counted for seat in self.seats.values())

    @property
    def is_idle(self) -> bool:
        """Nothing of this room is waiting to be told."""
        return not (self.seats or self._away or self.new_likes)

    # ---- what Valkey is told and asked ---------------------------------------------------------------

    def signs(self, now: float) -> dict[str, float]:
        """When these were last alive: newcomers at once, everyone now and then."""
        names: Iterable[str] = self._came
        if now - self._signed_at >= SIGN_EVERY:
            self._signed_at, names = now, self.seats
        seats = {name: self.seats[name] for name in names}
        self._came = set()
        return {name: seat.signed_at for name, seat in seats.items() if seat.is_alive(now)}

    def sign_in_again(self) -> None:
        """Nobody knows what was written; write everyone down next time."""
        self._signed_at = 0.0

    def farewells(self) -> list[str]:
        left, self._left = self._left, set()
        return list(left)

    def newcomers(self) -> list[str]:
        """Who may have entered for the first time; the market knows."""
        if not self.is_on_air:
            return []
        return [name for name, seat in self.seats.items() if seat.is_counted and not seat.is_known]

    def stayers(self) -> list[str]:
        """Who has given a sign of life half a minute after coming, or later."""
        if not self.is_on_air:
            return []
        return [
            name
            for name, seat in self.seats.items()
            if seat.is_counted and not seat.has_stayed and seat.signed_at - seat.came_at >= STAYED_AFTER
        ]

    def missed(self, now: float) -> list[str]:
        """Who left so long ago that they may be gone; the market knows whether they are elsewhere."""
        return [name for name, seat in self._away.items() if now - seat.left_at >= BACK_WITHIN]

    # ---- what is learnt ------------------------------------------------------------------------------

    def recognise(self, newcomers: Iterable[str], stayers: Iterable[str]) -> None:
        for name in newcomers:
            if seat := self.seats.get(name):
                seat.is_known = True
                self._visitors.append(Visitor(self.session_id, name, seat.source, seat.came_at))
        for name in stayers:
            if seat := self.seats.get(name):
                seat.has_stayed = True

    def forget(self, missed: Mapping[str, bool]) -> None:
        """Of those who left, some are in another process; the others are gone since they left."""
        for name, is_elsewhere in missed.items():
            seat = self._away.pop(name, None)
            if seat and seat.is_known and not is_elsewhere:
                self._tally(seat.left_at).gone += 1

    def counted(self, now: float, *, likes: int, entered: int, stayed: int) -> None:
        if not self.is_on_air:
            return
        tally = self._tally(now)
        tally.viewers = max(tally.viewers, self.viewers)
        tally.likes += likes
        tally.entered += entered
        tally.stayed += stayed

    # ---- samples -------------------------------------------------------------------------------------

    def take_samples(self) -> list[Counted]:
        """What was counted since the last time."""
        tallies, self.tallies = self.tallies, {}
        return [
            Counted(
                session_id=self.session_id,
                at=datetime.fromtimestamp(step * STEP, UTC),
                viewers=tally.viewers,
                entered=tally.entered,
                stayed=tally.stayed,
                gone=tally.gone,
                likes=tally.likes,
            )
            for step, tally in tallies.items()
        ]

    def take_visitors(self) -> list[Visitor]:
        """Who was seen here for the first time since the last time."""
        visitors, self._visitors = self._visitors, []
        return visitors

    def put_back_visitors(self, visitors: Iterable[Visitor]) -> None:
        self._visitors.extend(visitors)

    def put_back(self, samples: Iterable[Counted]) -> None:
        """They could not be written; count them again."""
        for sample in samples:
            tally = self._tally(sample.at.timestamp())
            tally.viewers = max(tally.viewers, sample.viewers)
            tally.entered += sample.entered
            tally.stayed += sample.stayed
            tally.gone += sample.gone
            tally.likes += sample.likes

    def _tally(self, moment: float) -> Tally:
        return self.tallies.setdefault(int(moment) // STEP, Tally())
