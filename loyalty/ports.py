"""What the clinic remembers, as the use cases need it. `db` fulfils it, `bot` joins the two.

A use case is a plain function over a `Transaction`: all of it happens, or nothing. A question
is a plain function over the same books that changes nothing.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Concatenate, ParamSpec, Protocol, TypeVar
from zoneinfo import ZoneInfo

from loyalty.appointments.appointment import Appointment
from loyalty.bonds import Bond, Counted, Named, Ranked
from loyalty.branches import Branch
from loyalty.cards import Colour, Link, LinkKind, Style
from loyalty.categories import Category
from loyalty.gathering import Brought
from loyalty.given_up import GivenUp, Why
from loyalty.letters import Letter
from loyalty.merges import GivenSince, Merge
from loyalty.opinions import Case, CaseState, Feeling, Rating, Shown, Words
from loyalty.papers import ConsentEvent, PaperConsent
from loyalty.people import Account, Patient, Relation, Wallet
from loyalty.points import Credit, HistoryLine, Kind, Lot, Operation
from loyalty.programme import Programme, Version
from loyalty.promo import Promo
from loyalty.requests import Request
from loyalty.tasks.task import Never, Reason, Task, TaskMessage
from loyalty.team import Member, Standing
from loyalty.visits import Code, CodeScreen, Draft, DraftState, Reversal, Visit

P = ParamSpec("P")
T = TypeVar("T")


class People(Protocol):
    """Accounts, patients, wallets and who speaks for whom."""

    def account(self, account: int) -> Account: ...
    def account_of(self, telegram: int) -> Account | None: ...
    def account_with_phone(self, phone: str) -> Account | None: ...
    def open_account(self, telegram: int) -> Account: ...
    def save_account(self, account: Account) -> None: ...
    def lose_account(self, account: int) -> None:
        """Letters don't reach it from now on; what was known before stands."""
        ...

    def find_account(self, account: int) -> None:
        """They do again."""
        ...

    def add_patient(self, patient: Patient) -> Patient:
        """Keep a new patient (its id is ignored) and return it with its id."""
        ...

    def save_patient(self, patient: Patient) -> None: ...
    def unclaimed(self, phone: str) -> Sequence[Patient]:
        """Patients under this phone for whom no account speaks, in order of arrival; they stay as
        they are for the rest of a transaction that changes something.
        """
        ...

    def spoken_for(self, account: int) -> Sequence[tuple[Patient, Relation]]: ...
    def formerly_spoken_for(self, account: int) -> Sequence[Patient]: ...
    def speaks_for(self, account: int, patient: int, relation: Relation) -> None: ...
    def stops_speaking(self, account: int) -> None: ...
    def others_speak_for(self, patient: int, account: int) -> bool: ...
    def open_wallet(self) -> Wallet: ...
    def wallet(self, wallet: int) -> Wallet:
        """The wallet, locked for the rest of a transaction that changes it."""
        ...

    def save_wallet(self, wallet: Wallet) -> None:
        """Keep all but the balance, which only entries move."""
        ...

    def patient(self, patient: int) -> Patient:
        """Whose wallet stays the same for the rest of a transaction that changes something."""
        ...

    def patients_with_phone(self, phone: str) -> Sequence[Patient]:
        """Everyone under this number who isn't erased, in order of arrival."""
        ...

    def patients_by_phone_end(self, digits: str, limit: int) -> Sequence[Patient]: ...
    def patients_by_name(self, words: Sequence[Collection[str]], limit: int) -> Sequence[Patient]:
        """Each word, in one of its spellings, begins a word of the name or the surname, or of what
        the own account is called.
        """
        ...

    def sharing(self, wallet: int) -> Sequence[Patient]:
        """Whose visits the wallet pays."""
        ...

    def speaking_for(self, patient: int) -> Sequence[Account]:
        """Accounts that hear about the patient: registered, consent not withdrawn."""
        ...

    def bound_to(self, patient: int) -> Sequence[Account]:
        """Accounts that speak for the patient, whether they may hear anything or not."""
        ...

    def share_wallet(self, patient: int, wallet: int) -> None: ...
    def merged_into(self, patient: int) -> Sequence[Patient]:
        """The records that are part of this one now."""
        ...

    def arrived(self, account: int, payload: str) -> None:
        """Remember a deep link at its first press."""
        ...

    def arrivals(self, account: int) -> Sequence[tuple[str, datetime]]: ...
    def erase_patient(self, patient: int) -> None:
        """Forget who it was, by whatever record."""
        ...

    def erase_account(self, account: int) -> None:
        """Forget who it was, with its forms, arrivals and undelivered messages."""
        ...

    def withdrawn_before(self, moment: datetime) -> Sequence[int]: ...


