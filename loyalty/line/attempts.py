"""What was meant for a staff line and is none: said so, and never guessed at.

`Петрова 5000`, `Петрова запись 12.12 15:30`, `О382 5000`, `7382 двенадцать`. Whoever writes so
believes that it is recorded, so it is answered; each of them is narrow enough to leave talk between
colleagues alone.
"""

from collections.abc import Iterator, Sequence
from itertools import takewhile

from loyalty.errors import Refusal
from loyalty.line import words
from loyalty.line.amounts import CODE_DIGITS, RUBLE, amounts
from loyalty.line.people import ends_of_who
from loyalty.line.refusals import (
    LetterForDigitError,
    NameForBookingError,
    NameForCodeError,
    NumberInWordsError,
)
from loyalty.line.tokens import LONGEST_SHOWN, Kind, Token

MOST_WORDS_OF_NAME = 3
LEAST_OF_BOOKING = 3  # the word, a day, an hour
LEAST_BILL = 1_000 * RUBLE  # «гель 500» and «Лена 500» are talk
_LETTER = "letter"
_OF_A_NUMBER = {Kind.NUMBER, Kind.WORD, Kind.STRANGE}
_BETWEEN = {Kind.BREAK, Kind.NEW_LINE}
_AFTER_A_SUM = words.MOST | words.POINTS
_IN_NUMBERS = words.NUMBERS | words.MULTIPLIERS.keys() | words.RUBLES | words.KOPECKS


def attempt(line: Sequence[Token]) -> Refusal | None:
    """Why this is no line, where somebody surely meant one."""
    if not line or any("?" in token.raw for token in line):
        return None
    return (
        _letter_for_digit(line)
        or _number_in_words(line)
        or _name_for_code(line)
        or _name_for_booking(line)
    )


# --- a letter for a digit --------------------------------------------------------------------


def _letter_for_digit(line: Sequence[Token]) -> Refusal | None:
    """«О382 5000», «4821 l2400», «4821 5ООО»: a code or a sum, were it not for a letter."""
    for start, end in _runs(line):
        typed = "".join(token.raw for token in line[start:end])
        if _is_nearly_digits(typed):
            is_line = _is_code_of(line, typed, end) if start == 0 else _is_sum_of(line, start, end)
            return LetterForDigitError(typed=typed[:LONGEST_SHOWN]) if is_line else None
    return None


