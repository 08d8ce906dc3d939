"""An owner takes posters by taps, and a newcomer comes by the code that is printed on them."""

from io import BytesIO

import pytest
import zxingcpp
from aiohttp import ClientSession
from PIL import Image, ImageColor

from loyalty.cards import Colour
from sandbox.clinic import ANNA_ID, OLEG_ID
from screens.inks import INKS
from tests.e2e.people import Message, Person, plain
from tests.support.bots import open_clinic
from tests.support.papers import links_in, page_of

BOT = "UlybkaMolarBot"


@pytest.fixture(scope="module")
async def clinic(tmp_path_factory):
    """A clinic of its own: how many come to it is counted here."""
    async with open_clinic(tmp_path_factory.mktemp("kit")) as clinic:
        yield clinic


@pytest.fixture
def oleg(clinic) -> Person:
    return clinic.world.person(OLEG_ID)


async def taken(clinic, message: Message) -> bytes:
    async with (
        ClientSession(clinic.world.base_url) as page,
        page.get(message.document["url"]) as answer,
    ):
        return await answer.read()


async def opens(owner: Person, place: str) -> Message:
    """Older pages have the same buttons: each is pressed where it has just appeared."""
    await owner.says("/kit")
    await owner.sees_button(place)
    await owner.presses(place)
    return await owner.sees("start=s_")


async def test_from_the_menu_to_a_poster_and_from_the_poster_to_the_bot(clinic, oleg, newcomer):
    await oleg.start()
    await oleg.sees_button("Плакаты и QR")
    await oleg.presses("Плакаты и QR")
    await oleg.sees("пока никто не пришёл")
    await oleg.presses("Стойка")
    await oleg.sees(f"https://t.me/{BOT}?start=s_desk")
    await oleg.presses("Плакат A4")
    sent = await oleg.sees_kind("document")
    assert sent.document["name"] == "desk-a4.pdf"
    (link,) = links_in(page_of(await taken(clinic, sent)))
    assert link == f"https://t.me/{BOT}?start=s_desk"

    maria = await newcomer("Мария")
    await maria.opens(link)
    await maria.sees("1 000 баллов")
    await oleg.says("/kit")
    await oleg.sees("Стойка: открыли 1, зарегистрировались 0")
    await maria.presses("Даю согласие")
    await maria.presses("📱 Отправить номер")
    await maria.sees("Готово!")
    await oleg.says("/kit")
    await oleg.sees("Стойка: открыли 1, зарегистрировались 1")


async def test_a_stand_in_the_other_language(clinic, oleg):
    await opens(oleg, "Кабинет")
    await oleg.presses("Sheet in English")
    page = await oleg.sees_button("Лист по-русски")
    await oleg.presses_button(page.id, page.button("Подставка A6")["callback_data"])
    sent = await oleg.sees_kind("document")
    assert sent.document["name"] == "room-a6.pdf"
    assert links_in(page_of(await taken(clinic, sent))) == [f"https://t.me/{BOT}?start=s_room"]


async def test_a_poster_has_the_clinics_colour(clinic, oleg):
    await oleg.says("/settings")
    await oleg.presses("Визитка: цвет, логотип")
    await oleg.presses("Синий")
    await oleg.sees_button("✓ Синий")
    await opens(oleg, "Стойка")
    await oleg.presses("Плакат A4")
    page = page_of(await taken(clinic, await oleg.sees_kind("document")))
    red, green, blue = page.getpixel((page.width // 2, 160))
    assert (red, green, blue) == pytest.approx(ImageColor.getrgb(INKS[Colour.BLUE]), abs=4)


@pytest.mark.parametrize(("label", "place"), [("Сайт", "site"), ("Карта", "map")])
async def test_a_site_and_a_map_get_a_link_and_a_picture(clinic, oleg, label, place):
    page = await opens(oleg, label)
    link = f"https://t.me/{BOT}?start=s_{place}"
    assert page.labels == ["QR картинкой", "Скопировать ссылку", "← Все места"]
    assert page.button("Скопировать ссылку")["copy_text"] == {"text": link}
    await oleg.presses_button(page.id, page.button("QR картинкой")["callback_data"])
    sent = await oleg.sees_kind("document")
    assert link in sent.text
    picture = Image.open(BytesIO(await taken(clinic, sent)))
    assert [code.text for code in zxingcpp.read_barcodes(picture)] == [link]


async def test_a_source_that_is_none_is_a_plain_start(clinic, newcomer):
    maria = await newcomer("Мария")
    await maria.start("s_stand7")
    await maria.sees("Здравствуйте")
    kept = clinic.bot.rows(
        "SELECT payload FROM arrivals JOIN accounts ON accounts.id = account_id"
        f" WHERE telegram_id = {maria.id}"
    )
    assert kept == []


async def test_of_several_branches_each_has_its_own_link(clinic, oleg):
    numbers = {}
    for name in ("Ленина", "Мира"):
        chat = await clinic.world.add_group(name, [OLEG_ID, ANNA_ID], bot="administrator")
        here = clinic.world.person(OLEG_ID, chat)
        await here.says(f"/connect {name}")
        await here.sees(f"Чат подключён: {name}")
        ((numbers[name],),) = clinic.bot.rows(f"SELECT id FROM branches WHERE name = '{name}'")
    await oleg.says("/kit")
    await oleg.sees_button("Стойка")
    await oleg.presses("Стойка")
    await oleg.sees("Какого филиала?")
    await oleg.presses("Мира")
    link = f"start=s_desk_{numbers['Мира']}"
    page = await oleg.sees(link)
    assert "Стойка, Мира" in plain(page.text)
    await oleg.presses("Подставка A6")
    sent = await oleg.sees_kind("document")
    (read,) = links_in(page_of(await taken(clinic, sent)))
    assert read.endswith(link)
    await opens(oleg, "Сайт")  # one for all branches
