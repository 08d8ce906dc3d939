"""What a patient says to the desk: yes, no, «Это не я», «Не мой визит»; and what they may read."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from db.store import Store
from db.tables import outbox
from loyalty import mail, registration, statement
from loyalty.desk import complaints, consent, drafting, following, freezing
from loyalty.desk.card import Spending, card
from loyalty.desk.complaints import Complaint, Heard
from loyalty.desk.consent import SpendRequestOverError
from loyalty.desk.freezing import FreezeNotYoursError, FreezeStandsError
from loyalty.desk.newcomers import record_patient
from loyalty.desk.purse import OwnPocketError
from loyalty.desk.recording import SpendingIsOffError
from loyalty.errors import AwaitsDeskError, OutOfTurnError
from loyalty.letters import Letter, UntrueError
from loyalty.people import SpendingOff
from loyalty.points import Kind
from loyalty.team import Standing
from loyalty.visits import Reversal, ReversalKind
from tests.db.test_desk import ANNA, MARIA, PHONE, admit, line, open_branch, recorded, register
from tests.db.test_desk import drafted as drafted_by_phone

EMMA, OLEG, IRINA = 1002, 1005, 1004
OWNERS = frozenset({OLEG})
STAFF_CHAT = -100


@pytest.fixture
async def branch(store: Store):
    return await store.change(open_branch)


@pytest.fixture
async def anna(store: Store, branch):
    return await store.change(admit, branch)


@pytest.fixture
async def irina(store: Store, branch):
    member = await store.change(admit, branch, IRINA, "Ирина")
    manager = replace(member, standing=Standing.MANAGER)
    await store.change(lambda tx: tx.branches.save_member(member, manager))
    return manager


@pytest.fixture
async def wallet(store: Store) -> int:
    return await register(store)


@pytest.fixture
async def asked(store: Store, anna, wallet):
    """Maria's phone asks for 1000 points."""
    return await drafted_by_phone(store, anna, PHONE, line(12_400_00, most=True))


async def says(store: Store, draft: int, agrees: bool, points: int = 1000, telegram: int = MARIA):
    return await store.change(consent.answer, telegram, draft, points, agrees)


async def letters(store: Store, kind: str) -> list[Letter]:
    query = select(
        outbox.c.id, outbox.c.kind, outbox.c.account_id, outbox.c.chat_id, outbox.c.arguments
    ).where(outbox.c.kind == kind)
    rows = await store.engines.read(lambda connection: connection.execute(query).all())
    return [
        Letter(id_, kind, account, chat, None, args, 0) for id_, kind, account, chat, args in rows
    ]


async def off(store: Store, wallet: int) -> SpendingOff | None:
    return (await store.ask(lambda tx: tx.people.wallet(wallet))).spending_off


# --- a request to spend ----------------------------------------------------------------------


async def test_no_leaves_the_points_and_is_said_once(store, asked):
    first = await says(store, asked.draft.id, agrees=False)
    again = await says(store, asked.draft.id, agrees=False)

    assert first == again
    assert first.cash == 12_400_00
    laid = await store.ask(card, asked.draft.id)
    assert (laid.points, laid.spending) == (0, Spending.NONE)
    assert laid.draft.revision == asked.draft.revision + 1


async def test_yes_twice_is_one_answer_and_lasts_no_longer(store, asked, clock):
    first = await says(store, asked.draft.id, agrees=True)
    clock.pass_(minutes=9)
    assert await says(store, asked.draft.id, agrees=True) == first
    clock.pass_(minutes=1)

    with pytest.raises(SpendRequestOverError):
        await says(store, asked.draft.id, agrees=True)


async def test_yes_is_still_the_answer_when_the_visit_is_recorded(store, anna, asked):
    first = await says(store, asked.draft.id, agrees=True)
    await recorded(store, anna, asked)

    assert await says(store, asked.draft.id, agrees=True) == first
    with pytest.raises(SpendRequestOverError):
        await says(store, asked.draft.id, agrees=False)


async def test_a_change_of_mind_before_recording_holds_for_the_next_card_too(store, anna, asked):
    await says(store, asked.draft.id, agrees=True)
    await says(store, asked.draft.id, agrees=False)
    draft = (await store.ask(card, asked.draft.id)).draft

    laid = await store.change(drafting.spend, anna, draft.id, draft.revision, 1000)

    assert laid.spending is Spending.ASKED