class Papers(Protocol):
    """Consents as they were given and taken back, and the marks that outlive erasure."""

    def note_consent(self, account: int, kind: str, decision: str, version: str) -> None: ...
    def consents(self, account: int) -> Sequence[ConsentEvent]: ...
    def mark(self, what: str) -> str:
        """A keyed hash of a phone or a Telegram id: the same always, telling nothing."""
        ...

    def marked(self, marks: Sequence[str]) -> bool: ...
    def keep_marks(self, marks: Sequence[str]) -> None: ...


class Ledger(Protocol):
    """Points. Operations, entries and allocations are only ever added."""

    def operation(self, key: str) -> Operation | None: ...
    def known(self, keys: Collection[str]) -> Collection[str]:
        """Those of the keys that stand for an operation."""
        ...

    def numbered(self, operation: int) -> Operation: ...
    def origin(self, lot: int) -> Operation:
        """What first made these points, from whatever wallet they were moved since."""
        ...

    def add_operation(self, key: str, kind: Kind, given: str) -> Operation | None:
        """None: the key is taken, by this transaction or another."""
        ...

    def add_entry(
        self, operation: Operation, wallet: int, points: int, after: Wallet | None = None
    ) -> int:
        """`after` is the wallet as the operation leaves it, but for the balance."""
        ...

    def add_lot(self, operation: Operation, credit: Credit) -> int:
        """A lot that may hold so many points, and holds none yet."""
        ...

    def allocate(self, entry: int, lot: int, points: int) -> None:
        """Put so many of the entry's points into the lot; below zero, take them out of it."""
        ...

    def prolong(self, lot: int, ends_at: datetime, by: int) -> None:
        """The lot ends then, by this operation's word. Once, and only later than before."""
        ...

    def lots_of(self, operation: int) -> Sequence[Lot]:
        """The lots that this operation made, empty ones too, in the order of making."""
        ...

    def taken_by(self, operation: int) -> Sequence[tuple[Lot, int]]:
        """What the operation took from which lot, in the order of taking."""
        ...

    def lots(self, wallet: int) -> Sequence[Lot]:
        """Lots that hold points, ended ones too: the end that comes first, then the oldest."""
        ...

    def ending(self, wallet: int, until: datetime | None) -> Sequence[tuple[datetime, int]]:
        """Ends that are still to come, with the points that end then, the first end first.

        Not those after `until`; None: all of them.
        """
        ...

    def nearest(self, wallet: int, limit: int) -> tuple[int, Sequence[tuple[datetime, int]]]:
        """All points that have not ended, and of `ending` the first ends, so many at most."""
        ...

    def ended(self, wallet: int, since: datetime) -> Sequence[tuple[datetime, int]]:
        """Ends that came after this moment, with the points that ended unused, swept or not."""
        ...

    def wallets_with_ended(self, limit: int) -> Sequence[int]:
        """Some of the wallets with points in lots that have ended, the longest ago first."""
        ...

    def swept(self, lots: Collection[int]) -> int:
        """How many points of these lots, or of what they became in other wallets, were swept."""
        ...

    def history(self, wallet: int, skip: int, limit: int) -> Sequence[HistoryLine]:
        """Newest first."""
        ...


class Merges(Protocol):
    """Two records of one person that have become one."""

    def hold(self, patients: Collection[int]) -> Sequence[Patient]:
        """The records, in this order; who else writes anything about them waits."""
        ...

    def merge(self, request: int) -> Merge | None: ...
    def carry(self, merge: Merge) -> None:
        """All that hangs on the record that goes hangs on the kept one, and it is written down."""
        ...

    def carry_back(self, merge: Merge) -> None:
        """What was carried, and no more, hangs on its old record again."""
        ...

    def bonds_stand(self, merge: Merge) -> bool:
        """Whether the same accounts speak for the kept record as when it was merged."""
        ...

    def given_since(self, merge: Merge) -> Sequence[GivenSince]:
        """Gifts and good will that waited for the record that had gone as it went, and came."""
        ...

    def corrected_since(self, merge: Merge) -> bool:
        """Whether anything of the visits that were carried has been taken back since."""
        ...


