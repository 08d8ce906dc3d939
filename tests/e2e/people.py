"""The sandbox's people, for end-to-end tests: what they do and what they see.

    async with World(address) as world:
        maria = world.person(1001)
        await maria.start()
        await maria.presses("Согласна")
        await maria.presses("Поделиться номером")
        await maria.sees("1 000 баллов")

Nothing sleeps: everything waits on the sandbox's stream of events.
"""

# ruff: noqa: ASYNC109 - a test says how long it is ready to wait

import asyncio
import json
import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self, TypeVar
from urllib.parse import parse_qs, urlsplit

from aiohttp import ClientSession, ClientTimeout

Event = dict[str, Any]
Pattern = str | re.Pattern[str]
Found = TypeVar("Found")

PATIENCE = 10.0
_LONGEST_EVENT = 4 * 1024 * 1024


@dataclass(frozen=True)
class Message:
    """A bubble in a chat."""

    raw: dict[str, Any]

    @property
    def id(self) -> int:
        return int(self.raw["id"])

    @property
    def text(self) -> str:
        return str(self.raw["text"])

    @property
    def html(self) -> str:
        return str(self.raw["html"])

    @property
    def kind(self) -> str:
        return str(self.raw["kind"])

    @property
    def from_bot(self) -> bool:
        return bool(self.raw["from"]["is_bot"])

    @property
    def answers(self) -> int | None:
        """The message that it is a reply to."""
        replied: int | None = self.raw["reply_to"]
        return replied

    @property
    def edited(self) -> bool:
        return bool(self.raw["edited"])

    @property
    def via(self) -> str | None:
        """The bot that has helped a person to send it."""
        helped: str | None = self.raw["via"]
        return helped

    @property
    def protected(self) -> bool:
        return bool(self.raw["protected"])

    @property
    def document(self) -> dict[str, Any] | None:
        document: dict[str, Any] | None = self.raw["document"]
        return document

    @property
    def photo(self) -> dict[str, Any] | None:
        photo: dict[str, Any] | None = self.raw["photo"]
        return photo

    @property
    def buttons(self) -> list[dict[str, Any]]:
        """The inline buttons, row after row."""
        return [button for row in self.raw["buttons"] or [] for button in row]

    @property
    def labels(self) -> list[str]:
        """What the inline buttons say."""
        return [button["text"] for button in self.buttons]

    def button(self, label: Pattern) -> dict[str, Any] | None:
        """The inline button that says this."""
        return next((b for b in self.buttons if _is(label, b["text"])), None)

    def __str__(self) -> str:
        name = f"БОТ {self.id}" if self.from_bot else f"{self.raw['from']['name']} {self.id}"
        kind = "" if self.kind == "text" else f"<{self.kind}> "
        labels = "".join(f" [{label}]" for label in self.labels)
        return f"{name}: {kind}{self.text}{labels}"


@dataclass(frozen=True)
class Toast:
    """What appeared after a press."""

    text: str | None
    alert: bool
    url: str | None


@dataclass(frozen=True)
class Offered:
    """What the bot offers to send where somebody has typed its name."""

    query: str
    results: list[dict[str, Any]]
    button: dict[str, Any] | None
    personal: bool


