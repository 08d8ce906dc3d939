"""Whatever is recorded, corrected, returned in whole or in parts and given, in any order and at any
time: every lot is that of a second, plainer model (`plain_lots.py`), the points in entries, in lots
and on the wallet agree, nothing falls below zero, and a visit taken back leaves nothing behind.
"""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar
from zoneinfo import ZoneInfo

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    initialize,
    invariant,
    multiple,
    precondition,
    rule,
)
from sqlalchemy import text

from db.audit import compared
from db.books import Books
from db.engines import sqlite_writer
from db.migrate import upgrade
from loyalty import expiry
from loyalty.branches import Branch
from loyalty.categories import Category
from loyalty.desk import approving, correcting, drafting, gifts, recording, returning
from loyalty.desk.card import Spending, lay_out
from loyalty.desk.correcting import (
    PartlyReturnedError,
    ReversedAlreadyError,
    TooLateToCorrectError,
)
from loyalty.desk.drafting import Wanted
from loyalty.desk.newcomers import record_patient
from loyalty.people import Patient
from loyalty.requests import Request, RequestState
from loyalty.reversing import ReturnWholeError
from loyalty.team import Member, Standing
from loyalty.visits import Slice, Visit, left
from tests.db.plain_lots import Plain, RefusedError
from tests.support.clock import TestClock

T = TypeVar("T")
ZONE = ZoneInfo("Europe/Moscow")
ANNA, IRINA, OLEG = 1003, 1004, 1005
PHONES = ("+79123456701", "+79123456702")

SUMS = st.integers(1, 9_99) | st.integers(1, 3_000_00) | st.integers(1, 60_000_00)
CATEGORIES = st.sampled_from([None, Category.HYGIENE, Category.SURGERY])


