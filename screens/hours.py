"""When a branch is open, in words and as switches."""

from collections.abc import Callable, Sequence
from typing import Literal

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton
from babel.dates import get_day_names
from babel.lists import format_list

from loyalty.branches import Branch
from screens.screen import button, in_pairs
from screens.texts import Html, Texts

WEEK = range(7)


def hours(texts: Texts, branch: Branch) -> str:
    """`Открыто 09:00–20:00, выходной: воскресенье`."""
    if not branch.days_off:
        return texts("hours-every-day", opens=branch.opens, closes=branch.closes)
    days = _names(texts, branch, "wide")
    return texts(
        "hours-with-days-off",
        opens=branch.opens,
        closes=branch.closes,
        days=Html(format_list(days, locale=texts.language)),
        count=len(days),
    )


def days_in_short(texts: Texts, branch: Branch) -> str:
    """`сб, вс`."""
    if not branch.days_off:
        return texts.plain("branch-no-days-off")
    return ", ".join(_names(texts, branch, "abbreviated"))


def day_switches(
    texts: Texts, branch: Branch, press: Callable[[int, bool], CallbackData]
) -> list[Sequence[InlineKeyboardButton]]:
    """Seven of them; `press` is given the day, and whether it becomes a day off."""
    names = _day_names(texts, "abbreviated")
    keys = [
        button(_label(texts, names[day], off), press(day, not off))
        for day in WEEK
        for off in [day in branch.days_off]
    ]
    return in_pairs(keys)


def _label(texts: Texts, name: str, off: bool) -> str:
    return texts.plain("branch-day-off" if off else "branch-day-on", day=name)


def _names(texts: Texts, branch: Branch, width: Literal["wide", "abbreviated"]) -> list[str]:
    names = _day_names(texts, width)
    return [names[day] for day in sorted(branch.days_off)]


def _day_names(texts: Texts, width: Literal["wide", "abbreviated"]) -> Sequence[str]:
    names = get_day_names(width, context="stand-alone", locale=texts.language)
    return [names[day] for day in WEEK]
