"""Whatever is sent, the answer is Telegram's kind of answer, never a crash."""

from contextlib import suppress

from hypothesis import given, settings
from hypothesis import strategies as st

from sandbox import SANDBOX_TOKEN, Pauses
from sandbox.acts import ACTS, perform
from sandbox.arguments import Arguments
from sandbox.clinic import ANNA_ID, MARIA_ID, OLEG_ID, STAFF_CHAT_ID, empty_clinic
from sandbox.clock import Clock
from sandbox.errors import ActError, ApiError
from sandbox.methods import METHODS, Call
from sandbox.methods.registry import run
from sandbox.webhook import Webhook

_ODD = st.sampled_from(
    (
        *(None, "", "x", "-1", "²", "1e9", "[", "{}", "attach://x", "<b>", "HTML", "\u202e"),
        *(0, 1, -1, 2, 2**70, 1.5, True, [], {}, [1], [[]], [{}], [[{}]], "🦷" * 300),
        *(MARIA_ID, STAFF_CHAT_ID),
    )
)
_NAMES = (
    *("chat_id", "message_id", "text", "caption", "parse_mode", "entities", "reply_markup"),
    *("reply_parameters", "photo", "document", "media", "callback_query_id", "show_alert"),
    *("user_id", "commands", "scope", "language_code", "menu_button", "file_id", "action"),
    *("reaction", "message_ids", "url", "secret_token", "max_connections", "name"),
    *("allow_sending_without_reply", "disable_notification", "protect_content"),
)
_NESTED = (
    *("message_id", "type", "offset", "length", "command", "description", "chat_id", "emoji"),
    *("inline_keyboard", "keyboard", "text", "callback_data", "url", "style", "media", "user"),
)
_NETWORK = {"setwebhook", "deletewebhook"}
_OBJECTS = st.dictionaries(st.sampled_from(_NESTED), _ODD | st.lists(_ODD, max_size=2), max_size=5)
_LISTS = st.lists(_OBJECTS, max_size=2)
_VALUES = _ODD | _OBJECTS | _LISTS | st.lists(_LISTS, max_size=2)
_NEARLY_RIGHT = st.fixed_dictionaries(
    {"chat_id": st.sampled_from([MARIA_ID, STAFF_CHAT_ID, 5]), "message_id": st.just(2)},
    optional={name: _VALUES for name in _NAMES if name not in {"chat_id", "message_id"}},
)
_ARGUMENTS = _NEARLY_RIGHT | st.dictionaries(st.sampled_from(_NAMES), _VALUES)


def _world():
    world = empty_clinic(Clock())
    perform(world, {"person": MARIA_ID, "type": "start"})
    webhook = Webhook(world.updates, world.clock, Pauses())
    markup = {"inline_keyboard": [[{"text": "a", "callback_data": "a"}]]}
    for chat in (MARIA_ID, STAFF_CHAT_ID):
        arguments = Arguments({"chat_id": chat, "text": "x", "reply_markup": markup})
        run("sendMessage", Call(world, arguments, None, webhook))
    return world, webhook


@settings(max_examples=5 * settings().max_examples)
@given(name=st.sampled_from(sorted(METHODS.keys() - _NETWORK)), values=_ARGUMENTS)
def test_nonsense_arguments_are_refused_or_taken_but_never_crash(name, values):
    world, webhook = _world()
    with suppress(ApiError):
        run(name, Call(world, Arguments(values), None, webhook))


@settings(max_examples=2 * settings().max_examples)
@given(
    kind=st.sampled_from(sorted(ACTS)),
    person=st.sampled_from([MARIA_ID, ANNA_ID, OLEG_ID, 5, "x", None]),
    body=st.dictionaries(
        st.sampled_from(["chat", "text", "message_id", "data", "payload", "reply_to", "kind"])
        | st.sampled_from(["emoji", "role", "user", "phone", "first_name", "caption"])
        | st.sampled_from(["rights", "title", "automatic"]),
        _ODD | _OBJECTS,
    ),
)
def test_nonsense_acts_are_refused_or_done_but_never_crash(kind, person, body):
    world, _ = _world()
    with suppress(ActError):
        perform(world, {"person": person, "type": kind, **body})


async def test_no_answer_on_the_wire_is_a_500(wire):
    await wire.begun()
    for body in (b"\xff\xfe", b"null", b"[]", b'{"chat_id": {}}', b'{"text": "\\ud800"}'):
        headers = {"Content-Type": "application/json"}
        url = f"{wire.url}/bot{SANDBOX_TOKEN}/sendMessage"
        async with wire.http.post(url, data=body, headers=headers) as response:
            assert response.status == 400
            assert (await response.json())["ok"] is False
        async with wire.http.post(f"{wire.url}/api/act", data=body) as response:
            assert response.status == 400
