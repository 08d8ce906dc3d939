"""The patient's side of the desk, over the wire: the code, the tap, the receipt, «Это не я»."""

import asyncio
import re
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.clock import FileClock
from db.store import Store
from loyalty.branches import Branch
from loyalty.desk import drafting, recording
from loyalty.desk.card import Card, card
from loyalty.desk.drafting import Wanted
from loyalty.team import Member, Standing
from sandbox.clinic import ANNA_ID, IRINA_ID, OLEG_ID
from tests.e2e.people import Message, Person
from tests.support.bots import Clinic, open_clinic
from tests.support.phones import fresh_phone

# aiohttp, which receives the sandbox's pictures, warns of a method that it calls itself.

QUARTER = 15 * 60
DIGITS = re.compile(r"Ваш код: (\d{4})")
lines = count(1)


@pytest.fixture(scope="module")
async def clinic(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Clinic]:
    """One of its own: here time passes."""
    async with open_clinic(tmp_path_factory.mktemp("code")) as clinic:
        yield clinic


@dataclass
class AtDesk:
    """Anna's hands: what the card does, by its use cases on the bot's own database."""

    store: Store
    anna: Member
    chat: int

    async def types(self, who: str, rubles: int, *, most: bool = False) -> Card:
        wanted = Wanted(parts=[(rubles * 100, None, None)], most=most)
        source, name = f"test:{next(lines)}", self.anna.name
        draft = await self.store.change(
            drafting.open_draft, self.anna, name, source=source, who=who, wanted=wanted
        )
        return await self.store.ask(card, draft.id)

    async def records(self, laid: Card) -> None:
        fresh = (await self.store.ask(card, laid.draft.id)).draft
        await self.store.change(
            recording.record, self.anna, self.anna.name, fresh.id, fresh.revision
        )


@pytest.fixture(scope="module")
async def at_desk(clinic: Clinic) -> AsyncIterator[AtDesk]:
    folder: Path = clinic.bot.folder
    store = Store(clinic.bot.url, FileClock(folder / "clock"), ZoneInfo("Europe/Moscow"))
    staff = [OLEG_ID, ANNA_ID, IRINA_ID]
    chat = await clinic.world.add_group("Улыбка · Мира", staff, bot="administrator")
    branch = Branch(0, "Мира", chat, "Europe/Moscow", "ООО «Улыбка»", "+7 843 000-00-00")
    branch = await store.change(lambda tx: tx.branches.add_branch(branch))
    member = Member(0, branch.id, ANNA_ID, "Анна", Standing.STAFF)
    anna = await store.change(lambda tx: tx.branches.add_member(member))
    yield AtDesk(store, anna, chat)
    await store.close()


@pytest.fixture
async def phone() -> str:
    return fresh_phone()


@pytest.fixture
async def maria(registered: Callable[..., Any], phone: str) -> Person:
    return await registered("Мария", phone=phone)


def digits(message: Message) -> str:
    found = DIGITS.search(message.text.replace("\u00a0", " "))
    assert found, message.text
    return found.group(1)


async def shown(maria: Person) -> Message:
    await maria.presses("Мой код")
    return await maria.sees(DIGITS)


async def noted(clinic: Clinic, maria: Person, before: str | None) -> str:
    """When the screen is redrawn next; the clock may be moved once the bot has written it down."""
    mine = f"SELECT id FROM accounts WHERE telegram_id = {maria.id}"
    query = f"SELECT refresh_at FROM code_screens WHERE account_id = ({mine})"
    async with asyncio.timeout(20):
        while (rows := clinic.bot.rows(query)) in ([], [(before,)]):
            await asyncio.sleep(0.02)
    return rows[0][0]


async def test_the_code_is_a_picture_that_the_desk_can_read(maria, clinic, at_desk):
    message = await shown(maria)

    assert message.kind == "photo"
    assert message.labels == ["Обновить код"]
    assert "На счету 1 000 баллов" in message.text.replace("\u00a0", " ")
    link = await clinic.world.scan(message)
    assert re.fullmatch(r"https://t\.me/UlybkaMolarBot\?start=p_[\w-]{12}", link)
    laid = await at_desk.types(digits(message), 12_400)
    assert laid.patient is not None
    assert (laid.patient.name, laid.points) == ("Мария", 0)


async def test_points_earned_today_are_said_to_pay_from_tomorrow(maria, at_desk):
    laid = await at_desk.types(digits(await shown(maria)), 4_000, most=True)
    assert laid.points == 1_000
    await at_desk.records(laid)
    await maria.sees("Начислено 150 баллов")

    message = await shown(maria)
    said = message.text.replace("\u00a0", " ")
    assert "На счету 150 баллов, все за сегодняшний визит. Платить ими можно с" in said
    assert "решаете" not in said


async def test_it_is_refreshed_in_place_for_an_hour(maria, clinic):
    message = await shown(maria)
    due = await noted(clinic, maria, None)
    seen = [digits(message)]
    for _ in range(3):
        maria.forgets()
        await clinic.world.clock_add(QUARTER)
        refreshed = await maria.sees(DIGITS)
        due = await noted(clinic, maria, due)
        assert refreshed.id == message.id
        seen.append(digits(refreshed))
    assert len(set(seen)) == 4
    maria.forgets()
    await clinic.world.clock_add(QUARTER)

    ended = await maria.sees("Этот код больше не действует", timeout=30)
    assert ended.id == message.id
    await maria.presses("Новый код")
    again = await maria.sees(DIGITS)
    assert again.id == message.id
    assert digits(again) not in seen


