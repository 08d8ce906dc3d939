"""What a patient hears of a correction, a return or a gift."""

from loyalty.desk.correcting import ReversalFacts
from loyalty.desk.gifts import GiftFacts
from loyalty.desk.merging import MergeFacts
from loyalty.visits import ReversalKind
from screens.debts import owed
from screens.formats import money, whole
from screens.screen import Screen
from screens.texts import Texts


def taken_back(texts: Texts, facts: ReversalFacts) -> Screen:
    if facts.reversal.kind is ReversalKind.RETURNED:
        return _returned(texts, facts)
    return _mistaken(texts, facts)


def _mistaken(texts: Texts, facts: ReversalFacts) -> Screen:
    """The record of a stranger's visit, too: not a word of what or for how much it was."""
    where = facts.branch.where
    recorded = facts.visit.recorded_at.astimezone(where)
    same_day = recorded.date() == facts.reversal.at.astimezone(where).date()
    sentences = [texts("letter-mistaken", at=recorded.time() if same_day else recorded)]
    if facts.balance == facts.visit.balance_before:
        sentences.append(texts("letter-mistaken-same", points=whole(facts.balance, texts)))
    else:
        sentences += _standing(texts, facts.balance, facts.debt)
    return Screen(" ".join([*sentences, texts("letter-mistaken-sorry")]))


def _returned(texts: Texts, facts: ReversalFacts) -> Screen:
    back = facts.reversal
    sum_ = money(back.money, texts)
    lines = [texts("letter-returned", day=facts.visit.day, money=sum_)]
    if back.points_back:
        shown = whole(back.points_back, texts)
        lines.append(texts("letter-returned-points", points=back.points_back, shown=shown))
    if back.debt < 0 and facts.balance is not None:
        lines.append(texts("letter-settled", points=-back.debt, shown=whole(-back.debt, texts)))
    if back.clawed:
        lines.append(_clawed(texts, facts))
    return Screen("\n".join([*lines, *_standing(texts, facts.balance, facts.debt)]))


def _clawed(texts: Texts, facts: ReversalFacts) -> str:
    points, shown = facts.reversal.clawed, whole(facts.reversal.clawed, texts)
    if facts.reversal.total < facts.visit.bill:
        return texts("letter-returned-clawed-part", points=points, shown=shown)
    return texts("letter-returned-clawed", points=points, shown=shown)


def gift(texts: Texts, facts: GiftFacts) -> Screen:
    points, shown = facts.points, whole(facts.points, texts)
    lines = [texts("letter-gift", points=points, shown=shown)]
    if facts.ended_before:
        lines = [texts("letter-goodwill", points=points, shown=shown)]
    if facts.by_card:
        lines = [texts("letter-friend-gift", points=points, shown=shown)]
    if facts.settled:
        shown = whole(facts.settled, texts)
        lines.append(texts("letter-settled", points=facts.settled, shown=shown))
    if facts.ends_on:
        lines.append(texts("letter-gift-ends", day=facts.ends_on))
    return Screen("\n".join([*lines, *_standing(texts, facts.balance, facts.debt)]))


def merged(texts: Texts, facts: MergeFacts) -> Screen:
    """Two records of a patient became one, or are two again."""
    said = texts("letter-merge-undone") if facts.undone else texts("letter-merged")
    lines = [texts("letter-about", name=facts.name), said] if facts.name else [said]
    if facts.lapsed and not facts.undone:
        shown = whole(facts.lapsed, texts)
        lines.append(texts("letter-merged-welcome", points=facts.lapsed, shown=shown))
    if facts.lapsed_by_card and not facts.undone:
        shown = whole(facts.lapsed_by_card, texts)
        lines.append(texts("letter-merged-by-card", points=facts.lapsed_by_card, shown=shown))
    return Screen("\n".join([*lines, *_standing(texts, facts.balance, facts.debt)]))


def account_confirmed(texts: Texts) -> Screen:
    return Screen(texts("letter-account-confirmed"))


def _standing(texts: Texts, balance: int | None, debt: int | None) -> list[str]:
    """What the wallet holds and owes, where it is the reader's."""
    lines = []
    if balance is not None:
        lines.append(texts("letter-balance", points=balance, shown=whole(balance, texts)))
    return [*lines, *owed(texts, debt or 0)]
