"""The same wire through aiogram's own client and dispatcher, unchanged."""

import asyncio

import pytest
from aiogram import Bot, Dispatcher, F, html
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import (
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramRetryAfter,
    TelegramUnauthorizedError,
)
from aiogram.types import (
    BotCommand,
    BotCommandScopeAllPrivateChats,
    BufferedInputFile,
    CallbackQuery,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaPhoto,
    KeyboardButton,
    Message,
    ReactionTypeEmoji,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)
from hypothesis import given
from hypothesis import strategies as st

from sandbox import SANDBOX_TOKEN
from sandbox.acts.specimens import small_png
from sandbox.markup import parse_html
from tests.e2e.people import World

YES = InlineKeyboardMarkup(
    inline_keyboard=[[InlineKeyboardButton(text="Да", callback_data="y", style="success")]]
)
PHONE = ReplyKeyboardMarkup(
    keyboard=[[KeyboardButton(text="Номер", request_contact=True)]], resize_keyboard=True
)


def _bot(wire, token=SANDBOX_TOKEN):
    return Bot(token, session=AiohttpSession(api=TelegramAPIServer.from_base(wire.url)))


@pytest.fixture
async def bot(wire):
    async with _bot(wire) as bot:
        yield bot


@given(st.text())
def test_what_aiograms_quote_made_parses_back_to_the_same_text(text):
    assert parse_html(html.quote(text)) == (text, [])


async def test_every_method_speaks_aiograms_types(wire, bot):
    await wire.begun()
    me = await bot.me()
    assert me.username == "UlybkaMolarBot"
    chat = wire.maria
    sent = await bot.send_message(chat, "<b>a</b>", parse_mode="HTML", reply_markup=YES)
    await sent.edit_text("b", reply_markup=YES)
    await sent.edit_reply_markup()
    photo = await bot.send_photo(chat, BufferedInputFile(small_png(), "код.png"), caption="c")
    await photo.edit_caption(caption="d")
    new = InputMediaPhoto(media=BufferedInputFile(small_png(), "x.png"), caption="e")
    await photo.edit_media(new)
    document = await bot.send_document(chat, BufferedInputFile(b"a", "a.txt"))
    assert document.document.file_name == "a.txt"
    assert (await bot.download(document.document)).read() == b"a"
    assert await bot.send_chat_action(chat, "typing")
    assert await sent.react([ReactionTypeEmoji(emoji="👀")])
    assert await sent.pin()
    assert (await bot.get_chat(chat)).birthdate.year == 1980
    assert await sent.unpin()
    assert await document.delete()
    assert await bot.delete_messages(chat, [sent.message_id])
    assert (await bot.get_chat_member(wire.group, wire.anna)).status == "member"
    assert len(await bot.get_chat_administrators(wire.group)) == 2
    assert (await bot.get_chat_member_count(wire.group)) == 4
    commands = [BotCommand(command="start", description="Начать")]
    scope = BotCommandScopeAllPrivateChats()
    await bot.set_my_commands(commands, scope=scope, language_code="ru")
    (command,) = await bot.get_my_commands(scope=scope, language_code="ru")
    assert (command.command, command.description) == ("start", "Начать")
    assert (await bot.get_webhook_info()).url == ""
    assert (await bot.get_chat_menu_button()).type == "commands"


async def test_refusals_are_aiograms_exceptions(wire, bot):
    with pytest.raises(TelegramBadRequest, match="chat not found"):
        await bot.send_message(wire.maria, "x")
    with pytest.raises(TelegramForbiddenError, match="can't initiate"):
        await bot.send_message(wire.anna, "x")
    await wire.post("/api/trouble", kind="429", retry_after=3)
    with pytest.raises(TelegramRetryAfter) as refusal:
        await bot.send_message(wire.maria, "x")
    assert refusal.value.retry_after == 3
    async with _bot(wire, "42:WRONG") as stranger:
        with pytest.raises(TelegramUnauthorizedError):
            await stranger.get_me()


async def test_every_kind_of_member_is_one_that_aiogram_parses(wire, bot):
    statuses = ["administrator", "member", "restricted", "left", "kicked"]
    for status in statuses:
        await wire.act(wire.oleg, "role", chat=wire.group, user=wire.anna, role=status)
        assert (await bot.get_chat_member(wire.group, wire.anna)).status == status
    assert (await bot.get_chat_member(wire.group, wire.oleg)).status == "creator"
    changes = ["message", "chat_member", "my_chat_member"]
    await bot.get_updates(allowed_updates=changes, offset=-1)
    await wire.act(wire.oleg, "role", chat=wire.group, user=wire.irina, role="restricted")
    await wire.act(wire.oleg, "rights", chat=wire.group, rights={"can_pin_messages": False})
    *_, restricted, rights = await bot.get_updates()
    assert restricted.chat_member.new_chat_member.is_member
    assert not rights.my_chat_member.new_chat_member.can_pin_messages


