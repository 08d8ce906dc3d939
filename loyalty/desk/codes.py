"""The code on the patient's screen: four digits, or the same as a QR (programme: code)."""

import secrets
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from loyalty.desk.overseers import overseers
from loyalty.desk.purse import spendable
from loyalty.errors import OutOfTurnError, Refusal
from loyalty.people import Account, Patient, Relation, SpendingOff
from loyalty.ports import Transaction
from loyalty.statement import statement
from loyalty.team import Member
from loyalty.visits import Code, CodeScreen, Draft, FoundBy

LIVES = timedelta(minutes=15)
READ_ALOUD = timedelta(minutes=2)  # a code that has just changed may still be on its way
REFRESHED_FOR = timedelta(hours=1)
NEW_FOR = timedelta(minutes=1)  # nobody uses up the codes of all by tapping
RESTS = timedelta(minutes=30)  # before the same digits may come again
CONSENT_LASTS = timedelta(minutes=10)

MISSES = 10
MISSES_WITHIN = LOCKED_FOR = timedelta(minutes=10)

TRAINING = "0000"


class NoSuchCodeError(Refusal):
    """Four digits that no screen shows, and that end no phone."""

    text = "refusal-no-such-code"


class CodeEndedError(Refusal):
    """The code was used already, or the screen shows a newer one."""

    text = "refusal-code-ended"


class CodeLockedError(Refusal):
    """Too many wrong codes: the person may search by phone meanwhile."""

    text = "refusal-code-locked"


class NoCodesLeftError(Refusal):
    """Every code is on somebody's screen, or was a moment ago: the phone still finds a person."""

    text = "refusal-no-codes-left"


@dataclass(frozen=True, slots=True)
class CodeShown:
    """What the patient's screen says. `refreshes`: the next code comes there by itself.

    `kept`: a new one was asked for, but this one has hardly been looked at. `opens_on`: none of
    the points can pay before this day; None where some can now. `debt` takes the next points first.
    """

    code: Code
    points: int
    spending_off: SpendingOff | None
    refreshes: bool = True
    kept: bool = False
    opens_on: date | None = None
    debt: int = 0


def show(tx: Transaction, telegram: int) -> CodeShown:
    """The patient's live code, or a new one; an hour of refreshing begins.

    Raises OutOfTurnError: not registered. NoCodesLeftError.
    """
    account = _registered(tx, telegram)
    return _shown(tx, account, _live(tx, account) or issue(tx, account))


def renew(tx: Transaction, telegram: int) -> CodeShown:
    """«Обновить код»: a new one, unless this one came a moment ago and nobody has used it.

    Raises OutOfTurnError, NoCodesLeftError.
    """
    account = _registered(tx, telegram)
    live = _live(tx, account)
    if live is not None and tx.now < live.issued_at + NEW_FOR:
        return replace(_shown(tx, account, live), kept=True)
    return _shown(tx, account, issue(tx, account))


def put_on_screen(tx: Transaction, telegram: int, message: int) -> int | None:
    """This message shows the code from now on: it is refreshed there for an hour.

    Returns the message that showed it before, if that was another.
    """
    account = _registered(tx, telegram)
    before, code = tx.desk.screen(account.id), tx.desk.code_of(account.id)
    if code is not None:
        until = tx.now + REFRESHED_FOR
        tx.desk.save_screen(CodeScreen(account.id, message, code.ends_at, until))
    return before.message if before is not None and before.message != message else None


def due(tx: Transaction) -> list[int]:
    """Accounts whose screen shows a code that has ended."""
    return [screen.account for screen in tx.desk.screens_due()]


@dataclass(frozen=True, slots=True)
class Refreshed:
    """A screen to redraw; without `shown` it says that a tap brings the next code."""

    account: Account
    message: int
    shown: CodeShown | None

    @property
    def again_at(self) -> datetime | None:
        return self.shown.code.ends_at if self.shown else None


def refresh(tx: Transaction, account: int) -> Refreshed | None:
    """The next code for a screen; after an hour it waits for a tap. None: nothing is due.

    The screen stays due until `redrawn`: a code that never got there is tried again.
    """
    screen = tx.desk.screen(account)
    if screen is None or screen.refresh_at is None or screen.refresh_at > tx.now:
        return None
    person = tx.people.account(account)
    if not person.registered or tx.now >= screen.refresh_until:
        return Refreshed(person, screen.message, None)
    shown = _shown(tx, person, _live(tx, person) or issue(tx, person))
    refreshes = shown.code.ends_at < screen.refresh_until
    return Refreshed(person, screen.message, replace(shown, refreshes=refreshes))


def redrawn(tx: Transaction, account: int, message: int, again_at: datetime | None) -> None:
    """The message was redrawn and is due again then; None: it shows no code any more, or is gone.

    A newer screen that has taken its place meanwhile keeps its own hour.
    """
    screen = tx.desk.screen(account)
    if screen is not None and screen.message == message:
        tx.desk.save_screen(replace(screen, refresh_at=again_at))


def issue(tx: Transaction, account: Account) -> Code:
    """A new code. Raises NoCodesLeftError."""
    taken = set(tx.desk.digits_since(tx.now - RESTS))
    free = [digits for digits in DIGITS if digits not in taken]
    if not free:
        raise NoCodesLeftError
    return tx.desk.add_code(
        Code(
            id=0,
            digits=secrets.choice(free),
            token=secrets.token_urlsafe(9),
            account=account.id,
            issued_at=tx.now,
            ends_at=tx.now + LIVES,
        )
    )


# --- at the desk -----------------------------------------------------------------------------


