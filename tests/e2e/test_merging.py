"""Two records of one patient become one over the real bot, and two again."""

import re

import pytest

from sandbox.clinic import OLEG_ID
from screens.callbacks.corrections import GiftPress
from tests.e2e.desk import Desk, text_now
from tests.e2e.people import Person, plain
from tests.e2e.test_corrections import phone_of, pressed, shown
from tests.support.phones import fresh_phone


@pytest.fixture
def anna(connected_branch: Desk) -> Person:
    return connected_branch.anna


def people(clinic) -> int:
    return clinic.bot.rows("SELECT count(*) FROM patients")[0][0]


def gift_to_whom_went(clinic) -> str:
    """«Подарить баллы» of an old card: the newest record that is part of another."""
    newest = "SELECT max(id) FROM patients WHERE merged_into IS NOT NULL"
    return GiftPress(patient=clinic.bot.rows(newest)[0][0]).pack()


async def written_down(anna: Person, phone: str, name: str, sum_: int) -> None:
    """Somebody without the bot, and a visit of theirs."""
    await anna.says(f"{phone} {sum_}")
    await anna.sees("у нас впервые")
    await anna.says(name)
    card = await anna.sees("подписано на бумаге")
    await pressed(anna, card, "Да, подписано")
    card = await anna.sees("К оплате")
    await pressed(anna, card, re.compile("Записать"))
    await anna.sees("В кассу и МИС")


async def test_two_records_become_one_and_two_again(clinic, anna, registered):
    maria = await registered("Мариэтта")
    phone = fresh_phone()
    await written_down(anna, phone, "Мариэтта Двойная", 10_000)
    maria.forgets()

    found = await shown(anna, "/patient Мариэтта", "Кто на приёме?")
    button = next(b for b in found.buttons if "Д." not in b["text"])
    await anna.presses_button(found.id, button["callback_data"])
    card = await anna.sees("Напишите сумму счёта")
    await pressed(anna, card, "Это один человек с…")
    asks = await anna.sees("Кто ещё этот пациент?")
    before = people(clinic)
    own = await phone_of(maria)
    for wrong, why in ((fresh_phone(), "Никого не нашлось"), (own, "Это та же запись")):
        await anna.says(wrong)
        await anna.sees(why)
    await anna.says(phone)
    preview = await anna.sees("Объединить две записи?")
    assert preview.id == asks.id
    assert (await anna.last()).id == preview.id  # what went wrong stands no longer below it
    assert people(clinic) == before
    said = preview.text.replace("\u00a0", " ")
    assert "После объединения на счету 1 500 баллов." in said
    assert phone not in said  # masked
    oleg = clinic.world.person(OLEG_ID)
    oleg.forgets()  # what others have asked him before
    await pressed(anna, preview, "Объединить")
    waits = await anna.sees("Объединение ждёт подтверждения")
    assert waits.id == preview.id

    question = await oleg.sees("Объединить две записи одного пациента")
    assert "управляющий" not in question.text  # it is the reader who decides
    await pressed(oleg, question, "Подтвердить")
    assert (await anna.sees("Теперь это один пациент")).answers == waits.id
    assert "Просили объединить две записи" in await text_now(anna, waits)
    await maria.sees("объединены в одну")
    await maria.says("/balance")
    await maria.sees(re.compile(r"1.500 баллов"))

    await anna.presses_button(card.id, gift_to_whom_went(clinic), late=True)
    assert "стала частью другой" in (await anna.toast()).text

    decided = await oleg.sees_button("Разделить снова")
    await pressed(oleg, decided, "Разделить снова")
    surely = await oleg.sees("Разделить записи снова?")
    assert "Второй вернём 500 баллов." in plain(surely.text)
    await pressed(oleg, surely, "Оставить как есть")
    decided = await oleg.sees_button("Разделить снова")
    assert decided.id == surely.id
    await pressed(oleg, decided, "Разделить снова")
    surely = await oleg.sees("Разделить записи снова?")
    await pressed(oleg, surely, "Разделить")
    await maria.sees("Записи снова раздельные")
    await anna.sees(re.compile("^↩ Руководитель разделил записи"))
    assert "разделил записи" in await text_now(anna, waits)
    maria.forgets()
    await maria.says("/history")
    history = await maria.sees("Разделение записей")
    assert "Объединение записей" in history.text
