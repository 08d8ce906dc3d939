"""Misfortunes on order: the next requests of the bot meet them."""

from dataclasses import dataclass
from typing import Any

from sandbox.errors import ActError

KINDS = ("429", "502", "drop_before", "drop_after", "slow")


@dataclass(slots=True)
class Trouble:
    """What happens to the next `times` requests (of one method, or of any)."""

    kind: str
    times: int
    method: str | None = None
    retry_after: int = 1
    seconds: float = 1.0


class Troubles:
    """The misfortunes still to come."""

    def __init__(self) -> None:
        self._waiting: list[Trouble] = []

    def order(self, body: dict[str, Any]) -> None:
        """Raises ActError: no such kind, or not a number."""
        kind = str(body.get("kind"))
        if kind not in KINDS:
            raise ActError(f"a trouble is one of {', '.join(KINDS)}")
        try:
            self._waiting.append(
                Trouble(
                    kind=kind,
                    times=int(body.get("times", 1)),
                    method=str(body["method"]).lower() if body.get("method") else None,
                    retry_after=int(body.get("retry_after", 1)),
                    seconds=float(body.get("seconds", 1.0)),
                )
            )
        except (TypeError, ValueError):
            raise ActError("times, retry_after and seconds are numbers") from None

    def waiting(self) -> list[dict[str, Any]]:
        """What is still to come: the kind, the method it is for, how many times."""
        return [
            {"kind": each.kind, "method": each.method, "times": each.times}
            for each in self._waiting
        ]

    def clear(self) -> None:
        """Calls off the rest."""
        self._waiting.clear()

    def meet(self, method: str) -> Trouble | None:
        """The misfortune that this request meets, if any."""
        if not self._waiting:
            return None
        for trouble in self._waiting:
            if trouble.method in (None, method.lower()):
                trouble.times -= 1
                if trouble.times <= 0:
                    self._waiting.remove(trouble)
                return trouble
        return None
