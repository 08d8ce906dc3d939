"""Friends who come by a card: the ruled outcome of every way to come, on both databases."""

import asyncio
import sys
from collections.abc import Awaitable, Callable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy.util import await_only

from db.audit import compared
from loyalty import arriving, mail, privacy, referrals, registration, sharing
from loyalty.arriving import Offer, Pressed
from loyalty.cards import LinkKind
from loyalty.desk import approving, drafting, gifts
from loyalty.desk.access import Decider
from loyalty.desk.newcomers import record_patient
from loyalty.desk.purse import OwnPocketError
from loyalty.letters import NotNowError, UntrueError
from loyalty.people import Patient
from loyalty.programme import DEFAULTS
from loyalty.recommending import link_of
from loyalty.referrals import Why
from loyalty.registration import Family, Gift
from loyalty.requests import RequestState
from loyalty.visits import FoundBy
from tests.db.test_correcting import ANNA, BORIS, OLEG, OWNERS, desk, make_manager
from tests.db.test_desk_review_p import between_writers, waits_or_ends
from tests.faults.scene import table
from tests.support.newcomers import phone_of
from tests.support.second import second

__all__ = ["desk"]

EMMA, IVAN, MARIA, LEV = 7001, 7002, 7003, 7004
CROWD = range(8001, 8051)
GIFT_ENDS = date(2027, 6, 21)


@pytest.fixture(autouse=True)
async def books_agree(store):
    """Whatever a test does, the audit has nothing to say after it."""
    yield
    assert (await store.engines.read(compared)).differences == []


class Town:
    """People who come to the clinic; each has a phone by their Telegram."""

    def __init__(self, store, desk, database, clock) -> None:
        self.store, self.desk, self.clock, self._database = store, desk, clock, database

    async def presses(self, telegram: int, *links: str) -> None:
        for payload in links:
            await self.store.change(registration.open_account, telegram, payload)

    async def registers(self, telegram: int, *links: str, phone: str | None = None):
        await self.presses(telegram, *links)
        await self.store.change(registration.consent, telegram)
        phone = phone or phone_of(telegram)
        return await self.store.change(registration.prove_phone, telegram, phone, OWNERS)

    async def known(self, telegram: int, name: str = "Пётр", phone: str | None = None) -> Patient:
        return await self.store.change(record_patient, phone or phone_of(telegram), name)

    async def visit(self, telegram: int):
        return await self.desk.visit(phone_of(telegram), 2_000_00)

    async def patient(self, telegram: int) -> Patient:
        def find(tx):
            account = tx.people.account_of(telegram)
            return registration.oneself(tx, account)

        return await self.store.ask(find)

    async def card(self, whose: Patient) -> str:
        return await self.store.change(link_of, LinkKind.CARD, whose.id)

    async def card_of(self, telegram: int) -> str:
        return await self.card(await self.patient(telegram))

    async def sets(self, **numbers: int) -> None:
        def change(tx):
            number, programme = tx.programmes.current()
            assert tx.programmes.add(replace(programme, **numbers), OLEG, number)

        await self.store.change(change)

    async def outcome(self, telegram: int) -> tuple[int, int | None]:
        """The friend's gift, and who is rewarded for them."""
        whom = await self.patient(telegram)
        with closing(second(self._database)) as behind:
            [(gift,)] = behind.rows(
                "SELECT COALESCE(SUM(l.amount), 0) FROM lots l JOIN operations o"
                " ON o.id = l.operation_id"
                f" WHERE o.kind = 'friend' AND l.wallet_id = {whom.wallet}"
            )
        referrer = await self.store.ask(lambda tx: tx.rewards.referrer(whom.id))
        return int(gift), referrer.id if referrer else None

    def requests(self) -> list[int]:
        with closing(second(self._database)) as behind:
            return [id_ for (id_,) in behind.rows("SELECT id FROM requests WHERE kind = 'friends'")]

    def letters(self, kind: str) -> int:
        with closing(second(self._database)) as behind:
            return len(behind.rows(f"SELECT id FROM outbox WHERE kind = '{kind}'"))


@pytest.fixture
def town(store, desk, database, clock) -> Town:
    return Town(store, desk, database, clock)


