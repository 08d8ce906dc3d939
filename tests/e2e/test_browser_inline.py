"""The card with the mouse: «Отправить другу», to whom, the card; and the friend's own phone."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Locator, expect

from tests.e2e.browser import PATIENCE_MS, Pane, Window
from tests.e2e.conftest import Newcomer, Opens
from tests.support.bots import Clinic, open_clinic

pytestmark = pytest.mark.browser

VIA = "через @UlybkaMolarBot"


@pytest.fixture
async def clinic(tmp_path: Path) -> AsyncIterator[Clinic]:
    """One of its own, with few people to choose from; inline mode is on."""
    async with open_clinic(tmp_path, inline=True) as clinic:
        yield clinic


async def phone_of(window: Window) -> Pane:
    """The patient's chat without the tour's strip: what else stands on a real phone is there."""
    await window.page.get_by_test_id("tour-fold").click()
    return await window.pane("patient")


def offers(pane: Pane) -> Locator:
    return pane.node.get_by_test_id("offers")


async def sends_to(pane: Pane, name: str) -> None:
    """The card's large button, which stands above what the sender reads of it; then to whom."""
    large = pane.button("Отправить другу")
    await expect(large).to_be_in_viewport(ratio=0.9, timeout=PATIENCE_MS)
    await large.click()
    await pane.node.get_by_test_id("choice").get_by_role("button", name=name, exact=True).click()


async def is_marked(pane: Pane, name: str) -> None:
    """The choice of people says that something has come to somebody who sits nowhere."""
    person = pane.node.get_by_test_id("person-select").locator("option").filter(has_text=name)
    await expect(person).to_have_text(f"{name} · 1 нов.", timeout=PATIENCE_MS)


@pytest.mark.parametrize("size", ["wide", "phone"])
async def test_a_card_goes_to_a_friend_who_comes_by_it(
    clinic: Clinic, registered: Newcomer, newcomer: Newcomer, opens: Opens, size: str
) -> None:
    maria, vera = await registered("Мария"), await newcomer("Вера")
    patient = await phone_of(await opens(size))
    await patient.becomes(maria.id)
    await patient.presses("Визитка другу")
    await patient.sees("Перешлите тому, кому пригодится")
    await sends_to(patient, "Вера")

    await expect(patient.node.get_by_test_id("input")).to_have_value("@UlybkaMolarBot ")
    offered = offers(patient).get_by_role("button")
    await expect(offered).to_be_in_viewport(ratio=1, timeout=PATIENCE_MS)
    await expect(offered).to_contain_text("1 500 баллов новому пациенту")
    await offered.click()
    sent = patient.node.locator("article[data-mine=true]")
    await expect(sent).to_contain_text(VIA, timeout=PATIENCE_MS)
    await expect(offers(patient)).to_be_hidden()
    await expect(patient.node.get_by_test_id("input")).to_have_value("")
    await is_marked(patient, "Вера")

    await patient.becomes(vera.id)
    got = patient.node.locator("article[data-mine=false]")
    await expect(got).to_contain_text(VIA)
    await expect(got.get_by_role("button", name="Отправить другу")).to_have_count(0)
    await got.locator(".words a").click()
    await patient.sees("Вам подарили визитку: 1 500 баллов новому пациенту")
    await patient.presses("Даю согласие")
    await patient.shares_number("📱 Отправить номер", "Поделиться")
    await patient.sees("500 — подарок по визитке")


@pytest.mark.parametrize("size", ["wide", "phone"])
async def test_who_types_the_bots_name_without_a_card_is_led_to_it(
    clinic: Clinic, registered: Newcomer, newcomer: Newcomer, opens: Opens, size: str
) -> None:
    maria = await registered("Мария")
    here = await maria.talks_to(await newcomer("Вера"))
    patient = await phone_of(await opens(size))
    await patient.becomes(maria.id)
    await patient.node.get_by_test_id("chat-select").select_option(str(here.chat_id))
    await patient.node.get_by_test_id("input").fill("@ulybkamolarbot при")
    await offers(patient).get_by_role("button", name="Открыть визитку", exact=True).click()

    await patient.sees("Перешлите тому, кому пригодится")
    await expect(offers(patient)).to_be_hidden()
    await sends_to(patient, "Вера")
    await offers(patient).locator("img").click()
    await expect(patient.node.locator("article[data-mine=true]")).to_contain_text(VIA)
