"""What a search at the desk found."""

from collections.abc import Sequence

from loyalty.desk.searching import SHOWN
from loyalty.people import Patient
from screens.callbacks.desk import FoundPress
from screens.naming import masked, shown_name
from screens.screen import Screen, button, under
from screens.texts import Texts


def found(texts: Texts, patients: Sequence[Patient]) -> Screen:
    if not patients:
        return Screen(texts("found-nobody"))
    rows = [
        [button(f"{shown_name(p, texts)} {masked(p.phone)}", FoundPress(patient=p.id))]
        for p in patients[:SHOWN]
    ]
    more = len(patients) > SHOWN
    return Screen(texts("found-more") if more else texts("found-which"), under(*rows))


def how(texts: Texts) -> Screen:
    return Screen(texts("found-how"))
