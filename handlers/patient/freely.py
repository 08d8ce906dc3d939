"""Free text: what nothing else understood goes to the desk, which promises an answer."""

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import Message

from handlers.patient.forms import ask
from handlers.patient.standing import reception, runs_a_branch
from handlers.show import say
from handlers.spoken import PASSED, said_in
from handlers.visitor import Visitor
from loyalty.people import Account
from loyalty.registration import Question, next_question
from loyalty.tasks import talking
from screens import promises


async def goes_to_the_desk(
    message: Message, visitor: Visitor, account: Account | None = None
) -> bool:
    """A filter: somebody there reads it. Not what comes without consent, nor an unknown command;
    who decides somewhere is no patient in this.
    """
    if account is None or not await PASSED(message):
        return False
    decides = visitor.is_owner or await runs_a_branch(visitor)
    return not decides and await visitor.clinic.ask(talking.passes, account)


async def written(message: Message, visitor: Visitor, account: Account, state: FSMContext) -> None:
    """A question that waits for words is asked again."""
    await hand_over(message, visitor, state)
    if next_question(account) in {Question.NAME, Question.BIRTHDAY}:
        await ask(message, await reception(visitor, account), state)


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


def routes() -> Router:
    router = Router(name="freely")
    router.message.register(written, goes_to_the_desk)
    return router
