"""Which messages in a staff chat are meant for the bot, and which are talk between colleagues."""

import re
from collections.abc import Sequence
from itertools import dropwhile, takewhile

from loyalty.line import words
from loyalty.line.people import who_at
from loyalty.line.refusals import PhoneUnreadError
from loyalty.line.tokens import Kind, Token, tokens

LONGEST_LINE = 300
MOST_WORDS_BEFORE = MOST_STRANGERS = 2
_AFTER_A_SUM = words.RUBLES | words.KOPECKS | words.HOURS | words.MULTIPLIERS.keys()
_COMMAND = re.compile(rf"\s*/?(?:{'|'.join(sorted(words.COMMANDS))})\b(?:@\w+)?", re.IGNORECASE)
_BETWEEN = {Kind.BREAK, Kind.NEW_LINE, Kind.MINUS, Kind.PLUS}


def without_command(text: str) -> str:
    """The line after /visit, /visit@SomeBot or «визит»."""
    return _COMMAND.sub("", text, count=1) if _COMMAND.match(text) else text


def looks_like_a_line(text: str) -> bool:
    """Whether to read this message and answer it.

    After the command always. Else it begins with who comes, and then: nothing; a number; or
    only words of the desk, with two that nobody knows (a doctor's name) at most. So «2024 год
    был трудным», «1200 пациентов» and «1500 р на такси» are talk, and «2024 12 визитов» is
    answered: a line missed is worse than a needless answer only where a number follows. Up to
    two words may stand before who («макс 4821 12400»), if a number follows and no talk does.
    """
    if len(text) > LONGEST_LINE:
        return False
    if _COMMAND.match(text):
        return True
    line = tokens(text)
    return any(
        _goes_on(line[:start], line[end:])
        for start in range(min(len(line), MOST_WORDS_BEFORE + 1))
        if all(token.kind is Kind.WORD for token in line[:start])
        for end in ends_of_who(line, start)
    )


def ends_of_who(line: Sequence[Token], at: int) -> list[int]:
    """Where somebody ends who may be meant at this token."""
    try:
        return [end for _, end in who_at(line, at)]
    except PhoneUnreadError:
        return []


def _goes_on(before: Sequence[Token], after: Sequence[Token]) -> bool:
    rest = list(dropwhile(lambda token: token.kind in _BETWEEN, after))
    if not rest:
        return not before
    if rest[0].kind is Kind.NUMBER:
        return not before or (_is_of_the_desk([*before, *rest]) and len(_strangers(before)) <= 1)
    return not before and _is_of_the_desk(rest) and _begins_like_a_line(rest)


def _begins_like_a_line(rest: Sequence[Token]) -> bool:
    """With a word of the desk, or with a name and then a number."""
    first, strangers = rest[0].word or "", _strangers(rest)
    if first in _AFTER_A_SUM:
        return first in words.RUBLES and rest[1:2] != [] and rest[1].kind is Kind.NUMBER
    if strangers and first in words.PERIODS.keys() - words.HALF_YEAR:
        return False
    names = list(takewhile(lambda token: token in strangers, rest))
    following = rest[len(names) : len(names) + 1]
    return not names or (bool(following) and following[0].kind is Kind.NUMBER)


def _is_of_the_desk(rest: Sequence[Token]) -> bool:
    strangers = _strangers(rest)
    return (
        len(strangers) <= MOST_STRANGERS
        and all(words.may_be_a_name(token.word or "") for token in strangers)
        and not any(token.kind is Kind.STRANGE for token in rest)
    )


def _strangers(rest: Sequence[Token]) -> list[Token]:
    return [token for token in rest if token.word and not words.is_known(token.word)]
