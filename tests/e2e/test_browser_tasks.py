"""A patient and the desk at the page: what is written comes as a task, the answer comes back."""

from collections.abc import AsyncIterator

import pytest

from sandbox.clinic import ANNA_ID
from tests.e2e.conftest import Opens
from tests.e2e.desk import Desk, open_branch
from tests.support.bots import Clinic, open_clinic

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
async def clinic(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Clinic]:
    async with open_clinic(tmp_path_factory.mktemp("tasks")) as clinic:
        yield clinic


@pytest.fixture(scope="module")
async def lenina(clinic: Clinic) -> Desk:
    return await open_branch(clinic)


ASKED = {"wide": "Можно ли прийти с кашлем?", "phone": "Можно ли прийти с насморком?"}


@pytest.mark.parametrize("size", ["wide", "phone"])
async def test_words_are_answered_by_a_reply(lenina: Desk, registered, opens: Opens, size: str):
    window = await opens(size=size)
    patient = await window.pane("patient")
    await patient.becomes((await registered("Мария")).id)
    await patient.types(ASKED[size])
    await patient.sees_last("Передали администратору, ответим")

    anna = await window.pane("staff")
    await anna.becomes(ANNA_ID)
    card = await anna.sees(ASKED[size])
    await anna.replies(card, "Лучше подождём до пятницы")
    await anna.has_read("Лучше подождём до пятницы")  # the card shows it

    patient = await window.pane("patient")
    await patient.sees("отвечает:")
    await patient.has_read("Лучше подождём до пятницы")

    anna = await window.pane("staff")
    await anna.presses("Готово")
    await anna.sees("Разговор закончен")