class Outbox(Protocol):
    """Messages that an act of one person causes for another."""

    def put(
        self,
        key: str,
        kind: str,
        account: int,
        *,
        not_before: datetime | None = None,
        expires_at: datetime | None = None,
        **arguments: str | int | None,
    ) -> None:
        """Queue a message once; a key that is there already changes nothing.

        It waits for `not_before`; from `expires_at` on it would be no use.
        """
        ...

    def put_in_chat(
        self,
        key: str,
        kind: str,
        chat: int,
        *,
        expires_at: datetime | None = None,
        **arguments: str | int | None,
    ) -> None:
        """As `put`, to a staff chat, an owner or a manager by Telegram's number."""
        ...

    def revive(self, key: str) -> None:
        """This letter, if it could not be delivered, is due again."""
        ...

    def was_sent(self, key: str) -> bool:
        """Whether this letter has left, or may have."""
        ...

    def moved(self, old: int, new: int) -> None:
        """Letters to a chat follow it to its new number."""
        ...

    def due(self, limit: int, without: Collection[int] = ()) -> Sequence[Letter]:
        """Letters that may leave now, those to the chats `without` left out."""
        ...

    def like(self, letter: Letter, until: datetime) -> Sequence[Letter]:
        """Others of its kind to its account that wait and are due by then; nobody else takes them.

        Not one that may have left already and must not come twice.
        """
        ...

    def left_since(
        self, account: int, kinds: Collection[str], moment: datetime, *, besides: Collection[int]
    ) -> Sequence[tuple[str, datetime]]:
        """Kinds and times of what has left for the account after this moment, or may have."""
        ...

    def claim(self, letters: Sequence[Letter], until: datetime) -> None: ...
    def is_leaving(self, letter: Letter, until: datetime) -> bool:
        """The claim is still this taker's: the letter is *sending*, and leased until then."""
        ...

    def leave_with(self, letters: Sequence[Letter], until: datetime) -> None:
        """These are *sending* too, whoever had claimed them."""
        ...

    def release(self) -> None:
        """No lease holds any longer."""
        ...

    def put_back(self, letters: Sequence[Letter]) -> None:
        """Those whose claim still holds wait as if nobody had taken them, in the same place."""
        ...

    def take_back(self, letter: Letter) -> None:
        """As `put_back`, of a letter that is *sending*."""
        ...

    def quiet_until(self) -> datetime | None:
        """The end of the silence that Telegram asked for last."""
        ...

    def be_quiet(self, until: datetime) -> None: ...
    def mark(self, letter: int, state: str, fault: str | None = None) -> None: ...
    def given_up(self, since: datetime, skip: int, limit: int) -> Sequence[GivenUp]:
        """Letters that failed or may have arrived, the newest first."""
        ...

    def count_given_up(self, since: datetime) -> Mapping[Why, int]: ...
    def given_up_letter(self, letter: int) -> GivenUp | None: ...
    def untold(self, limit: int) -> Sequence[GivenUp]:
        """Those to patients of which no staff chat has heard, the oldest first."""
        ...

    def told_last(self) -> datetime | None: ...
    def tell(self, letters: Sequence[int]) -> None:
        """A staff chat hears of them."""
        ...

    def send_again(self, letter: int) -> None:
        """It is due again, as if it had never been given up."""
        ...

    def lapse(self) -> None:
        """What is due by now is due no longer."""
        ...

    def put_off(self, letter: int, until: datetime, *, attempts: int) -> None: ...


class Branches(Protocol):
    """Branches, who works there, doctors."""

    def branch(self, branch: int) -> Branch: ...
    def hold(self, branch: int) -> Branch:
        """The branch; who else wants to hold it waits for the end of this transaction."""
        ...

    def branch_of_chat(self, chat: int) -> Branch | None: ...
    def branches(self) -> Sequence[Branch]:
        """All of them, in order of opening; closed ones have no chat."""
        ...

    def add_branch(self, branch: Branch) -> Branch: ...
    def save_branch(self, branch: Branch) -> None: ...
    def member(self, branch: int, telegram: int) -> Member | None:
        """Who it is there, and stays till the end of a transaction that changes something."""
        ...

    def standing(self, branch: int, telegram: int) -> Standing | None:
        """As `member`, where nothing else of them is asked."""
        ...

    def team(self, branch: int) -> Sequence[Member]: ...
    def places(self, telegram: int) -> Sequence[Member]:
        """The same person in every branch."""
        ...

    def add_member(self, member: Member) -> Member: ...
    def save_member(self, before: Member, after: Member) -> None:
        """Keep what differs: the rest may have changed since it was read."""
        ...

    def doctors(self) -> Mapping[int, str]:
        """Names by number, in the order of the alphabet."""
        ...

    def add_doctor(self, name: str, by: int) -> int: ...


