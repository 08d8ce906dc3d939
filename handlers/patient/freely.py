"""Free text: what nothing else understood goes to the desk, which promises an answer."""

from aiogram.fsm.context import FSMContext
from aiogram.types import Message

from handlers.show import say
from handlers.spoken import PASSED, said_in
from handlers.visitor import Visitor
from loyalty.people import Account
from loyalty.tasks import talking
from screens import promises


async def goes_to_the_desk(message: Message, visitor: Visitor, account: Account | None) -> bool:
    """Whether somebody there reads it: not what comes without consent, nor an unknown command."""
    if account is None or not await PASSED(message):
        return False
    return await visitor.clinic.ask(talking.passes, account)


async def hand_over(message: Message, visitor: Visitor, state: FSMContext) -> None:
    """Each photo of an album goes to the desk, and one answer is enough."""
    me, owners = visitor.user.id, visitor.owners
    heard = await visitor.clinic.change(talking.say, me, said_in(message), owners)
    is_rest = await rest_of_album(message, state)
    if heard.promise is not None:
        await say(message, promises.answered(visitor.texts, heard.promise, visitor.signboard))
    elif not is_rest:
        await say(message, promises.heard(visitor.texts))


async def rest_of_album(message: Message, state: FSMContext) -> bool:
    """Ten photos sent together are ten messages; one answer is enough."""
    album = message.media_group_id
    if album is None:
        return False
    answered = (await state.get_data()).get("album") == album
    if not answered:
        await state.update_data(album=album)
    return answered
