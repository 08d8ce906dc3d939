"""A clinic in which anybody may try anything.

Every try begins from the same books: they are copied once, and copied back before the next one.
"""

import json
from collections import Counter
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from aiogram.fsm.state import State

from bot.clock import FileClock
from db.store import Store
from db.tables import metadata
from loyalty import delivery, ratings, registration
from loyalty.appointments import booking
from loyalty.appointments.appointment import Appointment
from loyalty.desk import (
    access,
    approving,
    codes,
    connecting,
    drafting,
    freezing,
    gifts,
    merging,
    recording,
)
from loyalty.desk.access import Decider
from loyalty.desk.drafting import Wanted
from loyalty.desk.newcomers import record_patient
from loyalty.people import Account
from loyalty.ports import Transaction
from loyalty.registration import Registered
from loyalty.saying import Said
from loyalty.signboard import Signboard
from loyalty.statement import who
from loyalty.tasks import talking
from loyalty.tasks.opening import open_task
from loyalty.tasks.task import TaskKind
from loyalty.team import Member
from loyalty.visits import Draft
from sandbox.clinic import BOT_ID, OLEG_ID
from screens import recommend, scan, spending
from screens.texts import texts_in
from tests.e2e.people import Person
from tests.e2e.roles import (
    PEOPLE,
    ROLES,
    SPOT,
    Actor,
    Cell,
    Does,
    Note,
    Now,
    Place,
    Presses,
    Row,
    Things,
    UseCase,
    judged,
)
from tests.e2e.snapshot import snapshot
from tests.faults.scene import calm
from tests.support.bots import Clinic, open_clinic
from tests.support.phones import fresh_phone
from tests.support.second import quoted

MOSCOW = ZoneInfo("Europe/Moscow")
BOARD = Signboard("Улыбка", "ООО «Улыбка»", "+7 843 000-00-00", MOSCOW)
NOON = 12
WATCHED = str(Path(__file__).with_name("watched.py"))
OWNER = Decider(OLEG_ID, is_owner=True)
OWNERS = (OLEG_ID,)
UNNOTICED = "unnoticed"  # who has left, and the books don't know it
FOREVER = 10**11

# Not the clinic's business: the machinery; and who waits for access or has gone has none, whenever
# that is noticed and whatever is asked about them.
MACHINERY = {"inbox", "forms", "case_messages", "task_messages"}
PARTLY = {
    "team": "SELECT * FROM team WHERE standing NOT IN ('waiting', 'gone') AND name <> 'Unnoticed'",
    "outbox": "SELECT * FROM outbox WHERE kind <> 'access-question'",
}

Books = dict[str, Counter[tuple[Any, ...]]]


# --- what happened before --------------------------------------------------------------------


def registers(telegram: int, phone: str) -> list[UseCase]:
    return [(registration.consent, telegram), (registration.prove_phone, telegram, phone)]


def answers_everything(telegram: int, phone: str) -> list[UseCase]:
    return [
        *registers(telegram, phone),
        (registration.answer_name, telegram, "Мария"),
        (registration.answer_birthday, telegram, None),
        (registration.answer_advertising, telegram, False),
    ]


def heads_a_family(telegram: int, phone: str) -> list[UseCase]:
    """Two patients of whom nobody has said who speaks for them share the phone."""
    written_down = [(record_patient, phone, name) for name in ("Пётр", "Анна")]
    return [*written_down, *registers(telegram, phone)]


def _all(tx: Transaction, use_cases: Sequence[UseCase]) -> Any:
    """All of them in one transaction; what the last one returns."""
    return [use_case(tx, *given) for use_case, *given in use_cases][-1]


# --- the clinic ------------------------------------------------------------------------------


@dataclass(frozen=True)
class Chats:
    here: int
    there: int
    free: int
    empty: int
    small: int
    card: int  # the message of the open draft


