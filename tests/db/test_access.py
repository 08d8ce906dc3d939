"""Who works at a branch, on both databases: the chat, letting in, leaving, shifts, decisions."""

from datetime import time
from zoneinfo import ZoneInfo

import pytest

from db.store import Store
from loyalty import mail
from loyalty.branches import Branch
from loyalty.desk import access, connecting, drafting, recording
from loyalty.desk.access import (
    Decider,
    LeftAlreadyError,
    ManagerOnlyError,
    NotSharedError,
    OwnerOnlyError,
    SharedManagerError,
)
from loyalty.desk.connecting import (
    BranchNameTakenError,
    NotABranchNameError,
    NotABranchPhoneError,
    NotALegalEntityError,
    NotAZoneError,
    NotHoursError,
)
from loyalty.desk.drafting import Wanted
from loyalty.errors import NotANameError
from loyalty.letters import UntrueError
from loyalty.signboard import Signboard
from loyalty.team import Member, Standing

OLEG, ANNA, IRINA, DESK = 1005, 1003, 1004, 1100
OWNER = Decider(OLEG, is_owner=True)
CHAT, OTHER_CHAT = -1001, -1002
BOARD = Signboard("Улыбка", "ООО «Улыбка»", "+7 843 000-00-00", ZoneInfo("Asia/Omsk"))


@pytest.fixture
async def branch(store: Store) -> Branch:
    return await store.change(connecting.connect, CHAT, "Ленина", BOARD)


async def write(store: Store, telegram: int, name: str, message: int = 1) -> None:
    await store.change(access.notice, CHAT, telegram, name, f"{name} Смирнова", message)


async def member(store: Store, branch: Branch, telegram: int) -> Member | None:
    return await store.ask(lambda tx: tx.branches.member(branch.id, telegram))


async def let_in(store: Store, branch: Branch, telegram: int, name: str) -> Member:
    await write(store, telegram, name, message=telegram)
    waiting = await member(store, branch, telegram)
    return (await store.change(access.let_in, OWNER, branch.id, waiting.id)).member


@pytest.fixture
async def anna(store: Store, branch: Branch) -> Member:
    return await let_in(store, branch, ANNA, "Анна")


@pytest.fixture
async def manager(store: Store, branch: Branch) -> Decider:
    irina = await let_in(store, branch, IRINA, "Ирина")
    await store.change(access.make_manager, OWNER, branch.id, irina.id)
    return Decider(IRINA, is_owner=False)


async def letters(store: Store, kind: str):
    return [one for one in await store.change(lambda tx: tx.outbox.due(100)) if one.kind == kind]


# --- the chat --------------------------------------------------------------------------------


async def test_a_new_branch_says_what_stands_on_the_door(branch):
    assert (branch.chat, branch.name, branch.zone) == (CHAT, "Ленина", "Asia/Omsk")
    assert (branch.legal, branch.phone) == (BOARD.legal, BOARD.phone)
    assert (branch.opens, branch.closes, branch.days_off) == (time(9), time(20), frozenset())


async def test_a_chat_connects_once(store, branch):
    again = await store.change(connecting.connect, CHAT, "Мира", BOARD)
    assert again == branch
    assert await store.ask(lambda tx: tx.branches.branches()) == [branch]


async def test_a_second_branch_of_the_name_is_refused(store, branch):
    for name in ("Ленина", " ленина ", "ЛЕНИНА"):
        with pytest.raises(BranchNameTakenError):
            await store.change(connecting.connect, OTHER_CHAT, name, BOARD)


async def test_a_branch_has_a_short_name(store):
    for name in ("", "  ", "Ы" * 81):
        with pytest.raises(NotABranchNameError):
            await store.change(connecting.connect, CHAT, name, BOARD)


async def test_a_disconnected_branch_goes_on_with_its_team(store, branch, anna):
    await store.change(connecting.disconnect, CHAT)
    assert await store.ask(connecting.closed) != []

    again = await store.change(connecting.connect, OTHER_CHAT, "ленина", BOARD)

    assert (again.id, again.name, again.chat) == (branch.id, "Ленина", OTHER_CHAT)
    assert (await member(store, again, ANNA)).works