async def test_only_one_message_shows_the_code(maria):
    first = await shown(maria)
    await maria.says("/code")
    second = await maria.sees(DIGITS)

    assert digits(second) == digits(first)
    await maria.says("/help")  # by then the former is gone
    await maria.sees("На деньги баллы не меняются")
    assert first.id not in [message.id for message in await maria.chat()]


async def test_a_used_code_is_replaced_by_a_tap(maria, at_desk):
    before = await shown(maria)
    await maria.presses("Обновить код")
    assert (await maria.toast()).text == "Этот код только что появился, он действует."

    await at_desk.types(digits(before), 1000)
    maria.forgets()
    await maria.presses("Обновить код")
    assert digits(await maria.sees(DIGITS)) != digits(before)


async def test_a_screen_that_is_gone_is_forgotten(maria, registered, clinic):
    robin = await registered("Робин")
    await maria.deletes((await shown(maria)).id)
    await shown(robin)
    robin.forgets()
    await clinic.world.clock_add(QUARTER)
    await robin.sees(DIGITS)  # the next in the line

    joined = "code_screens JOIN accounts ON accounts.id = code_screens.account_id"
    due = f"SELECT refresh_at FROM {joined} WHERE accounts.telegram_id = {maria.id}"
    assert clinic.bot.rows(due) == [(None,)]


async def test_somebodys_code_is_no_link_for_others(maria, registered):
    emma = await registered("Эмма")
    link = await maria.world.scan(await shown(maria))
    await emma.opens(link)
    await emma.sees("Это код пациента")


# --- a request to spend ----------------------------------------------------------------------


async def test_yes_is_one_tap_and_the_receipt_follows(maria, phone, at_desk):
    maria.forgets()
    await at_desk.types(phone, 12_400, most=True)
    request = await maria.sees_button("Да, списать")
    assert "списать 1 000 баллов за сегодняшний визит?" in request.text.replace("\u00a0", " ")
    assert "11 400 ₽" in request.text.replace("\u00a0", " ")
    anna = maria.world.person(ANNA_ID, at_desk.chat)
    anna.forgets()

    await maria.presses("Да, списать")
    answered = await maria.sees("спишем 1 000 баллов")
    assert (answered.id, answered.labels) == (request.id, [])
    await anna.sees("К оплате 11 400 ₽")  # the card in the staff chat


async def test_the_receipt_and_what_can_be_said_against_it(maria, phone, at_desk, clinic):
    anna, oleg = maria.world.person(ANNA_ID, at_desk.chat), maria.world.person(OLEG_ID)
    await oleg.start()
    await oleg.sees("вы — руководитель")
    maria.forgets()
    laid = await at_desk.types(phone, 12_400, most=True)
    await maria.presses("Да, списать")
    await maria.sees("спишем 1 000 баллов")
    await at_desk.records(laid)

    receipt = await maria.sees("Спасибо, что были у нас!")
    text = receipt.text.replace("\u00a0", " ")
    for fact in ("Счёт 12 400 ₽, баллами 1 000, оплачено 11 400 ₽", "Начислено 570 баллов"):
        assert fact in text
    assert receipt.labels == ["Не мой визит", "Не просили списать"]

    anna.forgets()
    oleg.forgets()
    await maria.presses("Не просили списать")
    await maria.sees("проверим, почему")
    told = await anna.sees("Не просили списать")
    assert told.protected
    await oleg.sees("Не просили списать")
    kept = next(message for message in await maria.chat() if message.id == receipt.id)
    assert kept.labels == ["Не мой визит"]

    await maria.says("/visits")
    page = (await maria.sees("Визиты")).text.replace("\u00a0", " ")
    assert "Оплачено 11 400 ₽ · баллы: −1 000, +570" in page
    await maria.presses("← Баллы")
    await maria.presses("История")
    await maria.sees("Визит · −1 000, +570")


async def test_a_late_answer_changes_nothing(maria, phone, at_desk, clinic):
    maria.forgets()
    laid = await at_desk.types(phone, 12_400, most=True)
    await maria.sees_button("Да, списать")
    await clinic.world.clock_add(10 * 60)

    await maria.presses("Да, списать")
    await maria.sees("Этот запрос больше не действует")
    assert (await at_desk.store.ask(card, laid.draft.id)).draft.consent_until is None


async def test_it_is_not_me(maria, phone, at_desk, clinic):
    oleg = maria.world.person(OLEG_ID)
    await oleg.start()
    await oleg.sees("вы — руководитель")
    maria.forgets()
    await at_desk.types(phone, 12_400, most=True)
    await maria.presses("Это не я")
    await maria.sees("Остановить списания с вашего счёта?")
    await maria.presses("Нет, всё верно")
    await maria.sees("за сегодняшний визит?")
    await maria.presses("Это не я")
    oleg.forgets()
    await maria.presses("Да, остановить")
    await maria.sees("Списания остановлены")
    await oleg.sees("пациент остановил списания")

    await maria.presses("Вернуть как было")
    await maria.sees("баллами снова можно платить")
    await maria.presses("Баллы")
    await maria.presses("Списания: это не я")
    await maria.presses("Да, остановить")
    await maria.sees("Списания остановлены")
    await clinic.world.clock_add(10 * 60)
    await maria.presses("Вернуть как было")
    assert "10 минут прошли" in ((await maria.toast()).text or "")

    maria.forgets()
    await oleg.presses("Снять остановку")
    await oleg.sees("Остановка снята")
    await maria.sees("баллами снова можно платить, остановка снята")