class Desk:
    """Furnishes the clinic by its use cases."""

    def __init__(self, store: Store, people: dict[str, Person]) -> None:
        self._store, self._people = store, people
        self._telegram = count(900_000_001)  # of those who do nothing here
        self._lines = count(1)

    async def hires(self, role: str, branch: int, chat: int) -> Member:
        """Somebody writes in the staff chat and is let in."""
        member = await self.notices(role, branch, chat)
        await self._store.change(access.let_in, OWNER, branch, member.id)
        return await self._member(role, branch)

    async def notices(self, role: str, branch: int, chat: int) -> Member:
        telegram, name = self._people[role].id, role.capitalize()
        message = next(self._lines)
        await self._store.change(access.notice, chat, telegram, name, name, message)
        return await self._member(role, branch)

    async def promotes(self, member: Member) -> None:
        await self._store.change(access.make_manager, OWNER, member.branch, member.id)

    async def _member(self, role: str, branch: int) -> Member:
        return await self._store.ask(lambda tx: tx.branches.member(branch, self._people[role].id))

    async def registers(self, phone: str) -> Account:
        """Somebody proves this phone."""
        use_cases = registers(next(self._telegram), phone)
        registered: Registered = await self._store.change(_all, use_cases)
        return registered.account

    async def types(self, by: Member, who: str, rubles: int, *, most: bool = False) -> Draft:
        wanted = Wanted([(rubles * 100, None, None)], points=None if most else 0, most=most)
        source = f"test:{next(self._lines)}"
        return await self._store.change(
            drafting.open_draft, by, by.name, source=source, who=who, wanted=wanted
        )

    async def books(self, by: Member, patient: int) -> Appointment:
        """In three days, at noon or so."""
        at = await self._store.ask(lambda tx: tx.now.replace(second=0, microsecond=0))
        wanted = {"source": f"test:{next(self._lines)}", "patient": patient, "branch": by.branch}
        starts_at = at + timedelta(days=3)
        return await self._store.change(booking.book, by, by.name, **wanted, starts_at=starts_at)

    async def records(self, by: Member, who: str, rubles: int) -> int:
        draft = await self.types(by, who, rubles)
        await self._store.change(recording.record, by, by.name, draft.id, draft.revision)
        return draft.id


async def furnish(store: Store, people: dict[str, Person], phone: str, chats: "Chats") -> Things:
    desk = Desk(store, people)
    here, there, _ = [
        (await store.change(connecting.connect, chat, name, BOARD)).id
        for chat, name in ((chats.here, "Ленина"), (chats.there, "Мира"), (chats.small, "Лесная"))
    ]
    staff = await desk.hires("staff", here, chats.here)
    await desk.hires("anonymous", here, chats.here)
    await desk.promotes(await desk.hires("manager", here, chats.here))
    await desk.promotes(await desk.hires("other", there, chats.there))
    await desk.promotes(await desk.hires("ex", here, chats.here))
    await store.change(access.left, here, people["ex"].id)
    await desk.promotes(await desk.hires(UNNOTICED, here, chats.here))
    waiting = await desk.notices("waiting", here, chats.here)

    me = people["patient"].id
    await store.change(_all, answers_everything(me, phone))
    patient = (await store.ask(lambda tx: tx.people.patients_with_phone(phone)))[0].id
    code = (await store.change(codes.show, me)).code
    draft = await desk.types(staff, phone, 10_000)
    await store.change(drafting.put_on_card, draft.id, chats.card)
    asking = await desk.types(staff, phone, 6_000, most=True)
    gift = await store.change(
        gifts.give, staff, "Staff", patient, 90_000, "Юбилей", source="gift:1", owners=OWNERS
    )
    double, one, other = [
        (await store.change(record_patient, fresh_phone(), "Двойник")).id for _ in range(3)
    ]
    merged = await store.change(
        merging.ask, staff, "Staff", one, other, source="merge:1", owners=OWNERS
    )
    how = {"is_owner": True, "granted": True, "owners": OWNERS}
    await store.change(approving.decide, OLEG_ID, merged.id, **how)
    visit = await desk.records(staff, phone, 5_000)
    rated = await desk.records(staff, phone, 2_000)
    await store.change(ratings.rate, me, rated, 1, OWNERS)
    case = await store.ask(lambda tx: tx.cases.case_of(rated))

    paul = (await store.change(record_patient, fresh_phone(), "Павел")).id
    await store.change(open_task, "book:1", TaskKind.BOOK, branch=here, patient=paul)
    call = (await store.ask(lambda tx: tx.tasks.about(paul)))[0]
    talk = (await store.change(talking.say, me, Said(me, 1, "Есть вопрос"), OWNERS)).task
    walk_in, frozen_phone, moved_phone = fresh_phone(), fresh_phone(), fresh_phone()
    await store.change(record_patient, walk_in, "Пётр")
    frozen = await desk.registers(frozen_phone)
    await desk.records(staff, frozen_phone, 4_000)
    await store.change(freezing.stop, frozen.telegram, OWNERS)
    for _ in range(2):
        await desk.registers(moved_phone)
    patients_account = await store.ask(who, me)
    moved = (await store.ask(lambda tx: tx.people.patients_with_phone(moved_phone)))[0].id
    draft = await store.ask(lambda tx: tx.desk.draft(draft.id))  # other visits have outdated it
    return Things(
        here=here,
        there=there,
        staff=staff.id,
        waiting=waiting.id,
        registered=me,
        patient=patient,
        digits=code.digits,
        token=code.token,
        draft=draft,
        nameless=(await desk.types(staff, fresh_phone(), 7_000)).id,
        asking=asking,
        points=asking.asked_points or 0,
        visit=visit,
        walk_in=await desk.records(staff, walk_in, 3_000),
        moved=moved,
        frozen=frozen.wallet,
        request=gift.request.id,
        double=double,
        merged=merged.id,
        rated=rated,
        case=case.id,
        manager=people["manager"].id,
        lost=await store.change(_lose_a_letter, patients_account.id),
        call=call,
        talk=talk.id,
        booked=await desk.books(staff, patient),
    )


