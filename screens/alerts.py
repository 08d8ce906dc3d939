"""What people are told when something went wrong with the bot itself."""

from screens.screen import Screen
from screens.texts import Html, Texts


def second_bot(texts: Texts) -> Screen:
    """To an owner: another copy runs on the same token."""
    return Screen(texts("alert-second-bot"))


def set_aside_person(texts: Texts) -> Screen:
    """To the person whose message could not be handled."""
    return Screen(texts("alert-set-aside-person"))


def set_aside_owner(texts: Texts, update_id: int) -> Screen:
    return Screen(texts("alert-set-aside-owner", update=Html(update_id)))


def books_differ(texts: Texts, differences: int) -> Screen:
    """To an owner: the nightly audit has found something, and who can look at it."""
    return Screen(texts("alert-books-differ", differences=differences))


def codes_locked(texts: Texts, name: str, branch: str) -> Screen:
    """To managers and owners: somebody tried many wrong codes."""
    return Screen(texts("alert-codes-locked", name=name, branch=branch))