@cache
def schema() -> bytes:
    """A migrated file: migrations take longer than a whole example."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "schema.db"
        upgrade(f"sqlite:///{file}")
        return file.read_bytes()


class TakingBack(RuleBasedStateMachine):
    """One desk, two patients, and time that passes."""

    visits = Bundle("visits")

    @initialize()
    def open_clinic(self) -> None:
        self.folder = TemporaryDirectory()
        file = Path(self.folder.name) / "molar.db"
        file.write_bytes(schema())
        self.engine = sqlite_writer(f"sqlite:///{file}")
        self.clock = TestClock()
        self.number = 0
        self.standing: set[int] = set()  # visits that nobody has taken back whole
        self.events: list[Callable[[Plain], None]] = []
        self.given = 0  # points that came by hand and not by visits
        self.anna, self.irina = self.change(self._open_desk)
        self.patients = [self.change(record_patient, phone, "Пётр") for phone in PHONES]

    def teardown(self) -> None:
        if hasattr(self, "folder"):
            with self.engine.begin() as connection:
                found = compared(connection).differences
            self.engine.dispose()
            self.folder.cleanup()
            assert found == []

    def change(self, use_case: Callable[..., T], *args: object, **kwargs: object) -> T:
        with self.engine.begin() as connection:
            return use_case(Books(connection, self.clock.now(), ZONE, True), *args, **kwargs)

    @staticmethod
    def _open_desk(tx) -> list[Member]:
        branch = Branch(0, "Ленина", -100, "Europe/Moscow", "ООО «Улыбка»", "+7 843 212-34-56")
        branch = tx.branches.add_branch(branch)
        return [
            tx.branches.add_member(Member(0, branch.id, telegram, name, Standing.STAFF))
            for telegram, name in ((ANNA, "Анна"), (IRINA, "Ирина"))
        ]

    # --- what people do

    @rule(
        target=visits,
        who=st.sampled_from(range(len(PHONES))),
        sums=st.lists(st.tuples(SUMS, CATEGORIES), min_size=1, max_size=3),
        most=st.sampled_from([True, True, False]),
        without_points=st.sampled_from([False, False, True]),
    )
    def record(self, who, sums, most, without_points):
        wanted = Wanted(
            parts=[(sum_, category, None) for sum_, category in sums],
            points=None if most else 0,
            most=most,
        )
        draft = self.change(
            drafting.open_draft,
            self.anna,
            "Анна",
            source=self._source(),
            who=PHONES[who],
            wanted=wanted,
        )
        if without_points:
            self.change(drafting.exclude, self.anna, draft.id, draft.revision, 0)
        return self._record(draft.id)

    @rule(target=visits, visit=visits, sum_=SUMS)
    def correct_sum(self, visit, sum_):
        try:
            draft = self.change(correcting.correct_sum, self.anna, "Анна", visit)
            laid = self.change(drafting.set_sum, self.anna, draft.id, draft.revision, 0, sum_)
        except (ReversedAlreadyError, PartlyReturnedError, TooLateToCorrectError):
            return multiple()
        shown = laid.purse
        recorded = self._record(draft.id, instead_of=visit)
        self.standing.discard(visit)
        before = self.change(lambda tx: tx.desk.visit(recorded)).balance_before
        assert before == shown.balance, "the card counted with another purse than the record"
        return recorded

    @rule(target=visits, visit=consumes(visits), who=st.sampled_from(range(len(PHONES))))
    def correct_patient(self, visit, who):
        try:
            draft = self.change(correcting.correct_patient, self.anna, "Анна", visit)
        except (ReversedAlreadyError, PartlyReturnedError):
            return multiple()
        if self.change(lambda tx: tx.desk.visit(visit)).patient == self.patients[who].id:
            self.change(drafting.drop, self.anna, draft.id)
            return visit
        self.change(drafting.not_this_patient, self.anna, draft.id, draft.revision, PHONES[who])
        recorded = self._record(draft.id, instead_of=visit)
        self.standing.discard(visit)
        return recorded

    @rule(visit=visits)
    def return_money(self, visit):
        """All that is left."""
        if visit not in self.standing:
            with pytest.raises(ReversedAlreadyError):
                self._return(visit, None, by=self.irina)
            return
        self._happens(self._rest(visit))
        self._return(visit, None)
        self.standing.discard(visit)

    @rule(
        recent=st.integers(0, 3),
        which=st.lists(st.integers(0, 2), min_size=1, max_size=3, unique=True),
        tenths=st.integers(0, 10),
        twice=st.booleans(),
    )
    @precondition(lambda self: self.standing)
    def return_part(self, recent, which, tenths, twice):
        visit = sorted(self.standing, reverse=True)[recent % len(self.standing)]
        self._return_part(visit, which, tenths, twice=twice)

    @rule(
        target=visits,
        who=st.sampled_from(range(len(PHONES))),
        earning=st.integers(1_000_00, 60_000_00),
        gifts=st.lists(st.integers(1, 400), max_size=2),
        sums=st.lists(st.tuples(st.integers(1, 2_000_00), CATEGORIES), min_size=1, max_size=2),
        cuts=st.lists(st.tuples(st.integers(0, 9), st.integers(0, 12)), min_size=1, max_size=4),
    )
    def pay_from_several_lots_and_return_in_parts(self, who, earning, gifts, sums, cuts):
        """The second visit spends what the first has earned: where that goes back there is debt."""
        first = self.record(who, [(earning, None)], most=False, without_points=False)
        self.clock.pass_(days=1)
        for points in gifts:
            self.give(who, points)
            self.clock.pass_(days=1)
        visit = self.record(who, sums, most=True, without_points=False)
        self._return_part(first, [0], cuts[0][0] + 1, twice=False)
        for tenths, days in cuts:
            if visit in self.standing:
                self._return_part(visit, [days % 2, 0], tenths, twice=False)
            self.clock.pass_(days=days)
        return visit

    def _return_part(self, visit, which, tenths, *, twice):
        """So many tenths of what is left of some lines, a kopeck at least."""
        left = {one.part: one.sum for one in self._left(visit)}
        slices = tuple(
            Slice(part, max(1, left[part] * tenths // 10))
            for part in sorted(set(which))
            if part in left
        )
        if not slices:
            return
        part = self._part(visit, slices)
        try:
            self._replayed([*self.events, part])
        except RefusedError:
            with pytest.raises(ReturnWholeError):
                self._return(visit, slices)
            return
        self._happens(part)
        self._return(visit, slices, times=1 + twice)
        if not self._left(visit):
            self.standing.discard(visit)

    def _return(self, visit, slices, *, times=1, by=None):
        """Once, however often it is pressed; a manager's tap where it needs one."""
        n = len(self._reversals(visit)) + 1
        by = by or self.anna
        for _ in range(times):
            back = self.change(
                returning.return_money,
                by,
                by.name,
                visit,
                "redone",
                (OLEG,),
                slices=slices,
                n=n,
            )
            self._grant(back.request)

    def _reversals(self, visit):
        return self.change(lambda tx: tx.desk.reversals(visit))

    def _left(self, visit):
        return left(self.change(lambda tx: tx.desk.visit(visit)), self._reversals(visit))

    def _rest(self, visit):
        return self._part(visit, self._left(visit))

    def _part(self, visit, slices):
        now = self.clock.now()
        parts = self.change(lambda tx: tx.desk.visit(visit)).parts
        excluded = sum(one.sum for one in slices if parts[one.part].excluded)
        bill = sum(one.sum for one in slices) - excluded
        return lambda plain: plain.back(now, visit, bill, excluded)

    def _happens(self, event):
        self.events.append(event)

    def _replayed(self, events):
        plain = Plain()
        for event in events:
            event(plain)
        return plain

    @rule(who=st.sampled_from(range(len(PHONES))), points=st.integers(1, 900))
    def give(self, who, points):
        patient = self.patients[who].id
        given = self.change(
            gifts.give,
            self.anna,
            "Анна",
            patient,
            points,
            "sorry",
            source=self._source(),
            owners=(OLEG,),
        )
        self._grant(given.request)
        self.given += points
        now, wallet = self.clock.now(), self.patients[who].wallet
        self._happens(lambda plain: plain.gift(now, wallet, points))

    @rule(days=st.sampled_from([1, 1, 1, 1, 1, 1, 5, 20, 150, 370]), swept=st.booleans())
    def time_passes(self, days, swept):
        self.clock.pass_(days=days)
        if swept:
            before, now = self._spendable(), self.clock.now()
            while self.change(expiry.sweep):
                pass
            self._happens(lambda plain: plain.sweep(now))
            assert (
                self._spendable()
                == before
                == sum(self._books(patient)[0].balance for patient in self.patients)
            )

    def _grant(self, request: Request) -> None:
        if request.state is RequestState.WAITING:
            self.change(approving.decide, OLEG, request.id, is_owner=True, granted=True)

    def _source(self) -> str:
        self.number += 1
        return f"test:{self.number}"

    def _record(self, draft: int, instead_of: int | None = None) -> int:
        laid = self.change(lambda tx: lay_out(tx, tx.desk.draft(draft)))
        if laid.spending in {Spending.BY_SIGNATURE, Spending.TOO_MUCH_TO_SIGN}:
            few = min(laid.points, laid.programme.signature)
            self.change(drafting.spend, self.anna, draft, laid.draft.revision, few)
            signed = laid.draft.revision + 1
            self.change(drafting.sign, self.anna, draft, signed)
            laid = self.change(lambda tx: lay_out(tx, tx.desk.draft(draft)))
        if instead_of is not None:
            self._happens(self._rest(instead_of))
            self._happens(lambda plain: plain.cancel(instead_of))
        visit = self.change(recording.record, self.anna, "Анна", draft, laid.draft.revision)
        self.standing.add(draft)
        self._happens(self._as_recorded(visit))
        return draft

    def _as_recorded(self, visit: Visit):
        now, day = self.clock.now(), visit.day
        parts = [(part.sum, part.category, part.excluded) for part in visit.parts]
        return lambda plain: plain.visit(now, day, visit.id, visit.wallet, parts, visit.points)

    # --- what must be true

    @invariant()
    def books_agree(self):
        for patient in self.patients:
            wallet, entries, lots = self._books(patient)
            assert wallet.balance == entries == lots >= 0
            assert wallet.debt >= 0

    @invariant()
    def every_lot_is_that_of_the_plain_model(self):
        plain = self._replayed(self.events)
        for patient in self.patients:
            wallet, ours = self._books(patient)[0], plain.wallet(patient.wallet)
            lots = self.change(lambda tx, number=wallet.id: tx.ledger.lots(number))
            theirs = [(lot.ends_at, lot.remaining) for lot in lots]
            assert theirs == [(lot.ends, lot.left) for lot in ours.ordered() if lot.left]
            assert (wallet.debt, wallet.cash_paid) == (ours.debt, ours.cash)

    @invariant()
    def every_point_has_its_visit_or_gift(self):
        """What lies in wallets, less what they owe."""
        wallets = [self._books(patient)[0] for patient in self.patients]
        there = sum(wallet.balance - wallet.debt for wallet in wallets)
        visits = self._number("SELECT coalesce(sum(earned - points), 0) FROM visits")
        back = self._number("SELECT coalesce(sum(points_back - clawed), 0) FROM reversals")
        swept = -self._number(
            "SELECT coalesce(sum(e.points), 0) FROM entries e"
            " JOIN operations o ON o.id = e.operation_id WHERE o.kind = 'expiry'"
        )
        assert there == self.given + visits + back - swept

    @rule()
    def take_everything_back(self):
        for number in sorted(self.standing, reverse=True):
            self.return_money(number)
        wallets = [self._books(patient)[0] for patient in self.patients]
        assert not self.standing
        assert [wallet.cash_paid for wallet in wallets] == [0] * len(wallets)
        assert self._spendable() <= self.given

    def _spendable(self) -> int:
        """Points that can still be spent."""

        def alive(tx) -> int:
            lots = [lot for patient in self.patients for lot in tx.ledger.lots(patient.wallet)]
            return sum(lot.remaining for lot in lots if lot.ends_at > tx.now)

        return self.change(alive)

    def _books(self, patient: Patient):
        wallet = self.change(lambda tx: tx.people.wallet(patient.wallet))
        of = f"WHERE wallet_id = {patient.wallet}"
        entries = self._number(f"SELECT coalesce(sum(points), 0) FROM entries {of}")
        lots = self._number(f"SELECT coalesce(sum(remaining), 0) FROM lots {of}")
        return wallet, entries, lots

    def _number(self, query: str) -> int:
        with self.engine.begin() as connection:
            return int(connection.execute(text(query)).scalar_one())


TakingBack.TestCase.settings = settings(
    parent=settings.get_profile("molar"), max_examples=40, stateful_step_count=25
)
TestTakingBack = TakingBack.TestCase
