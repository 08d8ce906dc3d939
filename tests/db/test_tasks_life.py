"""The life of tasks, whatever happens in whatever order: who is called, how often, and who never.

What must hold is counted here anew, from what was queued for the chat; the rules are asked of the
programme, not of the code.
"""

from collections import defaultdict
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from db.books import Books
from loyalty.branches import Branch
from loyalty.desk.newcomers import record_patient
from loyalty.errors import Refusal
from loyalty.tasks import closing, posting, results
from loyalty.tasks.doing import Doer
from loyalty.tasks.opening import open_task
from loyalty.tasks.task import Task, TaskKind
from loyalty.team import Member, Standing
from tests.support.emptied import Emptied

ZONE = ZoneInfo("Europe/Moscow")
ANNA, OLEG, CHAT = 1003, 1005, -100
OPENS, CLOSES, SUNDAY = 9, 20, 6
PATIENTS = 14
BY_CLINIC = [TaskKind.SILENT, TaskKind.MISSED, TaskKind.UNREACHED]
BY_PATIENT = [TaskKind.BOOK, TaskKind.MOVE, TaskKind.CANCEL]
MOST_A_DAY, MOST_TRIES = 10, 3

WHO = st.integers(0, 4)  # of few, so that much happens to each
PRESSES = [
    results.no_answer,
    results.no_answer,
    results.in_an_hour,
    results.in_the_morning,
    results.in_a_week,
    results.wrong_number,
]
OF_ONE = [results.declined, results.elsewhere, results.comes, results.never]