async def test_yes_after_no_is_too_late(store, asked):
    await says(store, asked.draft.id, agrees=False)
    with pytest.raises(SpendRequestOverError):
        await says(store, asked.draft.id, agrees=True)


@pytest.mark.parametrize("agrees", [True, False])
async def test_only_who_speaks_for_the_patient_answers(store, asked, agrees):
    await register(store, EMMA, "+79161112234")
    for draft in (asked.draft.id, 10**15):
        with pytest.raises(SpendRequestOverError):
            await says(store, draft, agrees, telegram=EMMA)


async def test_the_request_says_what_it_asks_while_it_stands(store, asked, clock):
    facts = await store.ask(consent.request, MARIA, asked.draft.id, 1000)
    assert (facts.points, facts.cash, facts.past_day) == (1000, 11_400_00, None)

    (letter,) = await letters(store, "spend-request")
    letter = replace(letter, telegram=MARIA)
    assert await store.ask(mail.facts, letter) == facts
    clock.pass_(minutes=10)
    with pytest.raises(UntrueError):
        await store.ask(mail.facts, letter)


# --- «Это не я» ------------------------------------------------------------------------------


async def test_stopping_tells_owners_and_managers_and_keeps_earning(
    store, anna, irina, asked, wallet
):
    stopped = await store.change(freezing.stop, MARIA, OWNERS, asked.draft.id)
    again = await store.change(freezing.stop, MARIA, OWNERS, asked.draft.id)

    assert stopped == again
    assert await off(store, wallet) is SpendingOff.FROZEN
    told = await letters(store, "spending-stopped")
    assert {letter.telegram for letter in told} == {OLEG, IRINA}
    facts = await store.ask(mail.facts, told[0])
    assert (facts.phone, facts.points, facts.draft.id) == (PHONE, 1000, asked.draft.id)

    laid = await store.ask(card, asked.draft.id)
    assert laid.points == 0
    visit = await recorded(store, anna, laid)
    assert (visit.points, visit.earned) == (0, 620)


async def test_agreed_points_are_not_spent_after_stopping(store, anna, asked):
    await says(store, asked.draft.id, agrees=True)
    await store.change(freezing.stop, MARIA, OWNERS)

    with pytest.raises(SpendingIsOffError):
        await recorded(store, anna, asked)
    with pytest.raises(SpendRequestOverError):
        await store.ask(consent.request, MARIA, asked.draft.id, 1000)


@pytest.mark.parametrize("wanted", [{"most": True}, {"points": 500}])
async def test_a_stopped_wallet_spends_nothing_until_it_is_asked_anew(store, anna, wallet, wanted):
    await store.change(freezing.stop, MARIA, OWNERS)
    laid = await drafted_by_phone(store, anna, PHONE, line(2_000_00, **wanted))
    assert (laid.points, laid.counted.cash, laid.spending) == (0, 2_000_00, Spending.OFF)

    await store.change(freezing.release, OLEG, True, wallet)
    laid = await store.ask(card, laid.draft.id)
    assert (laid.draft.points, laid.points, laid.counted.max_points) == (None, 0, 600)
    assert (await recorded(store, anna, laid)).points == 0


async def test_a_strangers_card_is_not_touched_by_stopping(store, asked, wallet):
    await register(store, EMMA, "+79161112234")
    stopped = await store.change(freezing.stop, EMMA, OWNERS, asked.draft.id)

    assert stopped.draft is None
    assert (await store.ask(card, asked.draft.id)).points == 1000
    assert await off(store, wallet) is None


async def test_ten_minutes_to_take_it_back(store, wallet, clock):
    await store.change(freezing.stop, MARIA, OWNERS)
    clock.pass_(minutes=9)
    await store.change(freezing.take_back, MARIA, OWNERS)
    assert await off(store, wallet) is None
    (told,) = await letters(store, "spending-back")
    assert (await store.ask(mail.facts, told)).wallet == wallet
    await store.change(freezing.take_back, MARIA, OWNERS)  # pressed twice

    await store.change(freezing.stop, MARIA, OWNERS)
    clock.pass_(minutes=10)
    with pytest.raises(FreezeStandsError):
        await store.change(freezing.take_back, MARIA, OWNERS)
    assert await off(store, wallet) is SpendingOff.FROZEN


