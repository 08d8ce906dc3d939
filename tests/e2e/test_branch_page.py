"""An owner, and a manager at their branch, say what patients read on the clinic's page."""

from collections.abc import AsyncIterator

import pytest

from sandbox.clinic import ANNA_ID, OLEG_ID, STAFF_CHAT_ID
from tests.e2e import desk
from tests.e2e.people import Message, Person
from tests.support.bots import Clinic, open_clinic

YANDEX = "https://yandex.ru/maps/org/ulybka/1234567890/reviews/"
GIS = "https://2gis.ru/kazan/firm/70000001"


@pytest.fixture(scope="module")
async def clinic(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Clinic]:
    """A clinic of its own: how many branches it has is seen on its page."""
    async with open_clinic(tmp_path_factory.mktemp("branch-page")) as clinic:
        yield clinic


@pytest.fixture(scope="module")
async def oleg(clinic: Clinic) -> Person:
    """The owner in private; Lenina street is connected."""
    oleg = clinic.world.person(OLEG_ID)
    await oleg.start()
    await oleg.sees("вы — руководитель")
    await desk.connect(clinic.world.person(OLEG_ID, STAFF_CHAT_ID), "Ленина")
    return oleg


async def taps(person: Person, *labels: str) -> None:
    """Older pages have the same buttons: each is pressed where it has just appeared."""
    for label in labels:
        await person.sees_button(label)
        await person.presses(label)


async def opens(owner: Person, *labels: str) -> None:
    """Of the page of Lenina street."""
    await owner.says("/settings")
    await taps(owner, "Филиалы: адрес, отзывы", "Ленина", *labels)


async def reads(person: Person) -> str:
    """The clinic's page."""
    await person.says("Клиника")
    return words(await person.sees_button("Язык / Language"))


def words(page: Message) -> str:
    return page.text.replace("\u2068", "").replace("\u2069", "")


async def test_what_an_owner_types_patients_read(oleg, registered):
    await opens(oleg)
    page = (await oleg.sees("Адрес: не указан")).id
    for label, question, typed, sees in (
        ("Адрес", "Напишите адрес", "Казань,  ул. Ленина, 12", "Адрес: Казань, ул. Ленина, 12"),
        ("Часы работы", "с какого до какого часа", "8:30-21", "Часы работы: 08:30–21:00"),
        ("Телефон", "Напишите телефон", "+7 843 212-34-56", "Телефон: +7 843 212-34-56"),
        ("Как доехать", "Пришлите ссылку", "https://yandex.ru/maps/-/x", "ссылка есть"),
        ("Отзывы", "Ссылок пока нет", f"{YANDEX}\n{GIS}", "Отзывы: Яндекс Карты, 2ГИС"),
    ):
        await oleg.presses(label)
        await oleg.sees(question)
        await oleg.says(typed)
        assert (await oleg.sees(sees)).id == page
    await taps(oleg, "Выходные", "вс")
    await taps(oleg, "✓ вс", "вс", "← Назад")
    assert (await oleg.sees("Выходные: вс")).id == page

    maria = await registered("Мария")
    await maria.presses("Клиника")
    shown = await maria.sees("Казань, ул. Ленина, 12")
    assert "Открыто 08:30–21:00, выходной: воскресенье" in words(shown)
    assert shown.button("Отзыв на Яндекс Картах")["url"] == YANDEX
    assert shown.button("Отзыв в 2ГИС")["url"] == GIS
    assert shown.button("Как доехать")["url"] == "https://yandex.ru/maps/-/x"


async def test_a_bad_link_is_named_and_nothing_is_lost(oleg):
    await opens(oleg, "Отзывы")
    await oleg.sees("Чтобы добавить")
    typed = await oleg.says("https://zoon.ru/kazan/1\nhttp://flamp.ru/1")
    await oleg.sees("«http://flamp.ru/1» не похоже на ссылку")
    assert typed in [message.id for message in await oleg.chat()], "to be copied and mended"

    await oleg.says("zoon.ru/kazan/1")
    await oleg.sees("Отзывы: Яндекс Карты, 2ГИС, Zoon")
    await oleg.presses("Отзывы")
    await oleg.sees("Чтобы добавить")
    await oleg.says("https://flamp.ru/1 https://flamp.ru/2")
    await oleg.sees("не больше 4, сейчас сохранено: 3")


async def test_a_link_is_taken_away_and_the_next_words_are_links_still(oleg):
    await opens(oleg, "Отзывы")
    shown = await oleg.sees("Нажмите на ссылки")
    *_, last = [row for row in shown.buttons if row["text"] == "Убрать"]
    await oleg.presses_button(shown.id, last["callback_data"])
    assert (await oleg.sees("Нажмите на ссылки")).button("Zoon") is None
    await oleg.says("https://napopravku.ru/kazan/1")
    await oleg.sees("Отзывы: Яндекс Карты, 2ГИС, НаПоправку")


async def test_the_address_and_the_way_there_can_go_again(oleg, registered):
    await opens(oleg, "Как доехать", "Убрать")
    await oleg.sees("без ссылки на карту")
    await taps(oleg, "Адрес", "Убрать")
    await oleg.sees("Адрес: не указан")
    page = await reads(await registered("Мария"))
    assert "Ленина, 12" not in page


async def test_a_manager_changes_their_own_branch(clinic, oleg):
    anna, here = clinic.world.person(ANNA_ID), clinic.world.person(ANNA_ID, STAFF_CHAT_ID)
    await desk.join(here, clinic.world.person(OLEG_ID, STAFF_CHAT_ID))
    await anna.start()
    await anna.sees("Здравствуйте")
    await oleg.says("/staff")
    await taps(oleg, "Анна", "Сделать управляющим")
    await oleg.sees("управляющий")

    await anna.says("/staff")
    await taps(anna, "Адрес, часы, отзывы", "Адрес")
    await anna.sees("Напишите адрес")
    await anna.says("Казань, ул. Мира, 3")
    await anna.sees("Адрес: Казань, ул. Мира, 3")
    await anna.presses("← Сотрудники")
    await anna.sees("кто работает в чате сотрудников")


async def test_of_several_branches_patients_choose_one(clinic, oleg, registered):
    chat = await clinic.world.add_group("Мира", [OLEG_ID], bot="administrator")
    await desk.connect(oleg.within(chat), "Мира")
    maria = await registered("Мария")
    assert {"Ленина", "Мира"} <= set((await reads(maria)).splitlines())
    await maria.presses("Ленина")
    await maria.sees_button("Отзыв на Яндекс Картах")
    await maria.presses("← Клиника")
    page = await maria.sees_button("Мира")

    mira = page.button("Мира")["callback_data"]
    await oleg.within(chat).says("/disconnect")
    await oleg.within(chat).presses("Да, отключить")
    await oleg.within(chat).sees("Чат отключён")
    await maria.presses_button(page.id, mira)
    assert "больше не принимает" in (await maria.toast()).text
