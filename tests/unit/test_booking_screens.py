"""«Записаться» and the desk's booking: whoever has changed their mind has a button for it."""

from datetime import date, time

import pytest

from loyalty.appointments.wishing import Choice
from loyalty.branches import Branch
from loyalty.people import Patient
from loyalty.tasks.timing import Promise
from screens import booking, wishing
from screens.callbacks.appointments import BookPress, MovePress, WishPress
from screens.texts import Html, texts_in
from tests.unit.test_screens import labels

RU = texts_in("ru")
LENINA = Branch(1, "Ленина", -100, "Europe/Moscow", "ООО «Улыбка»", "+7 843 212-34-56")
MARIA = Patient(1, 1, "bot", "Мария", phone="+79123456789")
CHOICE = Choice([LENINA], [MARIA], [(1, "Петрова")], 1)
CALL = Promise(LENINA, date(2026, 11, 30), time(20), 0, closed=False)
WISHED = (
    wishing.which_branch(RU, CHOICE, WishPress()),
    wishing.which_patient(RU, CHOICE, WishPress()),
    wishing.when(RU, WishPress()),
    wishing.which_doctor(RU, CHOICE, WishPress()),
    wishing.heard(RU, CALL),
)


@pytest.mark.parametrize("screen", WISHED)
def test_every_step_of_a_wish_leads_back_to_the_visits(screen):
    assert labels(screen)[-1] == "← Визиты"


@pytest.mark.parametrize(
    ("wish", "away"),
    [
        (BookPress(patient=1, at=1), "Не записывать"),
        (MovePress(appointment=1, revision=1, at=1), "Оставить как есть"),
    ],
)
def test_only_what_is_booked_can_be_left_as_it_is(wish, away):
    when = Html("12 декабря, 15:30")
    screen = booking.unknown_doctor(RU, MARIA, wish, "Петрова", {}, when)
    assert labels(screen)[-1] == away
