"""Who may what: every handler tried by every role, over the wire. `pytest -k roles -s` prints it.

What the letters mean is in `roles.LEGEND`, who the roles are in `roles.ROLES`.
"""

from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest
from aiogram import Router

from handlers.owner.branch_page import PageForm
from handlers.owner.card_style import LogoForm
from handlers.owner.cases import CaseForm
from handlers.owner.promo import PromoForm
from handlers.owner.settings import Form as NumberForm
from handlers.owner.team import TeamForm
from handlers.patient.forms import Form
from handlers.patient.rating import RatingForm
from handlers.routes import routes
from handlers.staff.access import ShiftForm
from handlers.staff.booking import AppointmentForm
from handlers.staff.connect import BranchForm
from handlers.staff.forms import CardForm
from handlers.staff.gifts import GiftForm
from handlers.staff.merging import MergeForm
from handlers.staff.recommended import RecommendedForm
from handlers.staff.returns import ReturnForm
from handlers.staff.tasks import TaskForm
from loyalty import caring, privacy, registration
from loyalty.cards import Colour
from loyalty.cases import recipients, talking
from loyalty.desk import access, branch_page, freezing, promoting
from loyalty.desk.branch_page import Field
from loyalty.desk.complaints import Complaint
from loyalty.desk.newcomers import record_patient
from loyalty.numbers import Group
from loyalty.opinions import Call, Feels, Why
from loyalty.points import Credit, Kind, Reason
from loyalty.ports import Transaction
from loyalty.registration import Family
from loyalty.saying import Said
from loyalty.sources import Place as SourcePlace
from loyalty.tasks import never
from sandbox.clinic import OLEG_ID
from screens import callbacks as press
from screens.callbacks import ConsentStep, GoPress, NameStep, PrivacyPress, PrivacyStep
from screens.callbacks.appointments import (
    AnswerPress,
    AppointmentPress,
    AppointmentStep,
    BookPress,
    ElsewherePress,
    MovePress,
    VisitAnswer,
    When,
    WishPress,
)
from screens.callbacks.branch_page import (
    AtBranchPress,
    ClearPress,
    DropReviewPress,
    PageDaysPress,
    PagePress,
    PagesPress,
)
from screens.callbacks.corrections import (
    ConfirmAccountPress,
    Correction,
    CorrectPress,
    DecidePress,
    GiftPress,
    GiftReason,
    GiftTypedPress,
    GoodWillPress,
    LeavePress,
    ReturnPress,
    ReturnReason,
    ReturnTypedPress,
    UndoPress,
)
from screens.callbacks.desk import CardPress, CardStep, FoundPress, ReadingPress, ScannedPress
from screens.callbacks.desk_patient import (
    CodePress,
    ComplaintPress,
    FreezePress,
    FreezeStep,
    SpendAnswer,
    SpendPress,
    UnfreezePress,
    VisitsPress,
)
from screens.callbacks.friends import MyFriendsPress, ReferralsPress, Shown
from screens.callbacks.kit import InvitePress, KitPress, Paper
from screens.callbacks.merging import MergePress, MergeWhoPress, StayMergedPress, UnmergePress
from screens.callbacks.quiet import CarePress, OffersPress
from screens.callbacks.rating import (
    CallPress,
    CaseAct,
    CaseList,
    CasePress,
    CasesPress,
    FeelsPress,
    RatePress,
    SayPress,
    WhyPress,
)
from screens.callbacks.recommended import RecommendedPress, ReferrerPress
from screens.callbacks.recommending import (
    CardLogoPress,
    CardNamePress,
    CardStylePress,
    OpenCardPress,
)
from screens.callbacks.settings import (
    ChangesPress,
    NumberPress,
    PromoPress,
    PromoStep,
    SaveNumberPress,
    ShelfPress,
    TypeNumberPress,
    WantNumberPress,
)
from screens.callbacks.tasks import LiftPress, TaskAct, TaskPress, TasksPress
from screens.callbacks.team import (
    AccessPress,
    AsOwnerPress,
    BranchField,
    BranchPress,
    ChangeShiftPress,
    ConnectPress,
    DayOffPress,
    DisconnectPress,
    LeafletPress,
    OtherNamePress,
    ShiftPress,
    TeamAct,
    TeamPress,
    ZonePress,
    mark,
)
from screens.callbacks.undelivered import LostLetterPress, LostPress, SendAgainPress
from tests.e2e.roles import (
    LEGEND,
    PEOPLE,
    ROLES,
    SPOT,
    Actor,
    Cell,
    Does,
    Place,
    Presses,
    Replies,
    Row,
    Says,
    Things,
    UseCase,
)
from tests.e2e.stage import OWNER, OWNERS, Stage, heads_a_family, open_stage, registers
from tests.e2e.watched import name_of
from tests.faults.scene import table
from tests.support.phones import fresh_phone

# aiohttp, which receives the sandbox's pictures, warns of a method that it calls itself.
pytestmark = pytest.mark.filterwarnings("ignore:unread_data:DeprecationWarning")


# --- what happened before --------------------------------------------------------------------


def consented(_: Things, actor: Actor) -> list[UseCase]:
    return [(registration.consent, actor.telegram)]


def registered(_: Things, actor: Actor) -> list[UseCase]:
    return registers(actor.telegram, actor.phone)


def withdrew(things: Things, actor: Actor) -> list[UseCase]:
    return [*registered(things, actor), (privacy.withdraw, actor.telegram)]


def named(things: Things, actor: Actor) -> list[UseCase]:
    return [*registered(things, actor), (registration.answer_name, actor.telegram, "Анна")]


def with_family(_: Things, actor: Actor) -> list[UseCase]:
    return heads_a_family(actor.telegram, actor.phone)


def frozen(things: Things, _: Actor) -> list[UseCase]:
    return [(freezing.stop, things.registered, OWNERS)]


def care_is_off(things: Things, _: Actor) -> list[UseCase]:
    return [(caring.switch, things.registered, False)]


def advertises(_: Things, __: Actor) -> list[UseCase]:
    return [(let_promo_leave,)]


def let_promo_leave(tx: Transaction) -> None:
    promoting.switch_on(tx, OWNER.telegram, tx.promo.standing().version)


def marked(_: Things, __: Actor) -> list[UseCase]:
    return [(promoting.put_marker, OWNER.telegram, "2VtzqwABC")]


def shared(things: Things, _: Actor) -> list[UseCase]:
    """The staff's account is the desk's, and nobody is on shift."""
    return [(access.share, OWNER, things.here, things.staff)]


def reviewed(things: Things, _: Actor) -> list[UseCase]:
    return [(branch_page.write, OWNER, things.here, Field.REVIEWS, REVIEW)]


def mapped(things: Things, _: Actor) -> list[UseCase]:
    return [(branch_page.write, OWNER, things.here, Field.DIRECTIONS, REVIEW)]


