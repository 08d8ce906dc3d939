"""The patient's menu: points, history, language, the clinic's page, one's own data."""

import re

import pytest
from aiohttp import ClientSession

from tests.e2e.people import Person


async def inside(person: Person, label: str, sees: str) -> int:
    """Presses a button inside a message; returns the number of the message that changed."""
    await person.presses(label)
    return (await person.sees(sees)).id


async def test_the_balance_says_how_many_which_tier_and_until_when(registered):
    maria = await registered("Мария")
    await maria.presses("Баллы")

    balance = (await maria.sees("1 000 баллов")).text.replace("\u00a0", " ")
    for fact in ("30 %", "Стандарт", "До Серебра — ещё 100 000 ₽", "Баллы сохранятся до"):
        assert fact in balance


async def test_everything_inside_edits_one_message(registered):
    maria = await registered("Мария")
    await maria.presses("Баллы")
    balance = (await maria.sees("1 000 баллов")).id

    assert await inside(maria, "История", "За знакомство") == balance
    assert await inside(maria, "← Баллы", "1 000 баллов") == balance
    assert await inside(maria, "Как это работает", "На деньги баллы не меняются") == balance


async def test_the_clinics_page_leads_everywhere(registered):
    maria = await registered("Мария")
    await maria.presses("Клиника")
    page = (await maria.sees("+7 843 000-00-00")).id

    for label, sees in (
        ("Как это работает", "5–15 %"),
        ("Мои данные", "Вот что хранит"),
        ("Язык / Language", "На каком языке"),
    ):
        assert await inside(maria, label, sees) == page
        assert await inside(maria, "← Клиника", "+7 843 000-00-00") == page


async def test_the_language_changes_at_once_everywhere(registered):
    maria = await registered("Мария")
    await maria.says("/language")
    await maria.presses("English")
    await maria.sees("in English too")

    assert await maria.keyboard() == ["My code", "Points", "Card for a friend", "Clinic"]
    await maria.presses("Points")
    await maria.sees("1,000 points")
    await maria.says("Баллы")  # a button of before, still on somebody's screen
    await maria.sees("1,000 points")


async def test_commands_are_in_the_menu_in_the_persons_language(registered, clinic):
    maria = await registered("Мария")
    emma = await registered("Emma")

    assert await maria.commands() == [
        "balance",
        "history",
        "code",
        "card",
        "visits",
        "help",
        "privacy",
        "language",
    ]
    await emma.says("/language")
    await emma.presses("English")
    await emma.sees("in English too")
    state = await clinic.world.get("/api/chat", chat=emma.id, person=emma.id)
    assert "My points" in [command["description"] for command in state["commands"]]


@pytest.mark.parametrize("command", ["/balance", "/history", "/card", "/privacy"])
async def test_a_stranger_is_asked_first(newcomer, command):
    maria = await newcomer("Мария")
    await maria.start()
    await maria.sees("Здравствуйте")

    await maria.says(command)
    await maria.sees_button("Даю согласие")


async def test_how_it_works_is_for_anyone(newcomer):
    maria = await newcomer("Мария")
    await maria.start()
    await maria.sees("Здравствуйте")

    await maria.says("/help")
    await maria.sees("На деньги баллы не меняются")


async def test_advertising_is_switched_on_and_off(registered):
    maria = await registered("Мария")
    await maria.says("/privacy")
    await maria.presses("Включить рекламу")
    await maria.presses(re.compile("^Да"))
    await maria.presses("Отключить рекламу")
    await maria.sees_button("Включить рекламу")


async def test_the_file_holds_everything_and_runs_nothing(registered, clinic):
    robin = await registered("Робин")
    await robin.says("/privacy")
    await robin.presses("Скачать файлом")
    document = (await robin.sees_kind("document")).document

    assert document["name"].endswith(".html")
    async with (
        ClientSession(clinic.world.base_url) as page,
        page.get(document["url"]) as answer,
    ):
        text = await answer.text()
    assert "Робин" in text
    assert "За знакомство" in text
    assert "<script" not in text


async def test_whether_the_card_tells_ones_name_is_among_what_is_stored(registered):
    maria = await registered("Мария")
    await maria.says("/privacy")
    assert "Визитка" not in (await maria.sees("Мои данные")).text

    await maria.says("/card")
    await maria.presses("Показать имя")
    await maria.says("/privacy")
    await maria.sees("на ней имя «Мария», его видит каждый, у кого есть ссылка")

    await maria.says("/card")
    await maria.presses("Убрать имя")
    await maria.says("/privacy")
    await maria.sees("Визитка другу: без имени")


async def test_withdrawn_consent_silences_the_bot_until_it_is_given_again(registered):
    maria = await registered("Мария")
    await maria.says("/privacy")
    await maria.presses("Отозвать согласие")
    await maria.presses("Да, отозвать")
    await maria.sees("Больше не пишем")
    assert await maria.keyboard() == []

    await maria.says("/balance")
    await maria.sees("С возвращением")
    await maria.presses("Даю согласие")
    await maria.says("/balance")
    await maria.sees("1 000 баллов")


async def test_erasure_forgets_and_welcomes_nobody_twice(registered, clinic):
    maria = await registered("Маргарита")
    await maria.says("/privacy")
    await maria.presses("Удалить данные")
    await maria.sees("пропадут 1 000 баллов")
    await maria.presses("Да, удалить")
    await maria.sees("Всё удалено")

    known = f"SELECT count(*) FROM accounts WHERE telegram_id = {maria.id}"
    assert clinic.bot.rows(known) == [(0,)]
    assert clinic.bot.rows("SELECT count(*) FROM patients WHERE name = 'Маргарита'") == [(0,)]
    await maria.start()
    await maria.presses("Даю согласие")
    await maria.presses("📱 Отправить номер")
    await maria.sees("Подарок за знакомство приходит один раз")


async def test_the_name_is_corrected_and_the_birthday_added_later(registered):
    maria = await registered("Маша")
    await maria.says("/privacy")
    await maria.presses("Исправить имя")
    await maria.says("как это?")
    await maria.sees("Напишите имя буквами")
    await maria.says("Мария Ивановна")
    await maria.sees("С возвращением, Мария Ивановна")

    await maria.says("/privacy")
    await maria.presses("Добавить день рождения")
    await maria.says("5 марта 1980")
    await maria.presses("Верно")
    await maria.says("/privacy")
    stored = await maria.sees("День рождения: 5 марта 1980")
    assert stored.button("Добавить день рождения") is None
