"""What the owner of the clinic sees in private."""

from loyalty.signboard import Signboard
from screens.callbacks import AsPatientPress
from screens.screen import Screen, button, under
from screens.texts import Html, Texts


def owner(texts: Texts, signboard: Signboard, username: str) -> Screen:
    as_patient = button(texts.plain("owner-as-patient"), AsPatientPress())
    link = Html(f"https://t.me/{username}")
    return Screen(texts("owner", clinic=signboard.name, link=link), under([as_patient]))
