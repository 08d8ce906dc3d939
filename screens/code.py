"""«Мой код»: the picture to show at the desk and the words beneath it."""

from functools import lru_cache
from zoneinfo import ZoneInfo

from aiogram.types import BufferedInputFile

from loyalty.desk.codes import CodeShown
from loyalty.people import SpendingOff
from screens import pictures
from screens.callbacks.desk_patient import CodePress
from screens.debts import owed
from screens.formats import day_of_year
from screens.screen import Screen, button, under
from screens.texts import Html, Texts

FILE = "code.png"


def drawn(shown: CodeShown, username: str) -> bytes:
    """The picture of a live code, as slow as drawing is."""
    link = f"https://t.me/{username}?start=p_{shown.code.token}"
    return pictures.code(shown.code.digits, link)


def live(texts: Texts, shown: CodeShown, zone: ZoneInfo, picture: bytes) -> Screen:
    at = shown.code.ends_at.astimezone(zone).time()
    lasts = texts("code-refreshes", at=at) if shown.refreshes else texts("code-lasts", at=at)
    code = texts("code", digits=Html(shown.code.digits))
    renew = button(texts.plain("code-renew"), CodePress())
    return Screen(
        f"{code} {lasts}\n\n{' '.join([_points(texts, shown), *owed(texts, shown.debt)])}",
        under([renew]),
        photo=BufferedInputFile(picture, FILE),
    )


def _points(texts: Texts, shown: CodeShown) -> str:
    match shown.spending_off:
        case SpendingOff.MOVED | SpendingOff.FROZEN_MOVED:
            return texts("code-moved", points=shown.points)
        case SpendingOff.FROZEN:
            return texts("code-frozen", points=shown.points)
    if shown.points == 0:
        return texts("code-no-points", debt=shown.debt)
    if shown.opens_on:
        day = day_of_year(shown.opens_on, texts)
        return texts("code-points-later", points=shown.points, day=day)
    return texts("code-points", points=shown.points)


def ended(texts: Texts) -> Screen:
    """After an hour nobody looks: a tap brings the next code."""
    again = button(texts.plain("code-again"), CodePress())
    return Screen(texts("code-ended"), under([again]), photo=BufferedInputFile(_no_code(), FILE))


@lru_cache(maxsize=1)
def _no_code() -> bytes:
    return pictures.no_code()


def for_staff(texts: Texts) -> Screen:
    """Somebody has read the QR with a phone that isn't the desk's."""
    return Screen(texts("code-for-staff"))
