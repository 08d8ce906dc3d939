"""Money returned over the real bot, whole and in parts: what the desk, owner and patient see."""

import pytest

from sandbox.clinic import OLEG_ID
from tests.e2e.desk import Desk, pressed, recorded, text_now
from tests.e2e.people import Message, Person, plain


def returns(clinic) -> int:
    return clinic.bot.rows("SELECT count(*) FROM reversals")[0][0]


async def asked(staff: Person, receipt: Message, what: str) -> Message:
    """The question why, after what to return was chosen."""
    await pressed(staff, receipt, "Возврат")
    question = await staff.sees("Что вернуть?")
    await pressed(staff, question, what)
    why = await staff.sees("Почему возвращаем?")
    assert why.id == question.id
    return why


@pytest.fixture
def anna(connected_branch: Desk) -> Person:
    return connected_branch.anna


async def test_a_small_return_says_its_sum_and_points_before_it_is_done(clinic, anna, registered):
    maria = await registered("Мария")
    receipt = await recorded(anna, maria, "4000 макс")
    question = await asked(anna, receipt, "Весь визит")
    assert "Из кассы: 3 000 ₽" in plain(question.text)
    maria.forgets()
    await pressed(anna, question, "Переделка")
    once_more = await anna.sees("Вернуть 3 000 ₽?")
    assert once_more.id == question.id
    assert "Переделка" in once_more.text
    said = plain(once_more.text)
    assert "На счёт вернём 1 000 баллов." in said
    assert "Снимем начисленное за визит: 150 баллов." in said
    before = returns(clinic)
    assert once_more.labels == ["Вернуть", "Не возвращать"]

    await pressed(anna, once_more, "Вернуть")
    done = await anna.sees("Возврат: 3 000 ₽")
    assert "Снято 150 баллов" in plain(done.text)
    assert returns(clinic) == before + 1
    assert (
        await anna.sees("возвращено 3 000 ₽ деньгами и 1 000 баллов, снято 150 баллов")
    ).id == receipt.id
    await pressed(anna, once_more, "Вернуть", late=True)
    assert (await anna.toast()).text is None
    assert returns(clinic) == before + 1
    await maria.sees("На счёт вернули 1 000 баллов")


async def test_a_large_return_waits_for_the_owner(clinic, anna, connected_branch, registered):
    maria, oleg = await registered("Мария"), clinic.world.person(OLEG_ID)
    receipt = await recorded(anna, maria, "12400 0")
    question = await asked(anna, receipt, "Весь визит")
    assert "подтверждает управляющий" in question.text
    await pressed(anna, question, "Своими словами")
    assert "причину" in (await anna.toast()).text
    oleg.forgets()
    await anna.says("пришла со снимком другой клиники")
    tap = await anna.sees("Вернуть 12 400 ₽?")
    assert tap.id == question.id
    assert tap.labels == ["Запросить возврат", "Не возвращать"]
    assert "подтверждает управляющий" in tap.text
    await pressed(anna, tap, "Запросить возврат")
    waits = await anna.sees("ждёт управляющего")

    tap = await oleg.sees("пришла со снимком другой клиники")
    maria.forgets()
    anna.forgets()
    await pressed(oleg, tap, "Подтвердить")
    await oleg.sees("✅ Подтверждено")
    decided = await anna.sees("Выдать 12 400 ₽ деньгами")
    assert "Руководитель подтвердил" in decided.text
    assert decided.answers == waits.id
    await maria.sees("Возврат за визит")
    settled = plain(await text_now(anna, waits))
    assert "Руководитель подтвердил" in settled
    assert "пришла со снимком другой клиники" in settled
    assert "₽" not in settled  # one message alone says what to pay
    assert (await anna.sees("возвращено 12 400 ₽ деньгами")).id == receipt.id

    await pressed(oleg, tap, "Отказать", late=True)
    assert (await oleg.toast()).text == "Уже решено."


