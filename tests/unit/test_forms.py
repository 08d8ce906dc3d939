"""Forms: what a person is in the middle of saying, kept only together with *done*."""

import asyncio

import pytest
from aiogram.fsm.state import State, StatesGroup
from aiogram.fsm.storage.base import StorageKey

from bot.updates import forms as module
from bot.updates.forms import FormStorage
from db import inbox
from db.inbox import Closing

KEY = StorageKey(bot_id=42, chat_id=7, user_id=7)
NEIGHBOUR = StorageKey(bot_id=42, chat_id=-1001, user_id=7)


class Asking(StatesGroup):
    name = State()


@pytest.fixture
def forms(store) -> FormStorage:
    return FormStorage(store)


@pytest.fixture
def keep(store, clock):
    """The closing write."""

    async def keep(forms: FormStorage, changes: module.Changes) -> None:
        closing = [Closing(0, changes)]
        await store.engines.write(lambda connection: inbox.close(connection, closing, clock.now()))
        forms.kept(changes)

    return keep


async def test_what_the_closing_write_kept_outlives_the_process(store, forms, keep):
    changes = forms.begin()
    await forms.set_state(KEY, Asking.name)
    await forms.set_data(KEY, {"words": "Мария", "pages": [1, 2]})
    await keep(forms, changes)

    later = FormStorage(store)
    later.begin()
    assert await later.get_state(KEY) == Asking.name.state
    assert await later.get_data(KEY) == {"words": "Мария", "pages": [1, 2]}


async def test_the_update_that_changes_a_form_reads_it_changed(forms):
    forms.begin()
    await forms.set_state(KEY, Asking.name)
    await forms.update_data(KEY, {"words": "Мария"})
    assert await forms.get_state(KEY) == Asking.name.state
    assert await forms.get_data(KEY) == {"words": "Мария"}


async def test_what_was_not_kept_is_as_if_it_had_not_been(forms):
    forms.begin()
    await forms.set_state(KEY, Asking.name)
    forms.begin()
    assert await forms.get_state(KEY) is None
    assert await forms.get_data(KEY) == {}


async def test_an_update_doesnt_see_what_another_is_changing(forms):
    changed, looked = asyncio.Event(), asyncio.Event()

    async def change() -> None:
        forms.begin()
        await forms.set_state(KEY, Asking.name)
        changed.set()
        await looked.wait()

    async def look() -> str | None:
        forms.begin()
        await changed.wait()
        try:
            return await forms.get_state(KEY)
        finally:
            looked.set()

    _, seen = await asyncio.gather(change(), look())
    assert seen is None


async def test_a_handler_that_fails_leaves_no_trace_in_what_it_read(forms, keep):
    changes = forms.begin()
    await forms.set_data(KEY, {"pages": [1]})
    await keep(forms, changes)
    forms.begin()
    (await forms.get_data(KEY))["pages"].append(2)
    forms.begin()
    assert await forms.get_data(KEY) == {"pages": [1]}


async def test_one_person_has_a_form_in_each_chat(forms, keep):
    changes = forms.begin()
    await forms.set_state(KEY, Asking.name)
    await keep(forms, changes)
    forms.begin()
    assert await forms.get_state(NEIGHBOUR) is None


async def test_a_cleared_form_leaves_no_row(store, forms, keep):
    changes = forms.begin()
    await forms.set_state(KEY, Asking.name)
    await forms.set_data(KEY, {"words": "Мария"})
    await keep(forms, changes)
    changes = forms.begin()
    await forms.set_state(KEY, None)
    await forms.set_data(KEY, {})
    await keep(forms, changes)
    count = "SELECT count(*) FROM forms"
    assert await store.engines.read(lambda c: c.exec_driver_sql(count).scalar()) == 0


async def test_what_json_cant_hold_is_refused_where_it_is_written(forms):
    forms.begin()
    with pytest.raises(TypeError):
        await forms.set_data(KEY, {"words": object()})


async def test_a_form_is_read_from_the_database_once(store, forms):
    reads, read = [], store.engines.read

    async def counted(job):
        reads.append(job)
        return await read(job)

    store.engines.read = counted
    for _ in range(3):
        forms.begin()
        await forms.get_data(KEY)
    assert len(reads) == 1


async def test_no_more_forms_are_remembered_than_there_is_room_for(monkeypatch, forms, keep):
    monkeypatch.setattr(module, "CACHED", 2)
    keys = [StorageKey(bot_id=42, chat_id=person, user_id=person) for person in range(4)]
    for key in keys:
        changes = forms.begin()
        await forms.set_data(key, {"person": key.user_id})
        await keep(forms, changes)
    assert len(forms._known) == 2
    forms.begin()
    assert [await forms.get_data(key) for key in keys] == [{"person": n} for n in range(4)]