def points_ended(things: Things, actor: Actor) -> list[UseCase]:
    return [(note_ended, things.patient, actor.role)]


def note_ended(tx: Transaction, patient: int, role: str) -> None:
    """Points of the patient's whose time was over a minute ago."""
    wallet = tx.people.patient(patient).wallet
    operation = tx.ledger.add_operation(f"test:{role}", Kind.WELCOME, "")
    entry = tx.ledger.add_entry(operation, wallet, 100)
    ended = Credit(wallet, Reason.GIFT, 100, tx.now - timedelta(minutes=1))
    tx.ledger.allocate(entry, tx.ledger.add_lot(operation, ended), 100)


def signed(_: Things, __: Actor) -> list[UseCase]:
    return [(note_signed, fresh_phone())]


def note_signed(tx: Transaction, phone: str) -> None:
    """Somebody without the bot has agreed on paper."""
    patient = record_patient(tx, phone, "Ольга")
    tx.desk.sign_paper(patient.id, registration.CONSENT_VERSION, OLEG_ID)


def asked_for_stars(things: Things, _: Actor) -> list[UseCase]:
    return [(note_asked, things.visit, things.registered)]


def note_asked(tx: Transaction, visit: int, telegram: int) -> None:
    account = tx.people.account_of(telegram)
    tx.ratings.note_asked(visit, account.id)


def asked_how_they_feel(things: Things, _: Actor) -> list[UseCase]:
    return [(note_aftercare, things.visit, things.registered)]


def note_aftercare(tx: Transaction, visit: int, telegram: int) -> None:
    account = tx.people.account_of(telegram)
    tx.aftercare.note_asked(visit, account.id)


def answered(things: Things, _: Actor) -> list[UseCase]:
    said = Said(OLEG_ID, 1, "Простите нас")
    return [(talking.answer, OWNER, OWNERS, "Олег", things.case, said)]


def shown_here(things: Things, actor: Actor) -> list[UseCase]:
    """The message at hand is the alert of the case."""
    return [(note_alert, things.case, actor.telegram, actor.spot)]


def note_alert(tx: Transaction, case: int, telegram: int, message: int) -> None:
    tx.cases.show(case, telegram, message, whole=True, as_owner=False)


def begun(things: Things, _: Actor) -> list[UseCase]:
    """The time of the appointment has come."""
    return [(note_begun, things.booked.id)]


def note_begun(tx: Transaction, booked: int) -> None:
    began = tx.now - timedelta(minutes=10)
    tx.appointments.save(replace(tx.appointments.appointment(booked), starts_at=began))


def talks_here(things: Things, actor: Actor) -> list[UseCase]:
    return [(note_talk, things.talk, actor.person.chat_id, actor.spot)]


def note_talk(tx: Transaction, talk: int, chat: int, message: int) -> None:
    tx.tasks.show(chat, message, talk, whole=False)


def closed_and_talks(things: Things, actor: Actor) -> list[UseCase]:
    return [*closed(things, actor), *talks_here(things, actor)]


def closed(things: Things, _: Actor) -> list[UseCase]:
    return [(close, things.here)]


def close(tx: Transaction, branch: int) -> None:
    """The branch has no staff chat."""
    tx.branches.save_branch(replace(tx.branches.branch(branch), chat=None))


def never_disturbed(things: Things, _: Actor) -> list[UseCase]:
    return [(never.say, things.patient, things.staff, "Staff")]


def task(act: TaskAct, **more: int) -> Presses:
    return Presses(lambda w: TaskPress(task=w.call.id, revision=w.call.revision, act=act, **more))


def away(things: Things, _: Actor) -> list[UseCase]:
    return [(recipients.go_away, OWNER, OWNERS, things.manager)]


# --- what is waited for and pressed ----------------------------------------------------------


def nothing(_: Things) -> dict[str, int]:
    return {}


def on_card(things: Things) -> dict[str, int]:
    return {"draft": things.draft.id, "n": 0}


def on_nameless(things: Things) -> dict[str, int]:
    return {"draft": things.nameless, "n": 0}


def card(step: CardStep, **more: int) -> Presses:
    return Presses(
        lambda w: CardPress(draft=w.draft.id, revision=w.draft.revision, step=step, **more)
    )


def spend(answer: SpendAnswer) -> Presses:
    return Presses(lambda w: SpendPress(draft=w.asking.id, points=w.points, answer=answer))


def correct(what: Correction) -> Presses:
    return Presses(lambda w: CorrectPress(visit=w.visit, what=what))


def returns(under: str = SPOT, **chosen: int | str) -> Presses:
    return Presses(lambda w: ReturnPress(visit=w.visit, n=1, **chosen), under=under)


def gift(**chosen: int | str) -> Presses:
    return Presses(lambda w: GiftPress(patient=w.patient, **chosen))


def person(act: TeamAct | None) -> Presses:
    return Presses(lambda w: TeamPress(branch=w.here, member=w.waiting, act=act))


def case(act: CaseAct, to: int | None = None) -> Presses:
    return Presses(lambda w: CasePress(case=w.case, act=act, to=to))


def answers(answer: VisitAnswer) -> Presses:
    return Presses(
        lambda w: AnswerPress(appointment=w.booked.id, minute=w.booked.minute, answer=answer)
    )


def booked(step: AppointmentStep, **more: int) -> Presses:
    return Presses(
        lambda w: AppointmentPress(appointment=w.booked.id, revision=0, step=step, **more)
    )


def on_question(things: Things) -> dict[str, int]:
    return {"case": things.case, "question": 1}


def on_case(things: Things) -> dict[str, int]:
    return {"case": things.case}


LINE = Says(lambda w: f"{w.digits} 12400")
COMMANDED = Says(lambda w: f"/visit {w.digits} 12400")
WELCOME = "welcome"
REVIEW = "https://2gis.ru/kazan/firm/1"

Here = partial(Row, at=Place.HERE)
There = partial(Row, at=Place.THERE)
Free = partial(Row, at=Place.FREE)

