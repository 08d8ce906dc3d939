"""An appointment's life in any order, at any time: what is said is what a plain model says."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)

from db.books import Books
from loyalty import delivery, leaving, mail, registration
from loyalty.appointments import (
    answering,
    attending,
    booking,
    cancelling,
    moving,
    reminding,
)
from loyalty.branches import Branch
from loyalty.desk import drafting, recording
from loyalty.desk.drafting import Wanted
from loyalty.leaving import TakenError
from loyalty.letters import NotNowError, UntrueError
from tests.conftest import LONG
from tests.db.plain_appointments import DAY, LIVE, PlainBook
from tests.db.test_desk import MARIA, PHONE, admit
from tests.support.emptied import Emptied

KINDS = {"booked", "moved", "appointment-cancelled", "remind24", "remind2", "missed"}
# Nights of 23 and of 25 hours, the turn of the year, and no such thing.
BEGINS = {
    "Europe/Berlin": ("2027-03-25 10:00", "2026-10-22 10:00"),
    "America/New_York": ("2027-03-11 15:00", "2026-12-28 09:00"),
    "Europe/Moscow": ("2026-12-28 12:00", "2026-12-01 09:00"),
}
ZONES = st.sampled_from([(zone, at) for zone, begins in BEGINS.items() for at in begins])
AHEAD = st.integers(30, 6 * 24 * 60) | st.sampled_from([119, 120, 179, 180, 20 * 60, 24 * 60])
WAITS = st.integers(1, 30 * 60)
EDGES = st.sampled_from([-24 * 60, -20 * 60, -180, -120, -119, -30, 0, 1, 59, 61])


class Lives(RuleBasedStateMachine):
    """Does what hypothesis chooses to the books and to the model, and compares."""

    books: Emptied

    @initialize(where=ZONES)
    def opens(self, where):
        zone, begins = where
        self.zone = ZoneInfo(zone)
        self.now = datetime.fromisoformat(begins).replace(tzinfo=self.zone).astimezone(UTC)
        self.books.empty()
        self.said, self.numbers, self.lines = [], {}, 0
        self.model = PlainBook(self.now, self.zone)
        where = Branch(0, "Ленина", -100, zone, "ООО «Улыбка»", "+7 843 212-34-56")
        self.branch = self.change(lambda tx: tx.branches.add_branch(where))
        self.anna = self.change(admit, self.branch)
        self.change(registration.consent, MARIA)
        self.change(registration.prove_phone, MARIA, PHONE)
        (patient,) = self.change(lambda tx: tx.people.patients_with_phone(PHONE))
        self.patient = patient.id

    def change(self, use_case, *args, **kwargs):
        def job(connection):
            return use_case(Books(connection, self.now, self.zone, True), *args, **kwargs)

        return self.books.change(job)

    # --- what people do

    @rule(minutes=AHEAD)
    def book(self, minutes):
        if any(one.state in LIVE for one in self.model.book):
            return
        start = self.now + timedelta(minutes=minutes)
        self.lines += 1
        wanted = {"source": f"line:{self.lines}", "patient": self.patient, "surely": True}
        booked = self.change(
            booking.book, self.anna, "Анна", **wanted, branch=self.branch.id, starts_at=start
        )
        self.numbers[id(self.model.books(start))] = booked.id
        self.settles()

    @precondition(lambda self: self.live)
    @rule(minutes=AHEAD)
    def move(self, minutes):
        start = self.now + timedelta(minutes=minutes)
        if start == self.live.start:
            return
        args = (self.anna, "Анна", self.number, self.revision)
        self.change(moving.move, *args, starts_at=start, surely=True)
        self.model.moves(self.live, start)
        self.settles()

    @precondition(lambda self: self.live)
    @rule()
    def staff_cancel(self):
        self.change(cancelling.cancel, self.anna, self.number, self.revision)
        self.model.cancels(self.live)
        self.settles()

    @precondition(lambda self: self.live and self.now < self.live.start)
    @rule(answer=st.sampled_from(["confirm", "ask_to_move", "cancel"]))
    def patient_says(self, answer):
        minute = int(self.live.start.timestamp()) // 60
        said = getattr(answering, answer)
        assert self.change(said, MARIA, self.number, minute).heard
        model = self.model
        does = {"confirm": model.confirms, "ask_to_move": model.asks_for_another_time}
        does.get(answer, model.will_not_come)(self.live)
        self.settles()

    @precondition(lambda self: self.live and self.now >= self.live.start)
    @rule()
    def staff_say_missed(self):
        self.change(attending.missed, self.anna, self.number, self.revision)
        self.model.misses(self.live)
        self.settles()

    @rule()
    def visit(self):
        self.lines += 1
        wanted = Wanted([(1_000_00, None, None)], points=0)
        args = {"source": f"visit:{self.lines}", "who": PHONE, "wanted": wanted}
        draft = self.change(drafting.open_draft, self.anna, "Анна", **args)
        self.change(recording.record, self.anna, "Анна", draft.id, draft.revision)
        self.model.comes()
        self.settles()

    # --- time, and the scheduler

    @rule(minutes=WAITS)
    def time_passes(self, minutes):
        self.passes(self.now + timedelta(minutes=minutes))

    @precondition(lambda self: self.live)
    @rule(edge=EDGES)
    def to_an_edge(self, edge):
        """Right to a moment at which something is due, or no longer of use."""
        at = self.live.start + timedelta(minutes=edge)
        if self.now < at:
            self.passes(at)

    @rule()
    def goes_down_or_up(self):
        self.model.up = not self.model.up
        self.settles()

    def teardown(self):
        if hasattr(self, "model"):
            self.model.up = True
            self.settles()
            self.passes(self.now + 8 * DAY)

    # --- inside

    @property
    def live(self):
        return next((one for one in self.model.book if one.state in LIVE), None)

    @property
    def number(self):
        return self.numbers[id(self.live)]

    @property
    def revision(self):
        number = self.number
        return self.change(lambda tx: tx.appointments.appointment(number)).revision

    def passes(self, until):
        while self.model.up and (soonest := self.soonest()) and soonest < until:
            self.now = max(self.now, soonest)
            self.rounds()
        self.now = until
        self.model.passes(until)
        self.settles()

    def soonest(self):
        live = "state IN ('booked', 'confirmed', 'to_move')"
        waits = "state IN ('pending', 'claimed') AND account_id IS NOT NULL"
        rows = self.books.rows(
            f"SELECT min(not_before) FROM outbox WHERE {waits}"
            f" UNION ALL SELECT min(due_at) FROM appointments WHERE {live}"
        )
        return min((moment(at) for (at,) in rows if at is not None), default=None)

    def settles(self):
        """Whatever is due now is done, by both, and has to be the same."""
        if self.model.up:
            self.rounds()
        self.model.settles()
        calls = "SELECT kind, at FROM task_reasons"
        called = [(moment(at), f"call {kind}") for kind, at in self.books.rows(calls)]
        assert sorted([*self.said, *called]) == sorted(self.model.said)

    def rounds(self):
        while self.change(reminding.round_):
            pass
        while letters := self.change(delivery.claim, 100):
            for letter in letters:
                self.take(letter)

    def take(self, letter):
        with suppress(TakenError):
            try:
                left = self.change(leaving.leave, letter)
            except UntrueError:
                self.change(delivery.stale, letter.id)
            except NotNowError as closed:
                self.change(delivery.hold, letter.id, closed.until, letter.attempts)
            else:
                for one in left.letters:
                    self.change(mail.arrived, one, 1)
                if letter.kind in KINDS:
                    self.said.append((self.now, letter.kind))


def moment(read: object) -> datetime:
    return datetime.fromisoformat(str(read)).replace(tzinfo=UTC)


@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_what_is_said_is_what_the_plain_model_says(emptied):
    Lives.books = emptied
    examples = 1_000 if LONG else 25
    chosen = settings(max_examples=examples, stateful_step_count=15, deadline=None)
    run_state_machine_as_test(Lives, settings=chosen)
