"""The chat page as people use it: pressed with the mouse in headless Chromium, and read."""

import pytest
from playwright.async_api import expect

from sandbox import OWNER_ID
from tests.e2e.registering import RU, WORDS, agree, answer_everything, send_number

pytestmark = pytest.mark.browser

BORN = {"day": 5, "month": 3, "year": 1980}


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize("size", ["wide", "phone"])
async def test_a_newcomer_registers_with_the_mouse(newcomer, seats, language, size):
    words = WORDS[language]
    person = await newcomer(words.first_name, language=language, birthdate=BORN)
    pane = await seats(person, size, language)

    await agree(pane, words)
    await send_number(pane, words)
    await answer_everything(pane, words)

    await pane.presses(words.menu[1])
    await pane.sees_last(words.points)
    await pane.presses(words.history)
    await pane.sees_last(words.gift)
    await pane.presses(words.to_points)
    await pane.sees_last(words.points)
    await pane.presses(words.how)
    await pane.sees_last(words.rules)


async def test_the_consent_is_read_whole_before_it_is_given(newcomer, seats):
    pane = await seats(await newcomer(), "phone")

    await pane.starts()
    await pane.presses(RU.full_text)
    await pane.sees("№ 152-ФЗ")
    await pane.presses("← Назад")
    await pane.sees(RU.greeting)

    await expect(pane.button(RU.full_text)).to_be_in_viewport(ratio=1)


async def test_name_and_birthday_are_typed(newcomer, seats):
    pane = await seats(await newcomer("Мария"), "phone")
    await agree(pane, RU)
    await send_number(pane, RU)

    await pane.presses("Написать иначе")
    await pane.sees_last("Напишите имя")
    await pane.types("Мария Ивановна")
    await pane.sees_last("приятно познакомиться!")
    await pane.presses("Ввести")
    await pane.sees_last("Напишите дату")
    await pane.types("завтра")
    await pane.sees_last("Не получилось прочитать дату")
    await pane.types("5 марта 1980")
    await pane.sees_last("5 марта 1980 года. Верно?")
    await pane.presses("Верно")

    await pane.sees_last(RU.ask_advertising)


async def test_a_typed_number_and_somebody_elses_card_are_answered_by_what_to_press(
    newcomer, seats
):
    pane = await seats(await newcomer(), "phone")
    await agree(pane, RU)

    await pane.types("8 912 345-67-89")
    await pane.sees_last("Номер нужно отправить кнопкой")
    await pane.attaches("Чужой контакт")
    await pane.sees_last("Это не ваш номер")

    await pane.sees_keys(RU.send_number)
    await send_number(pane, RU)


async def test_whoever_thinks_better_of_it_shares_nothing(newcomer, seats):
    pane = await seats(await newcomer())
    await agree(pane, RU)

    await pane.shares_number(RU.send_number, "Отмена")

    await expect(pane.node.get_by_test_id("contact-confirm")).to_have_count(0)
    await pane.sees_last(RU.ask_number)
    await pane.sees_keys(RU.send_number)


async def test_whoever_has_no_number_is_told(newcomer, seats):
    pane = await seats(await newcomer(phone=None))
    await agree(pane, RU)

    await pane.presses(RU.send_number)

    await pane.sees_toast("нет номера")


async def test_the_same_question_answered_twice_leads_on_both_times(newcomer, seats):
    pane = await seats(await newcomer())
    await agree(pane, RU)
    await send_number(pane, RU)
    await pane.presses(RU.name_is_right)
    await pane.sees_last(RU.ask_birthday)
    await pane.types("что?")
    await expect(pane.messages().filter(has_text=RU.ask_birthday)).to_have_count(2)

    await pane.presses("Пропустить")
    await pane.sees_last(RU.ask_advertising)
    await pane.button("Пропустить").scroll_into_view_if_needed()  # of the first question
    await pane.presses("Пропустить")

    await expect(pane.messages().filter(has_text=RU.ask_advertising)).to_have_count(2)


async def test_a_button_older_than_the_erasure_says_so(registered, seats):
    pane = await seats(await registered())
    await pane.presses("Баллы")
    await pane.sees_last(RU.points)
    await pane.types("/privacy")
    await pane.presses("Удалить данные")
    await pane.presses("Да, удалить")
    await pane.sees_last("Всё удалено")

    await pane.presses("История")

    await pane.sees_toast("Эта кнопка устарела, продолжим отсюда.")
    await pane.sees(RU.greeting)


