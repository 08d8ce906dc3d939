"""Who sent the update."""

from collections.abc import Collection
from dataclasses import dataclass

from aiogram import Bot
from aiogram.types import User

from loyalty.ports import Clinic
from loyalty.signboard import Signboard
from screens.texts import Texts


@dataclass(frozen=True, slots=True)
class Visitor:
    """The person in front of the bot, their language, and whom to ask about them.

    `owners` are the owners' numbers in Telegram: who is told of what staff may not decide.
    """

    user: User
    texts: Texts
    is_owner: bool
    owners: Collection[int]
    clinic: Clinic
    signboard: Signboard
    bot: Bot
