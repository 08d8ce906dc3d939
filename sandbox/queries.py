"""Presses of inline buttons that wait for the bot's answer."""

from collections import OrderedDict
from dataclasses import dataclass
from itertools import count

from sandbox.clock import Clock
from sandbox.errors import bad_request

LIFE_SECONDS = 150
_FIRST_ID = 4_200_000_000_000_001


@dataclass(slots=True, frozen=True)
class Query:
    """One press."""

    id: str
    person_id: int
    chat_id: int
    message_id: int
    at: float


class Queries:
    """The presses not answered yet."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._waiting: OrderedDict[str, Query] = OrderedDict()
        self._numbers = count(_FIRST_ID)

    def add(self, person_id: int, chat_id: int, message_id: int) -> Query:
        """A button was pressed."""
        self._drop_old()
        now = self._clock.now()
        query = Query(str(next(self._numbers)), person_id, chat_id, message_id, now)
        self._waiting[query.id] = query
        return query

    def answer(self, query_id: str) -> Query:
        """Takes the press away: it is answered once.

        Raises ApiError: 400, answered already, too old or never pressed.
        """
        self._drop_old()
        query = self._waiting.pop(query_id, None)
        if query is None:
            raise bad_request(
                "query is too old and response timeout expired or query ID is invalid"
            )
        return query

    def _drop_old(self) -> None:
        deadline = self._clock.now() - LIFE_SECONDS
        while self._waiting and next(iter(self._waiting.values())).at < deadline:
            self._waiting.popitem(last=False)
