"""QR codes in photos, read as a phone before the screen reads them."""

import sys

import pytest

from tests.sandbox.codes import LINK, code_picture


@pytest.fixture
async def reader():
    """Reads codes; where it is not installed there is nothing to test."""
    return pytest.importorskip("zxingcpp")


@pytest.mark.usefixtures("reader")
async def test_the_code_of_a_photo_is_read(wire):
    sent = await wire.sent_photo(await wire.begun(), code_picture())
    where = {"chat": wire.maria, "message_id": sent["message_id"]}
    assert await wire.post("/api/scan", **where) == {"link": LINK}
    assert await wire.post("/api/scan", file_id=sent["photo"][-1]["file_id"]) == {"link": LINK}


@pytest.mark.usefixtures("reader")
async def test_a_photo_without_a_code_says_so(wire):
    done = await wire.act(wire.maria, "photo")
    answer = await wire.post("/api/scan", chat=wire.maria, message_id=done["message_id"])
    assert answer == {"ok": False, "error": "there is no QR code in the photo"}


@pytest.mark.usefixtures("reader")
async def test_what_is_no_photo_is_not_read(wire):
    done = await wire.act(wire.maria, "document")
    document = (await wire.chat(wire.maria))["messages"][-1]["document"]
    for body in (
        {"chat": wire.maria, "message_id": done["message_id"]},
        {"chat": wire.maria, "message_id": 555},
        {"chat": "x"},
        {"file_id": "unknown"},
        {"file_id": document["url"].rpartition("/")[2]},
    ):
        assert (await wire.post("/api/scan", **body))["ok"] is False


async def test_without_the_reader_the_answer_says_what_to_install(wire, monkeypatch):
    monkeypatch.setitem(sys.modules, "zxingcpp", None)
    sent = await wire.sent_photo(await wire.begun(), code_picture())
    answer = await wire.post("/api/scan", file_id=sent["photo"][-1]["file_id"])
    assert answer == {"ok": False, "error": "nothing here reads QR codes: install zxing-cpp"}
