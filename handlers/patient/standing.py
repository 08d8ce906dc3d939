"""Where a person stands: the question that is open, or home."""

from aiogram.exceptions import TelegramAPIError
from aiogram.types import User

from handlers.visitor import Visitor
from loyalty.arriving import offer
from loyalty.desk.access import Decider, run_by
from loyalty.desk.programmes import in_force
from loyalty.errors import NotANameError
from loyalty.people import Account, Birthday, clean_name, without_ornaments
from loyalty.registration import Question, next_question, oneself
from loyalty.statement import statement
from screens import menu, owner, registration
from screens.screen import Screen


async def standing(visitor: Visitor, account: Account | None) -> Screen:
    """The screen on which this person goes on, after a break or a restart."""
    which = next_question(account) if account else Question.CONSENT
    if which is None and account:
        return await home(visitor, account)
    return registration.question(
        visitor.texts, which or Question.CONSENT, await facts(visitor, account, which)
    )


async def greeted(visitor: Visitor, account: Account | None) -> Screen:
    """The greeting, whatever question is open."""
    which = Question.CONSENT
    return registration.question(visitor.texts, which, await facts(visitor, account, which))


async def reception(visitor: Visitor, account: Account | None) -> Screen:
    """As `standing`, but an owner or a manager isn't asked to become a patient."""
    consented = account is not None and account.consented
    if not consented and (visitor.is_owner or await runs_a_branch(visitor)):
        return await decider_screen(visitor, account)
    return await standing(visitor, account)


async def runs_a_branch(visitor: Visitor) -> bool:
    return bool(await visitor.clinic.ask(run_by, Decider(visitor.user.id, visitor.is_owner)))


async def decider_screen(visitor: Visitor, account: Account | None) -> Screen:
    if visitor.is_owner:
        return await owner_screen(visitor, account)
    there = await visitor.clinic.ask(run_by, Decider(visitor.user.id, is_owner=False))
    is_patient = bool(account and account.registered)
    return owner.manager(visitor.texts, visitor.signboard, there, is_patient=is_patient)


async def owner_screen(visitor: Visitor, account: Account | None) -> Screen:
    me = await visitor.bot.me()
    is_patient = bool(account and account.registered)
    return owner.owner(visitor.texts, visitor.signboard, me.username or "", is_patient=is_patient)


def is_returning(account: Account | None) -> bool:
    """Points wait for who withdrew consent, if they had come as far as having any."""
    return bool(account and account.withdrawn_at and account.wallet)


async def home(visitor: Visitor, account: Account) -> Screen:
    points = 0
    if account.wallet:
        points = (await visitor.clinic.ask(statement, account.wallet)).points
    return menu.home(visitor.texts, account.name, points)


async def facts(
    visitor: Visitor, account: Account | None, which: Question | None
) -> registration.Facts:
    """Reads the programme, and of the person only what this question shows."""
    name = birthday = in_profile = promised = None
    if which is Question.CONSENT:
        promised = await visitor.clinic.ask(offer, account)
    if account and which is Question.NAME:
        name = await suggested_name(visitor, account)
    if account and which is Question.BIRTHDAY:
        name, birthday = account.name, await _birthday(visitor, account)
        in_profile = None if birthday else await _birthday_in_profile(visitor)
    return registration.Facts(
        visitor.signboard,
        await visitor.clinic.ask(in_force),
        returning=is_returning(account),
        name=name,
        birthday=birthday,
        birthday_in_profile=in_profile,
        offer=promised,
    )


async def suggested_name(visitor: Visitor, account: Account) -> str | None:
    """As the person named themselves, as the desk knows them, or as Telegram does."""
    if account.name:
        return account.name
    me = await visitor.clinic.ask(oneself, account)
    return (me and me.name) or _name_in_telegram(visitor.user)


def _name_in_telegram(user: User) -> str | None:
    try:
        return clean_name(without_ornaments(user.first_name))
    except NotANameError:
        return None


async def _birthday(visitor: Visitor, account: Account) -> Birthday | None:
    me = await visitor.clinic.ask(oneself, account)
    return me.birthday if me else None


async def _birthday_in_profile(visitor: Visitor) -> Birthday | None:
    """A convenience: a profile that can't be read now must not hold up the question."""
    try:
        shown = (await visitor.bot.get_chat(visitor.user.id)).birthdate
    except TelegramAPIError:
        return None
    return Birthday(shown.day, shown.month, shown.year) if shown else None
