"""The staff chat, over the wire: connecting it, letting people in, letting them go."""

import asyncio
import itertools
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import pytest

from sandbox.clinic import OLEG_ID
from tests.e2e import desk
from tests.e2e.people import Message, Person
from tests.support.bots import Clinic

numbers = itertools.count(1)


@dataclass(frozen=True)
class Branch:
    """A staff chat of a test's own, with its owner in it."""

    clinic: Clinic
    chat: int
    name: str
    oleg: Person

    async def comes(self, first_name: str = "Вера", **profile: str) -> Person:
        """Somebody new joins the group."""
        person = await self.clinic.world.add_person(first_name, language="ru", **profile)
        here = person.within(self.chat)
        await here.does("join")
        return here

    async def joins(self, first_name: str = "Вера") -> Person:
        """Somebody new who may record visits."""
        colleague = await self.comes(first_name)
        await desk.join(colleague, self.oleg)
        return colleague

    async def asks(self, person: Person, text: str = "Привет!") -> Message:
        """The person writes; the question whether to let them in."""
        person.forgets()
        await person.says(text)
        return await person.sees("дать доступ к записи визитов?")


@pytest.fixture
def group(clinic: Clinic) -> Callable[..., Awaitable[Branch]]:
    """Makes a group of the owner's that is not connected yet."""

    async def make(kind: str = "supergroup", bot: str | None = "administrator") -> Branch:
        name = f"Филиал {next(numbers)}"
        chat = await clinic.world.add_group(name, [OLEG_ID], kind=kind, bot=bot)
        return Branch(clinic, chat, name, clinic.world.person(OLEG_ID, chat))

    return make


@pytest.fixture
async def branch(group, connected_branch) -> Branch:
    """Not the only one of the clinic: /staff asks which."""
    branch = await group()
    await desk.connect(branch.oleg, branch.name)
    return branch


def text_of(message: Message) -> str:
    return message.text.replace("\u00a0", " ").replace("\u2068", "").replace("\u2069", "")


async def opens(branch: Branch, *labels: str) -> Person:
    """The owner goes through /staff in private by these buttons."""
    private = branch.oleg.within(OLEG_ID)
    await private.says("/staff")
    for label in (branch.name, *labels):
        await taps(private, label)
    return private


async def taps(person: Person, label: str) -> None:
    """Presses, and waits until the bot has done what that led to."""
    await person.presses(label)
    await person.toast()


async def gets_command(person: Person, command: str) -> None:
    """The menu of commands comes after the screen."""
    world = person.world
    async with asyncio.timeout(10):
        while True:
            seen = world.seq
            if command in await person.commands():
                return
            if world.seq == seen:
                await world.next_event()


# --- connecting ------------------------------------------------------------------------------


async def test_the_bot_says_which_right_it_lacks_until_it_has_it(group):
    here = await group(bot="member")
    world, oleg = here.clinic.world, here.oleg
    await oleg.says("/connect Мира 5")
    await oleg.sees("Сделайте бота администратором")

    await world.bot_role(here.chat, "administrator")
    await world.bot_rights(here.chat, can_delete_messages=False)
    await oleg.presses("Проверить ещё раз")
    await oleg.sees("не хватает права «Удаление сообщений»")

    await world.bot_rights(here.chat, can_delete_messages=True)
    await oleg.presses("Проверить ещё раз")
    summary = await oleg.sees("Чат подключён: Мира 5")
    assert "Москва" in summary.text
    leaflet = await oleg.sees("Пациент называет 4 цифры")
    assert summary.protected
    assert leaflet.protected
    assert len(leaflet.text.splitlines()) == 5
    await oleg.sees_kind("service")  # somebody pinned something


async def test_without_the_right_to_pin_the_leaflet_just_hangs_there(group):
    here = await group()
    await here.clinic.world.bot_rights(here.chat, can_pin_messages=False)
    await desk.connect(here.oleg, here.name)


async def test_the_link_brings_the_bot_and_connects(group):
    here = await group(bot=None)
    await here.oleg.does("bot_role", role="administrator", payload="connect")
    await here.oleg.sees(f"Чат подключён: {here.name}")


async def test_a_bot_that_is_simply_added_asks_what_for(group):
    here = await group()
    await here.oleg.presses("Подключить")
    await here.oleg.sees(f"Чат подключён: {here.name}")


