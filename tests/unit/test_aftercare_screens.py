"""What a patient sees the day after surgery, in both languages."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from loyalty.aftercare import AftercareFacts, Told
from loyalty.branches import Branch
from loyalty.categories import Category
from loyalty.opinions import Call, Case, Feels, Why
from loyalty.ratings import RatingFacts
from screens import aftercare, rating
from screens.callbacks.rating import CallPress, FeelsPress, RatePress
from screens.screen import without_markup
from screens.texts import LANGUAGES, Texts, texts_in
from tests.unit.test_hours import visit

NOW = datetime(2026, 11, 21, 8, tzinfo=UTC)
BRANCH = Branch(1, "Ленина", -100, "Europe/Moscow", "ООО", "+7 843 212-34-56")
VISIT = visit(NOW, Category.SURGERY, Category.IMPLANTS)
ASKED = AftercareFacts(VISIT, BRANCH, "Мария", None)
STARS = RatingFacts(VISIT, BRANCH, "Мария", None)
CASE = Case(1, 1, 1, 1, 1, None, NOW)
PAIN = replace(CASE, why=Why.PAIN)

languages = pytest.mark.parametrize("texts", [texts_in(name) for name in LANGUAGES], ids=LANGUAGES)


def rows(screen):
    return screen.keyboard.inline_keyboard if screen.keyboard else []


def told(feels: Feels, case: Case | None = None, stars: RatingFacts | None = None) -> Told:
    return Told(5, feels, BRANCH, case, stars, stands=True)


@languages
def test_three_buttons_stand_one_under_another(texts: Texts):
    screen = aftercare.question(texts, ASKED)
    assert [len(row) for row in rows(screen)] == [1, 1, 1]
    pressed = [FeelsPress.unpack(row[0].callback_data).feels for row in rows(screen)]
    assert pressed == list(Feels)
    assert all(len(row[0].text) <= 20 for row in rows(screen))
    assert "Мария" in screen.text


@languages
def test_no_message_names_what_was_treated(texts: Texts):
    """The lock screen of a phone is read by others too."""
    said = [
        aftercare.question(texts, ASKED),
        *(aftercare.told(texts, told(feels, CASE, STARS)) for feels in Feels),
        rating.heard_unrated(texts, ASKED.branch),
    ]
    words = " ".join(without_markup(screen.text) for screen in said).lower()
    for named in ("операци", "хирург", "имплант", "удален", "surgery", "implant", "operation"):
        assert named not in words


@languages
def test_of_several_patients_it_says_whose_visit_it_was(texts: Texts):
    assert "Петя" in aftercare.question(texts, replace(ASKED, name="Петя")).text


@languages
def test_who_is_well_has_the_stars_in_the_same_message(texts: Texts):
    screen = aftercare.told(texts, told(Feels.FINE, stars=STARS))
    pressed = [RatePress.unpack(row[0].callback_data).stars for row in rows(screen)]
    assert pressed == [1, 2, 3, 4, 5]
    assert rating.question(texts, STARS).text in screen.text


@languages
def test_who_is_well_and_not_asked_for_stars_has_the_phone(texts: Texts):
    screen = aftercare.told(texts, told(Feels.FINE))
    assert BRANCH.phone in screen.text
    assert rows(screen) == []


@languages
@pytest.mark.parametrize(("feels", "case"), [(Feels.QUESTION, CASE), (Feels.PAIN, PAIN)], ids=str)
def test_who_has_a_question_or_is_in_pain_has_the_phone_and_may_be_called(texts, feels, case):
    screen = aftercare.told(texts, told(feels, case))
    assert BRANCH.phone in screen.text
    assert ("103" in screen.text) is (feels is Feels.PAIN)
    [[call]] = rows(screen)
    assert CallPress.unpack(call.callback_data).call is Call.CALL
    asked_before = replace(case, call=Call.CALL)
    assert rows(aftercare.told(texts, told(feels, asked_before))) == []


@languages
@pytest.mark.parametrize("case", [CASE, PAIN], ids=["question", "pain"])
def test_a_wish_to_be_called_asks_for_nothing_more(texts: Texts, case: Case):
    """What went wrong is asked of few stars only."""
    screen = rating.asked_on(texts, replace(case, call=Call.CALL), BRANCH)
    assert rows(screen) == []
    assert "☆" not in screen.text


@languages
@pytest.mark.parametrize("feels", [Feels.QUESTION, Feels.PAIN])
def test_a_late_all_is_well_hears_that_the_clinic_knows(texts: Texts, feels: Feels):
    words = aftercare.stands(texts, told(feels))
    assert len(words) <= 200  # a pop-up of Telegram's


@languages
def test_the_headline_of_a_case_is_what_it_began_with(texts: Texts):
    pain, question = rating.headline(texts, PAIN), rating.headline(texts, CASE)
    stars = rating.headline(texts, replace(PAIN, stars=2))
    assert len({pain, question, stars}) == 3
    assert stars.startswith("★★☆☆☆")
