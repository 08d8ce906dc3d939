"""On the 1st what friends' visits have gathered is posted, on both databases."""

import asyncio
from contextlib import closing, suppress
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from db.audit import compared
from db.store import Store
from loyalty import delivery, family, mail, privacy, reward_posting, rewards, statement
from loyalty.dates import last_day
from loyalty.desk import approving, drafting, merging, returning
from loyalty.desk.newcomers import record_patient
from loyalty.ledger import post
from loyalty.letters import Letter, NotNowError, UntrueError
from loyalty.people import Patient
from loyalty.points import Debit, Kind
from loyalty.visits import FoundBy
from scheduler.postings import Postings
from tests.db.test_correcting import EMMA, EMMAS, OLEG, OWNERS, desk, register
from tests.db.test_desk_review_p import beside, between_writers
from tests.support.second import second

__all__ = ["desk"]

ZONE = ZoneInfo("Europe/Moscow")
IVAN, IVANS = 7002, "+79130007002"
FRIENDS = ("+79123450001", "+79123450002", "+79123450003")


@pytest.fixture(autouse=True)
async def books_agree(store):
    """Whatever a test does, the audit has nothing to say after it."""
    yield
    assert (await store.engines.read(compared)).differences == []


@pytest.fixture(autouse=True)
def november(clock):
    clock.moment = datetime(2026, 11, 10, 12, tzinfo=UTC)


@pytest.fixture
async def emma(store) -> Patient:
    """She has the bot, and nothing in her wallet but the welcome."""
    await register(store, EMMA, EMMAS)
    (patient,) = await store.ask(lambda tx: tx.people.patients_with_phone(EMMAS))
    return patient


@pytest.fixture
async def friends(store, emma) -> list[Patient]:
    """Three whom she recommended."""
    found = [await store.change(record_patient, phone, "Пётр") for phone in FRIENDS]
    for friend in found:
        assert await store.change(rewards.recommend, friend.id, emma.id)
    return found


@pytest.fixture
async def treated(desk, friends):
    """A friend's visit: a twentieth of it is the reward."""

    async def treat(which: int, points: int):
        return await desk.visit(FRIENDS[which], points * 20_00)

    return treat


def goes_to(clock, year: int, month: int, day: int = 1, hour: int = 0, minute: int = 1) -> None:
    clock.moment = datetime(year, month, day, hour, minute, tzinfo=ZONE).astimezone(UTC)


async def posts(store) -> int:
    return await Postings(store).round()


async def posted(store, database) -> list[int]:
    """Of each posting, in the order of making."""
    with closing(second(database)) as behind:
        return [
            -points
            for (points,) in behind.rows(
                "SELECT SUM(points) FROM rewards WHERE operation_id IS NOT NULL"
                " GROUP BY operation_id ORDER BY operation_id"
            )
        ]


async def reward_lots(store, wallet: int) -> list[tuple[int, date]]:
    lots = await store.ask(lambda tx: tx.ledger.lots(wallet))
    return [(lot.remaining, last_day(lot.ends_at, ZONE)) for lot in lots if lot.reason == "reward"]


# --- when, and how much ----------------------------------------------------------------------


async def test_on_the_1st_it_comes_as_one_lot_rounded_down(store, clock, emma, treated, database):
    await treated(0, 170)
    await treated(1, 65)
    assert await posts(store) == 0  # it is November, and everything is of November

    goes_to(clock, 2026, 12)
    assert await posts(store) == 1

    assert await reward_lots(store, emma.wallet) == [(200, date(2027, 12, 1))]
    assert await posted(store, database) == [200]


async def test_what_is_over_is_carried_to_the_next_1st(store, clock, treated, database):
    await treated(0, 70)
    await treated(1, 29)
    goes_to(clock, 2026, 12)
    await posts(store)
    clock.pass_(days=3)
    await treated(0, 1)
    goes_to(clock, 2027, 1)
    await posts(store)
    assert await posted(store, database) == [50, 50]