@pytest.fixture
async def emmas(town) -> str:
    """Emma's card."""
    await town.registers(EMMA)
    return await town.card_of(EMMA)


@pytest.fixture
async def ivans(town) -> str:
    await town.registers(IVAN)
    return await town.card_of(IVAN)


# --- the ruled outcomes ----------------------------------------------------------------------

Way = Callable[[Town, str, str], Awaitable[int]]


async def by_a_card(town, emmas, _ivans):
    await town.registers(MARIA, emmas)
    return MARIA


async def a_invites_b_invites_a(town, emmas, _ivans):
    await town.registers(MARIA, emmas)
    await town.visit(EMMA)
    back = await town.card_of(MARIA)
    await town.registers(EMMA, back)
    return EMMA


async def known_a_invites_b_who_invites_a(town, _emmas, _ivans):
    """A has paid at the desk and comes to the bot by B's card."""
    a = await town.known(LEV)
    await town.visit(LEV)
    town.clock.pass_(minutes=1)
    await town.registers(MARIA, await town.card(a))
    await town.registers(LEV, await town.card_of(MARIA))
    return LEV


async def two_links(town, emmas, ivans):
    await town.registers(MARIA, emmas, ivans)
    return MARIA


async def two_links_the_first_dead(town, emmas, _ivans):
    await town.registers(MARIA, "r_nobodys", emmas)
    return MARIA


async def after_the_first_paid_visit(town, emmas, _ivans):
    await town.known(MARIA)
    await town.visit(MARIA)
    town.clock.pass_(minutes=1)
    await town.registers(MARIA, emmas)
    return MARIA


async def after_a_visit_of_yesterday_that_is_written_down_today(town, emmas, _ivans):
    maria = await town.known(MARIA)
    await town.presses(MARIA, emmas)
    town.clock.pass_(minutes=1)
    await visit_of_yesterday(town, maria.id)
    await town.registers(MARIA)
    return MARIA


async def visit_of_yesterday(town, patient: int) -> None:
    by = town.desk.anna
    draft = await town.store.change(lambda tx: bill_of(tx, by, patient))
    revision = (await town.desk.card(draft)).draft.revision
    await town.store.change(drafting.set_day, by, draft, revision, 1)
    await town.desk.record(draft)


async def before_the_first_paid_visit(town, emmas, _ivans):
    await town.known(MARIA)
    await town.presses(MARIA, emmas)
    town.clock.pass_(minutes=1)
    await town.visit(MARIA)
    await town.registers(MARIA)
    return MARIA


async def after_a_visit_taken_back(town, emmas, _ivans):
    await town.known(MARIA)
    await town.desk.undo(await town.visit(MARIA))
    town.clock.pass_(minutes=1)
    await town.registers(MARIA, emmas)
    return MARIA


async def known_at_the_desk_never_treated(town, emmas, _ivans):
    await town.known(MARIA)
    await town.registers(MARIA, emmas)
    return MARIA


async def deleted_and_back(town, emmas, _ivans):
    await town.registers(MARIA, emmas)
    await town.store.change(privacy.erase, MARIA)
    await town.registers(MARIA, emmas)
    return MARIA


async def deleted_and_back_by_another_card(town, emmas, ivans):
    await town.registers(MARIA, emmas)
    await town.store.change(privacy.erase, MARIA)
    await town.registers(MARIA, ivans)
    return MARIA


async def deleted_and_back_with_another_telegram(town, emmas, _ivans):
    await town.registers(MARIA, emmas)
    await town.store.change(privacy.erase, MARIA)
    await town.registers(LEV, emmas, phone=phone_of(MARIA))
    return LEV


async def by_their_own_card(town, _emmas, _ivans):
    await town.registers(MARIA, await town.card(await town.known(MARIA)))
    return MARIA


async def by_a_card_of_the_same_phone(town, _emmas, _ivans):
    await town.known(MARIA, "Мария")
    brother = await town.known(MARIA, "Лев")
    await town.presses(MARIA, await town.card(brother))
    await town.registers(MARIA)
    me = (await town.store.ask(lambda tx: tx.people.unclaimed(phone_of(MARIA))))[0]
    await town.store.change(registration.choose_family, MARIA, Family.ONLY_ME, me.id, OWNERS)
    return MARIA


