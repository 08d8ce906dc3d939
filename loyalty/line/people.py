"""Who a line is about: the four digits of a code, or a phone in any usual spelling."""

from collections.abc import Iterator, Sequence

import phonenumbers

from loyalty import phones
from loyalty.errors import NotAPhoneError
from loyalty.line.amounts import CODE_DIGITS, is_long
from loyalty.line.readings import Who
from loyalty.line.refusals import PhoneUnreadError
from loyalty.line.tokens import Kind, Token

LONGEST_PHONE = 15
_OWN_DIGITS = 10  # of a Russian number, after +7 or 8
_FULL_DIGITS = _OWN_DIGITS + 1
_TRUNK = {"7", "8"}
_GROUP = 3  # digits, as people say a phone
_BRACKETS = set("()")
_DOTTED = set("0123456789.")


def who_at(line: Sequence[Token], at: int) -> Iterator[tuple[Who, int]]:
    """Everybody who may be meant here, with the token after; a phone may end in several places.

    Raises PhoneUnreadError: it begins like a phone and is none.
    """
    token = line[at]
    if token.digits is not None and len(token.digits) == CODE_DIGITS:
        yield Who(code=token.digits), at + 1
    found = list(_phones_at(line, at))
    yield from found
    if not found and _is_phone_for_sure(line, at):
        raise PhoneUnreadError


def ends_of_who(line: Sequence[Token], at: int) -> list[int]:
    """Where somebody ends who may be meant at this token."""
    try:
        return [end for _, end in who_at(line, at)]
    except PhoneUnreadError:
        return []


def is_valid(who: Who) -> bool:
    """Whether a phone is one that could be given to somebody, not only of the right length."""
    return who.phone is None or phonenumbers.is_valid_number(phonenumbers.parse(who.phone))


def is_no_sum(who: Who, line: Sequence[Token], at: int) -> bool:
    """Whether these digits are a phone and nothing else: with +, 7 or 8 in front, or 9…"""
    first = line[at].digits or ""
    begins = first in _TRUNK or (len(first) >= _GROUP and len(first) != CODE_DIGITS)
    mobile = first in _TRUNK or first.startswith("9") or len(first) == _FULL_DIGITS
    return (
        who.phone is not None
        and (line[at].kind is Kind.PLUS or (begins and mobile))
        and is_valid(who)
    )


def _is_phone_for_sure(line: Sequence[Token], at: int) -> bool:
    if _begins_international(line, at):
        return line[at + 1].raw.startswith("7")
    return is_long(line[at]) or _is_spelt_like_a_phone(line, at)


def _is_spelt_like_a_phone(line: Sequence[Token], at: int) -> bool:
    """«8 912 345 67 8» and «912 345 67 8»: more digits than a sum has, in a phone's groups."""
    runs = [digits for digits, _ in _runs(line, at)]
    first, second = (*runs, "", "")[:2]
    own = second[1:] if first in _TRUNK else second
    groups = first in _TRUNK or (len(first) == _GROUP and first.startswith("9"))
    return groups and len(own) == (_GROUP if first in _TRUNK else 2 * _GROUP) and _is_long(runs)


def _is_long(runs: Sequence[str]) -> bool:
    return len(runs[-1]) >= _OWN_DIGITS


def _begins_international(line: Sequence[Token], at: int) -> bool:
    """A plus that touches its number; elsewhere it adds a sum."""
    following = line[at + 1 : at + 2]
    return line[at].kind is Kind.PLUS and bool(following) and following[0].glued


def _phones_at(line: Sequence[Token], at: int) -> Iterator[tuple[Who, int]]:
    if _begins_international(line, at) and not line[at + 1].raw.startswith("7"):
        yield from _foreign(line, at + 1)
        return
    international = _begins_international(line, at)
    is_first = not any(token.kind is Kind.NUMBER for token in line[:at])
    for digits, end in _runs(line, at + international):
        whole = len(digits) == _FULL_DIGITS if international else _is_russian(digits, line, at)
        phone = _normal(f"+{digits}" if international else digits) if whole else None
        if phone is not None:
            yield Who(phone=phone), end + (is_first and _is_hyphen(line, end))


def _foreign(line: Sequence[Token], at: int) -> Iterator[tuple[Who, int]]:
    """The shortest number that somebody can have: what follows it is a sum."""
    possible = [
        (Who(phone=phone), end)
        for digits, end in _runs(line, at)
        if not _is_hyphen(line, end) and (phone := _normal(f"+{digits}"))
    ]
    valid = [found for found in possible if is_valid(found[0])]
    yield from valid[:1] or possible


def _is_hyphen(line: Sequence[Token], at: int) -> bool:
    """A dash that touches the numbers on both sides: in «…67-89-5000» no minus."""
    around = line[at : at + 2]
    return (
        len(around) == 2
        and (around[0].kind, around[1].kind) == (Kind.MINUS, Kind.NUMBER)
        and all(token.glued for token in around)
    )


def _is_russian(digits: str, line: Sequence[Token], at: int) -> bool:
    """Eleven digits with 7 or 8, or ten without; four digits alone begin one as 89… or 79….

    Ten that begin with 7 or 8 themselves (843 212-34-56) are mostly eleven with one left out.
    """
    first = line[at].digits
    if first is not None and len(first) == CODE_DIGITS and first[:2] not in {"89", "79"}:
        return False
    if len(digits) == _FULL_DIGITS:
        return digits[0] in _TRUNK
    if len(digits) != _OWN_DIGITS or (first is not None and len(first) == CODE_DIGITS):
        return False
    return digits[0] not in _TRUNK or (first not in _TRUNK and is_valid(Who(phone=f"+7{digits}")))


def _runs(line: Sequence[Token], at: int) -> Iterator[tuple[str, int]]:
    """All digits so far, wherever a run of them ends."""
    digits = ""
    for end, token in enumerate(line[at : at + 2 * LONGEST_PHONE], at):
        if not _continues(line, at, end) or len(digits) > LONGEST_PHONE:
            return
        if token.kind is Kind.NUMBER:
            digits += token.raw.replace(".", "")
            yield digits, end + 1
        if "." in token.raw:  # 8.912.345.67.89
            return


def _continues(line: Sequence[Token], at: int, here: int) -> bool:
    token = line[here]
    if token.kind is Kind.BREAK:
        return set(token.raw) <= _BRACKETS
    if token.kind is Kind.MINUS:
        return here > at
    return token.digits is not None or (here == at and set(token.raw) <= _DOTTED)


def _normal(spelling: str) -> str | None:
    try:
        return phones.normal(spelling)
    except NotAPhoneError:
        return None
