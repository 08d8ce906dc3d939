"""Money, rates and days as people write them; no line breaks inside."""

from datetime import date
from decimal import Decimal
from functools import lru_cache

from babel.dates import format_date
from babel.numbers import format_decimal, format_percent

from loyalty.people import Birthday
from screens.texts import Html, Texts

_NO_BREAK = "\u00a0"
_MINUS, _PLUS = "\u2212", "+"
_FULL, _EMPTY, _CELLS = "▰", "▱", 10

# A year that has every day; it is never shown.
_ANY_LEAP_YEAR = 2000


@lru_cache(maxsize=1024)
def money(kopecks: int, texts: Texts) -> Html:
    """`12 400 ₽`; kopecks only where there are any."""
    pattern = "#,##0.00" if kopecks % 100 else "#,##0"
    rubles = format_decimal(Decimal(kopecks) / 100, pattern, locale=texts.language)
    return Html(texts("money", amount=Html(rubles)))


@lru_cache(maxsize=64)
def percent(basis_points: int, texts: Texts) -> Html:
    """`30 %`, `7,5 %`."""
    share = Decimal(basis_points) / 10_000
    return Html(format_percent(share, locale=texts.language, decimal_quantization=False))


@lru_cache(maxsize=64)
def rate(basis_points: int, texts: Texts) -> Html:
    """`30`, `7,5`: a percentage whose sign comes later in the sentence."""
    return Html(format_decimal(Decimal(basis_points) / 100, locale=texts.language))


def whole(number: int, texts: Texts) -> Html:
    """`1 000`."""
    return Html(format_decimal(number, locale=texts.language))


def signed(points: int, texts: Texts) -> Html:
    """`+1 000`, `−500`."""
    sign = _MINUS if points < 0 else _PLUS
    return Html(sign + format_decimal(abs(points), locale=texts.language))


def day_of_year(day: date, texts: Texts) -> Html:
    """`5 марта`."""
    return Html(format_date(day, "d MMMM", locale=texts.language).replace(" ", _NO_BREAK))


def birthday(born: Birthday, texts: Texts) -> Html:
    """`5 марта 1980`, or `5 марта` where the year is unknown."""
    if born.year is None:
        return day_of_year(date(_ANY_LEAP_YEAR, born.month, born.day), texts)
    day = date(born.year, born.month, born.day)
    return Html(format_date(day, "d MMMM y", locale=texts.language).replace(" ", _NO_BREAK))


def bar(part: int, whole: int) -> Html:
    """How much of the way is behind, as a strip of ten cells."""
    cells = min(_CELLS, max(0, part * _CELLS // whole)) if whole > 0 else _CELLS
    return Html(_FULL * cells + _EMPTY * (_CELLS - cells))