class World:
    """The sandbox, watched through its page API."""

    def __init__(self, base_url: str) -> None:
        self.base_url = base_url.rstrip("/")
        self.events: list[Event] = []
        self._http: ClientSession
        self._reader: asyncio.Task[None]
        self._came_at: int
        self._changed = asyncio.Event()
        self._persons: dict[tuple[int, int], Person] = {}

    async def __aenter__(self) -> Self:
        self._http = ClientSession(timeout=ClientTimeout(total=None, sock_connect=PATIENCE))
        try:
            self._came_at = int((await self.state())["seq"])
        except BaseException:
            await self._http.close()
            raise
        self._reader = asyncio.create_task(self._read(self._came_at))
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._reader.cancel()
        await asyncio.gather(self._reader, return_exceptions=True)
        await self._http.close()

    # people

    def person(self, person_id: int, chat_id: int | None = None) -> "Person":
        """Somebody in a chat: their own with the bot, unless another is named."""
        key = (person_id, person_id if chat_id is None else chat_id)
        return self._persons.setdefault(key, Person(self, *key))

    async def add_person(self, first_name: str, **profile: Any) -> "Person":
        """Invents somebody (last_name, username, language, phone, birthdate)."""
        body = await self.post("/api/people", {"first_name": first_name, **profile})
        return self.person(body["id"])

    async def change_person(self, person_id: int, **profile: Any) -> None:
        """Rewrites somebody's profile."""
        await self.patch(f"/api/people/{person_id}", profile)

    # groups

    async def add_group(
        self,
        title: str,
        members: Sequence["Person | int"],
        kind: str = "supergroup",
        bot: str | None = None,
    ) -> int:
        """Makes a group (or a basic "group") that the first member creates; its chat's number.

        `bot` is member or administrator if the bot is there from the beginning.
        """
        body = {"title": title, "kind": kind, "bot": bot, "members": [*map(_number, members)]}
        return int((await self.post("/api/groups", body))["id"])

    async def migrate(self, chat_id: int) -> int:
        """A basic group becomes a supergroup; the number of that."""
        return int((await self._as_creator(chat_id, "migrate"))["chat"])

    async def bot_role(self, chat_id: int, role: str) -> None:
        """Makes the bot administrator, member, left or kicked there."""
        await self._as_creator(chat_id, "bot_role", role=role)

    async def bot_rights(self, chat_id: int, **rights: bool) -> None:
        """Gives the bot as an administrator rights or takes them (can_delete_messages=False)."""
        await self._as_creator(chat_id, "rights", rights=rights)

    async def role(self, chat_id: int, person: "Person | int", role: str) -> None:
        """Makes somebody administrator, member, restricted, left, kicked there."""
        await self._as_creator(chat_id, "role", user=_number(person), role=role)

    async def set_privacy(self, on: bool) -> None:
        """BotFather's /setprivacy: as in Telegram, a group feels it when the bot comes anew."""
        await self.patch("/api/bot", {"privacy": on})

    async def _as_creator(self, chat_id: int, act_type: str, /, **body: Any) -> dict[str, Any]:
        chats = {chat["id"]: chat for chat in (await self.state())["chats"]}
        statuses = {each["status"]: each["id"] for each in chats[chat_id]["statuses"]}
        return await self.person(statuses["creator"], chat_id).does(act_type, **body)

    # the rest of the world

    async def scan(self, message: Message) -> str:
        """What the QR code in the photo says."""
        where = {"chat": message.raw["chat"], "message_id": message.id}
        return str((await self.post("/api/scan", where))["link"])

    async def state(self) -> dict[str, Any]:
        """The bot, the people, the chats, the panes."""
        return await self.get("/api/world")

    async def trouble(self, kind: str, times: int = 1, **more: Any) -> None:
        """The bot's next requests meet a misfortune (method=, retry_after=, seconds=)."""
        await self.post("/api/trouble", {"kind": kind, "times": times, **more})

    async def no_trouble(self) -> None:
        """Calls off the misfortunes still to come."""
        async with self._http.delete(f"{self.base_url}/api/trouble") as response:
            assert response.status == 200, await response.text()

    async def clock_add(self, seconds: float) -> None:
        """Moves the sandbox's clock, and the bot's with it."""
        await self.post("/api/clock", {"add": seconds})

    async def requests(self, after: int = 0, method: str | None = None) -> list[dict[str, Any]]:
        """The bot's calls, of one method or all."""
        found = (await self.get("/api/requests", after=after))["requests"]
        return [call for call in found if method in (None, call["method"])]

    async def act_many(self, acts: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Many acts in one request; each has its own outcome."""
        results: list[dict[str, Any]] = (await self.post("/api/act_many", {"acts": acts}))[
            "results"
        ]
        return results

    # waiting

    @property
    def seq(self) -> int:
        """The number of the newest event that has come."""
        return int(self.events[-1]["seq"]) if self.events else self._came_at

    def since(self, seq: int, chat_id: int) -> Iterator[Event]:
        """The chat's events after the given one."""
        first = bisect_right(self.events, seq, key=lambda event: int(event["seq"]))
        for event in self.events[first:]:
            if event["chat"] == chat_id:
                yield event

    async def until(
        self, look: Callable[[], Found | None], timeout: float, told: Callable[[], str]
    ) -> Found:
        """What `look` finds, now or after some event; `told` says what was wanted."""
        try:
            async with asyncio.timeout(timeout):
                while (found := look()) is None:
                    await self.next_event()
        except TimeoutError:
            raise AssertionError(f"not within {timeout} s: {told()}") from None
        return found

    async def caught_up(self) -> None:
        """Waits until all has been heard that the chats hold by now: the stream comes later."""
        newest = (await self.state())["seq"]
        while self.seq < newest:
            await self.next_event()

    async def next_event(self) -> None:
        """Waits until something happens."""
        if self._reader.done():
            raise AssertionError("the sandbox is gone") from self._reader.exception()
        self._changed.clear()
        await self._changed.wait()

    async def _read(self, seq: int) -> None:
        try:
            async with self._http.get(
                f"{self.base_url}/api/events",
                params={"after": seq},
                read_bufsize=_LONGEST_EVENT,
            ) as response:
                async for line in response.content:
                    if line.startswith(b"data: "):
                        self.events.append(json.loads(line.removeprefix(b"data: ")))
                        self._changed.set()
        finally:
            self._changed.set()

    # HTTP

    async def get(self, path: str, **query: Any) -> dict[str, Any]:
        async with self._http.get(self.base_url + path, params=query) as response:
            return _body(response.status, await response.json())

    async def post(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        async with self._http.post(self.base_url + path, json=body) as response:
            return _body(response.status, await response.json())

    async def patch(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        async with self._http.patch(self.base_url + path, json=body) as response:
            return _body(response.status, await response.json())


class Person:
    """One person in one chat."""

    def __init__(self, world: World, person_id: int, chat_id: int) -> None:
        self.world = world
        self.id = person_id
        self.chat_id = chat_id
        self._since = 0  # what `sees` looks at comes after this event
        self._looked = True
        self._query: str | None = None

    def within(self, chat_id: int) -> "Person":
        """The same person in another chat."""
        return self.world.person(self.id, chat_id)

    # doing

    async def start(self, payload: str | None = None) -> None:
        """Presses Start, or opens a deep link with its payload."""
        await self.does("start", **({} if payload is None else {"payload": payload}))

    async def says(self, text: str, reply_to: int | None = None) -> int:
        """Writes; returns the message's number."""
        more = {} if reply_to is None else {"reply_to": reply_to}
        return int((await self.does("text", text=text, **more))["message_id"])

    async def presses(self, label: Pattern, timeout: float = PATIENCE) -> None:
        """Presses the button that says this: the newest inline one, else on the keyboard.

        Waits for it to appear. The contact button shares the own contact.
        """
        press = await self._button(label, timeout)
        await press()

    async def presses_button(self, message_id: int, data: str, *, late: bool = False) -> None:
        """Presses a callback button by its data: an old message's, or twice at once.

        `late`: a button that an edit has just taken away.
        """
        press = {"message_id": message_id, "data": data, "late": late}
        self._query = (await self.does("press", **press))["query_id"]

    async def shares_contact(self, kind: str = "own", **more: Any) -> None:
        """Sends a contact: own, other, without_id (phone=, first_name=)."""
        await self.does("contact", kind=kind, **more)

    async def sends(self, kind: str, **more: Any) -> None:
        """Sends a specimen: photo, voice, sticker, location…"""
        await self.does(kind, **more)

    async def forwards(self, text: str, from_name: str = "Кто-то") -> None:
        """Sends on somebody else's text."""
        await self.does("forward", text=text, from_name=from_name)

    async def edits(self, message_id: int, text: str) -> None:
        """Rewrites an own message."""
        await self.does("edit", message_id=message_id, text=text)

    async def deletes(self, message_id: int) -> None:
        """Deletes a message."""
        await self.does("delete", message_id=message_id)

    async def blocks(self) -> None:
        """Blocks the bot."""
        await self.does("block")

    async def unblocks(self) -> None:
        """Lets the bot write again."""
        await self.does("unblock")

    async def joins(self) -> None:
        """Comes into the group."""
        await self.does("join")

    async def leaves(self) -> None:
        """Leaves the group."""
        await self.does("leave")

    async def says_anonymously(self, text: str) -> int:
        """Writes in the group's name, as an anonymous administrator; the message's number."""
        return int((await self.does("anonymous_text", text=text))["message_id"])

    async def says_as_channel(self, text: str, *, automatic: bool = False) -> int:
        """Writes as a channel; `automatic`: a post that Telegram brings from the group's own."""
        done = await self.does("channel_text", text=text, automatic=automatic)
        return int(done["message_id"])

    async def adds_bot(self, payload: str | None = None, role: str = "member") -> None:
        """Adds the bot to the group; with a payload by a `?startgroup=` link."""
        await self.does("bot_role", role=role, payload=payload)

    async def opens(self, link: str) -> None:
        """Opens a link to the bot: `?startgroup=` in this group, `?start=` in the private chat.

        What the bot answers to the latter is seen there: `anna.within(anna.id).sees(…)`.
        """
        query = parse_qs(urlsplit(link).query)
        if "startgroup" in query:
            await self.adds_bot(query["startgroup"][0])
        else:
            await self.within(self.id).start(query.get("start", [None])[0])

    async def scans(self, message: Message) -> str:
        """Reads the QR code in a photo with the own phone and opens its link; the link."""
        link = await self.world.scan(message)
        await self.opens(link)
        return link

    async def talks_to(self, other: "Person") -> "Person":
        """Oneself in the private chat with somebody else, of which the bot knows nothing."""
        return self.within((await self.does("talk", **{"with": other.id}))["chat"])

    async def calls_bot(self, query: str = "", timeout: float = PATIENCE) -> Offered:
        """Types the bot's name and something more; what the bot offers to send here."""
        asked = (await self.does("inline", query=query))["query_id"]

        def look() -> Offered | None:
            for event in self.world.since(0, self.chat_id):
                if event["type"] == "inline_answer" and event["query_id"] == asked:
                    return Offered(asked, event["results"], event["button"], event["personal"])
            return None

        return await self.world.until(look, timeout, lambda: f"an answer to the query {asked}")

    async def sends_offered(self, offered: Offered) -> Message:
        """The only thing that the bot offers; as it stands in the chat now."""
        (result,) = offered.results
        body = {"query_id": offered.query, "result_id": result["id"]}
        number = (await self.does("inline_send", **body))["message_id"]
        return next(message for message in await self.chat() if message.id == number)

    async def does(self, act_type: str, /, **body: Any) -> dict[str, Any]:
        """Any act of the page API."""
        if self._looked:
            self._since, self._looked = self.world.seq, False
        act = {"person": self.id, "chat": self.chat_id, "type": act_type, **body}
        return await self.world.post("/api/act", act)

    async def _button(self, label: Pattern, timeout: float) -> Callable[[], Any]:
        """How to press what says this, as soon as it is there."""
        try:
            async with asyncio.timeout(timeout):
                while True:
                    seen = self.world.seq
                    state = await self._state()
                    press = self._inline(label, state) or self._on_keyboard(label, state)
                    if press is not None:
                        return press
                    if self.world.seq == seen:
                        await self.world.next_event()
        except TimeoutError:
            raise AssertionError(f"no button {label!r}\n{await self.dump()}") from None

    def _inline(self, label: Pattern, state: dict[str, Any]) -> Callable[[], Any] | None:
        for message in map(Message, reversed(state["messages"])):
            button = message.button(label)
            if button is not None:
                data = button.get("callback_data")
                assert data, f"{button} is not pressed but opened"
                return lambda: self.presses_button(message.id, data)
        return None

    def _on_keyboard(self, label: Pattern, state: dict[str, Any]) -> Callable[[], Any] | None:
        for button in _keys(state):
            if _is(label, button["text"]):
                if button["request_contact"]:
                    return self.shares_contact
                return lambda: self.says(button["text"])
        return None

    # seeing

    async def sees(self, wanted: Pattern, timeout: float = PATIENCE) -> Message:
        """The bot's message with this text in it, new or edited since the last act."""
        message = await self._look(lambda message: _has(wanted, message.text), wanted, timeout)
        self._looked = True
        return message

    async def sees_button(self, label: Pattern, timeout: float = PATIENCE) -> Message:
        """The bot's message with such an inline button, new or edited since the last act."""
        message = await self._look(lambda m: m.button(label) is not None, label, timeout)
        self._looked = True
        return message

    async def sees_kind(self, kind: str, timeout: float = PATIENCE) -> Message:
        """The bot's photo, document…, since the last act."""
        message = await self._look(lambda message: message.kind == kind, kind, timeout)
        self._looked = True
        return message

    def forgets(self) -> None:
        """What the bot has said so far no longer counts as seen: for what comes unasked."""
        self._since, self._looked = self.world.seq, False

    async def _look(
        self, fits: Callable[[Message], bool], wanted: Pattern, timeout: float
    ) -> Message:
        def look() -> Message | None:
            said = self.heard()
            return next((message for message in reversed(said) if fits(message)), None)

        try:
            return await self.world.until(look, timeout, lambda: f"{wanted!r}")
        except AssertionError as error:
            raise AssertionError(f"{error}\n{await self.dump()}") from None

    def heard(self) -> list[Message]:
        """What the bot has said or edited in this chat since the last act."""
        return [
            message
            for event in self.world.since(self._since, self.chat_id)
            if event["type"] in {"message", "edit"}
            and (message := Message(event["message"])).from_bot
        ]

    async def toast(self, timeout: float = PATIENCE) -> Toast:
        """What the bot answered to the last press."""
        query = self._query
        assert query is not None, "nothing was pressed"

        def look() -> Toast | None:
            for event in self.world.since(0, self.chat_id):
                if event["type"] == "callback_answer" and event["query_id"] == query:
                    return Toast(event["text"], event["alert"], event["url"])
            return None

        return await self.world.until(look, timeout, lambda: f"an answer to the press {query}")

    async def chat(self) -> list[Message]:
        """All that stands in the chat now."""
        return [Message(raw) for raw in (await self._state())["messages"]]

    async def last(self) -> Message:
        """The newest message of the bot."""
        said = [message for message in await self.chat() if message.from_bot]
        assert said, f"the bot has said nothing\n{await self.dump()}"
        return said[-1]

    async def keyboard(self) -> list[str]:
        """What the buttons in place of the letters say."""
        return [button["text"] for button in _keys(await self._state())]

    async def commands(self) -> list[str]:
        """The commands of the menu."""
        return [command["command"] for command in (await self._state())["commands"]]

    async def dump(self) -> str:
        """The chat as text, for a failure."""
        state = await self._state()
        lines = [str(Message(raw)) for raw in state["messages"]]
        keys = "".join(f"[{button['text']}]" for button in _keys(state))
        where = f"--- chat {self.chat_id} of person {self.id} ---"
        return "\n".join([where, *lines, f"keyboard: {keys or 'none'}"])

    async def _state(self) -> dict[str, Any]:
        return await self.world.get("/api/chat", chat=self.chat_id, person=self.id)


def _number(person: "Person | int") -> int:
    return person if isinstance(person, int) else person.id


def _keys(state: dict[str, Any]) -> list[dict[str, Any]]:
    keyboard = state["reply_keyboard"]
    return [button for row in keyboard["rows"] for button in row] if keyboard else []


def _is(wanted: Pattern, text: str) -> bool:
    if isinstance(wanted, re.Pattern):
        return wanted.search(text) is not None
    return plain(wanted) == plain(text)


def _has(wanted: Pattern, text: str) -> bool:
    if isinstance(wanted, re.Pattern):
        return wanted.search(plain(text)) is not None
    return plain(wanted) in plain(text)


def plain(text: str) -> str:
    """Without isolates, and with every kind of space alike: a test writes what a person reads."""
    return re.sub(r"[\u00a0\u202f\u2009]", " ", re.sub(r"[\u2066-\u2069]", "", text))


def _body(status: int, body: dict[str, Any]) -> dict[str, Any]:
    assert status == 200, body.get("error", body)
    return body