async def test_a_closed_branch_is_taken_up_by_its_number(store, branch):
    await store.change(connecting.disconnect, CHAT)
    again = await store.change(connecting.reopen, OTHER_CHAT, branch.id)
    assert (again.id, again.chat) == (branch.id, OTHER_CHAT)
    with pytest.raises(BranchNameTakenError):
        await store.change(connecting.reopen, CHAT, branch.id)


async def test_disconnecting_twice_is_nothing(store, branch):
    assert (await store.change(connecting.disconnect, CHAT)).id == branch.id
    assert await store.change(connecting.disconnect, CHAT) is None


async def test_a_group_that_moves_takes_branch_and_letters_along(store, branch):
    await write(store, ANNA, "Анна")
    for _ in range(2):
        moved = await store.change(connecting.moved, CHAT, OTHER_CHAT)
        assert (moved.id, moved.chat) == (branch.id, OTHER_CHAT)
    (question,) = await letters(store, "access-question")
    assert question.telegram == OTHER_CHAT


async def test_a_group_that_is_no_staff_chat_moves_unnoticed(store):
    assert await store.change(connecting.moved, CHAT, OTHER_CHAT) is None


async def test_the_offer_is_true_until_the_chat_is_connected(store):
    await store.change(connecting.offer, CHAT)
    (offer,) = await letters(store, "connect-offer")
    assert await store.ask(mail.facts, offer) is None

    await store.change(connecting.connect, CHAT, "Ленина", BOARD)
    with pytest.raises(UntrueError):
        await store.ask(mail.facts, offer)


async def test_a_connected_chat_is_offered_nothing(store, branch):
    await store.change(connecting.offer, CHAT)
    assert await letters(store, "connect-offer") == []


# --- what the branch says of itself ----------------------------------------------------------


HOURS = {
    "9–20": (time(9), time(20)),
    "с 9 до 20": (time(9), time(20)),
    "8:30–21:00": (time(8, 30), time(21)),
    "08.30 - 21.15": (time(8, 30), time(21, 15)),
    " 9:00 20:00 ": (time(9), time(20)),
}


async def test_hours_are_read_as_people_write_them(store, branch):
    for spelling, hours in HOURS.items():
        changed = await store.change(connecting.set_hours, branch.id, spelling)
        assert (changed.opens, changed.closes) == hours, spelling
        assert await store.ask(lambda tx: tx.branches.branch(branch.id)) == changed


async def test_other_hours_are_refused(store, branch):
    for spelling in ("", "9", "20–9", "9–9", "9–25", "9:70–20", "круглосуточно"):
        with pytest.raises(NotHoursError):
            await store.change(connecting.set_hours, branch.id, spelling)


async def test_a_zone_is_one_that_exists(store, branch):
    for zone in ("Asia/Chita", "Europe/Moscow"):
        assert (await store.change(connecting.set_zone, branch.id, zone)).zone == zone
    for zone in ("", "Москва", "Europe/Moskau", "../etc/passwd", "Europe/", "UTC"):
        with pytest.raises(NotAZoneError):
            await store.change(connecting.set_zone, branch.id, zone)


async def test_phone_and_legal_entity_stay_as_written(store, branch):
    await store.change(connecting.set_phone, branch.id, " 8 (843) 212-34-56 ")
    changed = await store.change(connecting.set_legal, branch.id, "ООО «Мир»,\nИНН 1655000001")
    assert changed.phone == "8 (843) 212-34-56"
    assert changed.legal == "ООО «Мир», ИНН 1655000001"


async def test_what_is_no_phone_and_no_legal_entity_is_refused(store, branch):
    for phone in ("", "спросить у Анны", "123", f"+7 843 212-34-56 {'-' * 40}"):
        with pytest.raises(NotABranchPhoneError):
            await store.change(connecting.set_phone, branch.id, phone)
    for legal in ("", "1655000001", "Ы" * 201):
        with pytest.raises(NotALegalEntityError):
            await store.change(connecting.set_legal, branch.id, legal)


async def test_a_branch_is_renamed_but_never_into_another(store, branch):
    await store.change(connecting.connect, OTHER_CHAT, "Мира", BOARD)
    assert (await store.change(connecting.rename, branch.id, "ЛЕНИНА")).name == "ЛЕНИНА"
    with pytest.raises(BranchNameTakenError):
        await store.change(connecting.rename, branch.id, "мира")