async def test_less_than_a_step_waits(store, clock, treated, database):
    await treated(0, 30)
    await treated(1, 19)
    for month in range(1, 5):
        goes_to(clock, 2027, month)
        assert await posts(store) == 0


async def test_only_what_was_recorded_before_the_1st_counts(store, clock, treated, database):
    await treated(0, 60)
    goes_to(clock, 2026, 11, 30, 23, 59)
    await treated(1, 60)
    goes_to(clock, 2026, 12, 1, 0, 0)
    await treated(2, 1000)
    await posts(store)
    assert await posted(store, database) == [100]


@pytest.mark.parametrize("which", [0, 1])
async def test_a_visit_on_the_1st_is_of_the_next_posting(store, clock, treated, database, which):
    """Also where it makes a second friend of a single one."""
    await treated(0, 60)
    goes_to(clock, 2026, 12, 1, 0, 0)
    await treated(which, 60)
    assert await posts(store) == 0
    goes_to(clock, 2027, 1)
    assert await posts(store) == which


# --- a single friend -------------------------------------------------------------------------


async def test_a_single_friends_reward_waits_for_the_fourth_1st(store, clock, treated, database):
    await treated(0, 100)
    await treated(0, 100)
    for year, month in ((2026, 12), (2027, 1), (2027, 2)):
        goes_to(clock, year, month)
        assert await posts(store) == 0
    goes_to(clock, 2027, 3)
    assert await posts(store) == 1
    assert await posted(store, database) == [200]


async def test_each_visit_of_a_single_friend_waits_for_itself(store, clock, treated, database):
    await treated(0, 100)
    clock.pass_(days=30)  # 10 December
    await treated(0, 150)
    goes_to(clock, 2027, 3)
    await posts(store)
    assert await posted(store, database) == [100]
    goes_to(clock, 2027, 4)
    await posts(store)
    assert await posted(store, database) == [100, 150]


async def test_a_second_friend_who_paid_releases_all(store, clock, treated, database):
    await treated(0, 100)
    goes_to(clock, 2026, 12)
    await posts(store)
    clock.pass_(days=5)
    await treated(1, 10)
    goes_to(clock, 2027, 1)
    assert await posts(store) == 1
    assert await posted(store, database) == [100]


async def test_who_had_all_money_back_is_no_paying_friend(store, desk, clock, treated):
    await treated(0, 100)
    await desk.undo(await treated(1, 100))
    goes_to(clock, 2026, 12)
    assert await posts(store) == 0


# --- taken back ------------------------------------------------------------------------------


async def test_what_is_reversed_before_lowers_what_comes(store, desk, clock, treated, database):
    visit = await treated(0, 100)
    await treated(1, 70)
    await desk.return_(visit)
    await treated(2, 70)
    goes_to(clock, 2026, 12)
    await posts(store)
    assert await posted(store, database) == [100]


async def test_what_is_reversed_after_is_taken_from_the_next_not_from_the_wallet(
    store, desk, clock, emma, treated, database
):
    clock.moment = datetime(2026, 11, 25, 12, tzinfo=UTC)
    visit = await treated(0, 100)
    await treated(1, 100)
    goes_to(clock, 2026, 12)
    await posts(store)
    had = await desk.points(emma.wallet)

    clock.moment = datetime(2026, 12, 2, 12, tzinfo=UTC)
    await desk.return_(visit)
    assert await desk.points(emma.wallet) == had
    await treated(1, 70)
    await treated(2, 90)
    goes_to(clock, 2027, 1)
    await posts(store)
    assert await posted(store, database) == [200, 50]  # 160 came, 100 were too many
    assert (await desk.wallet(emma.wallet)).debt == 0


async def test_it_settles_debt_first_and_says_both(store, clock, emma, treated, desk, database):
    visit = await desk.visit(await desk.code(EMMA), 4_000_00)
    await store.change(lose_all, emma.wallet)
    await desk.return_(visit)
    owed = (await desk.wallet(emma.wallet)).debt
    assert owed == 200
    await treated(0, 400)
    await treated(1, 400)
    goes_to(clock, 2026, 12)
    await posts(store)

    wallet = await desk.wallet(emma.wallet)
    assert (wallet.balance, wallet.debt) == (800 - owed, 0)
    page = await store.ask(statement.history, emma.wallet)
    assert (page.lines[0].kind, page.lines[0].earned, page.lines[0].debt) == ("reward", 800, -owed)


