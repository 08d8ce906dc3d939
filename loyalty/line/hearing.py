"""Which messages in a staff chat are meant for the bot, and which are talk between colleagues."""

import re
from collections.abc import Sequence
from itertools import dropwhile, takewhile

from loyalty.errors import Refusal
from loyalty.line import attempts, words
from loyalty.line.amounts import BILL_NAMED, RUBLE, amounts
from loyalty.line.attempts import attempt
from loyalty.line.people import ends_of_who, who_at
from loyalty.line.refusals import PhoneUnreadError, TooLargeError
from loyalty.line.tokens import Kind, Token, tokens

LONGEST_LINE = 300
MOST_WORDS_BEFORE = MOST_STRANGERS = 2
BILL_ALONE = 10_000 * RUBLE
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

    A bill without its patient is answered too, or a phone with a digit too few: see
    `_lacks_a_patient`. So is what was meant for a line and is none: see `attempts.py`.
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
    ) or (_lacks_a_patient(line) or attempt(line) is not None)


def lone_name(text: str) -> str | None:
    """The word of «Лена 5000», which is talk unless a patient is called so."""
    return None if _COMMAND.match(text) else attempts.lone_name(tokens(text))


def _goes_on(before: Sequence[Token], after: Sequence[Token]) -> bool:
    rest = list(dropwhile(lambda token: token.kind in _BETWEEN, after))
    if not rest:
        return not before
    if rest[0].kind is Kind.NUMBER:
        return not before or (_is_of_the_desk([*before, *rest]) and len(_strangers(before)) <= 1)
    return not before and _is_of_the_desk(rest) and _begins_like_a_line(rest)


def _lacks_a_patient(line: Sequence[Token]) -> bool:
    """«12400», «12400 макс», «Петрова 12400», «+7 912 345 67 8 5000».

    Nothing but numbers, words of the desk and one capitalised name, no question; and among them
    a phone that is none, or a bill. A bill is 10 000 ₽ or more; beside what was done or before
    «макс» 100 ₽ is enough. Four bare digits are a code, and «нал 54000», «за 15000» are talk.
    """
    if not line or line[0].word in words.NOISE or any("?" in token.raw for token in line):
        return False
    strangers = _strangers(line)
    if len(strangers) > 1 or not _is_of_the_desk(line) or any(map(_is_talk, strangers)):
        return False
    phones = _phones(line)
    return phones is None or any(_is_bill(line, at) for at in range(len(line)) if at not in phones)


def _is_talk(token: Token) -> bool:
    """A small word, or one like «Касса», which a phone writes with a capital letter by itself."""
    return token.raw[0].islower() or words.is_talked_of(token.word or "")


def _phones(line: Sequence[Token]) -> set[int] | None:
    """The tokens of whole phones; None where one is not whole."""
    found: set[int] = set()
    for at in range(len(line)):
        try:
            ends = [end for who, end in who_at(line, at) if who.phone] if at not in found else []
        except PhoneUnreadError:
            return None
        found.update(*(range(at, end) for end in ends))
    return found


def _is_bill(line: Sequence[Token], at: int) -> bool:
    if line[at].kind is not Kind.NUMBER:
        return False
    try:
        found = [(amount, end) for amount, end in amounts(line, at) if not amount.codelike]
    except TooLargeError:
        return True
    except Refusal:
        return False
    is_named = any(words.category(token.word or "") for token in line)
    return any(
        amount.kopecks >= BILL_ALONE
        or (amount.kopecks >= BILL_NAMED and (is_named or _is_most(line, end)))
        for amount, end in found
    )


def _is_most(line: Sequence[Token], at: int) -> bool:
    return at < len(line) and line[at].word in words.MOST


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
