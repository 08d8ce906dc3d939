"""Somebody is erased: there is nobody to call or to answer, and no words of theirs are kept."""

from loyalty.ports import Transaction
from loyalty.tasks.changing import keep, open_reasons, settle
from loyalty.tasks.task import Result


def forget_patient(tx: Transaction, patient: int) -> None:
    """Tasks about them are over; cards that show their name are drawn anew once it is gone."""
    for task in tx.tasks.all_about(patient):
        theirs = [one for one in open_reasons(tx, task) if one.patient == patient]
        if theirs:
            settle(tx, task, theirs, Result.OVERTAKEN)
        else:
            keep(tx, task)


def forget_account(tx: Transaction, account: int) -> None:
    """What was said in talks with this account goes, on both sides."""
    for task in tx.tasks.talks_with(account):
        tx.ratings.forget_words_of_task(task.id)
        if task.open:
            settle(tx, task, open_reasons(tx, task), Result.OVERTAKEN)
        else:
            keep(tx, task)
