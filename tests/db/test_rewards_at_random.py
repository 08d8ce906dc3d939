"""Whoever recommends whom, is treated, has money back, is merged and parted, whatever an owner adds
for a first payment, and whenever a month turns, in any order: what is gathered for each record and
not posted yet is that of a plainer model, and the audit finds nothing.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar
from zoneinfo import ZoneInfo

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from sqlalchemy import text

from db.audit import compared
from db.books import Books
from db.engines import sqlite_writer
from db.migrate import upgrade
from loyalty import reward_posting, rewards
from loyalty.desk import approving, correcting, drafting, merging, recording, returning
from loyalty.desk.card import lay_out
from loyalty.desk.drafting import Wanted
from loyalty.desk.newcomers import record_patient
from loyalty.desk.unmerging import CorrectedSinceError, MergedFurtherError
from loyalty.requests import Request
from loyalty.visits import Reversal, Slice, Visit, left
from tests.db.test_correcting import OLEG, open_desk
from tests.support.clock import TestClock

T = TypeVar("T")
ZONE = ZoneInfo("Europe/Moscow")
PHONES = [f"+7912345670{n}" for n in range(1, 6)]
MOST_WITHOUT_A_MANAGER = 5_000_00
WITHOUT_A_MANAGER = timedelta(days=13)
ONE = st.integers(0, len(PHONES) - 1)
SUMS = st.integers(1, 300_00) | st.integers(1, MOST_WITHOUT_A_MANAGER)


def month_of(day: date) -> int:
    """Counted from the year nought."""
    return day.year * 12 + day.month - 1


@cache
def schema() -> bytes:
    """A migrated file: migrations take longer than a whole example."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "schema.db"
        upgrade(f"sqlite:///{file}")
        return file.read_bytes()


