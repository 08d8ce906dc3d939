"""Where people come from, on both databases: the first source wins, and is counted honestly."""

import pytest

from loyalty import privacy, registration, sources
from loyalty.desk import connecting
from loyalty.signboard import Signboard
from loyalty.sources import Came, Place, Source

MARIA, OLEG, VERA = 7001, 7002, 7003
PHONE, OTHER_PHONE = "+79123456701", "+79123456702"
DESK, SITE, MAP = Source(Place.DESK), Source(Place.SITE), Source(Place.MAP)


async def presses(store, telegram: int, payload: str):
    return await store.change(sources.arrive, telegram, payload)


async def registers(store, telegram: int, phone: str) -> None:
    await store.change(registration.consent, telegram)
    await store.change(registration.prove_phone, telegram, phone)


async def came(store):
    return await store.ask(sources.came)


async def test_the_first_source_wins(store, clock):
    for payload in ("s_map", "s_desk", "s_map"):
        await presses(store, MARIA, payload)
        clock.pass_(minutes=1)
    await registers(store, MARIA, PHONE)
    assert await came(store) == {MAP: Came(1, 1)}


async def test_who_opened_is_told_from_who_registered(store):
    await presses(store, MARIA, "s_desk")
    await presses(store, OLEG, "s_desk")
    await presses(store, VERA, "s_site")
    assert await came(store) == {DESK: Came(2, 0), SITE: Came(1, 0)}
    await registers(store, OLEG, PHONE)
    assert await came(store) == {DESK: Came(2, 1), SITE: Came(1, 0)}


async def test_who_had_points_before_has_not_come_by_the_link(store, clock):
    await registers_without_a_link(store, MARIA)
    clock.pass_(days=1)
    await presses(store, MARIA, "s_desk")
    assert await came(store) == {}


async def registers_without_a_link(store, telegram: int) -> None:
    await store.change(registration.open_account, telegram)
    await registers(store, telegram, PHONE)


async def test_another_kind_of_link_before_takes_nothing_away(store, clock):
    await presses(store, MARIA, "i_AbC-123")
    clock.pass_(minutes=1)
    await presses(store, MARIA, "s_site")
    await registers(store, MARIA, PHONE)
    assert await came(store) == {SITE: Came(1, 1)}


async def test_whoever_withdraws_or_is_erased_is_not_counted_as_registered(store):
    for telegram, phone in ((MARIA, PHONE), (OLEG, OTHER_PHONE)):
        await presses(store, telegram, "s_desk")
        await registers(store, telegram, phone)
    await store.change(privacy.withdraw, MARIA)
    assert await came(store) == {DESK: Came(2, 1)}
    await store.change(privacy.erase, OLEG)
    assert await came(store) == {DESK: Came(1, 0)}


@pytest.mark.parametrize("payload", ["s_", "s_stand", "s_desk_", "s_desk_0", "s_desk_x", "s_DESK"])
@pytest.mark.parametrize("tail", ["", "_99"])
async def test_a_source_that_is_none_is_a_plain_start(store, payload, tail):
    assert await presses(store, MARIA, payload + tail) is None
    account = await store.change(registration.open_account, MARIA)
    assert await presses(store, MARIA, payload + tail) == account
    assert await store.ask(lambda tx: tx.people.arrivals(account.id)) == []


async def test_a_branch_that_is_none_is_a_plain_start(store):
    board = Signboard("Улыбка", "ООО «Улыбка»", "+7 843 000-00-00", store._zone)
    branch = await store.change(connecting.connect, -1, "Ленина", board)
    await presses(store, MARIA, f"s_desk_{branch.id + 1}")
    assert await came(store) == {}
    await presses(store, MARIA, f"s_desk_{branch.id}")
    assert await came(store) == {Source(Place.DESK, branch.id): Came(1, 0)}


@pytest.mark.parametrize("source", [DESK, Source(Place.ROOM, 2), Source(Place.MAP, 10**17)])
def test_a_payload_is_read_back(source):
    assert sources.source_of(source.payload) == source
    assert len(source.payload) <= 64
