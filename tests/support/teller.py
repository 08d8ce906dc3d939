"""Somebody who does one thing after another at the desk, as fast as the books take it.

`python -m tests.support.teller URL FOLDER COUNT SEED...`: a teller for each seed, side by side, a
connection each. What a teller does is drawn from the seed and a number; the journal in the folder
says what is done, and who was killed goes on behind it, with the same keys. MOLAR_DIES_AFTER is
after how many statements and commits the process kills itself.
"""

import asyncio
import json
import os
import signal
import sys
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Engine, event

from db.prepared import Prepared
from db.store import Store
from loyalty import expiry, registration, reward_posting, rewards
from loyalty.branches import Branch
from loyalty.desk import approving, correcting, drafting, gifts, recording
from loyalty.desk.card import Spending, card
from loyalty.desk.drafting import Wanted
from loyalty.desk.newcomers import record_patient
from loyalty.errors import Refusal
from loyalty.requests import RequestState
from loyalty.team import Member, Standing
from loyalty.visits import DraftState
from tests.support.clock import TestClock

ZONE = ZoneInfo("Europe/Moscow")
BEGINNING = datetime(2026, 1, 12, 7, tzinfo=UTC)
OWNER = 1
PHONES = tuple(f"+791234567{n:02}" for n in range(12))
REFERRERS = 2
TRIES = 3  # as the bot tries a handler
LOOKS = 20  # at a card that others change meanwhile
AT_ONCE, AWAY = 50, timedelta(days=20)  # so much is done in a morning; then for so long nothing

Done = dict[str, Any]


def open_clinic(tx: Any, seeds: list[str]) -> None:
    """A desk with all the tellers, and patients for them: the first ones recommended the others."""
    number, programme = tx.programmes.current()
    assert tx.programmes.add(replace(programme, friend_fixed=300), OWNER, number)
    branch = tx.branches.add_branch(
        Branch(0, "Ленина", -100, ZONE.key, "ООО «Улыбка»", "+7 843 212-34-56")
    )
    for seed in seeds:
        tx.branches.add_member(Member(0, branch.id, telegram(seed), "Анна", Standing.STAFF))
    people = [record_patient(tx, phone, "Пётр").id for phone in PHONES]
    for n, friend in enumerate(people[REFERRERS:]):
        assert rewards.recommend(tx, friend, people[n % REFERRERS])


def telegram(seed: str) -> int:
    return 10_000 + int(seed)


def journal(folder: Path, seed: str) -> list[Done]:
    """What a teller has written down, in order."""
    file = folder / f"teller-{seed}.jsonl"
    lines = file.read_text("utf-8").splitlines() if file.exists() else []
    return [json.loads(line) for line in lines]