def claimed(tx: Transaction, draft: Draft, by: Member) -> Draft:
    """The draft with whom its digits mean: a live code's patient, or the ends of phones.

    Raises CodeLockedError, CodeEndedError, NoSuchCodeError (after which the miss is counted by
    `note_miss`, in a transaction of its own: this one is taken back).
    """
    digits = draft.who or ""
    if digits == TRAINING:
        return replace(draft, found_by=FoundBy.TRAINING)
    check_unlocked(tx, by)
    code = tx.desk.code(digits)
    if code is not None and _works(tx, code, draft):
        return _of_code(tx, draft, code)
    if tx.people.patients_by_phone_end(digits, 1):
        return replace(draft, found_by=FoundBy.PHONE)
    if code is not None and code.ends_at > tx.now - RESTS:
        raise CodeEndedError
    raise NoSuchCodeError


def claimed_by_token(tx: Transaction, draft: Draft, token: str) -> Draft:
    """As `claimed`, by the QR. Raises CodeEndedError, NoSuchCodeError."""
    code = tx.desk.code_by_token(token)
    if code is None:
        raise NoSuchCodeError
    if not _works(tx, code, draft):
        raise CodeEndedError
    return _of_code(tx, draft, code)


def note_miss(tx: Transaction, by: Member, owners: Collection[int]) -> bool:
    """A code that was none. The tenth locks entry and is told to managers and owners.

    Returns True when this was it.
    """
    tx.desk.note_miss(by.telegram)
    if tx.desk.misses_since(by.telegram, tx.now - MISSES_WITHIN) < MISSES:
        return False
    until = tx.now + LOCKED_FOR
    tx.branches.save_member(by, replace(by, codes_locked_until=until))
    branch = tx.branches.branch(by.branch)
    for overseer in overseers(tx, owners, [branch]):
        key = f"codes-locked:{by.id}:{until.isoformat()}:{overseer}"
        tx.outbox.put_in_chat(key, "codes-locked", overseer, name=by.name, branch=branch.name)
    return True


def check_unlocked(tx: Transaction, by: Member) -> None:
    """Raises CodeLockedError."""
    if by.codes_locked_until is not None and tx.now < by.codes_locked_until:
        raise CodeLockedError


def shows_now(tx: Transaction, digits: str) -> bool:
    """Whether some patient's screen shows these digits, unclaimed."""
    code = tx.desk.code(digits)
    return code is not None and code.claimed_by is None and is_shown(tx, code)


def is_shown(tx: Transaction, code: Code) -> bool:
    """Who has withdrawn their consent, or lost the phone to a new account, shows no code.

    One that another has replaced ends as if its time were over.
    """
    next_one = tx.desk.code_after(code)
    ended = min(code.ends_at, next_one.issued_at) if next_one else code.ends_at
    in_time = tx.now < ended + READ_ALOUD
    return in_time and tx.people.account(code.account).registered


def patient_of(tx: Transaction, code: Code) -> Patient:
    """Who shows the code: the account's own person, or the first it speaks for."""
    spoken_for = tx.people.spoken_for(code.account)
    oneself = [p for p, relation in spoken_for if relation is Relation.SELF]
    return (oneself or [p for p, _ in spoken_for])[0]


def _works(tx: Transaction, code: Code, draft: Draft) -> bool:
    unclaimed = code.claimed_by is None or code.claimed_by == draft.id
    return unclaimed and is_shown(tx, code)


def _of_code(tx: Transaction, draft: Draft, code: Code) -> Draft:
    """The code's own patient; the consent it carries lasts ten minutes from here.

    Raises CodeEndedError: another draft was faster.
    """
    if not tx.desk.claim(code.id, draft.id):
        raise CodeEndedError
    patient = patient_of(tx, code)
    until = (code.claimed_at or tx.now) + CONSENT_LASTS
    return replace(draft, patient=patient.id, found_by=FoundBy.CODE, consent_until=until)


def _live(tx: Transaction, account: Account) -> Code | None:
    code = tx.desk.code_of(account.id)
    if code is None or code.claimed_by is not None or code.ends_at <= tx.now:
        return None
    return code


def _shown(tx: Transaction, account: Account, code: Code) -> CodeShown:
    assert account.wallet is not None  # noqa: S101 (a registered account; told to the types)
    stated = statement(tx, account.wallet)
    opens_on = _opens_on(tx, account.wallet) if stated.points else None
    return CodeShown(code, stated.points, stated.spending_off, opens_on=opens_on, debt=stated.debt)


def _opens_on(tx: Transaction, wallet: int) -> date | None:
    """The day after today, where all the points were earned today (programme: spent tomorrow).

    Which branch the person comes to is not known yet: what one of them takes can pay.
    """
    today = [(branch, branch.today(tx.now)) for branch in tx.branches.branches()]
    alive = [lot for lot in tx.ledger.lots(wallet) if lot.ends_at > tx.now]
    if not today or any(spendable(tx, lot, *where) for where in today for lot in alive):
        return None
    return min(day for _, day in today) + timedelta(days=1)


def _registered(tx: Transaction, telegram: int) -> Account:
    account = tx.people.account_of(telegram)
    if account is None or not account.registered:
        raise OutOfTurnError
    return account


def _with_check_digit() -> tuple[str, ...]:
    """Codes whose digits add up to a whole ten: any two differ in two places at least."""
    numbers = (f"{number:04}" for number in range(10_000))
    return tuple(digits for digits in numbers if sum(map(int, digits)) % 10 == 0)


DIGITS = tuple(digits for digits in _with_check_digit() if digits != TRAINING)
