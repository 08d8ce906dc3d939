"""Which methods there are, and what each is called with."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from sandbox.arguments import Arguments
from sandbox.errors import ApiError, bad_request, forbidden, not_emulated, upgraded
from sandbox.limits import FloodControl
from sandbox.webhook import Webhook
from sandbox.world import Chat, Message, World

_UNSUPPORTED = (
    "business_connection_id",
    "inline_message_id",
    "message_thread_id",
    "direct_messages_topic_id",
    "suggested_post_parameters",
    "allow_paid_broadcast",
    "receiver_user_id",
    "ephemeral_message_parameters",
    "rich_message",
    "thumbnail",
    "callback_query_id",
)


_NUMBER = re.compile(r"-?\d{1,20}", re.ASCII)


@dataclass(slots=True)
class Call:
    """One call of the bot."""

    world: World
    arguments: Arguments
    flood: FloodControl | None
    webhook: Webhook

    def chat(self, argument: str = "chat_id") -> Chat:
        """The chat that the call names, which the bot can see; also one that has moved.

        Raises ApiError: 400, no such chat; 403, the bot is no longer there.
        """
        chat = self._found_chat(self.arguments.text(argument).strip())
        if not chat.private and chat.moved_to is None:
            self._check_member(chat)
        return chat

    def live_chat(self) -> Chat:
        """The chat, if something can still happen in it.

        Raises ApiError: as `chat`; 400, the group has become a supergroup.
        """
        chat = self.chat()
        if chat.moved_to is not None:
            raise upgraded(chat.moved_to)
        return chat

    def _found_chat(self, name: str) -> Chat:
        if not name:
            raise bad_request("chat_id is empty")
        chat = self.world.chats.get(int(name)) if _NUMBER.fullmatch(name) else None
        if chat is None or (chat.private and not self._met(chat)):
            raise bad_request("chat not found")
        return chat

    def _met(self, chat: Chat) -> bool:
        return chat.started or self.world.knows(chat.id)

    def _check_member(self, chat: Chat) -> None:
        if chat.status(self.world.bot.id) == "kicked":
            raise forbidden(f"bot was kicked from the {chat.type} chat")
        if not chat.holds(self.world.bot.id):
            raise forbidden(f"bot is not a member of the {chat.type} chat")

    def writable_chat(self) -> Chat:
        """The chat, if the bot may write there.

        Raises ApiError: as `live_chat`; 403, blocked or never started.
        """
        chat = self.live_chat()
        if chat.blocked:
            raise forbidden("bot was blocked by the user")
        if chat.private and not chat.started:
            raise forbidden("bot can't initiate conversation with a user")
        return chat

    def message(self, chat: Chat, what: str) -> Message:
        """The message that the call names.

        Raises ApiError: 400 "<what> not found".
        """
        message = chat.messages.get(self.arguments.integer("message_id"))
        if message is None:
            raise bad_request(f"{what} not found")
        return message

    def refuse_strange(self) -> None:
        """Raises ApiError: an argument that would be silently lost here."""
        for name in _UNSUPPORTED:
            if self.arguments.has(name) or name in self.arguments.uploads:
                raise not_emulated(name)

    def count_message(self, chat: Chat) -> None:
        """Raises ApiError: 429, too many messages."""
        if self.flood is not None:
            self.flood.check(chat, self.world.clock.now())


Method = Callable[[Call], object]
Function = TypeVar("Function", bound=Method)
METHODS: dict[str, Method] = {}


def method(name: str) -> Callable[[Function], Function]:
    """Registers a method; like Telegram, in any mixture of capital letters."""

    def register(function: Function) -> Function:
        METHODS[name.lower()] = function
        return function

    return register


def run(name: str, call: Call) -> object:
    """The result of a method.

    Raises ApiError: 404, there is none of that name; or what the method raises.
    """
    function = METHODS.get(name.lower())
    if function is None:
        raise ApiError(404, "Not Found: method not found")
    return function(call)