def lose_all(tx, wallet: int) -> None:
    """Whatever for: there is nothing left to claw back from."""
    lots = tx.ledger.lots(wallet)
    post(tx, "erasure:test", Kind.ERASURE, [], [Debit(lot, lot.remaining) for lot in lots])


# --- never twice -----------------------------------------------------------------------------


async def test_asked_again_it_is_posted_once(store, clock, emma, treated, database):
    await treated(0, 100)
    await treated(1, 100)
    goes_to(clock, 2026, 12)
    assert await posts(store) == 1
    assert await posts(store) == 0  # a new process
    assert await store.change(reward_posting.post_for, emma.id) is None
    goes_to(clock, 2026, 12, 31, 23, 59)
    assert await posts(store) == 0
    assert await posted(store, database) == [200]


async def test_two_processes_post_it_once(store, clock, emma, treated, database):
    await treated(0, 100)
    await treated(1, 100)
    goes_to(clock, 2026, 12)
    another = Store(database, clock, ZONE)
    try:
        made = await asyncio.gather(
            *(Postings(one).round() for one in (store, another, store, another))
        )
    finally:
        await another.close()
    assert sum(made) == 1
    assert await posted(store, database) == [200]


async def test_a_crash_in_between_loses_and_doubles_nothing(store, clock, emma, treated, database):
    await treated(0, 100)
    await treated(1, 100)
    goes_to(clock, 2026, 12)

    def crashing(tx, patient: int) -> None:
        assert reward_posting.post_for(tx, patient)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        await store.change(crashing, emma.id)
    assert await posted(store, database) == []
    assert await posts(store) == 1
    assert await posted(store, database) == [200]


async def test_after_three_months_of_downtime_it_comes_once(store, clock, treated, emma, database):
    await treated(0, 100)
    await treated(1, 100)
    goes_to(clock, 2026, 12, 20)
    await treated(0, 100)
    goes_to(clock, 2027, 3, 9, 15)
    await treated(0, 1000)
    assert await posts(store) == 1
    assert await posted(store, database) == [300]
    # The lot runs from the 1st on which it should have come.
    assert await reward_lots(store, emma.wallet) == [(300, date(2028, 2, 29))]


async def test_many_are_looked_at_in_pages(store, clock, desk, monkeypatch, database):
    monkeypatch.setattr(reward_posting, "TOGETHER", 2)
    for n in range(5):
        who = await store.change(record_patient, f"+7912777000{n}", "Нина")
        for m in range(2):
            phone = f"+7912888{n}00{m}"
            friend = await store.change(record_patient, phone, "Пётр")
            await store.change(rewards.recommend, friend.id, who.id)
            await desk.visit(phone, 1_000_00)
    goes_to(clock, 2026, 12)
    assert await posts(store) == 5
    assert await posted(store, database) == [100] * 5


async def test_one_that_fails_keeps_nobody_from_theirs_and_is_tried_again_by_the_hour(
    store, clock, treated, emma, friends, desk, monkeypatch, database
):
    other = await store.change(record_patient, "+79123450009", "Вера")
    for n in range(2):
        friend = await store.change(record_patient, f"+7912345010{n}", "Пётр")
        assert await store.change(rewards.recommend, friend.id, other.id)
        await desk.visit(friend.phone, 100 * 20_00)
        await treated(n, 100)
    goes_to(clock, 2026, 12)
    post_for, asked, broken = reward_posting.post_for, [], {emma.id}

    def may_fail(tx, patient):
        asked.append(patient)
        if patient in broken:
            raise OSError("database or disk is full")
        return post_for(tx, patient)

    monkeypatch.setattr(reward_posting, "post_for", may_fail)
    postings = Postings(store)
    assert await postings.round() == 1
    assert await posted(store, database) == [200]
    for minutes, tries in ((59, 0), (1, 1), (1, 1), (59, 2)):
        clock.pass_(minutes=minutes)
        assert await postings.round() == 0
        assert asked == [emma.id, other.id, *[emma.id] * tries]

    broken.clear()
    clock.pass_(hours=1)
    assert await postings.round() == 1
    assert await posted(store, database) == [200, 200]
    asked.clear()
    clock.pass_(hours=1)
    assert await postings.round() == 0
    assert asked == []