def _lose_a_letter(tx: Transaction, account: int) -> int:
    tx.outbox.put("lost", "account-confirmed", account)
    waiting = tx.outbox.due(100)
    [letter] = [one for one in waiting if (one.account, one.kind) == (account, "account-confirmed")]
    delivery.unknown(tx, letter.id)
    return letter.id


# --- the tries -------------------------------------------------------------------------------


class Stage:
    """Where rows are tried."""

    def __init__(self, clinic: Clinic, store: Store, notes: Path) -> None:
        self.clinic, self._store, self._notes = clinic, store, notes
        self._read = 0
        self._phones = {role: fresh_phone() for role in (*ROLES, UNNOTICED)}
        self.actors: dict[str, Person] = {}
        self.chats: Chats
        self.things: Things
        self._snapshot = snapshot(clinic.bot.url)

    # before

    async def build(self) -> None:
        world = self.clinic.world
        await world.clock_add(_till_noon())
        names = [*PEOPLE, "anonymous", UNNOTICED]
        self.actors = {name: await self._person(name) for name in names}
        self.actors["channel"] = self.actors["anonymous"]
        everybody = [self.actors["anonymous"], *(self.actors[role] for role in PEOPLE)]
        here, there, free = [
            await world.add_group(title, everybody, bot="administrator")
            for title in ("Ленина", "Мира", "Курилка")
        ]
        empty = await world.add_group("Без бота", everybody)
        owners = [self.actors["owner"], *(self.actors[role] for role in PEOPLE)]
        small = await world.add_group("Лесная", owners, kind="group", bot="administrator")
        card = self._bot_says(here, SPOT)
        self.chats = Chats(here, there, free, empty, small, card)
        for role in (*PEOPLE, UNNOTICED):
            await self.actors[role].start()
        await calm(self.clinic)
        self.things = await furnish(self._store, self.actors, self._phones["patient"], self.chats)
        self._snapshot.keep()

    async def _person(self, role: str) -> Person:
        profile = {"language": "ru", "phone": self._phones[role]}
        if role == "owner":
            await self.clinic.world.change_person(OLEG_ID, **profile)
            return self.clinic.world.person(OLEG_ID)
        return await self.clinic.world.add_person(role.capitalize(), **profile)

    def close(self) -> None:
        self._snapshot.close()

    # one row

    async def tries(self, row: Row) -> dict[str, Cell]:
        """Those who should change nothing try it at once, the others one after another."""
        quiet = [role for role, mark in row.cells.items() if mark in "rS."]
        found = await self._together(row, quiet) if quiet else {}
        if any(cell.changed for cell in found.values()):
            found = {}  # to be told apart
        for role in row.cells:
            if role not in found:
                found |= await self._together(row, [role])
        return {role: found[role] for role in row.cells}

    async def _together(self, row: Row, roles: Iterable[str]) -> dict[str, Cell]:
        actors = [self._actor(row, role) for role in roles]
        await self._copy_back(row, actors)
        before = self._books()
        updates = {actor.role: await self._updates_of(row, actor) for actor in actors}
        await calm(self.clinic)
        after = self._books()
        changed = [table for table in after if after[table] != before[table]]
        notes = self._new_notes()
        if isinstance(row.act, Does) and row.act.undo:
            for actor in actors:
                await row.act.undo(actor, self.things)
            await calm(self.clinic)
            self._new_notes()
        return {
            role: judged(row, [n for n in notes if n["update"] in its], changed, self._denials)
            for role, its in updates.items()
        }

    def _actor(self, row: Row, role: str) -> Actor:
        gone = role == "ex" and row.at is Place.PRIVATE
        person = self.actors[UNNOTICED if gone else role]
        words = row.act.under if isinstance(row.act, Presses) else SPOT
        chat = {
            Place.PRIVATE: person.id,
            Place.HERE: self.chats.here,
            Place.THERE: self.chats.there,
            Place.FREE: self.chats.free,
            Place.EMPTY: self.chats.empty,
            Place.SMALL: self.chats.small,
        }[row.at]
        return Actor(
            role,
            person.within(chat),
            self._phones[UNNOTICED if gone else role],
            self._bot_says(chat, words),
        )

    def _bot_says(self, chat: int, words: str) -> int:
        world = self.clinic.sandbox.world
        return world.say(world.chats[chat], {"text": words}).id

    async def _updates_of(self, row: Row, actor: Actor) -> range:
        updates = self.clinic.sandbox.world.updates
        first = updates._next_id
        await row.act(actor, self.things)
        return range(first, updates._next_id)

    # the books

    async def _copy_back(self, row: Row, actors: Sequence[Actor]) -> None:
        self._snapshot.put_back()
        for actor in actors:
            if row.given:
                use_cases = row.given(self.things, actor)
                await self._store.change(_all, use_cases)
            if row.form:
                self._opens_form(actor, *row.form)

    def _opens_form(self, actor: Actor, state: State, data: Now) -> None:
        asked = {"question": actor.spot, "until": FOREVER}
        words = json.dumps({**asked, **data(self.things)})
        its = f"{BOT_ID}, {actor.person.chat_id}, {actor.telegram}"
        self.clinic.bot.second.execute(
            f"DELETE FROM forms WHERE (bot_id, chat_id, user_id) = ({its})",
            f"INSERT INTO forms (bot_id, chat_id, user_id, state, data)"
            f" VALUES ({its}, '{state.state}', {quoted(words)})",
        )

    def _books(self) -> Books:
        names = sorted(set(metadata.tables) - MACHINERY)
        return {
            name: Counter(self.clinic.bot.rows(PARTLY.get(name, f"SELECT * FROM {name}")))
            for name in names
        }

    # what the bot did

    def _new_notes(self) -> list[Note]:
        lines = self._notes.read_text("utf-8").splitlines()
        new, self._read = lines[self._read :], len(lines)
        dead = self.clinic.bot.rows("SELECT update_id, fault FROM inbox WHERE state = 'dead'")
        set_aside = [{"update": update, "set_aside": fault} for update, fault in dead]
        return [*map(json.loads, new), *set_aside]

    @property
    def _denials(self) -> set[str]:
        """What handlers say to whom it doesn't concern, where that is no error."""
        texts = texts_in("ru")
        over = spending.over(texts, self.things.asking.id, self.things.points)
        return {
            scan.for_staff_only(texts).text,
            over.text,
            recommend.open_first(texts, known=False).text,
        }


def _till_noon() -> float:
    """No midnight comes between recording a visit and taking it back."""
    now = datetime.now(MOSCOW)
    noon = now.replace(hour=NOON, minute=0, second=0, microsecond=0)
    return (noon + timedelta(days=now > noon) - now).total_seconds()


@asynccontextmanager
async def open_stage(folder: Path) -> AsyncIterator[Stage]:
    """The clinic with its watched bot; gone at the end."""
    notes = folder / "notes"
    notes.touch()
    settings, watched = {"MOLAR_NOTES": str(notes)}, (WATCHED, "run")
    async with open_clinic(folder, settings=settings, launcher=watched, inline=True) as clinic:
        store = Store(clinic.bot.url, FileClock(folder / "clock"), MOSCOW)
        try:
            with closing(Stage(clinic, store, notes)) as stage:
                await stage.build()
                yield stage
        finally:
            await store.close()
