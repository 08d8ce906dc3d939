"""What people type after the bot's name in any chat ("inline mode"), and what the bot offers."""

from collections import OrderedDict
from dataclasses import dataclass
from itertools import count
from typing import Any

from sandbox.clock import Clock
from sandbox.errors import ActError, bad_request

LIFE_SECONDS = 10
_FIRST_ID = 5_300_000_000_000_001
_KEPT = 200

Results = dict[str, dict[str, Any]]  # the fields of a message by the result's id


@dataclass(slots=True)
class InlineQuery:
    """One query; `results` are None until the bot has answered."""

    id: str
    person_id: int
    chat_id: int
    at: float
    results: Results | None = None


class InlineQueries:
    """The last queries: those not answered yet, and those of whose results one may be sent."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._kept: OrderedDict[str, InlineQuery] = OrderedDict()
        self._numbers = count(_FIRST_ID)

    def add(self, person_id: int, chat_id: int) -> InlineQuery:
        """Somebody has typed."""
        query = InlineQuery(str(next(self._numbers)), person_id, chat_id, self._clock.now())
        self._kept[query.id] = query
        if len(self._kept) > _KEPT:
            self._kept.popitem(last=False)
        return query

    def answer(self, query_id: str, results: Results) -> InlineQuery:
        """The bot's answer, which it gives once.

        Raises ApiError: 400, answered already, too old or never asked.
        """
        query = self._kept.get(query_id)
        if query is None or not self._waits(query):
            raise bad_request(
                "query is too old and response timeout expired or query ID is invalid"
            )
        query.results = results
        return query

    def offered(self, person_id: int, query_id: str, result_id: str) -> dict[str, Any]:
        """The message that this result becomes.

        Raises ActError: nobody has offered this person such a result.
        """
        query = self._kept.get(query_id)
        found = (query.results or {}).get(result_id) if query else None
        if query is None or found is None or query.person_id != person_id:
            raise ActError("there is no such result to send")
        return found

    @property
    def waiting(self) -> int:
        """How many the bot may still answer."""
        return sum(self._waits(query) for query in self._kept.values())

    def _waits(self, query: InlineQuery) -> bool:
        return query.results is None and self._clock.now() - query.at <= LIFE_SECONDS