async def test_a_moved_group_is_aiograms_exception(wire, bot):
    group = await wire.found("Кирова", wire.oleg, kind="group", bot="administrator")
    await bot.send_message(group, "x")
    moved = (await wire.act(wire.oleg, "migrate", chat=group))["chat"]
    with pytest.raises(TelegramMigrateToChat) as refusal:
        await bot.send_message(group, "x")
    assert refusal.value.migrate_to_chat_id == moved
    updates = [update.message for update in await bot.get_updates() if update.message]
    assert [message.content_type for message in updates] == [
        "migrate_to_chat_id",
        "migrate_from_chat_id",
    ]


async def test_every_update_is_one_that_aiogram_parses(wire, bot):
    await bot.get_updates(allowed_updates=["message", "edited_message", "callback_query"])
    kinds = ["photo", "voice", "document", "sticker", "video", "video_note", "audio", "location"]
    kinds += ["venue", "dice", "poll", "animation", "contact"]
    for kind in kinds:
        await wire.act(wire.maria, kind)
    await wire.act(wire.oleg, "anonymous_text", chat=wire.group, text="x")
    await wire.act(wire.oleg, "channel_text", chat=wire.group, text="x", automatic=True)
    await wire.act(wire.maria, "forward", text="x")
    await wire.act(wire.maria, "join", chat=wire.group)
    updates = await bot.get_updates()
    assert [update.message.content_type for update in updates] == [
        *kinds,
        "text",
        "text",
        "text",
        "new_chat_members",
    ]
    await bot.get_updates(
        updates[-1].update_id + 1, allowed_updates=["chat_member", "my_chat_member"]
    )
    await bot.get_updates(allowed_updates=["chat_member", "my_chat_member", "message_reaction"])
    await wire.act(wire.maria, "block")
    await wire.act(wire.maria, "leave", chat=wire.group)
    await wire.act(wire.oleg, "bot_role", chat=wire.group, role="kicked")
    changes = await bot.get_updates()
    assert [change.event_type for change in changes] == [
        "my_chat_member",
        "chat_member",
        "my_chat_member",
    ]


def _small_bot():
    dispatcher = Dispatcher()

    @dispatcher.message(F.text.startswith("/start"))
    async def ask(message: Message):
        await message.answer(f"Здравствуйте, {message.text}", reply_markup=PHONE)

    @dispatcher.message(F.contact)
    async def thank(message: Message):
        await message.answer(
            f"Номер {message.contact.phone_number}", reply_markup=ReplyKeyboardRemove()
        )
        await message.answer("Верно?", reply_markup=YES)

    @dispatcher.callback_query()
    async def confirm(query: CallbackQuery):
        await query.message.edit_text("1\u00a0000 баллов")
        await query.answer("Готово", show_alert=True)

    return dispatcher


@pytest.fixture
async def world(wire, bot):
    """The page's people, with a small aiogram bot polling."""
    dispatcher = _small_bot()
    polling = asyncio.create_task(dispatcher.start_polling(bot, handle_signals=False))
    async with World(wire.url) as world:
        yield world
    await dispatcher.stop_polling()
    await polling


async def test_a_person_talks_with_a_polling_bot(wire, world):
    maria = world.person(wire.maria)
    await maria.start("s_map")
    await maria.sees("/start s_map")
    assert await maria.keyboard() == ["Номер"]
    await maria.presses("Номер")
    await maria.sees("Номер 79123456789")
    asked = await maria.sees_button("Да")
    assert asked.button("Да")["style"] == "success"
    await maria.presses("Да")
    message = await maria.sees("1 000 баллов")
    assert message.edited
    assert (await maria.toast()).text == "Готово"
    assert await maria.keyboard() == []
    assert [call["ok"] for call in await world.requests(method="editMessageText")] == [True]


async def test_what_is_not_seen_fails_with_the_chat_written_out(wire, world):
    maria = world.person(wire.maria)
    await maria.start()
    await maria.sees("Здравствуйте")
    with pytest.raises(AssertionError, match=r"'Спасибо'[\s\S]*Мария Петрова 1: /start"):
        await maria.sees("Спасибо", timeout=0.01)
    with pytest.raises(AssertionError, match="no button 'Нет'"):
        await maria.presses("Нет", timeout=0.01)


async def test_people_meet_trouble_and_time(wire, world):
    emma = await world.add_person("Emma", language="en", phone="+79160000000")
    await world.trouble("429", method="sendMessage", retry_after=1)
    await world.no_trouble()
    await emma.start()
    await emma.sees("Здравствуйте")
    before = (await world.state())["now"]
    await world.clock_add(3600)
    assert (await world.state())["now"] >= before + 3600
    emma.forgets()
    with pytest.raises(AssertionError):
        await emma.sees("Здравствуйте", timeout=0.01)
