"""Who recommended the clinic to a new patient, as the desk asks and writes it down."""

from collections.abc import Sequence

from loyalty.desk.searching import SHOWN
from loyalty.people import Patient
from screens.callbacks.corrections import LeavePress
from screens.callbacks.recommended import ReferrerPress
from screens.naming import masked, person, shown_name
from screens.screen import Screen, button, under
from screens.texts import Texts


def who(texts: Texts, patient: Patient) -> Screen:
    text = texts("recommended-who", whose=person(texts, patient))
    return Screen(text, under([button(texts.plain("correction-leave"), LeavePress())]))


def which(texts: Texts, patient: Patient, found: Sequence[Patient], draft: int) -> Screen:
    """Whom the words may mean. Others may be typed."""
    rows = [
        [
            button(
                f"{shown_name(one, texts)} {masked(one.phone)}",
                ReferrerPress(patient=patient.id, referrer=one.id, draft=draft),
            )
        ]
        for one in found[:SHOWN]
    ]
    asks = texts("recommended-which", whose=person(texts, patient))
    text = f"{asks}\n{texts('found-more')}" if len(found) > SHOWN else asks
    leave = button(texts.plain("correction-leave"), LeavePress())
    return Screen(text, under(*rows, [leave]))


def sure(texts: Texts, patient: Patient, referrer: Patient, draft: int) -> Screen:
    """Both, before it is written down for good."""
    whose, by = person(texts, patient), person(texts, referrer)
    surely = ReferrerPress(patient=patient.id, referrer=referrer.id, draft=draft, surely=True)
    rows = [[button(texts.plain("recommended-yes"), surely)]]
    rows.append([button(texts.plain("correction-leave"), LeavePress())])
    return Screen(texts("recommended-sure", whose=whose, referrer=by), under(*rows))


def done(texts: Texts, patient: Patient, referrer: Patient) -> Screen:
    whose, by = person(texts, patient), person(texts, referrer)
    return Screen(texts("recommended-done", whose=whose, referrer=by))
