"""Letters that came back: who can't be reached any more, and faults of ours that owners hear of."""

from collections.abc import Collection

from loyalty.letters import Letter
from loyalty.ports import Transaction

REFUSED = "letters-refused"


def note(tx: Transaction, letter: Letter) -> None:
    """There is nobody at its address: the bot was blocked, or the account has gone."""
    if letter.account is not None:
        tx.people.lose_account(letter.account)


def speaks_again(tx: Transaction, account: int) -> None:
    """They have written or pressed something, so letters reach them."""
    tx.people.find_account(account)


def tell_owners(tx: Transaction, letter: Letter, owners: Collection[int]) -> None:
    """Telegram refused it as it was written. Of a kind of letter owners hear once a day."""
    if letter.kind == REFUSED:
        return
    day = tx.now.astimezone(tx.zone).date()
    for owner in owners:
        key = f"{REFUSED}:{letter.kind}:{day}:{owner}"
        tx.outbox.put_in_chat(key, REFUSED, owner, what=letter.kind)
