"""Whatever two records have been through: merged and taken apart, each has what it had, and what
happened in between is counted against the one that it happened to.

Each example has a life before the merge, one as one record, and one after the undoing.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar
from zoneinfo import ZoneInfo

import pytest
from hypothesis import event, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection

from db.audit import compared
from db.books import Books
from loyalty import expiry
from loyalty.branches import Branch
from loyalty.desk import approving, drafting, gifts, merging, recording, returning
from loyalty.desk.card import Spending, lay_out
from loyalty.desk.drafting import Wanted
from loyalty.desk.newcomers import record_patient
from loyalty.desk.unmerging import CorrectedSinceError, Parting
from loyalty.requests import Request, RequestState
from loyalty.team import Member, Standing
from tests.support.clock import TestClock
from tests.support.emptied import Emptied

T = TypeVar("T")
ZONE = ZoneInfo("Europe/Moscow")
ANNA, OLEG = 1003, 1005
PHONES = ("+79123456701", "+79123456702")
FIRST, SECOND = 0, 1
HOW = {"is_owner": True, "granted": True, "owners": (OLEG,)}

WHO = st.sampled_from([FIRST, SECOND])
DEEDS = st.one_of(
    st.tuples(st.just("record"), WHO, st.integers(1, 20_000_00), st.booleans()),
    st.tuples(st.just("return_money"), st.integers(0, 9)),
    st.tuples(st.just("give"), WHO, st.integers(1, 900)),
    st.tuples(st.just("owe"), WHO, st.integers(1, 900)),
    st.tuples(st.just("ask"), WHO, st.integers(600, 900)),
    st.tuples(st.just("agree")),
    st.tuples(st.just("time_passes"), st.sampled_from([1, 1, 1, 5, 20, 150]), st.booleans()),
)


@dataclass
class Kept:
    """One of the two just before they became one."""

    lots: dict[int, tuple[int, datetime]]
    debt: int
    cash: int
    visits: set[int]


@dataclass
class Brought:
    """A gift that came for one of the two while they were one; `settled` of it went into debt."""

    points: int
    settled: int
    end: datetime


class Clinic:
    """One desk, two records, and time that passes."""

    def __init__(self, books: Emptied) -> None:
        books.empty()
        self.books = books
        self.clock = TestClock()
        self.number = 0
        self.one = False  # the records are one now
        self.standing: dict[int, int] = {}  # visits that nobody has taken back, and whose they are
        self.taken_back: set[int] = set()
        self.waiting: list[tuple[int, Request]] = []  # gifts that nobody has agreed to, and whose
        self.brought: list[Brought] = []  # to the second, while it was part of the first
        self.anna = self.change(_open_desk)
        self.patients = [self.change(record_patient, phone, "Пётр") for phone in PHONES]

    def change(self, use_case: Callable[..., T], *args: object, **kwargs: object) -> T:
        def changed(connection: Connection) -> T:
            return use_case(Books(connection, self.clock.now(), ZONE, True), *args, **kwargs)

        return self.books.change(changed)

    def lives(self, deeds: Sequence[tuple]) -> None:
        for name, *about in deeds:
            getattr(self, name)(*about)
        self.check_cash()

    # --- what people do

    def record(self, who: int, sum_: int, most: bool) -> None:
        """By either phone; while the records are one, both lead to the first."""
        wanted = Wanted([(sum_, None, None)], points=None if most else 0, most=most)
        draft = self.change(
            *(drafting.open_draft, self.anna, "Анна"),
            source=self.source(),
            who=PHONES[who],
            wanted=wanted,
        )
        laid = self.change(lambda tx: lay_out(tx, tx.desk.draft(draft.id)))
        if laid.spending in {Spending.BY_SIGNATURE, Spending.TOO_MUCH_TO_SIGN}:
            few = min(laid.points, laid.programme.signature)
            self.change(drafting.spend, self.anna, draft.id, laid.draft.revision, few)
            self.change(drafting.sign, self.anna, draft.id, laid.draft.revision + 1)
        now = self.change(lambda tx: tx.desk.draft(draft.id))
        self.change(recording.record, self.anna, "Анна", now.id, now.revision)
        self.standing[draft.id] = FIRST if self.one else who

    def return_money(self, which: int) -> None:
        if not self.standing:
            return
        visit = sorted(self.standing)[which % len(self.standing)]
        back = self.change(returning.return_money, self.anna, "Анна", visit, "redone", (OLEG,))
        self.grant(back.request)
        self.taken_back.add(visit)
        del self.standing[visit]

    def give(self, who: int, points: int) -> None:
        whom = self.patients[FIRST if self.one else who].id
        given = self.change(
            *(gifts.give, self.anna, "Анна", whom, points, "sorry"),
            source=self.source(),
            owners=(OLEG,),
        )
        self.grant(given.request)

    def ask(self, who: int, points: int) -> None:
        """For more than staff may give alone."""
        whose = FIRST if self.one else who
        asked = self.change(
            *(gifts.give, self.anna, "Анна", self.patients[whose].id, points, "sorry"),
            source=self.source(),
            owners=(OLEG,),
        )
        assert asked.request.state is RequestState.WAITING
        self.waiting.append((whose, asked.request))

    def agree(self) -> None:
        if not self.waiting:
            return
        whose, request = self.waiting.pop(0)
        settled = min(request.amount, self.kept()[FIRST].debt)
        self.grant(request)
        if self.one and whose == SECOND:
            end = self.change(
                lambda tx: gifts.end_of(tx.branches.branch(request.branch), tx.now, tx.programme)
            )
            self.brought.append(Brought(request.amount, settled, end))

    def owe(self, who: int, points: int) -> None:
        """As after a return that left too few points; what earns next settles it."""

        def owe(tx) -> None:
            wallet = tx.people.wallet(self.patients[FIRST if self.one else who].wallet)
            tx.people.save_wallet(replace(wallet, debt=wallet.debt + points))

        self.change(owe)

    def time_passes(self, days: int, swept: bool) -> None:
        self.clock.pass_(days=days)
        while swept and self.change(expiry.sweep):
            pass

    def merge(self) -> Request:
        one, other = (patient.id for patient in self.patients)
        how = {"source": self.source(), "owners": (OLEG,)}
        request = self.change(merging.ask, self.anna, "Анна", other, one, **how)
        self.change(approving.decide, OLEG, request.id, **HOW)
        self.one = True
        return request

    def undo(self, request: Request) -> None:
        self.change(approving.undo_merge, OLEG, request.id, is_owner=True)
        self.one = False

    def parting(self, request: Request) -> Parting:
        asked = self.change(approving.undoable, OLEG, request.id, is_owner=True)
        assert asked.parting
        return asked.parting

    def grant(self, request: Request) -> None:
        if request.state is RequestState.WAITING:
            self.change(approving.decide, OLEG, request.id, **HOW)

    def source(self) -> str:
        self.number += 1
        return f"test:{self.number}"

    # --- what there is

    def kept(self) -> list[Kept]:
        return [self.change(_kept, patient.id) for patient in self.patients]

    def alive(self, kept: Kept) -> dict[int, tuple[int, datetime]]:
        return {n: lot for n, lot in kept.lots.items() if lot[1] > self.clock.now()}

    def check_cash(self) -> None:
        """Tier's progress is the cash that stayed, of the visits that are whose they should be."""
        for who, kept in enumerate(self.kept()):
            its = [n for n, whose in self.standing.items() if who == (FIRST if self.one else whose)]
            visits = [self.change(lambda tx, n=n: tx.desk.visit(n)) for n in its]
            assert kept.cash == sum(visit.cash for visit in visits)
            assert set(its) <= kept.visits

    def check_books(self) -> None:
        assert self.books.change(compared).differences == []


