"""When the patient should come again (programme: recall, контроль)."""

from dataclasses import dataclass
from datetime import date, timedelta

from loyalty.dates import months_later


@dataclass(frozen=True, slots=True)
class Interval:
    """A time until the next visit, as staff say it: so many months, or so many days."""

    months: int = 0
    days: int = 0

    def after(self, day: date) -> date:
        return months_later(day, self.months) + timedelta(days=self.days)