class Desk(Protocol):
    """Codes, drafts, visits and what corrects them."""

    def add_code(self, code: Code) -> Code: ...
    def code(self, digits: str) -> Code | None:
        """The newest code of these digits, live or not."""
        ...

    def code_by_token(self, token: str) -> Code | None: ...
    def code_after(self, code: Code) -> Code | None:
        """The code that took this one's place on the account's screen."""
        ...

    def code_of(self, account: int) -> Code | None:
        """The account's newest code."""
        ...

    def digits_since(self, moment: datetime) -> Sequence[str]:
        """Digits that ended after this moment, or have not ended."""
        ...

    def claim(self, code: int, draft: int) -> bool:
        """The draft has the code now; returns False where another draft has it already."""
        ...

    def save_screen(self, screen: CodeScreen) -> None: ...
    def screen(self, account: int) -> CodeScreen | None: ...
    def screens_due(self) -> Sequence[CodeScreen]:
        """Those that have waited longest first."""
        ...

    def note_miss(self, telegram: int) -> None: ...
    def misses_since(self, telegram: int, moment: datetime) -> int: ...

    def add_draft(self, draft: Draft) -> Draft:
        """Keep a new draft (its id is ignored)."""
        ...

    def draft(self, draft: int) -> Draft:
        """The draft, locked for the rest of a transaction that changes it."""
        ...

    def draft_from(self, source: str) -> Draft | None: ...
    def draft_on(self, branch: int, card: int) -> Draft | None:
        """The draft that this message of the branch's chat shows."""
        ...

    def typed_since(self, branch: int, typed: str, moment: datetime) -> Sequence[Draft]: ...
    def save_draft(self, draft: Draft) -> None: ...
    def close_draft(self, draft: int, state: DraftState) -> None: ...
    def draft_with_twins(self, draft: int) -> tuple[Draft, Sequence[int]]:
        """The draft and the patient's other open ones; nobody records any of them meanwhile."""
        ...

    def outdate_twins(self, draft: Draft, twins: Sequence[int]) -> None:
        """They, and any that came meanwhile, get a new revision: their buttons are of before."""
        ...

    def drop_drafts_of(self, patient: int) -> None:
        """The patient's open drafts are dropped; none of theirs says whom it was for."""
        ...

    def forget_drafts(self, before: datetime) -> None:
        """Old drafts: what was never recorded is dropped, and none says whom it was for."""
        ...

    def forget_codes(self, before: datetime) -> None:
        """Codes and wrong digits of the past."""
        ...

    def forget_cards(self, branch: int) -> None:
        """The branch's messages have other numbers now: cards come anew at the next change."""
        ...

    def add_visit(self, visit: Visit) -> int | None:
        """Keep it; returns who recommended its patient, as `Rewards.referrer` has it.

        Asked together: the patient is held by now, and every visit has this question.
        """
        ...

    def visit(self, visit: int) -> Visit | None: ...
    def visits_of(self, patients: Sequence[int], skip: int, limit: int) -> Sequence[Visit]:
        """Newest first, reversed ones too."""
        ...

    def attendances(self, patient: int) -> tuple[int, date | None]:
        """How often they came, and the first day; no advance and nothing cancelled counts."""
        ...

    def came_on(self, patient: int, day: date) -> bool:
        """Whether they came to any branch on that day; as `attendances` counts."""
        ...

    def last_of(
        self, patient: int, category: Category, day: date, *, besides: int | None
    ) -> date | None:
        """The last day up to this one on which they came for it; as `attendances` counts."""
        ...

    def last_by(self, branch: int, telegram: int) -> Visit | None: ...
    def names_used(self, branch: int, telegram: int, limit: int) -> Sequence[str]:
        """The names under which this account recorded visits there, the latest first."""
        ...

    def usual_bill(self, branch: int) -> int | None:
        """The middle of the branch's latest bills in kopecks; None while there are few."""
        ...

    def add_reversal(self, reversal: Reversal) -> None: ...
    def reversals(self, visit: int) -> Sequence[Reversal]: ...
    def add_request(self, request: Request) -> Request: ...
    def request(self, request: int) -> Request: ...
    def request_from(self, source: str) -> Request | None: ...
    def asked_about(self, visit: int) -> Sequence[Request]:
        """All that was ever asked about this visit, in order."""
        ...

    def waiting_about(self, patient: int) -> Sequence[Request]:
        """What waits for a manager, of this patient."""
        ...

    def waiting_for_return(self, visit: int) -> Sequence[Request]:
        """What waits for a manager, of this visit."""
        ...

    def save_request(self, request: Request) -> None: ...
    def granted(self, kind: str, since: datetime, *, branch: int | None, wallet: int | None) -> int:
        """The sum of what staff gave of this kind alone, in a branch or to a wallet's patients."""
        ...

    def granted_by_anybody(self, kind: str, since: datetime, wallet: int) -> int:
        """As `granted`, with what managers allowed."""
        ...

    def complain(self, visit: int, account: int, kind: str) -> bool:
        """Note it; returns False where it is noted already."""
        ...

    def sign_paper(self, patient: int, version: str, by: int) -> None: ...
    def papers(self, patients: Sequence[int]) -> Sequence[PaperConsent]: ...
    def signed_paper(self, patient: int) -> bool: ...
    def slip(self, visit: int) -> str | None: ...
    def add_slip(self, token: str, visit: int) -> None: ...
    def slip_visit(self, token: str) -> int | None: ...
    def use_slip(self, token: str, account: int) -> bool:
        """The account came by it; returns False where somebody did before."""
        ...


