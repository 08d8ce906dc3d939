"""Messages that an act of one person causes for another, by the kind of their outbox row."""

from loyalty.aftercare import AftercareFacts
from loyalty.appointments.looking import AppointmentCard, AppointmentFacts, AppointmentsFacts
from loyalty.cases.looking import CaseFacts, SolvedFacts, WaitingFacts, WordsFacts
from loyalty.cases.recipients import DeputyFacts
from loyalty.desk.access import AccessFacts, ManagerFacts
from loyalty.desk.approving import Question
from loyalty.desk.complaints import ComplaintFacts
from loyalty.desk.consent import SpendFacts
from loyalty.desk.correcting import ReversalFacts
from loyalty.desk.following import SlipFacts
from loyalty.desk.freezing import FreezeFacts
from loyalty.desk.gifts import GiftFacts
from loyalty.desk.merging import MergeFacts
from loyalty.kinds import KINDS, Class
from loyalty.letters import Letter
from loyalty.mail import Advert, Facts, Said, VisitFacts
from loyalty.ratings import RatingFacts
from loyalty.reward_posting import PostedFacts
from loyalty.signboard import Signboard
from loyalty.tasks.looking import BelowFacts, TaskFacts
from loyalty.tasks.talking import TalkFacts
from loyalty.undelivered import DigestFacts
from screens import (
    aftercare,
    alerts,
    appointment_card,
    appointments,
    cases,
    corrected,
    corrections,
    friends,
    promo,
    quiet,
    rating,
    spending,
    staff_chat,
    tasks,
    team,
    undelivered,
    visits,
)
from screens.screen import NO_MENU, Screen
from screens.texts import Texts

Opinion = (
    RatingFacts | AftercareFacts | CaseFacts | WordsFacts | SolvedFacts | WaitingFacts | DeputyFacts
)


def render(letter: Letter, facts: Facts, texts: Texts, signboard: Signboard) -> Screen:
    """Raises LookupError: no message of this kind, or one of promo that isn't marked as such."""
    if isinstance(facts, Advert):
        said = _said(letter, facts.said, texts, signboard)
        return promo.advert(texts, said, signboard, facts.marker)
    if KINDS[letter.kind].class_ is Class.PROMO:
        raise LookupError(letter.kind)
    return _with_way_out(letter, _said(letter, facts, texts, signboard), texts)


def _with_way_out(letter: Letter, said: Screen, texts: Texts) -> Screen:
    """What is of care can be switched off under the message itself: questions about a visit, and
    what reminds of one to come.
    """
    if KINDS[letter.kind].class_ is not Class.CARE:
        return said
    visit = letter.arguments.get("visit")
    return quiet.asking(texts, said, visit) if visit else quiet.reminding(texts, said)


def _said(letter: Letter, facts: Said, texts: Texts, signboard: Signboard) -> Screen:
    match facts:
        case VisitFacts() | SpendFacts() | ComplaintFacts() | FreezeFacts() | SlipFacts():
            return _of_visit(letter, facts, texts, signboard)
        case AccessFacts():
            return staff_chat.access_question(texts, facts)
        case ReversalFacts() | GiftFacts() | MergeFacts() | Question():
            return _of_correction(letter, facts, texts)
        case DigestFacts():
            return undelivered.digest(texts, facts)
        case TaskFacts() | BelowFacts() | TalkFacts():
            return _of_task(letter, facts, texts, signboard)
        case PostedFacts():
            return friends.posted(texts, facts)
        case AppointmentFacts() | AppointmentsFacts() | AppointmentCard():
            return _of_appointment(letter, facts, texts)
        case ManagerFacts():
            return team.made_manager(texts, facts.branch)
        case (
            RatingFacts()
            | AftercareFacts()
            | CaseFacts()
            | WordsFacts()
            | SolvedFacts()
            | WaitingFacts()
            | DeputyFacts()
        ):
            return _of_opinion(facts, letter, texts, signboard)
    return _without_facts(letter, texts, signboard)


def _without_facts(letter: Letter, texts: Texts, signboard: Signboard) -> Screen:
    """What the letter's own arguments say in full."""
    if letter.kind == "connect-offer":
        return staff_chat.offer(texts)
    if letter.kind == "account-confirmed":
        return corrected.account_confirmed(texts)
    if letter.kind == "codes-locked":
        return alerts.codes_locked(texts, letter.arguments["name"], letter.arguments["branch"])
    if letter.kind == "books-differ":
        return alerts.books_differ(texts, letter.arguments["differences"])
    if letter.kind == "letters-refused":
        return undelivered.refused(texts, letter.arguments["what"])
    if letter.kind == "chat-lost":
        return undelivered.chat_lost(texts, letter.arguments["branch"])
    if letter.kind == "account-moved":
        return _account_moved(texts, signboard)
    raise LookupError(letter.kind)


