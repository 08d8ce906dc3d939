"""What the clinic keeps about a person, and their right to take it along, stop it, or erase it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from loyalty.appointments import cancelling
from loyalty.appointments.looking import AppointmentFacts, facts
from loyalty.cases import changing
from loyalty.desk.asking import close_requests
from loyalty.errors import OutOfTurnError
from loyalty.ledger import post
from loyalty.moves import awaits_desk
from loyalty.opinions import Feeling, Side, Words
from loyalty.papers import ConsentEvent, PaperConsent
from loyalty.people import UNCONFIRMED, Account, Patient, Relation
from loyalty.points import Debit, HistoryLine, Kind
from loyalty.ports import Transaction
from loyalty.recommending import Recommending, kept_of
from loyalty.tasks import forgetting as tasks
from loyalty.tasks.task import Never, Reason
from loyalty.visits import Visit

# After consent is withdrawn the data must be destroyed within 30 days (152-ФЗ, art. 21).
KEPT_AFTER_WITHDRAWAL = timedelta(days=29)

EVERYTHING = 1_000_000


@dataclass(frozen=True, slots=True)
class Opinion:
    """What was thought and said of a visit, by this person and to them."""

    visit: Visit
    stars: int | None
    feeling: Feeling | None
    words: Sequence[Words]


@dataclass(frozen=True, slots=True)
class Dossier:
    """All that is stored about a person.

    `tasks`: why the clinic was to call, `talks` what was written to it and back, `nevers` of whom
    it is noted that they are never to be disturbed.
    """

    account: Account
    patients: Sequence[tuple[Patient, Relation]]
    consents: Sequence[ConsentEvent]
    arrivals: Sequence[tuple[str, datetime]]
    operations: Sequence[HistoryLine]
    points: int
    visits: Sequence[Visit] = ()
    doctors: Mapping[int, str] = field(default_factory=dict)
    papers: Sequence[PaperConsent] = ()
    opinions: Sequence[Opinion] = ()
    recommending: Sequence[Recommending] = ()
    tasks: Sequence[Reason] = ()
    talks: Sequence[Words] = ()
    nevers: Mapping[int, Never] = field(default_factory=dict)
    appointments: Sequence[AppointmentFacts] = ()


def dossier(tx: Transaction, telegram: int) -> Dossier:
    """Everything stored about the person. Raises OutOfTurnError: nothing is."""
    account = _known(tx, telegram)
    wallet = account.wallet
    lots = tx.ledger.lots(wallet) if wallet else ()
    strange = awaits_desk(tx, account)
    spoken_for = () if strange else list(_records(tx, account))
    patients = [patient.id for patient, _ in spoken_for]
    visits = tx.desk.visits_of(patients, 0, EVERYTHING)
    return Dossier(
        account,
        spoken_for,
        tx.papers.consents(account.id),
        tx.people.arrivals(account.id),
        tx.ledger.history(wallet, 0, EVERYTHING) if wallet and not strange else (),
        sum(lot.remaining for lot in lots if lot.ends_at > tx.now),
        visits,
        tx.branches.doctors(),
        tx.desk.papers(patients),
        list(_opinions(tx, account, visits)),
        [kept_of(tx, patient) for patient in patients],
        [reason for patient in patients for reason in tx.tasks.reasons_about(patient)],
        _talks(tx, account),
        {patient: said for patient in patients if (said := tx.tasks.never(patient))},
        [facts(tx, account.id, one) for one in tx.appointments.all_of(patients)],
    )


def _talks(tx: Transaction, account: Account) -> Sequence[Words]:
    talks = tx.tasks.talks_with(account.id)
    return [words for talk in talks for words in tx.ratings.words_of_task(talk.id)]


def _records(tx: Transaction, account: Account) -> Iterator[tuple[Patient, Relation]]:
    """Of whom they speak for, with the records that have become part of theirs."""
    for patient, relation in tx.people.spoken_for(account.id):
        yield patient, relation
        yield from ((part, relation) for part in tx.people.merged_into(patient.id))


def _opinions(tx: Transaction, account: Account, visits: Sequence[Visit]) -> Iterator[Opinion]:
    """Their own: what another who speaks for the patient said is for that other one."""
    for visit in visits:
        rating = tx.ratings.rating(visit.id)
        stars = rating.stars if rating is not None and rating.account == account.id else None
        feeling = tx.aftercare.feeling(visit.id, account.id)
        words = tx.ratings.words(visit.id)
        if stars is None:
            words = [one for one in words if _theirs(tx, account, visit, one)]
        if stars is not None or feeling is not None or words:
            yield Opinion(visit, stars, feeling, words)


def _theirs(tx: Transaction, account: Account, visit: Visit, words: Words) -> bool:
    """Said in their own chat, or to them by the clinic."""
    if words.side is Side.PATIENT:
        return words.source.startswith(f"{account.telegram}:")
    case = tx.cases.case_of(visit.id)
    return case is not None and case.account == account.id


def withdraw(tx: Transaction, telegram: int) -> Account:
    """The person takes back the consent to data: nothing is done with it until they give it again.

    Data not asked for again is erased by `erase_withdrawn`.
    """
    account = _known(tx, telegram)
    if not account.consented:
        return account
    if account.advertising:
        tx.papers.note_consent(
            account.id, "advertising", "withdrawn", account.consent_version or ""
        )
    tx.papers.note_consent(account.id, "data", "withdrawn", account.consent_version or "")
    account = replace(account, withdrawn_at=tx.now, advertising=None)
    tx.people.save_account(account)
    return account


def erase(tx: Transaction, telegram: int) -> None:
    """Remove who the person is; operations stay under numbers that lead to nobody.

    The points end by an operation of their own. Patients for whom another account speaks too
    keep their names, and so does whoever a moved phone belonged to before the desk confirmed the
    move. A second call finds nothing to do.
    """
    if account := tx.people.account_of(telegram):
        _erase(tx, account)


def overdue_withdrawals(tx: Transaction) -> Sequence[int]:
    """Accounts that withdrew consent 29 days ago or earlier."""
    return tx.people.withdrawn_before(tx.now - KEPT_AFTER_WITHDRAWAL)


def erase_withdrawn(tx: Transaction, account: int) -> bool:
    """Erase one of those, unless consent was given again meanwhile; returns whether."""
    withdrawn = tx.people.account(account)
    since = withdrawn.withdrawn_at
    if since is None or since > tx.now - KEPT_AFTER_WITHDRAWAL:
        return False
    _erase(tx, withdrawn)
    return True


def _erase(tx: Transaction, account: Account) -> None:
    if account.wallet is None:
        _erase_left_behind(tx, account)
    elif not awaits_desk(tx, account):
        _erase_patients(tx, account)
    tx.ratings.forget_words_of(account.id, account.telegram)
    tx.aftercare.forget(account.id)
    tasks.forget_account(tx, account.id)
    tx.appointments.forget_account(account.id)
    tx.people.stops_speaking(account.id)
    tx.people.erase_account(account.id)


def _erase_patients(tx: Transaction, account: Account) -> None:
    bonds = tx.people.spoken_for(account.id)
    for oneself in (patient for patient, relation in bonds if relation is Relation.SELF):
        tx.cards.forget(oneself.id)  # also where another account goes on speaking for the record
    patients = [patient for patient, _ in bonds]
    shared = [p for p in patients if tx.people.others_speak_for(p.id, account.id)]
    for patient in patients:
        if patient not in shared:
            _erase_patient(tx, patient)
    if account.wallet and not shared:
        _end_points(tx, account.wallet)


def _erase_left_behind(tx: Transaction, account: Account) -> None:
    """A phone that moved away took the patients along; whom the bot knows from this person goes."""
    for patient in tx.people.formerly_spoken_for(account.id):
        if tx.people.wallet(patient.wallet).spending_off not in UNCONFIRMED:
            continue
        tx.cards.forget(patient.id)
        if patient.source == "bot":
            _erase_patient(tx, patient)


def _erase_patient(tx: Transaction, patient: Patient) -> None:
    """Nothing that is under way at the desk goes on for them."""
    tx.desk.drop_drafts_of(patient.id)
    cancelling.forget(tx, patient.id)
    close_requests(tx, tx.desk.waiting_about(patient.id))
    tx.ratings.forget_words(patient.id)
    tx.aftercare.forget_patient(patient.id)
    tx.cards.forget(patient.id)
    tasks.forget_patient(tx, patient.id)
    tx.people.erase_patient(patient.id)
    for case in tx.cases.cases_about(patient.id):
        changing.keep(tx, case, replace(case, revision=case.revision + 1, note=None))


def _end_points(tx: Transaction, wallet: int) -> None:
    lots = tx.ledger.lots(wallet)
    if lots:
        moves = [Debit(lot, lot.remaining) for lot in lots]
        post(tx, f"erasure:{wallet}", Kind.ERASURE, [lot.id for lot in lots], moves)


def _known(tx: Transaction, telegram: int) -> Account:
    account = tx.people.account_of(telegram)
    if account is None:
        raise OutOfTurnError
    return account
