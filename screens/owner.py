"""What the owner of the clinic sees in private."""

from loyalty.signboard import Signboard
from screens.callbacks import AsPatientPress
from screens.callbacks.rating import CaseList, CasesPress
from screens.callbacks.team import AsOwnerPress, TeamPress
from screens.screen import Screen, button, under
from screens.settings import open_settings
from screens.staff_chat import connect_link
from screens.texts import Html, Texts


def owner(texts: Texts, signboard: Signboard, username: str, *, is_patient: bool) -> Screen:
    connect = connect_link(texts, username)
    staff = button(texts.plain("owner-staff"), TeamPress())
    label = texts.plain("owner-to-patient" if is_patient else "owner-as-patient")
    as_patient = button(label, AsPatientPress())
    link = Html(f"https://t.me/{username}")
    cases = button(texts.plain("owner-cases"), CasesPress(show=CaseList.OPEN))
    text = texts("owner", clinic=signboard.name, link=link)
    return Screen(text, under([cases], [connect], [staff], [open_settings(texts)], [as_patient]))


def as_patient(texts: Texts) -> Screen:
    """In place of the owner's screen while the patient's stands below."""
    back = button(texts.plain("owner-back"), AsOwnerPress())
    return Screen(texts("owner-is-patient"), under([back]))
