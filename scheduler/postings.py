"""On the 1st what has gathered for whoever recommends is posted, one patient after the other."""

from datetime import date

import structlog

from loyalty import reward_posting
from loyalty.ports import Clinic

log = structlog.get_logger()


class Postings:
    """Remembers only which month it is done with: after a restart all are asked once more, and
    who has a posting is not due.
    """

    def __init__(self, clinic: Clinic) -> None:
        self._clinic = clinic
        self._done: date | None = None

    async def round(self) -> int:
        """Post what is due once the month has turned; returns how many postings that was."""
        month = await self._clinic.ask(reward_posting.this_month)
        if month == self._done:
            return 0
        made, due = 0, await self._clinic.ask(reward_posting.due)
        while due.after is not None:
            for patient in due.patients:
                made += await self._post(patient)
            due = await self._clinic.ask(reward_posting.due, due.after)
        self._done = month
        if made:
            log.info("rewards.posted", postings=made)
        return made

    async def _post(self, patient: int) -> bool:
        """One that fails keeps nobody else from theirs; the next 1st, or start, tries again."""
        try:
            return await self._clinic.change(reward_posting.post_for, patient) is not None
        except Exception:
            log.exception("rewards.not_posted", patient_id=patient)
            return False
