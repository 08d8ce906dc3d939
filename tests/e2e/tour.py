"""The tour walked from start to end: a newcomer presses what it says, and the clock's button."""

from collections.abc import Awaitable, Callable

from playwright.async_api import Locator, expect
from playwright.async_api import TimeoutError as NotWithinError

from tests.e2e.browser import Pane, Window

STEP_MS = 20_000
EVENT_MS, EVENTS = 4_000, 30

Look = Callable[[Window, str], Awaitable[None]]


class Walk:
    """A newcomer who does what the tour says, and nothing else."""

    def __init__(self, window: Window, look: Look) -> None:
        self.window, self.look = window, look
        self.tour = window.page.get_by_test_id("tour")

    async def stands_at(self, step: str) -> None:
        now = self.tour.locator("[data-state=now]")
        await expect(now).to_have_attribute("data-step", step, timeout=STEP_MS)
        await self.look(self.window, step)

    async def pane(self, name: str) -> Pane:
        return await self.window.pane(name)

    async def pointed(self, pane: str) -> Locator:
        """What the tour's finger is on."""
        await self.pane(pane)
        finger = self.window.page.locator(".pressed-next")
        await expect(finger).to_be_visible(timeout=60_000)  # a fresh clinic's bot may just start
        return finger


async def nobody_looks(_window: Window, _step: str) -> None:
    """`tests.e2e.pictures` takes pictures here."""


async def walk(window: Window, look: Look = nobody_looks) -> None:
    steps = Walk(window, look)
    await walk_to_the_stars(steps)
    patient = await steps.pane("patient")
    await patient.node.locator("[data-callback^='rate:']").nth(1).click()
    await steps.stands_at("why")
    await patient.node.locator("[data-callback^='why:']").nth(1).click()
    await steps.stands_at("take")
    await (await steps.pointed("owner")).click()
    await steps.stands_at("solve")
    await (await steps.pointed("owner")).click()
    await steps.window.page.locator("[data-callback*='solved'].pressed-next").click()
    await expect(steps.tour.get_by_test_id("tour-over")).to_be_visible(timeout=STEP_MS)
    await look(window, "over")


async def begin_afresh(window: Window) -> None:
    """A fresh clinic; what was played in this one is thrown away."""
    await window.page.get_by_test_id("restart").click()
    await window.page.get_by_test_id("restart-confirm").get_by_role("button").last.click()


async def walk_to_the_stars(steps: Walk) -> None:
    await expect(steps.tour).to_be_visible()
    await steps.stands_at("start")
    patient = await steps.pane("patient")
    await (await steps.pointed("patient")).click()
    await steps.stands_at("consent")
    await (await steps.pointed("patient")).click()
    await steps.stands_at("phone")
    await (await steps.pointed("patient")).click()
    await patient.node.get_by_test_id("contact-confirm").get_by_role("button").last.click()
    await steps.stands_at("name")
    await (await steps.pointed("patient")).click()
    await steps.stands_at("code")
    await (await steps.pointed("patient")).click()
    await steps.stands_at("line")
    await steps.tour.get_by_test_id("tour-line").click()
    staff = await steps.pane("staff")
    await staff.node.get_by_test_id("send").click()
    await steps.stands_at("record")
    await (await steps.pointed("staff")).click()
    await steps.stands_at("later")
    await to_the_question(steps)
    await steps.stands_at("rate")


async def to_the_question(steps: Walk) -> None:
    """Pressed again where something else happens first, as the tour says: points may end, and in
    the evening and on days off nobody is asked.
    """
    asked = steps.tour.locator("[data-state=now][data-step=rate]")
    for _ in range(EVENTS):
        await steps.tour.get_by_test_id("tour-clock").click()
        try:
            await asked.wait_for(timeout=EVENT_MS)
        except NotWithinError:
            continue
        return
