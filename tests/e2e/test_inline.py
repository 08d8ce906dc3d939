"""The card sent from any chat, over the wire: pressed, offered, sent, followed to the gift."""

import re
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest

from sandbox.clinic import OLEG_ID
from tests.e2e.desk import connect, join
from tests.e2e.people import Message, Offered, Person
from tests.faults.scene import calm
from tests.support.bots import Clinic, open_clinic
from tests.support.phones import fresh_phone

LINK = re.compile(r"https://t\.me/UlybkaMolarBot\?start=r_[\w-]{12}")
SEND = "Отправить другу"
OPEN_BOT = {"text": "Сначала откройте бота", "start_parameter": "s_card"}
OPEN_CARD = {"text": "Открыть визитку", "start_parameter": "s_card"}


@pytest.fixture(scope="module")
async def clinic(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Clinic]:
    """A clinic whose IT helper has asked BotFather for inline mode."""
    async with open_clinic(tmp_path_factory.mktemp("inline"), inline=True) as clinic:
        yield clinic


@pytest.fixture
async def maria(registered: Callable[..., Any]) -> Person:
    return await registered("Мария")


async def card(person: Person, and_then: str = "Перешлите тому, кому пригодится") -> Message:
    """Its picture is kept by the time that the second message comes."""
    await person.says("/card")
    await person.sees(and_then)
    return next(m for m in reversed(await person.chat()) if m.from_bot and m.kind == "photo")


def leads_only(offered: Offered, button: dict[str, str]) -> bool:
    return not offered.results and offered.button == button


# --- from the press to the gift --------------------------------------------------------------


async def test_the_first_and_largest_button_sends_the_card_to_people_and_groups(maria):
    shown = await card(maria)

    assert shown.labels == [SEND, "Показать имя", "Скопировать ссылку"]
    assert len(shown.raw["buttons"][0]) == 1
    where = shown.button(SEND)["switch_inline_query_chosen_chat"]
    assert where == {"allow_user_chats": True, "allow_group_chats": True}


async def test_a_friend_gets_the_card_presses_its_link_and_has_the_gift(maria, newcomer, clinic):
    own = await card(maria)
    friend = await newcomer("Пётр")
    here = await maria.talks_to(friend)
    offered = await here.calls_bot()
    assert offered.button is None
    assert offered.personal
    sent = await here.sends_offered(offered)

    (got,) = await friend.within(here.chat_id).chat()
    assert (got.id, got.from_bot, got.via, got.buttons) == (sent.id, False, "UlybkaMolarBot", [])
    assert (got.text, got.photo) == (own.text, own.photo)
    link = LINK.search(got.text)[0]
    assert await clinic.world.scan(got) == link
    await friend.opens(link)
    await friend.sees("Вам подарили визитку: 1 500 баллов новому пациенту")
    await friend.presses("Даю согласие")
    await friend.presses("📱 Отправить номер")
    await friend.sees("500 — подарок по визитке")


async def test_in_english_the_friend_reads_what_the_sender_saw(maria, newcomer):
    await maria.says("/language")
    await maria.presses("English")
    own = await card(maria, "Send it on to whoever may need it")
    await maria.sees_button("Send to a friend")
    here = await maria.talks_to(await newcomer("Пётр"))
    assert (await here.sends_offered(await here.calls_bot())).text == own.text


async def test_in_a_group_the_card_is_the_senders_alone_and_the_bot_keeps_out(maria, clinic):
    own = await card(maria)
    other = await clinic.world.add_person("Эмма", phone=fresh_phone(), language="ru")
    group = await clinic.world.add_group("Подруги", [maria, other], bot="member")
    there = maria.within(group)
    sent = await there.sends_offered(await there.calls_bot("anything"))

    assert sent.text == own.text
    await maria.says("/balance")  # answered after whatever the group might have brought
    await maria.sees("Баллы сохранятся до")
    assert [m.id for m in await there.chat()] == [sent.id]


async def test_a_card_in_the_staff_chat_is_no_staff_line(registered, clinic):
    oleg = clinic.world.person(OLEG_ID)
    await oleg.start()
    anna = await registered("Анна")
    await card(anna)
    group = await clinic.world.add_group("Ленина", [OLEG_ID, anna], bot="administrator")
    await connect(oleg.within(group), "Ленина")
    await join(anna.within(group), oleg.within(group))
    desk = anna.within(group)
    before = clinic.bot.rows("SELECT count(*) FROM drafts")
    sent = await desk.sends_offered(await desk.calls_bot())

    await desk.says("/help")
    await desk.sees("4821")
    assert clinic.bot.rows("SELECT count(*) FROM drafts") == before
    said_after = [m for m in await desk.chat() if m.id > sent.id and m.from_bot]
    assert len(said_after) == 1


# --- what is offered is what holds now -------------------------------------------------------


async def test_the_name_is_on_it_as_soon_as_it_is_on_the_card(maria, newcomer, clinic):
    bare = await card(maria)
    here = await maria.talks_to(await newcomer("Пётр"))
    await maria.presses("Показать имя")
    named = await maria.sees_button("Убрать имя")
    await calm(clinic)  # the picture is kept
    (result,) = (await here.calls_bot()).results

    assert named.photo["url"] == result["photo"]["url"] != bare.photo["url"]