async def test_days_off_are_switched_one_by_one(store, branch):
    for _ in range(2):
        await store.change(connecting.set_day_off, branch.id, 6, True)
    changed = await store.change(connecting.set_day_off, branch.id, 5, True)
    assert changed.days_off == {5, 6}
    changed = await store.change(connecting.set_day_off, branch.id, 6, False)
    assert changed.days_off == {5}


# --- coming and going ------------------------------------------------------------------------


async def test_the_first_word_asks_once(store, branch):
    for message in (1, 2, 3):
        await write(store, ANNA, "Анна", message)

    (question,) = await letters(store, "access-question")
    asked = await store.ask(mail.facts, question)

    assert (asked.name, asked.member.standing) == ("Анна Смирнова", Standing.WAITING)
    assert question.telegram == CHAT


async def test_in_a_chat_that_is_not_connected_nobody_is_asked(store):
    await write(store, ANNA, "Анна")
    assert await letters(store, "access-question") == []


async def test_who_is_let_in_meanwhile_is_not_asked_about(store, branch, anna):
    (question,) = await letters(store, "access-question")
    with pytest.raises(UntrueError):
        await store.ask(mail.facts, question)


async def test_who_comes_back_waits_again(store, branch, anna):
    await store.change(access.left_chat, CHAT, ANNA)
    assert (await member(store, branch, ANNA)).standing is Standing.GONE

    await write(store, ANNA, "Аня", message=7)

    back = await member(store, branch, ANNA)
    assert (back.standing, back.name) == (Standing.WAITING, "Анна")
    assert len(await letters(store, "access-question")) == 2


async def test_a_stranger_leaving_is_nothing(store, branch):
    await store.change(access.left_chat, CHAT, ANNA)
    await store.change(access.left_chat, OTHER_CHAT, ANNA)
    assert await member(store, branch, ANNA) is None


async def test_leaving_ends_the_shift_of_a_shared_account(store, branch):
    account = await let_in(store, branch, DESK, "Стойка")
    await store.change(access.share, OWNER, branch.id, account.id)
    await store.change(access.go_on_shift, branch.id, DESK, "Ольга")
    await store.change(access.left, branch.id, DESK)
    gone = await member(store, branch, DESK)
    assert (gone.shared, gone.on_shift, gone.shift_until) == (False, None, None)


# --- deciding --------------------------------------------------------------------------------


async def test_a_manager_lets_in_and_removes(store, branch, manager):
    await write(store, ANNA, "Анна")
    waiting = await member(store, branch, ANNA)
    assert (await store.change(access.let_in, manager, branch.id, waiting.id)).member.works
    page = await store.change(access.remove, manager, branch.id, waiting.id)
    assert page.member.standing is Standing.WAITING


async def test_nobody_else_decides(store, branch, anna):
    by = Decider(ANNA, is_owner=False)
    for decision in (access.let_in, access.remove, access.share, access.make_manager):
        with pytest.raises(ManagerOnlyError):
            await store.change(decision, by, branch.id, anna.id)


async def test_a_manager_decides_at_their_own_branch_only(store, branch, manager):
    other = await store.change(connecting.connect, OTHER_CHAT, "Мира", BOARD)
    assert [b.id for b in await store.ask(access.run_by, manager)] == [branch.id]
    assert len(await store.ask(access.run_by, OWNER)) == 2
    with pytest.raises(ManagerOnlyError):
        await store.ask(access.people, manager, other.id)


async def test_managers_are_made_by_owners(store, branch, anna, manager):
    for decision in (access.make_manager, access.dismiss_manager):
        with pytest.raises(OwnerOnlyError):
            await store.change(decision, manager, branch.id, anna.id)


async def test_a_manager_is_removed_by_an_owner_only(store, branch, manager):
    irina = await member(store, branch, IRINA)
    with pytest.raises(OwnerOnlyError):
        await store.change(access.remove, manager, branch.id, irina.id)
    assert not (await store.change(access.remove, OWNER, branch.id, irina.id)).member.works


async def test_a_new_manager_is_told_and_not_twice(store, branch, anna):
    for _ in range(2):
        await store.change(access.make_manager, OWNER, branch.id, anna.id)
    (told,) = await letters(store, "made-manager")
    assert (told.telegram, (await store.ask(mail.facts, told)).branch) == (ANNA, branch)

    await store.change(access.dismiss_manager, OWNER, branch.id, anna.id)
    with pytest.raises(UntrueError):
        await store.ask(mail.facts, told)
    assert (await member(store, branch, ANNA)).standing is Standing.STAFF


