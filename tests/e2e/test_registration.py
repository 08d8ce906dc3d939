"""Registration as a person presses it, against the real bot."""

import re

import pytest

from tests.support.phones import fresh_phone

BIRTHDATE = {"day": 5, "month": 3, "year": 1980}
ASKS_FOR_NUMBER = "📱 Отправить номер"


async def consents(person):
    await person.start()
    await person.presses("Даю согласие")
    await person.sees("Отправьте номер")


async def proves_number(person):
    await consents(person)
    await person.presses(ASKS_FOR_NUMBER)
    await person.sees("Готово!")


async def test_three_taps_and_telegrams_own_prompt_bring_the_points(newcomer):
    maria = await newcomer("Мария")

    await maria.start()
    await maria.presses("Даю согласие")
    await maria.presses(ASKS_FOR_NUMBER)

    await maria.sees("Готово! У вас 1 000 баллов")
    assert await maria.keyboard() == ["Мой код", "Баллы", "Визитка другу", "Клиника"]


async def test_all_questions_answered_by_pressing(newcomer):
    maria = await newcomer("Мария", birthdate=BIRTHDATE)
    await proves_number(maria)
    await maria.presses("Мария — верно")
    await maria.presses("Из профиля: 5 марта 1980")
    await maria.sees("Потом изменить дату сможет только администратор")
    await maria.presses("Верно")
    await maria.presses("Да, присылайте")
    await maria.sees("Спасибо, это всё")

    await maria.says("/privacy")
    stored = (await maria.sees("Мои данные")).text
    for fact in ("Мария", "5 марта 1980", "присылать"):
        assert fact in stored.replace("\u00a0", " ")


async def test_name_and_birthday_in_ones_own_words(newcomer):
    maria = await newcomer("🦷")
    await proves_number(maria)
    await maria.sees("Как к вам обращаться?")

    await maria.says("Мария Ивановна")
    await maria.sees("Обращаться к вам так: Мария Ивановна?")
    await maria.presses("Верно")
    await maria.presses("Ввести")
    await maria.says("5.3.80")
    await maria.sees("5 марта 1980 года. Верно?")
    await maria.presses("Верно")
    await maria.presses("Не сейчас")

    await maria.says("/privacy")
    await maria.sees("Мария Ивановна")
    await maria.sees("5 марта 1980")


@pytest.mark.parametrize("wrong", ["завтра", "31 февраля", "5.3.2999", "1/2/3/4"])
async def test_what_is_no_date_gets_a_sentence_and_another_try(newcomer, wrong):
    maria = await newcomer("Мария")
    await proves_number(maria)
    await maria.presses("Мария — верно")
    await maria.presses("Ввести")

    await maria.says(wrong)
    await maria.sees("Не получилось прочитать дату")
    await maria.says("5 марта 1980")
    await maria.sees("5 марта 1980 года. Верно?")


@pytest.mark.parametrize("kind", ["other", "without_id"])
async def test_a_contact_that_is_not_the_senders_changes_nothing(newcomer, clinic, kind):
    maria = await newcomer("Мария")
    await consents(maria)
    before = clinic.bot.rows("SELECT count(*) FROM patients")

    await maria.shares_contact(kind, phone=fresh_phone(), first_name="Пётр")

    await maria.sees("Это не ваш номер")
    assert await maria.keyboard() == [ASKS_FOR_NUMBER]
    assert clinic.bot.rows("SELECT count(*) FROM patients") == before
    await maria.presses(ASKS_FOR_NUMBER)
    await maria.sees("Готово!")


@pytest.mark.parametrize("said", ["+7 912 345-67-89", "Баллы", "/balance", "когда вы работаете?"])
async def test_whoever_types_instead_of_pressing_hears_what_to_press(newcomer, said):
    maria = await newcomer("Мария")
    await consents(maria)

    await maria.says(said)
    await maria.sees("Номер нужно отправить кнопкой")
    assert await maria.keyboard() == [ASKS_FOR_NUMBER]


