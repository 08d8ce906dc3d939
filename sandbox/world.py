"""What exists in the sandbox: the bot, people, chats and what was said in them."""

from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from secrets import token_hex
from typing import Any

from sandbox.clock import Clock
from sandbox.files import Files
from sandbox.inline import InlineQueries
from sandbox.journal import Journal
from sandbox.keyboards import ReplyKeyboard
from sandbox.profile import Profile
from sandbox.queries import Queries
from sandbox.updates import Updates

Wire = dict[str, Any]

_KEPT_MESSAGES = 500
ANONYMOUS = {
    "id": 1087968824,
    "is_bot": True,
    "first_name": "Group",
    "username": "GroupAnonymousBot",
}
_SERVICE = (
    "new_chat_members",
    "left_chat_member",
    "pinned_message",
    "migrate_to_chat_id",
    "migrate_from_chat_id",
)
_FIRST_TALK_ID = -9_000_000_000_001
_FIRST_GROUP_IDS = {"group": -4_000_000_001, "supergroup": -1_001_000_000_002}


@dataclass(slots=True)
class Person:
    """Somebody with a Telegram account; the bot is one too."""

    id: int
    first_name: str
    last_name: str | None = None
    username: str | None = None
    language: str | None = None
    phone: str | None = None
    birthdate: dict[str, int] | None = None
    is_bot: bool = False
    extra: bool = False  # one of the many that a demo clinic brings along

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name or ''}".rstrip()

    def user(self) -> Wire:
        """The Bot API's User."""
        user: Wire = {"id": self.id, "is_bot": self.is_bot, "first_name": self.first_name}
        if self.last_name:
            user["last_name"] = self.last_name
        if self.username:
            user["username"] = self.username
        if self.language and not self.is_bot:
            user["language_code"] = self.language
        return user


@dataclass(slots=True, frozen=True)
class Message:
    """Something said. Never changed: an edit puts another in its place."""

    id: int
    chat_id: int
    wire: Wire
    reactions: dict[int, str] = field(default_factory=dict)  # emoji by who reacted
    silent: bool = False

    @property
    def sender_id(self) -> int:
        return int(self.wire["from"]["id"])

    @property
    def service(self) -> bool:
        """Whether Telegram itself wrote it: somebody came, left, pinned, moved the group."""
        return any(field in self.wire for field in _SERVICE)

    def quoted(self) -> Wire:
        """The message as it stands inside one that answers it."""
        return {key: value for key, value in self.wire.items() if key != "reply_to_message"}


@dataclass(slots=True)
class Chat:
    """A private chat with the bot, a group, or a talk: the private chat of two people."""

    id: int
    type: str
    ids: Iterator[int]
    title: str | None = None
    person: Person | None = None
    members: dict[int, str] = field(default_factory=dict)  # status by person
    outside: set[int] = field(default_factory=set)  # restricted, and not in the group now
    rights: dict[int, frozenset[str]] = field(default_factory=dict)  # other than the usual ones
    hears_all: bool = False  # the bot came here while its privacy mode was off
    moved_to: int | None = None  # the supergroup that this group has become
    messages: OrderedDict[int, Message] = field(default_factory=OrderedDict)
    keyboards: dict[int, ReplyKeyboard] = field(default_factory=dict)  # by person
    started: bool = False
    blocked: bool = False
    heard_at: float = float("-inf")  # when a person last wrote or pressed
    pinned: list[int] = field(default_factory=list)

    @property
    def private(self) -> bool:
        return self.person is not None

    @property
    def is_talk(self) -> bool:
        return self.person is None and self.type == "private"

    def wire(self) -> Wire:
        """The Bot API's Chat."""
        if self.person is None:
            return {"id": self.id, "title": self.title, "type": self.type}
        user = self.person.user()
        names = ("first_name", "last_name", "username")
        return {"id": self.id, **{n: user[n] for n in names if n in user}, "type": "private"}

    def status(self, person_id: int) -> str:
        """What somebody is in the group: creator, administrator, member, restricted…"""
        return self.members.get(person_id, "left")

    def holds(self, person_id: int) -> bool:
        """Whether somebody is in the group now."""
        if self.moved_to is not None or person_id in self.outside:
            return False
        return self.status(person_id) not in {"left", "kicked"}

    def present(self) -> list[int]:
        """Who is in the group now."""
        return [person_id for person_id in self.members if self.holds(person_id)]


