"""An owner takes posters and links for the places that bring people into the bot."""

import asyncio
from collections.abc import Mapping

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from handlers.owner.start import by_owner
from handlers.patient.forms import leave_form
from handlers.show import below, say, turn
from handlers.visitor import Visitor
from loyalty import sources, styling
from loyalty.branches import Branch
from loyalty.desk.programmes import in_force
from loyalty.sources import Source
from screens import kit
from screens.callbacks.kit import KitPress
from screens.posters import Look
from screens.screen import Screen
from screens.texts import LANGUAGES, Texts, texts_in


async def places(message: Message, visitor: Visitor) -> None:
    await say(message, await _places(visitor))


async def places_inside(press: CallbackQuery, visitor: Visitor) -> None:
    await turn(press, await _places(visitor))


async def _places(visitor: Visitor) -> Screen:
    came = await visitor.clinic.ask(sources.came)
    return kit.places(visitor.texts, came, await _branches(visitor))


async def place(
    press: CallbackQuery, callback_data: KitPress, visitor: Visitor, staff_texts: Texts
) -> None:
    branches = await _branches(visitor)
    source = _source(callback_data, branches)
    several = [one for one in branches.values() if one.chat is not None]
    if len(several) > 1 and source.branch is None and source.place in kit.OF_A_BRANCH:
        await turn(press, kit.branches_of(visitor.texts, source.place, several))
        return
    sheet_texts = _sheet_texts(callback_data, staff_texts)
    name, came = await _username(visitor), await visitor.clinic.ask(sources.came)
    await turn(
        press,
        kit.place(visitor.texts, source, branches, name, sheet_texts, came.get(source)),
    )


async def file(
    press: CallbackQuery, callback_data: KitPress, visitor: Visitor, staff_texts: Texts
) -> None:
    assert callback_data.paper  # noqa: S101 (the filter's promise, told to the types)
    await press.answer(visitor.texts.plain("kit-making"))
    branches = await _branches(visitor)
    source, name = _source(callback_data, branches), await _username(visitor)
    programme, look = await visitor.clinic.ask(in_force), await _look(visitor)
    made = await asyncio.to_thread(
        kit.drawn,
        _sheet_texts(callback_data, staff_texts),
        source,
        name,
        callback_data.paper,
        visitor.signboard,
        programme,
        look,
    )
    await below(press, kit.file(visitor.texts, source, branches, name, callback_data.paper, made))


async def _look(visitor: Visitor) -> Look:
    style = await visitor.clinic.ask(styling.style)
    return Look(style.colour, await visitor.clinic.ask(styling.logo) if style.logo else None)


async def _branches(visitor: Visitor) -> Mapping[int, Branch]:
    return {one.id: one for one in await visitor.clinic.ask(lambda tx: tx.branches.branches())}


def _source(pressed: KitPress, branches: Mapping[int, Branch]) -> Source:
    """A branch that the clinic hasn't got is left out: its link would count for none."""
    assert pressed.place  # noqa: S101 (the filter's promise, told to the types)
    return Source(pressed.place, pressed.branch if pressed.branch in branches else None)


def _sheet_texts(pressed: KitPress, staff_texts: Texts) -> Texts:
    """Patients read it: in the clinic's language, unless another was chosen."""
    return texts_in(pressed.language) if pressed.language in LANGUAGES else staff_texts


async def _username(visitor: Visitor) -> str:
    return (await visitor.bot.me()).username or ""


def routes() -> Router:
    router = Router(name="owner-kit")
    router.message.middleware(leave_form)
    router.message.filter(by_owner)
    router.callback_query.filter(by_owner)
    router.message.register(places, Command("kit"))
    router.callback_query.register(file, KitPress.filter(F.place & F.paper))
    router.callback_query.register(place, KitPress.filter(F.place))
    router.callback_query.register(places_inside, KitPress.filter())
    return router