async def test_who_failed_till_the_month_turned_is_asked_with_all(
    store, clock, treated, emma, monkeypatch, database
):
    await treated(0, 100)
    await treated(1, 100)
    goes_to(clock, 2026, 12, 31, 23, 30)
    postings = Postings(store)
    with monkeypatch.context() as broken:
        broken.setattr(reward_posting, "post_for", None)
        assert await postings.round() == 0
    goes_to(clock, 2027, 1)
    assert await postings.round() == 1
    assert await posted(store, database) == [200]


@between_writers
async def test_a_return_that_began_before_the_posting_is_counted_in_it(
    store, desk, clock, emma, treated, database
):
    """By what was written first, no more is posted than had gathered: the audit looks at that."""
    clock.moment = datetime(2026, 11, 25, 12, tzinfo=UTC)
    visit, *_ = [await treated(n, 100) for n in range(3)]
    goes_to(clock, 2026, 12)
    back = (returning.return_money, desk.anna, "Анна", visit.id, "redone", OWNERS)
    await beside(store, back, (reward_posting.post_for, emma.id))
    assert await posted(store, database) == [200]


@between_writers
async def test_a_return_of_the_fixed_sum_alone_is_waited_for_too(
    store, desk, clock, emma, treated, database
):
    """A visit of a few roubles has no reward but the sum for a first payment."""
    await store.change(set_fixed, 300)
    clock.moment = datetime(2026, 11, 25, 12, tzinfo=UTC)
    visit, *_ = [await desk.visit(phone, 19_00) for phone in FRIENDS]
    goes_to(clock, 2026, 12)
    back = (returning.return_money, desk.anna, "Анна", visit.id, "redone", OWNERS)
    await beside(store, back, (reward_posting.post_for, emma.id))
    assert await posted(store, database) == [600]


def set_fixed(tx, points: int) -> None:
    number, programme = tx.programmes.current()
    assert tx.programmes.add(replace(programme, friend_fixed=points), OLEG, number)


async def test_it_looks_once_a_month(store, clock, treated, monkeypatch):
    """Whoever has little gathered is not asked about every minute."""
    await treated(0, 100)
    await treated(1, 100)
    goes_to(clock, 2026, 12)
    postings = Postings(store)
    assert await postings.round() == 1
    monkeypatch.setattr(reward_posting, "due", None)
    assert await postings.round() == 0


# --- who gets nothing, who hears -------------------------------------------------------------


async def test_an_erased_referrer_gets_nothing(store, clock, treated, emma):
    await treated(0, 100)
    await treated(1, 100)
    await store.change(privacy.erase, EMMA)
    goes_to(clock, 2026, 12)
    assert await posts(store) == 0
    assert await store.change(reward_posting.post_for, emma.id) is None


async def letters(database) -> list[tuple]:
    with closing(second(database)) as behind:
        return behind.rows("SELECT id, account_id, arguments FROM outbox WHERE kind = 'reward'")


async def letter_of(store, emma, database) -> Letter:
    ((number, account, _),) = await letters(database)
    arguments = {"patient": emma.id, "first": "2026-12-01", "settled": 0}
    return Letter(number, "reward", account, EMMA, "ru", arguments, 0)