def _of_appointment(
    letter: Letter, facts: AppointmentFacts | AppointmentsFacts | AppointmentCard, texts: Texts
) -> Screen:
    if isinstance(facts, AppointmentCard):
        return appointment_card.card(texts, facts)
    match letter.kind:
        case "remind24":
            return appointments.day_before(texts, facts)
        case "remind2":
            return appointments.hours_before(texts, facts)
        case "missed":
            return appointments.missed(texts, facts)
    match facts:
        case AppointmentFacts() if letter.kind == "appointment-cancelled":
            return appointments.cancelled(texts, facts)
        case AppointmentFacts():
            return appointments.booked(texts, facts, moved=letter.kind == "moved")
    raise LookupError(letter.kind)


def _of_visit(
    letter: Letter,
    facts: VisitFacts | SpendFacts | ComplaintFacts | FreezeFacts | SlipFacts,
    texts: Texts,
    signboard: Signboard,
) -> Screen:
    """What a visit means for its patient, and what the patient says to it."""
    match facts:
        case VisitFacts():
            return visits.receipt(texts, facts)
        case SpendFacts():
            return spending.request(texts, facts, signboard)
        case ComplaintFacts() if letter.account is not None:
            return visits.complaint_noted(texts, facts)
        case ComplaintFacts():
            return visits.complaint(texts, facts)
        case SlipFacts():
            return visits.slip_strange(texts, facts)
        case FreezeFacts():
            return _freeze(letter, facts, texts, signboard)


def _of_opinion(
    facts: Opinion,
    letter: Letter,
    texts: Texts,
    signboard: Signboard,
) -> Screen:
    """What the patient thinks of a visit, and what becomes of it."""
    match facts:
        case RatingFacts():
            return rating.question(texts, facts)
        case AftercareFacts():
            return aftercare.question(texts, facts)
        case CaseFacts() if facts.urgent:
            return cases.urgent(texts, facts)
        case CaseFacts():
            return cases.case(texts, facts)
        case WordsFacts() if letter.kind == "case-answer":
            return rating.words(texts, facts, signboard)
        case WordsFacts():
            return cases.words(texts, facts)
        case SolvedFacts():
            return rating.solved(texts, facts, signboard)
        case WaitingFacts():
            return cases.waits(texts, facts)
        case DeputyFacts():
            return cases.deputy(texts, facts)


def _of_task(
    letter: Letter,
    facts: TaskFacts | BelowFacts | TalkFacts,
    texts: Texts,
    signboard: Signboard,
) -> Screen:
    """What staff are to do, and what they and a patient say to each other."""
    match facts:
        case TaskFacts():
            return tasks.card(texts, facts, signboard)
        case BelowFacts():
            return tasks.below(texts, facts)
        case TalkFacts() if letter.kind == "task-answer":
            return tasks.answer(texts, facts, signboard)
        case TalkFacts() if letter.kind == "task-unheard":
            return tasks.unheard(texts, facts)
        case TalkFacts():
            return tasks.words(texts, facts)


def _of_correction(
    letter: Letter, facts: ReversalFacts | GiftFacts | MergeFacts | Question, texts: Texts
) -> Screen:
    match facts:
        case ReversalFacts():
            return corrected.taken_back(texts, facts)
        case GiftFacts():
            return corrected.gift(texts, facts)
        case MergeFacts():
            return corrected.merged(texts, facts)
        case Question() if letter.kind == "request":
            return corrections.request(texts, facts)
        case Question():
            return corrections.told_staff(texts, facts)


def _freeze(letter: Letter, facts: FreezeFacts, texts: Texts, signboard: Signboard) -> Screen:
    if letter.kind == "spending-released":
        return spending.released(texts, signboard)
    if letter.kind == "spending-back":
        return spending.back(texts, facts)
    return spending.stopped(texts, facts)


def _account_moved(texts: Texts, signboard: Signboard) -> Screen:
    text = texts("account-moved", clinic=signboard.name, phone=signboard.phone)
    return Screen(text, NO_MENU)