class World:
    """Everything at once; the methods and the acts change it."""

    def __init__(self, bot: Person, clock: Clock) -> None:
        self.id = token_hex(4)  # by it the page knows one play from another
        self.bot = bot
        self.clock = clock
        self.people: dict[int, Person] = {}
        self.chats: dict[int, Chat] = {}
        self.talks: dict[int, Chat] = {}  # apart from `chats`: no bot finds these
        self.panes: list[tuple[str, int, int]] = []
        self.journal = Journal()
        self.updates = Updates(clock)
        self.files = Files()
        self.queries = Queries(clock)
        self.inline_queries = InlineQueries(clock)
        self.profile = Profile(bot.first_name)
        self.privacy = True  # of the bot in groups, as BotFather's /setprivacy has it
        self.inline = False  # the bot answers in other chats, as BotFather's /setinline has it
        self.played = False  # somebody has done something in it, or moved its clock
        self._private_ids = count(1)

    def succeed(self, older: "World") -> None:
        """Takes the place of another world, before anything has happened in this one."""
        self.journal.succeed(older.journal)
        self.updates.succeed(older.updates)
        self.journal.add("restarted", None)

    def add_person(self, person: Person) -> Chat:
        """Lets somebody in, with a private chat not yet started."""
        self.people[person.id] = person
        chat = Chat(person.id, "private", self._private_ids, person=person)
        self.chats[chat.id] = chat
        self.journal.add("world", None)
        return chat

    def add_group(
        self, chat_id: int, title: str, members: dict[int, str], kind: str = "supergroup"
    ) -> Chat:
        """Makes a group or a supergroup; `members` maps each person to a status in it."""
        # A basic group's messages stand in the one row of all the bot's private ones.
        ids = count(1) if kind == "supergroup" else self._private_ids
        chat = Chat(chat_id, kind, ids, title=title, members=dict(members))
        self.chats[chat_id] = chat
        self.journal.add("world", None)
        return chat

    def talk(self, one: Person, other: Person) -> Chat:
        """The private chat of two people, made when one of them opens it first."""
        pair = {one.id, other.id}
        found = next((chat for chat in self.talks.values() if chat.members.keys() == pair), None)
        if found is not None:
            return found
        members = dict.fromkeys((one.id, other.id), "member")
        chat = Chat(_FIRST_TALK_ID - len(self.talks), "private", count(1), members=members)
        self.talks[chat.id] = chat
        self.journal.add("world", None)
        return chat

    def chat(self, number: object) -> Chat | None:
        """The chat of that number as people find it, if it is a number at all."""
        if not isinstance(number, int):
            return None
        return self.chats.get(number) or self.talks.get(number)

    def next_person_id(self) -> int:
        return max(self.people, default=1000) + 1

    def next_group_id(self, kind: str) -> int:
        """Telegram tells the two kinds of groups apart by their numbers."""
        taken = [chat.id for chat in self.chats.values() if chat.type == kind]
        return min([*taken, _FIRST_GROUP_IDS[kind] + 1]) - 1

    def knows(self, person_id: int) -> bool:
        """Whether the bot has met this person in one of its groups."""
        return any(
            person_id in chat.members and chat.holds(self.bot.id)
            for chat in self.chats.values()
            if not chat.private
        )

    def say(
        self, chat: Chat, body: Wire, sender: Person | None = None, *, silent: bool = False
    ) -> Message:
        """Puts a message of the bot, or of a person, at the end of the chat."""
        author = self.bot if sender is None else sender
        identity: Wire = {
            "message_id": next(chat.ids),
            "from": author.user(),
            "chat": chat.wire(),
            "date": self.clock.unix(),
        }
        message = Message(identity["message_id"], chat.id, identity | body, silent=silent)
        chat.messages[message.id] = message
        if len(chat.messages) > _KEPT_MESSAGES:
            chat.messages.popitem(last=False)
        self.journal.add("message", chat.id, message=message)
        return message

    def change(self, chat: Chat, message: Message) -> None:
        """Puts an edited message in the place of the old one."""
        chat.messages[message.id] = message
        self.journal.add("edit", chat.id, message=message)

    def remove(self, chat: Chat, message_id: int) -> None:
        """Makes a message disappear for everybody."""
        del chat.messages[message_id]
        if message_id in chat.pinned:
            chat.pinned.remove(message_id)
        self.journal.add("delete", chat.id, message_id=message_id)

    def set_keyboard(self, chat: Chat, person_id: int, keyboard: ReplyKeyboard | None) -> None:
        """Shows or takes away somebody's reply keyboard."""
        if keyboard is None and chat.keyboards.pop(person_id, None) is None:
            return
        if keyboard is not None:
            chat.keyboards[person_id] = keyboard
        self.journal.add("keyboard", chat.id, person=person_id, keyboard=keyboard)
