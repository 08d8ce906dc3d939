"""What the owner of the clinic sees in private."""

from loyalty.signboard import Signboard
from screens.callbacks import AsPatientPress
from screens.screen import Screen, button, under
from screens.texts import Texts


def owner(texts: Texts, signboard: Signboard) -> Screen:
    as_patient = button(texts.plain("owner-as-patient"), AsPatientPress())
    return Screen(texts("owner", clinic=signboard.name), under([as_patient]))
