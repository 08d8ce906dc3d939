"""The programme's numbers as an owner reads and changes them, all in one message."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from zoneinfo import ZoneInfo

from aiogram.types import InlineKeyboardButton

from loyalty.desk.programmes import BILL, Change, Example, Proposal
from loyalty.numbers import NUMBERS, Group, Number, Unit
from loyalty.programme import Programme
from screens.branch_page import open_pages
from screens.callbacks.settings import (
    ChangesPress,
    NumberPress,
    SaveNumberPress,
    ShelfPress,
    TypeNumberPress,
    WantNumberPress,
)
from screens.callbacks.team import AsOwnerPress
from screens.card_style import open_style
from screens.formats import money, percent, whole
from screens.promo_page import open_promo
from screens.screen import Screen, button, short, under
from screens.texts import Html, Texts
from screens.undelivered import open_lost

LONGEST_LABEL = 30


def open_settings(texts: Texts) -> InlineKeyboardButton:
    """The way in, for the owner's own screen."""
    return button(texts.plain("settings-open"), ShelfPress())


def shelves(texts: Texts) -> Screen:
    """All groups of numbers."""
    groups = [
        button(texts.plain(f"number-group-{group}"), ShelfPress(group=group)) for group in Group
    ]
    past = button(texts.plain("settings-changes"), ChangesPress())
    home = button(texts.plain("owner-back"), AsOwnerPress())
    rows = [
        *_pairs(groups),
        [open_pages(texts)],
        [open_style(texts)],
        [open_lost(texts)],
        [open_promo(texts)],
        [past],
        [home],
    ]
    return Screen(texts("settings"), under(*rows))


def shelf(texts: Texts, programme: Programme, group: Group) -> Screen:
    """The numbers of a group with what they are now and what they mean."""
    numbers = [one for one in NUMBERS if one.group is group]
    alike = [list(same) for _, same in groupby(numbers, lambda one: one.text)]
    paragraphs = [_paragraph(texts, programme, same) for same in alike]
    title = texts(f"number-group-{group}")
    text = "\n\n".join([f"<b>{title}</b>", *paragraphs])
    return Screen(text, under(*_keys(texts, numbers), [_to_shelves(texts)]))


def _paragraph(texts: Texts, programme: Programme, same: Sequence[Number]) -> str:
    """A number, or the same number of every category."""
    one = same[0]
    name, about = Html(texts(f"number-{one.text}")), texts(f"number-{one.text}-about")
    if one.category is None:
        value = shown(texts, one, one.read(programme))
        return "\n".join([texts("settings-number", name=name, value=value), about])
    lines = [_of_category(texts, programme, each) for each in same]
    return "\n".join([texts("settings-numbers", name=name), about, *lines])


def _of_category(texts: Texts, programme: Programme, one: Number) -> str:
    value = shown(texts, one, one.read(programme))
    return texts("settings-of-category", category=_category(texts, one), value=value)


def _keys(texts: Texts, numbers: Sequence[Number]) -> Iterator[Sequence[InlineKeyboardButton]]:
    """Names a line each, categories two in a line."""
    of_categories = [_key(texts, one) for one in numbers if one.category]
    yield from ([_key(texts, one)] for one in numbers if not one.category)
    yield from _pairs(of_categories)


def _key(texts: Texts, one: Number) -> InlineKeyboardButton:
    if one.category:
        label = texts.plain("category", category=one.category)
    else:
        label = texts.plain(f"number-{one.text}")
    return button(short(label, LONGEST_LABEL), NumberPress(key=one.key))


def number(texts: Texts, programme: Programme, one: Number) -> Screen:
    """One number: what it is, what it means, how far it can go."""
    value = one.read(programme)
    lines = [
        texts("settings-now", value=shown(texts, one, value)),
        texts(f"number-{one.text}-about"),
        _range(texts, one),
    ]
    text = f"<b>{_title(texts, one)}</b>\n\n" + "\n".join(lines)
    return Screen(text, under(*_changes(texts, one, value), [_to_shelf(texts, one)]))


def _changes(
    texts: Texts, one: Number, value: int | None
) -> Iterator[Sequence[InlineKeyboardButton]]:
    if one.unit is Unit.SWITCH:
        on, off = _switch(texts, one)
        wanted = WantNumberPress(key=one.key, value=0 if value else 1)
        yield [button(off if value else on, wanted)]
        return
    yield [button(texts.plain("settings-type"), TypeNumberPress(key=one.key))]
    if one.optional and value is not None:
        label = texts.plain("settings-uninvited" if _is_recall(one) else "settings-general")
        yield [button(label, WantNumberPress(key=one.key))]


def _switch(texts: Texts, one: Number) -> tuple[str, str]:
    """What turning it on and off is called."""
    if one.category:
        return texts.plain("settings-switch-on"), texts.plain("settings-switch-off")
    return texts.plain("settings-allow"), texts.plain("settings-forbid")


def write(texts: Texts, programme: Programme, one: Number) -> Screen:
    """The next words are the new number."""
    lines = [
        f"<b>{_title(texts, one)}</b>\n",
        texts("settings-write"),
        texts("settings-now", value=shown(texts, one, one.read(programme))),
        _range(texts, one),
    ]
    back = button(texts.plain("settings-cancel"), NumberPress(key=one.key))
    return Screen("\n".join(lines), under([back]))


