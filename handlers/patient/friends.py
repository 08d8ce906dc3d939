"""«Мои рекомендации»: opened from the card, the letter of the 1st, wherever its button is."""

from aiogram import Router
from aiogram.types import CallbackQuery

from handlers.patient.registered import registered
from handlers.show import turn
from handlers.visitor import Visitor
from loyalty import reward_posting
from loyalty.people import Account
from screens import friends
from screens.callbacks.friends import MyFriendsPress


async def my_friends(press: CallbackQuery, visitor: Visitor, account: Account) -> None:
    mine = await visitor.clinic.ask(reward_posting.my_friends, account)
    await turn(press, friends.my_friends(visitor.texts, mine))


def routes() -> Router:
    router = Router(name="friends")
    router.callback_query.register(my_friends, MyFriendsPress.filter(), registered)
    return router
