"""Friends who come by a card (programme: referral): a gift to them, a bond to whoever sent them.

New is who paid for no visit before the first press of the link. More friends a day by one card than
the programme says wait for a manager, who is asked once, and answers for that card and that day.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from loyalty import rewards
from loyalty.branches import Branch
from loyalty.cards import LinkKind
from loyalty.dates import end_after, last_day, months_later
from loyalty.desk.asking import ask_managers
from loyalty.desk.gifts import GiftFacts
from loyalty.desk.readers import hears_of, reads_wallet
from loyalty.ledger import post
from loyalty.letters import Letter, UntrueError
from loyalty.merges import GivenSince
from loyalty.people import Account, Patient
from loyalty.points import Credit, Kind, Operation, Reason
from loyalty.ports import Transaction
from loyalty.programme import Programme
from loyalty.recommending import behind, kept, leads_on, name_shown, withdrawn_since
from loyalty.requests import Request, RequestKind, RequestState
from loyalty.statement import statement

# --- before registration ---------------------------------------------------------------------


class Pressed(StrEnum):
    """Why a card's link gives nothing to who has just pressed it."""

    OWN = "own"
    KNOWN = "known"  # they are registered already
    DEAD = "dead"  # the link is nobody's


@dataclass(frozen=True, slots=True)
class Offer:
    """What a card promises a new patient: so many points in all, the `gift` among them.

    `name` is whose card it is, where they agreed that it says so.
    """

    points: int
    gift: int
    name: str | None = None


def offer(tx: Transaction, account: Account | None) -> Offer | None:
    """What is promised to who came by a card and isn't registered: nothing that will not come.

    Whether they have paid for a visit is not known before the phone.
    """
    rules = tx.programme
    if account is None or account.wallet is not None or not rules.friend_gift:
        return None
    if tx.papers.marked([tx.papers.mark(f"tg:{account.telegram}")]):
        return None
    presses = tx.people.arrivals(account.id)
    senders = ((behind(tx, LinkKind.CARD, one), _sender(tx, one, at)) for one, at in presses)
    record, sender = next((found for found in senders if found[1] is not None), (None, None))
    if record is None or sender is None or _is_held_back(tx, sender.id):
        return None
    points = rules.welcome + rules.friend_gift
    return Offer(points, rules.friend_gift, name_shown(tx, record))


def pressed(tx: Transaction, account: Account | None, payload: str) -> Pressed | None:
    """What is to be said of this press, if anything."""
    if account is None or not payload.startswith(LinkKind.CARD):
        return None
    sender = _sender(tx, payload, tx.now)
    if sender is None:
        return Pressed.DEAD if offer(tx, account) is None else None
    if not account.registered:
        return None
    return Pressed.OWN if sender.wallet == account.wallet else Pressed.KNOWN


def _sender(tx: Transaction, payload: str, pressed_at: datetime) -> Patient | None:
    """Whose card it is, unless they are gone, or their consent was by the time of the press."""
    found = behind(tx, LinkKind.CARD, payload)
    sender = None if found is None else kept(tx, found)
    if sender is None or sender.erased or not leads_on(tx, sender.id, pressed_at):
        return None
    return sender


def came_by_card(tx: Transaction, account: Account) -> bool:
    """Whether somebody else's card brought who has registered: if they are none of the new, they
    hear that it gives them nothing.
    """
    senders = (_sender(tx, *arrival) for arrival in tx.people.arrivals(account.id))
    return any(one is not None and one.wallet != account.wallet for one in senders)


# --- registration ----------------------------------------------------------------------------


def come(
    tx: Transaction, account: Account, me: int, joined: Sequence[int], owners: Collection[int]
) -> bool:
    """The newcomer's first link that leads to somebody gives what it promised; returns whether it
    gives nothing because they are no new patient.

    `joined` are the records under which they may have been treated: a wallet that has paid before
    is no new one, whoever of its family comes to the bot.
    """
    for payload, pressed_at in tx.people.arrivals(account.id):
        sender = behind(tx, LinkKind.CARD, payload)
        if sender is None or not rewards.counts(tx, me, sender):
            continue
        if not leads_on(tx, sender, pressed_at):
            continue
        if tx.friends.paid_before(joined, pressed_at):
            return True
        _come_by(tx, me, sender, owners)
        return False
    return False


