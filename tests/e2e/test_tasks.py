"""Tasks over the wire: a patient's words and their answer; whom to call, and what came of it."""

import re
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.clock import FileClock
from db.store import Store
from loyalty.tasks.opening import open_task
from loyalty.tasks.task import TaskKind, Wish
from tests.e2e.desk import Desk, open_branch, pressed, shown, text_now
from tests.e2e.people import Person, plain
from tests.faults.scene import calm
from tests.support.bots import Clinic, open_clinic
from tests.support.phones import fresh_phone

MOSCOW = ZoneInfo("Europe/Moscow")
HOUR, DAY = 3600, 86_400
NEW_YEAR = {(12, 31), *((1, day) for day in range(1, 9))}


@pytest.fixture(scope="module")
async def clinic(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Clinic]:
    """One of its own: here time passes."""
    async with open_clinic(tmp_path_factory.mktemp("tasks")) as clinic:
        yield clinic


@pytest.fixture(scope="module")
async def desk_(clinic: Clinic) -> Desk:
    return await open_branch(clinic)


@pytest.fixture
async def store(clinic: Clinic) -> AsyncIterator[Store]:
    """What the clinic notices by itself is written down by its use case."""
    store = Store(clinic.bot.url, FileClock(clinic.bot.folder / "clock"), MOSCOW)
    yield store
    await store.close()


async def o_clock(clinic: Clinic, hour: int) -> None:
    """This hour of the next day of Moscow that isn't New Year's."""
    now = datetime.fromtimestamp((await clinic.world.state())["now"], MOSCOW)
    then = now.replace(hour=hour, minute=0, second=0, microsecond=0)
    while then <= now or (then.month, then.day) in NEW_YEAR:
        then += timedelta(days=1)
    await clinic.world.clock_add((then - now).total_seconds())


async def wrote(maria: Person, anna: Person, words: str):
    """The card of the task in the staff chat."""
    anna.forgets()
    await maria.says(words)
    return await anna.sees(words)


# --- free text -------------------------------------------------------------------------------


async def test_what_a_patient_writes_is_answered_by_a_reply(clinic, desk_, registered):
    await o_clock(clinic, 11)
    anna, maria = desk_.anna, await registered("Мария")
    card = await wrote(maria, anna, "Можно ли прийти с кашлем?")
    await maria.sees("Передали администратору, ответим сегодня до 20:00. Если болит, лучше")
    assert card.protected
    assert "Мария" in card.text
    assert card.text.count("+7") == 0  # who asks for the number presses
    await pressed(anna, card, "Номер")
    assert "+7" in (await anna.toast()).text

    maria.forgets()
    await anna.says("Лучше перенести, подберём день", reply_to=card.id)
    answer = await maria.sees("Лучше перенести, подберём день")
    assert "«Улыбка» отвечает" in plain(answer.text)
    assert "Анна" not in answer.text

    anna.forgets()
    await maria.says("Спасибо! Тогда в пятницу")
    await maria.sees("Передали.")
    more = await anna.sees(re.compile("^💬 Мария\n.*в пятницу"))
    assert more.answers == card.id
    await anna.says("Записали на пятницу", reply_to=more.id)
    await maria.sees("Записали на пятницу")
    await anna.sees("↳ Анна: Записали на пятницу")  # the card's buttons are new, too

    await anna.presses("Готово")
    await anna.sees("Разговор закончен · Анна")
    again = await wrote(maria, anna, "А в субботу?")
    assert again.id != card.id


async def test_pictures_and_voice_go_both_ways(clinic, desk_, registered):
    await o_clock(clinic, 11)
    anna, maria = desk_.anna, await registered("Мария")
    anna.forgets()
    await maria.sends("photo")
    photo = await anna.sees_kind("photo")
    assert photo.protected
    card = next(one for one in await anna.chat() if one.id == photo.answers)
    assert "Мария" in card.text
    await anna.sends("voice", reply_to=photo.id)
    await maria.sees_kind("voice")
    anna.forgets()
    await maria.sends("sticker")
    await anna.sees_kind("sticker")


async def test_at_night_it_says_when_and_where_to_turn(clinic, desk_, registered):
    await o_clock(clinic, 23)
    anna, maria = desk_.anna, await registered("Мария")
    await wrote(maria, anna, "Болит зуб")
    await maria.sees(re.compile(r"ответим (завтра|\d+ \S+) с 09:00. При сильном отёке.* 103"))


async def test_what_cannot_be_delivered_is_said_under_the_reply(clinic, desk_, registered):
    await o_clock(clinic, 11)
    anna, maria = desk_.anna, await registered("Мария")
    card = await wrote(maria, anna, "Я ещё вернусь")
    await maria.blocks()
    reply = await anna.says("Ждём вас", reply_to=card.id)
    unheard = await anna.sees("больше не пользуется ботом")
    assert unheard.answers == reply


