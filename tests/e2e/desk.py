"""The staff chat of Lenina street, connected, with Anna and Irina at the desk.

A test asks for `connected_branch` and writes `await connected_branch.anna.says("0000 12400")`.
"""

import re
from dataclasses import dataclass

import pytest

from sandbox.clinic import ANNA_ID, IRINA_ID, OLEG_ID, STAFF_CHAT_ID
from tests.e2e.people import Message, Person
from tests.support.bots import Clinic

CODE = re.compile(r"\d{4}")


@dataclass(frozen=True)
class Desk:
    """Anna, Irina and the owner as they stand in the staff chat; `oleg` is in private."""

    chat: int
    anna: Person
    irina: Person
    oleg: Person
    oleg_here: Person


@pytest.fixture(scope="session")
async def connected_branch(clinic: Clinic) -> Desk:
    return await open_branch(clinic)


async def open_branch(clinic: Clinic) -> Desk:
    oleg = clinic.world.person(OLEG_ID)
    anna, irina, oleg_here = (
        clinic.world.person(person, STAFF_CHAT_ID) for person in (ANNA_ID, IRINA_ID, OLEG_ID)
    )
    await oleg.start()
    await oleg.sees("вы — руководитель")
    await connect(oleg_here, "Ленина")
    for colleague in (anna, irina):
        await join(colleague, oleg_here)
    return Desk(STAFF_CHAT_ID, anna, irina, oleg, oleg_here)


async def connect(owner: Person, name: str) -> None:
    """The owner makes the group they stand in the staff chat of a branch."""
    await owner.says(f"/connect {name}")
    await owner.sees(f"Чат подключён: {name}")
    await owner.sees("Пациент называет 4 цифры")


async def join(colleague: Person, owner: Person) -> None:
    """Somebody writes for the first time, and the owner lets them in."""
    colleague.forgets()
    await colleague.says("Доброе утро!")
    question = await colleague.sees("дать доступ к записи визитов?")
    await owner.presses_button(question.id, question.button("Дать доступ")["callback_data"])
    await colleague.sees("записывает визиты")


async def recorded(staff: Person, patient: Person, line: str) -> Message:
    """The receipt in the staff chat, when the patient has theirs."""
    await patient.says("/code")
    code = CODE.search((await patient.sees("Ваш код")).text).group()
    patient.forgets()
    card = await shown(staff, f"{code} {line}", "К оплате")
    # What it says depends on the visits before: a sum far above them is asked about once.
    await pressed(staff, card, next(label for label in card.labels if label.startswith("✅")))
    receipt = await staff.sees("В кассу и МИС")
    await patient.sees("Кассовый чек")
    return receipt


async def text_now(staff: Person, message: Message) -> str:
    return next(one.text for one in await staff.chat() if one.id == message.id)


async def shown(staff: Person, line: str, wanted: str) -> Message:
    await staff.says(line)
    return await staff.sees(wanted)


async def pressed(someone: Person, message: Message, label: str, *, late: bool = False) -> None:
    button = message.button(label)
    assert button, message
    await someone.presses_button(message.id, button["callback_data"], late=late)
