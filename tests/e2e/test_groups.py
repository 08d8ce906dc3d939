"""In a group that is no staff chat the bot keeps what is personal to itself."""

import pytest

from sandbox.clinic import ANNA_ID, OLEG_ID
from tests.e2e.people import Person


@pytest.fixture
async def group(clinic) -> int:
    return await clinic.world.add_group("Курилка", [OLEG_ID, ANNA_ID], bot="administrator")


@pytest.fixture
def anna(clinic, group) -> Person:
    return clinic.world.person(ANNA_ID, group)


async def test_a_command_by_name_is_sent_to_the_private_chat(anna):
    await anna.says("/balance@UlybkaMolarBot")

    told = await anna.sees("Откройте личный чат")
    assert told.buttons[0]["url"].startswith("https://t.me/UlybkaMolarBot")


async def test_talk_of_the_staff_is_none_of_the_bots_business(clinic, anna, group):
    oleg = clinic.world.person(OLEG_ID, group)
    await anna.sees(
        "Сделать эту группу чатом сотрудников"
    )  # the offer comes a moment after the bot, whatever is said
    anna.forgets()
    await anna.says("Кто сегодня закрывает?")
    await anna.says("4821 12400 макс")
    await anna.sends("sticker")
    await oleg.does("anonymous_text", text="/balance")
    await anna.says("/help@UlybkaMolarBot")

    await anna.sees("Откройте личный чат")
    assert len(anna.heard()) == 1


async def test_the_owner_hears_that_the_bot_works_and_may_be_a_patient(clinic):
    oleg = clinic.world.person(OLEG_ID)
    await oleg.start()
    await oleg.sees("вы — руководитель")
    await oleg.presses("Стать пациентом")
    await oleg.sees_button("Даю согласие")
    await oleg.presses("← Меню руководителя")
    await oleg.sees("вы — руководитель")