@pytest.mark.parametrize("kind", ["sticker", "voice", "photo", "location", "dice", "poll"])
async def test_whoever_sends_anything_else_hears_what_to_press(newcomer, kind):
    maria = await newcomer("Мария")
    await consents(maria)

    await maria.sends(kind)
    await maria.sees("Номер нужно отправить кнопкой")


async def test_a_phone_known_at_the_desk_joins_its_patient(newcomer, clinic, desk):
    phone = fresh_phone()
    await desk(phone, "Мария Ивановна")
    maria = await newcomer("Маша", phone=phone)

    await proves_number(maria)
    await maria.sees("Обращаться к вам так: Мария Ивановна?")

    found = f"SELECT count(*), count(wallet_id) FROM patients WHERE phone = '{phone}'"
    assert clinic.bot.rows(found) == [(1, 1)]


async def test_a_shared_phone_asks_whose_visits_these_are(newcomer, desk):
    phone = fresh_phone()
    await desk(phone, "Мария", "Иван")
    maria = await newcomer("Мария", phone=phone)
    await consents(maria)
    heard_before = " ".join(m.text for m in await maria.chat())
    assert "Иван" not in heard_before, "nobody is named before the number is proved"

    await maria.presses(ASKS_FOR_NUMBER)
    await maria.presses("Все мои")
    await maria.presses("Мария П.")
    await maria.sees("1 000 баллов")
    await maria.says("/privacy")
    await maria.sees("Иван")


async def test_only_me_leaves_the_family_out(newcomer, desk):
    phone = fresh_phone()
    await desk(phone, "Мария", "Иван")
    maria = await newcomer("Мария", phone=phone)
    await consents(maria)
    await maria.presses(ASKS_FOR_NUMBER)
    await maria.presses("Только я")
    await maria.presses("Мария П.")
    await maria.sees("1 000 баллов")

    await maria.says("/privacy")
    assert "Иван" not in (await maria.sees("Мои данные")).text


async def test_a_phone_with_an_account_moves_and_the_old_one_is_told(newcomer):
    phone = fresh_phone()
    old = await newcomer("Мария", phone=phone)
    await proves_number(old)
    await old.presses("Мария — верно")
    old.forgets()

    new = await newcomer("Новый", phone=phone)
    await consents(new)
    await new.presses(ASKS_FOR_NUMBER)

    await new.sees("Ваш счёт теперь здесь: 1 000 баллов")
    await new.sees_button("Новый — верно")
    await old.sees("ваш номер подключили в другом Telegram")
    await new.says("/balance")
    await new.sees("Оплата баллами пока выключена")
    await new.says("/history")
    await new.sees("когда администратор подтвердит")
    await old.says("/balance")
    await old.sees("Номер нужно отправить кнопкой")


async def test_a_second_start_goes_on_where_it_was(newcomer):
    maria = await newcomer("Мария")
    await maria.start()
    await maria.start()
    await maria.presses("Даю согласие")
    await maria.start()
    await maria.sees("Отправьте номер")
    await maria.presses(ASKS_FOR_NUMBER)
    await maria.start()
    await maria.presses("Мария — верно")
    await maria.start()
    await maria.sees("Когда ваш день рождения?")
    await maria.presses("Пропустить")
    await maria.start()
    await maria.presses("Не сейчас")
    await maria.start()
    await maria.sees("С возвращением, Мария! У вас 1 000 баллов")