class Life(RuleBasedStateMachine):
    """A branch closed on Sundays, fourteen patients; the first two share a phone."""

    books: Emptied

    @initialize()
    def opens(self) -> None:
        self.books.empty()
        self.now = datetime(2026, 11, 23, 7, tzinfo=UTC)  # a Monday
        self.keys = 0
        self.branch, self.patients = self._change(_begin)
        self.doer = Doer(ANNA, "Анна", self.branch)
        self.never: set[int] = set()
        self.seen: set[str] = set()
        self.posted: dict[Any, set[int]] = defaultdict(set)  # counted calls, by day
        self.tried: dict[int, list[tuple[Any, bool]]] = defaultdict(list)
        self.over: set[int] = set()

    # --- what happens

    @rule(who=WHO, kind=st.sampled_from([*BY_CLINIC, *BY_PATIENT]), hours=st.integers(1, 50))
    def reason(self, who: int, kind: TaskKind, hours: int) -> None:
        self.keys += 1
        self._opens(who, kind, f"{kind}:{self.keys}", self.now + timedelta(hours=hours))

    @rule(kind=st.sampled_from(BY_CLINIC), minutes=st.sampled_from([0, 30, 700]))
    def a_bad_day(self, kind: TaskKind, minutes: int) -> None:
        for who in range(PATIENTS):
            self.reason(who, kind, 30)
        self.time_passes(minutes)

    @rule(who=WHO, kind=st.sampled_from(BY_CLINIC))
    def told_twice(self, who: int, kind: TaskKind) -> None:
        before = self._open()
        self.keys += 1
        for _ in range(2):
            self._opens(who, kind, f"{kind}:{self.keys}", None)
        assert len(self._open()) <= len(before) + 1

    @precondition(lambda self: self._open())
    @rule(which=st.integers(0, 99), press=st.sampled_from(PRESSES), again=st.booleans())
    def pressed(self, which: int, press: Any, again: bool) -> None:
        task = self._pick(which)
        half = self._half(self.now)
        try:
            self._change(press, self.doer, task.id, task.revision)
        except results.TriedJustNowError:
            assert self.tried[task.id][-1] == half
            return
        if press is results.no_answer:
            assert half not in self.tried[task.id], "twice in the same half of a day"
            self.tried[task.id].append(half)
        if again:
            self._refused(press, task.id, task.revision)

    @precondition(lambda self: self._open())
    @rule(which=st.integers(0, 99), press=st.sampled_from(OF_ONE))
    def said_of_one(self, which: int, press: Any) -> None:
        task = self._pick(which)
        reasons = [one for one in self._reasons(task.id) if one.open]
        self._change(press, self.doer, task.id, task.revision, reasons[0].patient)
        if press is results.never:
            self.never.add(reasons[0].patient)
            self.reason(self.patients.index(reasons[0].patient), TaskKind.MISSED, 1)
        self._refused(press, task.id, task.revision, reasons[0].patient)

    @rule(who=WHO)
    def lifted(self, who: int) -> None:
        self._change(lambda tx: tx.tasks.lift_never(self.patients[who], ANNA))
        self.never.discard(self.patients[who])

    @rule(who=WHO, comes=st.booleans())
    def came_or_booked(self, who: int, comes: bool) -> None:
        self._change(closing.came if comes else closing.booked, self.patients[who])
        about = self._change(lambda tx: tx.tasks.about(self.patients[who]))
        assert not about

    @rule(minutes=st.sampled_from([1, 30, 90, 300, 700, 1500, 5000]))
    def time_passes(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)
        for _ in range(2):  # a round that is repeated changes nothing
            self._change(posting.plan, (OLEG,))

    # --- what holds

    @invariant()
    def ten_a_day_and_only_while_somebody_is_there(self) -> None:
        counted = {task.id: task.counted for task in self._all()}
        for key, task in self._new_cards():
            here = self.now.astimezone(ZONE)
            assert task not in self.over, f"{key}: it was done before"
            if counted[task]:
                assert here.weekday() != SUNDAY, key
                assert OPENS <= here.hour < CLOSES, key
                self.posted[here.date()].add(task)
        assert all(len(tasks) <= MOST_A_DAY for tasks in self.posted.values())

    @invariant()
    def one_call_for_a_household(self) -> None:
        callers = [
            self._household(reason.patient)
            for task in self._open()
            for reason in self._reasons(task.id)[:1]
        ]
        assert len(callers) == len(set(callers)), "two calls to the same people"

    @invariant()
    def nobody_is_called_after_never(self) -> None:
        for task in self._open():
            for reason in self._reasons(task.id):
                if reason.open and reason.patient in self.never:
                    assert reason.kind in BY_PATIENT, "they had not asked for it"

    @invariant()
    def three_tries_and_done_is_done(self) -> None:
        for task in self._all():
            assert task.tries <= MOST_TRIES
            reasons = [reason.open for reason in self._reasons(task.id)]
            assert any(reasons) is task.open
            if not task.open:
                self.over.add(task.id)

    # --- by which it is told and asked

    def _opens(self, who: int, kind: TaskKind, key: str, due: datetime | None) -> None:
        patient = self.patients[who]
        self._change(open_task, key, kind, branch=self.branch, patient=patient, due=due)

    def _pick(self, which: int) -> Task:
        found = self._open()
        return found[which % len(found)]

    def _refused(self, press: Any, *about: Any) -> None:
        with pytest.raises(Refusal):
            self._change(press, self.doer, *about)

    def _household(self, patient: int) -> int:
        return self.patients[0] if patient == self.patients[1] else patient

    def _half(self, moment: datetime) -> tuple[Any, bool]:
        here = moment.astimezone(ZONE)
        middle = here.replace(hour=14, minute=30, second=0, microsecond=0)
        return here.date(), here >= middle

    def _new_cards(self) -> list[tuple[str, int]]:
        rows = self.books.rows("SELECT key FROM outbox WHERE kind = 'task' ORDER BY id")
        new = [key for (key,) in rows if key not in self.seen]
        self.seen |= set(new)
        return [(key, int(key.split(":")[1])) for key in new]

    def _open(self) -> list[Task]:
        return [task for task in self._all() if task.open]

    def _all(self) -> list[Task]:
        numbers = [number for (number,) in self.books.rows("SELECT id FROM tasks ORDER BY id")]
        return [self._change(lambda tx, n=n: tx.tasks.task(n)) for n in numbers]

    def _reasons(self, task: int) -> Any:
        return self._change(lambda tx: tx.tasks.reasons(task))

    def _change(self, use_case: Any, *given: Any, **more: Any) -> Any:
        return self.books.change(
            lambda connection: use_case(Books(connection, self.now, ZONE, True), *given, **more)
        )


def _begin(tx: Any) -> tuple[int, list[int]]:
    branch = tx.branches.add_branch(
        Branch(
            *(0, "Ленина", CHAT, ZONE.key, "ООО «Улыбка»", "+7 843 212-34-56"),
            days_off=frozenset({SUNDAY}),
        )
    )
    tx.branches.add_member(Member(0, branch.id, ANNA, "Анна", Standing.STAFF))
    phones = [f"+79123456{max(n, 1):03}" for n in range(PATIENTS)]
    return branch.id, [record_patient(tx, phone, "Пациент").id for phone in phones]


def test_whatever_happens_people_are_called_as_ruled(emptied: Emptied):
    class Lives(Life):
        books = emptied

    few = settings(max_examples=settings.default.max_examples // 8, stateful_step_count=20)
    run_state_machine_as_test(Lives, settings=few)