# stranger · patient · staff · other · ex · waiting · manager · owner · anonymous · channel
# fmt: off
# ruff: noqa: E501
PATIENTS = [
    Row("patient.points.balance",             Says("/balance"),                                         "rSrrrrrr"),
    Row("patient.points.history",             Says("/history"),                                         "rSrrrrrr"),
    Row("patient.points.how_it_works",        Says("/help"),                                            "SSSSSSSS"),
    Row("patient.points.balance_inside",      Presses(GoPress(to=press.Place.BALANCE)),                    "rSrrrrrr"),
    Row("patient.points.history_inside",      Presses(press.HistoryPress(page=0)),                         "rSrrrrrr"),
    Row("patient.points.how_it_works_inside", Presses(GoPress(to=press.Place.HELP)),                       "SSSSSSSS"),
    Row("patient.code.show",                  Says("/code"),                                            "rDrrrrrr"),
    Row("patient.code.renew",                 Presses(CodePress()),                                     "rDrrrrrr"),
    Row("patient.recommend.show",             Says("/card"),                                            "rDrrrrrr"),
    Row("patient.recommend.show_below",       Presses(OpenCardPress()),                                 "rDrrrrrr"),
    Row("patient.recommend.name",             Presses(CardNamePress(named=True)),                       "rDrrrrrr"),
    Row("patient.inline.offer",               Does("inline"),                                           "rSrrrrrr"),
    Row("patient.inline.offer",               Does("inline"),                                           "rrrrrrrr", given=withdrew),
    Row("patient.recommend.withdrawn",        Says("/card"),                                            "SSSSSSSS", given=withdrew),
    Row("patient.start.full_text",            Presses(press.ConsentPress(step=ConsentStep.FULL)),          "SSSSSSSS"),
    Row("patient.start.greeting",             Presses(press.ConsentPress(step=ConsentStep.BACK)),          "SSSSSSSS"),
    Row("patient.start.cancel",               Presses(press.ConsentPress(step=ConsentStep.CANCEL)),        "SSSSSSSS"),
    Row("patient.start.agree",                Presses(press.ConsentPress(step=ConsentStep.GIVE)),          "DSDDDDDD"),
    Row("patient.phone.number",               Does("contact", {"kind": "own"}),                 "DSDDDDDD", given=consented),
    Row("patient.phone.not_yours",            Does("contact", {"kind": "other"}),               "rrrrrrrr", given=consented),
    Row("patient.phone.whose",                Presses(press.FamilyPress(choice=Family.ALL)),               "SSSSSSSS", given=with_family),
    Row("patient.phone.who_are_you",          Presses(press.MePress(choice=Family.ALL)),                   "DSDDDDDD", given=with_family),
    Row("patient.about.name_unasked",         Says("Вера"),                                             "S>SSSSSS", given=registered),
    Row("patient.about.birthday_unasked",     Says("05.03.1980"),                                       "S>SSSSSS", given=named),
    Row("patient.about.name_written",         Says("Вера"),                                             "rDrrrrrr", form=(Form.name, nothing)),
    Row("patient.about.birthday_written",     Says("05.03.1980"),                                       "SSSSSSSS", form=(Form.birthday, nothing)),
    Row("patient.about.name_suggested",       Presses(press.NamePress(step=NameStep.SUGGESTED)),           "DSDDDDDD", given=registered),
    Row("patient.about.name_typed",           Presses(press.NamePress(step=NameStep.TYPED)),               "rDrrrrrr", form=(Form.name, lambda _: {"typed": "Вера"})),
    Row("patient.about.name_other",           Presses(press.NamePress(step=NameStep.OTHER)),               "SSSSSSSS"),
    Row("patient.about.leave_writing",        Presses(press.NamePress(step=NameStep.BACK)),                "SSSSSSSS"),
    Row("patient.about.leave_writing",        Presses(press.BirthdayPress(step=press.BirthdayStep.BACK)),     "SSSSSSSS"),
    Row("patient.about.birthday_enter",       Presses(press.BirthdayPress(step=press.BirthdayStep.ENTER)),    "SSSSSSSS"),
    Row("patient.about.birthday_skip",        Presses(press.BirthdayPress(step=press.BirthdayStep.SKIP)),     "DSDDDDDD", given=registered),
    Row("patient.about.shown",                Presses(press.ShownPress(day=5, month=3)),                   "SSSSSSSS"),
    Row("patient.about.born errors.out_of_turn",
                                              Presses(press.BornPress(day=5, month=3)),                    "rDrrrrrr"),
    Row("patient.about.advertising",          Presses(press.AdvertisingPress(agrees=True)),                "rDrrrrrr"),
    Row("patient.spending.not_me",            spend(SpendAnswer.NOT_ME),                                "SSSSSSSS"),
    Row("patient.spending.asked_again",       spend(SpendAnswer.ASK_AGAIN),                             "rSrrrrrr"),
    Row("patient.spending.answer",            spend(SpendAnswer.YES),                                   "rDrrrrrr"),
    Row("patient.spending.answer",            spend(SpendAnswer.NO),                                    "rDrrrrrr"),
    Row("patient.spending.ask_to_freeze",     Presses(FreezePress(step=FreezeStep.ASK)),                "rSrrrrrr"),
    Row("patient.spending.freeze",            Presses(lambda w: FreezePress(step=FreezeStep.SURELY, draft=w.asking.id)), "rDrrrrrr"),
    Row("patient.spending.undo",              Presses(FreezePress(step=FreezeStep.UNDO)),               "rDrrrrrr", given=frozen),
    Row("patient.visits.show",                Says("/visits"),                                          "rSrrrrrr"),
    Row("patient.visits.show_inside",         Presses(VisitsPress(page=0)),                             "rSrrrrrr"),
    Row("patient.friends.my_friends",         Presses(MyFriendsPress()),                                "rSrrrrrr"),
    Row("patient.visits.complain",            Presses(lambda w: ComplaintPress(visit=w.visit, complaint=Complaint.NOT_MINE)), "rDrrrrrr"),
    Row("patient.rating.rate",                Presses(lambda w: RatePress(visit=w.visit, stars=5)),     "rDrrrrrr"),
    Row("patient.rating.why",                 Presses(lambda w: WhyPress(visit=w.rated, why=Why.PRICE)), "rDrrrrrr"),
    Row("patient.rating.how",                 Presses(lambda w: CallPress(visit=w.rated, call=Call.CALL)), "rDrrrrrr"),
    Row("patient.rating.write",               Presses(lambda w: SayPress(visit=w.rated)),               "rSrrrrrr"),
    Row("patient.aftercare.tell",             Presses(lambda w: FeelsPress(visit=w.visit, feels=Feels.PAIN)), "rDrrrrrr"),
    Row("patient.quiet.care_off",             Presses(lambda w: CarePress(on=False, visit=w.visit)),    "rDrrrrrr"),
    Row("patient.quiet.care_on",              Presses(CarePress(on=True)),                              "rDrrrrrr", given=care_is_off),
    Row("patient.quiet.offers_off",           Presses(OffersPress(on=False)),                           "rSrrrrrr"),
    Row("patient.quiet.offers_on",            Presses(OffersPress(on=True)),                            "rDrrrrrr"),
    Row("patient.words.words",                Says("Долго ждали"),                                      "rDrrrrrr", form=(RatingForm.words, lambda w: {"visit": w.rated})),
    Row("patient.words.words",                Says("Хорошо, приду"),                                    "rDrrrrrr", given=answered),
    Row("patient.words.words",                Says("Всё было хорошо"),                                  "rDrrrrrr", given=asked_for_stars),
    Row("patient.words.words",                Says("Немного кровит"),                                   "rDrrrrrr", given=asked_how_they_feel),
    Row("patient.appointments.comes",         answers(VisitAnswer.COMES),                               "rDrrrrrr"),
    Row("patient.appointments.all_come",      answers(VisitAnswer.ALL_COME),                            "rDrrrrrr"),
    Row("patient.appointments.move",          answers(VisitAnswer.MOVE),                                "rDrrrrrr"),
    Row("patient.appointments.ask_cancel",    answers(VisitAnswer.CANCEL),                              "rSrrrrrr"),
    Row("patient.appointments.cancel",        answers(VisitAnswer.CANCEL_SURELY),                       "rDrrrrrr"),
    Row("patient.appointments.wish",          Presses(WishPress()),                                     "rSrrrrrr"),
    Row("patient.appointments.wish",          Presses(lambda w: WishPress(branch=w.here, patient=w.patient, when=When.DAY, doctor=0)), "rDrrrrrr"),
    Row("patient.appointments.booked_elsewhere", Presses(ElsewherePress()),                           "rDrrrrrr"),
    Row("patient.clinic.clinic",              Says("Клиника"),                                          "rSrrrrrr"),
    Row("patient.clinic.clinic_inside",       Presses(GoPress(to=press.Place.CLINIC)),                     "rSrrrrrr"),
    Row("patient.clinic.branch",              Presses(lambda w: AtBranchPress(branch=w.here)),          "rSrrrrrr"),
    Row("patient.clinic.language",            Says("/language"),                                        "SSSSSSSS"),
    Row("patient.clinic.language_inside",     Presses(GoPress(to=press.Place.LANGUAGE)),                   "SSSSSSSS"),
    Row("patient.clinic.language_chosen",     Presses(press.LanguagePress(language="en")),                 "DDDDDDDD"),
    Row("patient.privacy.mine",               Says("/privacy"),                                         "rSrrrrrr"),
    Row("patient.privacy.mine_inside",        Presses(GoPress(to=press.Place.PRIVACY)),                    "rSrrrrrr"),
    Row("patient.privacy.file",               Presses(PrivacyPress(step=PrivacyStep.FILE)),             "rSrrrrrr"),
    Row("patient.privacy.advertising",        Presses(PrivacyPress(step=PrivacyStep.ADVERTISING)),      "SSSSSSSS"),
    Row("patient.privacy.advertising_on",     Presses(PrivacyPress(step=PrivacyStep.ADVERTISING_ON)),   "rDrrrrrr"),
    Row("patient.privacy.advertising_off",    Presses(PrivacyPress(step=PrivacyStep.ADVERTISING_OFF)),  "rSrrrrrr"),
    Row("patient.privacy.care_off",           Presses(PrivacyPress(step=PrivacyStep.CARE_OFF)),         "rDrrrrrr"),
    Row("patient.privacy.care_on",            Presses(PrivacyPress(step=PrivacyStep.CARE_ON)),          "rDrrrrrr", given=care_is_off),
    Row("patient.privacy.withdraw",           Presses(PrivacyPress(step=PrivacyStep.WITHDRAW)),         "SSSSSSSS"),
    Row("patient.privacy.withdraw_surely",    Presses(PrivacyPress(step=PrivacyStep.WITHDRAW_SURELY)),  "rDrrrrrr"),
    Row("patient.privacy.erase",              Presses(PrivacyPress(step=PrivacyStep.ERASE)),            "rSrrrrrr"),
    Row("patient.privacy.erase_surely",       Presses(PrivacyPress(step=PrivacyStep.ERASE_SURELY)),     "SDSSSSSS"),
    Row("patient.freely.written patient.anything.anything",
                                              Does("sticker"),                                "rDrrrrrr"),
    Row("patient.anything.old_button",        card(CardStep.RECORD),                                    "rrrrrrrr"),
]
DECIDERS = [
    Row("owner.start.start owner.start.managers_start patient.start.start",
                                              Says("/start"),                                           "SSSSDSDD"),
    Row("owner.start.connect",                Says("/connect"),                                         "rrrrrrrS"),
    Row("owner.start.as_patient",             Presses(press.AsPatientPress()),                             "rrrSSrSS"),
    Row("owner.start.as_owner",               Presses(AsOwnerPress()),                                  "rrrSSrSS"),
    Row("owner.freeze.release",               Presses(lambda w: UnfreezePress(wallet=w.frozen)),        "rrrrrrDD"),
    Row("owner.approvals.ask_unmerge",        Presses(lambda w: UnmergePress(request=w.merged)),        "rrrrrrSS"),
    Row("owner.approvals.unmerge",            Presses(lambda w: UnmergePress(request=w.merged, surely=True)), "rrrrrrDD"),
    Row("owner.approvals.stay_merged",        Presses(lambda w: StayMergedPress(request=w.merged)),     "rrrrrrSS"),
    Row("owner.approvals.decide",             Presses(lambda w: DecidePress(request=w.request, granted=True)),  "rrrrrrDD"),
    Row("owner.approvals.decide",             Presses(lambda w: DecidePress(request=w.request, granted=False)), "rrrrrrDD"),
    Row("owner.team.staff",                   Says("/staff"),                                           "rrrSSrSS"),
    Row("owner.team.branches",                Presses(TeamPress()),                                     "rrrSSrSS"),
    Row("owner.team.people errors.refused",   Presses(lambda w: TeamPress(branch=w.here)),              "rrrrSrSS"),
    Row("owner.team.person",                  person(None),                                             "rrrrSrSS"),
    Row("owner.team.rename",                  person(TeamAct.RENAME),                                   "rrrrSrSS"),
    Row("owner.team.name_written",            Says("Нина"),                                             "rrrrrrDD", form=(TeamForm.name, lambda w: {"branch": w.here, "member": w.staff})),
    Row("owner.team.decide",                  person(TeamAct.LET_IN),                                   "rrrrrrDD"),
    Row("owner.team.decide",                  Presses(lambda w: TeamPress(branch=w.here, member=w.staff, act=TeamAct.REMOVE)), "rrrrrrDD"),
    Row("owner.team.decide",                  Presses(lambda w: TeamPress(branch=w.here, member=w.staff, act=TeamAct.MAKE_MANAGER)), "rrrrrrrD"),
    Row("owner.referrals.sums",               Presses(ReferralsPress(show=Shown.SUMS)),                 "rrrSSrSS"),
    Row("owner.referrals.bonds",              Presses(ReferralsPress(show=Shown.BONDS)),                "rrrSSrSS"),
    Row("owner.referrals.best",               Presses(ReferralsPress(show=Shown.BEST)),                 "rrrSSrSS"),
    Row("owner.referrals.strange",            Presses(ReferralsPress(show=Shown.STRANGE)),              "rrrSSrSS"),
    Row("owner.settings.shelves",             Says("/settings"),                                        "rrrrrrrS"),
    Row("owner.settings.shelf",               Presses(ShelfPress(group=Group.WELCOME)),                 "rrrrrrrS"),
    Row("owner.settings.shelves_inside",      Presses(ShelfPress()),                                    "rrrrrrrS"),
    Row("owner.settings.number",              Presses(NumberPress(key=WELCOME)),                        "rrrrrrrS"),
    Row("owner.settings.write",               Presses(TypeNumberPress(key=WELCOME)),                    "rrrrrrrS"),
    Row("owner.settings.written",             Says("700"),                                              "r>rrrrrS", form=(NumberForm.number, lambda _: {"number": WELCOME})),
    Row("owner.settings.want",                Presses(WantNumberPress(key=WELCOME, value=700)),         "rrrrrrrS"),
    Row("owner.settings.save",                Presses(SaveNumberPress(key=WELCOME, value=700, version=0)), "rrrrrrrD"),
    Row("owner.settings.changes",             Presses(ChangesPress()),                                  "rrrrrrrS"),
    Row("owner.undelivered.page",             Presses(LostPress()),                                     "rrrrrrrS"),
    Row("owner.undelivered.letter",           Presses(lambda w: LostLetterPress(letter=w.lost)),        "rrrrrrrS"),
    Row("owner.undelivered.again",            Presses(lambda w: SendAgainPress(letter=w.lost)),         "rrrrrrrD"),
    Row("owner.promo.page",                   Presses(PromoPress(step=PromoStep.PAGE)),                 "rrrrrrrS"),
    Row("owner.promo.ask",                    Presses(PromoPress(step=PromoStep.ASK)),                  "rrrrrrrS"),
    Row("owner.promo.switch_on",              Presses(PromoPress(step=PromoStep.ON, version=0)),        "rrrrrrrD"),
    Row("owner.promo.ask_marker",             Presses(PromoPress(step=PromoStep.MARKER)),               "rrrrrrrS"),
    Row("owner.promo.marker_written",         Says("2VtzqwABC"),                                        "r>rrrrrD", form=(PromoForm.marker, nothing)),
    Row("owner.promo.no_marker",              Presses(PromoPress(step=PromoStep.NO_MARKER)),            "rrrrrrrD", given=marked),
    Row("owner.promo.switch_off",             Presses(PromoPress(step=PromoStep.OFF)),                  "rrrrrrrD", given=advertises),
    Row("owner.kit.places",                   Says("/kit"),                                             "rrrrrrrS"),
    Row("owner.kit.places_inside",            Presses(KitPress()),                                      "rrrrrrrS"),
    Row("owner.kit.place",                    Presses(KitPress(place=SourcePlace.DESK)),                "rrrrrrrS"),
    Row("owner.kit.file",                     Presses(KitPress(place=SourcePlace.SITE, paper=Paper.QR)), "rrrrrrrS"),
    Row("owner.invite.invitations",           Says("/invite"),                                          "rrrrrrrS"),
    Row("owner.invite.invitations_inside",    Presses(InvitePress()),                                   "rrrrrrrS"),
    Row("owner.invite.file",                  Presses(InvitePress(file=True)),                          "rrrrrrrD", given=signed),
    Row("owner.card_style.page",              Presses(CardStylePress()),                                "rrrrrrrS"),
    Row("owner.card_style.colour",            Presses(CardStylePress(colour=Colour.BLUE)),              "rrrrrrrD"),
    Row("owner.card_style.no_logo",           Presses(CardLogoPress(remove=True)),                      "rrrrrrrD"),
    Row("owner.card_style.ask_logo",          Presses(CardLogoPress()),                                 "rrrrrrrS"),
    Row("owner.card_style.logo_sent",         Does("photo"),                                            "r>rrrrrD", form=(LogoForm.picture, nothing)),
    Row("owner.branch_page.pages",            Presses(PagesPress()),                                    "rrrrrrrS"),
    Row("owner.branch_page.page errors.refused",
                                              Presses(lambda w: PagePress(branch=w.here)),              "rrrrSrSS"),
    Row("owner.branch_page.question",         Presses(lambda w: PagePress(branch=w.here, field=Field.PHONE)), "rrrrSrSS"),
    Row("owner.branch_page.written",          Says("ул. Ленина, 12"),                                   "rrrrrrDD", form=(PageForm.value, lambda w: {"branch": w.here, "field": Field.ADDRESS})),
    Row("owner.branch_page.clear",            Presses(lambda w: ClearPress(branch=w.here, field=Field.DIRECTIONS)), "rrrrrrDD", given=mapped),
    Row("owner.branch_page.drop_review",      Presses(lambda w: DropReviewPress(branch=w.here, link=mark(REVIEW))), "rrrrrrDD", given=reviewed),
    Row("owner.branch_page.days",             Presses(lambda w: PageDaysPress(branch=w.here)),          "rrrrSrSS"),
    Row("owner.branch_page.day_turned",       Presses(lambda w: PageDaysPress(branch=w.here, day=6)),   "rrrrrrDD"),
    Row("staff.tasks.look",                   task(TaskAct.LOOK),                                       "rrrrrrrS", given=closed),
    Row("staff.tasks.phone",                  task(TaskAct.PHONE),                                      "rrrrrrrS", given=closed),
    Row("staff.tasks.ask",                    task(TaskAct.LATER),                                      "rrrrrrrS", given=closed),
    Row("staff.tasks.result",                 task(TaskAct.IN_A_WEEK),                                  "rrrrrrrD", given=closed),
    Row("staff.tasks.result_of_one",          task(TaskAct.ELSEWHERE),                                  "rrrrrrrD", given=closed),
    Row("staff.tasks.done",                   Presses(lambda w: TaskPress(task=w.talk, revision=1, act=TaskAct.DONE)), "rrrrrrrD", given=closed),
    Row("staff.tasks.answered_in_private",    Replies("Приходите"),                                     "r>rrrrrD", given=closed_and_talks),
    Row("owner.cases.listed",                 Says("/cases"),                                           "rrrSSrSS"),
    Row("owner.cases.listed_inside",          Presses(CasesPress(show=CaseList.OPEN)),                  "rrrSSrSS"),
    Row("owner.cases.solved_ones",            Presses(CasesPress(show=CaseList.SOLVED)),                "rrrSSrSS"),
    Row("owner.cases.away",                   Presses(CasesPress(show=CaseList.AWAY)),                  "rrrSSrSS"),
    Row("owner.cases.gone",                   Presses(lambda w: CasesPress(show=CaseList.AWAY, deputy=w.manager)), "rrrDDrrD"),
    Row("owner.cases.back",                   Presses(CasesPress(show=CaseList.BACK)),                  "rrrSSrSD", given=away),
    Row("owner.cases.look",                   case(CaseAct.LOOK),                                       "rrrrSrSS"),
    Row("owner.cases.take",                   case(CaseAct.TAKE),                                       "rrrrrrDD"),
    Row("owner.cases.ask_whom",               case(CaseAct.HAND_ON),                                    "rrrrSrSS"),
    Row("owner.cases.pass_on",                case(CaseAct.HAND_ON, OLEG_ID),                           "rrrrrrDr"),
    Row("owner.cases.ask_answer",             case(CaseAct.ANSWER),                                     "rrrrSrSS"),
    Row("owner.cases.answer",                 Says("Простите нас"),                                     "rrrrrrDD", form=(CaseForm.answer, on_case)),
    Row("owner.cases.answer_by_reply",        Replies("Простите нас"),                                  "rrrrrrDD", given=shown_here),
    Row("owner.cases.ask_note",               case(CaseAct.SOLVE),                                      "rrrrSrSS"),
    Row("owner.cases.note",                   Says("Переделали"),                                       "rrrrrrDD", form=(CaseForm.note, on_question)),
    Row("owner.cases.without_note",           case(CaseAct.SOLVED),                                     "rrrrrrDD"),
    Row("staff.scan.scanned patient.start.somebodys_code",
                                              Says(lambda w: f"/start p_{w.token}"),                    "rrDDrrDr"),
    Row("staff.scan.where",                   Presses(lambda w: ScannedPress(branch=w.here, token=w.token)), "rrDrrrDr"),
    Row("staff.elsewhere.staff_chat_only",    Says("/undo"),                                            "rrrrrrrr"),
]
STAFF_CHAT = [
    Here("staff.connect.connect staff.connect.not_an_owner staff.access.nameless",
                                              Says("/connect"),                                         "rrrrrrrSrr"),
    Free("staff.connect.connect staff.connect.not_an_owner staff.access.nameless",
                                              Says("/connect Новый"),                                   "rrrrrrrDrr"),
    Here("staff.connect.disconnect",          Says("/disconnect"),                                      "rrrrrrrSrr"),
    Here("staff.connect.value_written",       Says("На горке"),                                         ".......D..", form=(BranchForm.value, lambda _: {"field": BranchField.NAME})),
    Free("staff.connect.connect_pressed staff.connect.owner_only",
                                              Presses(ConnectPress()),                                  "rrrrrrrD"),
    Here("staff.connect.disconnect_pressed staff.connect.owner_only",
                                              Presses(DisconnectPress(surely=True)),                    "rrrrrrrD"),
    Here("staff.connect.change_pressed staff.connect.owner_only",
                                              Presses(BranchPress(field=BranchField.PHONE)),            "rrrrrrrS"),
    Here("staff.connect.zone_pressed staff.connect.owner_only",
                                              Presses(ZonePress(zone=3)),                               "rrrrrrrD"),
    Here("staff.connect.day_off_pressed staff.connect.owner_only",
                                              Presses(DayOffPress(day=6, off=True)),                    "rrrrrrrD"),
    Here("staff.connect.leaflet_pressed staff.connect.owner_only",
                                              Presses(LeafletPress()),                                  "rrrrrrrS"),
    Row("staff.connect.my_standing_changed",  Does("bot_role", {"role": "member"}, undo=Does("bot_role", {"role": "left"})), ".......D", at=Place.EMPTY),
    Row("group.moved",                        Does("migrate"),                                "-------D", at=Place.SMALL),
    Here("staff.access.first_word",           Says("Доброе утро!"),                                     "SS.SS..S.."),
    Here("staff.access.somebody_left staff.access.standing_changed",
                                              Does("leave", undo=Does("join")),           "..D...D."),
    Here("staff.access.decide",               Presses(lambda w: AccessPress(member=w.waiting, give=True)), "rrrrrrDD"),
    Here("staff.access.decide",               Presses(lambda w: AccessPress(member=w.waiting, give=False)), "rrrrrrSS"),
    Here("staff.access.ask_shift staff.access.works_without_access",
                                              COMMANDED,                                                "rrSrrr>rrr", given=shared),
    Here("staff.access.ask_shift_first",      card(CardStep.RECORD),                                    "rrSrrr>r", given=shared),
    Here("staff.access.shift_chosen staff.access.not_shared",
                                              Presses(ShiftPress(mark=mark("Manager"))),                "rrDrrrrr", given=shared),
    Here("staff.access.other_name staff.access.not_shared",
                                              Presses(OtherNamePress()),                                "rrSrrrrr", given=shared),
    Here("staff.access.change_shift staff.access.not_shared",
                                              Presses(ChangeShiftPress()),                              "rrSrrrrr", given=shared),
    Here("staff.access.name_written",         Says("Ольга"),                                            "..D.......", given=shared, form=(ShiftForm.name, nothing)),
    Here("staff.line.typed",                  LINE,                                                     "rrDrrrDrrr"),
    Here("staff.line.commanded staff.access.nameless",
                                              COMMANDED,                                                "rrDrrrDrrr"),
    Here("staff.line.chosen",                 Presses(ReadingPress(n=0), under="Как прочесть?\n0000 12400"),  "rrDrrrDr"),
    Here("staff.find.find",                   Says("/patient Мария"),                                   "rrSrrrSrrr"),
    Here("staff.find.open_card",              Presses(lambda w: FoundPress(patient=w.patient)),         "rrDrrrDr"),
    Here("staff.tasks.listed",                Says("/tasks"),                                           "rrSrrrSrrr"),
    Here("staff.tasks.turn_page staff.tasks.not_for_you",
                                              Presses(TasksPress()),                                    "rrSrrrSr"),
    Here("staff.tasks.look staff.tasks.not_for_you",
                                              task(TaskAct.LOOK),                                       "rrSrrrSr"),
    Here("staff.tasks.phone",                 task(TaskAct.PHONE),                                      "rrSrrrSr"),
    Here("staff.tasks.ask",                   task(TaskAct.LATER),                                      "rrSrrrSr"),
    Here("staff.tasks.result",                task(TaskAct.IN_A_WEEK),                                  "rrDrrrDr"),
    Here("staff.tasks.result_of_one",         task(TaskAct.ELSEWHERE),                                  "rrDrrrDr"),
    Here("staff.tasks.done",                  Presses(lambda w: TaskPress(task=w.talk, revision=1, act=TaskAct.DONE)), "rrDrrrDr"),
    Here("staff.tasks.later_typed",           Says("завтра 15:30"),                                     "..D...D...", form=(TaskForm.later, lambda w: {"task": w.call.id, "revision": w.call.revision})),
    Here("staff.tasks.answered_at_desk",
                                              Replies("Приходите"),                                     "rrDrrrDr", given=talks_here),
    Here("staff.never.ask",                   Presses(lambda w: LiftPress(patient=w.patient)),          "rrrrrrSS"),
    Here("staff.never.lift",                  Presses(lambda w: LiftPress(patient=w.patient, surely=True)), "rrrrrrDD", given=never_disturbed),
    Here("staff.script.script",               Says(lambda w: f"/script {w.digits}"),                    "rrSrrrSrrr"),
    Here("staff.script.help_ staff.script.no_access",
                                              Says("/help"),                                            "rrSrrrSr.."),
    Here("staff.card.record staff.card.not_for_you",
                                              card(CardStep.RECORD),                                    "rrDrrrDr"),
    Here("staff.card.look",                   card(CardStep.MORE),                                      "rrSrrrSr"),
    Here("staff.card.ask_for_words",          card(CardStep.SUM),                                       "rrSrrrSr"),
    Here("staff.card.change",                 card(CardStep.SPEND_MOST),                                "rrDrrrDr"),
    Here("staff.card.drop",                   card(CardStep.DROP),                                      "rrDrrrDr"),
    Here("staff.card.words(_points)",         Says("500"),                                              "..D...D...", form=(CardForm.points, on_card)),
    Here("staff.card.words(_sum)",            Says("7 000"),                                            "..D...D...", form=(CardForm.sum, on_card)),
    Here("staff.card.words(_name)",           Says("Пётр Иванов"),                                      "..D...D...", form=(CardForm.name, on_nameless)),
    Here("staff.card.words(_person)",         Says(lambda w: w.digits),                                 "..D...D.rr", form=(CardForm.person, on_card)),
    Here("staff.card.words(_doctor)",         Says("Петрова"),                                          "..D...D...", form=(CardForm.doctor, on_card)),
    Here("staff.booking.ask_when",            Presses(lambda w: BookPress(patient=w.patient)),          "rrSrrrSr"),
    Here("staff.booking.ask_when",            Presses(lambda w: MovePress(appointment=w.booked.id, revision=0)), "rrSrrrSr"),
    Here("staff.booking.when_typed",          Says("завтра 12:00"),                                     "..D...D...", form=(AppointmentForm.when, lambda w: {"patient": w.patient})),
    Here("staff.booking.chosen",              Presses(lambda w: BookPress(patient=w.patient, at=w.booked.minute + 60)), "rrDrrrDr"),
    Here("staff.booking.chosen",              Presses(lambda w: MovePress(appointment=w.booked.id, revision=0, at=w.booked.minute + 60)), "rrDrrrDr"),
    Here("staff.booking.show",                booked(AppointmentStep.SHOW),                             "rrSrrrSr"),
    Here("staff.booking.ask_cancel",          booked(AppointmentStep.CANCEL),                           "rrSrrrSr"),
    Here("staff.booking.change",              booked(AppointmentStep.CANCEL_SURELY),                    "rrDrrrDr"),
    Here("staff.booking.change",              booked(AppointmentStep.LENGTH, minutes=60),               "rrDrrrDr"),
    Here("staff.booking.change",              booked(AppointmentStep.MISSED),                           "rrDrrrDr", given=begun),
    Here("staff.corrections.wrong_sum",       correct(Correction.WRONG_SUM),                            "rrDrrrDr"),
    Here("staff.corrections.wrong_patient",   correct(Correction.WRONG_PATIENT),                        "rrDrrrDr"),
    Here("staff.corrections.ask_undo",        Says("/undo"),                                            "rrSrrrrrrr"),
    Here("staff.corrections.undo",            Presses(lambda w: UndoPress(visit=w.visit)),              "rrDrrrrr"),
    Here("staff.corrections.leave",           Presses(LeavePress()),                                    "rrSrrrSr"),
    Here("staff.returns.ask_return",          correct(Correction.RETURNED),                             "rrSrrrSr"),
    Here("staff.returns.ask_of_which",        Presses(lambda w: ReturnTypedPress(visit=w.visit, n=1)),  "rrSrrrSr"),
    Here("staff.returns.ask_sum",             Presses(lambda w: ReturnTypedPress(visit=w.visit, n=1, part=0)), "rrSrrrSr"),
    Here("staff.returns.part_first",          Says("100"),                                              "..r...r...", form=(ReturnForm.part, nothing)),
    Here("staff.returns.sum_typed",           Says("100"),                                              "..S...S...", form=(ReturnForm.sum, lambda w: {"visit": w.visit, "n": 1, "part": 0})),
    Here("staff.returns.ask_why",             returns(sum=100_00, part=0),                              "rrSrrrSr"),
    Here("staff.returns.ask_reason",          returns(reason=ReturnReason.OWN),                         "rrSrrrSr"),
    Here("staff.returns.confirm_return",      returns(reason=ReturnReason.REDONE),                      "rrSrrrSr"),
    Here("staff.returns.confirm_return_for_words", Says("Переделка"),                                   "..S...S...", form=(ReturnForm.reason, lambda w: {"visit": w.visit, "n": 1})),
    Here("staff.returns.return_money",        returns(reason=ReturnReason.REDONE, surely=True),         "rrDrrrDr"),
    Here("staff.returns.return_money",        returns(reason=ReturnReason.OWN, surely=True, under="Вернуть?\nПеределка"), "rrDrrrDr"),
    Here("staff.gifts.gift",                  gift(),                                                   "rrSrrrSr"),
    Here("staff.gifts.ask_points",            Presses(lambda w: GiftTypedPress(patient=w.patient)),     "rrSrrrSr"),
    Here("staff.gifts.points_typed",          Says("300"),                                              "..S...S...", form=(GiftForm.points, lambda w: {"patient": w.patient})),
    Here("staff.gifts.ask_why",               gift(points=300),                                         "rrSrrrSr"),
    Here("staff.gifts.ask_reason",            gift(points=300, reason=GiftReason.OWN),                  "rrSrrrSr"),
    Here("staff.gifts.give",                  gift(points=300, reason=GiftReason.THANKS),               "rrDrrrDr"),
    Here("staff.gifts.give_for_words",        Says("За терпение"),                                      "..D...D...", form=(GiftForm.reason, lambda w: {"patient": w.patient, "points": 300})),
    Here("staff.gifts.ask_account",           Presses(lambda w: ConfirmAccountPress(patient=w.moved)),  "rrSrrrSr"),
    Here("staff.gifts.confirm_account",       Presses(lambda w: ConfirmAccountPress(patient=w.moved, surely=True)), "rrDrrrDr"),
    Here("staff.goodwill.ask",                Presses(lambda w: GoodWillPress(patient=w.patient)),      "rrSrrrSr"),
    Here("staff.goodwill.give",               Presses(lambda w: GoodWillPress(patient=w.patient, points=100)), "rrDrrrDr", given=points_ended),
    Here("staff.merging.ask_who",             Presses(lambda w: MergeWhoPress(patient=w.patient)),      "rrSrrrSr"),
    Here("staff.merging.other_typed",         Says("Двойник"),                                          "..S...S...", form=(MergeForm.other, lambda w: {"patient": w.patient})),
    Here("staff.merging.show",                Presses(lambda w: MergePress(patient=w.patient, other=w.double)), "rrSrrrSr"),
    Here("staff.merging.merge",               Presses(lambda w: MergePress(patient=w.patient, other=w.double, surely=True)), "rrDrrrDr"),
    Here("staff.recommended.ask_who",         Presses(lambda w: RecommendedPress(patient=w.double, draft=w.draft.id)), "rrSrrrSr"),
    Here("staff.recommended.typed",           Says("Двойник"),                                          "..S...S...", form=(RecommendedForm.who, lambda w: {"patient": w.patient, "draft": w.draft.id})),
    Here("staff.recommended.look",            Presses(lambda w: ReferrerPress(patient=w.double, referrer=w.patient, draft=w.draft.id)), "rrSrrrSr"),
    Here("staff.recommended.name",            Presses(lambda w: ReferrerPress(patient=w.double, referrer=w.patient, draft=w.draft.id, surely=True)), "rrDrrrDr"),
    Here("staff.slip.invite",                 Presses(lambda w: CorrectPress(visit=w.walk_in, what=Correction.SLIP)), "rrDrrrDr"),
    Here("group.called_by_name",              Says("/balance@UlybkaMolarBot"),                          "SSSSSSSSSS"),
    Here("group.private_only",                Says("/settings"),                                        "..r...rr.."),
    Here("group.private_only",                Says("/cases"),                                           "..r...rr.."),
    Here("group.pressed",                     Presses(GoPress(to=press.Place.BALANCE)),                    "rr.rrr.r"),
]
# What of this branch is pressed in the chat of another, by who works there.
ELSEWHERE = [
    There("staff.card.record",                card(CardStep.RECORD),                                    "---r----"),
    There("staff.card.look",                  card(CardStep.MORE),                                      "---r----"),
    There("staff.card.ask_for_words",         card(CardStep.SUM),                                       "---r----"),
    There("staff.card.change",                card(CardStep.SPEND_MOST),                                "---r----"),
    There("staff.card.drop",                  card(CardStep.DROP),                                      "---r----"),
    There("staff.card.words(_sum)",           Says("7 000"),                                            "---r------", form=(CardForm.sum, on_card)),
    There("staff.card.words(_name)",          Says("Пётр Иванов"),                                      "---r------", form=(CardForm.name, on_nameless)),
    There("staff.booking.ask_when",           Presses(lambda w: MovePress(appointment=w.booked.id, revision=0)), "---r----"),
    There("staff.booking.chosen",             Presses(lambda w: MovePress(appointment=w.booked.id, revision=0, at=w.booked.minute + 60)), "---r----"),
    There("staff.booking.show",               booked(AppointmentStep.SHOW),                             "---r----"),
    There("staff.booking.ask_cancel",         booked(AppointmentStep.CANCEL),                           "---r----"),
    There("staff.booking.change",             booked(AppointmentStep.CANCEL_SURELY),                    "---r----"),
    There("staff.corrections.wrong_sum",      correct(Correction.WRONG_SUM),                            "---r----"),
    There("staff.corrections.wrong_patient",  correct(Correction.WRONG_PATIENT),                        "---r----"),
    There("staff.returns.ask_return",         correct(Correction.RETURNED),                             "---r----"),
    There("staff.returns.confirm_return",     returns(reason=ReturnReason.REDONE),                      "---r----"),
    There("staff.returns.return_money",       returns(reason=ReturnReason.REDONE, surely=True),         "---r----"),
    There("staff.corrections.undo",           Presses(lambda w: UndoPress(visit=w.visit)),              "---r----"),
    There("staff.slip.invite",                Presses(lambda w: CorrectPress(visit=w.walk_in, what=Correction.SLIP)), "---r----"),
    There("staff.access.decide",              Presses(lambda w: AccessPress(member=w.waiting, give=True)), "---r----"),
    Row("staff.scan.where",                   Presses(lambda w: ScannedPress(branch=w.there, token=w.token)), "rrrDrrrr"),
]
# fmt: on
ROWS = [*PATIENTS, *DECIDERS, *STAFF_CHAT, *ELSEWHERE]


