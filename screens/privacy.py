"""«Мои данные»: what is stored about a person, and their ways to take it, stop it, erase it."""

from collections.abc import Iterator, Sequence
from zoneinfo import ZoneInfo

from aiogram.types import BufferedInputFile, InlineKeyboardButton

from loyalty.people import Account, Patient, Relation
from loyalty.phones import readable
from loyalty.privacy import KEPT_AFTER_WITHDRAWAL, Dossier
from loyalty.signboard import Signboard
from screens import export
from screens.callbacks import (
    BirthdayPress,
    BirthdayStep,
    GoPress,
    NamePress,
    NameStep,
    Place,
    PrivacyPress,
    PrivacyStep,
)
from screens.formats import birthday
from screens.registration import edition, patient_name, start_again
from screens.screen import NO_MENU, Screen, button, under
from screens.texts import Html, Texts

LONGEST_FAMILY = 10


def privacy(texts: Texts, dossier: Dossier, signboard: Signboard) -> Screen:
    account = dossier.account
    lines = [
        texts("privacy-title", clinic=signboard.name),
        *_about(texts, account),
        *_patients(texts, dossier.patients),
        *_points(texts, dossier),
        *_recommending(texts, dossier),
        *_papers(texts, account, signboard.zone),
    ]
    note = texts("privacy-note", phone=signboard.phone)
    return Screen("\n".join(lines) + "\n\n" + note, under(*_ways(texts, dossier)))


def _about(texts: Texts, account: Account) -> Iterator[str]:
    if account.name:
        yield texts("privacy-name", name=account.name)
    if account.phone:
        yield texts("privacy-phone", phone=readable(account.phone))
    if account.telegram:
        yield texts("privacy-telegram", telegram=Html(account.telegram))


def _patients(texts: Texts, patients: Sequence[tuple[Patient, Relation]]) -> Iterator[str]:
    for patient, relation in patients[:LONGEST_FAMILY]:
        if relation is Relation.FAMILY:
            name = patient_name(patient) or texts.plain("family-unnamed")
            yield texts("privacy-patient", name=name)
        elif patient.birthday:
            yield texts("privacy-birthday", day=birthday(patient.birthday, texts))
    if len(patients) > LONGEST_FAMILY:
        yield texts("privacy-patients-more", count=len(patients) - LONGEST_FAMILY)


def _points(texts: Texts, dossier: Dossier) -> Iterator[str]:
    if dossier.account.wallet:
        operations = len(dossier.operations)
        yield texts("privacy-points", points=dossier.points, operations=operations)


def _recommending(texts: Texts, dossier: Dossier) -> Iterator[str]:
    oneself = {patient.id for patient, relation in dossier.patients if relation is Relation.SELF}
    if any(one.brought for one in dossier.recommending if one.patient in oneself):
        yield texts("privacy-brought")
    cards = [one for one in dossier.recommending if one.has_card]
    if names := list(dict.fromkeys(one.name for one in cards if one.name)):
        yield texts("privacy-card-named", names=", ".join(names[:LONGEST_FAMILY]))
    elif cards:
        yield texts("privacy-card-nameless")


def _papers(texts: Texts, account: Account, zone: ZoneInfo) -> Iterator[str]:
    if account.withdrawn_at:
        day = account.withdrawn_at.astimezone(zone).date()
        yield texts("privacy-withdrawn", day=day, days=KEPT_AFTER_WITHDRAWAL.days)
    elif account.consented_at:
        day = account.consented_at.astimezone(zone).date()
        yield texts("privacy-consent", day=day, version=edition(account.consent_version or ""))
    if account.registered:
        choice = "on" if account.advertising else "off"
        yield texts("privacy-care", choice=Html("off" if account.care_off_at else "on"))
        yield texts("privacy-advertising", choice=Html(choice))