class Ratings(Protocol):
    """What patients think of visits. Stars and words are only ever added."""

    def note_asked(self, visit: int, account: int) -> None: ...
    def asked_since(self, account: int, moment: datetime, *, besides: int) -> bool:
        """Whether another visit's rating was asked after this moment."""
        ...

    def asked_at(self, visit: int, account: int) -> datetime:
        """When the question went to this account."""
        ...

    def unanswered(self, account: int, since: datetime) -> int | None:
        """The visit whose rating was asked last, after this moment, and is not given yet.

        Not one whose after-care question is still open.
        """
        ...

    def rating(self, visit: int) -> Rating | None: ...
    def add_rating(self, rating: Rating) -> bool:
        """Keep it; returns False where the visit is rated already."""
        ...

    def words(self, visit: int) -> Sequence[Words]:
        """In the order of saying."""
        ...

    def words_of_task(self, task: int) -> Sequence[Words]:
        """As `words`, of a talk."""
        ...

    def words_by_id(self, words: int) -> Words | None: ...
    def add_words(self, words: Words) -> Words | None:
        """Keep them (their id is ignored); None: these are there already."""
        ...

    def forget_words(self, patient: int) -> None:
        """What was said of the patient's visits goes, and notes of cases; stars stay."""
        ...

    def forget_words_of_task(self, task: int) -> None:
        """What was said in a talk, on both sides."""
        ...

    def forget_words_of(self, account: int, telegram: int | None) -> None:
        """What this account said, in its own chat, goes, of whosever visit."""
        ...


class Aftercare(Protocol):
    """How patients feel after surgery: who was asked, and what each of them answered."""

    def note_asked(self, visit: int, account: int) -> None: ...
    def feeling(self, visit: int, account: int) -> Feeling | None: ...
    def save_feeling(self, feeling: Feeling) -> None:
        """In place of what they said before."""
        ...

    def asked_at(self, visit: int, account: int) -> datetime:
        """When the question went to this account."""
        ...

    def unanswered(self, account: int, since: datetime) -> int | None:
        """The visit of which they were asked last, after this moment, that nobody has rated."""
        ...

    def forget(self, account: int) -> None:
        """All that this account answered."""
        ...

    def forget_patient(self, patient: int) -> None:
        """All that anybody answered about this patient."""
        ...


class Cases(Protocol):
    """Dissatisfied patients, who hears of them, who stands in for whom."""

    def add_case(self, case: Case) -> Case:
        """Keep a new case (its id is ignored)."""
        ...

    def case(self, case: int) -> Case:
        """The case, locked for the rest of a transaction that changes it."""
        ...

    def case_of(self, visit: int) -> Case | None: ...
    def case_with(self, account: int, telegram: int, solved_since: datetime) -> Case | None:
        """The newest open case that is theirs or that they wrote about; else a solved one."""
        ...

    def open_about(self, patient: int) -> bool:
        """Whether one is open: then neither promo nor offers reach the patient (programme)."""
        ...

    def cases_about(self, patient: int) -> Sequence[Case]: ...
    def cases(
        self, branches: Sequence[int], states: Sequence[CaseState], limit: int
    ) -> Sequence[Case]:
        """The oldest first."""
        ...

    def solved(self, branches: Sequence[int], limit: int) -> Sequence[Case]:
        """The latest first."""
        ...

    def counts(self, branches: Sequence[int], now: datetime) -> tuple[int, int, int]:
        """New ones, taken ones, and how many of both are overdue."""
        ...

    def opened_before(self, moment: datetime) -> Sequence[Case]:
        """Open ones, the oldest first."""
        ...

    def save_case(self, case: Case) -> None: ...
    def show(self, case: int, telegram: int, message: int, *, whole: bool, as_owner: bool) -> None:
        """This message speaks of the case now; `whole`: it shows how the case stands."""
        ...

    def hide(self, telegram: int, message: int) -> None:
        """The message speaks of no case any more."""
        ...

    def shown(self, case: int) -> Sequence[Shown]:
        """Messages that show how it stands, in the order of sending."""
        ...

    def latest_message(self, telegram: int) -> tuple[int, int] | None:
        """The newest message in their chat that speaks of a case, and which case."""
        ...

    def case_behind(self, telegram: int, message: int) -> int | None:
        """The case of which this message speaks."""
        ...

    def absences(self) -> Mapping[int, int]:
        """Who is away, and who stands in for them."""
        ...

    def set_away(self, telegram: int, deputy: int | None) -> None: ...


