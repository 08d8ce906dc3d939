"""The card for a friend, over the wire: shown, sent again, named, and as the owner has it look."""

import re
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
from aiohttp import ClientSession

from sandbox.clinic import OLEG_ID
from tests.e2e.people import Message, Person
from tests.support.bots import Clinic, open_clinic
from tests.support.phones import fresh_phone

LINK = re.compile(r"https://t\.me/UlybkaMolarBot\?start=(r_[\w-]{12})")
WARNING = "Имеются противопоказания, необходима консультация специалиста."


@pytest.fixture(scope="module")
async def clinic(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Clinic]:
    """A clinic of its own: here cards change their colour."""
    async with open_clinic(tmp_path_factory.mktemp("recommend")) as clinic:
        yield clinic


@pytest.fixture
async def maria(registered: Callable[..., Any]) -> Person:
    return await registered("Мария")


@pytest.fixture
async def oleg(clinic: Clinic) -> Person:
    oleg = clinic.world.person(OLEG_ID)
    await oleg.start()
    await oleg.sees("вы — руководитель")
    return oleg


async def card(person: Person) -> Message:
    await person.presses("Визитка другу")
    await person.sees("Перешлите тому, кому пригодится")
    return next(m for m in reversed(await person.chat()) if m.from_bot and m.kind == "photo")


async def drawn(clinic: Clinic, message: Message) -> bytes:
    """The picture in the message."""
    assert message.photo is not None
    async with (
        ClientSession() as page,
        page.get(clinic.world.base_url + message.photo["url"]) as answer,
    ):
        return await answer.read()


async def test_the_card_is_a_picture_whose_code_and_caption_lead_to_one_link(maria, clinic):
    shown = await card(maria)

    found = LINK.search(shown.text)
    assert found, shown.text
    caption = shown.text.replace("\u00a0", " ")
    for words in ("По ссылке — 1 500 баллов новому пациенту", "до 30 % счёта", WARNING):
        assert words in caption
    assert "Мария" not in caption
    assert await clinic.world.scan(shown) == found[0]
    copied = shown.button("Скопировать ссылку")["copy_text"]
    assert copied in (found[0], {"text": found[0]})
    told = await maria.sees("Кто и сколько — не показываем")
    assert "5 % с его оплат" in told.text.replace("\u00a0", " ")


async def test_a_friend_comes_by_the_code_and_the_link_is_remembered(maria, newcomer, clinic):
    emma = await newcomer("Эмма")
    link = await emma.scans(await card(maria))
    await emma.sees_button("Даю согласие")

    mine = f"SELECT id FROM accounts WHERE telegram_id = {emma.id}"
    rows = clinic.bot.rows(f"SELECT payload FROM arrivals WHERE account_id = ({mine})")
    assert rows == [(LINK.fullmatch(link)[1],)]


async def test_the_second_time_nothing_is_drawn(maria, clinic):
    first = await card(maria)
    second = await card(maria)

    assert second.id != first.id
    assert second.photo == first.photo
    assert second.text == first.text


async def test_the_name_is_shown_and_hidden_in_the_same_message(maria, clinic):
    bare = await card(maria)
    await maria.presses("Показать имя")
    named = await maria.sees_button("Убрать имя")
    assert (await maria.toast()).text == "Теперь на визитке ваше имя"
    assert named.id == bare.id
    assert await drawn(clinic, named) != await drawn(clinic, bare)
    assert await clinic.world.scan(named) == LINK.search(bare.text)[0]

    await maria.presses("Убрать имя")
    assert (await maria.sees_button("Показать имя")).id == bare.id
    again = await card(maria)
    assert await drawn(clinic, again) == await drawn(clinic, bare)


async def test_a_friend_reads_whose_card_it_is_once_they_agreed(maria, newcomer):
    shown = await card(maria)
    link = LINK.search(shown.text)[1]
    silent = await newcomer("Эмма")
    await silent.start(link)
    await silent.sees("Вам подарили визитку: 1 500 баллов")

    await maria.presses("Показать имя")
    await maria.sees_button("Убрать имя")
    friend = await newcomer("Пётр")
    await friend.start(link)
    greeting = await friend.sees("Мария рекомендует нас: 1 500 баллов новому пациенту")
    assert "подарили" not in greeting.text


