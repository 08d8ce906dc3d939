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


def is_valid(who: Who) -> bool:
    """Whether a phone is one that could be given to somebody, not only of the right length."""
    return who.phone is None or phonenumbers.is_valid_number(phonenumbers.parse(who.phone))


def _is_phone_for_sure(line: Sequence[Token], at: int) -> bool:
    if _begins_international(line, at):
        return line[at + 1].raw.startswith("7")
    return is_long(line[at])


def _begins_international(line: Sequence[Token], at: int) -> bool:
    """A plus that touches its number; elsewhere it adds a sum."""
    following = line[at + 1 : at + 2]
    return line[at].kind is Kind.PLUS and bool(following) and following[0].glued


def _phones_at(line: Sequence[Token], at: int) -> Iterator[tuple[Who, int]]:
    international = _begins_international(line, at)
    for digits, end in _runs(line, at + international):
        if international:
            phone = _normal(f"+{digits}")
        else:
            phone = _normal(digits) if _is_russian(digits, line, at) else None
        if phone is not None:
            yield Who(phone=phone), end


def _is_russian(digits: str, line: Sequence[Token], at: int) -> bool:
    """Ten digits, or eleven with 8 or 7; four digits alone begin one only as 89… or 79…."""
    first = line[at].digits
    if first is not None and len(first) == CODE_DIGITS and first[:2] not in {"89", "79"}:
        return False
    if len(digits) == _OWN_DIGITS:
        return first is None or len(first) != CODE_DIGITS
    return len(digits) == _OWN_DIGITS + 1 and digits[0] in "78"


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