async def test_others_hear_that_it_takes_an_owner(group):
    here = await group()
    vera = await here.comes()
    await vera.says("/connect")
    told = await vera.sees("Это может только руководитель")
    assert str(vera.id) in told.text

    await here.oleg.says("/connect")
    await here.oleg.sees("Чат подключён")
    await vera.presses("Телефон")
    toast = await vera.toast()
    assert toast.alert
    assert toast.text == "Это может только руководитель."


async def test_a_connected_chat_shows_its_summary_again(branch):
    await branch.oleg.says("/connect Другое имя")
    await branch.oleg.sees(f"Чат подключён: {branch.name}")


async def test_two_chats_are_never_one_branch(group, branch):
    other = await group()
    await other.oleg.says(f"/connect {branch.name.lower()}")
    await other.oleg.sees("подключён к другому чату")


async def test_a_branch_goes_on_in_another_chat_with_its_team(group, branch):
    vera = await branch.joins()
    await branch.oleg.says("/disconnect")
    await branch.oleg.presses("Нет, оставить")
    await branch.oleg.sees("остаётся подключённым")
    await branch.oleg.says("/disconnect")
    await branch.oleg.presses("Да, отключить")
    await branch.oleg.sees("Чат отключён")
    await branch.oleg.says("/disconnect")
    await branch.oleg.sees("не подключён")

    other = await group()
    await other.oleg.says("/connect")
    await other.oleg.sees("Какой это филиал?")
    await other.oleg.presses(branch.name)
    await other.oleg.sees(f"Чат подключён: {branch.name}")
    there = vera.within(other.chat)
    await there.does("join")
    await there.says("/visit")
    await there.sees("4821")


async def test_the_owner_changes_what_the_branch_says_of_itself(branch):
    oleg = branch.oleg
    await oleg.presses("Часы работы")
    await oleg.says("с 8:30 до 21")
    await oleg.sees("Часы работы: 08:30–21:00")
    await oleg.presses("Часы работы")
    await oleg.says("круглосуточно")
    await oleg.sees("Часы не прочитались")
    await oleg.presses("← Назад")
    await oleg.presses("Часовой пояс")
    await oleg.presses(re.compile("Омск"))
    await oleg.sees("Часовой пояс: Омск")
    await oleg.presses("Часовой пояс")
    await oleg.says("Asia/Chita")
    await oleg.sees("Часовой пояс: Чита")
    await oleg.presses("Выходные")
    await oleg.presses("вс")
    await oleg.sees_button("✓ вс")
    await oleg.presses("← Назад")
    summary = await oleg.sees("Выходные: вс")
    await oleg.presses("Название")
    await oleg.says(f"{branch.name} на горке")
    renamed = await oleg.sees(f"Чат подключён: {branch.name} на горке")
    assert renamed.id == summary.id, "everything happens in one message"
    assert "на горке" not in [m.text for m in await oleg.chat() if not m.from_bot]


async def test_a_group_that_becomes_a_supergroup_stays_the_staff_chat(group):
    small = await group(kind="group")
    await desk.connect(small.oleg, small.name)
    vera = await small.joins()

    moved = await small.clinic.world.migrate(small.chat)

    there = Branch(small.clinic, moved, small.name, small.oleg.within(moved))
    await gets_command(vera.within(moved), "visit")
    await vera.within(moved).says("/visit")
    await vera.within(moved).sees("4821")
    await there.asks(await there.comes("Нина"))


async def test_rights_taken_away_are_noticed(branch):
    branch.oleg.forgets()
    await branch.clinic.world.bot_role(branch.chat, "member")
    await branch.oleg.sees("Сделайте бота администратором")
    await branch.clinic.world.bot_role(branch.chat, "administrator")
    await branch.oleg.presses("Проверить ещё раз")
    await branch.oleg.sees("Чат подключён")


# --- letting in ------------------------------------------------------------------------------


async def test_who_writes_first_is_asked_about_once(branch):
    vera = await branch.comes("Вера", last_name="<b>Ли</b>")
    question = await branch.asks(vera)
    assert text_of(question) == "Вера <b>Ли</b>: дать доступ к записи визитов?"

    vera.forgets()
    await vera.says("Кто тут?")
    await vera.says("0000 12400")
    await vera.sees("нужен доступ")
    assert [text_of(m)[:10] for m in vera.heard()] == ["Чтобы запи"]


