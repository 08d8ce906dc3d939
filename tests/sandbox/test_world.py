"""The people of the end-to-end tests, in groups."""

import pytest

from tests.e2e.people import World
from tests.sandbox.codes import LINK, code_picture


@pytest.fixture
async def world(wire):
    async with World(wire.url) as world:
        yield world


async def _texts(wire):
    return [update["message"]["text"] for update in await wire.updates()]


async def test_a_group_is_founded_filled_and_moved(wire, world):
    kira = await world.add_person("Кира")
    group = await world.add_group("Кирова", [wire.oleg, kira], kind="group")
    await world.person(wire.oleg, group).adds_bot("connect")
    maria = world.person(wire.maria, group)
    await maria.joins()
    await maria.leaves()
    moved = await world.migrate(group)
    await world.bot_role(moved, "administrator")
    await world.bot_rights(moved, can_delete_messages=False)
    bot = await wire.ok("getChatMember", chat_id=moved, user_id=42)
    assert (bot["status"], bot["can_delete_messages"]) == ("administrator", False)
    await world.role(moved, kira, "restricted")
    member = await wire.ok("getChatMember", chat_id=moved, user_id=kira.id)
    assert member["is_member"] is True


async def test_people_speak_without_their_names(wire, world):
    oleg = world.person(wire.oleg, wire.group)
    await oleg.says_anonymously("без имени")
    await oleg.says_as_channel("от канала")
    await oleg.says_as_channel("пост", automatic=True)
    senders = [update["message"]["from"]["id"] for update in await wire.updates()]
    assert senders == [1087968824, 136817688, 777000]


async def test_privacy_is_switched(wire, world):
    await world.set_privacy(False)
    group = await world.add_group("Мира", [wire.oleg], bot="member")
    await wire.updates()
    await world.person(wire.oleg, group).says("слышно")
    assert await _texts(wire) == ["слышно"]


async def test_a_link_is_opened_where_it_leads(wire, world):
    group = await world.add_group("Мира", [wire.oleg], bot="member")
    await wire.updates()
    oleg = world.person(wire.oleg, group)
    await oleg.opens("https://t.me/UlybkaMolarBot?start=s_map")
    await oleg.opens("https://t.me/UlybkaMolarBot?startgroup=connect")
    assert await _texts(wire) == ["/start s_map", "/start@UlybkaMolarBot connect"]


async def test_a_code_on_a_screen_is_scanned_by_another_phone(wire, world):
    pytest.importorskip("zxingcpp")
    await wire.sent_photo(await wire.begun(), code_picture())
    await wire.updates()
    shown = await world.person(wire.maria).last()
    assert await world.person(wire.anna, wire.group).scans(shown) == LINK
    (update,) = await wire.updates()
    assert update["message"]["text"] == "/start p_4fK2-x_9"
    assert update["message"]["chat"]["id"] == wire.anna
