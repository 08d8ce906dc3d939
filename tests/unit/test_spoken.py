"""Pictures that come together are answered together."""

from datetime import UTC, datetime

from aiogram.fsm.context import FSMContext
from aiogram.fsm.storage.base import StorageKey
from aiogram.fsm.storage.memory import MemoryStorage
from aiogram.types import Chat, Message

from handlers.spoken import is_answered


def message(number: int, album: str | None) -> Message:
    date, chat = datetime(2026, 11, 21, tzinfo=UTC), Chat(id=1, type="private")
    return Message(message_id=number, date=date, chat=chat, media_group_id=album)


async def test_of_an_album_the_first_is_answered_and_of_single_messages_each():
    state = FSMContext(MemoryStorage(), StorageKey(1, 1, 1))
    came = ["7", "7", "7", None, None, "8", "8"]
    answered = [await is_answered(message(n, album), state) for n, album in enumerate(came)]
    assert answered == [False, True, True, False, False, False, True]
