"""What a card promises to who sends it on: all that will come, and nothing that will not."""

import pytest

from loyalty import sharing
from screens import recommend
from screens.texts import texts_in
from tests.db.test_arriving import EMMA, Town, town
from tests.db.test_correcting import ANNA, OLEG, OWNERS, desk

__all__ = ["desk", "town"]


@pytest.fixture
def promised(town: Town):
    async def said(telegram: int) -> str:
        shared = await town.store.change(sharing.share, telegram, OWNERS)
        return recommend.to_sender(texts_in("ru"), shared).text.replace("\N{NO-BREAK SPACE}", " ")

    return said


@pytest.mark.parametrize(
    ("numbers", "wanted"),
    [
        ({}, "5 % с его оплат. Кто"),
        ({"friend_fixed": 1500}, "5 % с его оплат и ещё 1 500 за первую."),
        ({"friend_fixed": 300, "referral": 0}, "придут баллы: 300 за его первую оплату."),
    ],
)
async def test_the_sender_hears_of_the_sum_for_a_first_payment(town, promised, numbers, wanted):
    await town.registers(EMMA)
    if numbers:
        await town.sets(**numbers)
    assert wanted in await promised(EMMA)


@pytest.mark.parametrize("telegram", [ANNA, OLEG])
async def test_staff_are_promised_a_reward_only_where_it_comes(town, promised, telegram):
    await town.registers(telegram)
    assert "баллы" not in await promised(telegram)
    await town.sets(staff_referral=1)
    assert "5 % с его оплат" in await promised(telegram)