async def test_stopping_after_a_release_can_be_undone_anew(store, wallet, clock):
    await store.change(freezing.stop, MARIA, OWNERS)
    clock.pass_(days=1)
    await store.change(freezing.release, OLEG, True, wallet)
    stopped = await store.change(freezing.stop, MARIA, OWNERS)

    assert stopped.undo_until is not None
    assert len(await letters(store, "spending-stopped")) == 2


async def test_a_manager_releases_and_the_patient_hears(store, anna, irina, asked, wallet):
    await visited(store, anna, asked)
    await store.change(freezing.stop, MARIA, OWNERS)
    await store.change(freezing.release, IRINA, False, wallet)
    await store.change(freezing.release, IRINA, False, wallet)

    assert await off(store, wallet) is None
    (letter,) = await letters(store, "spending-released")
    assert (await store.ask(mail.facts, letter)).wallet == wallet


async def test_staff_and_strangers_release_nothing(store, anna, wallet):
    await store.change(freezing.stop, MARIA, OWNERS)
    for telegram in (ANNA, EMMA):
        with pytest.raises(FreezeNotYoursError):
            await store.change(freezing.release, telegram, False, wallet)
    assert await off(store, wallet) is SpendingOff.FROZEN


async def test_nobody_releases_their_own_wallet(store, wallet):
    await store.change(freezing.stop, MARIA, OWNERS)
    with pytest.raises(OwnPocketError):
        await store.change(freezing.release, MARIA, True, wallet)


async def test_a_moved_account_is_the_desks_matter(store, wallet):
    await register(store, EMMA, PHONE)
    with pytest.raises(AwaitsDeskError):
        await store.change(freezing.stop, EMMA, OWNERS)
    await store.change(freezing.release, OLEG, True, wallet)
    assert await off(store, wallet) is SpendingOff.MOVED


# --- «Не мой визит», «Не просили списать» ----------------------------------------------------


async def visited(store: Store, anna, asked):
    await says(store, asked.draft.id, agrees=True)
    return await recorded(store, anna, asked)


async def complains(store: Store, visit: int, what=Complaint.NOT_MINE, telegram: int = MARIA):
    return await store.change(complaints.complain, telegram, visit, what, OWNERS)


async def test_a_complaint_is_told_once_and_moves_nothing(store, anna, irina, asked, wallet):
    visit = await visited(store, anna, asked)
    before = await store.ask(statement.statement, wallet)

    assert await complains(store, visit.id) is Heard.NOTED
    assert await complains(store, visit.id) is Heard.BEFORE
    assert await complains(store, visit.id, Complaint.NOT_ASKED) is Heard.NOTED

    told = [letter.telegram for letter in await letters(store, "complaint")]
    assert sorted(told) == sorted([STAFF_CHAT, OLEG, IRINA] * 2)
    assert len(await letters(store, "complaint-noted")) == 2
    assert await store.ask(statement.statement, wallet) == before


async def test_a_complaint_about_a_cancelled_visit_is_over(store, anna, asked, clock):
    visit = await visited(store, anna, asked)
    await complains(store, visit.id)
    letter = (await letters(store, "complaint"))[0]
    facts = await store.ask(mail.facts, letter)
    assert (facts.complaint, facts.visit) == (Complaint.NOT_MINE, visit)

    kind = ReversalKind.WRONG_PATIENT
    reversal = Reversal(
        visit.id, 1, kind, visit.bill, visit.cash, 0, 0, 0, ANNA, "Анна", clock.now()
    )
    await store.change(lambda tx: tx.desk.add_reversal(reversal))

    assert await complains(store, visit.id, Complaint.NOT_ASKED) is Heard.CANCELLED
    with pytest.raises(UntrueError):
        await store.ask(mail.facts, letter)


async def test_strangers_complain_about_nothing(store, anna, asked):
    visit = await visited(store, anna, asked)
    await register(store, EMMA, "+79161112234")
    for telegram, number in ((EMMA, visit.id), (MARIA, 10**15), (4242, visit.id)):
        with pytest.raises(OutOfTurnError):
            await complains(store, number, telegram=telegram)