def _runs(line: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """Numbers and letters with nothing between them."""
    start = 0
    for end in range(1, len(line) + 1):
        goes_on = end < len(line) and line[end].glued and line[end].kind in _OF_A_NUMBER
        if not goes_on:
            if line[start].kind in _OF_A_NUMBER:
                yield start, end
            start = end


def _is_nearly_digits(typed: str) -> bool:
    kinds = {_LETTER if c in words.LETTERS_LIKE_DIGITS else c.isdigit() for c in typed}
    return kinds == {_LETTER, True}


def _is_code_of(line: Sequence[Token], typed: str, end: int) -> bool:
    """Four characters, three of them digits at least, and a number after them."""
    digits = sum(character.isdigit() for character in typed)
    rest = _without_breaks(line[end:])
    follows = rest[:1] != [] and rest[0].kind is Kind.NUMBER
    return len(typed) == CODE_DIGITS == digits + 1 and follows and not _strange_words(rest)


def _is_sum_of(line: Sequence[Token], start: int, end: int) -> bool:
    return any(
        who <= start and not _strange_words([*line[who:start], *line[end:]])
        for who in ends_of_who(line, 0)
    )


def _strange_words(rest: Sequence[Token]) -> bool:
    """Whether anything follows that no line holds."""
    return any(
        token.kind is Kind.STRANGE or (token.word and not _may_stand_in_a_line(token.word))
        for token in rest
    )


def _may_stand_in_a_line(word: str) -> bool:
    return words.is_known(word) or words.may_be_a_name(word)


# --- a number in words -----------------------------------------------------------------------


def _number_in_words(line: Sequence[Token]) -> Refusal | None:
    """«7382 двенадцать», «7382 двенадцать тысяч макс»; «1530 три человека» is talk."""
    for end in ends_of_who(line, 0):
        rest = _without_breaks(line[end:])
        if rest and rest[0].word in words.NUMBERS and all(map(_goes_with_a_number, rest)):
            return NumberInWordsError(word=rest[0].shown)
    return None


def _goes_with_a_number(token: Token) -> bool:
    return token.kind is Kind.NUMBER or token.word in _IN_NUMBERS or _goes_after_a_sum(token)


def _goes_after_a_sum(token: Token) -> bool:
    word = token.word or ""
    return word in _AFTER_A_SUM or words.category(word) is not None


# --- a name for a code -----------------------------------------------------------------------


def _name_for_code(line: Sequence[Token]) -> Refusal | None:
    """«Петрова 5000»: a name and a sum of 1 000 ₽ or more; after them at most «макс» or «гиг»."""
    name = _name(line)
    at = len(name)
    while name and at < len(line) and line[at].kind in _BETWEEN:
        at += 1
    if not name or _is_somebody_with_a_number(line, at):
        return None
    if not any(_ends_the_line(line[end:]) for end in _ends_of_bill(line, at)):
        return None
    shown = " ".join(token.raw for token in name)
    return NameForCodeError(name=shown[:LONGEST_SHOWN])


def _name_for_booking(line: Sequence[Token]) -> Refusal | None:
    """«Петрова запись 12.12 15:30»: a name, the word and at once a day; a doctor's name at most."""
    name = _name(line)
    rest = _without_breaks(line[len(name) :])
    if not name or len(rest) < LEAST_OF_BOOKING or rest[0].word not in words.BOOKING:
        return None
    strangers = [one for one in rest[1:] if one.word and not words.is_known(one.word)]
    if not _is_a_day(rest[1]) or len(strangers) > 1 or any(map(_is_small, strangers)):
        return None
    if any(ends_of_who(rest, at) for at in range(1, len(rest))):
        return None  # somebody is named after all
    shown = " ".join(token.raw for token in name)
    return NameForBookingError(name=shown[:LONGEST_SHOWN])


def _is_a_day(token: Token) -> bool:
    days = words.RELATIVE_DAYS.keys() | words.WEEKDAYS.keys()
    return token.kind is Kind.NUMBER or token.word in days


def _is_small(token: Token) -> bool:
    return token.raw[0].islower()


def lone_name(line: Sequence[Token]) -> str | None:
    """«Лена 5000»: one word and its sum. Only who knows the patients can tell it from talk."""
    if not isinstance(attempt(line), NameForCodeError) or len(_name(line)) > 1:
        return None
    at = next(at for at, token in enumerate(line) if token.kind is Kind.NUMBER)
    return line[0].raw if len(line) in _ends_of_bill(line, at) else None


def _is_somebody_with_a_number(line: Sequence[Token], at: int) -> bool:
    """«Петрова 4821, 12к»: the name is a doctor's, and what follows is a line by itself."""
    rests = [_without_breaks(line[end:]) for end in ends_of_who(line, at)] if line[at:] else []
    return any(rest and rest[0].kind is Kind.NUMBER for rest in rests)


def _name(line: Sequence[Token]) -> Sequence[Token]:
    """One unknown word; more of them only with capital letters, which no hand puts by itself."""
    first = line[0].word
    if not first or not words.may_be_a_name(first) or words.is_talked_of(first):
        return []
    more = takewhile(_is_more_of_a_name, line[1:MOST_WORDS_OF_NAME])
    return [line[0], *more]


def _is_more_of_a_name(token: Token) -> bool:
    word = token.word or ""
    is_capital = word != "" and token.raw[0].isupper()
    return is_capital and (len(word) == 1 or words.may_be_a_name(word))


def _ends_of_bill(line: Sequence[Token], at: int) -> list[int]:
    if at >= len(line) or line[at].kind is not Kind.NUMBER:
        return []
    try:
        found = list(amounts(line, at))
    except Refusal:
        return []
    return [end for amount, end in found if amount.kopecks >= LEAST_BILL]


def _ends_the_line(rest: Sequence[Token]) -> bool:
    return all(_goes_after_a_sum(token) for token in _without_breaks(rest))


def _without_breaks(rest: Sequence[Token]) -> list[Token]:
    return [token for token in rest if token.kind not in _BETWEEN]
