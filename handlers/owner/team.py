"""The people of a branch: who decides about them does it in private, inside one message."""

from collections.abc import Mapping, Sequence

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from handlers import commands
from handlers.filters import When
from handlers.patient.forms import remember_question
from handlers.show import say, turn
from handlers.staff.desk import NotHereError, is_here
from handlers.staff.posting import answer_in_place
from handlers.visitor import Visitor
from loyalty.branches import Branch
from loyalty.desk import access
from loyalty.desk.access import Decider, Decision, Page
from loyalty.statement import who
from screens import team
from screens.callbacks.team import TeamAct, TeamPress
from screens.screen import Screen
from screens.texts import Texts, texts_in

DECISIONS: Mapping[TeamAct | None, Decision] = {
    TeamAct.LET_IN: access.let_in,
    TeamAct.REMOVE: access.remove,
    TeamAct.MAKE_MANAGER: access.make_manager,
    TeamAct.DISMISS_MANAGER: access.dismiss_manager,
    TeamAct.SHARE: access.share,
    TeamAct.STOP_SHARING: access.stop_sharing,
}


class TeamForm(StatesGroup):
    name = State()


def decider(visitor: Visitor) -> Decider:
    return Decider(visitor.user.id, visitor.is_owner)


async def decides_somewhere(_message: Message, visitor: Visitor) -> bool:
    return visitor.is_owner or bool(await visitor.clinic.ask(access.run_by, decider(visitor)))


# --- looking ---------------------------------------------------------------------------------


async def staff(message: Message, visitor: Visitor, state: FSMContext) -> None:
    await state.clear()
    await say(message, await _branches(visitor))


async def branches(press: CallbackQuery, visitor: Visitor, state: FSMContext) -> None:
    await state.clear()
    await turn(press, await _branches(visitor))


async def _branches(visitor: Visitor) -> Screen:
    """Who decides at one branch only needs no list of them."""
    there = await visitor.clinic.ask(access.run_by, decider(visitor))
    if len(there) == 1:
        return await _people(visitor, there, there[0].id)
    return team.branches(visitor.texts, there)


async def people(
    press: CallbackQuery, callback_data: TeamPress, visitor: Visitor, state: FSMContext
) -> None:
    await state.clear()
    there = await visitor.clinic.ask(access.run_by, decider(visitor))
    await turn(press, await _people(visitor, there, callback_data.branch or 0))


async def _people(visitor: Visitor, there: Sequence[Branch], branch: int) -> Screen:
    here, members = await visitor.clinic.ask(access.people, decider(visitor), branch)
    several = len(there) > 1
    return team.people(visitor.texts, here, members, several=several, for_owner=visitor.is_owner)


async def person(
    press: CallbackQuery, callback_data: TeamPress, visitor: Visitor, state: FSMContext
) -> None:
    await state.clear()
    page = await visitor.clinic.ask(access.person, decider(visitor), *_whom(callback_data))
    await turn(press, _person(visitor, page))


def _person(visitor: Visitor, page: Page) -> Screen:
    return team.person(visitor.texts, page, for_owner=visitor.is_owner)


def _whom(press: TeamPress) -> tuple[int, int]:
    """Nobody has the number 0."""
    return press.branch or 0, press.member or 0


# --- deciding --------------------------------------------------------------------------------


async def decide(
    press: CallbackQuery,
    callback_data: TeamPress,
    visitor: Visitor,
    owners: frozenset[int],
    staff_texts: Texts,
) -> None:
    branch, member = _whom(callback_data)
    await check_still_decides(visitor, branch)
    decision = DECISIONS[callback_data.act]
    page = await visitor.clinic.change(decision, decider(visitor), branch, member)
    await turn(press, _person(visitor, page))
    whose = Decider(page.member.telegram, page.member.telegram in owners)
    account = await visitor.clinic.ask(who, whose.telegram)
    chosen = account and account.language
    texts = texts_in(chosen) if chosen else staff_texts
    await commands.publish_by_role(visitor, whose, texts)


async def check_still_decides(visitor: Visitor, branch: int) -> None:
    """A manager who has left the staff chat decides nothing.

    Raises NotHereError, DisconnectedError, UnsureError.
    """
    there = await visitor.clinic.ask(access.run_branch, decider(visitor), branch)
    if not visitor.is_owner and not await is_here(visitor, there, visitor.user):
        await visitor.clinic.change(access.left, branch, visitor.user.id)
        raise NotHereError


async def rename(
    press: CallbackQuery, callback_data: TeamPress, visitor: Visitor, state: FSMContext
) -> None:
    branch, member = _whom(callback_data)
    page = await visitor.clinic.ask(access.person, decider(visitor), branch, member)
    await state.set_state(TeamForm.name)
    await state.set_data({"branch": branch, "member": member})
    await remember_question(state, press.message)
    await turn(press, team.write_name(visitor.texts, page))


async def name_written(message: Message, visitor: Visitor, state: FSMContext) -> None:
    asked = await state.get_data()
    branch, member = asked["branch"], asked["member"]
    await check_still_decides(visitor, branch)
    page = await visitor.clinic.change(
        access.rename, decider(visitor), branch, member, message.text or ""
    )
    await answer_in_place(message, state, _person(visitor, page))


def routes() -> Router:
    router = Router(name="owner-team")
    text, press = router.message, router.callback_query
    words = When(F.text & ~F.text.startswith("/"))
    text.register(staff, Command("staff"), decides_somewhere)
    text.register(name_written, TeamForm.name, words)
    press.register(branches, TeamPress.filter(F.branch.is_(None)), decides_somewhere)
    press.register(people, TeamPress.filter(F.member.is_(None)))
    press.register(person, TeamPress.filter(F.act.is_(None)))
    press.register(rename, TeamPress.filter(F.act == TeamAct.RENAME))
    press.register(decide, TeamPress.filter())
    return router
