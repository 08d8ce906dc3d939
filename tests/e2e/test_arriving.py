"""A friend comes by a card, over the wire: what they are promised, told and given."""

import re
from zoneinfo import ZoneInfo

import pytest

from bot.clock import SystemClock
from db.store import Store
from loyalty.cards import LinkKind
from loyalty.recommending import link_of
from tests.e2e.desk import Desk, pressed
from tests.e2e.test_rating import noon
from tests.support.phones import fresh_phone


@pytest.fixture
async def card_of(clinic):
    """The payload of the link on a patient's card, by their phone."""
    store = Store(clinic.bot.url, SystemClock(), ZoneInfo("Europe/Moscow"))

    def link(tx, phone: str) -> str:
        [patient] = tx.people.patients_with_phone(phone)
        return link_of(tx, LinkKind.CARD, patient.id)

    async def ask(phone: str) -> str:
        return await store.change(link, phone)

    yield ask
    await store.close()


async def test_a_friend_opens_the_link_registers_and_reads_1500_points(
    registered, newcomer, card_of, connected_branch: Desk
):
    phone = fresh_phone()
    await registered("Эмма", phone=phone)
    card = await card_of(phone)
    friend = await newcomer("Пётр")

    await friend.start(card)
    greeting = await friend.sees("Вам подарили визитку: 1 500 баллов новому пациенту")
    assert "Эмма" not in greeting.text
    await friend.presses("Полный текст")
    await friend.presses("← Назад")
    await friend.sees("Вам подарили визитку: 1 500 баллов новому пациенту")
    await friend.presses("Даю согласие")
    await friend.presses("📱 Отправить номер")

    welcome = await friend.sees("Готово! У вас 1 500 баллов")
    said = r"Из них 1 000 — за знакомство и 500 — подарок по визитке, до .+"
    assert re.search(said, welcome.text.replace("\u00a0", " "))
    await friend.says("/history")
    await friend.sees("Подарок по визитке · +500")
    await friend.start(card)
    await friend.sees("Подарок по визитке — для новых пациентов, а вы уже с нами")


async def test_ones_own_card_and_a_dead_one_say_so(registered, newcomer, card_of):
    phone = fresh_phone()
    emma = await registered("Эмма", phone=phone)
    await emma.start(await card_of(phone))
    await emma.sees("Это ваша визитка")
    friend = await newcomer("Пётр")
    await friend.start("r_nobodysatall")
    await friend.sees("Эта визитка больше не действует")
    await friend.sees("За знакомство — 1 000 баллов")


async def test_a_crowd_waits_for_one_tap_of_the_owner(
    clinic, registered, newcomer, card_of, connected_branch: Desk
):
    await noon(clinic)  # at night the letter would wait
    phone, oleg = fresh_phone(), connected_branch.oleg
    await registered("Эмма", phone=phone)
    card, friends = await card_of(phone), [await newcomer("Пётр") for _ in range(6)]
    oleg.forgets()
    for friend in friends:
        await friend.start(card)
        await friend.presses("Даю согласие")
        await friend.presses("📱 Отправить номер")
    await friends[4].sees("Готово! У вас 1 500 баллов")
    await friends[5].sees("Готово! У вас 1 000 баллов")

    question = await oleg.sees("Много новых по одной визитке")
    friends[5].forgets()
    await pressed(oleg, question, "Подтвердить")

    assert "ждут вас" not in (await oleg.sees("✅ Подтверждено")).text
    letter = await friends[5].sees("Подарок по визитке: 500 баллов")
    assert "На счету 1 500 баллов" in letter.text.replace("\u00a0", " ")