async def test_every_button_pressed_twice_at_once_counts_once(newcomer, clinic):
    maria = await newcomer("Мария", birthdate=BIRTHDATE)
    await maria.start()
    for label in ("Даю согласие",):
        message = await maria.sees_button(label)
        data = message.button(label)["callback_data"]
        await maria.presses_button(message.id, data)
        await maria.presses_button(message.id, data)
    await maria.sees("Отправьте номер")
    await maria.shares_contact()
    await maria.shares_contact()
    await maria.sees("Готово!")
    for label in ("Мария — верно", "Из профиля: 5 марта 1980", "Верно", "Да, присылайте"):
        message = await maria.sees_button(label)
        data = message.button(label)["callback_data"]
        await maria.presses_button(message.id, data)
        await maria.presses_button(message.id, data)
    await maria.says("/balance")
    await maria.sees("1 000 баллов")

    mine = f"SELECT a.wallet_id FROM accounts a WHERE telegram_id = {maria.id}"
    welcomes = f"SELECT sum(points), count(*) FROM entries WHERE wallet_id = ({mine})"
    assert clinic.bot.rows(welcomes) == [(1000, 1)]


async def test_an_old_button_still_works_or_says_where_one_stands(newcomer):
    maria = await newcomer("Мария")
    await maria.start()
    await maria.sees_button("Даю согласие")
    await maria.start()
    await maria.sees_button("Даю согласие")
    old, new = [message for message in await maria.chat() if message.button("Даю согласие")]
    await maria.presses_button(new.id, new.button("Даю согласие")["callback_data"])
    await maria.sees("Отправьте номер")

    await maria.presses_button(old.id, old.button("Даю согласие")["callback_data"])
    await maria.sees("Отправьте номер")
    await maria.presses(ASKS_FOR_NUMBER)
    await maria.sees("Готово!")


async def test_no_consent_no_data(newcomer, clinic):
    maria = await newcomer("Мария")
    await maria.start("s_desk")
    await maria.presses("Отмена")
    await maria.sees("без согласия ничего не начнём")
    await maria.shares_contact()

    stored = clinic.bot.rows(f"SELECT phone, name FROM accounts WHERE telegram_id = {maria.id}")
    assert stored == [(None, None)]
    await maria.presses("Начать снова")
    await maria.presses("Полный текст")
    await maria.sees("152-ФЗ")
    await maria.presses("Даю согласие")
    await maria.sees("Отправьте номер")


@pytest.mark.parametrize("payload", ["s_desk", "i_AbC-123", "r_friend"])
async def test_the_link_one_came_by_is_remembered(newcomer, clinic, payload):
    maria = await newcomer("Мария")
    await maria.start(payload)
    await maria.sees("Здравствуйте")

    kept = clinic.bot.rows(
        "SELECT payload FROM arrivals JOIN accounts ON accounts.id = account_id"
        f" WHERE telegram_id = {maria.id}"
    )
    assert kept == [(payload,)]


async def test_in_english(newcomer):
    emma = await newcomer("Emma", language="en")
    await emma.start()
    await emma.presses("I agree")
    await emma.presses(re.compile("📱"))
    await emma.sees(re.compile("1,000 points"))


async def test_a_finger_that_is_too_quick_settles_nothing(newcomer, clinic):
    """Three presses on one spot: neither a birthday for ever nor consent to advertising."""
    maria = await newcomer("Мария", birthdate=BIRTHDATE)
    await proves_number(maria)
    await maria.sees_button("Мария — верно")
    for expected in ("Когда ваш день рождения?", "Верно?"):
        top = (await maria.last()).buttons[0]
        await maria.presses_button((await maria.last()).id, top["callback_data"])
        await maria.sees(expected)

    await maria.presses("Верно")
    asked = await maria.sees("Присылать предложения")
    assert asked.labels[0] == "Не сейчас"


async def test_cancel_under_an_old_greeting_tells_the_truth(newcomer):
    maria = await newcomer("Мария")
    await maria.start()
    await maria.sees_button("Отмена")
    await maria.says("что нажимать?")
    await maria.sees("нажмите кнопку «Даю согласие»")
    old, new = [message for message in await maria.chat() if message.button("Отмена")]
    await maria.presses_button(new.id, new.button("Даю согласие")["callback_data"])
    await maria.sees("Отправьте номер")

    await maria.presses_button(old.id, old.button("Отмена")["callback_data"])
    await maria.sees("Согласие уже дано")
