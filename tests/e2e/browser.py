"""A person at the chat page in headless Chromium: what they press with the mouse and read."""

import re
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.async_api import (
    Browser,
    ConsoleMessage,
    Locator,
    Page,
    Request,
    ViewportSize,
    async_playwright,
    expect,
)

HERE = "127.0.0.1"
WINDOWS = {
    "wide": ViewportSize(width=1440, height=900),
    "phone": ViewportSize(width=390, height=844),
}
PATIENCE_MS = 10_000
PANES = 3
DIGITS = re.compile(r"\d{4}")
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--no-proxy-server",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@asynccontextmanager
async def chromium() -> AsyncIterator[Browser]:
    """Debian's Chromium, without a screen."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=ARGUMENTS
        )
        try:
            yield browser
        finally:
            await browser.close()


@dataclass
class Window:
    """The page as one browser shows it, and what went wrong in it."""

    page: Page
    complaints: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", self._note_console)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", self._note_request)

    def _note_console(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.complaints.append(f"{message.type}: {message.text}")

    def _note_request(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme != "data" and address.hostname != HERE:
            self.complaints.append(f"went to {request.url}")

    async def pane(self, name: str) -> "Pane":
        """One of the three chats; a narrow window shows it behind its tab."""
        tab = self.page.get_by_test_id(f"tab-{name}")
        if await tab.is_visible():
            await tab.click()
        return Pane(self.page.get_by_test_id(f"pane-{name}"))


@asynccontextmanager
async def opened(
    browser: Browser,
    address: str,
    *,
    language: str,
    size: str,
    sharpness: float = 1,
    zone: str = "Europe/Moscow",
) -> AsyncIterator[Window]:
    """The chat page in a window of its own, its chats read: whatever comes now is news."""
    context = await browser.new_context(
        viewport=WINDOWS[size],
        locale={"ru": "ru-RU", "en": "en-GB"}[language],
        timezone_id=zone,
        device_scale_factor=sharpness,
        reduced_motion="reduce",  # nothing is looked at half-way
    )
    context.set_default_timeout(PATIENCE_MS)
    try:
        window = Window(await context.new_page())
        await window.page.goto(f"{address}/?lang={language}")
        await expect(window.page.locator(".log:not([aria-busy])")).to_have_count(PANES)
        yield window
    finally:
        await context.close()


@dataclass
class Pane:
    """One chat: finds only what stands before the person's eyes."""

    node: Locator

    # doing

    async def becomes(self, person: int) -> None:
        """Chooses who sits here."""
        await self.node.get_by_test_id("person-select").select_option(str(person))

    async def starts(self) -> None:
        """Presses the one large button of a chat that hasn't begun."""
        await self.node.get_by_test_id("start-button").click()

    async def presses(self, label: str) -> None:
        """The newest button that says this, where the person can see it without scrolling."""
        button = self.button(label)
        await expect(button).to_be_in_viewport(ratio=1, timeout=PATIENCE_MS)
        await button.click()

    async def shares_number(self, label: str, agreement: str) -> None:
        """The large button and then the question that Telegram itself asks."""
        await self.presses(label)
        question = self.node.get_by_test_id("contact-confirm")
        await question.get_by_role("button", name=agreement, exact=True).click()

    async def types(self, text: str) -> None:
        await self.node.get_by_test_id("input").fill(text)
        await self.node.get_by_test_id("send").click()

    async def attaches(self, what: str) -> None:
        """Something out of the menu of the paper clip."""
        await self.node.get_by_test_id("attach").click()
        await self.node.get_by_role("menuitem", name=what, exact=True).click()

    async def replies(self, message: Locator, text: str) -> None:
        """Answers a message out of its menu."""
        await message.click(button="right")
        await self.node.get_by_role("menuitem", name="Ответить", exact=True).click()
        await self.types(text)

    # seeing

    async def sees(self, words: str) -> Locator:
        """The newest message of the bot with these words in it, in sight."""
        message = self.node.locator("article[data-mine=false]").filter(has_text=words).last
        await expect(message).to_be_in_viewport(timeout=PATIENCE_MS)
        return message

    async def has_read(self, words: str) -> None:
        """The bot has said this; what it said next may have pushed it out of a small screen."""
        message = self.node.locator("article[data-mine=false]").filter(has_text=words).last
        await expect(message).to_be_visible(timeout=PATIENCE_MS)

    async def sees_last(self, words: str) -> None:
        """The newest message says this, and its end stands in sight."""
        message = self.node.locator("article").last
        await expect(message).to_contain_text(words, timeout=PATIENCE_MS)
        await expect(message.locator(".stamp")).to_be_in_viewport(timeout=PATIENCE_MS)

    async def sees_keys(self, *labels: str) -> None:
        """These large buttons and no others."""
        keys = self.node.get_by_test_id("reply-keyboard").get_by_role("button")
        await expect(keys).to_have_text(list(labels), timeout=PATIENCE_MS)
        for number in range(len(labels)):
            await expect(keys.nth(number)).to_be_in_viewport(ratio=1)

    async def sees_toast(self, words: str) -> None:
        toast = self.node.get_by_test_id("toast").last
        await expect(toast).to_contain_text(words, timeout=PATIENCE_MS)

    async def reads_code(self) -> str:
        """The four digits on the patient's screen."""
        shown = await self.sees("Ваш код")
        await expect(shown).to_contain_text(DIGITS)
        return DIGITS.search(await shown.text_content() or "")[0]

    def button(self, label: str) -> Locator:
        """Under a message or in place of the keyboard; the lowest one if several say the same."""
        places = self.node.locator(".inline, [data-testid=reply-keyboard]")
        return places.get_by_role("button", name=label, exact=True).last

    def messages(self) -> Locator:
        return self.node.locator("article")