# --- the tests -------------------------------------------------------------------------------

Tried = dict[Row, dict[str, Cell]]


@pytest.fixture(scope="module")
async def stage(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Stage]:
    async with open_stage(tmp_path_factory.mktemp("roles")) as stage:
        yield stage


@pytest.fixture(scope="module")
def tried() -> Iterator[Tried]:
    found: Tried = {}
    yield found
    if found:
        table("\n".join(f"{sign} {meaning}" for sign, meaning in LEGEND.items()), _shown(found))


def _shown(found: Tried) -> list[dict[str, str]]:
    return [
        {
            "handlers": "\n".join(row.names),
            "where": row.at,
            **{role: _sign(row, cells, role) for role in ROLES},
        }
        for row, cells in found.items()
    ]


def _sign(row: Row, cells: dict[str, Cell], role: str) -> str:
    if role not in cells:
        return "-"
    found, expected = cells[role].mark, row.cells[role]
    return found if found == expected else f"{found}≠{expected}"


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.handlers.replace(" ", "|"))
async def test_each_role_may_what_it_may(stage: Stage, tried: Tried, row: Row):
    cells = tried[row] = await stage.tries(row)

    wrong = [
        f"{role} ({ROLES[role]}): {row.cells[role]} was expected, {cell}"
        for role, cell in cells.items()
        if cell.mark != row.cells[role]
    ]
    assert not wrong, "\n".join([row.handlers, *wrong])
    reached = {name for cell in cells.values() for name in cell.handlers}
    assert not set(row.names) - reached, "this row doesn't lead there"


def test_every_handler_has_a_row():
    rows = Counter(name for row in ROWS for name in row.names)
    missing = Counter(name_of(handler) for handler in _handlers(*routes())) - rows
    assert not missing, f"add a row to the table: {', '.join(missing)}"


def test_every_role_tries_what_it_can():
    """A row names all people, or says with a dash who can't."""
    for row in ROWS:
        nameless = isinstance(row.act, Says) and row.at is not Place.PRIVATE
        assert len(row.expected) == (len(ROLES) if nameless else len(PEOPLE)), row.handlers


def _handlers(*routers: Router) -> Iterator[Callable]:
    for router in routers:
        for observer in router.observers.values():
            yield from (handler.callback for handler in observer.handlers)
        yield from _handlers(*router.sub_routers)