async def test_a_letter_tells_the_sum_in_the_hours_of_service(
    store, clock, emma, treated, database, desk
):
    await treated(0, 170)
    await treated(1, 65)
    goes_to(clock, 2026, 12)
    await posts(store)

    assert "reward" not in [kind for kind, _ in await desk.letters()]
    letter = await letter_of(store, emma, database)
    with pytest.raises(NotNowError):
        await store.ask(mail.facts, letter)
    goes_to(clock, 2026, 12, 1, 9, 0)
    facts = await store.ask(mail.facts, letter)
    assert (facts.points, facts.settled, facts.ends_on) == (200, 0, date(2027, 12, 1))
    assert facts.balance == await desk.points(emma.wallet)
    assert ("reward", EMMA) in await desk.letters()
    await store.change(privacy.erase, EMMA)
    with pytest.raises(UntrueError):
        await store.ask(mail.facts, letter)


async def test_who_has_still_to_come_to_the_desk_hears_nothing(
    store, clock, emma, treated, database
):
    """Her phone came with a new account: its holder may be a stranger."""
    await treated(0, 100)
    await treated(1, 100)
    await register(store, IVAN, EMMAS)
    goes_to(clock, 2026, 12)
    assert await posts(store) == 1
    assert await letters(database) == []


async def test_nor_who_has_to_come_since_the_letter_was_written(
    store, clock, desk, emma, treated, database
):
    """Her record was joined with one whose phone had come with a new account."""
    await register(store, IVAN, IVANS)
    await register(store, IVAN + 1, IVANS)
    (stranger,) = await store.ask(lambda tx: tx.people.patients_with_phone(IVANS))
    await treated(0, 100)
    await treated(1, 100)
    goes_to(clock, 2026, 12)
    await posts(store)
    assert [account for _, account, _ in await letters(database)]
    await joined(store, desk, emma, stranger)
    goes_to(clock, 2026, 12, 1, 9, 0)
    assert await told(store) == {}


# --- two records -----------------------------------------------------------------------------


async def joined(store, desk, one: Patient, other: Patient):
    by = (desk.anna, "Анна", one.id, other.id)
    request = await store.change(merging.ask, *by, source=f"m:{other.id}", owners=OWNERS)
    how = {"is_owner": True, "granted": True, "owners": OWNERS}
    await store.change(approving.decide, OLEG, request.id, **how)
    return request


async def parted(store, request) -> None:
    await store.change(approving.undo_merge, OLEG, request.id, is_owner=True)


async def test_what_two_records_gathered_is_posted_to_the_kept_ones_wallet_and_once(
    store, desk, clock, emma, treated, database
):
    double = await store.change(record_patient, "+79129990000", "Эмма")
    another = await store.change(record_patient, "+79129990001", "Яна")
    assert await store.change(rewards.recommend, another.id, double.id)
    await treated(0, 130)
    await desk.visit("+79129990001", 130 * 20_00)
    request = await joined(store, desk, emma, double)
    goes_to(clock, 2026, 12)
    assert await posts(store) == 1
    assert await reward_lots(store, emma.wallet) == [(250, date(2027, 12, 1))]

    clock.moment = datetime(2026, 12, 1, 9, tzinfo=UTC)
    await parted(store, request)
    assert await posts(store) == 0
    for month in range(1, 7):
        goes_to(clock, 2027, month)
        assert await posts(store) == 0  # 260 came, 250 are posted
    with closing(second(database)) as behind:
        left = behind.rows("SELECT SUM(points) FROM rewards GROUP BY referrer_id")
    assert sorted(points for (points,) in left) == [0, 10]


async def test_who_has_got_it_as_two_gets_no_more_as_one_that_month(
    store, desk, clock, emma, treated, database
):
    double = await store.change(record_patient, "+79129990000", "Эмма")
    for n in (1, 2):
        another = await store.change(record_patient, f"+7912999000{n}", "Яна")
        assert await store.change(rewards.recommend, another.id, double.id)
        await desk.visit(f"+7912999000{n}", 45 * 20_00)
    await treated(0, 10)
    await treated(1, 25)
    goes_to(clock, 2026, 12)
    assert await posts(store) == 1  # the double's 90: 50 of them
    clock.moment = datetime(2026, 12, 1, 9, tzinfo=UTC)
    await joined(store, desk, emma, double)
    assert await posts(store) == 0
    goes_to(clock, 2027, 1)
    assert await posts(store) == 1
    assert await posted(store, database) == [50, 50]