def _open_desk(tx) -> Member:
    branch = Branch(0, "Ленина", -100, "Europe/Moscow", "ООО «Улыбка»", "+7 843 212-34-56")
    branch = tx.branches.add_branch(branch)
    return tx.branches.add_member(Member(0, branch.id, ANNA, "Анна", Standing.STAFF))


def _kept(tx, patient: int) -> Kept:
    """Of the record itself: while it is part of another one, its own wallet holds nothing."""
    wallet = tx.people.wallet(patient)  # nobody else has come: each has the wallet of its number
    return Kept(
        {lot.id: (lot.remaining, lot.ends_at) for lot in tx.ledger.lots(wallet.id)},
        wallet.debt,
        wallet.cash_paid,
        {visit.id for visit in tx.desk.visits_of([patient], 0, 999)},
    )


def worth(*records: Kept) -> int:
    """Points that lie there, less what is owed."""
    return sum(left for kept in records for left, _ in kept.lots.values()) - sum(
        kept.debt for kept in records
    )


def check_merged(had: Sequence[Kept], now: Sequence[Kept]) -> None:
    """All of both is the first's: as many lots with the same ends, debt, cash, visits."""
    together, emptied = now
    assert sorted(together.lots.values()) == sorted(
        lot for kept in had for lot in kept.lots.values()
    )
    assert together.debt == sum(kept.debt for kept in had)
    assert together.cash == sum(kept.cash for kept in had)
    assert together.visits == had[FIRST].visits | had[SECOND].visits
    assert emptied == Kept({}, 0, 0, set())