async def test_a_refused_return_says_so_where_it_was_asked(clinic, anna, registered):
    maria, oleg = await registered("Мария"), clinic.world.person(OLEG_ID)
    receipt = await recorded(anna, maria, "15000 0")
    oleg.forgets()
    await pressed(anna, await asked(anna, receipt, "Весь визит"), "Жалоба")
    await pressed(anna, await anna.sees("Вернуть 15 000 ₽?"), "Запросить возврат")
    waits = await anna.sees("ждёт управляющего")
    anna.forgets()
    await pressed(oleg, await oleg.sees("Возврат 15 000 ₽"), "Отказать")
    await oleg.sees("✖ Отказано")
    decided = await anna.sees("Деньги не выдавайте")
    assert decided.answers == waits.id
    settled = plain(await text_now(anna, waits))
    assert "Руководитель отказал" in settled
    assert "₽" not in settled


async def test_a_question_may_be_left(anna, registered):
    maria = await registered("Мария")
    receipt = await recorded(anna, maria, "900 0")
    await pressed(anna, receipt, "Возврат")
    question = await anna.sees("Что вернуть?")
    await pressed(anna, question, "Оставить как есть")
    await anna.toast()
    assert question.id not in [message.id for message in await anna.chat()]


async def test_a_return_may_be_left_at_the_last_moment(clinic, anna, registered):
    maria = await registered("Мария")
    receipt = await recorded(anna, maria, "900 0")
    before = returns(clinic)
    await pressed(anna, await asked(anna, receipt, "Весь визит"), "Жалоба")
    question = await anna.sees("Вернуть 900 ₽?")
    await pressed(anna, question, "Не возвращать")
    await anna.toast()
    assert question.id not in [message.id for message in await anna.chat()]
    assert returns(clinic) == before


# --- parts -----------------------------------------------------------------------------------


async def test_one_part_of_the_bill_goes_back_by_its_own_button(clinic, anna, registered):
    maria = await registered("Мария")
    receipt = await recorded(anna, maria, "3000 гиг 0 + 900 тер")
    why = await asked(anna, receipt, "2. Терапия · 900 ₽")
    assert "Вернуть часть визита?" in why.text
    assert "Из счёта: 900 ₽ · Терапия" in plain(why.text)
    await pressed(anna, why, "Переделка")
    once_more = await anna.sees("Вернуть 900 ₽?")
    assert "Снимем начисленное за визит: 45 баллов." in plain(once_more.text)
    maria.forgets()
    before = returns(clinic)
    await pressed(anna, once_more, "Вернуть")
    await anna.sees("Возврат: 900 ₽")

    assert returns(clinic) == before + 1
    shown = await anna.sees("Остаётся в кассе за визит: 3 000 ₽")
    assert shown.id == receipt.id
    assert "900 ₽ · Терапия · возвращено 900 ₽" in plain(shown.text)
    assert shown.labels == ["Записать на май", "Возврат"]
    told = plain((await maria.sees("Возврат за визит")).text)
    assert "Начисленное за эту часть сняли: 45 баллов." in told
    await pressed(anna, once_more, "Вернуть", late=True)
    await anna.toast()
    assert returns(clinic) == before + 1

    await pressed(anna, await asked(anna, shown, "Всё, что осталось"), "Жалоба")
    await pressed(anna, await anna.sees("Вернуть 3 000 ₽?"), "Вернуть")
    await anna.sees("Возврат: 3 000 ₽")
    assert (await now(anna, receipt)).labels == []
    await maria.says("/history")
    history = plain((await maria.sees("История")).text)
    assert "Возврат денег · −45" in history
    assert "Возврат денег · −150" in history
    await maria.says("/visits")
    visits = plain((await maria.sees("Визиты")).text)
    assert "Возвращено 3 900 ₽ · баллы: −195" in visits


