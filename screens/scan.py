"""What somebody who scanned a patient's QR is told."""

from collections.abc import Sequence

from loyalty.branches import Branch
from screens.callbacks.desk import ScannedPress
from screens.screen import Screen, button, short, under
from screens.texts import Texts

LABEL = 30


def for_staff_only(texts: Texts) -> Screen:
    return Screen(texts("scan-staff-only"))


def where(texts: Texts, branches: Sequence[Branch], token: str) -> Screen:
    rows = [
        [button(short(branch.name, LABEL), ScannedPress(branch=branch.id, token=token))]
        for branch in branches
    ]
    return Screen(texts("scan-where"), under(*rows))


def card_is_in_chat(texts: Texts, branch: Branch) -> Screen:
    return Screen(texts("scan-card-in-chat", branch=branch.name))