async def one_of_a_family_never_treated(town, emmas, _ivans):
    me = await town.known(MARIA, "Мария")
    await town.known(MARIA, "Лев")
    await town.registers(MARIA, emmas)
    await town.store.change(registration.choose_family, MARIA, Family.ONLY_ME, me.id, OWNERS)
    return MARIA


async def none_of_a_treated_family(town, emmas, _ivans):
    """«Меня здесь нет» is no way to become new."""
    lev = await town.known(MARIA, "Лев")
    await town.known(MARIA, "Мария")
    draft = await town.store.change(lambda tx: bill_of(tx, town.desk.anna, lev.id))
    await town.desk.record(draft)
    town.clock.pass_(minutes=1)
    await town.registers(MARIA, emmas)
    await town.store.change(registration.choose_family, MARIA, Family.ONLY_ME, None, OWNERS)
    return MARIA


def bill_of(tx, by, patient: int) -> int:
    """Whose phone is another's as well: they are found by name."""
    whose = {"source": "found:1", "patient": patient, "found_by": FoundBy.NAME}
    draft = drafting.open_for_patient(tx, by, by.name, **whose)
    drafting.set_sum(tx, by, draft.id, draft.revision, 0, 2_000_00)
    return draft.id


async def by_a_card_of_staff(town, _emmas, _ivans):
    await town.registers(ANNA)
    await town.registers(MARIA, await town.card_of(ANNA))
    return MARIA


async def by_a_card_of_staff_who_may(town, _emmas, _ivans):
    await town.registers(ANNA)
    await town.sets(staff_referral=1)
    await town.registers(MARIA, await town.card_of(ANNA))
    return MARIA


async def by_the_owners_card(town, _emmas, _ivans):
    await town.registers(OLEG)
    await town.registers(MARIA, await town.card_of(OLEG))
    return MARIA


async def by_a_card_of_who_is_erased(town, emmas, _ivans):
    await town.store.change(privacy.erase, EMMA)
    await town.registers(MARIA, emmas)
    return MARIA


async def by_a_card_of_who_had_withdrawn(town, emmas, ivans):
    """It is nobody's: a card pressed later is the first one."""
    await town.store.change(privacy.withdraw, EMMA)
    await town.registers(MARIA, emmas, ivans)
    return MARIA


async def by_a_card_of_who_withdrew_after_the_press(town, emmas, ivans):
    """What was promised is kept; the bond is not made."""
    await town.presses(MARIA, emmas)
    town.clock.pass_(minutes=1)
    await town.store.change(privacy.withdraw, EMMA)
    await town.registers(MARIA, ivans)
    return MARIA


async def by_a_card_of_who_consents_again(town, emmas, _ivans):
    await town.store.change(privacy.withdraw, EMMA)
    await town.store.change(registration.consent, EMMA)
    await town.registers(MARIA, emmas)
    return MARIA


async def registered_already(town, emmas, _ivans):
    await town.registers(MARIA)
    await town.registers(MARIA, emmas)
    return MARIA


# Gift, and whose friend they are: nobody's, Emma's, Ivan's, or of who is not one of these.
RULED: dict[Way, tuple[int, str]] = {
    by_a_card: (500, "Emma"),
    a_invites_b_invites_a: (0, "nobody"),
    known_a_invites_b_who_invites_a: (0, "nobody"),
    two_links: (500, "Emma"),
    two_links_the_first_dead: (500, "Emma"),
    after_the_first_paid_visit: (0, "nobody"),
    after_a_visit_of_yesterday_that_is_written_down_today: (0, "nobody"),
    before_the_first_paid_visit: (500, "Emma"),
    after_a_visit_taken_back: (500, "Emma"),
    known_at_the_desk_never_treated: (500, "Emma"),
    deleted_and_back: (0, "nobody"),
    deleted_and_back_by_another_card: (0, "nobody"),
    deleted_and_back_with_another_telegram: (0, "nobody"),
    by_their_own_card: (0, "nobody"),
    by_a_card_of_the_same_phone: (0, "nobody"),
    one_of_a_family_never_treated: (500, "Emma"),
    none_of_a_treated_family: (0, "nobody"),
    by_a_card_of_staff: (500, "nobody"),
    by_a_card_of_staff_who_may: (500, "staff"),
    by_the_owners_card: (500, "nobody"),
    by_a_card_of_who_is_erased: (0, "nobody"),
    by_a_card_of_who_had_withdrawn: (500, "Ivan"),
    by_a_card_of_who_withdrew_after_the_press: (500, "nobody"),
    by_a_card_of_who_consents_again: (500, "Emma"),
    registered_already: (0, "nobody"),
}


