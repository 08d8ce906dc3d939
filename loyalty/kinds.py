"""The kinds of letters, in one table: what each may do, and what is asked before it leaves.

A new kind is one row here, what it says (`loyalty.mail`) and how that looks (`screens.outbox`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import IntEnum, StrEnum


class Class(StrEnum):
    """What a letter needs and when it may come (programme: Messages)."""

    ANSWER = "answer"  # to what somebody did just now: at any hour, whatever they consented to
    SERVICE = "service"  # consent to data; 9–21
    CARE = "care"  # consent to data, can be switched off; 10–20:30
    PROMO = "promo"  # consent to advertising, and the owner's yes; 10–20


class Rank(IntEnum):
    """Which of those that wait goes first (programme: priority)."""

    ANSWER = 0
    VISIT = 1
    CASE = 2
    SERVICE = 3
    RATING = 4
    RECALL = 5
    BIRTHDAY = 6
    PROMO = 7


@dataclass(frozen=True, slots=True)
class Kind:
    """What is true of every letter of a kind.

    `never_twice`: one that may have left, or may not, is left at that; any other must arrive, and
    goes again. `together`: its like to the same account, due by so much later, leaves in the same
    message. `any_hour`, `any_day`: the hours of its class don't hold it, or days off and New Year
    don't. `free`: of care, but it neither waits for what came in the last days nor makes wait.
    """

    class_: Class
    rank: Rank
    never_twice: bool = False
    together: timedelta | None = None
    any_hour: bool = False
    any_day: bool = False
    free: bool = False

    @property
    def spaced(self) -> bool:
        """Whether it keeps its distance from others of care and promo."""
        return self.class_ in {Class.CARE, Class.PROMO} and not self.free


_ANSWER = Kind(Class.ANSWER, Rank.ANSWER)
_CASE = Kind(Class.ANSWER, Rank.CASE)  # to its owner, at any hour
_OF_CASE = Kind(Class.ANSWER, Rank.SERVICE)
_SERVICE = Kind(Class.SERVICE, Rank.SERVICE)
# Of a visit that is booked: who speaks for several is reminded of a day once.
_REMINDER = Kind(Class.SERVICE, Rank.VISIT, together=timedelta())
_RATING = Kind(Class.CARE, Rank.RATING, never_twice=True, free=True)

KINDS: Mapping[str, Kind] = {
    # at the desk and in the chat
    "receipt": _ANSWER,
    "spend-request": _ANSWER,
    "complaint": _ANSWER,
    "complaint-noted": _ANSWER,
    "spending-stopped": _ANSWER,
    "spending-back": _ANSWER,
    "spending-released": _ANSWER,
    "slip-strange": _ANSWER,
    "visit-mistaken": _ANSWER,
    "money-returned": _ANSWER,
    "gift": _ANSWER,
    "goodwill": _ANSWER,
    "merged": _ANSWER,
    "merge-undone": _ANSWER,
    "account-moved": _ANSWER,
    "account-confirmed": _ANSWER,
    # to those who work here
    "request": _ANSWER,
    "request-decided": _ANSWER,
    "access-question": _ANSWER,
    "made-manager": _ANSWER,
    "connect-offer": _ANSWER,
    "codes-locked": _ANSWER,
    "books-differ": _ANSWER,
    "deputy": _ANSWER,
    "letters-refused": _ANSWER,
    "chat-lost": _ANSWER,
    "undelivered": _OF_CASE,
    # cases
    "case": _CASE,
    "case-urgent": _CASE,
    "case-words": _CASE,
    "case-overdue": _CASE,
    "case-waits": _CASE,
    "case-edit": _OF_CASE,
    "rating-words": _OF_CASE,
    "case-answer": _ANSWER,
    "case-solved": _SERVICE,
    # appointments
    "booked": _ANSWER,
    "moved": _ANSWER,
    "appointment-cancelled": _ANSWER,
    "appointment-card": _OF_CASE,
    "remind24": _REMINDER,
    "remind2": replace(_REMINDER, any_hour=True),
    "missed": Kind(Class.CARE, Rank.RECALL, never_twice=True, together=timedelta()),
    # tasks
    "task": _CASE,
    "task-words": _CASE,
    "task-unheard": _CASE,
    "task-answer": _ANSWER,
    "task-edit": _OF_CASE,
    "task-below": _OF_CASE,
    # points that came by themselves
    "friend-gift": _SERVICE,
    "reward": Kind(Class.SERVICE, Rank.SERVICE, together=timedelta()),
    # after a visit
    "rating": _RATING,
    "rating-again": _RATING,
    # The rating comes with it. Who was operated on is not left alone at New Year.
    "aftercare": Kind(Class.CARE, Rank.RATING, never_twice=True, any_day=True, free=True),
}
