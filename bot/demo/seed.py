"""The demo clinic is played through: every deed on its own day, in order of time."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from operator import attrgetter
from zoneinfo import ZoneInfo

from bot.demo import asking
from bot.demo.cast import Cast
from bot.demo.courses import YEARS
from bot.demo.deeds import Deed, Desk
from bot.demo.story import Setting, story
from bot.demo.words import Words
from db.store import Store
from loyalty import delivery, expiry
from loyalty.desk import access, connecting, tidying
from loyalty.desk.access import Decider
from loyalty.ports import Transaction
from loyalty.signboard import Signboard

OPENED_AT = time(8)


class PastClock:
    """The clinic's clock while its past is played: it stands where the next deed is done."""

    def __init__(self) -> None:
        self.moment = datetime(2000, 1, 1, tzinfo=UTC)

    def now(self) -> datetime:
        return self.moment


@dataclass(frozen=True, slots=True)
class Colleague:
    """Who works at a branch; `name` goes on what they record."""

    telegram: int
    name: str
    manages: bool = False


@dataclass(frozen=True, slots=True)
class Site:
    """A branch, its staff chat and who works there."""

    name: str
    chat: int
    team: tuple[Colleague, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """What to play. The last moment is the midnight before `today`."""

    cast: Cast
    words: Words
    language: str
    board: Signboard
    today: date
    owner: int
    sites: tuple[Site, ...]

    @property
    def ends_at(self) -> datetime:
        return datetime.combine(self.today, time(), self.board.zone).astimezone(UTC)

    def deeds(self) -> list[Deed]:
        """Everything in order; of two at one moment the household that was invented first."""
        setting = Setting(
            words=self.words,
            language=self.language,
            zone=self.board.zone,
            today=self.today,
            owner=self.owner,
            desks=tuple(tuple(Desk(s.chat, who.telegram) for who in s.team) for s in self.sites),
        )
        done = [
            deed
            for home in self.cast.households
            for deed in story(home, setting, self.cast.sent_by(home))
        ]
        done += asking.evening(self.cast, self.words, self.ends_at, self.owner)
        before_today = [deed for deed in done if deed.at < self.ends_at]
        return [self._opening(), *sorted(before_today, key=attrgetter("at"))]

    def _opening(self) -> Deed:
        day = self.today - YEARS - timedelta(days=1)
        return Deed(datetime.combine(day, OPENED_AT, self.board.zone), self._open)

    def _open(self, tx: Transaction) -> None:
        for site in self.sites:
            branch = connecting.connect(tx, site.chat, site.name, self.board).id
            for colleague in site.team:
                self._hire(tx, site, branch, colleague)

    def _hire(self, tx: Transaction, site: Site, branch: int, colleague: Colleague) -> None:
        """They write in the chat and are let in."""
        owner, telegram = Decider(self.owner, is_owner=True), colleague.telegram
        access.notice(tx, site.chat, telegram, colleague.name, colleague.name, telegram)
        member = tx.branches.member(branch, telegram)
        assert member is not None  # noqa: S101 (noticed; told to the types)
        access.let_in(tx, owner, branch, member.id)
        if colleague.manages:
            access.make_manager(tx, owner, branch, member.id)


async def seed(url: str, zone: ZoneInfo, plan: Plan, tell: Callable[[int], object]) -> None:
    """Play the plan into an empty database; `tell` hears of every deed.

    What was queued meanwhile goes to nobody: it is about the past, and was never said in a chat.
    """
    clock = PastClock()
    store = Store(url, clock, zone)
    try:
        for deed in plan.deeds():
            clock.moment = deed.at.astimezone(UTC)
            await store.change(expiry.sweep)  # points end by the day, as they do in a clinic
            await store.change(deed.do)
            tell(1)
        clock.moment = plan.ends_at
        while await store.change(expiry.sweep):
            pass
        await store.change(delivery.lapse)
        await store.change(tidying.tidy)
    finally:
        await store.close()