async def test_a_birthday_once_noted_is_refused_aloud(newcomer, seats):
    pane = await seats(await newcomer(birthdate={"day": 5, "month": 3, "year": 1980}))
    await agree(pane, RU)
    await send_number(pane, RU)
    await pane.presses(RU.name_is_right)
    await pane.types("/start")  # asks again, below
    await pane.presses("Ввести")
    await pane.types("6 марта 1980")
    await pane.sees_last("6 марта 1980 года. Верно?")
    await pane.presses("Верно")
    await pane.sees_last(RU.ask_advertising)

    await pane.button("Из профиля: 5 марта 1980").click()
    await pane.button("Верно").click()

    alert = pane.node.get_by_test_id("alert")
    await expect(alert).to_contain_text("Дата уже записана.")
    await alert.get_by_role("button", name="ОК").click()
    await expect(alert).to_have_count(0)


async def test_the_language_is_changed(registered, seats):
    pane = await seats(await registered("Мария"), "phone")

    await pane.presses("Клиника")
    await pane.presses("Язык / Language")
    await pane.presses("English")
    await pane.sees("English it is.")

    await pane.sees_keys("My code", "Points", "Card for a friend", "Clinic")
    await pane.presses("Points")
    await pane.sees_last("Your level is “Standard”")


async def test_all_that_is_stored_is_downloaded(registered, seats, tmp_path):
    pane = await seats(await registered("Мария", phone="+79267770001"))

    await pane.presses("Клиника")
    await pane.presses("Мои данные")
    await pane.sees_last("+7 926 777-00-01")
    await pane.presses("Скачать файлом")
    await pane.sees_last("Всё, что хранится о вас")

    async with pane.node.page.expect_download() as download:
        await pane.node.get_by_role("link", name="moi-dannye.html").click()
    await (await download.value).save_as(tmp_path / "mine.html")
    stored = (tmp_path / "mine.html").read_text("utf-8")
    assert "Мария" in stored
    assert "+7 926 777-00-01" in stored


async def test_advertising_is_switched_on_and_off(registered, seats):
    pane = await seats(await registered())

    await pane.types("/privacy")
    await pane.sees_last("Реклама и предложения: не присылать")
    await pane.presses("Включить рекламу")
    await pane.presses("Да, присылайте")
    await pane.sees_last("Реклама и предложения: присылать")
    await pane.presses("Отключить рекламу")

    await pane.sees_last("Реклама и предложения: не присылать")


async def test_whoever_left_comes_back_by_one_button(registered, seats):
    pane = await seats(await registered("Мария"), "phone")

    await pane.types("/privacy")
    await pane.presses("Отозвать согласие")
    await pane.presses("Да, отозвать")
    await pane.sees_last("Больше не пишем")
    await expect(pane.node.get_by_test_id("reply-keyboard")).to_be_hidden()
    await pane.presses("Начать снова")
    await pane.sees("ваши баллы вас ждут")
    await pane.presses("Даю согласие")

    await pane.has_read("У вас 1 000 баллов.")
    await pane.sees_last("Присылать предложения клиники?")
    await pane.sees_keys(*RU.menu)


@pytest.mark.parametrize("size", ["wide", "phone"])
async def test_the_owner_has_a_pane_of_their_own(clinic, opens, size):
    pane = await (await opens(size)).pane("owner")
    await expect(pane.node.get_by_test_id("person-select")).to_have_value(str(OWNER_ID))

    await clinic.world.person(OWNER_ID).start()
    await pane.sees_last("В этом боте вы — руководитель.")
    await pane.presses("Стать пациентом")

    await pane.sees_last(RU.greeting)


async def test_a_name_is_shown_and_never_run(newcomer, seats):
    name = "<img src=x onerror=alert()>"
    person = await newcomer(name)
    pane = await seats(person)

    await agree(pane, RU)
    await send_number(pane, RU)

    await pane.sees_last(name)
    await expect(pane.messages().locator("img")).to_have_count(0)


async def test_a_reader_of_english_meets_a_patient_who_speaks_it(opens):
    window = await opens(language="en")
    people = (await window.pane("patient")).node.get_by_test_id("person-select")

    await expect(people.locator("option:checked")).to_have_text("Emma Brown")
    await expect(window.page.get_by_test_id("sandbox-label")).to_have_text(
        "Molar sandbox · invented people"
    )


async def test_a_phone_hides_no_news(newcomer, opens):
    """What comes to a chat behind another tab is marked on its tab."""
    window = await opens("phone")
    person = await newcomer()
    await (await window.pane("patient")).becomes(person.id)
    await window.pane("staff")

    await person.start()

    await expect(window.page.get_by_test_id("tab-patient")).to_contain_text("есть новые сообщения")