class Teller:
    def __init__(self, url: str, folder: Path, seed: str) -> None:
        self._clock = TestClock()
        self._store = Store(url, self._clock, ZONE)
        self._folder, self._seed = folder, seed
        self._met: Counter[str] = Counter()
        self._me: Member
        self._patients: list[int]

    async def works(self, count: int) -> None:
        """Until so many things are done, those of earlier lives among them."""
        done = journal(self._folder, self._seed)
        self._me, self._patients = await self._store.ask(self._setting)
        began = time.monotonic()
        with (self._folder / f"teller-{self._seed}.jsonl").open("a", encoding="utf-8") as file:
            for n in range(len(done), count):
                done.append({"n": n, **await self._one(n, done)})
                file.write(json.dumps(done[-1]) + "\n")
                file.flush()
            file.write(json.dumps({"seconds": time.monotonic() - began, **self._met}) + "\n")
        await self._store.close()

    def _setting(self, tx: Any) -> tuple[Member, list[int]]:
        me = tx.branches.member(1, telegram(self._seed))
        return me, [tx.people.patients_with_phone(phone)[0].id for phone in PHONES]

    async def _one(self, n: int, done: list[Done]) -> Done:
        chance = Random(f"{self._seed}:{n}")  # noqa: S311 (chance, not secrets)
        mornings, minutes = divmod(n, AT_ONCE)
        self._clock.moment = BEGINNING + mornings * AWAY + timedelta(minutes=minutes)
        mine = [one["id"] for one in done[-AT_ONCE:] if one["did"] == "visit"]
        deeds: dict[Callable[..., Awaitable[Done]], int] = {
            self._visit: 10,
            self._gift: 3,
            self._registers: 1,
            self._sweeps: 1,
            self._posts: 1,
            self._undoes: 3 if mine else 0,
            self._corrects: 3 if mine else 0,
        }
        [deed] = chance.choices(list(deeds), list(deeds.values()))
        try:
            return await deed(f"{self._seed}:{n}", chance, mine)
        except Refusal as refused:
            self._met["refused"] += 1
            return {"did": "nothing", "because": type(refused).__name__}

    # --- what is done

    async def _visit(self, source: str, chance: Random, _mine: list[int]) -> Done:
        most = chance.random() < 0.5
        sums = [chance.choice((chance.randint(1, 3_000_00), chance.randint(1, 40_000_00)))]
        wanted = Wanted([(s, None, None) for s in sums], points=None if most else 0, most=most)
        draft = await self._change(
            drafting.open_draft,
            self._me,
            "Анна",
            source=f"line:{source}",
            who=chance.choice(PHONES),
            wanted=wanted,
        )
        await self._record(draft.id)
        return {"did": "visit", "id": draft.id}

    async def _gift(self, source: str, chance: Random, _mine: list[int]) -> Done:
        given = await self._change(
            gifts.give,
            self._me,
            "Анна",
            chance.choice(self._patients),
            chance.randint(1, 400),
            "sorry",
            source=f"gift:{source}",
            owners=(OWNER,),
        )
        if given.request.state is RequestState.WAITING:
            number = given.request.id
            await self._change(approving.decide, OWNER, number, is_owner=True, granted=True)
        return {"did": "gift", "id": given.request.id}

    async def _registers(self, source: str, chance: Random, _mine: list[int]) -> Done:
        seed, n = map(int, source.split(":"))
        who, phone = 10**9 + seed * 10**6 + n, f"+79{seed % 1000:03}{n:06}"
        await self._change(registration.consent, who)
        registered = await self._change(registration.prove_phone, who, phone)
        return {"did": "registration", "id": registered.account.id}

    async def _sweeps(self, source: str, chance: Random, _mine: list[int]) -> Done:
        while await self._change(expiry.sweep):
            pass
        return {"did": "sweep"}

    async def _posts(self, source: str, chance: Random, _mine: list[int]) -> Done:
        """As the scheduler does on a 1st, and whoever else looks then."""
        due = await self._store.ask(reward_posting.due)
        for patient in due.patients:
            await self._change(reward_posting.post_for, patient)
        return {"did": "posting"}

    async def _undoes(self, source: str, chance: Random, mine: list[int]) -> Done:
        visit = chance.choice(mine)
        await self._change(correcting.undo, self._me, "Анна", visit)
        return {"did": "undo", "id": visit}

    async def _corrects(self, source: str, chance: Random, mine: list[int]) -> Done:
        draft = await self._change(correcting.correct_sum, self._me, "Анна", chance.choice(mine))
        right = chance.randint(1, 30_000_00)
        await self._change(drafting.set_sum, self._me, draft.id, draft.revision, 0, right)
        await self._record(draft.id)
        return {"did": "correction", "id": draft.id}

    async def _record(self, draft: int) -> None:
        """As a person does: what the card shows has changed, so look again and press."""
        for look in range(LOOKS):
            try:
                if await self._pressed(draft):
                    return
            except Refusal:
                self._met["looked again"] += 1
                if look == LOOKS - 1:
                    raise

    async def _pressed(self, draft: int) -> bool:
        laid = await self._store.ask(card, draft)
        if laid.draft.state is DraftState.RECORDED:
            return True
        revision = laid.draft.revision
        if laid.spending in {Spending.BY_SIGNATURE, Spending.TOO_MUCH_TO_SIGN}:
            few = min(laid.points, laid.programme.signature)
            spent = await self._change(drafting.spend, self._me, draft, revision, few)
            signed = await self._change(drafting.sign, self._me, draft, spent.draft.revision)
            revision = signed.draft.revision
        await self._change(recording.record, self._me, "Анна", draft, revision)
        return True

    async def _change(self, use_case: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        for attempt in range(TRIES):
            try:
                return await self._store.change(use_case, *args, **kwargs)
            except Refusal:
                raise
            except Exception as fault:  # counted, and tried again as the bot does
                last = attempt == TRIES - 1
                self._met[f"{'error' if last else 'again'}: {type(fault).__name__}"] += 1
                if last:
                    raise
        raise AssertionError


def mortal(events: int) -> None:
    """This process dies by SIGKILL before its so many-th statement or commit."""
    left = iter(range(events))

    def count(*_: object) -> None:
        if next(left, None) is None:
            os.kill(os.getpid(), signal.SIGKILL)

    for moment in ("before_cursor_execute", "commit"):
        event.listen(Engine, moment, count)
    for run in ("run", "run_each"):  # on the driver's own cursor: no event tells of them
        setattr(Prepared, run, _counted(getattr(Prepared, run), count))


def _counted(run: Callable[..., Any], count: Callable[[], None]) -> Callable[..., Any]:
    def counted(*args: Any, **given: Any) -> Any:
        count()
        return run(*args, **given)

    return counted


async def main(url: str, folder: str, count: str, *seeds: str) -> None:
    async with asyncio.TaskGroup() as tellers:
        for seed in seeds:
            tellers.create_task(Teller(url, Path(folder), seed).works(int(count)))


if __name__ == "__main__":
    if dies := os.environ.get("MOLAR_DIES_AFTER"):
        mortal(int(dies))
    asyncio.run(main(*sys.argv[1:]))
