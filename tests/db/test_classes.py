"""Letters of every class, at random over a year: what leaves, what waits and what stays behind is
what a second plain model says (`plain_letters`).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import chain
from typing import Any, TypeVar
from unittest.mock import patch
from zoneinfo import ZoneInfo

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from db.books import Books
from db.cases import SqlCases
from loyalty import caring, delivery, kinds, leaving, mail, privacy, registration
from loyalty.branches import Branch
from loyalty.desk import promoting
from loyalty.kinds import Class, Kind, Rank
from loyalty.letters import Letter, NotNowError, UntrueError
from tests.db.plain_letters import RULES, Reader, Where, agrees, first, may_come
from tests.support.clock import TestClock
from tests.support.emptied import Emptied

T = TypeVar("T")
CLINIC = ZoneInfo("Europe/Moscow")
PEOPLE = ((7001, "+79123456701"), (7002, "+79123456702"))
OWNER = 7
ZONES = ("Europe/Moscow", "Europe/Berlin", "America/New_York", "Asia/Kamchatka")

KINDS = {
    "test-answer": Kind(Class.ANSWER, Rank.ANSWER),
    "test-service": Kind(Class.SERVICE, Rank.SERVICE),
    "test-visit": Kind(Class.SERVICE, Rank.VISIT, any_hour=True),
    "test-care": Kind(Class.CARE, Rank.RECALL),
    "test-recall": Kind(Class.CARE, Rank.RECALL, never_twice=True),
    "test-rating": Kind(Class.CARE, Rank.RATING, never_twice=True, free=True),
    "test-greeting": Kind(Class.CARE, Rank.BIRTHDAY, any_day=True, free=True),
    "test-offer": Kind(Class.PROMO, Rank.PROMO, never_twice=True),
    "test-gift": Kind(Class.PROMO, Rank.BIRTHDAY, never_twice=True),
}
assert KINDS.keys() == RULES.keys()


@dataclass(frozen=True)
class Fact:
    """What a test's letter says."""

    branch: Branch


def of_branch(tx: Any, letter: Letter) -> Any:
    number = letter.arguments["branch"]
    return Fact(tx.branches.branch(number)) if number else None


@pytest.fixture(autouse=True)
def more_kinds() -> Iterator[None]:
    reads = dict.fromkeys(KINDS, of_branch)
    with patch.dict(kinds.KINDS, KINDS), patch.dict(mail.READ_AGAIN, reads):
        yield


@dataclass(frozen=True)
class Put:
    kind: str
    who: int
    branch: int  # 0: it concerns the clinic
    after: int  # minutes
    lives: int | None  # minutes from then


@dataclass(frozen=True)
class Wait:
    """So many days, then till this minute of a day of London's."""

    days: int
    minute: int


@dataclass(frozen=True)
class Turn:
    """Somebody switches something."""

    what: str
    who: int
    on: bool


WHO, BRANCH = st.integers(0, 1), st.integers(0, 2)
PUT = st.builds(
    Put,
    st.sampled_from(sorted(KINDS)),
    WHO,
    BRANCH,
    st.just(0) | st.integers(0, 3 * 24 * 60),
    st.one_of(*[st.none()] * 2, st.integers(1, 40 * 24 * 60)),
)
NOON, ANY = st.integers(8 * 60, 16 * 60), st.integers(0, 24 * 60 - 1)
WAIT = st.builds(Wait, st.integers(0, 9), NOON | ANY)
SWITCHES = ("consents", "care", "promo", "case", "owner")
TURN = st.builds(Turn, st.sampled_from(SWITCHES), WHO, st.sampled_from([True, True, False]))
# Most agree to all of it, or little would be seen of hours and distances.
WILLING = [Turn("owner", 0, True), Turn("promo", 0, True), Turn("promo", 1, True)]
WILL = st.sampled_from([WILLING] * 4 + [[]])
STEPS = st.tuples(PUT, PUT, WAIT, PUT | TURN, WAIT)
STORY = st.lists(STEPS, min_size=6, max_size=15)
MINUTES = st.integers(0, 366 * 24 * 60) | st.integers(356 * 24 * 60, 376 * 24 * 60)
BEGINS = MINUTES.map(lambda n: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=n))
PLACE = st.builds(Where, st.sampled_from(ZONES), st.frozensets(st.integers(0, 6), max_size=3))