@pytest.mark.parametrize("way", RULED, ids=lambda way: way.__name__)
async def test_every_way_to_come_has_its_ruled_outcome(town, emmas, ivans, way):
    names = {(await town.patient(EMMA)).id: "Emma", (await town.patient(IVAN)).id: "Ivan"}
    gift, referrer = await town.outcome(await way(town, emmas, ivans))
    whose = "nobody" if referrer is None else names.get(referrer, "staff")
    words = way.__name__.replace("_", " ")
    table("by a card", [{"how": words, "gift": gift, "friend of": whose}])
    assert (gift, whose) == RULED[way]


async def test_a_phone_that_moved_brings_no_gift(town, emmas):
    await town.registers(LEV, phone=phone_of(MARIA))
    moved = await town.registers(MARIA, emmas)
    assert (moved.moved, moved.friend, moved.known) == (True, None, True)


async def test_yesterday_is_the_branchs_where_the_visit_was(town, store, emmas):
    """In Kaliningrad it is the evening before yet."""

    def moves_west(tx):
        branch = tx.branches.branch(town.desk.branch.id)
        tx.branches.save_branch(replace(branch, zone="Europe/Kaliningrad"))

    await store.change(moves_west)
    town.clock.moment = datetime(2026, 11, 22, 21, 30, tzinfo=UTC)  # 0:30 in Moscow
    await town.known(MARIA)
    await town.presses(MARIA, emmas)
    town.clock.pass_(minutes=10)
    await town.visit(MARIA)
    await town.registers(MARIA)
    assert (await town.outcome(MARIA))[0] == 500


# --- what is promised and told ---------------------------------------------------------------


async def test_a_newcomer_is_promised_and_given_both_gifts_with_their_ends(town, store, emmas):
    await town.presses(MARIA, emmas)
    account = await store.ask(lambda tx: tx.people.account_of(MARIA))
    assert await store.ask(arriving.offer, account) == Offer(1500, 500)
    registered = await town.registers(MARIA)
    assert (registered.balance, registered.known) == (1500, False)
    assert (registered.gift, registered.friend) == (Gift(1000, GIFT_ENDS), Gift(500, GIFT_ENDS))


async def test_who_has_paid_before_hears_that_the_gift_is_for_others(town, emmas):
    await town.known(MARIA)
    await town.visit(MARIA)
    town.clock.pass_(minutes=1)
    registered = await town.registers(MARIA, emmas)
    assert (registered.known, registered.friend, registered.balance) == (True, None, 1100)


async def test_who_was_here_before_with_another_telegram_hears_it_too(town, store, emmas):
    """The first screen could not know the phone."""
    await town.registers(MARIA)
    await store.change(privacy.erase, MARIA)
    back = await town.registers(LEV, emmas, phone=phone_of(MARIA))
    assert (back.known, back.friend) == (True, None)
    await store.change(privacy.erase, LEV)
    assert not (await town.registers(LEV)).known  # no card brought them


async def test_nothing_is_promised_that_will_not_come(town, store, emmas):
    """To who was here before, and while a crowd waits."""
    await town.registers(MARIA, emmas)
    await store.change(privacy.erase, MARIA)
    await town.presses(MARIA, emmas)
    for telegram in CROWD[:5]:
        await town.registers(telegram, emmas)
    await town.presses(LEV, emmas)
    for telegram in (MARIA, LEV):
        account = await store.ask(lambda tx, who=telegram: tx.people.account_of(who))
        assert await store.ask(arriving.offer, account) is None


