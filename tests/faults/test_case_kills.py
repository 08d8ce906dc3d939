"""The bot dies between a patient's one star and the owner's alert: no alert is lost."""

import asyncio
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.clock import SystemClock
from db.store import Store
from loyalty.branches import Branch
from loyalty.desk import drafting, recording
from loyalty.desk.drafting import Wanted
from loyalty.ports import Transaction
from loyalty.team import Member, Standing
from sandbox.clinic import ANNA_ID, MARIA_ID, OLEG_ID, STAFF_CHAT_ID
from screens.callbacks.rating import CaseAct, CasePress, RatePress
from tests.conftest import LONG
from tests.e2e.people import Person, plain
from tests.faults.scene import calm, table
from tests.faults.test_desk_kills import Scene, register
from tests.support.bots import Clinic, open_clinic
from tests.support.second import Rows

pytestmark = pytest.mark.faults

PATIENCE = 60.0
PHONE = "+79123456789"  # Maria's
STEPS = (
    "before keep",
    "after keep",
    "before change:rate",
    "after change:rate",
    "before send:editMessageText",
    "after send:editMessageText",
    "after send:answerCallbackQuery",
    "before close",
    "after close",
    "before change:claim",
    "after change:claim",
    "before change:sending",
    "after change:sending",
    "before send:sendMessage",
    "after send:sendMessage",
    "before change:arrived",
    "after change:arrived",
)
KILLS = 100 if LONG else 2
SHORT = ("after change:rate", "after send:sendMessage")


async def test_no_alert_is_lost_between_the_star_and_the_owner(tmp_path: Path):
    async with open_clinic(tmp_path) as clinic:
        await clinic.world.person(OLEG_ID).start()
        await register(clinic.world)
        desk = await AtDesk.opened(clinic)
        scene = Scene(clinic, tmp_path)
        steps = STEPS if LONG else SHORT
        rows = [await one_star(scene, desk, steps[n % len(steps)]) for n in range(KILLS)]
        await desk.store.close()
    table(f"{KILLS} kills between the star and the alert", summed(rows))
    assert all(row["died"] for row in rows), "a step that is never come to proves nothing"
    assert not [row for row in rows if row["lost"]]


class AtDesk:
    """Anna's hands, by use cases on the bot's own database."""

    def __init__(self, store: Store, anna: Member) -> None:
        self.store, self.anna, self.lines = store, anna, 0

    @classmethod
    async def opened(cls, clinic: Clinic) -> "AtDesk":
        store = Store(clinic.bot.url, SystemClock(), ZoneInfo("Europe/Moscow"))
        return cls(store, await store.change(_open))

    async def visit(self) -> int:
        self.lines += 1
        wanted = Wanted([(10_000_00, None, None)], points=0)
        draft = await self.store.change(
            *(drafting.open_draft, self.anna, "Анна"),
            source=f"line:{self.lines}",
            who=PHONE,
            wanted=wanted,
        )
        await self.store.change(recording.record, self.anna, "Анна", draft.id, draft.revision)
        return draft.id


def _open(tx: Transaction) -> Member:
    branch = tx.branches.add_branch(
        Branch(0, "Ленина", STAFF_CHAT_ID, "Europe/Moscow", "ООО «Улыбка»", "+7 843 000-00-00")
    )
    return tx.branches.add_member(Member(0, branch.id, ANNA_ID, "Анна", Standing.STAFF))


async def one_star(scene: Scene, desk: AtDesk, step: str) -> dict[str, Any]:
    clinic = scene.clinic
    maria, oleg = clinic.world.person(MARIA_ID), clinic.world.person(OLEG_ID)
    await scene.restart(step)
    visit = await desk.visit()
    await delivered(clinic)
    spot = (await maria.chat())[-1].id
    scene.arm()
    await maria.presses_button(spot, RatePress(visit=visit, stars=1).pack(), late=True)
    died = await scene.come_back()
    await calm(clinic)
    await delivered(clinic)
    alerts = await alerts_of(visit, clinic, oleg)
    return {
        "step": step,
        "died": died,
        "lost": alerts == 0,
        "doubled": max(0, alerts - 1),
        "letters": letters_of(visit, clinic),
    }


async def alerts_of(visit: int, clinic: Clinic, oleg: Person) -> int:
    """How many of this visit's case stand in his chat.

    Asked of the chat itself: what its stream tells comes later than the books, whose letter may
    be marked as sent by then.
    """
    cases = clinic.bot.rows(f"SELECT id FROM cases WHERE visit_id = {visit}")
    takes = {CasePress(case=case, act=CaseAct.TAKE).pack() for (case,) in cases}
    return sum(
        "1 из 5" in plain(message.text)
        and not takes.isdisjoint(button.get("callback_data") for button in message.buttons)
        for message in await oleg.chat()
    )


def letters_of(visit: int, clinic: Clinic) -> Rows:
    """What the books say of the letter, for whoever looks for a lost one."""
    return clinic.bot.rows(
        "SELECT o.key, o.state, o.fault FROM outbox o JOIN cases c"
        f" ON o.key LIKE 'case:' || c.id || ':%' WHERE c.visit_id = {visit}"
    )


async def delivered(clinic: Clinic) -> None:
    """Until nothing waits that is due now."""
    due = "SELECT count(*) FROM outbox WHERE state IN ('pending', 'claimed', 'sending') "
    async with asyncio.timeout(PATIENCE):
        while clinic.bot.rows(due + "AND kind IN ('receipt', 'case', 'case-edit')") != [(0,)]:
            await asyncio.sleep(0.05)


def summed(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [
        {
            "killed": step,
            "times": len(those),
            "lost": sum(row["lost"] for row in those),
            "doubled": sum(row["doubled"] for row in those),
        }
        for step in dict.fromkeys(row["step"] for row in rows)
        if (those := [row for row in rows if row["step"] == step])
    ]