# --- slips -----------------------------------------------------------------------------------


@pytest.fixture
async def slip(store: Store, anna) -> str:
    """Pyotr's visit was recorded by phone, and he got a slip."""
    await store.change(record_patient, PHONE, "Пётр")
    laid = await drafted_by_phone(store, anna, PHONE, line(10_000_00))
    visit = await recorded(store, anna, laid)
    await store.change(lambda tx: tx.desk.add_slip("TOKEN", visit.id))
    return "v_TOKEN"


async def test_a_slip_joins_the_phone_to_its_visit(store, slip):
    await store.change(registration.open_account, MARIA, slip)
    wallet = await register(store)

    assert (await store.ask(statement.statement, wallet)).points == 500 + 1000
    assert await letters(store, "slip-strange") == []


async def test_a_slip_in_other_hands_is_told_to_staff_once(store, slip):
    for telegram, phone in ((EMMA, "+79161112234"), (IRINA, "+79161112244")):
        await store.change(registration.open_account, telegram, slip)
        await register(store, telegram, phone)

    (letter,) = await letters(store, "slip-strange")
    facts = await store.ask(mail.facts, letter)
    assert letter.telegram == STAFF_CHAT
    assert (facts.phone, facts.patient.name) == ("+79161112234", "Пётр")


async def test_a_slip_that_a_registered_person_opens_counts_too(store, slip):
    await register(store, EMMA, "+79161112234")
    await store.change(registration.open_account, EMMA, slip)
    assert len(await letters(store, "slip-strange")) == 1


async def test_a_slip_that_leads_nowhere_is_a_link_like_any(store):
    await store.change(registration.open_account, MARIA, "v_nothing")
    await register(store)
    account = await store.ask(statement.who, MARIA)
    await store.change(following.follow, account)


# --- what they may read ----------------------------------------------------------------------


async def test_history_shows_both_ways_of_one_visit(store, anna, asked, wallet):
    await visited(store, anna, asked)
    newest, welcome = (await store.ask(statement.history, wallet)).lines
    assert (newest.kind, newest.spent, newest.earned, newest.points) == (
        Kind.VISIT,
        1000,
        570,
        -430,
    )
    assert (welcome.kind, welcome.spent, welcome.earned) == (Kind.WELCOME, 0, 1000)


async def test_visits_come_by_pages_newest_first(store, anna, wallet, clock):
    for n in range(6):
        laid = await drafted_by_phone(store, anna, PHONE, line(1_000_00 + n), source=f"line:1:{n}")
        await recorded(store, anna, laid)
        clock.pass_(days=1)
    account = await store.ask(statement.who, MARIA)

    first = await store.ask(statement.visits, account, 0)
    second = await store.ask(statement.visits, account, 1)

    assert [each.visit.bill for each in first.lines] == [1_000_00 + n for n in (5, 4, 3, 2, 1)]
    assert (first.more, second.more, len(second.lines)) == (True, False, 1)
    assert (first.branches, first.lines[0].name, first.lines[0].branch) == (False, None, "Ленина")


async def test_a_moved_account_reads_no_visits(store, anna, asked):
    await visited(store, anna, asked)
    await register(store, EMMA, PHONE)
    with pytest.raises(AwaitsDeskError):
        await store.ask(statement.visits, await store.ask(statement.who, EMMA))


async def test_the_receipt_says_whose_visit_where_one_speaks_for_several(store, anna, asked):
    visit = await visited(store, anna, asked)
    (letter,) = await letters(store, "receipt")
    facts = await store.ask(mail.facts, letter)
    assert (facts.visit.id, facts.name, facts.shows_balance, facts.corrects) == (
        *(visit.id, None, True, False),
    )


async def test_consent_keeps_the_language_of_its_wording(store):
    account = await store.change(registration.consent, EMMA, registration.CONSENT_VERSION, "en")
    assert account.language == "en"
    await store.change(registration.choose_language, MARIA, "ru")
    account = await store.change(registration.consent, MARIA, registration.CONSENT_VERSION, "en")
    assert account.language == "ru"
