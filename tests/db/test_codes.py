"""Codes on patients' screens: one at a time, far from each other, refreshed for an hour."""

from itertools import combinations

import pytest

from db.store import Store
from loyalty import privacy, registration
from loyalty.branches import Branch
from loyalty.desk import codes, drafting
from loyalty.desk.codes import DIGITS, LIVES, CodeEndedError, CodeShown, NoCodesLeftError
from loyalty.desk.drafting import Wanted
from loyalty.errors import OutOfTurnError
from loyalty.people import SpendingOff
from loyalty.team import Member, Standing

MARIA, EMMA, ANNA = 1001, 1002, 1003
PHONE, OTHER_PHONE = "+79123456788", "+79161112234"
SCREEN, NEWER_SCREEN = 77, 78


@pytest.fixture
async def maria(store: Store) -> int:
    return await register(store, MARIA, PHONE)


async def register(store: Store, telegram: int, phone: str) -> int:
    await store.change(registration.consent, telegram)
    return (await store.change(registration.prove_phone, telegram, phone)).account.id


@pytest.fixture
async def anna(store: Store) -> Member:
    branch = Branch(0, "Ленина", -100, "Europe/Moscow", "ООО «Улыбка»", "+7 843 212-34-56")
    branch = await store.change(lambda tx: tx.branches.add_branch(branch))
    member = Member(0, branch.id, ANNA, "Анна", Standing.STAFF)
    return await store.change(lambda tx: tx.branches.add_member(member))


async def shown_on(store: Store, message: int = SCREEN) -> CodeShown:
    shown = await store.change(codes.show, MARIA)
    await store.change(codes.put_on_screen, MARIA, message)
    return shown


async def claimed(store: Store, anna: Member, digits: str, source: str = "line:1:1"):
    wanted = Wanted(parts=[(12_400_00, None, None)])
    return await store.change(
        drafting.open_draft, anna, anna.name, source=source, who=digits, wanted=wanted
    )


async def refreshed(store: Store, account: int):
    """What the scheduler does, with a message that is there."""
    found = await store.change(codes.refresh, account)
    if found is not None:
        await store.change(codes.redrawn, account, found.message, found.again_at)
    return found


def test_any_two_codes_differ_in_two_digits():
    assert len(DIGITS) == 999
    some = DIGITS[::7]
    assert all(sum(x != y for x, y in zip(a, b, strict=True)) > 1 for a, b in combinations(some, 2))


async def test_the_same_code_is_shown_until_it_ends(store, maria, clock):
    first = await store.change(codes.show, MARIA)
    again = await store.change(codes.show, MARIA)
    clock.pass_(minutes=15)
    next_one = await store.change(codes.show, MARIA)

    assert again.code == first.code
    assert next_one.code.digits != first.code.digits
    assert next_one.code.ends_at == clock.now() + LIVES


async def test_a_tap_brings_a_new_one_but_not_at_once(store, maria, clock):
    first = await store.change(codes.show, MARIA)
    hasty = await store.change(codes.renew, MARIA)
    clock.pass_(minutes=1)
    renewed = await store.change(codes.renew, MARIA)

    assert (hasty.kept, hasty.code) == (True, first.code)
    assert not renewed.kept
    assert renewed.code.digits != first.code.digits


async def test_a_used_code_is_shown_no_more(store, maria, anna):
    shown = await store.change(codes.show, MARIA)
    await claimed(store, anna, shown.code.digits)

    renewed = await store.change(codes.renew, MARIA)

    assert renewed.code.digits != shown.code.digits
    assert not renewed.kept


async def test_one_message_shows_the_code(store, maria):
    await store.change(codes.show, MARIA)
    assert await store.change(codes.put_on_screen, MARIA, SCREEN) is None
    assert await store.change(codes.put_on_screen, MARIA, SCREEN) is None
    assert await store.change(codes.put_on_screen, MARIA, NEWER_SCREEN) == SCREEN


