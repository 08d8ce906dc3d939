"""Invented people who register and ask questions, each in a manner of their own.

They wait for every answer they are owed, however often the bot dies meanwhile, so a crowd that
has come to its end has missed none.
"""

import asyncio
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import count, groupby
from random import Random

from tests.conftest import LONG
from tests.e2e.people import Message, Person, World

# An answer may wait for many starts of the bot on a machine that is busy with other tests.
PATIENCE = 300.0 if LONG else 90.0

FIRST_NAMES = ("Мария", "Олег", "Алия", "Emma", "Тимур", "Ольга", "Роберт", "Гузель")
PHONES = (f"+{number}" for number in count(79_170_000_001))  # nobody's is anybody else's
PROFILE_BIRTHDAY = {"day": 7, "month": 8, "year": 1990}

# Each asks for one message, and the messages can be told apart.
QUESTIONS = {
    "/balance": re.compile(r"Уровень «"),
    "/help": re.compile(r"^Как это работает"),
    "/history": re.compile(r"^История"),
    "/privacy": re.compile(r"^Мои данные"),
    "/language": re.compile(r"^На каком языке"),
}


@dataclass(frozen=True)
class Manner:
    """How somebody goes through registration."""

    name: str  # suggested, other, written, hasty
    birthday: str  # skip, profile, enter, written
    advertising: bool
    taps: int = 1  # presses of each button, at once
    starts: int = 1
    contacts: int = 1
    link: str | None = None
    reads_consent: bool = False
    types_the_number: bool = False

    @classmethod
    def at_random(cls, rng: Random) -> "Manner":
        return cls(
            name=rng.choice(("suggested", "other", "written", "hasty")),
            birthday=rng.choice(("skip", "profile", "enter", "written")),
            advertising=rng.random() < 0.5,
            taps=rng.choice((1, 1, 2)),
            starts=rng.choice((1, 1, 2)),
            contacts=rng.choice((1, 1, 2)),
            link=rng.choice((None, "s_desk", "i_4f2a")),
            reads_consent=rng.random() < 0.3,
            types_the_number=rng.random() < 0.3,
        )

    @property
    def typed_name(self) -> str | None:
        return None if self.name == "suggested" else "Роза"

    @property
    def born(self) -> tuple[int, int, int] | None:
        if self.birthday == "profile":
            return (7, 8, 1990)
        return None if self.birthday == "skip" else (5, 3, 1980)


