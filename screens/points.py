"""The balance, the history, and how it all works."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import groupby
from zoneinfo import ZoneInfo

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from loyalty.people import UNCONFIRMED
from loyalty.points import HistoryLine
from loyalty.programme import Programme, Tier
from loyalty.statement import HistoryPage, Statement
from screens.callbacks import GoPress, HistoryPress, Place
from screens.callbacks.desk_patient import FreezePress, FreezeStep, VisitsPress
from screens.debts import of_operation, owed
from screens.formats import bar, day_of_year, money, percent, rate, signed
from screens.screen import Screen, button, under
from screens.texts import LANGUAGES, Html, Texts


def balance(texts: Texts, statement: Statement) -> Screen:
    points = texts(
        "balance",
        points=statement.points,
        cap=percent(statement.programme.cap, texts),
        tier=Html(statement.tier.name),
        rate=percent(statement.tier.rate, texts),
    )
    parts = [points, _way_up(texts, statement), _endings(texts, statement)]
    parts += owed(texts, statement.debt)
    if statement.spending_off:
        moved = statement.spending_off in UNCONFIRMED
        parts.append(texts("balance-spending-off" if moved else "balance-frozen"))
    can_stop = statement.spending_off is None and statement.points > 0
    return Screen("\n\n".join(parts), _from_balance(texts, can_stop))


@lru_cache(maxsize=2 * len(LANGUAGES))
def _from_balance(texts: Texts, can_stop: bool) -> InlineKeyboardMarkup:
    history_ = button(texts.plain("balance-history"), HistoryPress(page=0))
    visits = button(texts.plain("balance-visits"), VisitsPress(page=0))
    how = button(texts.plain("balance-help"), GoPress(to=Place.HELP, origin=Place.BALANCE))
    stop = button(texts.plain("freeze-open"), FreezePress(step=FreezeStep.ASK))
    return under([history_, visits], [how], [stop] if can_stop else [])


def _way_up(texts: Texts, statement: Statement) -> str:
    here, above = statement.tier, statement.next_tier
    if above is None:
        return texts("balance-top")
    return texts(
        "balance-next",
        bar=bar(statement.cash_paid - here.threshold, above.threshold - here.threshold),
        tier=Html(above.name),
        left=money(above.threshold - statement.cash_paid, texts),
        rate=percent(above.rate, texts),
    )


def _endings(texts: Texts, statement: Statement) -> str:
    endings = statement.endings
    if not endings:
        return texts("balance-empty", debt=statement.debt)
    if len(endings) == 1:
        return texts("balance-ends-all", day=endings[0].last_day)
    nearest = [
        texts("balance-ends", points=ending.points, day=ending.last_day) for ending in endings
    ]
    told = sum(ending.points for ending in endings)
    later = [texts("balance-ends-later")] if told < statement.points else []
    return "\n".join([texts("balance-ends-title"), *nearest, *later])


def history(texts: Texts, page: HistoryPage, zone: ZoneInfo) -> Screen:
    """One page, newest first; a year is named once above its days."""
    lines = list(_by_year(texts, page.lines, zone)) or [texts("history-empty")]
    newer = [_turn(texts.plain("history-newer"), page.page - 1)] if page.page else []
    older = [_turn(texts.plain("history-older"), page.page + 1)] if page.more else []
    back = button(texts.plain("balance-back"), GoPress(to=Place.BALANCE))
    text = "\n".join([texts("history-title"), *lines])
    return Screen(text, under([*newer, *older], [back]))


def _by_year(texts: Texts, lines: Sequence[HistoryLine], zone: ZoneInfo) -> Iterator[str]:
    for year, of_year in groupby(lines, lambda line: line.at.astimezone(zone).year):
        yield f"\n{year}"
        yield from (_history_line(texts, line, zone) for line in of_year)


def _history_line(texts: Texts, line: HistoryLine, zone: ZoneInfo) -> str:
    said = texts(
        "history-line",
        day=day_of_year(line.at.astimezone(zone).date(), texts),
        kind=Html(line.kind),
        points=_moved(texts, line),
    )
    return " · ".join([said, *of_operation(texts, line.debt)])


def _moved(texts: Texts, line: HistoryLine) -> Html:
    """`−1 000, +570`: what was spent and what was earned at one visit stand side by side."""
    moved = [-line.spent] * bool(line.spent) + [line.earned] * bool(line.earned)
    return Html(", ".join(signed(points, texts) for points in moved or [0]))


def _turn(label: str, page: int) -> InlineKeyboardButton:
    return button(label, HistoryPress(page=page))


def how_it_works(texts: Texts, programme: Programme, origin: Place | None = None) -> Screen:
    """The rules in one paragraph, from the programme's own numbers."""
    rates = [tier.rate for tier in programme.tiers]
    rules = texts(
        "help",
        rates=_between(texts, min(rates), max(rates)),
        cap=percent(programme.cap, texts),
        days=programme.cashback_days,
        months=programme.hygiene_months,
    )
    tiers = "\n".join(_tier(texts, tier) for tier in programme.tiers)
    return Screen(f"{rules}\n\n{tiers}", _back(texts, origin))


def _between(texts: Texts, lowest: int, highest: int) -> Html:
    """`5–15 %`, or `5 %` where all tiers earn the same."""
    most = percent(highest, texts)
    return most if lowest == highest else Html(f"{rate(lowest, texts)}–{most}")


def _tier(texts: Texts, tier: Tier) -> str:
    name, share = Html(tier.name), percent(tier.rate, texts)
    if tier.threshold == 0:
        return texts("help-tier-first", tier=name, rate=share)
    return texts("help-tier", tier=name, rate=share, threshold=money(tier.threshold, texts))


def _back(texts: Texts, origin: Place | None) -> InlineKeyboardMarkup | None:
    match origin:
        case Place.BALANCE:
            return under([button(texts.plain("balance-back"), GoPress(to=Place.BALANCE))])
        case Place.CLINIC:
            return under([button(texts.plain("clinic-back"), GoPress(to=Place.CLINIC))])
    return None
