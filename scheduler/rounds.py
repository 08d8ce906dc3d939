"""What is done again and again. The jobs live in memory: the database alone remembers."""

from collections.abc import Awaitable, Callable

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from loyalty import privacy
from loyalty.ports import Clinic
from scheduler.delivery import Postman

log = structlog.get_logger()

LETTERS = 1  # seconds between looks into the outbox
CHORES = 60  # seconds between looks at what is rarely due


def rounds(
    clinic: Clinic, postman: Postman, tidy: Callable[[], Awaitable[object]]
) -> AsyncIOScheduler:
    """The scheduler with its jobs, not started. `tidy` clears away what the bot has done with."""

    async def erase_withdrawn() -> None:
        for account in await clinic.ask(privacy.overdue_withdrawals):
            if await clinic.change(privacy.erase_withdrawn, account):
                log.info("account.erased", account_id=account)

    scheduler = AsyncIOScheduler(
        timezone="UTC",
        job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
    )
    scheduler.add_job(postman.round, "interval", seconds=LETTERS)
    scheduler.add_job(erase_withdrawn, "interval", seconds=CHORES)
    scheduler.add_job(tidy, "interval", seconds=CHORES)
    return scheduler
