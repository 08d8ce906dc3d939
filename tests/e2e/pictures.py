"""`python -m tests.e2e.pictures` takes the pictures of docs/pictures anew."""

import asyncio
import io
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from PIL import Image
from playwright.async_api import Browser, expect

from sandbox.clinic import ANNA_ID, OLEG_ID, STAFF_CHAT_ID
from tests.e2e import printed
from tests.e2e.browser import Pane, Window, chromium, opened
from tests.e2e.desk import connect, join
from tests.e2e.people import World
from tests.e2e.play import sandbox
from tests.e2e.registering import EN, RU, Words, agree, answer_everything, send_number
from tests.e2e.tour import begin_afresh, walk
from tests.support.bots import open_clinic

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "pictures"
MOMENT = datetime(2026, 11, 21, 11, 30, tzinfo=UTC)  # so that only what has changed looks changed
SHARPNESS = {"wide": 1.0, "phone": 2.0}
COLOURS = 256

numbers = count(1)


@dataclass
class Studio:
    """A clinic and a browser to take its pictures with."""

    world: World
    browser: Browser

    @asynccontextmanager
    async def newcomer(self, words: Words, size: str) -> AsyncIterator[tuple[Window, Pane]]:
        """Somebody new before the page, in a window of their own."""
        person = await self.world.add_person(
            words.first_name,
            last_name=words.last_name,
            language=words.language,
            phone=f"+7926000{next(numbers):04}",
            birthdate={"day": 5, "month": 3, "year": 1980},
        )
        async with opened(
            self.browser,
            self.world.base_url,
            language=words.language,
            size=size,
            sharpness=SHARPNESS[size],
        ) as window:
            pane = await window.pane("patient")
            await pane.becomes(person.id)
            await window.page.get_by_test_id("tour-fold").click()  # it goes with somebody else
            yield window, pane

    async def take_all(self) -> None:
        await self.registration_beside_the_owner()
        await self.greeting_and_welcome(RU)
        await self.greeting_and_welcome(EN)
        await self.balance_and_privacy()
        await self.a_visit_at_the_desk()

    async def a_visit_at_the_desk(self) -> None:
        """The card beside the patient's code, then the two receipts."""
        owner = self.world.person(OLEG_ID, STAFF_CHAT_ID)
        await connect(owner, "Ленина")
        await join(self.world.person(ANNA_ID, STAFF_CHAT_ID), owner)
        async with self.newcomer(RU, "wide") as (window, pane):
            await agree(pane, RU)
            await send_number(pane, RU)
            await answer_everything(pane, RU)
            await pane.presses("Мой код")
            code = await pane.reads_code()
            anna = await window.pane("staff")
            await anna.types(f"{code} 12400 макс гиг 6м")
            await anna.sees_last("Спросите")
            await take(window, "desk-card-ru")
            await anna.presses("✅ Записать")
            await anna.sees_last("В кассу и МИС")
            await pane.sees_last("Начислено")
            await take(window, "desk-receipt-ru")

    async def registration_beside_the_owner(self) -> None:
        async with self.newcomer(RU, "wide") as (window, pane):
            owner = await window.pane("owner")
            await owner.starts()
            await owner.sees_last("В этом боте вы — руководитель.")
            await agree(pane, RU)
            await send_number(pane, RU)
            await take(window, "registration-wide-ru")

    async def greeting_and_welcome(self, words: Words) -> None:
        async with self.newcomer(words, "phone") as (window, pane):
            await pane.starts()
            await pane.sees(words.greeting)
            if words is RU:
                await take(window, "greeting-phone-ru")
            await pane.presses(words.agree)
            await send_number(pane, words)
            await take(window, f"registration-phone-{words.language}")

    async def balance_and_privacy(self) -> None:
        async with self.newcomer(RU, "phone") as (window, pane):
            await agree(pane, RU)
            await send_number(pane, RU)
            await answer_everything(pane, RU)
            await pane.presses("Баллы")
            await pane.sees_last(RU.points)
            await take(window, "balance-phone-ru")
            await pane.types("/privacy")
            await pane.sees_last("Мои данные")
            await take(window, "privacy-phone-ru")


# Of the steps of the tour, those that README shows.
TOUR = {
    ("wide", "take"): "tour-wide-ru",
    ("phone", "rate"): "rating-phone-ru",
    ("phone", "solve"): "case-phone-ru",
}


async def the_tour(browser: Browser, folder: Path) -> None:
    """Walked in the demo clinic, on both windows."""
    async with sandbox(folder) as play:
        for size in ("wide", "phone"):

            async def look(window: Window, step: str, size: str = size) -> None:
                if name := TOUR.get((size, step)):
                    if size == "phone":
                        await window.page.get_by_test_id("tour-fold").click()
                        await window.pane("owner" if step == "solve" else "patient")
                    await take(window, name)
                    if size == "phone":
                        await window.page.get_by_test_id("tour-toggle").click()

            at = {"language": "ru", "size": size, "sharpness": SHARPNESS[size]}
            async with opened(browser, play.world.base_url, **at) as window:
                await walk(window, look)
                await begin_afresh(window)
                now = window.page.get_by_test_id("tour").locator("[data-state=now]")
                await expect(now).to_have_attribute("data-step", "start", timeout=90_000)


async def take(window: Window, name: str) -> None:
    """What the window shows, small enough for a repository, without the mouse's marks."""
    await window.page.mouse.move(0, 0)
    await expect(window.page.get_by_test_id("toast")).to_have_count(0)
    shown = Image.open(io.BytesIO(await window.page.screenshot()))
    shown.convert("RGB").quantize(COLOURS).save(FOLDER / f"{name}.png", optimize=True)


async def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    printed.draw_all(FOLDER)
    with tempfile.TemporaryDirectory() as folder:
        async with open_clinic(Path(folder)) as clinic, chromium() as browser:
            await clinic.world.clock_add((MOMENT - datetime.now(UTC)).total_seconds())
            await Studio(clinic.world, browser).take_all()
            (Path(folder) / "tour").mkdir()
            await the_tour(browser, Path(folder) / "tour")


if __name__ == "__main__":
    asyncio.run(main())
