"""Opening a visit at the desk and changing it. Any staff of the branch may; every change counts."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from loyalty.branches import Branch
from loyalty.categories import Category
from loyalty.desk import codes
from loyalty.desk.card import Card, Spending, Weighed, lay_out, weigh
from loyalty.desk.purse import keep_out_of_own_pocket
from loyalty.errors import Refusal
from loyalty.line.readings import MOST, Most
from loyalty.people import Patient, clean_name
from loyalty.ports import Transaction
from loyalty.recalls import Interval
from loyalty.registration import CONSENT_VERSION
from loyalty.team import Member
from loyalty.visits import Draft, DraftPart, DraftState, FoundBy, VisitKind

ASKED_FOR = timedelta(minutes=10)  # how long a patient's phone asks, and a consent lasts
OLDEST = timedelta(days=60)  # a visit further back is a matter for the clinic's records
MOST_MONTHS, MOST_DAYS = 24, 730
MOST_PARTS = 8
REPEATED_WITHIN = timedelta(minutes=1)


class StaleCardError(Refusal):
    """The card has changed since this button was drawn."""

    text = "refusal-stale-card"


class CardGoneError(Refusal):
    """The draft was dropped."""

    text = "refusal-card-gone"


class RecordedAlreadyError(Refusal):
    """The visit is recorded: corrections are under the receipt."""

    text = "refusal-recorded-already"


class OtherBranchError(Refusal):
    """A card of another branch's chat."""

    text = "refusal-other-branch"


class CodeRecordedError(Refusal):
    """A visit was recorded by this code: a second one needs a second code."""

    text = "refusal-code-recorded"


class NobodyToAskError(Refusal):
    """No Telegram account speaks for the patient."""

    text = "refusal-nobody-to-ask"


class NoPointsHereError(Refusal):
    """An advance, a visit of nobody, or a wallet that takes no spending."""

    text = "refusal-no-points-here"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a line says of a visit, apart from whose it is. Doctors are names as typed."""

    parts: Sequence[tuple[int, Category | None, str | None]] = ()
    points: int | None = None
    most: bool = False
    recall: Interval | None = None
    day: date | None = None
    advance: bool = False
    unpaid: bool = False


def open_draft(
    tx: Transaction,
    by: Member,
    name: str,
    *,
    source: str,
    who: str,
    wanted: Wanted,
    typed: str | None = None,
) -> Draft:
    """A draft from a staff line, once: the same message finds the draft it made.

    `who` is a code's four digits or a phone; `typed` marks equal lines.

    The code of a card that is still open changes that card: a slip in the sum is typed anew.

    Raises CodeLockedError, CodeEndedError, NoSuchCodeError, CodeRecordedError, OwnPocketError.
    """
    if known := tx.desk.draft_from(source):
        return known
    branch = tx.branches.branch(by.branch)
    if again := _under_this_code(tx, branch, who):
        return _typed_again(tx, again, wanted)
    draft = _blank(tx, branch, by, name, source, who)
    draft = _filled(tx, draft, wanted)
    if typed is not None:
        draft = replace(draft, typed=typed, repeats=_came_just_now(tx, branch, typed))
    draft = tx.desk.add_draft(draft)
    found = _of_the_only(tx, draft) if who.startswith("+") else codes.claimed(tx, draft, by)
    return _settled(tx, _of_others(tx, by, found))


def open_for_patient(
    tx: Transaction, by: Member, name: str, *, source: str, patient: int, found_by: FoundBy
) -> Draft:
    """A draft for somebody who was found by name or in a list.

    Raises PatientErasedError, OwnPocketError.
    """
    if known := tx.desk.draft_from(source):
        return known
    tx.people.patient(patient).check_kept()
    branch = tx.branches.branch(by.branch)
    draft = _blank(tx, branch, by, name, source, None)
    draft = replace(draft, patient=patient, found_by=found_by)
    return _settled(tx, tx.desk.add_draft(_of_others(tx, by, draft)))


def open_by_token(tx: Transaction, by: Member, name: str, *, source: str, token: str) -> Draft:
    """A draft from the QR on a patient's screen.

    Raises CodeEndedError, NoSuchCodeError, OwnPocketError.
    """
    if known := tx.desk.draft_from(source):
        return known
    branch = tx.branches.branch(by.branch)
    draft = tx.desk.add_draft(_blank(tx, branch, by, name, source, None))
    return _settled(tx, _of_others(tx, by, codes.claimed_by_token(tx, draft, token)))


def put_on_card(tx: Transaction, draft: int, message: int) -> None:
    """Remember which message shows the draft: a newer card takes the place of an older one."""
    tx.desk.save_draft(replace(tx.desk.draft(draft), card=message))


# --- what the buttons change -----------------------------------------------------------------


def choose(tx: Transaction, by: Member, draft: int, revision: int, patient: int) -> Card:
    """This patient it is: of several under a phone, or another of the family."""
    return _change(tx, by, draft, revision, lambda d: _chosen(tx, d, patient))


def not_this_patient(tx: Transaction, by: Member, draft: int, revision: int, who: str) -> Card:
    """Another person's code or phone for the same visit."""

    def changed(draft: Draft) -> Draft:
        unknown = replace(_without_consent(draft), patient=None, newcomer=None, who=who)
        if who.startswith("+"):
            return _of_the_only(tx, replace(unknown, found_by=FoundBy.PHONE))
        return codes.claimed(tx, replace(unknown, found_by=FoundBy.CODE), by)

    return _change(tx, by, draft, revision, changed)