async def test_the_screen_is_refreshed_for_an_hour_and_then_waits_for_a_tap(store, maria, clock):
    seen = [(await shown_on(store)).code.digits]
    assert await store.ask(codes.due) == []

    for quarter in range(1, 4):
        clock.pass_(minutes=15)
        assert await store.ask(codes.due) == [maria]
        found = await refreshed(store, maria)
        assert (found.message, found.shown.refreshes) == (SCREEN, quarter < 3)
        seen.append(found.shown.code.digits)
    clock.pass_(minutes=15)
    ended = await refreshed(store, maria)

    assert len(set(seen)) == 4
    assert ended.shown is None
    clock.pass_(hours=3)
    assert await store.ask(codes.due) == []


async def test_what_never_reached_the_screen_is_tried_again_with_the_same_code(store, maria, clock):
    await shown_on(store)
    clock.pass_(minutes=15)

    lost = await store.change(codes.refresh, maria)
    again = await store.change(codes.refresh, maria)

    assert again == lost
    await refreshed(store, maria)
    assert await store.change(codes.refresh, maria) is None


async def test_a_code_that_was_tapped_for_meanwhile_stays(store, maria, clock):
    await shown_on(store)
    clock.pass_(minutes=14)
    tapped = await store.change(codes.renew, MARIA)
    clock.pass_(minutes=1)

    assert (await refreshed(store, maria)).shown.code == tapped.code


async def test_a_message_that_is_gone_is_left_alone(store, maria, clock):
    await shown_on(store)
    clock.pass_(minutes=15)
    found = await store.change(codes.refresh, maria)
    await store.change(codes.redrawn, maria, found.message, None)

    clock.pass_(minutes=15)
    assert await store.ask(codes.due) == []


async def test_a_slow_redraw_does_not_stop_a_newer_screen(store, maria, clock):
    await shown_on(store)
    clock.pass_(minutes=15)
    slow = await store.change(codes.refresh, maria)
    await shown_on(store, NEWER_SCREEN)
    await store.change(codes.redrawn, maria, slow.message, None)

    clock.pass_(minutes=15)
    assert await store.ask(codes.due) == [maria]


async def test_who_takes_the_consent_back_has_no_code(store, maria, anna, clock):
    shown = await shown_on(store)
    await store.change(privacy.withdraw, MARIA)

    with pytest.raises(CodeEndedError):
        await claimed(store, anna, shown.code.digits)
    clock.pass_(minutes=15)
    assert (await refreshed(store, maria)).shown is None
    with pytest.raises(OutOfTurnError):
        await store.change(codes.renew, MARIA)


async def test_the_erased_have_no_code(store, maria, anna):
    shown = await shown_on(store)
    await store.change(privacy.erase, MARIA)

    with pytest.raises(CodeEndedError):
        await claimed(store, anna, shown.code.digits)


async def test_a_phone_that_moved_away_took_the_code_along(store, maria, anna):
    shown = await shown_on(store)
    await register(store, EMMA, PHONE)

    with pytest.raises(CodeEndedError):
        await claimed(store, anna, shown.code.digits)
    assert (await store.change(codes.show, EMMA)).spending_off is SpendingOff.MOVED


async def test_digits_rest_before_they_come_again(store, maria, clock, monkeypatch):
    monkeypatch.setattr(codes, "DIGITS", DIGITS[:2])
    await register(store, EMMA, OTHER_PHONE)
    mine = await store.change(codes.show, MARIA)
    hers = await store.change(codes.show, EMMA)
    assert {mine.code.digits, hers.code.digits} == set(DIGITS[:2])

    clock.pass_(minutes=44)
    with pytest.raises(NoCodesLeftError):
        await store.change(codes.show, MARIA)
    clock.pass_(minutes=1)
    assert (await store.change(codes.show, MARIA)).code.digits in DIGITS[:2]


async def test_two_desks_cannot_have_the_same_code(store, maria, anna):
    shown = await store.change(codes.show, MARIA)
    first = await claimed(store, anna, shown.code.digits)

    assert await store.change(lambda tx: tx.desk.claim(shown.code.id, first.id))
    assert (await claimed(store, anna, shown.code.digits, "line:1:2")).id == first.id
    assert not await store.change(lambda tx: tx.desk.claim(shown.code.id, first.id + 1))