async def test_without_a_staff_chat_the_owner_answers(clinic, desk_, registered):
    await o_clock(clinic, 11)
    oleg, maria = desk_.oleg, await registered("Мария")
    await desk_.oleg_here.says("/disconnect")
    await desk_.oleg_here.presses("Да, отключить")
    try:
        oleg.forgets()
        await maria.says("Есть кто живой?")
        card = await oleg.sees("Есть кто живой?")
        await oleg.says("Есть, слушаю вас", reply_to=card.id)
        await maria.sees("Есть, слушаю вас")
        await oleg.sees(re.compile("↳ .*: Есть, слушаю вас"))
        await oleg.presses("Готово")
        await oleg.sees("Разговор закончен")
    finally:
        await desk_.oleg_here.says("/connect Ленина")
        await desk_.oleg_here.sees("Чат подключён")


async def test_without_consent_nothing_is_passed_on(clinic, desk_, newcomer):
    anna, stranger = desk_.anna, await newcomer("Олеся")
    await stranger.start()
    anna.forgets()
    await stranger.says("Сколько стоит коронка?")
    await calm(clinic)
    assert not [one for one in anna.heard() if "коронка" in one.text]


# --- calls -----------------------------------------------------------------------------------


async def wishes(clinic: Clinic, store: Store, maria: Person, kind=TaskKind.BOOK, **more) -> None:
    def open_(tx):
        account = tx.people.account_of(maria.id)
        patient = tx.people.spoken_for(account.id)[0][0].id
        branch = tx.branches.branches()[0].id
        open_task(tx, f"{kind}:{maria.id}", kind, branch=branch, patient=patient, **more)

    await store.change(open_)


async def test_a_wish_is_called_about_until_it_is_booked(clinic, desk_, registered, store):
    await o_clock(clinic, 11)
    anna, irina, maria = desk_.anna, desk_.irina, await registered("Мария")
    anna.forgets()
    await wishes(clinic, store, maria, wish=Wish.EVENING)
    card = await anna.sees("Хочет записаться: в будни вечером")
    assert "Скажите: «Мария, здравствуйте! Это Стоматология «Улыбка»." in plain(card.text)

    await pressed(anna, card, "Не дозвонились")
    await anna.sees("Не дозвонились: 1 из 3")
    await pressed(irina, card, "Не дозвонились", late=True)  # what she has seen is of before
    assert "уже изменилась" in (await irina.toast()).text
    anna.forgets()
    await o_clock(clinic, 17)
    again = await anna.sees("Хочет записаться")
    assert again.id != card.id
    await anna.sees("задача снова ниже")

    await pressed(anna, again, "Есть запись")
    await anna.sees("Когда записать?")
    await anna.says("завтра 12:00")
    await maria.sees("Вы записаны")
    await anna.sees("✅ Есть запись · Анна")


async def test_tasks_are_listed_and_opened_in_place(clinic, desk_, registered, store):
    await o_clock(clinic, 11)
    anna = desk_.anna
    for n in range(9):
        await wishes(clinic, store, await registered(f"Инна{'абвгдежзи'[n]}"))
    await calm(clinic)
    anna.forgets()
    await anna.says("/tasks")
    listed = await anna.sees("Задачи")
    await pressed(anna, listed, "Дальше →")
    page = await anna.sees("Страница 2")
    assert page.id == listed.id
    await pressed(anna, page, page.labels[0])
    card = next(one for one in await anna.chat() if one.id == listed.id)
    await calm(clinic)
    assert "Хочет записаться" in await text_now(anna, card)
    card = next(one for one in await anna.chat() if one.id == listed.id)
    await pressed(anna, card, "Позвонить позже")
    await anna.says("завтра 15:30")
    await anna.sees(re.compile("Вернётся .* 15:30"))


async def test_never_is_asked_twice_and_lifted_by_a_manager(clinic, desk_, registered, store):
    await o_clock(clinic, 11)
    phone = fresh_phone()
    anna, oleg, maria = desk_.anna, desk_.oleg_here, await registered("Нина", phone=phone)
    anna.forgets()
    await wishes(clinic, store, maria)
    card = await anna.sees("Нина")
    await pressed(anna, card, "Другой итог")
    more = await anna.sees_button("Не беспокоить")
    await pressed(anna, more, "Не беспокоить")
    sure = await anna.sees("никаких звонков")
    await pressed(anna, sure, "Больше не беспокоить")
    await anna.sees("🚫 Больше не беспокоить · Анна")

    await shown(anna, f"{phone} 5000", "Не беспокоить")
    await anna.presses("Ещё")
    more = await anna.sees_button("Снова можно беспокоить")
    await pressed(anna, more, "Снова можно беспокоить")
    assert (await anna.toast()).alert
    oleg.forgets()
    await pressed(oleg, more, "Снова можно беспокоить")
    sure = await oleg.sees("снова разрешить звонки")
    await pressed(oleg, sure, "Снова можно беспокоить")
    await oleg.sees("снова разрешены")
