"""Messages that an act of one person causes for another, by the kind of their outbox row."""

from collections.abc import Mapping

from loyalty.signboard import Signboard
from screens.screen import NO_MENU, Screen
from screens.texts import Texts


def render(
    kind: str,
    texts: Texts,
    arguments: Mapping[str, str | int],  # noqa: ARG001 (the row's own; the first kind has none)
    signboard: Signboard,
) -> Screen:
    """Raises LookupError: no message of this kind."""
    if kind == "account-moved":
        return _account_moved(texts, signboard)
    raise LookupError(kind)


def _account_moved(texts: Texts, signboard: Signboard) -> Screen:
    text = texts("account-moved", clinic=signboard.name, phone=signboard.phone)
    return Screen(text, NO_MENU)
