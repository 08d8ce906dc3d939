"""Patients' code screens as the scheduler redraws them: whatever Telegram answers, not for ever."""

from zoneinfo import ZoneInfo

import pytest
from structlog.testing import capture_logs

from loyalty import registration
from loyalty.desk import codes
from scheduler.codes import CodeScreens
from tests.support.telegram import BLOCKED, LINE_BROKEN, refusal

MARIA, EMMA = 7001, 7002
GONE = refusal(400, "Bad Request: message to edit not found")
STRANGE = refusal(400, "Bad Request: MEDIA_INVALID")


@pytest.fixture(autouse=True)
def logs():
    with capture_logs() as logs:
        yield logs


@pytest.fixture
def screens(store, line) -> CodeScreens:
    return CodeScreens(store, line, ZoneInfo("Europe/Moscow"), "ru")


async def shows(store, telegram: int, phone: str) -> None:
    await store.change(registration.consent, telegram)
    await store.change(registration.prove_phone, telegram, phone)
    await store.change(codes.show, telegram)
    await store.change(codes.put_on_screen, telegram, 77)


@pytest.fixture
async def due(store, clock) -> None:
    """Maria's screen and then Emma's want their next code."""
    await shows(store, MARIA, "+79123456789")
    await shows(store, EMMA, "+79161112233")
    clock.pass_(minutes=15)


def captions(wire) -> list[str]:
    return [request.media.caption for request in wire.asked("editMessageMedia")]


async def test_the_next_code_comes_into_the_same_message(screens, wire, due):
    assert await screens.round() == 2
    assert await screens.round() == 0

    first, second = wire.asked("editMessageMedia")
    assert {first.chat_id, second.chat_id} == {MARIA, EMMA}
    assert first.message_id == 77
    assert all("Обновится в 12:30" in caption for caption in captions(wire))


@pytest.mark.parametrize("answer", [BLOCKED, GONE, STRANGE])
async def test_a_screen_that_cannot_be_edited_is_forgotten(screens, wire, due, clock, answer):
    wire.script("editMessageMedia", answer, answer)
    assert await screens.round() == 2
    clock.pass_(minutes=15)
    assert await screens.round() == 0


async def test_while_telegram_is_away_nobody_else_is_tried(screens, wire, due):
    wire.script("editMessageMedia", LINE_BROKEN)
    await screens.round()
    assert len(wire.asked("editMessageMedia")) == 1

    assert await screens.round() == 2
    lost, again, _ = captions(wire)
    assert again == lost


async def test_after_an_hour_the_picture_is_no_code(screens, wire, due, clock):
    clock.pass_(hours=1)
    await screens.round()
    assert all("больше не действует" in caption for caption in captions(wire))
    clock.pass_(hours=1)
    assert await screens.round() == 0
