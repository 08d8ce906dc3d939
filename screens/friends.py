"""What a patient sees of their recommendations: how many, and what came on the 1st. Never who."""

from datetime import date

from aiogram.types import InlineKeyboardButton

from loyalty.gathering import STEP
from loyalty.reward_posting import MyFriends, PostedFacts
from screens.callbacks import GoPress, Place
from screens.callbacks.friends import MyFriendsPress
from screens.callbacks.recommending import OpenCardPress
from screens.debts import owed
from screens.formats import day_of_year, whole
from screens.screen import Screen, button, under
from screens.texts import Html, Texts


def my_friends_button(texts: Texts) -> InlineKeyboardButton:
    """Opens the page in the same message."""
    return button(texts.plain("friends-button"), MyFriendsPress())


def my_friends(texts: Texts, mine: MyFriends) -> Screen:
    first = day_of_year(mine.first, texts)
    lines = [texts("friends", first=first, friends=mine.friends)]
    if mine.points:
        lines.append(_came(texts, mine.points, mine.ends_on))
    elif mine.friends:
        lines.append(texts("friends-nothing"))
    how = texts("friends-how", step=STEP)
    share = button(texts.plain("friends-share"), OpenCardPress())
    back = button(texts.plain("balance-back"), GoPress(to=Place.BALANCE))
    return Screen("\n".join([*lines, "", how]), under([share], [back]))


def _came(texts: Texts, points: int, ends_on: date | None) -> str:
    return texts(
        "friends-came",
        points=points,
        shown=whole(points, texts),
        ends=_ends(ends_on),
        day=ends_on or "",
    )


def posted(texts: Texts, facts: PostedFacts) -> Screen:
    """The letter of the 1st: the sum alone."""
    lines = [
        texts(
            "letter-reward",
            first=day_of_year(facts.first, texts),
            points=facts.points,
            shown=whole(facts.points, texts),
            ends=_ends(facts.ends_on),
            day=facts.ends_on or "",
        )
    ]
    if facts.settled:
        shown = whole(facts.settled, texts)
        lines.append(texts("letter-reward-settled", points=facts.settled, shown=shown))
    if facts.balance is not None:
        shown = whole(facts.balance, texts)
        lines.append(texts("letter-balance", points=facts.balance, shown=shown))
    lines += owed(texts, facts.debt or 0)
    lines.append(texts("letter-reward-thanks"))
    return Screen("\n".join(lines), under([my_friends_button(texts)]))


def _ends(ends_on: date | None) -> Html:
    return Html("none" if ends_on is None else "day")
