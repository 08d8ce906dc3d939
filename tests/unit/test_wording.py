"""Words typed long after a question are talk between colleagues, and move no money."""

from datetime import UTC, datetime, timedelta

import pytest
from aiogram.fsm.context import FSMContext
from aiogram.fsm.storage.base import StorageKey
from aiogram.fsm.storage.memory import MemoryStorage
from aiogram.types import Chat, Message

from handlers.staff.wording import in_time

UNTIL = datetime(2026, 11, 21, 9, 5, tzinfo=UTC)


@pytest.mark.parametrize(("late", "counts"), [(-240, True), (0, True), (1, False), (3600, False)])
async def test_words_count_until_their_time(late, counts):
    state = FSMContext(MemoryStorage(), StorageKey(bot_id=42, chat_id=-100, user_id=1003))
    await state.set_data({"until": UNTIL.timestamp()})
    said = UNTIL + timedelta(seconds=late)
    message = Message(
        message_id=1, date=said, chat=Chat(id=-100, type="supergroup"), text="переделка"
    )
    assert await in_time(message, state) is counts
