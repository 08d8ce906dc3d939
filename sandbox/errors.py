"""How the sandbox says no: to the bot in Telegram's words, to a person's client in its own."""


class ApiError(Exception):
    """A Bot API call refused as Telegram refuses it."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters

    def as_json(self) -> dict[str, object]:
        """The body of the answer."""
        body: dict[str, object] = {
            "ok": False,
            "error_code": self.code,
            "description": self.description,
        }
        if self.parameters:
            body["parameters"] = self.parameters
        return body


class ActError(Exception):
    """A person can't do that in Telegram: no such button, no such chat, no phone to share."""

    def __init__(self, reason: str, status: int = 400) -> None:
        super().__init__(reason)
        self.status = status


def bad_request(reason: str) -> ApiError:
    """400, worded as Telegram words it: the first letter small unless the reason is a code."""
    if len(reason) > 1 and not (reason[1] == "_" or reason[1].isupper()):
        reason = reason[0].lower() + reason[1:]
    return ApiError(400, f"Bad Request: {reason}")


def forbidden(reason: str) -> ApiError:
    """403: the bot may not write there."""
    return ApiError(403, f"Forbidden: {reason}")


def upgraded(chat_id: int) -> ApiError:
    """400 with the number of the supergroup that the group has become."""
    reason = "Bad Request: group chat was upgraded to a supergroup chat"
    return ApiError(400, reason, migrate_to_chat_id=chat_id)


def conflict(reason: str) -> ApiError:
    """409: two ways of getting updates at once."""
    return ApiError(409, f"Conflict: {reason}")


def too_many_requests(seconds: int) -> ApiError:
    """429 with the pause to make."""
    return ApiError(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)


def not_emulated(what: str) -> ApiError:
    """400 that Telegram does not have: better loud than a silent `ok`."""
    return ApiError(400, f"Bad Request: sandbox does not emulate {what}")
