"""Who stands at the desk: found once for every update of a group."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from aiogram import BaseMiddleware
from aiogram.enums import ChatMemberStatus
from aiogram.exceptions import TelegramAPIError
from aiogram.types import (
    CallbackQuery,
    ChatMemberRestricted,
    ChatMemberUnion,
    Message,
    TelegramObject,
    User,
)

from handlers.visitor import Visitor
from loyalty.branches import Branch
from loyalty.desk import access
from loyalty.errors import Refusal
from loyalty.ports import Clinic, Transaction
from loyalty.team import Member

PRESENT = {ChatMemberStatus.CREATOR, ChatMemberStatus.ADMINISTRATOR, ChatMemberStatus.MEMBER}


class NotHereError(Refusal):
    """The person has left the staff chat, or was never let in."""

    text = "refusal-not-staff"


class DisconnectedError(Refusal):
    """The branch has no chat now, so nobody can be found there."""

    text = "refusal-branch-disconnected"


class UnsureError(Refusal):
    """Telegram could not be asked whether the person is still here: no money moves."""

    text = "refusal-unsure"


@dataclass(frozen=True, slots=True)
class Desk:
    """A connected chat's branch, and who writes or presses there; `name` goes on operations.

    `member` is None for somebody whom nobody has noticed yet, `name` None while a shared account
    hasn't said who is on shift.
    """

    branch: Branch
    member: Member | None
    name: str | None

    @property
    def works(self) -> bool:
        return self.member is not None and self.member.works


class FindDesk(BaseMiddleware):
    """Hands `desk` to handlers: None in a group that is no staff chat."""

    async def __call__(
        self,
        handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
        event: TelegramObject,
        data: dict[str, Any],
    ) -> Any:  # noqa: ANN401 (a middleware hands on whatever the handler returns)
        data["desk"] = await _desk(event, data)
        return await handler(event, data)


async def _desk(event: TelegramObject, data: dict[str, Any]) -> Desk | None:
    message = event.message if isinstance(event, CallbackQuery) else event
    chat, user = data.get("event_chat"), data.get("event_from_user")
    if chat is None or user is None or (isinstance(message, Message) and message.sender_chat):
        return None
    clinic: Clinic = data["clinic"]
    return await clinic.ask(desk_of, chat.id, user.id)


def desk_of(tx: Transaction, chat: int, telegram: int) -> Desk | None:
    branch = tx.branches.branch_of_chat(chat)
    if branch is None:
        return None
    member = tx.branches.member(branch.id, telegram)
    return Desk(branch, member, member.signature(tx.now) if member else None)


async def at_desk(_event: TelegramObject, desk: Desk | None = None) -> bool:
    """A filter: the person works here and an operation may carry their name."""
    return desk is not None and desk.works and desk.name is not None


async def in_staff_chat(_event: TelegramObject, desk: Desk | None = None) -> bool:
    """A filter: the group is a branch's, whoever writes or presses there."""
    return desk is not None


async def check_still_here(visitor: Visitor, desk: Desk) -> None:
    """Asked of Telegram before money moves. Raises NotHereError, UnsureError."""
    if not await is_here(visitor, desk.branch, visitor.user):
        await visitor.clinic.change(access.left, desk.branch.id, visitor.user.id)
        raise NotHereError


async def is_here(visitor: Visitor, branch: Branch, user: User) -> bool:
    """Raises DisconnectedError, UnsureError."""
    if branch.chat is None:
        raise DisconnectedError
    try:
        return is_present(await visitor.bot.get_chat_member(branch.chat, user.id))
    except TelegramAPIError as unsure:
        raise UnsureError from unsure


def is_present(member: ChatMemberUnion) -> bool:
    """Whether somebody is in the chat, by what Telegram says of them."""
    restricted = isinstance(member, ChatMemberRestricted) and member.is_member
    return member.status in PRESENT or restricted
