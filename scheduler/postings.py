"""On the 1st what has gathered for whoever recommends is posted, one patient after the other."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

import structlog

from loyalty import reward_posting
from loyalty.ports import Clinic

log = structlog.get_logger()

AGAIN = timedelta(hours=1)  # till who failed is tried once more


class Postings:
    """Remembers only which month all were asked in, and for whom it failed: after a restart all are
    asked once more, and who has a posting is not due.
    """

    def __init__(self, clinic: Clinic) -> None:
        self._clinic = clinic
        self._month: date | None = None
        self._failed: Sequence[int] = ()
        self._tried: datetime | None = None

    async def round(self) -> int:
        """Post what is due once the month has turned, and an hour later for whom it failed; returns
        how many postings that was.
        """
        month, now = await self._clinic.ask(lambda tx: (reward_posting.this_month(tx), tx.now))
        if month != self._month:
            made = await self._for_all()
            self._month, self._tried = month, now
        elif self._failed and self._tried and abs(now - self._tried) >= AGAIN:
            made, self._failed = await self._for(self._failed)
            self._tried = now
        else:
            return 0
        if made:
            log.info("rewards.posted", postings=made)
        return made

    async def _for_all(self) -> int:
        made, failed, due = 0, list[int](), await self._clinic.ask(reward_posting.due)
        while due.after is not None:
            more, left = await self._for(due.patients)
            made, failed = made + more, [*failed, *left]
            due = await self._clinic.ask(reward_posting.due, due.after)
        self._failed = failed
        return made

    async def _for(self, patients: Sequence[int]) -> tuple[int, Sequence[int]]:
        """How many got theirs, and who is to be tried again: nobody waits for another."""
        made, failed = 0, []
        for patient in patients:
            try:
                posted = await self._clinic.change(reward_posting.post_for, patient)
                made += posted is not None
            except Exception:
                log.exception("rewards.not_posted", patient_id=patient)
                failed.append(patient)
        return made, failed
