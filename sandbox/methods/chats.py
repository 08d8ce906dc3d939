"""Methods about chats, their members and files."""

from sandbox.errors import bad_request, forbidden
from sandbox.membership import PERMISSIONS, change_status, member_wire
from sandbox.methods.registry import Call, method
from sandbox.world import Chat, Person, Wire

_GIFTS = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription")


@method("getChat")
def get_chat(call: Call) -> Wire:
    chat = call.chat()
    accepts = chat.private
    info = chat.wire() | {
        "accent_color_id": chat.id % 7,
        "max_reaction_count": 11,
        "accepted_gift_types": {
            **dict.fromkeys(_GIFTS, accepts),
            "gifts_from_channels": accepts,
        },
    }
    info |= _of_person(chat.person) if chat.person else _of_group()
    pinned = [chat.messages[each] for each in chat.pinned if each in chat.messages]
    if pinned:
        info["pinned_message"] = pinned[-1].quoted()
    return info


def _of_person(person: Person) -> Wire:
    info: Wire = {"active_usernames": [person.username]} if person.username else {}
    if person.birthdate:
        info["birthdate"] = person.birthdate
    return info


def _of_group() -> Wire:
    may = dict.fromkeys(PERMISSIONS, True)
    return {"permissions": may, "join_to_send_messages": True, "has_visible_history": True}


@method("getChatMember")
def get_chat_member(call: Call) -> Wire:
    user_id = max(call.arguments.integer("user_id"), 0)
    if user_id == 0:
        raise bad_request("Invalid user_id specified")
    chat = call.chat() if user_id == call.world.bot.id else call.live_chat()
    user = _user(call, user_id)
    if user is None:
        raise bad_request("PARTICIPANT_ID_INVALID")
    return member_wire(call.world, chat, user)


def _user(call: Call, user_id: int) -> Person | None:
    return call.world.bot if user_id == call.world.bot.id else call.world.people.get(user_id)


@method("getChatAdministrators")
def get_chat_administrators(call: Call) -> list[Wire]:
    chat = call.live_chat()
    if chat.private:
        raise bad_request("there are no administrators in the private chat")
    return [
        member_wire(call.world, chat, user)
        for user_id, status in chat.members.items()
        if status in {"creator", "administrator"} and (user := _user(call, user_id))
    ]


@method("getChatMemberCount")
def get_chat_member_count(call: Call) -> int:
    chat = call.live_chat()
    return 2 if chat.private else len(chat.present())


@method("leaveChat")
def leave_chat(call: Call) -> bool:
    chat = _group(call)
    change_status(call.world, chat, call.world.bot, "left", call.world.bot)
    call.world.journal.add("world", None)
    return True


def _group(call: Call) -> Chat:
    chat = call.live_chat()
    if chat.private:
        raise forbidden("bot can't leave private chats")
    return chat


@method("getFile")
def get_file(call: Call) -> Wire:
    file_id = call.arguments.text("file_id")
    if not file_id:
        raise bad_request("file_id not specified")
    file = call.world.files.downloadable(file_id)
    return file.wire(file_path=file.path)
