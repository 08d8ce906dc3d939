"""People with strange names who send strange things: everybody gets an answer, nothing breaks."""

import json
from collections.abc import AsyncIterator
from itertools import count
from typing import Any

import pytest
from aiohttp import ClientSession

from bot.telegram import ALREADY
from sandbox.clinic import ANNA_ID, BOT_ID, STAFF_CHAT_ID
from sandbox.errors import ApiError
from tests.e2e.people import PATIENCE, Message, Person
from tests.faults.crowd import PHONES
from tests.faults.scene import calm, clinic_by
from tests.faults.verdict import errors_in
from tests.support.bots import SECRET, Clinic

NAMES = {
    "markup": '<b>Робин & "Бобби"</b>',
    "half a tag": "</code><a href='x'>Ы",
    "right to left": "\u202eמרים\u202c \u2067علي",
    "bidi without end": "\u2066\u2067\u202a\u202b\u202eОля",
    "zalgo": "М\u0301\u0302\u0303\u0304\u0305\u0306\u0307" * 7 + "а",
    "emoji": "🦷👩‍⚕️❤️",
    "controls": "\x01\x02\x07\x1b[31m\x7f\u0085\u200b\u2060\ufeff",
    "nothing to see": "\u3164",
    "braces": "{ $points } %s {0} \\n",
    "longest": "Щ" * 64,
    "astral": "𝕄𝕒𝕣𝕚𝕒" * 12,
    "a command": "/start",
}
TEXTS = [
    "<b>",
    "&lt;&amp;&#0;",
    "\u202e" * 50 + "абв",
    "😀" * 2048,
    "ъ" * 4096,
    "1" * 4096,
    "-1",
    "٥.٣.١٩٨٠",
    "31.02.2000",
    "0.0.0",
    "99999999999.1.1",
    "/",
    "/nothing",
    "/balance@SomebodyElsesBot",
    "/start " + "x" * 64,
    "/start s_' OR 1=1 --",
    "'; DROP TABLE accounts; --",
    "%s%n{0}{ $name }",
    ".",
]
SPECIMENS = (
    *("photo", "voice", "document", "sticker", "video", "video_note", "audio"),
    *("location", "venue", "dice", "poll", "animation"),
)
STAGES = ("came", "greeted", "agreed", "registered", "writes a name", "named", "writes a date")
STAGES += ("asked for leave", "finished", "withdrew")


@pytest.fixture(scope="module")
async def clinic(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Clinic]:
    """All of this file goes through the webhook, and leaves neither an error nor a refusal."""
    async with clinic_by("webhook", tmp_path_factory.mktemp("strange")) as clinic:
        yield clinic


@pytest.fixture(scope="module")
def refusals(clinic: Clinic) -> list[str]:
    """What Telegram has refused the bot, but for what says "this has happened already"."""
    api, refused = clinic.sandbox._bot_api, []
    note = api._note

    def noted(method: str, arguments: Any, error: ApiError | None) -> None:
        note(method, arguments, error)
        if error and not any(words in error.description for words in ALREADY):
            refused.append(f"{method}: {error.description}")

    api._note = noted
    return refused


@pytest.fixture(autouse=True)
async def nothing_breaks(clinic: Clinic, refusals: list[str]) -> AsyncIterator[None]:
    log, refused, dead = len(clinic.bot.log), len(refusals), len(set_aside(clinic))
    yield
    await calm(clinic)
    assert errors_in(clinic.bot.log[log:]) == []
    assert refusals[refused:] == []
    assert set_aside(clinic)[dead:] == []


def set_aside(clinic: Clinic) -> list[tuple[Any, ...]]:
    return clinic.bot.rows(
        "SELECT update_id, fault, payload FROM inbox WHERE state = 'dead' ORDER BY seq"
    )


async def somebody(clinic: Clinic, first_name: str = "Мария") -> Person:
    return await clinic.world.add_person(first_name, phone=next(PHONES), language="ru")


async def brought(person: Person, stage: str) -> Person:
    """Somebody as far on the way as this."""
    for reached in STAGES[1 : STAGES.index(stage) + 1]:
        await STEPS[reached](person)
    return person


async def greeted(person: Person) -> None:
    await person.start()
    await person.sees_button("Даю согласие")


async def agreed(person: Person) -> None:
    await person.presses("Даю согласие")
    await person.sees("Отправьте номер")


async def registered(person: Person) -> None:
    await person.shares_contact()
    await person.sees("Готово!")
    await person.sees_button("Написать иначе")


async def writes_a_name(person: Person) -> None:
    await person.presses("Написать иначе")
    await person.sees("Напишите имя")


async def named(person: Person) -> None:
    await person.says("Роза")
    await person.sees("Когда ваш день рождения")


async def writes_a_date(person: Person) -> None:
    await person.presses("Ввести")
    await person.sees("Напишите дату")


async def asked_for_leave(person: Person) -> None:
    await person.says("5.3.1980")
    await person.presses("Верно")
    await person.sees("Присылать предложения")