async def test_a_card_speaks_for_nobody_while_consent_is_withdrawn(town, store, clock, emmas):
    """No name and no promise to who presses it then; who pressed before is promised no less."""
    await store.change(registration.answer_name, EMMA, "Эмма")
    await store.change(sharing.show_name, EMMA, True)
    await town.presses(LEV, emmas)

    async def found(telegram):
        account = await store.ask(lambda tx: tx.people.account_of(telegram))
        offered = await store.ask(arriving.offer, account)
        return offered, await store.ask(arriving.pressed, account, emmas)

    assert await found(LEV) == (Offer(1500, 500, "Эмма"), None)
    clock.pass_(minutes=1)
    await store.change(privacy.withdraw, EMMA)
    clock.pass_(minutes=1)
    for telegram in (MARIA, LEV):
        await town.presses(telegram, emmas)
    assert await found(MARIA) == (None, Pressed.DEAD)
    assert await found(LEV) == (Offer(1500, 500, None), None)
    await store.change(registration.consent, EMMA)
    assert await found(MARIA) == await found(LEV) == (Offer(1500, 500, "Эмма"), None)


async def test_a_link_that_gives_nothing_says_why(town, store, emmas):
    await town.presses(MARIA, emmas, "r_nobodys")
    await town.presses(LEV, "r_nobodys")

    async def said(telegram, payload):
        account = await store.ask(lambda tx: tx.people.account_of(telegram))
        return await store.ask(arriving.pressed, account, payload)

    assert await said(EMMA, emmas) is Pressed.OWN
    assert await said(LEV, "r_nobodys") is Pressed.DEAD
    assert await said(MARIA, "r_nobodys") is None  # Emma's card still stands
    assert await said(MARIA, emmas) is None
    assert await said(MARIA, "s_site") is None
    await town.registers(MARIA)
    assert await said(MARIA, emmas) is Pressed.KNOWN


# --- twice, and at once ----------------------------------------------------------------------


async def test_a_number_sent_twice_brings_one_gift(town, emmas):
    await town.registers(MARIA, emmas)
    again = await town.registers(MARIA, emmas)
    assert again.friend == Gift(500, GIFT_ENDS)
    assert await town.outcome(MARIA) == (500, (await town.patient(EMMA)).id)


async def test_two_processes_at_once_give_one_gift_and_count_one_crowd(
    town, database, emmas, tmp_path
):
    """One from the first to the last, the other from the last: they meet in the middle."""
    people = [*CROWD[:16]]
    for telegram in people:
        await town.presses(telegram, emmas)
    lots = [await _registering(database, order) for order in (people, people[::-1])]
    assert [await process.wait() for process in lots] == [0, 0]
    gifts_ = [(await town.outcome(telegram))[0] for telegram in people]
    assert sorted(gifts_) == [0] * 11 + [500] * 5
    assert len(town.requests()) == 1


async def _registering(database: str, people: list[int]):
    arguments = ("-m", "tests.support.newcomers", database, *map(str, people))
    return await asyncio.create_subprocess_exec(sys.executable, *arguments)


@between_writers
async def test_who_registers_and_who_answers_hold_the_card_first(town, store, emmas):
    """The one after the other, and neither is taken back by the server."""
    for telegram in CROWD[:6]:
        await town.registers(telegram, emmas)
    [request] = town.requests()
    await town.presses(CROWD[6], emmas)
    await store.change(registration.consent, CROWD[6])
    emma = (await town.patient(EMMA)).id
    there, go, tries = asyncio.Event(), asyncio.Event(), []

    def registers(tx):
        tries.append("registration")
        tx.merges.hold([emma])  # as it does, a moment before it asks what was answered
        there.set()
        await_only(go.wait())
        return registration.prove_phone(tx, CROWD[6], phone_of(CROWD[6]), OWNERS)

    def answers(tx):
        tries.append("answer")
        how = {"is_owner": True, "granted": True, "owners": OWNERS}
        return approving.decide(tx, OLEG, request, **how)

    one = asyncio.create_task(store.change(registers))
    await there.wait()
    other = asyncio.create_task(store.change(answers))
    await waits_or_ends(store, other)
    go.set()
    await asyncio.gather(one, other)
    assert tries == ["registration", "answer"]
    assert [(await town.outcome(one))[0] for one in CROWD[5:7]] == [500, 500]


# --- a crowd by one card ---------------------------------------------------------------------


