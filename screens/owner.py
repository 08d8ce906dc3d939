"""What the owner of the clinic sees in private, and the manager of a branch."""

from collections.abc import Sequence

from aiogram.types import InlineKeyboardButton

from loyalty.branches import Branch
from loyalty.signboard import Signboard
from screens.callbacks import AsPatientPress
from screens.callbacks.rating import CaseList, CasesPress
from screens.callbacks.team import AsOwnerPress, TeamPress
from screens.invite import open_invite
from screens.kit import open_kit
from screens.referrals import referrals_button
from screens.screen import Screen, button, under
from screens.settings import open_settings
from screens.staff_chat import connect_link
from screens.texts import Html, Texts


def owner(texts: Texts, signboard: Signboard, username: str, *, is_patient: bool) -> Screen:
    connect = connect_link(texts, username)
    link = Html(f"https://t.me/{username}")
    text = texts("owner", clinic=signboard.name, link=link)
    first, second, last = _cases(texts), _staff(texts), _to_patient(texts, is_patient=is_patient)
    bring = [referrals_button(texts)], [open_kit(texts)], [open_invite(texts)]
    return Screen(text, under([first], [connect], [second], [open_settings(texts)], *bring, [last]))


def manager(
    texts: Texts, signboard: Signboard, branches: Sequence[Branch], *, is_patient: bool
) -> Screen:
    """The address and hours of the branch are behind its staff."""
    names = ", ".join(branch.name for branch in branches)
    text = texts("manager", clinic=signboard.name, branches=names)
    as_patient_ = _to_patient(texts, is_patient=is_patient)
    friends = referrals_button(texts)
    return Screen(text, under([_cases(texts)], [_staff(texts)], [friends], [as_patient_]))


def as_patient(texts: Texts, *, is_owner: bool) -> Screen:
    """In place of the owner's or manager's screen while the patient's stands below."""
    label = texts.plain("owner-back") if is_owner else texts.plain("manager-back")
    return Screen(texts("owner-is-patient"), under([button(label, AsOwnerPress())]))


def _cases(texts: Texts) -> InlineKeyboardButton:
    return button(texts.plain("owner-cases"), CasesPress(show=CaseList.OPEN))


def _staff(texts: Texts) -> InlineKeyboardButton:
    return button(texts.plain("owner-staff"), TeamPress())


def _to_patient(texts: Texts, *, is_patient: bool) -> InlineKeyboardButton:
    label = texts.plain("owner-to-patient" if is_patient else "owner-as-patient")
    return button(label, AsPatientPress())
