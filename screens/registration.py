"""From the first «Здравствуйте» to the last question."""

from collections.abc import Sequence
from dataclasses import dataclass

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup, KeyboardButton

from loyalty.arriving import Offer
from loyalty.people import Birthday, Patient
from loyalty.programme import Programme
from loyalty.registration import CONSENT_VERSION, Family, Question, Registered
from loyalty.signboard import Signboard
from screens import arriving, menu
from screens.callbacks import (
    AdvertisingPress,
    BirthdayPress,
    BirthdayStep,
    BornPress,
    ConsentPress,
    ConsentStep,
    FamilyPress,
    GoPress,
    MePress,
    NamePress,
    NameStep,
    Place,
    ShownPress,
)
from screens.formats import birthday as day_of
from screens.formats import percent
from screens.screen import Screen, below, button, short, under
from screens.texts import Html, Texts

LONGEST_NAME_ON_BUTTON = 12
LONGEST_PATIENT_ON_BUTTON = 20


@dataclass(frozen=True, slots=True)
class Facts:
    """What the questions of registration are made of; each needs only a few of these."""

    signboard: Signboard
    programme: Programme
    returning: bool = False
    name: str | None = None
    birthday: Birthday | None = None
    birthday_in_profile: Birthday | None = None
    offer: Offer | None = None


def question(texts: Texts, which: Question, facts: Facts) -> Screen:
    """The screen of a question that is open."""
    match which:
        case Question.CONSENT:
            return greeting(
                texts, facts.signboard, facts.programme, facts.offer, returning=facts.returning
            )
        case Question.PHONE:
            return phone(texts)
        case Question.FAMILY:
            return family(texts)
        case Question.NAME:
            return name(texts, facts.name)
        case Question.BIRTHDAY:
            return birthday(texts, facts)
        case Question.ADVERTISING:
            return advertising(texts, facts.signboard)


def greeting(
    texts: Texts,
    signboard: Signboard,
    programme: Programme,
    offer: Offer | None = None,
    *,
    returning: bool,
) -> Screen:
    if returning:
        text = texts("greeting-again", clinic=signboard.name, legal=signboard.legal)
    else:
        text = texts(
            "greeting",
            clinic=signboard.name,
            cap=percent(programme.cap, texts),
            welcome=programme.welcome,
            legal=signboard.legal,
        )
    if offer is not None:
        text = arriving.offered(texts, offer) + "\n\n" + text
    return Screen(text, _consent_buttons(texts))


def consent_by_button_only(texts: Texts, facts: Facts) -> Screen:
    """Words came instead of the press that consent takes."""
    again = question(texts, Question.CONSENT, facts)
    return Screen(texts("greeting-press") + "\n\n" + again.text, again.keyboard)


def _consent_buttons(texts: Texts) -> InlineKeyboardMarkup:
    full = button(texts.plain("greeting-full"), ConsentPress(step=ConsentStep.FULL))
    cancel = button(texts.plain("greeting-cancel"), ConsentPress(step=ConsentStep.CANCEL))
    return under([_give(texts)], [full, cancel])


def _give(texts: Texts) -> InlineKeyboardButton:
    agrees = ConsentPress(step=ConsentStep.GIVE, version=CONSENT_VERSION)
    return button(texts.plain("greeting-give"), agrees)


def start_again(texts: Texts) -> InlineKeyboardMarkup:
    """The way back for who has said no, withdrawn, or been forgotten."""
    return under([button(texts.plain("consent-start-again"), ConsentPress(step=ConsentStep.AGAIN))])


def consent_stands(texts: Texts) -> Screen:
    """«Cancel» under an old greeting, when consent has long been given."""
    mine = button(texts.plain("clinic-privacy"), GoPress(to=Place.PRIVACY))
    return Screen(texts("consent-stands"), under([mine]))


def full_consent(texts: Texts, signboard: Signboard) -> Screen:
    text = texts(
        "consent-full",
        version=edition(CONSENT_VERSION),
        legal=signboard.legal,
        clinic=signboard.name,
        phone=signboard.phone,
    )
    back = button(texts.plain("greeting-back"), ConsentPress(step=ConsentStep.BACK))
    return Screen(text, under([_give(texts)], [back]))


def edition(version: str) -> Html:
    """A wording's version; it must not break at its hyphen."""
    return Html(version.replace("-", "\u2011"))


def consent_given(texts: Texts) -> Screen:
    return Screen(texts("consent-given"))


def consent_cancelled(texts: Texts) -> Screen:
    return Screen(texts("consent-cancelled"), start_again(texts))


def phone(texts: Texts) -> Screen:
    return _with_phone_button(texts, texts("phone"))


def phone_by_button_only(texts: Texts) -> Screen:
    """Something else came instead of the number."""
    return _with_phone_button(texts, texts("phone-press"))


def phone_not_yours(texts: Texts) -> Screen:
    return _with_phone_button(texts, texts("phone-not-yours"))


def _with_phone_button(texts: Texts, text: str) -> Screen:
    send = KeyboardButton(text=texts.plain("phone-button"), request_contact=True)
    return Screen(text, below([send], hint=texts.plain("phone-hint")))


def family(texts: Texts) -> Screen:
    everyone = button(texts.plain("family-all"), FamilyPress(choice=Family.ALL))
    only_me = button(texts.plain("family-only-me"), FamilyPress(choice=Family.ONLY_ME))
    return Screen(texts("family"), under([everyone, only_me]))