async def finished(person: Person) -> None:
    await person.presses("Не сейчас")
    await person.sees("Спасибо, это всё!")


async def withdrew(person: Person) -> None:
    await person.says("/privacy")
    await person.presses("Отозвать согласие")
    await person.presses("Да, отозвать")
    await person.sees("Больше не пишем")


STEPS = {
    "greeted": greeted,
    "agreed": agreed,
    "registered": registered,
    "writes a name": writes_a_name,
    "named": named,
    "writes a date": writes_a_date,
    "asked for leave": asked_for_leave,
    "finished": finished,
    "withdrew": withdrew,
}


async def is_answered(person: Person, what: str = "") -> Message:
    """The next message of the bot, whatever it says; an edit of an old one is no answer."""

    def look() -> Message | None:
        return next((message for message in person.heard() if not message.edited), None)

    try:
        return await person.world.until(look, PATIENCE, lambda: f"an answer to {what}")
    except AssertionError as error:
        raise AssertionError(f"{error}\n{await person.dump()}") from None
    finally:
        person.forgets()


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
async def test_a_strange_name_comes_through_registration(clinic: Clinic, name: str):
    person = await brought(await somebody(clinic, name), "registered")
    suggested = (await person.last()).labels[:-1]
    if suggested:
        await person.presses(suggested[0])
    else:
        await person.says("Роза")
        await person.presses("Роза — верно")
    await person.presses("Пропустить")
    await person.presses("Да, присылайте")
    await person.sees("Спасибо, это всё!")
    for command in ("/balance", "/history", "/privacy", "/start"):
        await person.says(command)
        await is_answered(person)


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
async def test_a_strange_name_may_be_typed(clinic: Clinic, name: str):
    person = await brought(await somebody(clinic), "writes a name")
    await person.says(name)
    await is_answered(person)


@pytest.mark.parametrize("stage", STAGES)
async def test_every_kind_of_message_is_answered_at_every_stage(clinic: Clinic, stage: str):
    person = await brought(await somebody(clinic), stage)
    acts = [{"type": kind, "caption": "<i>5.3.1980"} for kind in SPECIMENS]
    acts += [{"type": "contact", "kind": kind} for kind in ("other", "without_id")]
    acts += [{"type": "forward", "text": "Мария & Co"}]
    acts += [{"type": "text", "text": text} for text in TEXTS]
    person.forgets()
    said = len([message for message in await person.chat() if message.from_bot])
    for act in acts:
        await person.does(act.pop("type"), **act)
        await is_answered(person, str(act))
    await calm(clinic)
    answers = [message for message in await person.chat() if message.from_bot]
    assert len(answers) - said >= len(acts)


async def test_what_is_no_message_needs_no_answer(clinic: Clinic):
    """Edits, reactions, blocks, and the whole life of a group."""
    person = await brought(await somebody(clinic), "finished")
    number = await person.says("привет")
    await is_answered(person)
    await person.edits(number, "<b>edited")
    await person.does("react", message_id=number, emoji="👍")
    await person.deletes(number)
    await person.blocks()
    await person.unblocks()
    anna = clinic.world.person(ANNA_ID, STAFF_CHAT_ID)
    for kind in SPECIMENS:
        await anna.sends(kind, caption="<i>5.3.1980")
    for text in TEXTS:
        await anna.says(text)
    await anna.shares_contact()
    await anna.does("leave")
    await anna.does("join")
    await calm(clinic)
    assert not [message for message in await anna.chat() if message.from_bot]


# --- what no client sends, but the wire can carry

updates = count(900_000_001)
messages = count(50_000)


async def post(clinic: Clinic, body: bytes, secret: str = SECRET) -> int:
    """What Telegram, or somebody who pretends to be it, brings to the webhook."""
    url = f"http://127.0.0.1:{clinic.bot.port}/telegram"
    headers = {"X-Telegram-Bot-Api-Secret-Token": secret}
    async with ClientSession() as session, session.post(url, data=body, headers=headers) as answer:
        return answer.status


def envelope(kind: str, **event: Any) -> bytes:
    return json.dumps({"update_id": next(updates), kind: event}).encode()


def message_of(person: Person, **content: Any) -> dict[str, Any]:
    user = {"id": person.id, "is_bot": False, "first_name": "М", "language_code": "ru"}
    chat = {"id": person.id, "type": "private", "first_name": "М"}
    head = {"message_id": next(messages), "date": 1_780_000_000, "from": user, "chat": chat}
    return head | content