async def oneself(store, desk, emma) -> Patient:
    """Another record of hers, which came by her own card."""
    twin = await store.change(record_patient, "+79129990000", "Эмма")
    assert await store.change(rewards.recommend, twin.id, emma.id)
    return twin


@pytest.mark.parametrize("fixed", [0, 300])
async def test_ones_own_visits_bring_nothing_till_the_records_are_parted(
    store, desk, clock, emma, database, fixed
):
    await store.change(set_fixed, fixed)
    twin = await oneself(store, desk, emma)
    await desk.visit("+79129990000", 500 * 20_00)
    request = await joined(store, desk, emma, twin)
    for month in range(1, 6):
        goes_to(clock, 2027, month)
        assert await posts(store) == 0
    await parted(store, request)
    assert await posts(store) == 1
    assert await posted(store, database) == [500 + fixed]


@pytest.mark.parametrize("fixed", [0, 300])
async def test_oneself_is_no_second_friend(store, desk, clock, emma, treated, database, fixed):
    """Or the single one's reward would come on the very next 1st."""
    await store.change(set_fixed, fixed)
    twin = await oneself(store, desk, emma)
    await desk.visit("+79129990000", 10 * 20_00)
    await treated(0, 500)
    await joined(store, desk, emma, twin)
    for year, month in ((2026, 12), (2027, 1), (2027, 2)):
        goes_to(clock, year, month)
        assert await posts(store) == 0
    goes_to(clock, 2027, 3)
    assert await posts(store) == 1
    assert await posted(store, database) == [500 + fixed]


async def test_what_came_before_it_was_known_is_taken_from_the_next(
    store, desk, clock, emma, treated, database
):
    twin = await oneself(store, desk, emma)
    await desk.visit("+79129990000", 100 * 20_00)
    await treated(0, 100)
    goes_to(clock, 2026, 12)
    await posts(store)
    await joined(store, desk, emma, twin)
    await treated(0, 120)
    await treated(1, 50)
    goes_to(clock, 2027, 1)
    await posts(store)
    assert await posted(store, database) == [200, 50]  # of three friends' 270, 200 were posted


@pytest.mark.parametrize("of_family", [False, True])
async def test_debt_that_came_without_points_is_settled_and_believed(
    store, desk, clock, emma, treated, of_family
):
    """A wallet that was poured into hers held nothing, and owed."""
    double = await store.change(record_patient, EMMAS, "Яна")
    draft = await store.change(bill, desk.anna, double.id)
    visit = await desk.record(draft)
    await store.change(lose_all, double.wallet)
    await desk.return_(visit)
    if of_family:
        await store.change(share, EMMA, double.id)
    else:
        await joined(store, desk, emma, double)
    assert (await desk.wallet(emma.wallet)).debt == 200
    await treated(0, 100)
    await treated(1, 50)
    goes_to(clock, 2026, 12)
    assert await posts(store) == 1
    assert (await desk.wallet(emma.wallet)).debt == 50


def bill(tx, by, patient: int) -> int:
    how = {"source": "line:9:9", "patient": patient, "found_by": FoundBy.NAME}
    draft = drafting.open_for_patient(tx, by, "Анна", **how)
    drafting.set_sum(tx, by, draft.id, draft.revision, 0, 4_000_00)
    return draft.id


def share(tx, telegram: int, patient: int) -> None:
    account, relative = tx.people.account_of(telegram), tx.people.patient(patient)
    family.claim(tx, account, [relative], 0)
    family.pour_together(tx, account, [relative])


