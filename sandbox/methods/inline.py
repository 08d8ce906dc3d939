"""The answer to what somebody typed after the bot's name."""

import re

from sandbox.arguments import Arguments
from sandbox.composing import read_caption, read_photo
from sandbox.errors import ApiError, bad_request, not_emulated
from sandbox.inline import Results
from sandbox.methods.registry import Call, method
from sandbox.texts import check_utf8, cleaned
from sandbox.world import Wire

_MAX_RESULTS, _MAX_ID_BYTES, _MAX_PARAMETER = 50, 64, 64
_DEFAULT_CACHE_SECONDS = 300
_PARAMETER = re.compile(r"[A-Za-z0-9_-]+")
_STRANGE = ("input_message_content", "reply_markup", "photo_url")


@method("answerInlineQuery")
def answer_inline_query(call: Call) -> bool:
    if not call.world.inline:
        raise bad_request("USER_BOT_INVALID")
    _refuse_strange(call)
    button, results = _button(call), _results(call)
    query = call.world.inline_queries.answer(call.arguments.text("inline_query_id"), results)
    call.world.journal.add(
        "inline_answer",
        query.chat_id,
        person=query.person_id,
        query_id=query.id,
        offered=results,
        button=button,
        personal=call.arguments.flag("is_personal"),
    )
    return True


def _refuse_strange(call: Call) -> None:
    """Whoever types is asked anew each time here: an answer for several people is none of ours."""
    if call.arguments.integer("cache_time", _DEFAULT_CACHE_SECONDS) > 0:
        raise not_emulated("cache_time of inline answers other than 0")
    if call.arguments.has("next_offset"):
        raise not_emulated("next_offset")


def _button(call: Call) -> Wire | None:
    value = call.arguments.value("button", "inline query results button")
    if value is None:
        return None
    if not isinstance(value, dict):
        raise bad_request("Can't parse InlineQueryResultsButton: expected an Object")
    if value.get("web_app"):
        raise not_emulated("web_app in inline answers")
    inner = Arguments(value)
    text = cleaned(inner.text("text"))
    if not text:
        raise bad_request("Can't parse InlineQueryResultsButton: Can't find field \"text\"")
    return {"text": text, "start_parameter": _parameter(inner.text("start_parameter"))}


def _parameter(text: str) -> str:
    if not text:
        raise bad_request("Can't use empty start_parameter")
    if len(text) > _MAX_PARAMETER:
        raise bad_request("Too long start_parameter specified")
    if not _PARAMETER.fullmatch(text):
        raise bad_request("Unallowed characters in start_parameter are used")
    return text


def _results(call: Call) -> Results:
    values = call.arguments.value("results", "inline query results")
    if values is None:
        return {}
    if not isinstance(values, list):
        raise bad_request("Expected an Array of inline query results")
    if len(values) > _MAX_RESULTS:
        raise bad_request("Too many inline query results specified")
    found: Results = {}
    for value in values:
        number, wire = _result(call, value)
        if number in found:
            raise bad_request("RESULT_ID_DUPLICATE")
        found[number] = wire
    return found


def _result(call: Call, value: object) -> tuple[str, Wire]:
    if not isinstance(value, dict):
        raise _unreadable("expected an Object")
    inner = Arguments(value)
    for field in ("type", "id"):
        if not inner.given(field):
            raise _unreadable(f'Can\'t find field "{field}"')
    _refuse_strange_result(inner)
    photo = read_photo(call.world.files, inner, inner.text("photo_file_id"))
    caption = read_caption(call.world, inner, "MEDIA_CAPTION_TOO_LONG")
    return _number(inner.text("id")), photo | caption.wire("caption", "caption_entities")


def _refuse_strange_result(inner: Arguments) -> None:
    if inner.text("type") != "photo":
        raise not_emulated(f"inline results of type {inner.text('type')}")
    if name := next((name for name in _STRANGE if inner.has(name)), None):
        raise not_emulated(f"{name} of inline results")


def _number(text: str) -> str:
    check_utf8(text)
    if not text:
        raise bad_request("RESULT_ID_EMPTY")
    if len(text.encode()) > _MAX_ID_BYTES:
        raise bad_request("RESULT_ID_INVALID")
    return text


def _unreadable(reason: str) -> ApiError:
    return bad_request(f"Can't parse InlineQueryResult: {reason}")