RAW_CONTENT: dict[str, dict[str, Any]] = {
    "10 000 characters": {"text": "ы" * 10_000},
    "NUL": {"text": "а\x00б"},
    "only NUL": {"text": "\x00"},
    "empty": {"text": ""},
    "half a character": {"text": "Мария \ud83d"},
    "half a name": {"text": "привет", "from": {"first_name": "М\ud83d"}},
    "other half": {"text": "\udfff\ud83d"},
    "a name of NUL": {"text": "привет", "from": {"first_name": "\x00"}},
    "a language that isn't": {"text": "привет", "from": {"language_code": "\x00" * 300}},
    "kind of tomorrow": {"hologram": {"file_id": "x", "depth": 3}},
    "own card, no number": {"contact": {"phone_number": "", "first_name": "М", "user_id": 0}},
    "own card, letters": {"contact": {"phone_number": "+abc\x00", "first_name": "", "user_id": 0}},
    "own card, endless": {"contact": {"phone_number": "7" * 5000, "first_name": "М", "user_id": 0}},
    "own card, eastern": {"contact": {"phone_number": "٧٩١٢", "first_name": "М", "user_id": 0}},
    "a bad entity": {
        "text": "/start",
        "entities": [{"type": "bot_command", "offset": 99, "length": -5}],
    },
    "entities of tomorrow": {
        "text": "x",
        "entities": [{"type": "hologram", "offset": 0, "length": 1}],
    },
}


@pytest.mark.parametrize("stage", STAGES[1:])
async def test_what_only_the_wire_can_carry_is_answered(clinic: Clinic, stage: str):
    person = await brought(await somebody(clinic), stage)
    for what, content in RAW_CONTENT.items():
        message = message_of(person)
        message |= {k: message[k] | v if k == "from" else v for k, v in content.items()}
        if card := message.get("contact"):
            message["contact"] = card | {"user_id": person.id}
        person.forgets()
        assert await post(clinic, envelope("message", **message)) == 200
        await is_answered(person, what)


async def test_an_album_is_answered_once(clinic: Clinic):
    person = await brought(await somebody(clinic), "finished")
    photo = [{"file_id": "x", "file_unique_id": "x", "width": 1, "height": 1}]
    person.forgets()
    for _ in range(10):
        album = message_of(person, photo=photo, media_group_id="7")
        assert await post(clinic, envelope("message", **album)) == 200
    await is_answered(person)
    await calm(clinic)
    answers = [m for m in await person.chat() if "Здесь работают кнопки" in m.text]
    assert len(answers) == 1


FORGED = (
    *("", "x", ":", "consent", "consent:", "consent:give:more", "go:nowhere:", "ads:maybe", "ads:"),
    *("me:all:99999999999999999999", "me:all:-1", "me:only_me:", "family:nobody"),
    *("born:99:99:9999", "born:0:0:", "born:31:2:2000", "born:5:3:-1", f"born:{10**30}:3:2000"),
    *("history:-1", "history:99999999999999999999", f"history:{'9' * 50}", "history:0"),
    *("language:tlh:", "language:ru:nowhere", "name:typed", "birthday:back", "privacy:", "\x00"),
    *("я" * 32, "\ud83d"),
)


@pytest.mark.parametrize("stage", ["greeted", "agreed", "registered", "finished"])
@pytest.mark.parametrize("seen", [True, False], ids=["message seen", "message too old"])
async def test_a_forged_button_is_answered(clinic: Clinic, stage: str, *, seen: bool):
    """A client may claim to have pressed what no message has."""
    person = await brought(await somebody(clinic), stage)
    for data in FORGED:
        assert await post(clinic, press(clinic, person, data, seen=seen)) == 200
        await person.toast()  # every press is answered, whatever it carried


def press(clinic: Clinic, person: Person, data: str, *, seen: bool) -> bytes:
    world = clinic.sandbox.world
    under = next(
        m for m in reversed(world.chats[person.id].messages.values()) if m.sender_id == BOT_ID
    )
    query = world.queries.add(person.id, person.id, under.id)
    person._query = query.id
    unseen = {"message_id": under.id, "chat": under.wire["chat"], "date": 0}
    return envelope(
        "callback_query",
        id=query.id,
        chat_instance="1",
        data=data,
        message=under.wire if seen else unseen,
        **{"from": world.people[person.id].user()},
    )


@pytest.mark.parametrize("secret", ["", "wrong", SECRET + "x", SECRET[:-1]])
async def test_a_wrong_secret_is_refused_and_nothing_is_kept(clinic: Clinic, secret: str):
    person = await somebody(clinic)
    kept = clinic.bot.rows("SELECT count(*) FROM inbox")
    body = envelope("message", **message_of(person, text="/start"))
    assert await post(clinic, body, secret) == 403
    assert clinic.bot.rows("SELECT count(*) FROM inbox") == kept


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b"{}", b'{"update_id": "x"}', b"\xff"])
async def test_what_is_no_update_is_refused(clinic: Clinic, body: bytes):
    assert await post(clinic, body) == 400


async def test_the_same_update_twice_is_answered_once(clinic: Clinic):
    person = await brought(await somebody(clinic), "finished")
    body = envelope("message", **message_of(person, text="/balance"))
    assert [await post(clinic, body) for _ in range(3)] == [200] * 3
    await calm(clinic)
    assert len([m for m in await person.chat() if "Уровень" in m.text]) == 1
