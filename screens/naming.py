"""How people are named where others can read along: first name and an initial, a masked phone."""

from loyalty.people import Patient
from screens.screen import short
from screens.texts import Html, Texts

LONGEST = 24


def shown_name(patient: Patient, texts: Texts) -> str:
    """`Мария П.`; a patient without a name is called so."""
    name = (patient.name or "").split()
    if not name:
        return texts.plain("person-unnamed")
    surname = patient.surname or (name[1] if len(name) > 1 else "")
    initial = f" {surname[0].upper()}." if surname else ""
    return short(name[0], LONGEST) + initial


def masked(phone: str | None) -> str:
    """`…67-89`."""
    return f"…{phone[-4:-2]}-{phone[-2:]}" if phone else ""


def person(texts: Texts, patient: Patient) -> Html:
    """`Мария П. …67-89`."""
    name, phone = shown_name(patient, texts), masked(patient.phone)
    return Html(texts("correction-person", name=name, phone=phone))
