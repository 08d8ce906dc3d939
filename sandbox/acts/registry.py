"""Which acts there are, what each is called with, and how a message reaches the bot."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from sandbox.errors import ActError
from sandbox.texts import slice_utf16
from sandbox.world import Chat, Message, Person, Wire, World

Outcome = dict[str, Any]
Thing = TypeVar("Thing")

_COMMAND_TO = re.compile(r"/\w+@(\w+)")


@dataclass(slots=True)
class Act:
    """One person doing one thing in one chat."""

    world: World
    person: Person
    chat: Chat
    body: dict[str, Any]

    def text(self, name: str, default: str | None = None) -> str:
        """A text of the body.

        Raises ActError: it is missing and has no default.
        """
        value = self.body.get(name)
        if value is None:
            value = default
        if not isinstance(value, str):
            raise ActError(f"{name} must be a text")
        return value.encode("utf-8", "replace").decode()

    def message(self) -> Message:
        """The message that the body names.

        Raises ActError: it is not in the chat.
        """
        message = found(self.chat.messages, self.body.get("message_id"))
        if message is None:
            raise ActError(f"there is no such message in chat {self.chat.id}")
        return message

    def check_can_write(self) -> None:
        """Raises ActError: blocked the bot, or not in the group."""
        if self.chat.blocked:
            raise ActError("the bot is blocked: unblock it or press Start first")
        if not self.chat.private and not self.chat.holds(self.person.id):
            raise ActError(f"person {self.person.id} is not in chat {self.chat.id}")

    def check_group(self) -> None:
        """Raises ActError: not in a group, or in one that has become a supergroup."""
        if self.chat.type == "private":
            raise ActError("this is done in a group")
        if self.chat.moved_to is not None:
            raise ActError(f"the group has become the supergroup {self.chat.moved_to}")

    def check_administrator(self) -> None:
        """Raises ActError: not the creator or an administrator of a group."""
        self.check_group()
        if self.chat.status(self.person.id) not in {"creator", "administrator"}:
            raise ActError("only administrators can do this")

    def send(self, body: Wire) -> Outcome:
        """Says something in the chat; the bot gets it if it may see it.

        Raises ActError: the person can't write there, or nothing but texts.
        """
        self.check_can_write()
        if self.chat.status(self.person.id) == "restricted" and "text" not in body:
            raise ActError("a restricted member sends only texts")
        self.chat.started = True
        self.chat.heard_at = self.world.clock.now()
        return self.say(body)

    def say(self, body: Wire) -> Outcome:
        """Puts a message of the person's, or of Telegram's about them, into the chat."""
        message = self.world.say(self.chat, body, self.person)
        update_id = None
        if visible_to_bot(self.world, self.chat, message):
            update_id = self.world.updates.put("message", message.wire, self.chat.id)
        return outcome(update_id, message.id)


def found(things: Mapping[int, Thing], number: object) -> Thing | None:
    """The thing of that number, if it is a number at all."""
    return things.get(number) if isinstance(number, int) else None


def outcome(
    update_id: int | None = None, message_id: int | None = None, query_id: str | None = None
) -> Outcome:
    """What an act led to."""
    return {"ok": True, "update_id": update_id, "message_id": message_id, "query_id": query_id}


def visible_to_bot(world: World, chat: Chat, message: Message) -> bool:
    """Group privacy mode: a bot that is no administrator sees only what is meant for it.

    As in Telegram, turning the mode off matters only to the groups that the bot comes to later.
    """
    if chat.private:
        return True
    if not chat.holds(world.bot.id):
        return False
    hears_all = chat.hears_all or chat.status(world.bot.id) == "administrator"
    return hears_all or message.service or _meant_for_bot(world, message)


def _meant_for_bot(world: World, message: Message) -> bool:
    answered = message.wire.get("reply_to_message", {}).get("from", {}).get("id")
    sent_by_help_of = message.wire.get("via_bot", {}).get("id")
    if world.bot.id in (answered, sent_by_help_of):
        return True
    text = message.wire.get("text") or message.wire.get("caption", "")
    entities = message.wire.get("entities") or message.wire.get("caption_entities", [])
    username = (world.bot.username or "").lower()
    return any(_addresses(text, entity, username) for entity in entities)


def _addresses(text: str, entity: Wire, username: str) -> bool:
    marked = slice_utf16(text, entity["offset"], entity["length"]).lower()
    if entity["type"] == "mention":
        return marked == f"@{username}"
    if entity["type"] != "bot_command" or entity["offset"] != 0:
        return False
    to = _COMMAND_TO.fullmatch(marked)
    return to is None or to[1] == username


Doing = Callable[[Act], Outcome]
ACTS: dict[str, Doing] = {}


def act(name: str) -> Callable[[Doing], Doing]:
    """Registers an act under the name that the page API uses."""

    def register(function: Doing) -> Doing:
        ACTS[name] = function
        return function

    return register


def perform(world: World, body: object) -> Outcome:
    """Does what the body of a page API request says.

    Raises ActError: no such person, chat or act; or it can't be done.
    """
    if not isinstance(body, dict):
        raise ActError("an act is a JSON object")
    person = found(world.people, body.get("person"))
    if person is None:
        raise ActError(f"there is no person {body.get('person')}")
    chat = world.chat(body.get("chat", person.id))
    if chat is None or not _is_open_to(chat, person):
        raise ActError(f"person {person.id} has no chat {body.get('chat')}")
    function = ACTS.get(str(body.get("type")))
    if function is None:
        raise ActError(f"there is no act {body.get('type')}; there are {', '.join(sorted(ACTS))}")
    return function(Act(world, person, chat, body))


def _is_open_to(chat: Chat, person: Person) -> bool:
    """Anybody may stand before a group; what they do there is refused by itself."""
    if chat.is_talk:
        return chat.holds(person.id)
    return not chat.private or chat.id == person.id