async def decided(store, request, telegram=OLEG, *, granted, is_owner=True):
    how = {"is_owner": is_owner, "granted": granted, "owners": OWNERS}
    return await store.change(approving.decide, telegram, request, **how)


async def crowd(town, emmas) -> int:
    """Fifty within an hour; the number of what is asked."""
    for telegram in CROWD:
        town.clock.pass_(minutes=1)
        assert (await town.registers(telegram, emmas)).balance >= 1000  # the welcome comes
    [request] = town.requests()
    return request


async def test_of_fifty_by_one_card_in_an_hour_five_go_on_and_the_rest_wait(town, store, emmas):
    await store.change(make_manager, town.desk.branch)
    request = await crowd(town, emmas)
    emma = (await town.patient(EMMA)).id

    before = [await town.outcome(telegram) for telegram in CROWD]
    asked = await store.ask(approving.question, request)
    assert before == [(500, emma)] * 5 + [(0, None)] * 45
    assert (asked.friends, asked.patient.id) == (45, emma)
    assert (town.letters("request"), town.letters("friend-gift")) == (2, 0)  # owner and manager

    await decided(store, request, BORIS, granted=True, is_owner=False)
    await decided(store, request, BORIS, granted=True, is_owner=False)  # a double tap
    after = [await town.outcome(telegram) for telegram in CROWD]
    await town.registers(LEV, emmas)  # the answer is for the whole day
    table(
        "50 registrations by one card in an hour",
        [
            {"": "before the answer", "gifts": _gifts(before), "bonds": _bonds(before)},
            {"": "granted", "gifts": _gifts(after), "bonds": _bonds(after)},
        ],
    )
    assert after == [(500, emma)] * 50
    assert await town.outcome(LEV) == (500, emma)
    assert (town.letters("friend-gift"), town.letters("request-decided")) == (45, 0)


def _gifts(outcomes):
    return sum(gift > 0 for gift, _ in outcomes)


def _bonds(outcomes):
    return sum(bond is not None for _, bond in outcomes)


async def test_refused_they_get_neither_and_hear_nothing(town, store, emmas):
    request = await crowd(town, emmas)
    refused = await decided(store, request, granted=False)
    await town.registers(LEV, emmas)
    assert refused.request.state is RequestState.REFUSED
    assert [await town.outcome(telegram) for telegram in (*CROWD[5:], LEV)] == [(0, None)] * 46
    assert town.letters("friend-gift") == 0


async def looks_strange(town) -> list[tuple[Why, int]]:
    page = await town.store.ask(referrals.strange, Decider(OLEG, is_owner=True), 0)
    return [(one.why, one.friends) for one in page.lines]


async def test_a_crowd_looks_strange_whatever_a_manager_answered(town, store, emmas):
    """Who was refused has no bond; the bonds of who was granted are of another day."""
    for telegram in CROWD[:9]:
        await town.registers(telegram, emmas)
    assert await looks_strange(town) == [(Why.CROWD, 9), (Why.UNPAID, 5)]
    town.clock.pass_(days=1)
    [request] = town.requests()
    await decided(store, request, granted=True)
    assert await looks_strange(town) == [(Why.CROWD, 9), (Why.UNPAID, 9)]


async def test_a_crowd_by_a_card_of_staff_looks_strange_without_a_bond(town):
    await town.registers(ANNA)
    card = await town.card_of(ANNA)
    for telegram in CROWD[:6]:
        await town.registers(telegram, card)
    assert await looks_strange(town) == [(Why.CROWD, 6)]


async def test_tomorrow_is_another_day_in_the_clinics_zone(town, emmas):
    town.clock.pass_(hours=11, minutes=58)  # 23:58 in Moscow
    for telegram in CROWD[:6]:
        await town.registers(telegram, emmas)
    town.clock.pass_(minutes=2)
    await town.registers(LEV, emmas)
    assert [(await town.outcome(one))[0] for one in (CROWD[4], CROWD[5], LEV)] == [500, 0, 500]


async def test_who_granted_it_may_not_be_the_one_whose_card_it_is(town, store):
    await store.change(make_manager, town.desk.branch)
    await town.registers(BORIS)
    request = await crowd(town, await town.card_of(BORIS))
    with pytest.raises(OwnPocketError):
        await decided(store, request, BORIS, granted=True, is_owner=False)
    await decided(store, request, granted=True)  # the gifts come, a bond to staff doesn't
    assert [await town.outcome(one) for one in CROWD] == [(500, None)] * 50


