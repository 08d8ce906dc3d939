"""Which messages about an appointment arrive when: real use cases, planner and delivery."""

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from functools import partial
from zoneinfo import ZoneInfo

import pytest
from structlog.testing import capture_logs

from bot.telegram import letters_of
from loyalty.appointments import answering, booking, cancelling, moving, reminding
from loyalty.branches import Branch
from loyalty.signboard import Signboard
from scheduler.delivery import Postman
from tests.db.test_desk import MARIA, PHONE, admit, drafted, line, recorded, register
from tests.support.core import Core
from tests.support.telegram import Wire
from tests.unit.appointment_stories import STORIES, Story

STAFF_CHAT = -100
SAYS = {
    "Вы записаны": "booked",
    "Перенесли": "moved",
    "Запись отменена": "cancelled",
    "Придёте?": "ask",
    "Если планы изменились": "soon",
    "ждали вас": "missed",
}


class AtOnce:
    """A pace that keeps nobody waiting: the clock stands while letters leave."""

    async def turn(self, _: int) -> float:
        return 0

    def forgo(self) -> None:
        """No turn is short."""


class Life:
    """A clinic that lives through a story, from one moment of it to the next."""

    def __init__(self, core: Core, wire: Wire, clock, story: Story, board: Signboard) -> None:
        self.core, self.wire, self.clock, self.story = core, wire, clock, story
        self.zone = ZoneInfo(story.zone)
        self.postman = Postman(core.store, letters_of(core.bot), AtOnce(), board, "ru")
        self.runs, self.heard, self.letters = True, [], 0
        self.booked = None

    async def opens(self) -> None:
        story = self.story
        branch = Branch(
            *(0, "Ленина", STAFF_CHAT, story.zone, "ООО «Улыбка»", "+7 843 212-34-56"),
            opens=time(story.opens),
            closes=time.fromisoformat(story.closes),
            days_off=story.days_off,
        )
        self.branch = await self.core.store.change(lambda tx: tx.branches.add_branch(branch))
        self.anna = await self.core.store.change(admit, self.branch)
        await register(self.core.store)
        (maria,) = await self.core.store.ask(lambda tx: tx.people.patients_with_phone(PHONE))
        self.maria = maria.id

    async def passes(self, until: datetime) -> None:
        """What is due happens when it is due, while the scheduler runs."""
        while self.runs and (soonest := self._next()) and soonest < until:
            self.clock.moment = max(soonest, self.clock.moment)
            await self._rounds()
        self.clock.moment = until

    def _next(self) -> datetime | None:
        waits = "state IN ('pending', 'claimed')"
        live = "state IN ('booked', 'confirmed', 'to_move')"
        rows = self.core.rows(
            f"SELECT min(not_before) FROM outbox WHERE {waits} AND account_id IS NOT NULL"
            f" UNION ALL SELECT min(due_at) FROM appointments WHERE {live}"
        )
        return min((_moment(at) for (at,) in rows if at is not None), default=None)

    async def _rounds(self) -> None:
        while await self.core.store.change(reminding.round_):
            pass
        await self.postman.round()
        for chat, text in self.wire.sent[self.letters :]:
            if chat == MARIA and (said := _said(text)):
                self.heard.append((self.clock.moment, said))
        self.letters = len(self.wire.sent)

    async def does(self, act: str) -> None:
        verb, *when = act.split(" ", 1)
        at = [self._local(one).astimezone(UTC) for one in when]
        change = self.core.store.change
        one = self.booked
        match verb:
            case "down" | "up":
                self.runs = verb == "up"
            case "book":
                wanted = {"source": "line:1", "patient": self.maria, "branch": self.branch.id}
                book = partial(booking.book, **wanted, starts_at=at[0])
                self.booked = await change(book, self.anna, "Анна")
            case "move":
                move = partial(moving.move, starts_at=at[0])
                self.booked = await change(move, self.anna, "Анна", one.id, await self._revision())
            case "cancel":
                await change(cancelling.cancel, self.anna, one.id, await self._revision())
            case "comes" | "moves" | "gone":
                answer = {"comes": answering.confirm, "moves": answering.ask_to_move}
                said = answer.get(verb, answering.cancel)
                assert (await change(said, MARIA, one.id, one.minute)).heard
            case "visit":
                visit = await drafted(self.core.store, self.anna, PHONE, line(10_000_00, 0))
                await recorded(self.core.store, self.anna, visit)
        if self.runs:
            await self._rounds()

    async def _revision(self) -> int:
        number = self.booked.id
        return (await self.core.store.ask(lambda tx: tx.appointments.appointment(number))).revision

    def _local(self, spelt: str) -> datetime:
        return datetime.fromisoformat(spelt).replace(tzinfo=self.zone)

    async def lives(self) -> list[str]:
        for act in self.story.acts.splitlines():
            spelt, what = act.strip()[:16], act.strip()[17:]
            await self.passes(self._local(spelt).astimezone(UTC))
            await self.does(what)
        await self.passes(self.clock.moment + timedelta(days=40))
        return [self._line(at, what) for at, what in sorted([*self.heard, *self._calls()])]

    def _calls(self) -> Iterator[tuple[datetime, str]]:
        for kind, at in self.core.rows("SELECT kind, at FROM task_reasons"):
            yield _moment(at), f"call {kind}"

    def _line(self, at: datetime, what: str) -> str:
        return f"{at.astimezone(self.zone):%Y-%m-%d %H:%M} {what}"


def _moment(read: object) -> datetime:
    moment = read if isinstance(read, datetime) else datetime.fromisoformat(str(read))
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def _said(text: str) -> str | None:
    found = [kind for words, kind in SAYS.items() if words in text]
    near = [word for word in ("сегодня", "завтра") if f"{word}," in text]
    return " ".join([found[0], *near]) if found else None


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.name)
async def test_what_arrives_when(core, wire, clock, story):
    first = story.acts.strip()[:16]
    clock.moment = datetime.fromisoformat(first).replace(tzinfo=ZoneInfo(story.zone))
    clock.moment = clock.moment.astimezone(UTC)
    board = Signboard("Улыбка", "ООО «Улыбка»", "+7 843 212-34-56", ZoneInfo(story.zone))
    with capture_logs():
        life = Life(core, wire, clock, story, board)
        await life.opens()
        assert await life.lives() == [line.strip() for line in story.follows.splitlines()]