def confirm(texts: Texts, proposal: Proposal) -> Screen:
    """The change before it counts, with a worked example where money depends on it."""
    one = proposal.number
    parts = [
        f"<b>{_title(texts, one)}</b>",
        texts(
            "settings-confirm",
            before=shown(texts, one, proposal.before),
            after=shown(texts, one, proposal.after),
        ),
        *_example(texts, proposal),
        texts("settings-from-now"),
    ]
    save = SaveNumberPress(key=one.key, value=proposal.after, version=proposal.version)
    rows = [[button(texts.plain("settings-save"), save)]]
    rows.append([button(texts.plain("settings-cancel"), NumberPress(key=one.key))])
    return Screen("\n\n".join(parts), under(*rows))


def _example(texts: Texts, proposal: Proposal) -> Iterator[str]:
    if not proposal.examples:
        return
    before, after = proposal.examples
    bill = money(BILL, texts)
    if proposal.cash_paid:
        title = texts("settings-example-paid", bill=bill, paid=money(proposal.cash_paid, texts))
    else:
        title = texts("settings-example", bill=bill)
    yield "\n".join([title, *_moved(texts, before, after)])


def _moved(texts: Texts, before: Example, after: Example) -> Iterator[str]:
    """Only what the change moves."""

    def arrow(was: int, becomes: int) -> Html:
        return Html(f"{whole(was, texts)} → {whole(becomes, texts)}")

    if before.points != after.points:
        yield texts("settings-example-points", points=arrow(before.points, after.points))
    if before.earned != after.earned:
        yield texts("settings-example-earned", points=arrow(before.earned, after.earned))
    if before.reward != after.reward:
        yield texts("settings-example-reward", points=arrow(before.reward, after.reward))


def changes(texts: Texts, made: Sequence[Change], who: Mapping[int, str], zone: ZoneInfo) -> Screen:
    """The latest changes, newest first; `who` are the owners' names by Telegram's number."""
    lines = [_change(texts, change, who[change.by], zone) for change in made]
    text = "\n\n".join([texts("settings-changes-title"), *(lines or [texts("settings-unchanged")])])
    return Screen(text, under([_to_shelves(texts)]))


def _change(texts: Texts, change: Change, name: str, zone: ZoneInfo) -> str:
    moment = texts("settings-changed", at=change.at.astimezone(zone), name=name)
    lines = [
        texts(
            "settings-difference",
            number=Html(_title(texts, each.number)),
            before=shown(texts, each.number, each.before),
            after=shown(texts, each.number, each.after),
        )
        for each in change.differences
    ]
    return "\n".join([moment, *lines])


def shown(texts: Texts, one: Number, value: int | None) -> Html:
    """The value as people write it, with its unit."""
    if value is None:
        return Html(
            texts("settings-value-uninvited" if _is_recall(one) else "settings-value-general")
        )
    match one.unit:
        case Unit.PERCENT:
            return percent(value, texts)
        case Unit.RUBLES:
            return money(value, texts)
        case Unit.POINTS:
            return Html(texts("settings-value-points", points=value))
        case Unit.DAYS:
            return Html(texts("settings-value-days", days=value))
        case Unit.MONTHS:
            return Html(texts("settings-value-months", months=value))
        case Unit.MINUTES:
            return Html(texts("settings-value-minutes", minutes=value))
        case Unit.PEOPLE:
            return Html(texts("settings-value-people", people=value))
        case Unit.SWITCH:
            return Html(texts("settings-value-yes" if value else "settings-value-no"))


def _is_recall(one: Number) -> bool:
    """Without a number of its own nobody is called, where elsewhere the general one holds."""
    return one.group is Group.RECALLS


def _range(texts: Texts, one: Number) -> str:
    lowest, highest = (whole(end // one.unit.scale, texts) for end in (one.lowest, one.highest))
    match one.unit:
        case Unit.PERCENT:
            return texts("settings-range-percent", lowest=lowest, highest=highest)
        case Unit.RUBLES:
            return texts("settings-range-rubles", lowest=lowest, highest=highest)
        case Unit.POINTS:
            return texts("settings-range-points", lowest=lowest, highest=highest)
        case Unit.DAYS:
            return texts("settings-range-days", lowest=lowest, highest=highest)
        case Unit.MONTHS:
            return texts("settings-range-months", lowest=lowest, highest=highest)
        case Unit.MINUTES:
            return texts("settings-range-minutes", lowest=lowest, highest=highest)
        case Unit.PEOPLE:
            return texts("settings-range-people", lowest=lowest, highest=highest)
        case Unit.SWITCH:
            return texts("settings-range-switch")


def _title(texts: Texts, one: Number) -> str:
    name = texts(f"number-{one.text}")
    return name if one.category is None else f"{name} · {_category(texts, one)}"


def _category(texts: Texts, one: Number) -> Html:
    return Html(texts("category", category=Html(one.category or "")))


def _pairs(keys: Sequence[InlineKeyboardButton]) -> list[Sequence[InlineKeyboardButton]]:
    return [keys[i : i + 2] for i in range(0, len(keys), 2)]


def _to_shelves(texts: Texts) -> InlineKeyboardButton:
    return button(texts.plain("settings-back"), ShelfPress())


def _to_shelf(texts: Texts, one: Number) -> InlineKeyboardButton:
    back = texts.plain("settings-back-to", group=texts.plain(f"number-group-{one.group}"))
    return button(back, ShelfPress(group=one.group))
