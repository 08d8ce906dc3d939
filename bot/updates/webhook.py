"""The webhook: Telegram brings the updates to us, until somebody points it elsewhere."""

from collections.abc import Sequence

import structlog
from aiogram import Bot
from aiogram.exceptions import TelegramAPIError

from bot.updates.rival import Rival

log = structlog.get_logger()

CONNECTIONS = 40


class Webhook:
    """`held`: Telegram brought updates here when it was asked last.

    A program with the same token that polls takes the webhook away first, and nothing tells us: the
    bot would be deaf, and well in its own eyes.
    """

    def __init__(
        self, bot: Bot, url: str, secret: str, allowed_updates: Sequence[str], rival: Rival
    ) -> None:
        self._bot = bot
        self._url = url
        self._secret = secret
        self.allowed = allowed_updates
        self._rival = rival
        self.held = False

    async def take(self) -> None:
        """Raises TelegramAPIError."""
        await self._bot.set_webhook(
            self._url,
            secret_token=self._secret,
            allowed_updates=list(self.allowed),
            max_connections=CONNECTIONS,
        )
        self.held = True

    async def look(self) -> None:
        """Take it back from whoever took it, and tell. What came meanwhile and is still there is
        brought by Telegram then.
        """
        try:
            info = await self._bot.get_webhook_info()
            if info.url == self._url:
                return
            self.held = False
            await self._rival.seen()  # also where it can't be taken back: the bot is deaf then
            await self.take()
        except TelegramAPIError as away:
            log.warning("webhook.unknown", kind=type(away).__name__)