class Tasks(Protocol):
    """What staff are to do for patients, why, where it is shown, and who is never disturbed."""

    def knows(self, key: str) -> bool:
        """Whether this reason was given already."""
        ...

    def add_task(self, task: Task) -> Task:
        """Keep a new task (its id is ignored)."""
        ...

    def task(self, task: int) -> Task:
        """The task, locked for the rest of a transaction that changes it."""
        ...

    def save_task(self, task: Task) -> None: ...
    def add_reason(self, reason: Reason) -> None: ...
    def reasons(self, task: int) -> Sequence[Reason]:
        """In the order of coming, done ones too."""
        ...

    def reasons_about(self, patient: int) -> Sequence[Reason]:
        """All that were ever given about this record."""
        ...

    def save_reason(self, reason: Reason) -> None:
        """Keep its result."""
        ...

    def hand_over(self, task: int, to: int) -> None:
        """The open reasons of a task are another's now."""
        ...

    def open_call(self, branch: int, patients: Collection[int]) -> Task | None:
        """The branch's open call about any of them, as `task` locks it."""
        ...

    def open_talk(self, branch: int | None, account: int) -> Task | None:
        """The open talk with this account; `branch` None: in whichever branch."""
        ...

    def about(self, patient: int) -> Sequence[Task]:
        """Open tasks with an open reason about this patient."""
        ...

    def all_about(self, patient: int) -> Sequence[Task]:
        """Tasks that were ever about this patient and have a card."""
        ...

    def talks_with(self, account: int) -> Sequence[Task]:
        """All of them, in order."""
        ...

    def about_appointment(self, appointment: int) -> Sequence[Task]: ...
    def due(self, branch: int) -> Sequence[Task]:
        """Open ones whose hour has come: promised ones, then who is in a chair soonest, then who
        has paid most, then the oldest.
        """
        ...

    def posted_on(self, branch: int, day: date) -> int:
        """How many of the day's counted calls have been posted."""
        ...

    def promised_before(self, branch: int, moment: datetime) -> int:
        """Counted calls still to be posted that patients asked for before this moment."""
        ...

    def listed(self, branch: int, skip: int, limit: int) -> tuple[int, Sequence[Task]]:
        """How many are open, and some of them, in the order of `due`."""
        ...

    def show(self, chat: int, message: int, task: int, *, whole: bool) -> None:
        """This message speaks of the task now."""
        ...

    def hide(self, chat: int, message: int) -> None: ...
    def shown(self, task: int) -> Sequence[TaskMessage]:
        """Its cards."""
        ...

    def behind(self, chat: int, message: int) -> Task | None:
        """The task of which this message speaks."""
        ...

    def clinic_spoke_last(self, task: int) -> bool: ...
    def mark_wrong(self, task: int, mark: str) -> None:
        """The number of this mark was another person's."""
        ...

    def is_wrong(self, mark: str) -> bool: ...
    def never(self, patient: int) -> Never | None:
        """Whether it was said of the patient, by whatever record of theirs."""
        ...

    def say_never(self, patient: int, by: int, name: str) -> None: ...
    def lift_never(self, patient: int, by: int) -> None: ...


class Rewards(Protocol):
    """Who recommended whom, and what friends' visits gather for them. All is only ever added."""

    def have_in_common(self, one: int, other: int) -> bool:
        """Whether two patients share a phone or a wallet, by whatever record of theirs."""
        ...

    def add_referral(self, friend: int, referrer: int) -> bool:
        """Keep it; returns False where somebody has recommended this record before."""
        ...

    def referrer(self, patient: int) -> Patient | None:
        """The record that recommended this patient first, under whatever record of theirs; not one
        that is the patient's own by now.
        """
        ...

    def add(self, referrer: int, points: int, *, visit: int, n: int | None = None) -> None:
        """Points of a visit, below zero with the number of the reversal that takes them."""
        ...

    def add_fixed(self, points: int, *, visit: int, friend: int) -> None:
        """The fixed sum for this visit, by the bond that counts: nothing where the friend's records
        have brought it and it stands, or had paid before they first did.
        """
        ...

    def take_fixed(self, visit: int, n: int) -> None:
        """This reversal of the visit takes the fixed sum that it brought, if it did."""
        ...

    def rewarded(self, visit: int) -> int | None:
        """For whom the visit's reward was gathered. It is held, with the fixed sum: a posting that
        counts it waits for who lowers it.
        """
        ...

    def hold(self, patient: int) -> None:
        """What was gathered for any record of theirs: nobody lowers it beside us."""
        ...

    def gatherers(self, after: int, limit: int) -> Sequence[tuple[int, int, int]]:
        """The next records, by number, for which anything was ever gathered; each with whose it is
        now, and the most that may be posted for that patient. No erased patient's.
        """
        ...

    def brought(
        self, patients: Collection[int], *, before: datetime, alone: date
    ) -> Mapping[int, Sequence[Brought]]:
        """What is left of what friends' visits that were recorded before then have brought whatever
        record of each of them; a single friend's count from days before `alone`. Nothing of one's
        own visits, nor of a friend's who turned out to be oneself: till those records are parted.
        """
        ...

    def posted(self, patients: Collection[int]) -> Mapping[int, Mapping[int, int]]:
        """How much has been posted of each of their records."""
        ...

    def posted_since(self, patients: Collection[int], moment: datetime) -> Collection[int]:
        """Those of whom, by any record of theirs, anything was posted since then."""
        ...

    def posting_since(self, patient: int, moment: datetime) -> Operation | None:
        """The latest one, if there was any since then."""
        ...

    def take(self, record: int, points: int, operation: int) -> None:
        """So much of what is gathered for the record is posted by this operation."""
        ...

    def taken_by(self, operation: int) -> int:
        """All that the posting took."""
        ...

    def posted_in_all(self) -> int: ...
    def friends(self, patient: int, before: datetime) -> int:
        """How many came by this patient's recommendation, before then."""
        ...


