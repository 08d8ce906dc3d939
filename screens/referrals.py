"""«Рекомендации», as an owner or a manager sees them: here everybody has a name."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from aiogram.types import InlineKeyboardButton

from loyalty.bonds import Bond
from loyalty.people import Patient
from loyalty.referrals import Best, Page, Strange, Sums
from screens.callbacks.friends import ReferralsPress, Shown
from screens.callbacks.team import AsOwnerPress
from screens.formats import whole
from screens.naming import masked, shown_name
from screens.screen import Screen, button, under
from screens.texts import Html, Texts

_NO_BREAK = "\N{NO-BREAK SPACE}"


def referrals_button(texts: Texts) -> InlineKeyboardButton:
    return button(texts.plain("referrals-button"), ReferralsPress(show=Shown.SUMS))


def sums(texts: Texts, found: Sums, *, is_owner: bool) -> Screen:
    lines = [
        texts(
            "referrals",
            friends=found.friends,
            paying=found.paying,
            points=found.points,
            shown=whole(found.points, texts),
        )
    ]
    if found.posted is None:
        lines += ["", texts("referrals-branch")]
    else:
        lines.append(texts("referrals-posted", shown=whole(found.posted, texts)))
    menu = texts.plain("owner-back") if is_owner else texts.plain("manager-back")
    pages = (
        (texts.plain("referrals-bonds-button"), Shown.BONDS),
        (texts.plain("referrals-best-button"), Shown.BEST),
        (texts.plain("referrals-strange-button"), Shown.STRANGE),
    )
    rows = [[button(label, ReferralsPress(show=show))] for label, show in pages]
    return Screen("\n".join(lines), under(*rows, [button(menu, AsOwnerPress())]))


def bonds(texts: Texts, page: Page[Bond], zone: ZoneInfo) -> Screen:
    lines = [
        texts(
            "referrals-bond",
            day=one.at.astimezone(zone).date(),
            by=_person(texts, one.referrer),
            whom=_person(texts, one.friend),
            paid=Html("yes" if one.paid else "no"),
            points=one.points,
            shown=whole(one.points, texts),
        )
        for one in page.lines
    ]
    return _paged(texts, texts("referrals-bonds"), lines, page.number, page.more, Shown.BONDS)


def best(texts: Texts, page: Page[Best]) -> Screen:
    lines = [
        texts(
            "referrals-best-line",
            by=_person(texts, one.referrer),
            friends=one.friends,
            paying=one.paying,
            points=one.points,
            shown=whole(one.points, texts),
        )
        for one in page.lines
    ]
    return _paged(texts, texts("referrals-best"), lines, page.number, page.more, Shown.BEST)


def strange(texts: Texts, page: Page[Strange]) -> Screen:
    lines = [
        texts(
            "referrals-strange-line",
            by=_person(texts, one.referrer),
            why=Html(one.why),
            friends=one.friends,
            day=one.day or "",
        )
        for one in page.lines
    ]
    title = texts("referrals-strange")
    lines = lines or [texts("referrals-clean")]
    return _paged(texts, title, lines, page.number, page.more, Shown.STRANGE)


def _person(texts: Texts, patient: Patient) -> str:
    """The phone stays on the line of its name."""
    return _NO_BREAK.join(filter(None, [shown_name(patient, texts), masked(patient.phone)]))


def _paged(
    texts: Texts, title: str, lines: Sequence[str], number: int, more: bool, show: Shown
) -> Screen:
    text = "\n\n".join([title, *(lines or [texts("referrals-none")])])
    before, after = _turning(texts, show)
    turns = [button(before, ReferralsPress(show=show, page=number - 1))] if number else []
    turns += [button(after, ReferralsPress(show=show, page=number + 1))] if more else []
    back = button(texts.plain("referrals-back"), ReferralsPress(show=Shown.SUMS))
    return Screen(text, under(turns, [back]))


def _turning(texts: Texts, show: Shown) -> tuple[str, str]:
    """The bonds go back in time, the other pages down a list."""
    if show is Shown.BONDS:
        return texts.plain("history-newer"), texts.plain("history-older")
    return texts.plain("referrals-before"), texts.plain("referrals-after")