def _come_by(tx: Transaction, friend: int, sender: int, owners: Collection[int]) -> None:
    """Who sent them is held: the friends of a day are counted one after another."""
    record = kept(tx, sender).id
    crowd = _crowd(tx, record)
    crowded = crowd is not None or _is_crowded(tx, record)
    if crowded and crowd is None:
        crowd = _ask(tx, record, owners)
    tx.friends.add(friend, sender, crowd.id if crowd else None)
    if not crowded or (crowd is not None and crowd.state is RequestState.GRANTED):
        whom = tx.people.patient(friend)
        _take_in(tx, friend, whom, sender, bound=_binds(tx, sender, owners))


def _binds(tx: Transaction, sender: int, owners: Collection[int]) -> bool:
    """Not whose consent is withdrawn, nor, unless the owner allows it, staff."""
    if withdrawn_since(tx, sender) is not None:
        return False
    return bool(tx.programme.staff_referral) or not is_staff(tx, sender, owners)


def _take_in(tx: Transaction, record: int, whom: Patient, sender: int, *, bound: bool) -> int:
    """The bond and the gift, of a sender who counts; returns how much of it debt took.

    Both are of the record that came, also where it has become part of `whom`.
    """
    if bound:
        rewards.bind(tx, record, whom.id, sender)
    return _give(tx, record, whom, sender)


def is_staff(tx: Transaction, patient: int, owners: Collection[int]) -> bool:
    """Whether an account that speaks for the patient works at the clinic, or owns it."""
    return any(
        account.telegram in owners or any(place.works for place in tx.branches.places(telegram))
        for account in tx.people.bound_to(kept(tx, patient).id)
        if (telegram := account.telegram) is not None
    )


def _give(tx: Transaction, record: int, whom: Patient, sender: int) -> int:
    points = tx.programme.friend_gift
    if not points or gifts_of(tx, whom.id):
        return 0
    wallet = tx.people.wallet(whom.wallet)
    settled = min(wallet.debt, points)
    lot = Credit(wallet.id, Reason.FRIEND, points - settled, end_of(tx, tx.now, tx.programme))
    after = replace(wallet, debt=wallet.debt - settled)
    post(tx, _key(record), Kind.FRIEND, [record, sender], [lot] if lot.points else [], after)
    return settled


def gifts_of(tx: Transaction, patient: int) -> Sequence[Operation]:
    """What came to this person by a card, under whatever record of theirs: once is enough."""
    records = [patient, *(part.id for part in tx.people.merged_into(patient))]
    found = (tx.ledger.operation(_key(record)) for record in records)
    return [operation for operation in found if operation is not None]


def in_full(tx: Transaction, given: GivenSince) -> GivenSince:
    """Of what rules the gift was made: its `points` are so far what its lot was made with."""
    _, rules = tx.programmes.before(given.at)
    points = max(given.points, rules.friend_gift)
    return replace(given, points=points, settled=points - given.points)


def end_of(tx: Transaction, given_at: datetime, rules: Programme) -> datetime:
    day = given_at.astimezone(tx.zone).date()
    return end_after(months_later(day, rules.friend_gift_months), tx.zone)


def _key(friend: int) -> str:
    return f"friend:{friend}"


# --- a crowd by one card ---------------------------------------------------------------------


def _is_held_back(tx: Transaction, sender: int) -> bool:
    """Whether who comes by this card now has to wait, or waits in vain."""
    crowd = _crowd(tx, sender)
    if crowd is None:
        return _is_crowded(tx, sender)
    return crowd.state is not RequestState.GRANTED


def _crowd(tx: Transaction, sender: int) -> Request | None:
    """What was asked about today's friends of this card; nobody answers it meanwhile."""
    found = tx.desk.request_from(_source(tx, sender))
    return None if found is None else tx.desk.request(found.id)


def _source(tx: Transaction, sender: int) -> str:
    """No colons: no message of the staff chat waits for the answer."""
    return f"friends/{sender}/{tx.now.astimezone(tx.zone).date()}"


def _is_crowded(tx: Transaction, sender: int) -> bool:
    return tx.friends.came_since(sender, _midnight(tx)) >= tx.programme.friends_a_day


def _midnight(tx: Transaction) -> datetime:
    return end_after(tx.now.astimezone(tx.zone).date() - timedelta(days=1), tx.zone)