def name_newcomer(
    tx: Transaction, by: Member, draft: int, name: str, *, another: bool = False
) -> Card:
    """How to call a person whose phone nobody knows; `another`: one more of a known phone.

    Raises NotANameError, StaleCardError: the phone has become known meanwhile.
    """
    kept = tx.desk.draft(draft)
    _check_newcomer(tx, kept, another=another)
    return _change(tx, by, draft, kept.revision, lambda d: replace(d, newcomer=clean_name(name)))


def another_of_phone(tx: Transaction, by: Member, draft: int, revision: int) -> Card:
    """Somebody else of this family: the card asks who, and a new name may be typed."""

    def changed(draft: Draft) -> Draft:
        phone = tx.people.patient(draft.patient).phone if draft.patient is not None else None
        if phone is None:
            raise StaleCardError
        unknown = replace(_without_consent(draft), patient=None, newcomer=None, who=phone)
        return replace(unknown, found_by=FoundBy.PHONE)

    return _change(tx, by, draft, revision, changed)


def write_down(tx: Transaction, by: Member, draft: int, revision: int) -> Card:
    """The newcomer signed the consent on paper: they become a patient.

    A namesake under the same phone is the same person: another desk was faster.
    """

    def changed(draft: Draft) -> Draft:
        _check_newcomer(tx, draft, another=True)
        known = tx.people.patients_with_phone(draft.who or "")
        same = next((p for p in known if p.name == draft.newcomer), None)
        patient = same or _new_patient(tx, draft)
        tx.desk.sign_paper(patient.id, CONSENT_VERSION, by.telegram)
        return replace(draft, patient=patient.id, found_by=FoundBy.PHONE)

    return _change(tx, by, draft, revision, changed)


def _new_patient(tx: Transaction, draft: Draft) -> Patient:
    wallet = tx.people.open_wallet().id
    return tx.people.add_patient(Patient(0, wallet, "desk", name=draft.newcomer, phone=draft.who))


def without_person(tx: Transaction, by: Member, draft: int, revision: int) -> Card:
    """No consent, no person: the visit is counted, nothing is kept of whose it was."""

    def changed(draft: Draft) -> Draft:
        nobody = replace(_without_consent(draft), patient=None, newcomer=None, who=None)
        return replace(nobody, found_by=FoundBy.NOBODY, points=0, most=False)

    return _change(tx, by, draft, revision, changed)


def spend(tx: Transaction, by: Member, draft: int, revision: int, points: int | None) -> Card:
    """So many points; None: as many as may be."""

    def changed(draft: Draft) -> Draft:
        return _spending(draft, points)

    return _change(tx, by, draft, revision, changed)


def sign(tx: Transaction, by: Member, draft: int, revision: int) -> Card:
    """A patient without Telegram signed for the points on paper."""
    return _change(tx, by, draft, revision, lambda d: replace(d, signed=True))


def set_sum(
    tx: Transaction,
    by: Member,
    draft: int,
    revision: int,
    n: int,
    kopecks: int,
    category: Category | None = None,
    doctor: str | None = None,
    *,
    points: int | Most | None = None,
) -> Card:
    """The sum of a line, perhaps with what was done, by whom, and the points of the whole card.

    The line after the last is a new one («Второй врач»).
    Raises NoPointsHereError: the card takes none.
    """

    def changed(draft: Draft) -> Draft:
        draft = _with_sum(draft, n, kopecks)
        if points is not None:
            draft = _with_points(tx, draft, points)
        if category is not None:
            draft = _with_part(draft, n, lambda part: replace(part, category=category))
        return draft if doctor is None else _with_doctor(tx, draft, n, doctor)

    return _change(tx, by, draft, revision, changed)