class Cards(Protocol):
    """Links with a patient behind them, and the card's picture as Telegram keeps it."""

    def link(self, kind: LinkKind, patient: int) -> Link | None: ...
    def add_link(self, kind: LinkKind, patient: int, code: str) -> bool:
        """Keep it; returns False where this record has one already."""
        ...

    def behind(self, kind: LinkKind, code: str) -> int | None:
        """The record whose link it is, also where it has become part of another one."""
        ...

    def picture(self, patient: int, drawn: str) -> str | None:
        """Telegram's name of the card's picture of just this content."""
        ...

    def keep_picture(self, patient: int, drawn: str, file_id: str) -> None: ...
    def named(self, patient: int) -> bool:
        """Whether the patient lets the card and the link say their first name, by whatever record
        of theirs: each link tells it, or none does.
        """
        ...

    def show_name(self, patient: int, named: bool) -> None: ...
    def forget(self, patient: int) -> None:
        """No name is shown any more and no picture is kept, of whatever record; the link stays."""
        ...

    def style(self) -> Style:
        """How the clinic's cards look; the first look until an owner has chosen another."""
        ...

    def logo(self) -> bytes | None: ...
    def keep_colour(self, colour: Colour, by: int) -> None: ...
    def keep_logo(self, logo: bytes | None, mark: str | None, by: int) -> None: ...


class Friends(Protocol):
    """Who came by whose card. Rows are only added; the database would let them be changed."""

    def add(self, friend: int, sender: int, request: int | None) -> None:
        """`request`: a manager decides of them."""
        ...

    def came_since(self, sender: int, moment: datetime) -> int:
        """How many came by this patient's card, under whatever record of theirs."""
        ...

    def of_request(self, request: int) -> Sequence[tuple[int, int, datetime]]:
        """Friends, whose card it was and when they first pressed it, in the order of coming."""
        ...

    def concerned(self, request: int) -> Sequence[int]:
        """All records of whom this is about, in order of number; none where no card is asked of."""
        ...

    def paid_before(self, patients: Collection[int], moment: datetime) -> bool:
        """Whether a visit of theirs was paid for by then, and not all of it went back."""
        ...

    def was_brought(self, patient: int) -> bool:
        """Whether a word or a card brought them, under whatever record of theirs."""
        ...

    def may_be_recommended(self, patient: int) -> bool:
        """Whether they have paid for no visit, and neither a word nor a card brought them."""
        ...


class Referrals(Protocol):
    """Who brought whom, all together: `branches` None. Or of friends who were treated at these
    branches, with what they paid and brought there. All are patients as they are now.
    """

    def sums(self, branches: Collection[int] | None) -> Counted: ...
    def bonds(self, branches: Collection[int] | None, offset: int, limit: int) -> Sequence[Bond]:
        """Newest first."""
        ...

    def best(self, branches: Collection[int] | None, offset: int, limit: int) -> Sequence[Ranked]:
        """Who has brought most points first; then by how many pay, and how many there are."""
        ...

    def unpaid(self, branches: Collection[int] | None, few: int) -> Sequence[tuple[int, int]]:
        """Who brought so many or more of whom nobody has paid, and how many."""
        ...

    def crowding(
        self, branches: Collection[int] | None, unasked: int
    ) -> Sequence[tuple[int, int, datetime]]:
        """Who brought more than so many in all, by a card or a word, whatever came of it: who,
        whom, and when.
        """
        ...

    def named(self, branches: Collection[int] | None) -> Sequence[Named]:
        """Everybody who recommended or was recommended, as they are called."""
        ...


class Arrivals(Protocol):
    """By which links people came, and whom the clinic may still invite."""

    def by_source(self) -> Sequence[tuple[str, int, int]]:
        """The first `s_` link of each account that pressed it before having points: its payload,
        how many such accounts there are, how many of them are registered now.
        """
        ...

    def uninvited(self, after: int, limit: int) -> Sequence[Patient]:
        """Patients with a phone and a signed paper for whom no account speaks, in order of number
        from the one after `after`; not those whose phone an account has proved, and of those with
        one phone only the first.
        """
        ...

    def uninvited_count(self) -> int: ...
    def invited_count(self) -> tuple[int, int]:
        """How many have an invitation, and for how many of them an account has spoken since."""
        ...


