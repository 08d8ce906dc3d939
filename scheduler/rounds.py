"""What is done again and again. The jobs live in memory: the database alone remembers."""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Sequence
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Protocol
from zoneinfo import ZoneInfo

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from loyalty import expiry, privacy, undelivered
from loyalty.appointments import reminding
from loyalty.cases import overdue
from loyalty.desk import tidying
from loyalty.ports import Clinic
from loyalty.tasks import posting
from scheduler.codes import CodeScreens
from scheduler.delivery import Postman
from scheduler.postings import Postings

log = structlog.get_logger()

LETTERS = 1  # seconds between looks into the outbox
CODES = 2  # seconds between looks at the codes that patients show
LOOKS = 1  # seconds between looks at the clinic's clock
CHORES = timedelta(minutes=1)  # of that clock, between looks at what is rarely due
NIGHT = time(4)  # there, when what takes long is done


class Clock(Protocol):
    def now(self) -> datetime: ...


class Rounds(AsyncIOScheduler):  # type: ignore[misc]  # APScheduler ships no types
    """APScheduler that lets a running job end before it stops: a letter may be on its way."""

    def __init__(self) -> None:
        super().__init__(
            timezone="UTC",
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
        )
        self._running: set[asyncio.Future[object]] = set()

    def every(self, seconds: int, job: Callable[[], Awaitable[object]]) -> None:
        async def watched() -> None:
            running = asyncio.ensure_future(job())
            self._running.add(running)
            running.add_done_callback(self._running.discard)
            await running

        self.add_job(watched, "interval", seconds=seconds)

    async def finish(self, within: float) -> None:
        """Start nothing more, wait for what runs (`within` seconds), stop."""
        self.pause()
        if self._running:
            await asyncio.wait(self._running, timeout=within)
            await asyncio.sleep(0)  # their jobs hear of it before they could be cancelled
        self.shutdown(wait=False)


def rounds(
    clinic: Clinic,
    postman: Postman,
    code_screens: CodeScreens,
    tidy: Callable[[], Awaitable[object]],
    clock: Clock,
    owners: Collection[int],
) -> Rounds:
    """The scheduler with its jobs, not started. `tidy` clears away what the bot has done with;
    `owners` are Telegram's numbers of those who hear of cases.
    """

    postings = Postings(clinic)

    async def erase_withdrawn() -> None:
        for account in await clinic.ask(privacy.overdue_withdrawals):
            if await clinic.change(privacy.erase_withdrawn, account):
                log.info("account.erased", account_id=account)

    async def remind() -> None:
        while await clinic.change(reminding.round_):
            pass

    async def end_points() -> None:
        while await clinic.change(expiry.sweep):
            pass

    chores = (
        partial(clinic.change, overdue.plan, owners),
        partial(clinic.change, undelivered.tell_staff),
        partial(clinic.change, posting.plan, owners),
        erase_withdrawn,
        remind,
        end_points,
        partial(clinic.change, tidying.tidy),
        tidy,
        postings.round,
    )
    scheduler = Rounds()
    scheduler.every(LETTERS, postman.round)
    scheduler.every(CODES, code_screens.round)
    scheduler.every(LOOKS, by_clock(clock, CHORES, partial(each_by_itself, chores)))
    return scheduler


async def each_by_itself(chores: Sequence[Callable[[], Awaitable[object]]]) -> None:
    """One that fails is tried again with the next round and keeps no other from being done."""
    for chore in chores:
        try:
            await chore()
        except Exception:
            log.exception("chore.failed")


def by_clock(
    clock: Clock, interval: timedelta, job: Callable[[], Awaitable[object]]
) -> Callable[[], Awaitable[object]]:
    """The job, done when so much time has passed on the clinic's own clock since the last time.

    So a clock that jumps, as the sandbox's does, is followed at the next look.
    """
    last = clock.now()

    async def look() -> None:
        nonlocal last
        now = clock.now()
        if abs(now - last) >= interval:
            last = now
            await job()

    return look


def by_night(
    clock: Clock, zone: ZoneInfo, job: Callable[[], Awaitable[object]]
) -> Callable[[], Awaitable[object]]:
    """The job, done once a day when the night's hour has come; first in the night after the start.

    A clock that jumps over several nights has it done once.
    """

    def night() -> date:
        here = clock.now().astimezone(zone)
        return here.date() if here.time() >= NIGHT else here.date() - timedelta(days=1)

    last = night()

    async def look() -> None:
        nonlocal last
        if (tonight := night()) != last:
            last = tonight
            await job()

    return look
