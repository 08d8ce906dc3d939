"""`/patient NAME` on both databases: whoever is called so, however they are written down."""

import pytest

from loyalty import registration
from loyalty.desk import searching
from loyalty.desk.newcomers import record_patient
from loyalty.people import Relation


async def found(store, name: str) -> list[str | None]:
    return [patient.name for patient in await store.ask(searching.by_name, name)]


@pytest.mark.parametrize(
    "typed",
    [
        *("Мария", "мария", "МАРИЯ", "Мар", "Петрова", "петр", "Мария Петрова", "Петрова Мария"),
        *("мария петр", "Сергеевна"),
    ],
)
async def test_by_any_word_of_the_name(store, typed):
    await store.change(record_patient, "+79123456701", "Мария Сергеевна Петрова")
    await store.change(record_patient, "+79123456702", "Олег", "Иванов")
    assert await found(store, typed) == ["Мария Сергеевна Петрова"]


@pytest.mark.parametrize("typed", ["Иванов", "ИВАН", "олег", "Иванов Олег", "олег иванов"])
async def test_by_first_name_or_surname(store, typed):
    await store.change(record_patient, "+79123456701", "Мария Сергеевна Петрова")
    await store.change(record_patient, "+79123456702", "Олег", "Иванов")
    assert await found(store, typed) == ["Олег"]


@pytest.mark.parametrize("typed", ["Алена", "алёна", "АЛЁНА", "Семенова", "семёнова", "анна-мария"])
async def test_yo_and_capitals_are_no_matter(store, typed):
    await store.change(record_patient, "+79123456701", "Алёна", "Семенова")
    await store.change(record_patient, "+79123456702", "Анна-Мария Ёлкина")
    assert len(await found(store, typed)) == 1


async def test_by_what_the_own_account_is_called(store):
    await register(store, "Мария Ивановна", "Маша")
    assert await found(store, "маша") == ["Мария Ивановна"]
    assert await found(store, "мария") == ["Мария Ивановна"]


async def test_a_child_is_not_found_by_the_parents_name(store):
    account = await register(store, "Мария", "Маша")
    child = await store.change(record_patient, "+79123456702", "Петя")
    await store.change(lambda tx: tx.people.speaks_for(account, child.id, Relation.FAMILY))
    assert await found(store, "Маша") == ["Мария"]
    assert await found(store, "Маша Петя") == []


async def test_the_middle_of_a_word_finds_nobody(store):
    await store.change(record_patient, "+79123456701", "Мария", "Петрова")
    assert await found(store, "рия") == []
    assert await found(store, "М%а") == []


async def test_no_more_are_found_than_tell_that_there_are_more(store):
    for n in range(searching.SHOWN + 3):
        await store.change(record_patient, f"+791234567{n:02}", "Мария")
    assert len(await found(store, "Мария")) == searching.SHOWN + 1


async def register(store, written_down: str, called: str) -> int:
    """A patient of the desk's whose account has another name."""
    await store.change(record_patient, "+79123456701", written_down)
    await store.change(registration.consent, 1001)
    registered = await store.change(registration.prove_phone, 1001, "+79123456701")
    await store.change(registration.answer_name, 1001, called)
    return registered.account.id


@pytest.mark.parametrize("name", ["ДиКаприо", "McDonald", "де ла Круз"])
async def test_as_it_is_written_down(store, name):
    await store.change(record_patient, "+79123456701", name)
    assert await found(store, name) == [name]


@pytest.mark.parametrize("typed", ["е" * 300, "Мария " * 600, "е" * 39 + " Мария"])
async def test_nobody_is_called_by_so_much(store, typed):
    await store.change(record_patient, "+79123456701", "Мария")
    assert set(await found(store, typed)) <= {"Мария"}