def set_category(
    tx: Transaction, by: Member, draft: int, revision: int, n: int, category: Category
) -> Card:
    return _change(
        tx, by, draft, revision, lambda d: _with_part(d, n, lambda p: replace(p, category=category))
    )


def set_doctor(tx: Transaction, by: Member, draft: int, revision: int, n: int, doctor: int) -> Card:
    """A doctor of the list. Raises StaleCardError: none of them."""

    def changed(draft: Draft) -> Draft:
        if doctor not in tx.branches.doctors():
            raise StaleCardError
        return _with_part(draft, n, lambda part: replace(part, doctor=doctor))

    return _change(tx, by, draft, revision, changed)


def exclude(tx: Transaction, by: Member, draft: int, revision: int, n: int) -> Card:
    """«Без баллов» for a line, and back."""
    return _change(tx, by, draft, revision, lambda d: _with_part(d, n, _turned_over))


def drop_part(tx: Transaction, by: Member, draft: int, revision: int, n: int) -> Card:
    """Take a line away; the only one stays."""

    def changed(draft: Draft) -> Draft:
        left = draft.parts[:n] + draft.parts[n + 1 :]
        return replace(draft, parts=left) if left else draft

    return _change(tx, by, draft, revision, changed)


def set_recall(tx: Transaction, by: Member, draft: int, revision: int, interval: Interval) -> Card:
    """When to come again; at most in two years."""
    months, days = min(interval.months, MOST_MONTHS), min(interval.days, MOST_DAYS)

    def changed(draft: Draft) -> Draft:
        return replace(draft, recall_on=Interval(months, days).after(draft.day))

    return _change(tx, by, draft, revision, changed)


def set_day(tx: Transaction, by: Member, draft: int, revision: int, days_ago: int) -> Card:
    """Today or a past day: the visit is counted by the programme of that day."""

    def changed(draft: Draft) -> Draft:
        ago = timedelta(days=min(days_ago, OLDEST.days))
        return replace(draft, day=tx.branches.branch(draft.branch).today(tx.now) - ago)

    return _change(tx, by, draft, revision, changed)


def set_kind(tx: Transaction, by: Member, draft: int, revision: int, kind: VisitKind) -> Card:

    def changed(draft: Draft) -> Draft:
        draft = replace(draft, kind=kind)
        return draft if kind is VisitKind.ATTENDANCE else replace(draft, points=0, most=False)

    return _change(tx, by, draft, revision, changed)


def name_doctor(tx: Transaction, by: Member, draft: int, revision: int, n: int, typed: str) -> Card:
    """A doctor by name: one of the list, or one to be confirmed. Raises NotANameError."""
    name = clean_name(typed)
    return _change(tx, by, draft, revision, lambda d: _with_doctor(tx, d, n, name))


def _with_doctor(tx: Transaction, draft: Draft, n: int, name: str) -> Draft:
    known = _doctors(tx).get(name.casefold())
    if known is None:
        return replace(draft, new_doctor=name)
    return _with_part(draft, n, lambda part: replace(part, doctor=known))


def ask_again(tx: Transaction, by: Member, draft: int, revision: int) -> Card:
    """Ask the patient's phone once more. Raises NobodyToAskError."""

    def changed(draft: Draft) -> Draft:
        weighed = weigh(tx, draft)
        return ask_patient(tx, weighed) if weighed.spending is Spending.CAN_ASK else draft

    return _change(tx, by, draft, revision, changed)


def confirm_doctor(tx: Transaction, by: Member, draft: int, revision: int, n: int) -> Card:
    """A name that the list lacks joins it; nobody is added by a slip of the finger."""

    def changed(draft: Draft) -> Draft:
        if draft.new_doctor is None:
            return draft
        doctor = tx.branches.add_doctor(draft.new_doctor, by.telegram)
        return replace(_with_part(draft, n, lambda p: replace(p, doctor=doctor)), new_doctor=None)

    return _change(tx, by, draft, revision, changed)


def drop(tx: Transaction, by: Member, draft: int) -> Card:
    """Nobody needs this card; a recorded visit stays."""
    kept = tx.desk.draft(draft)
    _check_place(by, kept)
    if kept.open:
        tx.desk.close_draft(draft, DraftState.DROPPED)
    return lay_out(tx, tx.desk.draft(draft))


# --- inside ----------------------------------------------------------------------------------