def _ways(texts: Texts, dossier: Dossier) -> Iterator[list[InlineKeyboardButton]]:
    account = dossier.account
    yield [button(texts.plain("privacy-file"), PrivacyPress(step=PrivacyStep.FILE))]
    if account.registered:
        yield [button(texts.plain("privacy-rename"), NamePress(step=NameStep.OTHER))]
        yield from _birthday(texts, dossier)
        yield [_care_switch(texts, account), _advertising_switch(texts, account)]
    if account.consented:
        yield [button(texts.plain("privacy-withdraw"), PrivacyPress(step=PrivacyStep.WITHDRAW))]
    yield [button(texts.plain("privacy-erase"), PrivacyPress(step=PrivacyStep.ERASE))]
    if account.registered:
        yield [button(texts.plain("clinic-back"), GoPress(to=Place.CLINIC))]


def _birthday(texts: Texts, dossier: Dossier) -> Iterator[list[InlineKeyboardButton]]:
    oneself = (patient for patient, relation in dossier.patients if relation is Relation.SELF)
    if any(patient.birthday is None for patient in oneself):
        enter = BirthdayPress(step=BirthdayStep.ENTER)
        yield [button(texts.plain("privacy-birthday-add"), enter)]


def _care_switch(texts: Texts, account: Account) -> InlineKeyboardButton:
    if account.care_off_at:
        return button(texts.plain("privacy-care-on"), PrivacyPress(step=PrivacyStep.CARE_ON))
    return button(texts.plain("privacy-care-off"), PrivacyPress(step=PrivacyStep.CARE_OFF))


def _advertising_switch(texts: Texts, account: Account) -> InlineKeyboardButton:
    if account.advertising:
        off = PrivacyPress(step=PrivacyStep.ADVERTISING_OFF)
        return button(texts.plain("privacy-advertising-off"), off)
    ask = PrivacyPress(step=PrivacyStep.ADVERTISING)
    return button(texts.plain("privacy-advertising-on"), ask)


def advertising(texts: Texts, signboard: Signboard) -> Screen:
    """Switching on asks for consent in the same words as registration does."""
    yes = PrivacyPress(step=PrivacyStep.ADVERTISING_ON)
    no = GoPress(to=Place.PRIVACY)
    return Screen(
        texts("advertising", legal=signboard.legal),
        under(
            [button(texts.plain("advertising-yes"), yes)],
            [button(texts.plain("advertising-no"), no)],
        ),
    )


def withdraw(texts: Texts) -> Screen:
    yes = PrivacyPress(step=PrivacyStep.WITHDRAW_SURELY)
    no = GoPress(to=Place.PRIVACY)
    return Screen(
        texts("withdraw", days=KEPT_AFTER_WITHDRAWAL.days),
        under(
            [button(texts.plain("withdraw-no"), no)],
            [button(texts.plain("withdraw-surely"), yes)],
        ),
    )


def withdraw_edited(texts: Texts) -> Screen:
    return Screen(texts("withdraw-edited"), start_again(texts))


def withdraw_done(texts: Texts) -> Screen:
    return Screen(texts("withdraw-done", days=KEPT_AFTER_WITHDRAWAL.days), NO_MENU)


def erase(texts: Texts, points: int) -> Screen:
    yes = PrivacyPress(step=PrivacyStep.ERASE_SURELY)
    no = GoPress(to=Place.PRIVACY)
    return Screen(
        texts("erase", points=points),
        under(
            [button(texts.plain("erase-no"), no)],
            [button(texts.plain("erase-surely"), yes)],
        ),
    )


def erase_edited(texts: Texts) -> Screen:
    return Screen(texts("erase-edited"), start_again(texts))


def erase_done(texts: Texts) -> Screen:
    return Screen(texts("erase-done"), NO_MENU)


def file(texts: Texts, dossier: Dossier, signboard: Signboard) -> Screen:
    page = export.page(texts, dossier, signboard)
    name = texts.plain("export-file") + ".html"
    return Screen(texts("export-caption"), document=BufferedInputFile(page.encode(), filename=name))
