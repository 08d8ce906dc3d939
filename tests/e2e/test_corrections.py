"""Corrections and gifts over the real bot: what the desk, owner and patient see."""

import re

import pytest

from sandbox.clinic import OLEG_ID
from tests.e2e.desk import CODE, Desk, pressed, recorded, shown, text_now
from tests.e2e.people import Person, plain


@pytest.fixture
def anna(connected_branch: Desk) -> Person:
    return connected_branch.anna


async def test_a_wrong_sum_is_mended_by_one_number(anna, registered):
    maria = await registered("Мария")
    wrong = await recorded(anna, maria, "124000 макс")
    await pressed(anna, wrong, "Исправить сумму")
    asks = await anna.sees("Исправляем запись на 124 000 ₽")
    assert "Жду сумму следующим сообщением" in asks.text
    maria.forgets()
    await anna.says("двенадцать тысяч")
    await anna.sees("Не прочиталась сумма")
    await anna.says("12400")
    card = await anna.sees("К оплате 11 400 ₽")
    assert (await anna.last()).id == card.id  # at the foot: what was refused is gone
    await pressed(anna, card, "✅ Записать")

    await anna.sees("скидка 1 000 ₽, к оплате 11 400 ₽")
    mended = await anna.sees("исправлена сумма")
    assert (mended.id, mended.buttons) == (wrong.id, [])
    await maria.sees("Начислено 570 баллов")


async def test_a_correction_that_is_put_away_leaves_the_visit_as_it_was(anna, registered):
    maria = await registered("Мария")
    await pressed(anna, await recorded(anna, maria, "12400 0"), "Исправить сумму")
    card = await anna.sees("Исправляем запись на 12 400 ₽")
    await pressed(anna, card, "Ещё")
    await pressed(anna, await anna.sees_button("Убрать карточку"), "Убрать карточку")
    left = await anna.sees("Запись на 12 400 ₽ остаётся как была")
    assert left.id == card.id
    assert "ничего не записано" not in left.text


async def test_a_wrong_patient_is_told_and_the_right_one_has_the_visit(anna, registered):
    maria, emma = await registered("Мария"), await registered("Эмма")
    wrong = await recorded(anna, maria, "10000 0")
    await pressed(anna, wrong, "Не тот пациент")
    await anna.sees("Чей на самом деле визит на 10 000 ₽?")
    await emma.says("/code")
    code = CODE.search((await emma.sees("Ваш код")).text).group()
    maria.forgets()
    emma.forgets()
    await anna.says(code)
    card = await anna.sees("ЭММА")
    await pressed(anna, card, "✅ Записать без списания")

    await maria.sees(re.compile(r"сделана по ошибке и отменена. Ваши баллы прежние: 1 000"))
    await emma.sees("Начислено 500 баллов")
    assert (await anna.sees("записано на другого пациента")).id == wrong.id


async def test_undo_takes_the_last_record_back(anna, registered):
    maria = await registered("Мария")
    receipt = await recorded(anna, maria, "12400 макс")
    maria.forgets()
    question = await shown(anna, "/undo", "Отменить эту запись?")
    assert "12 400 ₽" in question.text.replace("\u00a0", " ")
    await pressed(anna, question, "Отменить запись")

    await anna.sees("отменена")
    assert (await anna.sees("запись отменена")).id == receipt.id
    await maria.sees("Ваши баллы прежние: 1 000")


async def test_a_gift_from_the_patient_s_card(anna, registered):
    maria = await registered("Мария")
    await maria.says("/code")
    code = CODE.search((await maria.sees("Ваш код")).text).group()
    card = await shown(anna, f"{code}", "МАРИЯ")
    maria.forgets()
    await pressed(anna, card, "Подарить баллы")
    question = await anna.sees("Сколько баллов подарить?")
    await pressed(anna, question, "Другое число")
    await anna.says("250")
    question = await anna.sees("Подарим 250 баллов")
    await pressed(anna, question, "За ожидание")

    await anna.sees("Подарено 250 баллов")
    await maria.sees("250 баллов")
    await maria.sees("На счету 1 250 баллов")


async def test_the_desk_confirms_a_new_account_on_a_known_phone(anna, registered, newcomer):
    old = await registered("Мария")
    phone = await phone_of(old)
    new = await newcomer("Мария", phone=phone)
    await new.start()
    await new.presses("Даю согласие")
    await new.presses("📱 Отправить номер")
    await new.presses("Мария — верно")
    card = await shown(anna, f"/patient {phone}", "Напишите сумму счёта")
    await pressed(anna, card, "Новый аккаунт")
    question = await anna.sees("Подтвердить новый аккаунт?")
    new.forgets()
    await pressed(anna, question, "Это наш пациент")

    await anna.sees("Новый аккаунт подтвердили")
    await new.sees("подтвердили ваш новый Telegram")


async def phone_of(person: Person) -> str:
    people = (await person.world.state())["people"]
    return next(one["phone"] for one in people if one["id"] == person.id)


async def test_a_large_gift_waits_and_its_question_tells_the_answer(clinic, anna, registered):
    maria, oleg = await registered("Мария"), clinic.world.person(OLEG_ID)
    await maria.says("/code")
    code = CODE.search((await maria.sees("Ваш код")).text).group()
    await pressed(anna, await shown(anna, f"{code}", "МАРИЯ"), "Подарить баллы")
    await pressed(anna, await anna.sees("Сколько баллов подарить?"), "Другое число")
    oleg.forgets()
    await anna.says("9000")
    await pressed(anna, await anna.sees("Подарим 9 000 баллов"), "За ожидание")
    waits = await anna.sees("ждёт управляющего")
    anna.forgets()
    await pressed(oleg, await oleg.sees("Подарок 9 000 баллов"), "Подтвердить")

    given = await anna.sees("Подарено 9 000 баллов")
    assert given.answers == waits.id
    settled = plain(await text_now(anna, waits))
    assert "Просили подарить 9 000 баллов" in settled
    assert "Руководитель подтвердил" in settled
    assert "Подарено" not in settled