def _blank(
    tx: Transaction, branch: Branch, by: Member, name: str, source: str, who: str | None
) -> Draft:
    return Draft(
        id=0,
        source=source,
        branch=branch.id,
        author=by.telegram,
        author_name=name,
        patient=None,
        who=who,
        found_by=FoundBy.PHONE if who and who.startswith("+") else FoundBy.CODE,
        kind=VisitKind.ATTENDANCE,
        day=branch.today(tx.now),
        parts=(),
        created_at=tx.now,
    )


def _filled(tx: Transaction, draft: Draft, wanted: Wanted) -> Draft:
    known = _doctors(tx)
    parts = tuple(
        DraftPart(sum_, category, known.get(doctor.casefold()) if doctor else None)
        for sum_, category, doctor in wanted.parts
    )
    unknown = next(
        (d for _, _, d in wanted.parts if d is not None and d.casefold() not in known), None
    )
    kind = VisitKind.ATTENDANCE
    if wanted.advance:
        kind = VisitKind.ADVANCE
    elif wanted.unpaid:
        kind = VisitKind.UNPAID
    day = wanted.day or draft.day
    return replace(
        draft,
        parts=parts,
        kind=kind,
        day=day,
        points=wanted.points if kind is VisitKind.ATTENDANCE else 0,
        most=wanted.most and kind is VisitKind.ATTENDANCE,
        recall_on=wanted.recall.after(day) if wanted.recall else None,
        new_doctor=unknown,
    )


def _doctors(tx: Transaction) -> dict[str, int]:
    return {name.casefold(): number for number, name in tx.branches.doctors().items()}