@dataclass
class Visitor:
    """One of the crowd, what they do and what they have asked."""

    person: Person
    first_name: str
    phone: str
    manner: Manner
    asked: list[str] = field(default_factory=list)
    asked_after: int = 0  # the event before the first question
    finished: bool = False

    async def comes(self) -> None:
        """From the first Start to the last question of registration."""
        await self._agrees()
        await self._proves_the_phone()
        await self._tells_the_name()
        await self._tells_the_birthday()
        await self._taps("Да, присылайте" if self.manner.advertising else "Не сейчас")
        await self.person.sees("Спасибо, это всё!", PATIENCE)
        self.finished = True

    async def asks(self, questions: Sequence[str]) -> None:
        """All at once, the way a queue looks that has waited; returns when all are answered."""
        if not self.asked:
            self.asked_after = self.person.world.seq
        self.asked += questions
        await self._does(*({"type": "text", "text": question} for question in questions))
        await self.person.world.until(
            lambda: True if len(self.answers) >= len(self.asked) else None,
            PATIENCE,
            lambda: f"{self.asked}, there came {self.answers}",
        )

    @property
    def answers_and_repeats(self) -> list[str]:
        """Which questions the bot has answered, in the order of its messages."""
        said = self._said_since(self.asked_after)
        return [question for text in said if (question := _answered(text))]

    @property
    def answers(self) -> list[str]:
        """The same without what was said again at once: neighbours are never asked alike."""
        return [question for question, _ in groupby(self.answers_and_repeats)]

    @property
    def welcomes(self) -> list[str]:
        """One for every contact, however often the bot says it."""
        return [text for text in self._said_since(0) if text.startswith("Готово!")]

    def _said_since(self, event: int) -> list[str]:
        events = self.person.world.since(event, self.person.chat_id)
        said = (Message(e["message"]) for e in events if e["type"] == "message")
        return [message.text for message in said if message.from_bot]

    async def _agrees(self) -> None:
        start = {"type": "start"} | ({"payload": self.manner.link} if self.manner.link else {})
        await self._does(*[start] * self.manner.starts)
        if self.manner.reads_consent:
            await self._taps("Полный текст")
        await self._taps("Даю согласие")
        await self.person.sees("Отправьте номер", PATIENCE)

    async def _proves_the_phone(self) -> None:
        if self.manner.types_the_number:
            await self._does({"type": "text", "text": self.phone})
            await self.person.sees("Номер нужно отправить кнопкой", PATIENCE)
        contacts = [{"type": "contact"}] * self.manner.contacts
        hasty = [{"type": "text", "text": "Роза"}] if self.manner.name == "hasty" else []
        await self._does(*contacts, *hasty)
        await self.person.sees(re.compile("Готово! У вас 1 000 баллов"), PATIENCE)

    async def _tells_the_name(self) -> None:
        match self.manner.name:
            case "suggested":
                await self._taps(f"{self.first_name} — верно")
            case "other":
                await self._taps("Написать иначе")
                await self.person.sees("Напишите имя", PATIENCE)
                await self._does({"type": "text", "text": "Роза"})
            case "written":
                await self.person.sees_button("Написать иначе", PATIENCE)
                await self._does({"type": "text", "text": "Роза"})
                await self._taps("Роза — верно")
            case "hasty":
                await self._taps("Роза — верно")

    async def _tells_the_birthday(self) -> None:
        match self.manner.birthday:
            case "skip":
                await self._taps("Пропустить")
            case "profile":
                await self._taps("Из профиля: 7 августа 1990")
                await self._taps("Верно")
            case "enter":
                await self._taps("Ввести")
                await self.person.sees("Напишите дату", PATIENCE)
                await self._writes_the_birthday("5.3.1980")
            case "written":
                await self.person.sees("Когда ваш день рождения", PATIENCE)
                await self._writes_the_birthday("5 марта 1980")

    async def _writes_the_birthday(self, words: str) -> None:
        await self._does({"type": "text", "text": words})
        await self._taps("Верно")

    async def _taps(self, label: str) -> None:
        message = await self.person.sees_button(label, PATIENCE)
        button = message.button(label)
        assert button
        press = {"type": "press", "message_id": message.id, "data": button["callback_data"]}
        await self._does(*[press] * self.manner.taps)

    async def _does(self, *acts: dict[str, object]) -> None:
        """Several acts with nothing in between: the bot can't answer one before the next."""
        self.person.forgets()
        mine = {"person": self.person.id, "chat": self.person.chat_id}
        for outcome in await self.person.world.act_many([mine | act for act in acts]):
            assert outcome["ok"], f"{outcome['error']}\n{await self.person.dump()}"


class Crowd:
    """People who keep coming."""

    def __init__(self, world: World, seed: str) -> None:
        self.world = world
        self.visitors: list[Visitor] = []
        self._rng = Random(seed)  # noqa: S311 (chance, not secrets)

    async def visitor(self) -> Visitor:
        """Somebody who hasn't pressed anything yet."""
        name, phone = self._rng.choice(FIRST_NAMES), next(PHONES)
        manner = Manner.at_random(self._rng)
        person = await self.world.add_person(
            name, phone=phone, language="ru", birthdate=PROFILE_BIRTHDAY
        )
        visitor = Visitor(person, name, phone, manner)
        self.visitors.append(visitor)
        return visitor

    def questions(self, length: int) -> list[str]:
        """A series in which no question follows itself."""
        series: list[str] = []
        for _ in range(length):
            series.append(self._rng.choice([q for q in QUESTIONS if q not in series[-1:]]))
        return series

    async def come_until(self, enough: asyncio.Event, *, at_once: int, questions: int) -> None:
        """`at_once` people in the room until it is enough; returns when the last has left."""

        async def chair() -> None:
            while not enough.is_set():
                visitor = await self.visitor()
                await visitor.comes()
                await visitor.asks(self.questions(questions))

        async with asyncio.TaskGroup() as chairs:
            for _ in range(at_once):
                chairs.create_task(chair())


def _answered(text: str) -> str | None:
    return next((q for q, answer in QUESTIONS.items() if answer.search(text)), None)
