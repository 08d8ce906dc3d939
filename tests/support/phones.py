"""Telephone numbers that nobody else in this run has, and whose ends are nobody's code."""

import itertools

from loyalty.desk.codes import DIGITS

_codes = frozenset(DIGITS)
_phones = (f"+7900{number:07}" for number in itertools.count(1))
_fresh = (phone for phone in _phones if phone[-4:] not in _codes)


def fresh_phone() -> str:
    return next(_fresh)
