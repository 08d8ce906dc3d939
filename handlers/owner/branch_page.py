"""What patients read of a branch: changed in private, inside one message, by who decides there."""

from aiogram import F, Router
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from handlers.filters import When
from handlers.owner.start import by_owner
from handlers.owner.team import check_still_decides, decider
from handlers.patient.forms import remember_question
from handlers.show import turn
from handlers.staff.posting import answer_in_place
from handlers.visitor import Visitor
from loyalty.branches import Branch
from loyalty.desk import access, branch_page
from loyalty.desk.branch_page import Field
from screens import branch_page as screens
from screens.callbacks.branch_page import (
    ClearPress,
    DropReviewPress,
    PageDaysPress,
    PagePress,
    PagesPress,
)
from screens.callbacks.team import mark
from screens.screen import Screen


class PageForm(StatesGroup):
    value = State()


# --- looking ---------------------------------------------------------------------------------


async def pages(press: CallbackQuery, visitor: Visitor, state: FSMContext) -> None:
    await state.clear()
    branches = await visitor.clinic.ask(access.run_by, decider(visitor))
    await turn(press, screens.pages(visitor.texts, branches))


async def page(
    press: CallbackQuery, callback_data: PagePress, visitor: Visitor, state: FSMContext
) -> None:
    await state.clear()
    await turn(press, _page(visitor, await _branch(visitor, callback_data.branch)))


async def _branch(visitor: Visitor, branch: int) -> Branch:
    """Raises ManagerOnlyError."""
    return await visitor.clinic.ask(access.run_branch, decider(visitor), branch)


def _page(visitor: Visitor, branch: Branch) -> Screen:
    return screens.page(visitor.texts, branch, for_owner=visitor.is_owner)


# --- typing ----------------------------------------------------------------------------------


async def question(
    press: CallbackQuery, callback_data: PagePress, visitor: Visitor, state: FSMContext
) -> None:
    assert callback_data.field  # noqa: S101 (the filter's promise, told to the types)
    branch = await _branch(visitor, callback_data.branch)
    await _ask(press, visitor, state, branch, callback_data.field)


async def _ask(
    press: CallbackQuery, visitor: Visitor, state: FSMContext, branch: Branch, field: Field
) -> None:
    await state.set_state(PageForm.value)
    await state.set_data({"branch": branch.id, "field": field})
    await remember_question(state, press.message)
    await turn(press, screens.write(visitor.texts, branch, field))


async def written(message: Message, visitor: Visitor, state: FSMContext) -> None:
    """Refused words stay in the chat, and the form stays open: they are sent again, mended."""
    asked = await state.get_data()
    branch, field = asked["branch"], Field(asked["field"])
    await check_still_decides(visitor, branch)
    words = message.text or ""
    changed = await visitor.clinic.change(branch_page.write, decider(visitor), branch, field, words)
    await answer_in_place(message, state, _page(visitor, changed))


# --- pressing --------------------------------------------------------------------------------


async def clear(
    press: CallbackQuery, callback_data: ClearPress, visitor: Visitor, state: FSMContext
) -> None:
    branch, field = callback_data.branch, callback_data.field
    await check_still_decides(visitor, branch)
    changed = await visitor.clinic.change(branch_page.clear, decider(visitor), branch, field)
    await state.clear()
    await turn(press, _page(visitor, changed))


async def drop_review(
    press: CallbackQuery, callback_data: DropReviewPress, visitor: Visitor, state: FSMContext
) -> None:
    """The links that are left stand there, and the next words are new ones, as before."""
    number = callback_data.branch
    await check_still_decides(visitor, number)
    there = await _branch(visitor, number)
    links = [link for link in there.reviews if mark(link) == callback_data.link]
    branch = await visitor.clinic.change(branch_page.drop_reviews, decider(visitor), number, links)
    await _ask(press, visitor, state, branch, Field.REVIEWS)


async def days(
    press: CallbackQuery, callback_data: PageDaysPress, visitor: Visitor, state: FSMContext
) -> None:
    await state.clear()
    branch = await _branch(visitor, callback_data.branch)
    await turn(press, screens.days(visitor.texts, branch))


async def day_turned(press: CallbackQuery, callback_data: PageDaysPress, visitor: Visitor) -> None:
    branch, day, off = callback_data.branch, callback_data.day, callback_data.off
    assert day is not None  # noqa: S101 (the filter's promise, told to the types)
    await check_still_decides(visitor, branch)
    changed = await visitor.clinic.change(
        branch_page.set_day_off, decider(visitor), branch, day, off
    )
    await turn(press, screens.days(visitor.texts, changed))


def routes() -> Router:
    router = Router(name="owner-branch-page")
    text, press = router.message, router.callback_query
    text.register(written, PageForm.value, When(F.text & ~F.text.startswith("/")))
    press.register(pages, PagesPress.filter(), by_owner)
    press.register(page, PagePress.filter(F.field.is_(None)))
    press.register(question, PagePress.filter())
    press.register(clear, ClearPress.filter())
    press.register(drop_review, DropReviewPress.filter())
    press.register(days, PageDaysPress.filter(F.day.is_(None)))
    press.register(day_turned, PageDaysPress.filter())
    return router