def family_who(texts: Texts, choice: Family, patients: Sequence[Patient]) -> Screen:
    rows = [
        [button(_patient_label(texts, patient), MePress(choice=choice, patient=patient.id))]
        for patient in patients
    ]
    nobody = button(texts.plain("family-nobody"), MePress(choice=choice))
    return Screen(texts("family-who"), under(*rows, [nobody]))


def _patient_label(texts: Texts, patient: Patient) -> str:
    return short(patient_name(patient) or texts.plain("family-unnamed"), LONGEST_PATIENT_ON_BUTTON)


def patient_name(patient: Patient) -> str:
    """First name and the surname's initial: `Мария П.`; empty where nothing is known."""
    initial = patient.surname[0].upper() + "." if patient.surname else ""
    return " ".join(filter(None, [patient.name, initial]))


def family_chosen(texts: Texts) -> Screen:
    return Screen(texts("family-chosen"))


def welcome(texts: Texts, registered: Registered) -> Screen:
    """What the proved phone brought, with the main menu from now on."""
    text = _welcome_text(texts, registered)
    if registered.known and registered.programme.friend_gift:
        text = text + "\n\n" + texts("card-for-new")
    return Screen(text, menu.keyboard(texts))


def _welcome_text(texts: Texts, registered: Registered) -> str:
    gift, points, programme = registered.gift, registered.balance, registered.programme
    cap = percent(programme.cap, texts)
    if registered.repeated:
        return texts("welcome-repeated", points=points)
    if registered.moved:
        return texts("welcome-moved", points=points)
    if registered.friend:
        return arriving.welcome(texts, registered, registered.friend)
    if gift is None and not programme.welcome:
        return texts("welcome-plain", points=points, cap=cap)
    if gift is None:
        return texts("welcome-known", points=points, cap=cap)
    if gift.points == points:
        return texts("welcome-gift", points=points, cap=cap, day=gift.last_day)
    return texts("welcome-gift-among", points=points, gift=gift.points, cap=cap, day=gift.last_day)


def name(texts: Texts, suggestion: str | None, *, was_typed: bool = False) -> Screen:
    other = button(texts.plain("name-other"), NamePress(step=NameStep.OTHER))
    if suggestion is None:
        return Screen(texts("name"), under([other]))
    step = NameStep.TYPED if was_typed else NameStep.SUGGESTED
    if len(suggestion) <= LONGEST_NAME_ON_BUTTON:
        text, label = texts("name"), texts.plain("name-right", name=suggestion)
    else:
        text, label = texts("name-long", name=suggestion), texts.plain("name-right-long")
    return Screen(text, under([button(label, NamePress(step=step))], [other]))


def write_name(texts: Texts) -> Screen:
    back = button(texts.plain("name-back"), NamePress(step=NameStep.BACK))
    return Screen(texts("name-write"), under([back]))


def birthday(texts: Texts, facts: Facts) -> Screen:
    if facts.birthday:
        return _birthday_known(texts, facts.birthday)
    gift = facts.programme.birthday
    if facts.name:
        text = texts("birthday-thanks", name=facts.name, gift=gift)
    else:
        text = texts("birthday", gift=gift)
    from_profile = _birthday_from_profile(texts, facts.birthday_in_profile)
    enter = button(texts.plain("birthday-enter"), BirthdayPress(step=BirthdayStep.ENTER))
    skip = button(texts.plain("birthday-skip"), BirthdayPress(step=BirthdayStep.SKIP))
    return Screen(text, under(from_profile, [enter, skip]))


def _birthday_known(texts: Texts, born: Birthday) -> Screen:
    right = button(texts.plain("birthday-right"), _is_born(born))
    return Screen(texts("birthday-known", day=day_of(born, texts)), under([right]))


def _birthday_from_profile(texts: Texts, born: Birthday | None) -> list[InlineKeyboardButton]:
    """It leads to the same «Верно?» as a typed date: later only staff can change it."""
    if born is None:
        return []
    label = texts.plain("birthday-profile", day=day_of(born, texts))
    return [button(label, ShownPress(day=born.day, month=born.month, year=born.year))]


def _is_born(born: Birthday) -> BornPress:
    return BornPress(day=born.day, month=born.month, year=born.year)


def write_birthday(texts: Texts) -> Screen:
    back = button(texts.plain("birthday-back"), BirthdayPress(step=BirthdayStep.BACK))
    return Screen(texts("birthday-write"), under([back]))


def birthday_unread(texts: Texts) -> Screen:
    """What was typed is no date: try again, or leave it."""
    skip = button(texts.plain("birthday-skip"), BirthdayPress(step=BirthdayStep.SKIP))
    return Screen(texts("refusal-not-a-birthday"), under([skip]))


def confirm_birthday(texts: Texts, born: Birthday) -> Screen:
    """A typed date is shown as it was understood: later only staff can change it."""
    day = day_of(born, texts)
    if born.year:
        text = texts("birthday-confirm-year", day=day)
    else:
        text = texts("birthday-confirm-day", day=day)
    right = button(texts.plain("birthday-right"), _is_born(born))
    another = button(texts.plain("birthday-another"), BirthdayPress(step=BirthdayStep.ENTER))
    return Screen(text, under([right, another]))


def advertising(texts: Texts, signboard: Signboard) -> Screen:
    """«No» stands where the buttons before stood: a finger that was too quick agrees to nothing."""
    yes = button(texts.plain("advertising-yes"), AdvertisingPress(agrees=True))
    no = button(texts.plain("advertising-no"), AdvertisingPress(agrees=False))
    return Screen(texts("advertising", legal=signboard.legal), under([no], [yes]))


def finished(texts: Texts) -> Screen:
    return Screen(texts("finished"))