class Rewards(RuleBasedStateMachine):
    """One desk and five patients on paper; a minute passes between any two acts."""

    @initialize()
    def open_clinic(self) -> None:
        self.folder = TemporaryDirectory()
        file = Path(self.folder.name) / "molar.db"
        file.write_bytes(schema())
        self.engine = sqlite_writer(f"sqlite:///{file}")
        self.clock, self.number = TestClock(), 0
        _, self.anna, _ = self.change(open_desk)
        self.people = [self.change(record_patient, phone, "Пётр").id for phone in PHONES]
        self.part_of: dict[int, int] = {}  # a record, and which one it is part of
        self.merges: list[tuple[Request, dict[int, int]]] = []  # with what was part of what before
        self.bonds: list[tuple[int, int]] = []  # friend and referrer, in the order of saying
        self.visits: list[Visit] = []
        self.rewarded: dict[int, int] = {}  # a visit, and for whom it gathered
        self.fixed = 0
        self.firsts: dict[int, tuple[int, int]] = {}  # a visit, its bond's friend, the fixed sum
        self.posted: Counter[int] = Counter()

    def teardown(self) -> None:
        if hasattr(self, "folder"):
            self.engine.dispose()
            self.folder.cleanup()

    def change(self, use_case: Callable[..., T], *args: object, **kwargs: object) -> T:
        self.clock.pass_(minutes=1)
        return self.ask(use_case, *args, **kwargs)

    def ask(self, use_case: Callable[..., T], *args: object, **kwargs: object) -> T:
        with self.engine.begin() as connection:
            return use_case(Books(connection, self.clock.now(), ZONE, True), *args, **kwargs)

    # --- the plainer model

    def is_now(self, record: int) -> int:
        return self.part_of.get(record, record)

    def first_bond(self, patient: int) -> tuple[int, int] | None:
        """Friend and referrer."""
        for friend, referrer in self.bonds:
            if self.is_now(friend) == patient != self.is_now(referrer):
                return friend, referrer
        return None

    def money(self, visit: int) -> int:
        its = self._visit(visit)
        return its.cash - sum(one.money for one in self._reversals(its))

    def pays_first(self, visit: Visit) -> bool:
        """Nothing they paid is left, but where that brought the sum before and went back."""
        friend = self._visit(visit.id).patient
        brought = [one for one, (of, _) in self.firsts.items() if self.is_now(of) == friend]
        others = [one.id for one in self.visits if self._visit(one.id).patient == friend]
        return not any(self.money(one) for one in brought or others if one != visit.id)

    def gathered(self) -> Counter[int]:
        found: Counter[int] = Counter()
        for visit in self.visits:
            if visit.id in self.rewarded:
                found[self.rewarded[visit.id]] += self.brings(visit)
        return found

    def brings(self, visit: Visit) -> int:
        back = sum(one.bill for one in self._reversals(visit))
        _, fixed = self.firsts.get(visit.id, (0, 0))
        share = visit.reward - visit.reward * back // visit.bill
        return share + (fixed if self.money(visit.id) else 0)

    def comes(self, patient: int, month: int) -> Counter[int]:
        """What is posted on the 1st of this month (counted from the year nought), by record: of
        two friends' visits all that was before, of a single one's what is of four months ago.
        Nothing of one's own visits.
        """
        its = [
            (self.rewarded[visit.id], self._visit(visit.id).patient, visit, self.brings(visit))
            for visit in self.visits
            if self.is_now(self.rewarded.get(visit.id, 0)) == patient
            if self._visit(visit.id).patient != patient
            if month_of(visit.recorded_at.astimezone(ZONE).date()) < month
        ]
        single = len({friend for _, friend, _, points in its if points}) < 2
        left = Counter(
            {record: -n for record, n in self.posted.items() if self.is_now(record) == patient}
        )
        for record, _, visit, points in its:
            if not single or month_of(visit.day) + 4 <= month:
                left[record] += points
        due, shares = max(0, left.total()) // 50 * 50, Counter()
        for record in sorted(left):
            shares[record] = max(0, min(due, left[record]))
            due -= shares[record]
        return shares

    # --- what people do

    @rule(friend=ONE, referrer=ONE)
    def say(self, friend: int, referrer: int) -> None:
        whom, by = self.is_now(self.people[friend]), self.people[referrer]
        bond = self.first_bond(whom)
        first = None if bond is None else bond[1]
        new = first is None and whom != self.is_now(by) and whom not in dict(self.bonds)
        assert self.change(rewards.recommend, whom, by) is (new or (first == by and whom != by))
        self.bonds += [(whom, by)] if new else []

    @rule(points=st.sampled_from([0, 70, 130]))
    def owner_adds(self, points: int) -> None:
        self.fixed = points
        self.change(_set_fixed, points)

    @rule(who=ONE, sum_=SUMS)
    def treat(self, who: int, sum_: int) -> None:
        self._record(
            self.change(
                drafting.open_draft,
                self.anna,
                "Анна",
                source=self._source(),
                who=PHONES[who],
                wanted=Wanted(parts=[(sum_, None, None)], points=0),
            ).id
        )

    @precondition(lambda self: self.visits)
    @rule(data=st.data(), share=st.integers(1, 4))
    def give_money_back(self, data, share: int) -> None:
        visit = data.draw(st.sampled_from(self.visits))
        reversals = self._reversals(visit)
        rest = left(visit, reversals)
        if not rest or self.clock.now() - visit.recorded_at > WITHOUT_A_MANAGER:
            return
        slices = None if share == 1 else (Slice(0, max(1, rest[0].sum // share)),)
        by = (self.anna, "Анна", visit.id, "redone", (OLEG,))
        self.change(returning.return_money, *by, slices=slices, n=len(reversals) + 1)

    @precondition(lambda self: self.visits)
    @rule(data=st.data(), sum_=SUMS)
    def mend(self, data, sum_: int) -> None:
        visit = data.draw(st.sampled_from(self.visits))
        if self._is_fresh(visit):
            draft = self.change(correcting.correct_sum, self.anna, "Анна", visit.id)
            self.change(drafting.set_sum, self.anna, draft.id, draft.revision, 0, sum_)
            self._record(draft.id)

    @precondition(lambda self: self.visits)
    @rule(data=st.data(), right=ONE)
    def move(self, data, right: int) -> None:
        visit = data.draw(st.sampled_from(self.visits))
        whose = self.is_now(self.people[right])
        if self._is_fresh(visit) and self._visit(visit.id).patient != whose:
            draft = self.change(correcting.correct_patient, self.anna, "Анна", visit.id)
            phone, revision = PHONES[right], draft.revision
            self.change(drafting.not_this_patient, self.anna, draft.id, revision, phone)
            self._record(draft.id)

    @precondition(lambda self: self.visits)
    @rule(data=st.data())
    def undo(self, data) -> None:
        visit = data.draw(st.sampled_from(self.visits))
        if self._is_fresh(visit):
            self.change(correcting.undo, self.anna, "Анна", visit.id)

    @rule(one=ONE, other=ONE)
    def merge(self, one: int, other: int) -> None:
        one, other = self.is_now(self.people[one]), self.is_now(self.people[other])
        if one == other:
            return
        by = (self.anna, "Анна", one, other)
        request = self.change(merging.ask, *by, source=self._source(), owners=(OLEG,))
        how = {"is_owner": True, "granted": True, "owners": (OLEG,)}
        self.change(approving.decide, OLEG, request.id, **how)
        self.merges.append((request, dict(self.part_of)))
        for record in self.people:
            if self.is_now(record) == request.other:
                self.part_of[record] = request.patient

    @precondition(lambda self: self.merges)
    @rule()
    def part(self) -> None:
        request, before = self.merges[-1]
        try:
            self.change(approving.undo_merge, OLEG, request.id, is_owner=True)
        except (CorrectedSinceError, MergedFurtherError):
            return
        self.merges.pop()
        self.part_of = before

    @rule(months=st.integers(1, 4))
    def month_turns(self, months: int) -> None:
        """The scheduler may have stood still for some of them; a second one finds nothing to do."""
        month = month_of(self.clock.now().astimezone(ZONE).date()) + months
        self.clock.moment = datetime(month // 12, month % 12 + 1, 1, 1, tzinfo=ZONE)
        due = self.change(reward_posting.due)
        for patient in due.patients:
            assert self.change(reward_posting.post_for, patient) is not None
            assert self.change(reward_posting.post_for, patient) is None
        expected = {patient: self.comes(patient, month) for patient in self.people}
        assert set(due.patients) == {who for who, comes in expected.items() if comes.total()}
        for comes in expected.values():
            self.posted.update(comes)
        assert not self.ask(reward_posting.due).patients

    # --- what must hold

    @invariant()
    def what_is_gathered_is_that_of_the_model(self) -> None:
        query = text("SELECT referrer_id, SUM(points) FROM rewards GROUP BY referrer_id")
        with self.engine.begin() as connection:
            found = {row[0]: row[1] for row in connection.execute(query) if row[1]}
            differences = compared(connection).differences
        left = self.gathered()
        left.subtract(self.posted)
        assert (found, differences) == ({who: n for who, n in left.items() if n}, [])

    # --- inside

    def _source(self) -> str:
        self.number += 1
        return f"line:1:{self.number}"

    def _record(self, draft: int) -> None:
        revision = self.ask(lambda tx: lay_out(tx, tx.desk.draft(draft))).draft.revision
        visit = self.change(recording.record, self.anna, "Анна", draft, revision)
        self.visits.append(visit)
        if (bond := self.first_bond(visit.patient)) is not None:
            friend, self.rewarded[visit.id] = bond
            if self.fixed and self.pays_first(visit):
                self.firsts[visit.id] = friend, self.fixed

    def _is_fresh(self, visit: Visit) -> bool:
        """Nothing of it went back, and it is still its day."""
        days = {at.astimezone(ZONE).date() for at in (visit.recorded_at, self.clock.now())}
        return not self._reversals(visit) and len(days) == 1

    def _visit(self, visit: int) -> Visit:
        return self.ask(lambda tx: tx.desk.visit(visit))

    def _reversals(self, visit: Visit) -> Sequence[Reversal]:
        return self.ask(lambda tx: tx.desk.reversals(visit.id))


def _set_fixed(tx: Books, points: int) -> None:
    number, programme = tx.programmes.current()
    assert tx.programmes.add(replace(programme, friend_fixed=points), OLEG, number)


Rewards.TestCase.settings = settings(
    parent=settings.get_profile("molar"), max_examples=15, stateful_step_count=25
)
TestRewards = Rewards.TestCase
