"""What staff say to a patient, and how they work with the bot."""

from loyalty.desk.scripts import Script
from screens.formats import percent
from screens.screen import Screen
from screens.texts import Texts


def script(texts: Texts, found: Script) -> Screen:
    """Words to be read aloud."""
    words = _to_a_member(texts, found) if found.in_bot else _to_a_newcomer(texts, found)
    return Screen(texts("script-say") + "\n" + words)


def _to_a_newcomer(texts: Texts, found: Script) -> str:
    name = found.name
    news = texts("script-news-named", name=name) if name else texts("script-news")
    return " ".join([news, _gift(texts, found), texts("script-then")])


def _gift(texts: Texts, found: Script) -> str:
    if not found.points:
        return texts("script-scan")
    if found.usable is None:
        return texts("script-gift-share", points=found.points, cap=percent(found.cap, texts))
    if found.usable < found.points:
        return texts("script-gift-part", points=found.points, usable=found.usable)
    return texts("script-gift-whole", points=found.points)


def _to_a_member(texts: Texts, found: Script) -> str:
    if found.name:
        has = texts("script-has-named", name=found.name, points=found.points)
    else:
        has = texts("script-has", points=found.points)
    return has + " " + _spend(texts, found)


def _spend(texts: Texts, found: Script) -> str:
    if found.usable is None:
        return texts("script-spend-share", cap=percent(found.cap, texts))
    if found.usable:
        return texts("script-spend", usable=found.usable)
    return texts("script-earn")


def help_(texts: Texts) -> Screen:
    """The staff line by examples, the buttons, the corrections."""
    return Screen(texts("staff-help"))


def no_access(texts: Texts) -> Screen:
    return Screen(texts("staff-help-no-access"))
