"""Words, voice, pictures: what a person says that can be passed on to another."""

from collections.abc import Collection
from datetime import timedelta

from aiogram import F
from aiogram.enums import ContentType
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State
from aiogram.types import Message

from handlers.filters import When
from handlers.visitor import Visitor
from loyalty.saying import Said

SPOKEN: Collection[ContentType] = {
    ContentType.TEXT,
    ContentType.VOICE,
    ContentType.PHOTO,
    ContentType.VIDEO,
    ContentType.VIDEO_NOTE,
    ContentType.AUDIO,
    ContentType.DOCUMENT,
}
WORDS = When(F.content_type.in_(SPOKEN) & ~F.text.startswith("/"))
# What a talk carries besides: nobody answers a question about a visit with a sticker.
PASSED = When(
    F.content_type.in_(
        {
            *SPOKEN,
            ContentType.ANIMATION,
            ContentType.LOCATION,
            ContentType.STICKER,
            ContentType.VENUE,
        }
    )
    & ~F.text.startswith("/")
)
TEXT = When(F.text & ~F.text.startswith("/"))


def said_in(message: Message) -> Said:
    media = message.content_type != ContentType.TEXT
    return Said(message.chat.id, message.message_id, message.text or message.caption, media)


async def listen(
    state: FSMContext, visitor: Visitor, form: State, waits: timedelta, **about: int
) -> None:
    """What this person says for so long is meant for `form`; later it is something else again."""
    now = await visitor.clinic.ask(lambda tx: tx.now)
    hours = {"since": now.timestamp(), "until": (now + waits).timestamp()}
    await state.set_state(form)
    await state.set_data({**about, **hours})


async def listened(message: Message, state: FSMContext) -> bool:
    """A filter: it isn't too late."""
    until: float = (await state.get_data()).get("until", 0)
    return message.date.timestamp() <= until