async def test_ones_recommendations_open_from_the_card_and_the_card_from_there(maria):
    first = await card(maria)
    await maria.presses("Мои рекомендации")
    await maria.sees("По вашей рекомендации пока никто не пришёл")
    await maria.presses("Поделиться визиткой ещё")
    again = await maria.sees_kind("photo")
    assert LINK.search(again.text)[1] == LINK.search(first.text)[1]


async def test_the_answer_about_the_name_stays(maria):
    await card(maria)
    await maria.presses("Показать имя")
    await maria.sees_button("Убрать имя")

    assert (await card(maria)).labels == ["Убрать имя", "Скопировать ссылку"]
    assert "Кнопка под картинкой" not in (await maria.last()).text


async def test_the_command_speaks_english_and_keeps_the_link(maria, clinic):
    link = LINK.search((await card(maria)).text)[0]
    await maria.says("/language")
    await maria.presses("English")
    await maria.sees("in English too")
    await maria.says("/card")

    shown = await maria.sees("By the link a new patient gets")
    assert "1,500 points" in shown.text.replace("\u00a0", " ")
    assert link in shown.text
    assert await clinic.world.scan(shown) == link


async def test_who_came_with_a_moved_phone_waits_for_the_desk(registered, newcomer):
    phone = fresh_phone()
    former = await registered("Мария", phone=phone)
    await card(former)
    other = await newcomer("Эмма", phone=phone)
    await other.start()
    await other.presses("Даю согласие")
    await other.presses("📱 Отправить номер")
    await other.sees("на стойке")

    await other.says("/card")
    await other.sees("Визитка появится, когда администратор подтвердит ваш новый Telegram")


async def test_who_withdrew_consent_has_no_card(maria):
    await card(maria)
    await maria.says("/privacy")
    await maria.presses("Отозвать согласие")
    await maria.presses("Да, отозвать")
    await maria.sees("Больше не пишем")

    await maria.says("/card")
    await maria.sees("Визитка работает, пока есть ваше согласие")
    await maria.sees_button("Даю согласие")


async def test_an_owner_chooses_the_colour_and_patients_get_it(oleg, maria, clinic):
    before = await card(maria)
    await oleg.says("/settings")
    await oleg.presses("Визитка: цвет, логотип")
    page = await oleg.sees_button("✓ Бирюзовый")
    assert page.kind == "photo"
    await oleg.presses("Синий")
    blue = await oleg.sees_button("✓ Синий")
    assert blue.id == page.id
    assert await drawn(clinic, blue) != await drawn(clinic, page)

    after = await card(maria)
    assert await drawn(clinic, after) != await drawn(clinic, before)
    assert await clinic.world.scan(after) == LINK.search(before.text)[0]


async def test_a_logo_is_sent_shown_and_taken_away(oleg, maria, clinic):
    before = await drawn(clinic, await card(maria))
    await oleg.says("/settings")
    await oleg.presses("Визитка: цвет, логотип")
    await oleg.presses("Добавить логотип")
    question = await oleg.sees("Пришлите логотип")
    await oleg.sends("document")
    await oleg.sees("Эту картинку прочесть не удалось")
    await oleg.sends("photo")
    await oleg.sees_button("Убрать логотип")
    assert next(m for m in await oleg.chat() if m.id == question.id).labels == []

    with_logo = await card(maria)
    assert await drawn(clinic, with_logo) != before
    assert await clinic.world.scan(with_logo) == LINK.search(with_logo.text)[0]
    await oleg.presses("Убрать логотип")
    await oleg.sees_button("Добавить логотип")
    assert await drawn(clinic, await card(maria)) == before


async def test_nobody_else_changes_the_look(maria):
    await maria.says("/settings")
    await maria.sees(re.compile("."))
    await maria.presses_button((await maria.last()).id, "card-style:blue", late=True)
    assert not any("Визитка: цвет" in str(m) for m in await maria.chat())
