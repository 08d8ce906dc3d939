"""Every night the books are compared; where they don't agree, owners hear of it."""

from collections.abc import Collection

from loyalty.ports import Transaction


def tell(tx: Transaction, owners: Collection[int], differences: int) -> None:
    """Queue the alert: so many checks have found something. Of one day it is one alert."""
    day = tx.now.astimezone(tx.zone).date()
    for owner in owners:
        key = f"books-differ:{day}:{owner}"
        tx.outbox.put_in_chat(key, "books-differ", owner, differences=differences)
