"""The answer to a press of an inline button."""

from sandbox.errors import bad_request, not_emulated
from sandbox.markup import utf16_length
from sandbox.methods.registry import Call, method
from sandbox.texts import check_utf8

_MAX_TEXT = 200


@method("answerCallbackQuery")
def answer_callback_query(call: Call) -> bool:
    text = call.arguments.text("text")
    check_utf8(text)
    if utf16_length(text) > _MAX_TEXT:
        raise bad_request("MESSAGE_TOO_LONG")
    url = call.arguments.text("url")
    if url and not url.startswith(_own_links(call.world.bot.username)):
        raise bad_request("URL_INVALID")
    if call.arguments.integer("cache_time") > 0:
        raise not_emulated("cache_time")
    query = call.world.queries.answer(call.arguments.text("callback_query_id"))
    call.world.journal.add(
        "callback_answer",
        query.chat_id,
        person=query.person_id,
        message_id=query.message_id,
        query_id=query.id,
        text=text or None,
        alert=call.arguments.flag("show_alert"),
        url=url or None,
    )
    return True


def _own_links(username: str | None) -> tuple[str, ...]:
    hosts = ("https://t.me/", "http://t.me/", "t.me/")
    return (*(f"{host}{username}?start=" for host in hosts), f"tg://resolve?domain={username}&")
