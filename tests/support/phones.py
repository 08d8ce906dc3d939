"""Telephone numbers that nobody else in this run has."""

import itertools

_numbers = itertools.count(1)


def fresh_phone() -> str:
    return f"+7900{next(_numbers):07}"
