"""What the desk needs no longer: typed phones and names, codes and wrong digits of the past."""

from datetime import timedelta

from loyalty.ports import Transaction

KEPT = timedelta(hours=48)  # as long as Telegram shows a card whose buttons still work


def tidy(tx: Transaction) -> None:
    """An old draft that nobody recorded is dropped; what is recorded stands in the visit."""
    tx.desk.forget_drafts(tx.now - KEPT)
    tx.desk.forget_codes(tx.now - KEPT)
