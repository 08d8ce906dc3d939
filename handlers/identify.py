"""Finds out, once for every update, who is speaking."""

from collections.abc import Awaitable, Callable, Collection
from typing import Any

from aiogram import BaseMiddleware
from aiogram.types import TelegramObject, Update, User

from handlers.visitor import Visitor
from loyalty.people import Account
from loyalty.ports import Clinic
from loyalty.statement import who
from loyalty.unreached import speaks_again
from screens.texts import LANGUAGES, texts_in


class Identify(BaseMiddleware):
    """Hands `account`, `texts`, `is_owner` and `visitor` to handlers; one read an update.

    An update that no person sent has the default language and neither account nor visitor.
    """

    def __init__(self, clinic: Clinic, owners: Collection[int], default_language: str) -> None:
        self._clinic = clinic
        self._owners = owners
        self._default_language = default_language

    async def __call__(
        self,
        handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
        event: TelegramObject,
        data: dict[str, Any],
    ) -> Any:  # noqa: ANN401 (whatever the handler returns, as aiogram's own middlewares do)
        user: User | None = data.get("event_from_user")
        account = await self._account(event, user)
        texts = texts_in(self._language(user, account))
        is_owner = user is not None and user.id in self._owners
        data.update(account=account, texts=texts, is_owner=is_owner)
        if user:
            data["visitor"] = Visitor(
                user, texts, is_owner, self._owners, self._clinic, data["signboard"], data["bot"]
            )
        return await handler(event, data)

    async def _account(self, event: TelegramObject, user: User | None) -> Account | None:
        """Who says anything is there again, but for who says no more than that they go."""
        account = await self._clinic.ask(who, user.id) if user else None
        going = isinstance(event, Update) and event.my_chat_member is not None
        if account is not None and account.unreachable_since is not None and not going:
            await self._clinic.change(speaks_again, account.id)
        return account

    def _language(self, user: User | None, account: Account | None) -> str:
        chosen = account.language if account else None
        telegrams = (user.language_code or "").partition("-")[0].lower() if user else ""
        known = (language for language in (chosen, telegrams) if language in LANGUAGES)
        return next(known, self._default_language)
