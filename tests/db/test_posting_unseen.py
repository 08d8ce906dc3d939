"""Whoever reads all that a referrer can see, at every moment, can't tell which of two histories
happened: of equal sums, they differ only in when within the month, and which friend was treated.
Whether or not a friend's first payment brings a fixed sum besides.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.audit import differences
from db.books import Books
from loyalty import (
    delivery,
    expiry,
    mail,
    privacy,
    registration,
    reward_posting,
    rewards,
    statement,
)
from loyalty.desk import approving, drafting, recording, returning
from loyalty.desk.drafting import Wanted
from loyalty.desk.newcomers import record_patient
from loyalty.letters import NotNowError
from loyalty.points import Operation
from loyalty.signboard import Signboard
from screens import friends as friends_screen
from screens import menu, outbox, points
from screens.privacy import privacy as privacy_screen
from screens.screen import Screen
from screens.texts import texts_in
from tests.db.test_correcting import EMMA, EMMAS, OLEG, open_desk
from tests.support import postgres
from tests.support.clock import TestClock
from tests.support.emptied import Emptied, on_file, on_server

T = TypeVar("T")
ZONE = ZoneInfo("Europe/Moscow")
BOARD = Signboard("Улыбка", "ООО «Улыбка»", "+7 843 212-34-56", ZONE)
FRIENDS = [f"+7912345670{n}" for n in range(4)]
BEGINS = datetime(2026, 10, 20, 9, tzinfo=UTC)
FIRST_MONTH, MONTHS = 11, 3  # of treatments
LAST_DAY = 28
DAYTIME = 9
LOOKS_AT = (1, DAYTIME)  # in UTC: the first is at night, where letters wait


@dataclass(frozen=True)
class Treated:
    """A visit in one of the months: its reward in points, and when the money went back, if it did:
    month and day.
    """

    month: int
    day: int
    friend: int
    reward: int
    back: tuple[int, int] | None = None


@dataclass(frozen=True)
class Came:
    """When the desk noted whose recommendation it was."""

    month: int
    day: int
    friend: int


@dataclass(frozen=True)
class History:
    visits: tuple[Treated, ...]
    bonds: tuple[Came, ...] = tuple(Came(-1, LAST_DAY, n) for n in range(len(FRIENDS)))


@dataclass(frozen=True)
class Planned:
    """What both histories have of a visit: `back` is after how many months the money goes back."""

    month: int
    reward: int
    back: int | None


PLANNED = st.builds(
    Planned,
    st.integers(0, MONTHS - 1),
    st.integers(1, 180),
    st.sampled_from([None, None, None, 0, 1, 2]),
)
PLANS = st.lists(PLANNED, min_size=1, max_size=5)
JOINS = st.lists(st.integers(-1, MONTHS - 1), min_size=len(FRIENDS), max_size=len(FRIENDS))
FIXED = st.sampled_from([0, 35, 300, 300])


@st.composite
def alike(draw: Any) -> tuple[History, History]:
    """Two histories: sums, months and how many have come and paid are the same; days and friends
    are not.
    """
    plan = sorted(draw(PLANS), key=lambda one: one.month)
    among, joins = draw(st.integers(1, len(FRIENDS))), draw(JOINS)
    return draw(histories(plan, among, joins)), draw(histories(plan, among, joins))


@st.composite
def histories(draw: Any, plan: Sequence[Planned], among: int, joins: Sequence[int]) -> History:
    """The first visits that stand are of so many friends, one of each, whichever they are: at
    every moment as many have paid as in any other history of this plan. What goes back on a later
    day is of a friend who has paid before, and still has.
    """
    order = draw(st.permutations(range(len(FRIENDS))))
    new, paid, visits = list(order[:among]), dict[int, Treated](), list[Treated]()
    for one in plan:
        if one.back is None and new:
            visits.append(draw(treated(one, new.pop(0))))
            paid[visits[-1].friend] = visits[-1]
        elif one.back is None or paid:
            which = draw(st.sampled_from(list(paid)))
            visits.append(draw(treated(one, which, after=paid[which])))
        else:  # before anybody has paid: what goes back at once has never been there
            visits.append(draw(treated(replace(one, back=None), order[0], at_once=True)))
    return History(tuple(visits), draw(bonds(order, joins, visits)))


@st.composite
def treated(
    draw: Any, one: Planned, friend: int, after: Treated | None = None, *, at_once: bool = False
) -> Treated:
    begins = after.day if after and after.month == one.month else 1
    day = draw(st.integers(begins, LAST_DAY))
    back = (one.month, day) if at_once else None
    if one.back is not None:
        back = one.month + one.back, draw(st.integers(1 if one.back else day, LAST_DAY))
    return Treated(one.month, day, friend, one.reward, back)


@st.composite
def bonds(
    draw: Any, order: Sequence[int], joins: Sequence[int], visits: Sequence[Treated]
) -> tuple[Came, ...]:
    """In these months, but for who is treated before: they have come by then."""
    found = []
    for friend, month in zip(order, sorted(joins), strict=True):
        first = min(((v.month, v.day) for v in visits if v.friend == friend), default=None)
        month = month if first is None else min(month, first[0])
        latest = first[1] if first and first[0] == month else LAST_DAY
        found.append(Came(month, LAST_DAY if month < 0 else draw(st.integers(1, latest)), friend))
    return tuple(found)


def _set_fixed(tx: Any, points: int) -> None:
    number, programme = tx.programmes.current()
    assert tx.programmes.add(replace(programme, friend_fixed=points), OLEG, number)


class Clinic:
    """A referrer who has the bot, and four friends of hers who have not."""

    def __init__(self, books: Emptied, fixed: int) -> None:
        books.empty()
        self.books, self.clock, self.lines = books, TestClock(BEGINS), 0
        _, self.anna, _ = self.change(open_desk)
        self.change(_set_fixed, fixed)
        self.change(registration.consent, EMMA)
        self.account = self.change(registration.prove_phone, EMMA, EMMAS).account
        (emma,) = self.change(lambda tx: tx.people.patients_with_phone(EMMAS))
        self.emma, self.visits = emma.id, dict[int, int]()
        self.friends = [self.change(record_patient, phone, "Пётр").id for phone in FRIENDS]

    def change(self, use_case: Callable[..., T], *args: Any, **kwargs: Any) -> T:
        def changed(connection: Any) -> T:
            return use_case(Books(connection, self.clock.now(), ZONE, True), *args, **kwargs)

        return self.books.change(changed)

    def happens(self, history: History, day: datetime) -> None:
        """Of one day, in this order."""
        for one in history.bonds:
            if _midnight(one.month, one.day) == day:
                assert self.change(rewards.recommend, self.friends[one.friend], self.emma)
        for n, visit in enumerate(history.visits):
            if _midnight(visit.month, visit.day) == day:
                self.visits[n] = self.treat(visit)
            if visit.back and _midnight(*visit.back) == day:
                self.return_(self.visits[n])

    def treat(self, one: Treated) -> int:
        self.lines += 1
        wanted = Wanted(parts=[(one.reward * 20_00, None, None)], points=0)
        how = {"source": f"line:1:{self.lines}", "who": FRIENDS[one.friend], "wanted": wanted}
        draft = self.change(drafting.open_draft, self.anna, "Анна", **how)
        visit = self.change(recording.record, self.anna, "Анна", draft.id, draft.revision)
        assert visit.reward == one.reward
        return visit.id

    def return_(self, visit: int) -> None:
        """So late that it may take a manager."""
        about = (self.anna, "Анна", visit, "redone", (OLEG,))
        asked = self.change(returning.return_money, *about, n=1)
        if asked.reversal is None:
            how = {"is_owner": True, "granted": True, "owners": (OLEG,)}
            self.change(approving.decide, OLEG, asked.request.id, **how)

    def chores(self) -> None:
        while self.change(expiry.sweep):
            pass
        due = self.change(reward_posting.due)
        while due.after is not None:
            for patient in due.patients:
                posted = self.change(reward_posting.post_for, patient)
                assert isinstance(posted, Operation)
            due = self.change(reward_posting.due, due.after)

    # --- what the referrer's chat says

    def seen(self) -> list[Any]:
        """Every screen of hers, and what the bot sends her now."""
        return [*self._letters(), *map(_said, self._screens())]

    def _letters(self) -> Iterator[Any]:
        """As the postman sends them."""
        for letter in self.change(delivery.claim, 100):
            if letter.telegram != EMMA:
                self.change(delivery.stale, letter.id)
                continue
            try:
                facts = self.change(mail.facts, letter)
            except NotNowError as closed:
                self.change(delivery.hold, letter.id, closed.until, letter.attempts)
                continue
            screen = outbox.render(letter, facts, texts_in("ru"), BOARD)
            self.change(mail.arrived, letter, 1)
            yield _said(screen)

    def _screens(self) -> Iterator[Screen]:
        texts, wallet = texts_in("ru"), self.account.wallet
        assert wallet is not None
        stated = self.change(statement.statement, wallet)
        yield points.balance(texts, stated)
        yield menu.home(texts, None, stated.points)
        yield points.history(texts, self.change(statement.history, wallet), ZONE)
        account = self.change(statement.who, EMMA)
        yield friends_screen.my_friends(texts, self.change(reward_posting.my_friends, account))
        dossier = self.change(privacy.dossier, EMMA)
        yield privacy_screen(texts, dossier, BOARD)


def _said(screen: Screen) -> tuple[str, Any]:
    return screen.text, screen.keyboard.model_dump() if screen.keyboard else None


def watched(books: Emptied, history: History, days: Sequence[datetime], fixed: int) -> list[Any]:
    """All that was to be seen on these days."""
    clinic, seen = Clinic(books, fixed), []
    for day in days:
        for hour in LOOKS_AT:
            clinic.clock.moment = day + timedelta(hours=hour)
            clinic.chores()
            seen.append((clinic.clock.moment, clinic.seen()))
            if hour == DAYTIME:
                clinic.happens(history, day)
    assert clinic.books.change(differences) == []
    return seen


def watched_days(*of: History) -> list[datetime]:
    """Every day on which anything happens in either, the day after it, and all firsts till the
    last reward has come.
    """
    firsts = [_midnight(month, 1) for month in range(MONTHS + 5)]
    days = {*firsts, *(day for history in of for day in _days_of(history))}
    return sorted(days | {day + timedelta(days=1) for day in days})


def _days_of(history: History) -> Iterator[datetime]:
    for one in (*history.bonds, *history.visits):
        yield _midnight(one.month, one.day)
    for visit in history.visits:
        if visit.back:
            yield _midnight(*visit.back)


def _midnight(month: int, day: int) -> datetime:
    year, n = divmod(2026 * 12 + FIRST_MONTH - 1 + month, 12)
    return datetime(year, n + 1, day, tzinfo=UTC)


def told_apart(books: Emptied, one: History, other: History, fixed: int = 0) -> bool:
    days = watched_days(one, other)
    return watched(books, one, days, fixed) != watched(books, other, days, fixed)


@pytest.fixture(scope="module")
def in_a_file() -> Iterator[Emptied]:
    with on_file() as books:
        yield books


@pytest.fixture(scope="module")
def on_a_server(request) -> Iterator[Emptied]:
    server, template = (request.getfixturevalue(n) for n in ("postgres_server", "template"))
    with postgres.copied(server, template, "unseen") as url, on_server(url) as books:
        yield books


@pytest.mark.sqlite
@settings(max_examples=settings.get_profile("molar").max_examples // 6)
@given(alike(), FIXED)
def test_nobody_can_tell_who_was_treated_or_when(in_a_file, both, fixed):
    assert not told_apart(in_a_file, *both, fixed)


@pytest.mark.postgresql
@settings(max_examples=settings.get_profile("molar").max_examples // 33)
@given(alike(), FIXED)
def test_nobody_can_tell_it_on_a_server(on_a_server, both, fixed):
    assert not told_apart(on_a_server, *both, fixed)


EARLY = History((Treated(0, 3, 0, 120), Treated(0, 4, 1, 80)))
LATE = History((Treated(0, 20, 2, 120), Treated(0, 27, 3, 80)))


def and_(history: History, *more: Treated) -> History:
    return replace(history, visits=(*history.visits, *more))


@pytest.mark.parametrize("fixed", [0, 300])
def test_the_reader_sees_what_comes(in_a_file, fixed):
    """Another sum is told apart, or this test would prove nothing."""
    assert not told_apart(in_a_file, EARLY, LATE, fixed)
    other = History((EARLY.visits[0], Treated(0, 4, 1, 280)))
    assert told_apart(in_a_file, EARLY, other, fixed)


def test_the_reader_sees_the_fixed_sum(in_a_file):
    """That somebody paid for the first time is all that it tells."""
    again, new = and_(EARLY, Treated(1, 4, 1, 80)), and_(EARLY, Treated(1, 4, 2, 80))
    assert not told_apart(in_a_file, again, new)
    assert told_apart(in_a_file, again, new, 300)


def test_the_reader_sees_in_which_month_money_went_back_and_who_came(in_a_file):
    """And not on which day of it, nor whose it was."""
    soon, late = Treated(0, 5, 0, 90, (1, 2)), Treated(0, 25, 1, 90, (1, 27))
    assert not told_apart(in_a_file, and_(EARLY, soon), and_(EARLY, late))
    assert told_apart(in_a_file, and_(EARLY, soon), and_(EARLY, replace(soon, back=(0, 27))))
    first, other = (replace(EARLY, bonds=(*EARLY.bonds[:3], Came(1, n, 3))) for n in (3, 25))
    assert not told_apart(in_a_file, first, other)
    assert told_apart(in_a_file, EARLY, first)


def test_posted_day_by_day_it_would_be_told_apart(in_a_file, monkeypatch):
    monkeypatch.setattr(reward_posting, "first_of", lambda now, _: now.date())
    monkeypatch.setattr(reward_posting, "_key", lambda patient, day: f"reward:{patient}:{day}")
    assert told_apart(in_a_file, EARLY, LATE)
