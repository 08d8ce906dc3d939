"""Methods that take messages away, pin them or react to them."""

from dataclasses import replace

from sandbox.arguments import Arguments
from sandbox.errors import bad_request, not_emulated
from sandbox.membership import rights_of
from sandbox.methods.registry import Call, method
from sandbox.world import Chat, Message

_DELETABLE_SECONDS = 48 * 3600
_MAX_AT_ONCE = 100
_JOINED_REACTIONS = ("❤\u200d🔥", "👨\u200d💻", "🤷\u200d♂", "🤷\u200d♀")
_REACTIONS = frozenset(
    "👍👎❤🔥🥰👏😁🤔🤯😱🤬😢🎉🤩🤮💩🙏👌🕊🤡🥱🥴😍🐳🌚🌭💯🤣⚡🍌"
    "🏆💔🤨😐🍓🍾💋🖕😈😴😭🤓👻👀🎃🙈😇😨🤝✍🤗🫡🎅🎄☃💅🤪🗿🆒💘"
    "🙉🦄😘💊🙊😎👾🤷😡"
).union(_JOINED_REACTIONS)


@method("deleteMessage")
def delete_message(call: Call) -> bool:
    if not call.arguments.has("chat_id"):
        raise bad_request("Chat identifier is not specified")
    if call.arguments.integer("message_id") <= 0:
        raise bad_request("Message identifier is not specified")
    chat = call.live_chat()
    message = call.message(chat, "message to delete")
    _check_deletable(call, chat, message)
    call.world.remove(chat, message.id)
    return True


@method("deleteMessages")
def delete_messages(call: Call) -> bool:
    ids = _message_ids(call)
    chat = call.live_chat()
    found = [chat.messages[each] for each in ids if each in chat.messages]
    for message in found:
        _check_deletable(call, chat, message)
    for message in found:
        call.world.remove(chat, message.id)
    return True


def _message_ids(call: Call) -> list[int]:
    ids = call.arguments.value("message_ids", "message_ids")
    if not ids:
        raise bad_request("Message identifiers are not specified")
    if not isinstance(ids, list):
        raise bad_request("Expected an Array of message identifiers")
    if len(ids) > _MAX_AT_ONCE:
        raise bad_request("Too many message identifiers specified")
    numbers = [Arguments({"id": each}).integer("id") for each in ids]
    if min(numbers) <= 0:
        raise bad_request("Invalid message identifier specified")
    return numbers


def _check_deletable(call: Call, chat: Chat, message: Message) -> None:
    if call.world.clock.now() - message.wire["date"] > _DELETABLE_SECONDS:
        raise bad_request("message can't be deleted for everyone")
    own = message.sender_id == call.world.bot.id
    if not own and not _may(call, chat, "can_delete_messages"):
        raise bad_request("message can't be deleted")


def _may(call: Call, chat: Chat, right: str) -> bool:
    return chat.private or right in rights_of(call.world, chat, call.world.bot.id)


@method("pinChatMessage")
def pin_chat_message(call: Call) -> bool:
    chat = call.live_chat()
    message = call.message(chat, "message to pin")
    _check_may_pin(call, chat)
    if message.id not in chat.pinned:
        chat.pinned.append(message.id)
        _tell_pinned(call, chat, message)
    return True


def _tell_pinned(call: Call, chat: Chat, message: Message) -> None:
    """The line about it in the chat, which the bot hears of though it is its own."""
    silent = call.arguments.flag("disable_notification")
    service = call.world.say(chat, {"pinned_message": message.quoted()}, silent=silent)
    call.world.updates.put("message", service.wire, chat.id)


@method("unpinChatMessage")
def unpin_chat_message(call: Call) -> bool:
    chat = call.live_chat()
    _check_may_pin(call, chat)
    wanted = call.arguments.integer("message_id") or (chat.pinned[-1] if chat.pinned else 0)
    if wanted not in chat.pinned:
        raise bad_request("message to unpin not found")
    chat.pinned.remove(wanted)
    return True


@method("unpinAllChatMessages")
def unpin_all_chat_messages(call: Call) -> bool:
    chat = call.live_chat()
    _check_may_pin(call, chat)
    chat.pinned.clear()
    return True


def _check_may_pin(call: Call, chat: Chat) -> None:
    if not _may(call, chat, "can_pin_messages"):
        raise bad_request("not enough rights to manage pinned messages in the chat")


@method("setMessageReaction")
def set_message_reaction(call: Call) -> bool:
    reactions = call.arguments.value("reaction", "reaction types") or []
    if not isinstance(reactions, list):
        raise bad_request("Expected an Array of ReactionType")
    emoji = [_emoji(each) for each in reactions]
    chat = call.chat()
    message = call.message(chat, "message to react")
    if len(emoji) > 1:
        raise bad_request("REACTIONS_TOO_MANY")
    bot = call.world.bot.id
    shown = {who: what for who, what in message.reactions.items() if who != bot}
    if emoji:
        shown[bot] = emoji[0]
    chat.messages[message.id] = replace(message, reactions=shown)
    call.world.journal.add("reaction", chat.id, message_id=message.id, emoji=list(shown.values()))
    return True


def _emoji(value: object) -> str:
    kind = value.get("type") if isinstance(value, dict) else None
    if kind in ("custom_emoji", "paid"):
        raise not_emulated(f"reactions of type {kind}")
    if not isinstance(value, dict) or kind != "emoji":
        raise bad_request("Can't parse ReactionType: invalid reaction type specified")
    emoji = str(value.get("emoji", "")).replace("\ufe0f", "")
    if emoji not in _REACTIONS:
        raise bad_request("REACTION_INVALID")
    return emoji