async def test_a_card_that_looks_otherwise_by_now_is_drawn_in_the_bots_chat_first(
    maria, newcomer, clinic
):
    await card(maria)
    here = await maria.talks_to(await newcomer("Пётр"))
    oleg = clinic.world.person(OLEG_ID)
    await oleg.start()
    await oleg.says("/settings")
    await oleg.presses("Визитка: цвет, логотип")
    await oleg.presses("Синий")
    await oleg.sees_button("✓ Синий")
    assert leads_only(await here.calls_bot(), OPEN_CARD)

    await maria.start(OPEN_CARD["start_parameter"])
    await maria.sees_button(SEND)
    await maria.sees("Перешлите тому, кому пригодится")
    assert (await here.calls_bot()).results


async def test_a_picture_that_telegram_has_lost_is_no_error(maria, newcomer, clinic):
    own = await card(maria)
    here = await maria.talks_to(await newcomer("Пётр"))
    kept = clinic.sandbox.world.files._by_id
    lost = own.photo["url"].rpartition("/")[2]
    file = kept.pop(lost)
    assert leads_only(await here.calls_bot(), OPEN_CARD)
    kept[lost] = file


# --- who has no card -------------------------------------------------------------------------


async def test_who_never_opened_the_card_is_led_to_it(maria, newcomer):
    here = await maria.talks_to(await newcomer("Пётр"))
    assert leads_only(await here.calls_bot(), OPEN_CARD)
    await maria.start(OPEN_CARD["start_parameter"])
    await maria.sees_button(SEND)


async def test_a_stranger_is_led_to_the_greeting_and_comes_from_nowhere(newcomer, clinic):
    emma = await newcomer("Эмма")
    here = await emma.talks_to(await newcomer("Пётр"))
    assert leads_only(await here.calls_bot(), OPEN_BOT)

    await emma.start(OPEN_BOT["start_parameter"])
    await emma.sees("Здравствуйте!")
    await emma.sees_button("Даю согласие")
    mine = f"SELECT id FROM accounts WHERE telegram_id = {emma.id}"
    assert clinic.bot.rows(f"SELECT payload FROM arrivals WHERE account_id = ({mine})") == []


async def test_who_withdrew_consent_has_none_any_more(maria, newcomer):
    await card(maria)
    here = await maria.talks_to(await newcomer("Пётр"))
    assert (await here.calls_bot()).results
    await maria.says("/privacy")
    await maria.presses("Отозвать согласие")
    await maria.presses("Да, отозвать")
    await maria.sees("Больше не пишем")

    assert leads_only(await here.calls_bot(), OPEN_BOT)
    await maria.start(OPEN_BOT["start_parameter"])
    await maria.sees("Визитка работает, пока есть ваше согласие")


async def test_who_came_with_somebodys_phone_is_not_given_that_persons_card(registered, newcomer):
    phone = fresh_phone()
    await card(await registered("Мария", phone=phone))
    other = await newcomer("Эмма", phone=phone)
    await other.start()
    await other.presses("Даю согласие")
    await other.presses("📱 Отправить номер")
    await other.sees("на стойке")
    here = await other.talks_to(await newcomer("Пётр"))

    assert leads_only(await here.calls_bot(), OPEN_BOT)
    await other.start(OPEN_BOT["start_parameter"])
    await other.sees("Визитка появится, когда администратор подтвердит ваш новый Telegram")


# --- nothing of it is kept -------------------------------------------------------------------


async def test_what_is_typed_after_the_bots_name_is_written_nowhere(maria, newcomer, clinic):
    await card(maria)
    here = await maria.talks_to(await newcomer("Пётр"))
    await maria.says("/balance")
    await maria.sees("Баллы сохранятся до")
    tables = ("inbox", "operations", "entries", "accounts", "cards", "arrivals", "forms", "outbox")
    before = [clinic.bot.rows(f"SELECT count(*) FROM {table}") for table in tables]
    for query in ("", "п", "при"):
        assert (await here.calls_bot(query)).results

    assert [clinic.bot.rows(f"SELECT count(*) FROM {table}") for table in tables] == before


async def test_what_was_typed_while_the_bot_was_away_harms_nothing(tmp_path):
    async with open_clinic(tmp_path, inline=True) as clinic:
        assert await clinic.bot.stop() == 0
        maria = await clinic.world.add_person("Мария", phone=fresh_phone(), language="ru")
        here = await maria.talks_to(await clinic.world.add_person("Пётр"))
        await here.does("inline", query="")
        await clinic.world.clock_add(60)
        await clinic.bot.start()
        await maria.start()

        await maria.sees("Здравствуйте!")
        answers = await clinic.world.requests(method="answerInlineQuery")
        assert [(one["ok"], one["error_code"]) for one in answers] == [(False, 400)]
        assert not re.search(r"query\.(failed|unanswered)", clinic.bot.log)
        await calm(clinic)  # nothing waits for its turn again


async def test_by_webhook_too(tmp_path):
    async with open_clinic(tmp_path, inline=True, webhook=True) as clinic:
        emma = await clinic.world.add_person("Эмма", phone=fresh_phone(), language="ru")
        here = await emma.talks_to(await clinic.world.add_person("Пётр"))
        assert leads_only(await here.calls_bot(), OPEN_BOT)
        assert "inline_query" in clinic.sandbox.world.updates.allowed


# --- where the bot has no inline mode --------------------------------------------------------


async def test_without_inline_mode_the_card_is_as_it_was_and_nothing_is_listened_to(tmp_path):
    async with open_clinic(tmp_path) as clinic:
        maria = await clinic.world.add_person("Мария", phone=fresh_phone(), language="ru")
        await maria.start()
        await maria.presses("Даю согласие")
        await maria.presses("📱 Отправить номер")
        await maria.sees("Готово!")
        assert (await card(maria)).labels == ["Скопировать ссылку"]
        assert "inline_query" not in clinic.sandbox.world.updates.allowed
