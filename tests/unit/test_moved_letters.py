"""A group becomes a supergroup while letters to it are on their way."""

from zoneinfo import ZoneInfo

import pytest
from structlog.testing import capture_logs

from bot.telegram import letters_of
from loyalty.desk import access, connecting
from loyalty.signboard import Signboard
from scheduler.delivery import Postman
from tests.support.telegram import refusal

BOARD = Signboard("Улыбка", "ООО «Улыбка»", "+7 843 212-34-56", ZoneInfo("Europe/Moscow"))
OLD, NEW, ANNA = -4001, -1001, 1003
MOVED = refusal(
    400, "Bad Request: group chat was upgraded to a supergroup chat", migrate_to_chat_id=NEW
)


@pytest.fixture(autouse=True)
def logs():
    with capture_logs() as logs:
        yield logs


@pytest.fixture
def postman(store, line, pace) -> Postman:
    return Postman(store, letters_of(line), pace, BOARD, "ru")


@pytest.fixture
async def question(store):
    """A letter to the staff chat under its old number."""
    await store.change(connecting.connect, OLD, "Ленина", BOARD)
    await store.change(access.notice, OLD, ANNA, "Анна", "Анна Смирнова", 1)


async def test_the_letter_goes_to_the_new_number_and_the_branch_with_it(
    postman, question, store, wire, core
):
    wire.script("sendMessage", MOVED)
    await postman.round()
    await postman.round()

    assert [chat for chat, _ in wire.sent] == [OLD, NEW]
    assert core.rows("SELECT state, attempts, chat_id FROM outbox") == [("sent", 0, NEW)]
    assert core.rows("SELECT chat_id FROM branches") == [(NEW,)]


async def test_a_letter_to_a_staff_chat_is_not_to_be_passed_on(postman, question, wire):
    await postman.round()
    (request,) = wire.asked("sendMessage")
    assert request.protect_content
