"""The door to the patient's own pages."""

from aiogram.types import TelegramObject

from loyalty.people import Account


async def registered(_event: TelegramObject, account: Account | None = None) -> bool:
    """Whoever isn't registered yet falls through to the question that is open."""
    return account is not None and account.registered


async def met(_event: TelegramObject, account: Account | None = None) -> bool:
    """Something is stored, if only a link: whoever it is may see it and have it erased."""
    return account is not None