async def test_letting_in_is_for_owners_and_managers(branch):
    nina = await branch.joins("Нина")
    vera = await branch.comes("Вера")
    await branch.asks(vera)
    for nobody in (vera, nina):
        await nobody.presses("Дать доступ")
        assert (await nobody.toast()).text == "Это решает руководитель или управляющий филиала."

    await opens(branch, "Нина", "Сделать управляющим")
    await nina.presses("Дать доступ")
    assert text_of(await nina.sees("записывает")) == "✓ Вера записывает визиты. Разрешение: Нина."


async def test_not_now_leaves_it_to_the_list(branch):
    vera = await branch.comes("Вера")
    await branch.asks(vera)
    await branch.oleg.presses("Не сейчас")
    await vera.sees("пока без доступа")

    oleg = await opens(branch, "Вера · без доступа", "Дать доступ")
    await oleg.sees("записывает визиты")
    await vera.says("/visit")
    await vera.sees("4821")


async def test_an_owner_lets_in_themselves(branch):
    await branch.asks(branch.oleg, "Всем привет")
    await branch.oleg.presses("Дать доступ")
    await branch.oleg.sees("Олег записывает визиты")


async def test_who_leaves_loses_access_and_waits_again_on_coming_back(branch):
    vera = await branch.joins("Вера")
    await vera.does("leave")
    await vera.does("join")
    vera.forgets()
    await vera.says("0000 12400")
    await vera.sees("нужен доступ")
    await vera.sees("дать доступ к записи визитов?")


async def test_who_is_thrown_out_is_gone_from_the_list(branch):
    vera = await branch.joins("Вера")
    await branch.clinic.world.role(branch.chat, vera, "kicked")
    oleg = await opens(branch)
    await oleg.sees("пока никого")


async def test_buttons_for_staff_are_not_for_who_waits(branch):
    nina = await branch.joins("Нина")
    await nina.says("0000 12400 0")
    await nina.sees_button("✅ Записать")
    vera = await branch.comes("Вера")
    await branch.asks(vera)
    await vera.presses("✅ Записать")
    assert (await vera.toast()).alert


# --- nobody's words --------------------------------------------------------------------------


async def test_an_operation_has_a_name_on_it(branch):
    oleg = branch.oleg
    for text in ("0000 12400 макс", "/visit 0000 12400", "/connect"):
        await oleg.does("anonymous_text", text=text)
        await oleg.sees("Выключите анонимность")
    await oleg.does("channel_text", text="0000 12400 макс")
    await oleg.sees("от имени канала")

    oleg.forgets()
    await oleg.does("channel_text", text="0000 12400 макс", automatic=True)
    await oleg.does("anonymous_text", text="Коллеги, собрание в шесть")
    await oleg.says("/connect")
    await oleg.sees("Чат подключён")
    assert len(oleg.heard()) == 1


async def test_an_anonymous_owner_can_not_connect(group):
    here = await group()
    await here.oleg.does("anonymous_text", text="/connect")
    await here.oleg.sees("Выключите анонимность")


# --- managers --------------------------------------------------------------------------------


async def test_a_manager_has_the_staff_of_their_branch(branch):
    vera, nina = await branch.joins("Вера"), await branch.joins("Нина")
    private = vera.within(vera.id)
    await private.start()
    assert "staff" not in await private.commands()
    private.forgets()
    await opens(branch, "Вера", "Сделать управляющим")
    await private.sees("Теперь вы — управляющий")
    await gets_command(private, "staff")

    await private.presses("Сотрудники")
    page = await private.sees("кто работает в чате сотрудников")
    people = ["Вера · управляющий", "Нина"]
    assert page.labels == [*people, "Адрес, часы, отзывы"], "no other branches to go back to"
    await private.presses("Нина")
    person = await private.sees("записывает визиты")
    assert "Сделать управляющим" not in person.labels
    await private.presses("Изменить имя")
    await private.says("Нина П.")
    assert (await private.sees("Нина П.")).id == page.id
    await private.presses("Убрать доступ")
    await private.sees("без доступа")
    await nina.says("0000 12400")
    await nina.sees("нужен доступ")


async def test_a_manager_who_is_no_patient_is_offered_what_a_manager_does(branch):
    vera = await branch.joins("Вера")
    await opens(branch, "Вера", "Сделать управляющим")
    private = vera.within(vera.id)
    await private.start()
    menu = await private.sees(f"вы — управляющий: {branch.name}")
    assert menu.labels == ["Случаи: кто недоволен", "Сотрудники", "Рекомендации", "Стать пациентом"]
    await private.presses("Сотрудники")
    await private.sees("кто работает в чате сотрудников")
    await private.start()
    await private.presses("Стать пациентом")
    await private.sees_button("Даю согласие")
    await private.presses("← Меню управляющего")
    await private.sees("вы — управляющий")