async def test_a_shared_account_is_no_manager(store, branch, anna, manager):
    await store.change(access.share, OWNER, branch.id, anna.id)
    with pytest.raises(SharedManagerError):
        await store.change(access.make_manager, OWNER, branch.id, anna.id)
    irina = await member(store, branch, IRINA)
    with pytest.raises(SharedManagerError):
        await store.change(access.share, OWNER, branch.id, irina.id)


async def test_who_has_left_is_decided_about_no_more(store, branch, anna):
    await store.change(access.left, branch.id, ANNA)
    with pytest.raises(LeftAlreadyError):
        await store.change(access.let_in, OWNER, branch.id, anna.id)
    assert (await store.ask(access.people, OWNER, branch.id))[1] == []


async def test_letting_in_a_manager_again_leaves_them_a_manager(store, branch, manager):
    irina = await member(store, branch, IRINA)
    assert (await store.change(access.let_in, OWNER, branch.id, irina.id)).member.manages


async def test_managers_stand_first_and_who_waits_last(store, branch, anna, manager):
    await write(store, 1200, "Вера")
    _, people = await store.ask(access.people, OWNER, branch.id)
    assert [one.name for one in people] == ["Ирина", "Анна", "Вера"]


async def test_the_name_on_operations_is_changed(store, branch, anna):
    page = await store.change(access.rename, OWNER, branch.id, anna.id, " Анна С. ")
    assert page.member.name == "Анна С."
    with pytest.raises(NotANameError):
        await store.change(access.rename, OWNER, branch.id, anna.id, "5000")


# --- the shift of a shared account -----------------------------------------------------------


@pytest.fixture
async def desk(store: Store, branch: Branch) -> Member:
    account = await let_in(store, branch, DESK, "Стойка")
    return (await store.change(access.share, OWNER, branch.id, account.id)).member


async def test_a_shift_lasts_until_the_branch_closes(store, branch, desk, clock):
    """It is 15:00 in Omsk; the branch closes at 20:00."""
    assert desk.signature(clock.now()) is None
    on = await store.change(access.go_on_shift, branch.id, DESK, "Ольга")
    assert on.signature(clock.now()) == "Ольга"
    clock.pass_(hours=4, minutes=59)
    assert on.signature(clock.now()) == "Ольга"
    clock.pass_(minutes=1)
    assert (await member(store, branch, DESK)).signature(clock.now()) is None


async def test_a_shift_begun_after_closing_lasts_twelve_hours(store, branch, desk, clock):
    clock.pass_(hours=6)
    on = await store.change(access.go_on_shift, branch.id, DESK, "Ольга")
    clock.pass_(hours=11, minutes=59)
    assert on.signature(clock.now()) == "Ольга"
    clock.pass_(minutes=1)
    assert on.signature(clock.now()) is None


async def test_only_a_shared_account_says_whose_shift_it_is(store, branch, anna):
    with pytest.raises(NotSharedError):
        await store.change(access.go_on_shift, branch.id, ANNA, "Ольга")


async def test_the_names_offered_are_those_of_the_people_there(store, branch, desk, anna, manager):
    assert await store.ask(access.names_for_shift, branch.id, DESK) == ["Анна", "Ирина"]


async def test_names_the_account_has_recorded_under_come_first(store, branch, desk, anna, clock):
    on = await store.change(access.go_on_shift, branch.id, DESK, "Ольга")
    wanted = Wanted(parts=[(12_400_00, None, None)])
    draft = await store.change(
        drafting.open_draft, on, "Ольга", source="line:1:1", who="0000", wanted=wanted
    )
    await store.change(recording.record, on, "Ольга", draft.id, draft.revision)

    assert await store.ask(access.names_for_shift, branch.id, DESK) == ["Ольга", "Анна"]


async def test_a_personal_account_signs_by_its_own_name_again(store, branch, desk, clock):
    await store.change(access.go_on_shift, branch.id, DESK, "Ольга")
    page = await store.change(access.stop_sharing, OWNER, branch.id, desk.id)
    assert page.member.signature(clock.now()) == "Стойка"
