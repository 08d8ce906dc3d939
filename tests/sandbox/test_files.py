"""Photos and documents: uploads, captions, media edits, downloads."""

import io
import json

import pytest
from aiohttp import FormData
from PIL import Image


def _picture(width=40, height=30, kind="PNG"):
    file = io.BytesIO()
    Image.new("RGB", (width, height), "white").save(file, kind)
    return file.getvalue()


async def _upload(wire, method, field, data, name="file.png", **arguments):
    form = FormData({key: str(value) for key, value in arguments.items()})
    form.add_field(field, io.BytesIO(data), filename=name)
    url = f"{wire.url}/bot42:SANDBOX/{method}"
    async with wire.http.post(url, data=form) as response:
        return await response.json()


@pytest.fixture
async def chat(wire):
    return await wire.begun()


async def test_a_photo_is_sent_shown_and_downloaded(wire, chat):
    data = _picture(kind="JPEG")
    body = await _upload(wire, "sendPhoto", "photo", data, chat_id=chat, caption="код")
    photo = body["result"]["photo"][-1]
    assert (photo["width"], photo["height"], photo["file_size"]) == (40, 30, len(data))
    bubble = (await wire.chat(chat))["messages"][-1]
    assert (bubble["kind"], bubble["text"]) == ("photo", "код")
    async with wire.http.get(wire.url + bubble["photo"]["url"]) as response:
        assert await response.read() == data
    path = (await wire.ok("getFile", file_id=photo["file_id"]))["file_path"]
    async with wire.http.get(f"{wire.url}/file/bot42:SANDBOX/{path}") as response:
        assert await response.read() == data


async def test_a_photo_is_sent_again_by_its_id(wire, chat):
    body = await _upload(wire, "sendPhoto", "photo", _picture(), chat_id=chat)
    file_id = body["result"]["photo"][-1]["file_id"]
    again = await wire.ok("sendPhoto", chat_id=chat, photo=file_id)
    assert again["photo"] == body["result"]["photo"]


async def test_an_attached_file_is_found_by_its_name(wire, chat):
    body = await _upload(
        wire, "sendDocument", "here", b"a;b", "report.csv", chat_id=chat, document="attach://here"
    )
    document = body["result"]["document"]
    assert (document["file_name"], document["file_size"]) == ("report.csv", 3)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"not a picture", "IMAGE_PROCESS_FAILED"),
        (b"", "file must be non-empty"),
        (b"x" * (10 * 1024 * 1024 + 1), "file is too big"),
        (_picture(2100, 100), "PHOTO_INVALID_DIMENSIONS"),
    ],
    ids=["not-a-picture", "empty", "too-big", "too-long"],
)
async def test_what_is_no_photo_is_refused(wire, chat, data, reason):
    body = await _upload(wire, "sendPhoto", "photo", data, chat_id=chat)
    assert body["description"] == f"Bad Request: {reason}"


async def test_without_a_file_nothing_is_sent(wire, chat):
    for kind in ("photo", "document"):
        refusal = await wire.refused(f"send{kind}", chat_id=chat)
        assert refusal == f"400 Bad Request: there is no {kind} in the request"
    refusal = await wire.refused("sendPhoto", chat_id=chat, photo="unknown")
    assert refusal == "400 Bad Request: wrong file_id or the file is temporarily unavailable"
    refusal = await wire.refused("sendPhoto", chat_id=chat, photo="https://a.ru/x.png")
    assert refusal == "400 Bad Request: sandbox does not emulate sending a file by URL"


async def test_a_caption_has_up_to_1024_units_after_entities(wire, chat):
    async def sent(caption):
        return await _upload(
            wire, "sendPhoto", "photo", _picture(), chat_id=chat, caption=caption, parse_mode="HTML"
        )

    assert (await sent("<b>" + "&amp;" * 1024 + "</b>"))["ok"]
    too_long = await sent("x" * 1025)
    assert too_long["description"] == "Bad Request: message caption is too long"


async def test_a_caption_and_media_are_edited_in_place(wire, chat):
    body = await _upload(wire, "sendPhoto", "photo", _picture(), chat_id=chat, caption="a")
    said = {"chat_id": chat, "message_id": body["result"]["message_id"]}
    assert (await wire.ok("editMessageCaption", **said, caption="b"))["caption"] == "b"
    refusal = await wire.refused("editMessageText", **said, text="b")
    assert refusal == "400 Bad Request: there is no text in the message to edit"
    media = {"type": "photo", "media": "attach://new", "caption": "c"}
    edited = await _upload(
        wire, "editMessageMedia", "new", _picture(10, 20), media=json.dumps(media), **said
    )
    photo = edited["result"]["photo"][-1]
    assert (edited["result"]["caption"], photo["width"], photo["height"]) == ("c", 10, 20)


async def test_a_text_becomes_a_photo_and_keeps_its_number_and_place(wire, chat):
    sent = await wire.ok("sendMessage", chat_id=chat, text="<b>4821</b>", parse_mode="HTML")
    media = {"type": "photo", "media": "attach://qr", "caption": "<b>4821</b>"}
    buttons = {"inline_keyboard": [[{"text": "Обновить", "callback_data": "new"}]]}
    edited = await _upload(
        wire,
        "editMessageMedia",
        "qr",
        _picture(300, 300),
        media=json.dumps(media | {"parse_mode": "HTML"}),
        reply_markup=json.dumps(buttons),
        chat_id=chat,
        message_id=sent["message_id"],
    )
    assert edited["result"]["message_id"] == sent["message_id"]
    assert "text" not in edited["result"]
    bubble = (await wire.chat(chat))["messages"][-1]
    assert (bubble["kind"], bubble["html"]) == ("photo", "<b>4821</b>")
    assert (bubble["photo"]["width"], bubble["buttons"][0][0]["text"]) == (300, "Обновить")


async def test_other_media_are_refused_loudly(wire, chat):
    body = await _upload(wire, "sendPhoto", "photo", _picture(), chat_id=chat)
    said = {"chat_id": chat, "message_id": body["result"]["message_id"]}
    media = {"type": "video", "media": "x"}
    refusal = await wire.refused("editMessageMedia", **said, media=media)
    assert refusal == '400 Bad Request: sandbox does not emulate editMessageMedia of type "video"'


async def test_a_file_that_is_not_there_is_refused(wire):
    refusal = await wire.refused("getFile", file_id="x")
    assert refusal == "400 Bad Request: wrong file_id or the file is temporarily unavailable"
    async with wire.http.get(f"{wire.url}/file/bot42:SANDBOX/photos/none.png") as response:
        assert response.status == 404


async def test_an_uploaded_page_is_never_shown_as_one(wire, chat):
    body = await _upload(wire, "sendDocument", "document", b"<script>", "evil.html", chat_id=chat)
    file_id = body["result"]["document"]["file_id"]
    async with wire.http.get(f"{wire.url}/api/file/{file_id}") as response:
        assert response.content_type == "application/octet-stream"
        assert response.headers["X-Content-Type-Options"] == "nosniff"