def _ask(tx: Transaction, sender: int, owners: Collection[int]) -> Request | None:
    """None: before the first branch opens nobody can be asked, and they get nothing."""
    branch = _branch(tx, sender)
    if branch is None:
        return None
    request = tx.desk.add_request(
        Request(
            id=0,
            source=_source(tx, sender),
            branch=branch.id,
            kind=RequestKind.FRIENDS,
            amount=tx.programme.friends_a_day,
            reason="",
            asked_by=0,
            asked_name="",
            asked_at=tx.now,
            patient=sender,
        )
    )
    ask_managers(tx, request, owners)
    return request


def _branch(tx: Transaction, sender: int) -> Branch | None:
    """Where they were last, else the first that is open."""
    last = next(iter(tx.desk.visits_of([sender], 0, 1)), None)
    if last is not None:
        return tx.branches.branch(last.branch)
    branches = tx.branches.branches()
    return next((one for one in branches if one.chat is not None), next(iter(branches), None))


def hold(tx: Transaction, request: int) -> None:
    """Whose card it is and who waits, before the request is: in that order a registration holds
    them. A merge that was faster, or a friend, is waited for and looked at.
    """
    held: Sequence[int] = []
    while (found := tx.friends.concerned(request)) != held:
        tx.merges.hold(found)
        held = found


def who_wait(tx: Transaction, request: Request) -> Sequence[Patient]:
    """Friends of whom a manager decides, or has decided."""
    if request.kind is not RequestKind.FRIENDS:
        return ()
    return [kept(tx, friend) for friend, _, _ in tx.friends.of_request(request.id)]


def carry_out(tx: Transaction, request: Request, owners: Collection[int]) -> None:
    """Whoever waits, and is a new patient still, gets the gift and the bond as of now, and hears of
    it; so does who comes later on that day. All of them are held.
    """
    came = tx.friends.of_request(request.id)
    senders = {sender: tx.people.patient(sender) for _, sender, _ in came}
    bound = {sender: _binds(tx, sender, owners) for sender in senders}
    for friend, sender, pressed_at in came:
        whom = kept(tx, friend)
        if _is_new(tx, whom, pressed_at) and rewards.counts_of(tx, whom, senders[sender]):
            settled = _take_in(tx, friend, whom, sender, bound=bound[sender])
            _tell(tx, friend, settled, tx.people.speaking_for(whom.id))


def _is_new(tx: Transaction, whom: Patient, pressed_at: datetime) -> bool:
    """Since they came they may have become one with somebody who had paid before."""
    if whom.erased:
        return False
    family = {whom.id, *(one.id for one in tx.people.sharing(whom.wallet))}
    return not tx.friends.paid_before(family, pressed_at)


def _tell(tx: Transaction, friend: int, settled: int, readers: Sequence[Account]) -> None:
    if tx.ledger.operation(_key(friend)) is None:  # the programme gives nothing, or gave it before
        return
    for account in readers:
        tx.outbox.put(
            f"friend-gift:{friend}:{account.id}",
            "friend-gift",
            account.id,
            friend=friend,
            points=tx.programme.friend_gift,
            settled=settled,
        )


def how_many(tx: Transaction, request: Request) -> int:
    """Of how many friends a manager decides."""
    return len(tx.friends.of_request(request.id)) if request.kind is RequestKind.FRIENDS else 0


def facts_of(tx: Transaction, letter: Letter) -> GiftFacts:
    """Raises UntrueError: the friend is gone again, or the reader speaks for them no longer."""
    friend = kept(tx, letter.arguments["friend"])
    operation = tx.ledger.operation(_key(letter.arguments["friend"]))
    if friend.erased or operation is None or not hears_of(tx, letter, friend):
        raise UntrueError
    points, settled = letter.arguments["points"], letter.arguments["settled"]
    lots = tx.ledger.lots_of(operation.id)
    ends_on = last_day(lots[0].ends_at, tx.zone) if lots else None
    facts = GiftFacts(points, settled, ends_on, None, None, by_card=True)
    if not reads_wallet(tx, letter, friend.wallet):
        return facts
    balance, debt = statement(tx, friend.wallet).points, tx.people.wallet(friend.wallet).debt
    return replace(facts, balance=balance, debt=debt)
