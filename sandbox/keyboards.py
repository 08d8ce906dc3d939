"""`reply_markup`, checked as Telegram checks it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sandbox.errors import ApiError, bad_request, not_emulated
from sandbox.links import WrongLinkError, checked_link, mentioned_user
from sandbox.markup import utf16_length
from sandbox.texts import check_utf8, cleaned

Button = dict[str, Any]
Rows = list[list[Button]]

_MAX_ROW, _MAX_BUTTONS = 12, 300
_MAX_MARKUP_BYTES = 10_240
_STYLES = {"primary", "danger", "success"}
_INLINE_KINDS = {
    "url",
    "callback_data",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "disabled",
}
_STRANGE_INLINE = ("web_app", "login_url", "callback_game", "pay", "icon_custom_emoji_id")
_STRANGE_REPLY = (
    "request_users",
    "request_user",
    "request_chat",
    "request_managed_bot",
    "request_poll",
    "request_location",
    "web_app",
    "icon_custom_emoji_id",
)


@dataclass(slots=True, frozen=True)
class InlineKeyboard:
    """Buttons under a message."""

    rows: Rows

    def wire(self) -> dict[str, Any]:
        return {"inline_keyboard": self.rows}


@dataclass(slots=True, frozen=True)
class ReplyKeyboard:
    """Buttons in place of the letters."""

    rows: Rows
    placeholder: str | None
    one_time: bool
    resize: bool
    selective: bool


@dataclass(slots=True, frozen=True)
class RemoveKeyboard:
    """Letters again."""

    selective: bool


Markup = InlineKeyboard | ReplyKeyboard | RemoveKeyboard


def read_markup(value: object, *, private: bool) -> Markup | None:
    """The markup that an argument describes.

    Raises ApiError: in Telegram's words, or because the sandbox does not emulate the kind.
    """
    if value is None:
        return None
    if not isinstance(value, dict):
        raise bad_request("Object expected as reply markup")
    if _flag(value, "force_reply"):
        raise not_emulated("force_reply")
    if rows := _rows(value, "keyboard", lambda button: _reply_button(button, private=private)):
        return _reply_keyboard(value, rows)
    if rows := _rows(value, "inline_keyboard", _inline_button):
        return _checked_size(InlineKeyboard(rows))
    if _flag(value, "remove_keyboard"):
        return RemoveKeyboard(_flag(value, "selective"))
    return None


def read_inline_markup(value: object) -> InlineKeyboard | None:
    """The markup of an edit: nothing but an inline keyboard fits there.

    Raises ApiError: as `read_markup`, and for any other kind.
    """
    markup = read_markup(value, private=True)
    if markup is None or isinstance(markup, InlineKeyboard):
        return markup
    raise bad_request("Inline keyboard expected")


def _reply_keyboard(value: dict[str, Any], rows: Rows) -> ReplyKeyboard:
    placeholder = _optional_text(value, "input_field_placeholder")
    if utf16_length(placeholder) > 64:
        raise bad_request("REPLY_MARKUP_INVALID")
    return ReplyKeyboard(
        rows=rows,
        placeholder=placeholder or None,
        one_time=_flag(value, "one_time_keyboard"),
        resize=_flag(value, "resize_keyboard"),
        selective=_flag(value, "selective"),
    )


def _rows(value: dict[str, Any], field: str, button: Callable[[object], Button]) -> Rows:
    rows = value.get(field)
    if rows is None:
        return []
    if not isinstance(rows, list):
        raise bad_request(f'Field "{field}" must be of type Array')
    read = [[button(each) for each in _row(row, field)][:_MAX_ROW] for row in rows]
    return _cut([row for row in read if row])


def _cut(rows: Rows) -> Rows:
    left = _MAX_BUTTONS
    kept = []
    for row in rows:
        if left <= 0:
            break
        kept.append(row[:left])
        left -= len(row)
    return kept


def _row(row: object, field: str) -> list[object]:
    if isinstance(row, list):
        return row
    of = " of the InlineKeyboardMarkup" if field == "inline_keyboard" else ""
    raise bad_request(f'Field "{field}"{of} must be an Array of Arrays')


def _checked_size(markup: InlineKeyboard) -> InlineKeyboard:
    if sum(len(str(button)) for row in markup.rows for button in row) > _MAX_MARKUP_BYTES:
        raise bad_request("reply markup is too long")
    return markup


def _inline_button(value: object) -> Button:
    if not isinstance(value, dict):
        raise _inline("InlineKeyboardButton must be an Object")
    strange = next((field for field in _STRANGE_INLINE if value.get(field)), None)
    if strange:
        raise not_emulated(f"{strange} in inline buttons")
    text = cleaned(_required_text(value, "text", _inline))
    if not text:
        raise bad_request("Inline keyboard button text must be non-empty")
    return {"text": text, **_kind(value), **_style(value, _inline)}


def _kind(value: dict[str, Any]) -> Button:
    if len([kind for kind in _INLINE_KINDS if value.get(kind) is not None]) > 1:
        # Telegram would take one of them and say nothing.
        raise not_emulated("inline buttons of several kinds at once")
    if url := _optional_text(value, "url"):
        return {"url": _button_url(url)}
    if data := _optional_text(value, "callback_data"):
        return {"callback_data": _callback_data(data)}
    for field in ("switch_inline_query", "switch_inline_query_current_chat"):
        if value.get(field) is not None:
            return {field: _required_text(value, field, _inline)}
    if isinstance(value.get("switch_inline_query_chosen_chat"), dict):
        return {"switch_inline_query_chosen_chat": value["switch_inline_query_chosen_chat"]}
    if value.get("copy_text") is not None:
        return {"copy_text": {"text": _copied(value["copy_text"])}}
    if isinstance(value.get("disabled"), dict):
        return {"disabled": {}}
    raise _inline("Text buttons are unallowed in the inline keyboard")


def _button_url(url: str) -> str:
    if mentioned_user(url) is not None:
        return url
    try:
        return checked_link(url)
    except WrongLinkError as error:
        raise bad_request(f"Inline keyboard button URL '{url}' is invalid: {error}") from None


def _callback_data(data: str) -> str:
    check_utf8(data)
    if len(data.encode()) > 64:
        raise bad_request("BUTTON_DATA_INVALID")
    return data


def _copied(value: object) -> str:
    text = _required_text(value, "text", _inline) if isinstance(value, dict) else ""
    if not 1 <= utf16_length(text) <= 256:
        raise bad_request("BUTTON_COPY_TEXT_INVALID")
    return text


def _reply_button(value: object, *, private: bool) -> Button:
    if isinstance(value, str):
        value = {"text": value}
    if not isinstance(value, dict):
        raise _reply("KeyboardButton must be a String or an Object")
    strange = next((field for field in _STRANGE_REPLY if value.get(field)), None)
    if strange:
        raise not_emulated(f"{strange} in reply keyboards")
    button = {"text": cleaned(_required_text(value, "text", _reply)), **_style(value, _reply)}
    if not button["text"]:
        raise bad_request("Keyboard button text must be non-empty")
    if _flag(value, "request_contact"):
        if not private:
            raise bad_request("Phone number can be requested in private chats only")
        button["request_contact"] = True
    return button


def _style(value: dict[str, Any], wrong: Callable[[str], ApiError]) -> Button:
    style = _optional_text(value, "style").lower()
    if style in {"", "default"}:
        return {}
    if style not in _STYLES:
        raise wrong("invalid button style specified")
    return {"style": style}


def _inline(reason: str) -> ApiError:
    return bad_request(f"Can't parse inline keyboard button: {reason}")


def _reply(reason: str) -> ApiError:
    return bad_request(f"Can't parse keyboard button: {reason}")


def _required_text(value: dict[str, Any], field: str, wrong: Callable[[str], ApiError]) -> str:
    if value.get(field) is None:
        raise wrong(f'Can\'t find field "{field}"')
    if not isinstance(value[field], str | int):
        raise wrong(f'Field "{field}" must be of type String')
    return str(value[field])


def _optional_text(value: dict[str, Any], field: str) -> str:
    return "" if value.get(field) is None else _required_text(value, field, bad_request)


def _flag(value: dict[str, Any], field: str) -> bool:
    flag = value.get(field)
    if flag is None or isinstance(flag, bool):
        return bool(flag)
    raise bad_request(f'Field "{field}" must be of type Boolean')
