"""The patient's word about spending: a request on their phone, and «Это не я»."""

from datetime import datetime
from zoneinfo import ZoneInfo

from aiogram.types import InlineKeyboardButton

from loyalty.desk.consent import Answered, SpendFacts
from loyalty.desk.freezing import FreezeFacts
from loyalty.phones import readable
from loyalty.signboard import Signboard
from screens.callbacks import GoPress, Place
from screens.callbacks.desk_patient import (
    FreezePress,
    FreezeStep,
    SpendAnswer,
    SpendPress,
    UnfreezePress,
)
from screens.formats import day_of_year, money
from screens.naming import shown_name
from screens.screen import Screen, button, under
from screens.texts import Texts


def request(texts: Texts, facts: SpendFacts, signboard: Signboard) -> Screen:
    """May these points be spent? (texts: Request to spend)."""
    until = facts.until.astimezone(facts.branch.where).time()
    lines = [
        _question(texts, facts, signboard),
        *([texts("spend-whose", name=facts.name)] if facts.name else []),
        texts("spend-left", cash=money(facts.cash, texts)),
        texts("spend-until", until=until),
    ]
    yes = button(texts.plain("spend-yes"), _press(facts.draft, facts.points, SpendAnswer.YES))
    no = button(texts.plain("spend-no"), _press(facts.draft, facts.points, SpendAnswer.NO))
    return Screen("\n".join(lines), under([yes, no], [_not_me(texts, facts.draft, facts.points)]))


def _question(texts: Texts, facts: SpendFacts, signboard: Signboard) -> str:
    if facts.past_day is None:
        return texts("spend-request", clinic=signboard.name, points=facts.points)
    day = day_of_year(facts.past_day, texts)
    return texts("spend-request-past", clinic=signboard.name, points=facts.points, day=day)


def _press(draft: int, points: int, answer: SpendAnswer) -> SpendPress:
    return SpendPress(draft=draft, points=points, answer=answer)


def _not_me(texts: Texts, draft: int, points: int) -> InlineKeyboardButton:
    return button(texts.plain("spend-not-me"), _press(draft, points, SpendAnswer.NOT_ME))


def answered(texts: Texts, said: Answered) -> Screen:
    cash = money(said.cash, texts)
    if said.agreed:
        return Screen(texts("spend-agreed", points=said.points, cash=cash))
    return Screen(texts("spend-declined", cash=cash))


def over(texts: Texts, draft: int, points: int) -> Screen:
    """Too late to answer; whoever never asked for it can still say so."""
    return Screen(texts("spend-over"), under([_not_me(texts, draft, points)]))


# --- «Это не я» ------------------------------------------------------------------------------


def freeze(texts: Texts, draft: int | None = None, points: int | None = None) -> Screen:
    """Asked once more; the way back leads where the person came from."""
    surely = FreezePress(step=FreezeStep.SURELY, draft=draft, points=points)
    back: SpendPress | GoPress = GoPress(to=Place.BALANCE)
    if draft is not None and points is not None:
        back = _press(draft, points, SpendAnswer.ASK_AGAIN)
    yes = button(texts.plain("freeze-yes"), surely)
    return Screen(texts("freeze-ask"), under([yes], [button(texts.plain("freeze-no"), back)]))


def frozen(texts: Texts, undo_until: datetime | None, zone: ZoneInfo) -> Screen:
    if undo_until is None:
        return Screen(texts("freeze-done"))
    until = texts("freeze-undo-until", until=undo_until.astimezone(zone).time())
    undo = button(texts.plain("freeze-undo"), FreezePress(step=FreezeStep.UNDO))
    return Screen(f"{texts('freeze-done')}\n\n{until}", under([undo]))


def freeze_undone(texts: Texts) -> Screen:
    return Screen(texts("freeze-undone"))


def released(texts: Texts, signboard: Signboard) -> Screen:
    """To the patient: a manager has let the wallet spend again."""
    return Screen(texts("spending-released", clinic=signboard.name))


# --- to owners and managers ------------------------------------------------------------------


def stopped(texts: Texts, facts: FreezeFacts) -> Screen:
    lines = [
        texts("spending-stopped"),
        _who(texts, facts),
        _where(texts, facts),
        texts("spending-stopped-points", points=facts.points),
        texts("spending-stopped-promise"),
    ]
    release = button(texts.plain("spending-release"), UnfreezePress(wallet=facts.wallet))
    return Screen("\n".join(lines), under([release]))


def _who(texts: Texts, facts: FreezeFacts) -> str:
    name = shown_name(facts.patient, texts) if facts.patient else texts.plain("person-unnamed")
    phone = readable(facts.phone) if facts.phone else ""
    return texts("spending-who", name=name, phone=phone)


def _where(texts: Texts, facts: FreezeFacts) -> str:
    draft, branch = facts.draft, facts.branch
    if draft is None or branch is None:
        return texts("spending-stopped-by-menu")
    bill = money(draft.bill, texts)
    return texts("spending-stopped-at", branch=branch.name, staff=draft.author_name, bill=bill)


def back(texts: Texts, facts: FreezeFacts) -> Screen:
    """The patient has undone it within the ten minutes."""
    return Screen(f"{_who(texts, facts)}\n{texts('spending-back')}")


def unfrozen(texts: Texts, facts: FreezeFacts) -> Screen:
    """To who has let the wallet spend again."""
    return Screen(f"{_who(texts, facts)}\n{texts('spending-unfrozen')}")