async def test_another_sum_is_typed(clinic, anna, registered):
    maria = await registered("Мария")
    receipt = await recorded(anna, maria, "9000 макс")
    await pressed(anna, receipt, "Возврат")
    what = await anna.sees("Что вернуть?")
    assert what.labels == ["Весь визит", "Другая сумма", "Оставить как есть"]
    await pressed(anna, what, "Другая сумма")
    asks = await anna.sees("Жду сумму следующим сообщением")
    assert asks.id == what.id
    assert "Из счёта: 9 000 ₽" in plain(asks.text).splitlines()
    await anna.says("90000")
    await anna.sees("вернуть можно до 9 000 ₽")
    await anna.says("три")
    await anna.sees("Не прочиталась сумма")
    await anna.says("3000")
    why = await anna.sees("Из кассы: 2 667 ₽.")
    assert why.id == what.id
    assert "На счёт вернём 333 балла." in plain(why.text)
    assert "Снимем начисленное за визит: 133 балла." in plain(why.text)
    assert (await anna.last()).id == why.id  # at the foot: what was refused is gone
    await pressed(anna, why, "Своими словами")
    await anna.toast()
    await anna.says("переделали одну пломбу")
    once_more = await anna.sees("Вернуть 2 667 ₽?")
    assert "На счёт вернём 333 балла." in plain(once_more.text)
    await pressed(anna, once_more, "Вернуть")
    done = await anna.sees("Возврат: 2 667 ₽")
    assert "переделали одну пломбу" in plain(done.text)
    assert "Остаётся в кассе за визит: 5 333 ₽" in plain((await now(anna, receipt)).text)


async def test_of_several_parts_it_is_asked_whose_sum_is_typed(anna, registered):
    maria = await registered("Мария")
    receipt = await recorded(anna, maria, "3000 гиг 0 + 1500 тер")
    await pressed(anna, receipt, "Возврат")
    await pressed(anna, await anna.sees("Что вернуть?"), "Другая сумма")
    which = await anna.sees("Часть какой суммы вернуть?")
    await anna.says("500")
    await anna.sees("Сначала выберите строку счёта")
    await pressed(anna, which, "2. Терапия · 1 500 ₽")
    asks = await anna.sees("Жду сумму")
    assert "Из счёта: 1 500 ₽ · Терапия" in plain(asks.text)
    await anna.says("500")
    why = await anna.sees("Из счёта: 500 ₽ · Терапия")
    await pressed(anna, why, "Ошибка в счёте")
    await pressed(anna, await anna.sees("Вернуть 500 ₽?"), "Вернуть")
    await anna.sees("Возврат: 500 ₽")
    assert "1 500 ₽ · Терапия · возвращено 500 ₽" in plain((await now(anna, receipt)).text)


async def test_parts_above_the_limit_in_all_wait_for_the_owner(clinic, anna, registered):
    maria, oleg = await registered("Мария"), clinic.world.person(OLEG_ID)
    receipt = await recorded(anna, maria, "4000 гиг 0 + 3000 тер")
    await pressed(anna, await asked(anna, receipt, "1. Гигиена · 4 000 ₽"), "Жалоба")
    await pressed(anna, await anna.sees("Вернуть 4 000 ₽?"), "Вернуть")
    await anna.sees("Возврат: 4 000 ₽")
    why = await asked(anna, receipt, "Всё, что осталось")
    assert "подтверждает управляющий" in why.text
    await pressed(anna, why, "Жалоба")
    oleg.forgets()
    await pressed(anna, await anna.sees("Вернуть 3 000 ₽?"), "Запросить возврат")
    await anna.sees("ждёт управляющего")
    tap = await oleg.sees("Возврат 3 000 ₽")
    assert "За визит заплатили 7 000 ₽, раньше вернули 4 000 ₽" in plain(tap.text)
    await pressed(anna, receipt, "Возврат")
    assert "ждёт управляющего" in (await anna.toast()).text
    maria.forgets()
    await pressed(oleg, tap, "Подтвердить")
    await anna.sees("Выдать 3 000 ₽ деньгами")
    await maria.sees("Возврат за визит")


async def now(staff: Person, message: Message) -> Message:
    return next(one for one in await staff.chat() if one.id == message.id)