async def test_only_who_can_hear_of_cases_stands_in(branch):
    zina = await branch.joins("Зинаида")
    await opens(branch, "Зинаида", "Сделать управляющим")
    oleg = branch.oleg.within(branch.oleg.id)
    await oleg.says("/cases")
    await oleg.presses("Меня нет")
    await oleg.presses("Зинаида")
    refused = await oleg.toast()
    assert refused.alert
    assert "Зинаида не сможет получать случаи" in refused.text
    await zina.within(zina.id).start()
    await oleg.presses("Зинаида")
    await oleg.sees("Вас замещает: Зинаида")
    await oleg.presses("Я на месте")


async def test_a_manager_who_has_left_decides_nothing(branch):
    vera, nina = await branch.joins("Вера"), await branch.joins("Нина")
    await opens(branch, "Вера", "Сделать управляющим")
    private = vera.within(vera.id)
    await private.start()
    await private.says("/staff")
    await private.presses("Нина")
    await private.sees("записывает визиты")
    await vera.does("leave")

    await private.presses("Убрать доступ")

    assert (await private.toast()).alert
    await nina.says("/visit")
    await nina.sees("4821")


async def test_staff_is_no_command_for_others(branch):
    vera = await branch.joins("Вера")
    private = vera.within(vera.id)
    await private.start()
    private.forgets()
    await private.says("/staff")
    assert "Чьи сотрудники" not in text_of(await private.sees_button("Даю согласие"))


async def test_each_role_has_its_commands(branch):
    nina = await branch.joins("Нина")
    assert await nina.commands() == ["visit", "patient", "tasks", "script", "undo", "help"]
    oleg = branch.oleg.within(OLEG_ID)
    await oleg.start()
    await gets_command(oleg, "staff")
    await oleg.presses("Стать пациентом")
    await gets_command(oleg, "balance")
    await oleg.presses("← Меню руководителя")
    await gets_command(oleg, "staff")


async def test_what_is_done_in_private_says_so_in_the_staff_chat(branch):
    for command in ("/cases", "/staff", "/settings", "/kit", "/invite", "/card", "/start"):
        branch.oleg.forgets()
        await branch.oleg.says(command)
        told = await branch.oleg.sees("Это делают в личном чате с ботом")
        assert told.buttons[0]["url"].startswith("https://t.me/UlybkaMolarBot")


async def test_who_works_there_hears_whose_a_command_is(branch):
    nina = await branch.joins("Нина")
    for command, whose in (("/kit", "Это делает руководитель в"), ("/cases", "или управляющий в")):
        nina.forgets()
        await nina.says(command)
        await nina.sees(whose)


# --- a shared account ------------------------------------------------------------------------


async def test_a_shared_account_says_who_is_on_shift_and_its_line_is_not_lost(branch):
    await branch.joins("Нина")
    front = await branch.joins("Стойка")
    await opens(branch, "Стойка", "Общий аккаунт")

    front.forgets()
    await front.says("Доброе утро")
    await front.says("0000 12400 0")
    question = await front.sees("Кто на смене?")
    assert question.labels == ["Нина", "Другое имя"]
    await front.presses("Нина")
    await front.sees("На смене Нина, до")
    await front.presses("✅ Записать")
    assert "Нина" in text_of(await front.sees("УЧЕБНАЯ ЗАПИСЬ"))

    await front.presses("Сменить")
    await front.presses("Другое имя")
    await front.says("Ольга")
    await front.sees("На смене Ольга, до")
    await front.says("0000 900 0")
    await front.presses("✅ Записать")
    await front.sees("Ольга")


async def test_a_press_waits_for_the_name_too(branch):
    nina, front = await branch.joins("Нина"), await branch.joins("Стойка")
    await opens(branch, "Стойка", "Общий аккаунт")
    await nina.says("0000 12400 0")
    await nina.sees_button("✅ Записать")

    await front.presses("✅ Записать")
    assert "кто на смене" in (await front.toast()).text
    await nina.presses("Нина")
    assert "общего аккаунта" in (await nina.toast()).text
    await front.presses("Нина")
    await front.sees("На смене Нина, до")
    await front.presses("✅ Записать")
    await front.sees("УЧЕБНАЯ ЗАПИСЬ")
