"""A condition on the event itself, asked where the update is handled."""

from aiogram.filters import Filter
from aiogram.types import TelegramObject
from aiogram.utils.magic_filter import MagicFilter


class When(Filter):
    """A magic filter without the other thread into which aiogram sends whatever isn't `async`.

    That hop costs more than most filters: for the same reason all our filters are `async def`.
    """

    def __init__(self, magic: MagicFilter) -> None:
        self._magic = magic

    async def __call__(self, event: TelegramObject) -> bool:
        return bool(self._magic.resolve(event))
