"""The bot dies between any two steps of a visit: one visit, the points, both receipts."""

import asyncio
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.clock import SystemClock
from db.store import Store
from loyalty.branches import Branch
from loyalty.ports import Transaction
from loyalty.team import Member, Standing
from sandbox.clinic import ANNA_ID, MARIA_ID, STAFF_CHAT_ID
from tests.conftest import LONG
from tests.e2e.people import Message, Person, World
from tests.faults.scene import calm, table
from tests.support.bots import BotProcess, Clinic, open_clinic

pytestmark = pytest.mark.faults

PATIENCE = 30.0
LAUNCHER = (str(Path(__file__).parent.parent / "support" / "stopped.py"), "run")

# From the administrator's line to the patient's receipt: after which step the bot dies.
LINE = (
    "before keep",
    "after keep",
    "before change:open_draft",
    "after change:open_draft",
    "after send:sendMessage",
    "before change:put_on_card",
    "after change:put_on_card",
    "after send:deleteMessage",
    "before close",
    "after close",
)
PRESS = (
    "before keep",
    "after keep",
    "before send:getChatMember",
    "before change:record",
    "after change:record",
    "before send:editMessageText",
    "after send:editMessageText",
    "after send:answerCallbackQuery",
    "before close",
    "after close",
)
LETTER = (
    "before change:claim",
    "after change:claim",
    "after change:sending",
    "before send:sendMessage",
    "after send:sendMessage",
    "before change:arrived",
    "after change:arrived",
)
STEPS = [
    *(("line", step) for step in LINE),
    *(("press", step) for step in PRESS),
    *(("letter", step) for step in LETTER),
]
SHORT = [("press", "after change:record")]


@dataclass
class Scene:
    """A clinic with Maria registered and Anna at the desk; the bot is told when to die."""

    clinic: Clinic
    folder: Path
    visits: int = 0

    @property
    def armed(self) -> Path:
        return self.folder / "armed"

    async def restart(self, step: str) -> None:
        bot = self.clinic.bot
        if bot.process is not None and bot.process.returncode is None:
            await bot.stop()
        bot.settings |= {"MOLAR_DIES": step, "MOLAR_DIES_IF": str(self.armed)}
        bot.launcher = LAUNCHER
        await bot.start()

    def arm(self) -> None:
        self.armed.touch()

    async def come_back(self) -> bool:
        """Wait for the death, start again; False: the step was never come to."""
        bot = self.clinic.bot
        try:
            async with asyncio.timeout(PATIENCE):
                await bot.process.wait()
        except TimeoutError:
            self.armed.unlink(missing_ok=True)
            return False
        await bot.start()
        return True


async def test_a_visit_survives_a_death_at_every_step(tmp_path: Path):
    rows = []
    async with open_clinic(tmp_path) as clinic:
        await connect(clinic.bot)
        await register(clinic.world)
        scene = Scene(clinic, tmp_path)
        for part, step in STEPS if LONG else SHORT:
            rows.append(await one_visit(scene, part, step))
    table("a visit, the bot killed at each step", rows)
    wrong = [row for row in rows if row["wrong"]]
    assert not wrong


async def one_visit(scene: Scene, part: str, step: str) -> dict[str, Any]:
    clinic, world = scene.clinic, scene.clinic.world
    anna, maria = world.person(ANNA_ID, STAFF_CHAT_ID), world.person(MARIA_ID)
    await scene.restart(step)
    before = books(clinic.bot)
    code = await code_of(maria)
    maria.forgets()
    died = False
    if part == "line":
        scene.arm()
    await anna.says(f"{code} 3000 0")  # so little that all of them stay below the next tier
    if part == "line":
        died = await scene.come_back()
    await anna.sees(re.compile("К оплате 3 000 ₽"), PATIENCE)
    await calm(clinic)
    card = await newest_card(anna)
    if part != "line":
        scene.arm()
    await anna.presses_button(card.id, card.button(re.compile("Записать"))["callback_data"])
    if part != "line":
        died = await scene.come_back()
    await anna.sees("В кассу и МИС: к оплате 3 000 ₽", PATIENCE)
    await maria.sees("Начислено", PATIENCE)
    await calm(clinic)
    after = books(clinic.bot)
    receipts = sum("Начислено" in message.text for message in maria.heard())
    changed = {name: after[name] - before[name] for name in after}
    wrong = changed != {"visits": 1, "operations": 1, "points": 150} or not receipts or not died
    return {
        "during": part,
        "killed": step if died else f"{step}: never reached",
        **changed,
        "receipts": receipts,
        "wrong": "wrong" if wrong else "",
    }


async def newest_card(anna: Person) -> Message:
    """A card that was posted twice is the same draft: the newer one is at hand."""
    cards = [m for m in await anna.chat() if m.from_bot and m.button(re.compile("Записать"))]
    return cards[-1]


def books(bot: BotProcess) -> dict[str, int]:
    """As a second connection sees them."""
    return {
        name: int(bot.rows(query)[0][0])
        for name, query in {
            "visits": "SELECT count(*) FROM visits",
            "operations": "SELECT count(*) FROM operations WHERE kind = 'visit'",
            "points": "SELECT coalesce(sum(points), 0) FROM entries",
        }.items()
    }


async def connect(bot: BotProcess) -> None:
    store = Store(bot.url, SystemClock(), ZoneInfo("Europe/Moscow"))
    await store.change(_open)
    await store.close()


def _open(tx: Transaction) -> None:
    branch = tx.branches.add_branch(
        Branch(0, "Ленина", STAFF_CHAT_ID, "Europe/Moscow", "ООО «Улыбка»", "+7 843 000-00-00")
    )
    tx.branches.add_member(Member(0, branch.id, ANNA_ID, "Анна", Standing.STAFF))


async def register(world: World) -> None:
    maria = world.person(MARIA_ID)
    await maria.start()
    for label in ("Даю согласие", "📱 Отправить номер", "Мария — верно", "Пропустить", "Не сейчас"):
        await maria.presses(label)
    await maria.sees("это всё")


async def code_of(patient: Person) -> str:
    await patient.says("/code")
    return re.search(r"\d{4}", (await patient.sees("Ваш код")).text).group()