@pytest.mark.parametrize("parts", [True, False])
async def test_of_two_who_were_taken_for_one_only_she_hears_whose_points_they_are(
    store, desk, clock, emma, treated, database, parts
):
    await register(store, IVAN, IVANS)
    (ivan,) = await store.ask(lambda tx: tx.people.patients_with_phone(IVANS))
    await treated(0, 170)
    await treated(1, 65)
    request = await joined(store, desk, emma, ivan)
    goes_to(clock, 2026, 12)
    await posts(store)
    goes_to(clock, 2026, 12, 1, 9, 0)
    if parts:
        await parted(store, request)
    assert await told(store) == {EMMA: 200} | ({} if parts else {IVAN: 200})


async def told(store) -> dict[int, int]:
    """What the letters of the 1st say as they leave, and to whom."""
    found = {}
    for letter in await store.change(delivery.claim, 100):
        with suppress(UntrueError):
            if letter.kind == "reward":
                found[letter.telegram] = (await store.ask(mail.facts, letter)).points
    return found


async def test_who_joined_another_before_the_letter_left_hears_of_it(
    store, desk, clock, emma, treated, database
):
    """The account speaks for the record that hers is part of now."""
    await treated(0, 170)
    await treated(1, 65)
    await register(store, IVAN, IVANS)
    (kept,) = await store.ask(lambda tx: tx.people.patients_with_phone(IVANS))
    child = await store.change(record_patient, "+79129990003", "Петя")
    await store.change(share, IVAN, child.id)
    goes_to(clock, 2026, 12)
    await posts(store)
    goes_to(clock, 2026, 12, 1, 9, 0)
    assert (await joined(store, desk, emma, kept)).patient == kept.id
    assert await told(store) == {EMMA: 200}


async def test_the_page_of_who_was_parted_says_nothing_of_the_others_points(
    store, desk, clock, emma, treated, database
):
    """Their record gave a share of what came to her wallet."""
    await register(store, IVAN, IVANS)
    (ivan,) = await store.ask(lambda tx: tx.people.patients_with_phone(IVANS))
    another = await store.change(record_patient, "+79129990001", "Яна")
    assert await store.change(rewards.recommend, another.id, ivan.id)
    await desk.visit("+79129990001", 130 * 20_00)
    await treated(0, 130)
    request = await joined(store, desk, emma, ivan)
    goes_to(clock, 2026, 12)
    await posts(store)
    await parted(store, request)
    assert [await brought(store, who) for who in (EMMA, IVAN)] == [250, 0]


async def brought(store, telegram: int) -> int:
    account = await store.ask(lambda tx: tx.people.account_of(telegram))
    return (await store.ask(reward_posting.my_friends, account)).points


# --- what they see ---------------------------------------------------------------------------


async def test_their_own_page_moves_on_the_1st_alone(store, clock, emma, treated, desk):
    account = await store.ask(lambda tx: tx.people.account_of(EMMA))

    async def page() -> tuple[int, int, date | None]:
        mine = await store.ask(reward_posting.my_friends, account)
        return mine.friends, mine.points, mine.ends_on

    assert await page() == (0, 0, None)
    await treated(0, 170)
    await treated(1, 65)
    assert await page() == (0, 0, None)
    goes_to(clock, 2026, 12)
    await posts(store)
    assert await page() == (3, 200, date(2027, 12, 1))
    goes_to(clock, 2027, 1)
    await posts(store)
    assert await page() == (3, 0, None)


async def test_one_who_turned_out_to_be_oneself_is_no_friend(store, clock, emma, friends, desk):
    account = await store.ask(lambda tx: tx.people.account_of(EMMA))
    goes_to(clock, 2026, 12)
    assert (await store.ask(reward_posting.my_friends, account)).friends == 3
    await joined(store, desk, emma, friends[0])
    assert (await store.ask(reward_posting.my_friends, account)).friends == 2


async def test_the_history_has_one_line_a_month(store, clock, emma, treated):
    for _ in range(3):
        await treated(0, 60)
        await treated(1, 60)
    goes_to(clock, 2026, 12)
    await posts(store)
    page = await store.ask(statement.history, emma.wallet)
    assert [(line.kind, line.points) for line in page.lines] == [("reward", 350), ("welcome", 1000)]
    assert page.lines[0].at - clock.moment < timedelta(seconds=1)