def _under_this_code(tx: Transaction, branch: Branch, who: str) -> Draft | None:
    """The open draft that claimed this code here. Raises CodeRecordedError."""
    code = None if who.startswith("+") else tx.desk.code(who)
    if code is None or code.claimed_by is None or tx.now >= code.ends_at + codes.READ_ALOUD:
        return None
    draft = tx.desk.draft(code.claimed_by)
    if draft.branch != branch.id:
        return None
    visit = tx.desk.visit(draft.id)
    if visit is not None:
        at = visit.recorded_at.astimezone(branch.where).strftime("%H:%M")
        raise CodeRecordedError(at=at, name=visit.recorded_name, sum=visit.bill // 100)
    return draft if draft.open else None


def _typed_again(tx: Transaction, draft: Draft, wanted: Wanted) -> Draft:
    if not wanted.parts:
        return draft
    empty = replace(draft, points=None, most=False, new_doctor=None)
    filled = _filled(tx, empty, wanted)
    return _settled(tx, replace(filled, revision=draft.revision + 1), draft)


def _came_just_now(tx: Transaction, branch: Branch, typed: str) -> bool:
    before = tx.desk.typed_since(branch.id, typed, tx.now - REPEATED_WITHIN)
    return any(draft.state is not DraftState.DROPPED for draft in before)


def _of_the_only(tx: Transaction, draft: Draft) -> Draft:
    """A phone that one person has finds them; a family is asked about."""
    found = tx.people.patients_with_phone(draft.who or "")
    return replace(draft, patient=found[0].id) if len(found) == 1 else draft


def _chosen(tx: Transaction, draft: Draft, patient: int) -> Draft:
    """Another of the same family keeps the code's consent: the wallet is the same.

    Raises StaleCardError: none of those whom the card offered.
    """
    laid = lay_out(tx, draft)
    if patient not in {offered.id for offered in (*laid.candidates, *laid.family)}:
        raise StaleCardError
    wallet = tx.people.patient(patient).wallet
    same = draft.patient is not None and tx.people.patient(draft.patient).wallet == wallet
    found_by = draft.found_by if same else FoundBy.PHONE
    return replace(draft if same else _without_consent(draft), patient=patient, found_by=found_by)


def _without_consent(draft: Draft) -> Draft:
    return replace(
        draft,
        consent_until=None,
        consent_points=None,
        asked_until=None,
        asked_points=None,
        signed=False,
    )


def _with_sum(draft: Draft, n: int, kopecks: int) -> Draft:
    """A sum that is given after all makes the visit a paid one."""
    if kopecks and draft.kind is VisitKind.UNPAID:
        draft = replace(draft, kind=VisitKind.ATTENDANCE, points=None)
    if n >= len(draft.parts):
        if len(draft.parts) >= MOST_PARTS:
            raise StaleCardError
        return replace(draft, parts=(*draft.parts, DraftPart(kopecks)))
    return _with_part(draft, n, lambda p: replace(p, sum=kopecks))


def _with_points(tx: Transaction, draft: Draft, points: int | Most) -> Draft:
    weighed = weigh(tx, draft)
    takes = draft.kind is VisitKind.ATTENDANCE and weighed.purse is not None
    if points and not (takes and weighed.spending not in {Spending.OFF, Spending.WITHDRAWN}):
        raise NoPointsHereError
    return _spending(draft, None if points is MOST else points)


def _spending(draft: Draft, points: int | None) -> Draft:
    return replace(draft, signed=False, points=points, most=points is None)


def _check_newcomer(tx: Transaction, draft: Draft, *, another: bool) -> None:
    """Somebody new has a whole phone, and nobody has it yet. Raises StaleCardError."""
    who = draft.who or ""
    known = not another and tx.people.patients_with_phone(who)
    if draft.patient is not None or not who.startswith("+") or known:
        raise StaleCardError


def _check_part(draft: Draft, n: int) -> None:
    """A button for a line that is gone. Raises StaleCardError."""
    if not 0 <= n < len(draft.parts):
        raise StaleCardError


def _turned_over(part: DraftPart) -> DraftPart:
    return replace(part, excluded=not part.excluded)


def _with_part(draft: Draft, n: int, change: Callable[[DraftPart], DraftPart]) -> Draft:
    _check_part(draft, n)
    parts = list(draft.parts)
    parts[n] = change(parts[n])
    return replace(draft, parts=tuple(parts))


def _change(
    tx: Transaction, by: Member, draft: int, revision: int, change: Callable[[Draft], Draft]
) -> Card:
    """One step of the draft. Raises what `usable` raises, OwnPocketError."""
    kept = usable(tx, by, draft, revision)
    changed = _of_others(tx, by, change(kept))
    if changed != kept:
        changed = _settled(tx, replace(changed, revision=kept.revision + 1), kept)
    return lay_out(tx, changed)


def _of_others(tx: Transaction, by: Member, draft: Draft) -> Draft:
    """Nobody looks into a wallet of their own by the desk's card (programme: own pockets).

    Refused before the card is laid out: a colleague types the line. Raises OwnPocketError.
    """
    if draft.patient is not None:
        keep_out_of_own_pocket(tx, by.telegram, tx.people.patient(draft.patient))
    return draft


def usable(tx: Transaction, by: Member, draft: int, revision: int) -> Draft:
    """The open draft, locked, as the presser saw it.

    Raises OtherBranchError, RecordedAlreadyError, CardGoneError, StaleCardError.
    """
    kept = tx.desk.draft(draft)
    check_usable(by, kept, revision)
    return kept


def check_usable(by: Member, kept: Draft, revision: int) -> None:
    """Raises as `usable` does."""
    _check_place(by, kept)
    if kept.state is DraftState.RECORDED:
        raise RecordedAlreadyError
    if kept.state is DraftState.DROPPED:
        raise CardGoneError
    if kept.revision != revision:
        raise StaleCardError


def _check_place(by: Member, draft: Draft) -> None:
    if by.branch != draft.branch:
        raise OtherBranchError


def _settled(tx: Transaction, draft: Draft, before: Draft | None = None) -> Draft:
    """Keep the draft. «As many as may be» becomes the number that the card shows; where spending is
    stopped that is none, and it is asked about anew once it works again.

    A signature stands for the points it was given for. Where spending needs the patient's tap,
    their phone asks at once.
    """
    weighed = weigh(tx, replace(draft, points=None) if draft.most else draft)
    if weighed.spending is Spending.OFF and (draft.points or draft.most):
        draft = replace(draft, points=None, most=False)
    draft = replace(draft, points=weighed.points) if draft.most else draft
    if before is not None and before.signed and before.points != draft.points:
        draft = replace(draft, signed=False)
    weighed = weigh(tx, draft)
    counted = weighed.counted
    possible = counted is not None and counted.points == weighed.points
    if weighed.spending is Spending.CAN_ASK and weighed.patient and possible:
        draft = ask_patient(tx, weighed)
    tx.desk.save_draft(draft)
    return draft


def ask_patient(tx: Transaction, weighed: Weighed) -> Draft:
    """Their phone asks for exactly these points; any other number asks anew.

    Raises NobodyToAskError.
    """
    draft = weighed.draft
    if not weighed.readers:
        raise NobodyToAskError
    until = tx.now + ASKED_FOR
    for account in weighed.readers:
        tx.outbox.put(
            f"spend:{draft.id}:{weighed.points}:{int(tx.now.timestamp())}:{account.id}",
            "spend-request",
            account.id,
            draft=draft.id,
            points=weighed.points,
            cash=draft.bill - 100 * weighed.points,
        )
    return replace(draft, asked_until=until, asked_points=weighed.points)
