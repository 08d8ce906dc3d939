"""The after-care question, as the patient sees it. Nothing of what was treated is named."""

from collections.abc import Iterator

from aiogram.types import InlineKeyboardMarkup

from loyalty.aftercare import AftercareFacts, Told
from loyalty.opinions import Call, Case, Feels
from screens import rating
from screens.callbacks.rating import FeelsPress
from screens.screen import Screen, button, under
from screens.texts import Texts


def question(texts: Texts, facts: AftercareFacts) -> Screen:
    """Three buttons, one under another."""
    visit = facts.visit.id
    rows = [
        [button(texts.plain("aftercare-answer", feels=feels), FeelsPress(visit=visit, feels=feels))]
        for feels in Feels
    ]
    return Screen("\n".join(_question(texts, facts)), under(*rows))


def _question(texts: Texts, facts: AftercareFacts) -> Iterator[str]:
    name = facts.reader
    yield texts("aftercare-question-named", name=name) if name else texts("aftercare-question")
    if facts.name:
        yield texts("visit-whose", name=facts.name)
    yield texts("aftercare-who-reads")


def told(texts: Texts, made: Told) -> Screen:
    """What follows the tap, in place of the question."""
    phone = made.branch.phone
    match made.feels:
        case Feels.FINE:
            return _fine(texts, made)
        case Feels.QUESTION:
            return Screen(texts("aftercare-write", phone=phone), _call_me(texts, made.case))
        case Feels.PAIN:
            lines = [texts("aftercare-pain", phone=phone), texts("aftercare-passed-on")]
            return Screen("\n\n".join(lines), _call_me(texts, made.case))


def _fine(texts: Texts, made: Told) -> Screen:
    """The stars come in the same message; who isn't asked for them has the phone."""
    glad = texts("aftercare-fine")
    if made.stars is None:
        return Screen(f"{glad} {texts('aftercare-if-not', phone=made.branch.phone)}")
    stars = rating.question(texts, made.stars)
    return Screen(f"{glad}\n\n{stars.text}", stars.keyboard)


def _call_me(texts: Texts, case: Case | None) -> InlineKeyboardMarkup | None:
    """Who would rather talk than type; nobody is asked twice."""
    if case is None or case.call is not None:
        return None
    return under([rating.call_button(texts, case.visit, Call.CALL)])


def stands(texts: Texts, made: Told) -> str:
    """To «Всё хорошо» after something worse: that is in the clinic's hands."""
    return texts.plain("aftercare-stands", feels=made.feels)