class Clinic:
    """Two people, two branches and the model beside them."""

    def __init__(self, books: Emptied, begins: datetime, places: tuple[Where, Where]) -> None:
        books.empty()
        self.books, self.clock = books, TestClock(begins)
        self.places = [Where("Europe/Moscow"), *places]
        self.readers = [Reader(), Reader()]
        self.promo_on = False
        self.accounts = [self._registers(*one) for one in PEOPLE]
        self.cases: set[int] = set()
        self.puts = 0
        self.letters: dict[int, Put] = {}
        for n, where in enumerate(places):
            branch = Branch(0, f"Б{n}", None, where.zone, "ООО", "+7", days_off=where.days_off)
            self.change(lambda tx, branch=branch: tx.branches.add_branch(branch))

    def change(self, use_case: Any, *args: Any, **kwargs: Any) -> Any:
        def job(connection: Any) -> Any:
            return use_case(Books(connection, self.clock.now(), CLINIC, True), *args, **kwargs)

        return self.books.change(job)

    def _registers(self, telegram: int, phone: str) -> int:
        self.change(registration.consent, telegram)
        return self.change(registration.prove_phone, telegram, phone).account.id

    def does(self, step: Put | Wait | Turn) -> None:
        match step:
            case Put():
                self._put(step)
            case Wait():
                midnight = self.clock.now().replace(hour=0, minute=0) + timedelta(step.days)
                then = midnight + timedelta(minutes=step.minute)
                self.clock.moment = max(then, self.clock.now())
            case Turn():
                self._turn(step)
        self.round()

    def _put(self, one: Put) -> None:
        self.puts += 1
        due = self.clock.now() + timedelta(minutes=one.after)
        ends = None if one.lives is None else due + timedelta(minutes=one.lives)
        key, account = f"test:{self.puts}", self.accounts[one.who]

        def put(tx: Any) -> None:
            when = {"not_before": due, "expires_at": ends}
            tx.outbox.put(key, one.kind, account, **when, branch=one.branch)

        self.change(put)

    def _turn(self, step: Turn) -> None:
        telegram, reader = PEOPLE[step.who][0], self.readers[step.who]
        if step.what == "owner":
            if step.on:
                version = self.change(promoting.standing).version
                self.change(promoting.switch_on, OWNER, version)
            else:
                self.change(promoting.switch_off, OWNER)
            self.promo_on = step.on
        elif step.what == "case":
            reader.case = step.on
        elif step.what == "consents":
            change = registration.consent if step.on else privacy.withdraw
            self.change(change, telegram)
            reader.promo = reader.promo and reader.consents is step.on
            reader.consents = step.on
        elif reader.consents and step.what == "care":
            self.change(caring.switch, telegram, step.on)
            reader.care = step.on
        elif reader.consents:
            self.change(registration.answer_advertising, telegram, step.on)
            reader.promo = step.on

    # --- what leaves

    def round(self) -> None:
        with open_cases(self):
            while letters := self.change(delivery.claim, 5):
                for letter in letters:
                    self._take(letter)

    def _take(self, letter: Letter) -> None:
        who = self.accounts.index(letter.account)
        reader, where = self.readers[who], self.places[letter.arguments["branch"]]
        said, until = self._leaves(letter)
        event(f"{RULES[letter.kind][0]} {said}")
        assert (said, until) == self._expected(letter, reader, where)
        if said == "sent":
            reader.came.append((letter.kind, self.clock.now()))

    def _leaves(self, letter: Letter) -> tuple[str, datetime | None]:
        try:
            left = self.change(leaving.leave, letter)
        except UntrueError:
            self.change(delivery.stale, letter.id)
            return "stale", None
        except NotNowError as closed:
            self.change(delivery.hold, letter.id, closed.until, letter.attempts)
            return "held", closed.until
        self.change(leaving.each, left.letters, mail.arrived, 1)
        return "sent", None

    def _expected(
        self, letter: Letter, reader: Reader, where: Where
    ) -> tuple[str, datetime | None]:
        now, ends = self.clock.now(), letter.expires_at
        if ends is not None and now >= ends:
            return "stale", None
        if not agrees(letter.kind, reader, promo_on=self.promo_on):
            return "stale", None
        if may_come(letter.kind, reader, where, now):
            return "sent", None
        opens = first(letter.kind, reader, where, now)
        if opens is None:  # looked at again, at an hour at which it might leave but for the case
            without = Reader(came=reader.came)
            opens = first(letter.kind, without, where, now + timedelta(hours=1))
        return ("held", opens) if ends is None or opens < ends else ("stale", None)


@contextmanager
def open_cases(clinic: Clinic) -> Iterator[None]:
    def open_about(self: SqlCases, patient: int) -> bool:
        bound = clinic_books(self).people.bound_to(patient)
        return any(clinic.readers[clinic.accounts.index(one.id)].case for one in bound)

    def clinic_books(cases: SqlCases) -> Books:
        return Books(cases._connection, clinic.clock.now(), CLINIC, False)

    with patch.object(SqlCases, "open_about", open_about):
        yield


@settings(max_examples=settings.get_profile("molar").max_examples // 3)
@given(BEGINS, st.tuples(PLACE, PLACE), WILL, STORY)
def test_what_leaves_is_what_the_programme_lets_leave(emptied, begins, places, will, story):
    clinic = Clinic(emptied, begins, places)
    for step in [*will, *chain(*story)]:
        clinic.does(step)