async def test_who_waits_does_not_answer(town, store, emmas):
    await store.change(make_manager, town.desk.branch)
    for telegram in (*CROWD[:5], BORIS):
        await town.registers(telegram, emmas)
    [request] = town.requests()
    for granted in (True, False):
        with pytest.raises(OwnPocketError):
            await decided(store, request, BORIS, granted=granted, is_owner=False)
    await decided(store, request, granted=True)
    assert (await town.outcome(BORIS))[0] == 500


async def test_who_is_gone_before_the_answer_gets_nothing(town, store, emmas):
    request = await crowd(town, emmas)
    await store.change(privacy.erase, CROWD[-1])
    await decided(store, request, granted=True)
    assert town.letters("friend-gift") == 44


async def test_the_letter_says_the_gift_its_end_and_the_balance(town, store, emmas):
    request = await crowd(town, emmas)
    await decided(store, request, granted=True)

    def letter(tx):
        whom = tx.people.account_of(CROWD[-1])
        return next(one for one in tx.outbox.due(1000) if one.account == whom.id)

    # The owner's question is among them; what was granted is read anew for whom it is.
    given = await store.change(letter)
    assert given.kind == "friend-gift"
    facts = await store.ask(mail.facts, given)
    assert facts == gifts.GiftFacts(500, 0, GIFT_ENDS, 1500, 0, by_card=True)
    await store.change(privacy.erase, CROWD[-1])
    with pytest.raises(UntrueError):
        await store.ask(mail.facts, given)


async def test_at_night_the_letter_waits_for_the_morning(town, store, emmas):
    for telegram in CROWD[:6]:
        await town.registers(telegram, emmas)
    [request] = town.requests()
    town.clock.moment = datetime(2026, 11, 21, 20, 30, tzinfo=UTC)  # 23:30 in Moscow
    await decided(store, request, granted=True)

    def due(tx):
        return [one for one in tx.outbox.due(100) if one.kind == "friend-gift"]

    [letter] = await store.change(due)
    with pytest.raises(NotNowError) as night:
        await store.ask(mail.facts, letter)
    morning = datetime(2026, 11, 22, 6, tzinfo=UTC)
    assert night.value.until == morning
    town.clock.moment = morning
    await store.ask(mail.facts, letter)
    town.clock.moment = datetime(2026, 11, 22, 18, tzinfo=UTC)  # it could not leave before 21:00
    with pytest.raises(NotNowError):
        await store.ask(mail.facts, letter)


async def test_the_letters_of_a_crowd_let_an_answer_pass(town, store, emmas):
    await decided(store, await crowd(town, emmas), granted=True)

    def answered(tx):
        tx.outbox.put("receipt:1", "receipt", tx.people.account_of(EMMA).id, visit=1)
        return next(one.kind for one in tx.outbox.due(1000) if one.kind != "request")

    assert await store.change(answered) == "receipt"


async def test_who_withdrew_before_the_letter_left_is_not_written_to(town, store, emmas):
    request = await crowd(town, emmas)
    await decided(store, request, granted=True)
    whom = await store.ask(lambda tx: tx.people.account_of(CROWD[-1]))
    due = await store.change(lambda tx: tx.outbox.due(1000))
    letter = next(one for one in due if one.account == whom.id)
    await store.change(privacy.withdraw, CROWD[-1])
    with pytest.raises(UntrueError):
        await store.ask(mail.facts, letter)


async def test_another_number_of_friends_a_day(town, emmas):
    await town.sets(friends_a_day=2)
    for telegram in CROWD[:3]:
        await town.registers(telegram, emmas)
    assert [(await town.outcome(one))[0] for one in CROWD[:3]] == [500, 500, 0]


async def test_a_programme_without_the_gift_still_makes_the_bond(town, emmas):
    await town.sets(friend_gift=0)
    await town.registers(MARIA, emmas)
    assert await town.outcome(MARIA) == (0, (await town.patient(EMMA)).id)
    assert DEFAULTS.friend_gift == 500
