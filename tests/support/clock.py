"""Time as an argument."""

from datetime import UTC, datetime, timedelta


class TestClock:
    """A clock that stands still until it is moved."""

    __test__ = False

    def __init__(self, moment: datetime = datetime(2026, 11, 21, 9, tzinfo=UTC)) -> None:
        self.moment = moment

    def now(self) -> datetime:
        return self.moment

    def pass_(self, **time: float) -> None:
        self.moment += timedelta(**time)
