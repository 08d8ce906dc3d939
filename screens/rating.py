"""The rating after a visit, as the patient sees it."""

from collections.abc import Iterator

from aiogram.types import InlineKeyboardButton

from loyalty.branches import Branch
from loyalty.cases.looking import SolvedFacts, WordsFacts
from loyalty.opinions import Call, Case, Feels, Why
from loyalty.ratings import Rated, RatingFacts
from loyalty.signboard import Signboard
from screens.callbacks.rating import CallPress, RatePress, SayPress, WhyPress
from screens.recommend import open_card
from screens.reviews import review_buttons
from screens.screen import Screen, button, in_pairs, under
from screens.texts import Html, Texts

MOST = 5


def question(texts: Texts, facts: RatingFacts) -> Screen:
    """Five buttons, one under another: a thumb hits the one it means."""
    name = facts.reader
    asks = texts("rating-question-named", name=name) if name else texts("rating-question")
    whose = [texts("visit-whose", name=facts.name)] if facts.name else []
    visit = facts.visit.id
    rows = [
        [button(_label(texts, stars), RatePress(visit=visit, stars=stars))]
        for stars in range(1, MOST + 1)
    ]
    return Screen("\n".join([asks, *whose, texts("rating-scale")]), under(*rows))


def _label(texts: Texts, stars: int) -> str:
    if stars == 1:
        return texts.plain("rating-worst")
    return texts.plain("rating-best") if stars == MOST else "★" * stars


def rated(texts: Texts, made: Rated, *, offers_card: bool) -> Screen:
    """What follows the tap, in place of the question: after few stars, the next that is open.

    `offers_card`: the person may be told of the card for a friend; only the happiest are.
    """
    stars = made.rating.stars
    if made.case is not None:
        return asked_on(texts, made.case, made.branch)
    thanks = texts("rating-thanks-five" if stars == MOST else "rating-thanks-four")
    offered = review_buttons(texts, made.branch)
    asks = [texts("rating-reviews")] if offered else []
    keys = [*offered]
    if offers_card and stars == MOST:
        asks.append(texts("recommend-offered"))
        keys.append([open_card(texts)])
    text = "\n\n".join([f"{shown(texts, stars)}\n{thanks}", *asks])
    return Screen(text, under(*keys) if keys else None)


def asked_on(texts: Texts, case: Case, branch: Branch) -> Screen:
    """What went wrong (asked of few stars only), how to be answered, then what comes next."""
    if case.why is None and case.stars is not None:
        return _what_went_wrong(texts, case.visit, case.stars)
    return _how_to_answer(texts, case, branch) if case.call is None else _next(texts, case, branch)


def _what_went_wrong(texts: Texts, visit: int, stars: int) -> Screen:
    reasons = [
        button(texts.plain("rating-why", why=why), WhyPress(visit=visit, why=why)) for why in Why
    ]
    text = f"{shown(texts, stars)}\n{texts('rating-low')}"
    return Screen(text, under(*in_pairs(reasons)))


def _how_to_answer(texts: Texts, case: Case, branch: Branch) -> Screen:
    """Own words, and «Позвонить вам?»; pain has the phone at once."""
    lines = [headline(texts, case), texts("rating-own-words"), *_pain(texts, case, branch)]
    answers = [[call_button(texts, case.visit, call)] for call in Call]
    return Screen("\n\n".join(lines), under(*answers))


def call_button(texts: Texts, visit: int, call: Call) -> InlineKeyboardButton:
    return button(texts.plain("rating-call", call=call), CallPress(visit=visit, call=call))


def _pain(texts: Texts, case: Case, branch: Branch) -> Iterator[str]:
    if case.why is Why.PAIN:
        yield texts("rating-pain", phone=branch.phone)


def _next(texts: Texts, case: Case, branch: Branch) -> Screen:
    """The last of the questions is answered; words may still be added."""
    next_ = texts("rating-next", call=Html(case.call or Call.NEITHER))
    lines = [headline(texts, case), next_, *_pain(texts, case, branch)]
    return Screen("\n\n".join(lines))


def stands(texts: Texts, made: Rated) -> str:
    """To a second tap: the first one stands."""
    return texts.plain("rating-stands", stars=made.rating.stars)


def stands_said(texts: Texts, made: Rated) -> Screen:
    """The same, to a typed digit."""
    return Screen(texts("rating-stands", stars=made.rating.stars))


def heard_first(texts: Texts, case: Case | None, branch: Branch) -> Screen:
    """Own words have come; an answer is promised to who has not declined it, and what can't wait
    has the phone.
    """
    if case is None:
        if_not = texts("aftercare-if-not", phone=branch.phone)
        return Screen(f"{texts('rating-heard')} {if_not}")
    said = texts("rating-heard" if case.call is Call.NEITHER else "rating-heard-case")
    return Screen(f"{said} {texts('rating-pain', phone=branch.phone)}")


def heard(texts: Texts) -> Screen:
    """More of them."""
    return Screen(texts("rating-heard"))


def heard_unrated(texts: Texts, branch: Branch) -> Screen:
    """Nobody knows yet what the words are about: what can't wait has the phone."""
    pain = texts("rating-pain", phone=branch.phone)
    return Screen(f"{texts('rating-heard-unrated')} {pain}")


def write_now(texts: Texts) -> Screen:
    return Screen(texts("rating-write-now"))


def words(texts: Texts, facts: WordsFacts, signboard: Signboard) -> Screen:
    """The clinic's words, to the patient."""
    said = facts.words
    head = texts("case-answer-from", clinic=signboard.name)
    reply = under([button(texts.plain("case-reply"), SayPress(visit=said.visit))])
    text = head if said.text is None else "\n".join([head, texts("words", text=said.text)])
    return Screen(text, reply)


def solved(texts: Texts, facts: SolvedFacts, signboard: Signboard) -> Screen:
    """The clinic has mended it: only now a public review is asked for (programme)."""
    offered = under(*review_buttons(texts, facts.branch))
    return Screen(texts("case-solved-patient", clinic=signboard.name), offered)


def headline(texts: Texts, case: Case) -> Html:
    """What the case is known by: stars, pain, or that somebody has asked something."""
    if case.stars is not None:
        return shown(texts, case.stars)
    if case.why is Why.PAIN:
        return Html(texts("aftercare-answer", feels=Html(Feels.PAIN)))
    return Html(texts("case-question"))


def shown(texts: Texts, stars: int) -> Html:
    """`★★☆☆☆ 2 из 5`."""
    row = "★" * stars + "☆" * (MOST - stars)
    return Html(texts("rating-shown", row=Html(row), stars=stars))
