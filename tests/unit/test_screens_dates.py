"""A typed birthday is read as it was meant, or not at all."""

from datetime import date

import pytest
from babel.dates import format_date
from hypothesis import given
from hypothesis import strategies as st

from loyalty.errors import NotABirthdayError
from loyalty.people import Birthday
from screens.dates import parse_birthday

TODAY = date(2026, 11, 21)
FIFTH_OF_MARCH = Birthday(5, 3, 1980)

births = st.dates(date(1927, 1, 1), TODAY)


@pytest.mark.parametrize(
    "words",
    [
        "5.3.1980",
        "05.03.1980",
        "05/03/1980",
        "5-3-1980",
        "5,3,1980",
        "5 3 1980",
        " 5 . 3 . 1980 ",
        "5.3.1980.",
        "5.3.80",
        "05031980",
        "1980-03-05",
        "1980.3.5",
        "5 марта 1980",
        "5 МАРТА 1980 г.",
        "5 марта 1980 года",
        "5-го марта 1980",
        "5 март 80",
        "5мар1980",
        "1980, 5 марта",
        "March 5, 1980",
        "5 Mar 80",
        "5th of March 1980",
        "Mar. 5th, 1980",
    ],
)
def test_every_usual_way_of_writing_a_date(words):
    assert parse_birthday(words, TODAY) == FIFTH_OF_MARCH


@pytest.mark.parametrize("words", ["5 марта", "5.3", "05/03", "5-3", "March 5", "5 mar"])
def test_the_year_may_be_left_out(words):
    assert parse_birthday(words, TODAY) == Birthday(5, 3)


@pytest.mark.parametrize(
    "words",
    [
        "",
        "5",
        "1980",
        "март",
        "марта 1980",
        "5 марта 1980 в 10",
        "5 или 6 марта",
        "5 марта апреля",
        "5 ма 1980",
        "5 ju 1980",
        "03/25/1980",
        "31.02.1980",
        "32 марта",
        "29.02.1981",
        "5.13.1980",
        "0.3.1980",
        "5.3.198",
        "5.3.0000",
        "5 марта 0000",
        "5.3.1880",
        "22.11.2026",
        "5.3.2099",
        "19800305",
        "5.3.1980.7",
        "не скажу",
        "Мария 5 марта",
        "5" * 41,
        "5 марта " + "x" * 10_000,
        "\x00\u202e",
    ],
)
def test_anything_else_is_asked_again(words):
    with pytest.raises(NotABirthdayError):
        parse_birthday(words, TODAY)


@pytest.mark.parametrize(("digits", "year"), [("80", 1980), ("26", 2026), ("27", 1927)])
def test_two_digits_are_the_nearest_year_behind(digits, year):
    assert parse_birthday(f"5.3.{digits}", TODAY).year == year


def test_a_leap_day_needs_no_year():
    assert parse_birthday("29 февраля", TODAY) == Birthday(29, 2)


@given(
    births,
    st.sampled_from(["ru", "en"]),
    st.sampled_from(["d MMMM y", "MMMM d, y", "d MMM y", "dd.MM.y", "d/M/y", "y-MM-dd", "ddMMy"]),
)
def test_a_date_written_any_way_comes_back_the_same(born, language, pattern):
    written = format_date(born, pattern, locale=language)
    assert parse_birthday(written, TODAY) == Birthday(born.day, born.month, born.year)


@given(births, st.sampled_from(["ru", "en"]), st.sampled_from(["d MMMM", "MMM d", "dd.MM", "d/M"]))
def test_a_day_of_the_year_comes_back_the_same(born, language, pattern):
    written = format_date(born, pattern, locale=language)
    assert parse_birthday(written, TODAY) == Birthday(born.day, born.month)


@given(st.text(max_size=60))
def test_any_words_are_a_possible_date_or_refused(words):
    try:
        born = parse_birthday(words, TODAY)
    except NotABirthdayError:
        return
    assert born.check(TODAY) == born
    assert any(character.isdigit() for character in words)