class Appointments(Protocol):
    """What is booked, and what came of it."""

    def hold_book(self) -> None:
        """Nobody else books or moves anything until this transaction ends."""
        ...

    def add(self, appointment: Appointment) -> Appointment:
        """Keep a new one (its id is ignored)."""
        ...

    def appointment(self, appointment: int) -> Appointment:
        """Locked for the rest of a transaction that changes it. Raises LookupError."""
        ...

    def from_source(self, source: str) -> Appointment | None: ...
    def save(self, appointment: Appointment) -> None:
        """Keep all but whose it is, where, and its card."""
        ...

    def put_on_card(self, appointment: int, message: int) -> None:
        """This message of the branch's chat shows it now."""
        ...

    def live_of(self, patient: int) -> Sequence[Appointment]:
        """Those of the patient that hold their time, past ones too, in order of time."""
        ...

    def of_doctor(self, doctor: int, since: datetime, until: datetime) -> Sequence[Appointment]:
        """Those that hold their time and begin then or later, and before `until`; by time."""
        ...

    def around(self, patient: int, moment: datetime) -> Sequence[Appointment]:
        """All of the patient that begin within a day and a half of this moment, by time."""
        ...

    def ahead(self, patients: Collection[int]) -> Sequence[Appointment]:
        """Those of these patients that hold a time still to come, by time."""
        ...

    def all_of(self, patients: Collection[int]) -> Sequence[Appointment]:
        """All that there ever was of these patients, by time."""
        ...

    def due(self, limit: int) -> Sequence[Appointment]:
        """Those of which something is to be done by now, the longest due first."""
        ...

    def next_step(self, appointment: int, due_at: datetime | None) -> None:
        """When something is next to be done about it; no new revision."""
        ...

    def note_elsewhere(self, patient: int, account: int) -> None:
        """They said that a visit is booked of which we know nothing."""
        ...

    def elsewhere_since(self, patient: int, moment: datetime) -> bool:
        """Whether anybody said so of the patient after this moment."""
        ...

    def forget(self, patient: int) -> None:
        """What was said of the patient goes; appointments stay, as visits do."""
        ...

    def forget_account(self, account: int) -> None:
        """What this account said goes."""
        ...

    def forget_cards(self, branch: int) -> None:
        """The branch's messages have other numbers now."""
        ...


class Programmes(Protocol):
    """Versions of the programme's numbers."""

    def current(self) -> tuple[int | None, Programme]:
        """The version in force and its number; None: nobody has changed the defaults."""
        ...

    def before(self, moment: datetime) -> tuple[int | None, Programme]:
        """The version that was in force just before this moment."""
        ...

    def numbered(self, number: int | None) -> Programme:
        """The version of this number; None: the defaults."""
        ...

    def add(self, programme: Programme, by: int, after: int | None) -> bool:
        """Keep the version that follows `after`; returns False where another one does."""
        ...

    def latest(self, limit: int) -> Sequence[Version]:
        """The newest first."""
        ...


class Promotion(Protocol):
    """What owners have decided about advertising; every change is kept."""

    def standing(self) -> Promo: ...
    def add(self, by: int, *, on: bool, marker: str | None, after: int) -> bool:
        """Keep what follows version `after`; returns False where another change does."""
        ...


class Transaction(Protocol):
    """The clinic's books, open for one use case. `now` is the moment it began, aware, in UTC."""

    @property
    def now(self) -> datetime: ...
    @property
    def zone(self) -> ZoneInfo: ...
    @property
    def programme(self) -> Programme: ...
    @property
    def people(self) -> People: ...
    @property
    def papers(self) -> Papers: ...
    @property
    def ledger(self) -> Ledger: ...
    @property
    def merges(self) -> Merges: ...
    @property
    def outbox(self) -> Outbox: ...
    @property
    def branches(self) -> Branches: ...
    @property
    def desk(self) -> Desk: ...
    @property
    def programmes(self) -> Programmes: ...
    @property
    def promo(self) -> Promotion: ...
    @property
    def ratings(self) -> Ratings: ...
    @property
    def aftercare(self) -> Aftercare: ...
    @property
    def cases(self) -> Cases: ...
    @property
    def tasks(self) -> Tasks: ...
    @property
    def rewards(self) -> Rewards: ...
    @property
    def cards(self) -> Cards: ...
    @property
    def friends(self) -> Friends: ...
    @property
    def referrals(self) -> Referrals: ...
    @property
    def arrivals(self) -> Arrivals: ...
    @property
    def appointments(self) -> Appointments: ...


class Clinic(Protocol):
    """The way in: what handlers and the scheduler hold."""

    async def change(
        self, use_case: Callable[Concatenate[Transaction, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run a use case in a transaction of its own and commit."""
        ...

    async def ask(
        self, question: Callable[Concatenate[Transaction, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run a question on a connection that can't write."""
        ...