def check_apart(clinic: Clinic, had: Kept, one: Sequence[Kept], now: Sequence[Kept]) -> None:
    """The second has its own lots by number, points and end, as if nothing had been; only what
    has ended may be swept. The first has the rest, and nothing is made or lost.
    """
    first, second = now
    alive = clinic.alive(second)
    assert {n: lot for n, lot in alive.items() if n in had.lots} == clinic.alive(had)
    check_brought(clinic, [lot for n, lot in alive.items() if n not in had.lots])
    assert (second.debt, second.cash, second.visits) == (had.debt, had.cash, had.visits)
    assert first.visits == one[FIRST].visits - had.visits
    assert first.cash == one[FIRST].cash - had.cash
    assert worth(first, second) == worth(*one)
    if first.debt > had.debt:
        event("the first owes")


def check_brought(clinic: Clinic, came: Sequence[tuple[int, datetime]]) -> None:
    """Gifts that it waited for as it went, with all their points; of one that has ended since,
    what had gone into debt.
    """
    ended = [gift.settled for gift in clinic.brought if gift.end <= clinic.clock.now()]
    alive = [(gift.points, gift.end) for gift in clinic.brought if gift.end > clinic.clock.now()]
    settled = [left for left, end in came if (left, end) not in alive]
    assert sorted(settled) == sorted(points for points in ended if points)
    assert sorted(lot for lot in came if lot in alive) == sorted(alive)
    if any(gift.points == gift.settled for gift in clinic.brought):
        event("debt took a gift wholly")


def check_told(clinic: Clinic, told: Parting, now: Sequence[Kept]) -> None:
    """The numbers of the question are what came of it."""
    first, second = now
    assert told.back == sum(left for left, _ in clinic.alive(second).values())
    assert told.debt == first.debt
    assert 0 <= told.spent <= told.back


LIFE = st.lists(DEEDS, max_size=5)
# Both have points that can be spent at once, and somebody does.
GIFTS = st.tuples(
    *(st.tuples(st.just("give"), st.just(who), st.integers(1, 900)) for who in (0, 1))
)
SPENDING = st.tuples(st.just("record"), WHO, st.integers(1_000_00, 20_000_00), st.just(True))


OWED = [("ask", SECOND, 600), ("owe", SECOND, 600)]
PAYS = ("record", FIRST, 1_000_00, True)
EACH = (("give", FIRST, 5), ("give", SECOND, 5))


@settings(max_examples=60)
@given(gifts_=GIFTS, before=LIFE, spending=SPENDING, together=LIFE, after=LIFE)
@example(gifts_=EACH, before=OWED, spending=PAYS, together=[("owe", 0, 99), ("agree",)], after=[])
@example(gifts_=(), before=OWED, spending=("agree",), together=[], after=[])
def test_merged_and_back(emptied, gifts_, before, spending, together, after):
    clinic = Clinic(emptied)
    clinic.lives([*before, *gifts_])
    had, mended = clinic.kept(), set(clinic.taken_back)
    request = clinic.merge()
    check_merged(had, clinic.kept())
    clinic.lives([spending, *together])
    if (clinic.taken_back - mended) & had[SECOND].visits:
        event("refused: a visit of before was mended")
        with pytest.raises(CorrectedSinceError):
            clinic.undo(request)
    else:
        one, told = clinic.kept(), clinic.parting(request)
        clinic.undo(request)
        now = clinic.kept()
        check_apart(clinic, had[SECOND], one, now)
        check_told(clinic, told, now)
    clinic.check_books()
    clinic.lives(after)
    clinic.check_books()
